"""Circulars on JCSOS's desk: archive, writing, the second person's check, sending, receipts, mail that came back.

Not here: what the members see (our_circulars).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from jcsos.actions import circular_mail as mails
from jcsos.actions import circulars as acts
from jcsos.enums import CircularState, Reach, Side
from jcsos.machine import CIRCULAR
from jcsos.models import Circular
from jcsos.queries import circulars as queries
from portal.accounts.access import members
from portal.accounts.acting import actor_at, actor_of
from portal.audit.record import Actor
from portal.jobs.enqueue import ask_again
from portal.jobs.models import JobState
from portal.kit.machine import Refused
from portal.kit.roles import Audience, Role
from portal.ui.jcsos.circular_forms import ArchiveForm, BackForm, CircularForm, ReturnedForm, SendForm
from portal.ui.jcsos.circular_shown import entries_of, row_of, told_shown
from portal.ui.labels import label_of
from portal.ui.messages import announce, refuse
from portal.ui.performing import perform
from portal.ui.shapes import Tile
from portal.ui.typed import sentence_of

EVERY_DESK = Role.of(Audience.JCSOS)
WRITERS = (Role.JCSOS_NEWS,)
HANDS = (Role.JCSOS_NEWS, Role.JCSOS_MEMBERS)
_PAGE, _MEMBERS_A_PAGE = 20, 50


@members(EVERY_DESK, purpose="会員向けのお知らせの一覧と検索")
def circulars(request: HttpRequest) -> HttpResponse:
    """Every circular, drafts first, then the newest."""
    form = ArchiveForm(request.GET)
    form.is_valid()
    given = form.cleaned_data
    found = queries.archive(query=given.get("q") or "", country=given.get("country") or "")
    page = Paginator(queries.with_readings(found), _PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [row_of(circular) for circular in page],
        "searched": bool(given.get("q") or given.get("country")),
        "query": _query(request),
        "may_write": _role(request) in WRITERS,
    }
    return render(request, "jcsos/circulars.html", context)


@members(WRITERS, purpose="会員向けのお知らせを書く")
def new_circular(request: HttpRequest) -> HttpResponse:
    """A new draft."""
    acting = request.membership  # type: ignore[attr-defined]
    form = CircularForm(request.POST or None, initial={"reach": Reach.ALL.value})
    if request.method == "POST" and form.is_valid():
        try:
            circular = acts.write_circular(acting.org_id, form.text_given, by=actor_of(acting))
            announce(request, gettext("下書きを保存しました。"))
            return redirect("jcsos:circular", circular_id=circular.pk)
        except Refused as reason:
            form.add_error(None, sentence_of(reason))
    return _form(request, form, gettext("お知らせを書く"))


@members(WRITERS, purpose="会員向けのお知らせの下書きを書き直す")
def edit_circular(request: HttpRequest, circular_id: UUID) -> HttpResponse:
    """A draft changed."""
    found = _found(circular_id)
    form = CircularForm(request.POST) if request.method == "POST" else CircularForm.of(found)
    by = actor_at(request)

    def rewrite(given: CircularForm) -> None:
        base = given.cleaned_data["version"] or found.version
        acts.rewrite(found, given.text_given, base_version=base, by=by)

    if request.method == "POST" and perform(request, form, rewrite, gettext("下書きを保存しました。")):
        return redirect("jcsos:circular", circular_id=found.pk)
    return _form(request, form, gettext("下書きを書き直す"), back=found)


@members(EVERY_DESK, purpose="一つのお知らせと、会員校の開封の記録")
def circular(request: HttpRequest, circular_id: UUID) -> HttpResponse:
    """The text, its state, and who has read it."""
    return _show(request, _found(circular_id))


@members(HANDS, purpose="お知らせを進める(確認・送信)")
@require_POST
def circular_act(request: HttpRequest, circular_id: UUID, act: str) -> HttpResponseBase:
    """One step of the machine, by its name."""
    found = _found(circular_id)
    if act not in _ACTS:
        raise Http404
    make, do, said = _ACTS[act]
    form, by = make(request.POST), actor_at(request)
    if perform(request, form, lambda given: do(found, given, by), said()):
        return redirect("jcsos:circular", circular_id=found.pk)
    return _show(request, _found(circular_id), bound={act: form})


@members(HANDS, purpose="お知らせのメールが届かなかったことを記録し、送り直す")
@require_POST
def circular_mail(request: HttpRequest, circular_id: UUID, mail_id: UUID, act: str) -> HttpResponseBase:
    """One mail of a circular: it came back, or it goes again."""
    found = _found(circular_id)
    if act not in _MAIL_ACTS:
        raise Http404
    try:
        told, mail = mails.mail_of(found, mail_id)
    except LookupError:
        raise Http404 from None
    do, said = _MAIL_ACTS[act]
    try:
        do(told, mail, actor_at(request))
        announce(request, said())
    except Refused as reason:
        refuse(request, sentence_of(reason))
    return redirect(f"{reverse('jcsos:circular', kwargs={'circular_id': found.pk})}#receipts")


@members(HANDS, purpose="届かなかったお知らせのメールを読み込む")
@require_POST
def returned_mail(request: HttpRequest, circular_id: UUID) -> HttpResponseBase:
    """A returned mail as a file: which one did not arrive is read from it."""
    found = _found(circular_id)
    form = ReturnedForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            mails.read_returned_mail(found, form.cleaned_data["file"].read(), by=actor_at(request))
            announce(request, gettext("届かなかったことを記録しました。"))
            return redirect(f"{reverse('jcsos:circular', kwargs={'circular_id': found.pk})}#receipts")
        except Refused as reason:
            form.add_error("file", sentence_of(reason))
    return _show(request, found, bound={"returned": form})


@members(HANDS, purpose="止まった送信の作業をもう一度始める")
@require_POST
def restart_sending(request: HttpRequest, circular_id: UUID) -> HttpResponseBase:
    """The job that delivers was parked: ask for it once more."""
    found = _found(circular_id)
    job = queries.job_of(found)
    if job is not None and ask_again(job):
        announce(request, gettext("送信の作業をもう一度始めました。"))
    return redirect("jcsos:circular", circular_id=found.pk)


_Act = tuple[Callable[[Any], Any], Callable[[Circular, Any, Actor], Any], Callable[[], str]]
_ACTS: dict[str, _Act] = {
    "propose": (
        forms.Form,
        lambda found, form, by: acts.propose(found, by=by),
        lambda: gettext("確認を頼みました。JCSOSの別の人が「確認した」を押すと送れます。"),
    ),
    "approve": (
        forms.Form,
        lambda found, form, by: acts.approve(found, by=by),
        lambda: gettext("確認しました。情報発信の担当が送れます。"),
    ),
    "send_back": (
        BackForm,
        lambda found, form, by: acts.send_back(found, reason=form.cleaned_data["reason"], by=by),
        lambda: gettext("書いた人に戻しました。"),
    ),
    "revise": (
        forms.Form,
        lambda found, form, by: acts.revise(found, by=by),
        lambda: gettext("下書きに戻しました。書き直した後、確認をもう一度頼んでください。"),
    ),
    "order": (
        SendForm,
        lambda found, form, by: acts.order(found, goes_at=form.instant, by=by),
        lambda: gettext("送信を予約しました。届いた学校と開封の記録は、この画面に出ます。"),
    ),
    "halt": (
        forms.Form,
        lambda found, form, by: acts.halt(found, by=by),
        lambda: gettext("送信を取りやめました。"),
    ),
}
_MAIL_ACTS: dict[str, tuple[Callable[[Any, Any, Actor], Any], Callable[[], str]]] = {
    "bounced": (
        lambda told, mail, by: mails.note_bounce(mail, by=by),
        lambda: gettext("届かなかったことを記録しました。"),
    ),
    "again": (lambda told, mail, by: mails.send_again(told, mail, by=by), lambda: gettext("送り直しました。")),
}
"""Name in the URL → what is done, and what is said then."""


def _found(circular_id: UUID) -> Circular:
    try:
        return queries.get_circular(circular_id)
    except Circular.DoesNotExist:
        raise Http404 from None


def _role(request: HttpRequest) -> Role:
    role: Role = request.membership.role_kind  # type: ignore[attr-defined]
    return role


def _query(request: HttpRequest) -> str:
    given = request.GET.copy()
    given.pop("page", None)
    return given.urlencode()


def _form(request: HttpRequest, form: CircularForm, title: str, *, back: Circular | None = None) -> HttpResponse:
    parents = [(gettext("お知らせ"), reverse("jcsos:circulars"))]
    if back is not None:
        parents.append((back.title, reverse("jcsos:circular", kwargs={"circular_id": back.pk})))
    context = {"form": form, "heading": title, "crumbs": [*parents, (title, "")]}
    return render(request, "jcsos/edit_circular.html", context, status=422 if form.errors else 200)


def _show(request: HttpRequest, found: Circular, *, bound: dict[str, Any] | None = None) -> HttpResponse:
    bound = bound or {}
    role, sent = _role(request), found.state_kind is CircularState.SENT
    steps = {step.name for step in CIRCULAR.allowed(found.state_kind, seat=Side.JCSOS.value, role=role.value)}
    if request.user.pk in (found.written_by_id, found.proposed_by_id):
        steps.discard("approve")
    page = Paginator(queries.receipts_of(found), _MEMBERS_A_PAGE).get_page(request.GET.get("page"))
    job = queries.job_of(found)
    context = {
        "circular": found,
        "row": row_of(found),
        "entries": entries_of(found),
        "steps": steps,
        "own": "approve" not in steps and found.state_kind is CircularState.CHECKING and role in HANDS,
        "forms": {name: bound.get(name) or make(None) for name, (make, _, _) in _ACTS.items() if name in steps},
        "returned_form": (bound.get("returned") or ReturnedForm()) if sent and role in HANDS else None,
        "reaches": len(queries.addressed(found)) if not sent else None,
        "page": page,
        "told": told_shown(queries.told_with_mails(list(page))) if sent else [],
        "may_mail": role in HANDS,
        "tiles": _tiles(found) if sent else [],
        "stuck": job.problem if job and job.state == JobState.PARKED.value and not sent else "",
        "bound": list(bound.values()),
        "state": label_of(found.state_kind),
        "crumbs": [(gettext("お知らせ"), reverse("jcsos:circulars")), (found.title, "")],
    }
    return render(request, "jcsos/circular.html", context, status=422 if bound else 200)


def _tiles(found: Circular) -> list[Tile]:
    receipts = queries.receipts_of(found)
    told, read = receipts.count(), receipts.exclude(read_at=None).count()
    schools = gettext("校")
    return [
        Tile(gettext("送った会員校"), told, schools),
        Tile(gettext("開いた会員校"), read, schools),
        Tile(gettext("まだの会員校"), told - read, schools, tone="warn" if told > read else ""),
    ]
