"""A circular from the first draft to its delivery: written, checked by a second person, ordered, delivered, opened.

Not here: mail that came back, and reminders (circular_mail).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from jcsos.actions.steps import require_text
from jcsos.enums import CircularState, Reach, Side
from jcsos.machine import CIRCULAR, WORKER
from jcsos.models import Circular, CircularReceipt
from jcsos.queries.circulars import SEND_CIRCULAR, TOLD, addressed, people_of
from jcsos.rules.circulars import is_official, search_form
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.jobs.enqueue import Notice, enqueue, post_many
from portal.kit import clock
from portal.kit.machine import Refused


@dataclass(frozen=True)
class Text:
    """What a circular says and whom it is for. ``countries`` are the ministry's codes, ``kinds`` school kinds."""

    title: str
    text: str
    countries: tuple[str, ...] = ()
    official_url: str = ""
    reach: Reach = Reach.ALL
    kinds: tuple[str, ...] = ()


@transaction.atomic
def write_circular(org_id: UUID, text: Text, *, by: Actor) -> Circular:
    """A new draft; nobody but JCSOS sees it."""
    circular = Circular.objects.create(org_id=org_id, written_by_id=by.person_id, **_columns(text))
    record(EventName.CIRCULAR_WRITTEN, by=by, about=Subject(), circular=str(circular.pk))
    return circular


@transaction.atomic
def rewrite(circular: Circular, text: Text, *, base_version: int, by: Actor) -> Circular:
    """Change a draft. Raises ``Refused`` when somebody else saved it since ``base_version``."""
    circular = _lock(circular)
    if circular.state_kind is not CircularState.DRAFT:
        raise Refused(gettext("下書きだけを書き直せます。「下書きに戻す」を押してから書き直してください"))
    if circular.version != base_version:
        raise Refused(gettext("ほかの人がこの下書きを先に保存しました。別の画面で開いて内容を比べ、書き直してください"))
    for column, value in _columns(text).items():
        setattr(circular, column, value)
    circular.version += 1
    circular.written_at, circular.written_by_id = clock.now(), by.person_id
    circular.save()
    record(EventName.CIRCULAR_WRITTEN, by=by, about=Subject(), circular=str(circular.pk))
    return circular


@transaction.atomic
def propose(circular: Circular, *, by: Actor) -> Circular:
    """Ask a second person to check the draft."""
    circular = _fire("propose", circular, by=by)
    circular.returned_reason = ""
    circular.proposed_at, circular.proposed_by_id = clock.now(), by.person_id
    circular.approved_at = circular.approved_by_id = None
    return _keep(circular, "propose", by=by)


@transaction.atomic
def approve(circular: Circular, *, by: Actor) -> Circular:
    """The second pair of eyes. Raises ``Refused`` for whoever wrote the text or asked for the check."""
    circular = _fire("approve", circular, by=by)
    if by.user_id in (circular.written_by_id, circular.proposed_by_id):
        raise Refused(gettext("自分が書いたお知らせは確認できません。JCSOSの別の人に確認を頼んでください"))
    circular.approved_at, circular.approved_by_id = clock.now(), by.person_id
    circular.save()
    record(EventName.CIRCULAR_APPROVED, by=by, about=Subject(), circular=str(circular.pk))
    return circular


@transaction.atomic
def send_back(circular: Circular, *, reason: str, by: Actor) -> Circular:
    """Back to the writer, with what is to be changed."""
    circular = _fire("send_back", circular, by=by)
    circular.returned_reason = require_text(reason, gettext("どこを書き直してほしいかを書いてください"))
    return _keep(circular, "send_back", by=by)


@transaction.atomic
def revise(circular: Circular, *, by: Actor) -> Circular:
    """Take a text back to change it; the check is asked for anew."""
    circular = _fire("revise", circular, by=by)
    circular.approved_at = circular.approved_by_id = None
    return _keep(circular, "revise", by=by)


@transaction.atomic
def order(circular: Circular, *, goes_at: dt.datetime | None = None, by: Actor) -> Circular:
    """Send now, or at ``goes_at`` (an instant). Raises ``Refused`` for a past instant and without any recipient."""
    circular = _fire("order", circular, by=by)
    now = clock.now()
    if goes_at is not None and goes_at <= now:
        raise Refused(gettext("送る日時は、今より後にしてください。すぐ送るときは空けておいてください"))
    if not addressed(circular):
        raise Refused(gettext("当てはまる会員校がありません。下書きに戻し、送り先を選び直してください"))
    circular.ordered_at, circular.ordered_by_id, circular.goes_at = now, by.person_id, goes_at or now
    circular = _keep(circular, "order", by=by)
    enqueue(SEND_CIRCULAR, key=job_key(circular), subject_id=circular.pk, not_before=goes_at)
    return circular


