"""Naming a deputy for a period, and ending it before its time. Not here: deciding in somebody's stead (review)."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction

from mofa_requests.deputies import OFFICERS
from mofa_requests.models import Deputy
from portal.accounts.acting import subject_of
from portal.accounts.models import Membership
from portal.audit.events import EventName
from portal.audit.record import Actor, record
from portal.jobs.enqueue import post_notice
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Role

LONGEST = dt.timedelta(days=366)
PAGE = "/inbox/deputies/"


@transaction.atomic
def name_deputy(person: Membership, *, deputy: Membership, from_on: dt.date, until_on: dt.date, by: Actor) -> Deputy:
    """Let ``deputy`` decide for ``person`` on every day from ``from_on`` to ``until_on``; the deputy is told.

    People name their own deputy; an approver may name one for a colleague who cannot. Raises ``Refused``.
    """
    _require_right(person.org_id, person.user_id, by)
    _require_officers(person, deputy)
    _require_period(from_on, until_on)
    _one_naming_at_a_time(person)
    _require_free(person, from_on, until_on)
    row = Deputy.objects.create(
        org_id=person.org_id,
        person_id=person.user_id,
        deputy_id=deputy.user_id,
        from_on=from_on,
        until_on=until_on,
        named_by_id=by.person_id,
    )
    record(
        EventName.DEPUTY_NAMED,
        by=by,
        about=subject_of(person.org),
        from_on=from_on.isoformat(),
        until_on=until_on.isoformat(),
    )
    for told in {deputy.user_id, person.user_id} - {by.user_id}:
        post_notice("deputy_named", to=told, org_id=person.org_id, key=str(row.pk), link=PAGE)
    return row


@transaction.atomic
def end_deputy(row: Deputy, *, by: Actor) -> None:
    """End a mandate now; what was decided under it stays as it was recorded."""
    _require_right(row.org_id, row.person_id, by)
    ended = Deputy.objects.filter(pk=row.pk, ended_at=None, until_on__gte=clock.today())
    if not ended.update(ended_at=clock.now(), ended_by_id=by.person_id):
        raise Refused(
            "この代理はもう終わっています。画面を読み込み直してください", "This has ended already. Reload the page."
        )
    record(EventName.DEPUTY_ENDED, by=by, about=subject_of(row.org))
    if row.deputy_id != by.user_id:
        post_notice("deputy_ended", to=row.deputy_id, org_id=row.org_id, key=str(row.pk), link=PAGE)


def may_arrange(person_id: int, by: Actor) -> bool:
    """Whether ``by`` may name and end deputies of a person of the own authority."""
    return by.user_id == person_id or by.role == Role.AUTHORITY_APPROVER.value


def _require_right(org_id: object, person_id: int, by: Actor) -> None:
    if by.org_id != org_id or not may_arrange(person_id, by):
        raise Refused(
            "ほかの人の代理を決められるのは、同じ所管庁の決裁の人だけです",
            "Only an approver of the same authority can arrange a deputy for somebody else.",
        )


def _require_officers(person: Membership, deputy: Membership) -> None:
    if person.user_id == deputy.user_id:
        raise Refused("本人は自分の代理になれません。別の人を選んでください", "Choose somebody else as deputy.")
    for held in (person, deputy):
        if held.org_id != person.org_id or not held.active or held.role_kind not in OFFICERS:
            raise Refused(
                "代理を立てられるのは、同じ所管庁の担当か決裁の人どうしだけです",
                "Both have to be officers or approvers of the same authority.",
            )


def _require_period(from_on: dt.date, until_on: dt.date) -> None:
    if from_on < clock.today():
        raise Refused("始まりの日は、今日か今日より後の日にしてください", "The first day must be today or later.")
    if until_on < from_on:
        raise Refused(
            "終わりの日が始まりの日より前です。日付を確かめてください", "The last day lies before the first one."
        )
    if until_on - from_on > LONGEST:
        raise Refused("期間は1年までにしてください", "A period may last a year at most.")


def _one_naming_at_a_time(person: Membership) -> None:
    """Two namings at once would both find the time free; no audience may lock a membership's row itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"deputy of {person.pk}"])


def _require_free(person: Membership, from_on: dt.date, until_on: dt.date) -> None:
    """One deputy at a time, or nobody would know on whose desk the papers lie."""
    taken = Deputy.objects.filter(org_id=person.org_id, person_id=person.user_id, ended_at=None)
    other = taken.filter(from_on__lte=until_on, until_on__gte=from_on).select_related("deputy").first()
    if other is not None:
        raise Refused(
            f"{_day(other.from_on)}から{_day(other.until_on)}までは{other.deputy}さんが代理です。"
            "先にその代理を終えるか、重ならない期間にしてください",
            f"{other.deputy} is the deputy from {other.from_on} to {other.until_on}. End that first.",
        )


def _day(day: dt.date) -> str:
    return f"{day.month}月{day.day}日"