@transaction.atomic
def halt(circular: Circular, *, by: Actor) -> Circular:
    """Stop a circular that did not go yet; the text stays approved."""
    return _keep(_fire("halt", circular, by=by), "halt", by=by)


def job_key(circular: Circular) -> str:
    """The identity of one ordered delivery: a delivery that was stopped and ordered again is another one."""
    assert circular.goes_at is not None
    return f"{circular.pk} {circular.goes_at.isoformat()}"


@transaction.atomic
def deliver(circular_id: UUID, *, key: str, by: Actor) -> int:
    """Write the receipt of every member and a letter to each of its people; how many people.

    All in one transaction with the state: a worker that dies leaves nothing half done, and the next one begins anew.
    A delivery that was stopped, moved or done already is left alone.
    """
    circular = Circular.objects.select_for_update(of=("self",)).get(pk=circular_id)
    if circular.state_kind is not CircularState.WAITING or job_key(circular) != key:
        return 0
    circular.state = CIRCULAR.fire("deliver", circular.state_kind, seat=WORKER, role=WORKER).value
    circular.sent_at = clock.now()
    circular.save(update_fields=["state", "sent_at"])
    receipts = [
        CircularReceipt(org_id=circular.org_id, circular=circular, school_id=school_id)
        for school_id in addressed(circular)
    ]
    CircularReceipt.objects.bulk_create(receipts, batch_size=1000)
    letters = _letters(receipts)
    post_many(TOLD, letters)
    record(EventName.CIRCULAR_SENT, by=by, about=Subject(), circular=str(circular.pk), recipients=len(letters))
    return len(letters)


@transaction.atomic
def note_opening(receipt: CircularReceipt, *, by: Actor) -> bool:
    """The first opening by a person of the member school; whether this was it."""
    unread = CircularReceipt.objects.filter(pk=receipt.pk, read_at=None)
    if not unread.update(read_at=clock.now(), read_by_id=by.person_id):
        return False
    about = Subject(school_id=receipt.school_id)
    record(EventName.CIRCULAR_READ, by=by, about=about, circular=str(receipt.circular_id))
    return True


def letter_link(receipt: CircularReceipt) -> str:
    """The member's own link, the only variable part of the mail."""
    return f"/jcsos/ours/told/{receipt.pk}/"


def _letters(receipts: list[CircularReceipt]) -> list[Notice]:
    people = people_of([receipt.school_id for receipt in receipts])
    return [
        Notice(to=user_id, org_id=receipt.school_id, key=str(receipt.pk), link=letter_link(receipt))
        for receipt in receipts
        for user_id in people.get(receipt.school_id, [])
    ]


def _columns(text: Text) -> dict[str, object]:
    """The columns of a text, checked. Raises ``Refused`` with what to do."""
    title = require_text(text.title, gettext("題名を書いてください"))
    body = require_text(text.text, gettext("内容を書いてください"))
    if text.reach is Reach.GOING and not text.countries:
        raise Refused(gettext("旅行のある会員校に送るときは、国・地域を一つ以上選んでください"))
    if text.official_url and not is_official(text.official_url):
        raise Refused(gettext("外務省の海外安全ホームページ(https://www.anzen.mofa.go.jp/)のURLを入れてください"))
    return {
        "title": title,
        "text": body,
        "folded": search_form(title, body),
        "countries": list(text.countries),
        "official_url": text.official_url,
        "reach": text.reach.value,
        "kinds": list(text.kinds),
    }


def _lock(circular: Circular) -> Circular:
    return Circular.objects.select_for_update(of=("self",)).get(pk=circular.pk)


def _fire(name: str, circular: Circular, *, by: Actor) -> Circular:
    """The locked row in its next state, not stored yet."""
    circular = _lock(circular)
    circular.state = CIRCULAR.fire(name, circular.state_kind, seat=Side.JCSOS.value, role=by.role).value
    return circular


def _keep(circular: Circular, name: str, *, by: Actor) -> Circular:
    circular.save()
    step = CIRCULAR.named(name)
    facts = {"circular": str(circular.pk), "step": step.label, "step_en": step.english}
    record(EventName.CIRCULAR_STEP, by=by, about=Subject(), **facts)
    return circular
