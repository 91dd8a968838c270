"""The J-TAS desk: a line takes a case in, a purpose opens it, its page holds everything. For 相談・J-TAS alone.

The list shows no person. Every look at a case is a row of its own. Not here: forms (case_forms), acts (actions.assist).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from jcsos.actions import assist
from jcsos.enums import AssistCategory, AssistState, Cover, EntryKind, Party, Purpose
from jcsos.machine import ASSIST
from jcsos.models import AssistCase
from jcsos.queries import assist as queries
from portal.accounts.access import members
from portal.accounts.acting import actor_at, actor_of
from portal.accounts.queries import holders_of
from portal.audit.record import Actor
from portal.directory.countries import country
from portal.dossier.types import Policy
from portal.kit import clock
from portal.kit.roles import Role
from portal.ui.jcsos.case_forms import (
    CloseForm,
    DetailsForm,
    DoneForm,
    EventForm,
    HandOverForm,
    IntakeForm,
    NoteForm,
    PurposeForm,
    ReopenForm,
    TaskForm,
    zone_of,
)
from portal.ui.labels import label_of, speaks_english
from portal.ui.messages import announce
from portal.ui.performing import perform

DESK = (Role.JCSOS_CASES,)


@members(DESK, purpose="J-TASの案件一覧と受付", health=True)
def cases(request: HttpRequest) -> HttpResponse:
    """Take a case in; the open ones, nearest task first; the last closed ones."""
    return _desk(request, IntakeForm())


@members(DESK, purpose="J-TASの案件を受け付ける", health=True)
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """The first saved line."""
    form, acting = IntakeForm(request.POST), request.membership  # type: ignore[attr-defined]
    if not form.is_valid():
        return _desk(request, form)
    case = assist.open_case(acting.org_id, form.cleaned_data["headline"], by=actor_of(acting))
    announce(request, gettext("受け付けました。番号は%(number)sです。") % {"number": case.number})
    return redirect("jcsos:case", case_id=case.pk)


@members(DESK, purpose="J-TASの案件を見る", health=True)
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The whole case, for the purpose given within the last hour; otherwise the question for it."""
    found = _found(case_id)
    reading = queries.present_reading(found, user_id=actor_at(request).user_id)
    if reading is None:
        return _ask_purpose(request, found, PurposeForm())
    return _show(request, found, Purpose(reading.purpose))


@members(DESK, purpose="J-TASの案件を、目的を記録して開く", health=True)
@require_POST
def open_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Record the purpose, then show."""
    found, form = _found(case_id), PurposeForm(request.POST)
    if not form.is_valid():
        return _ask_purpose(request, found, form)
    assist.read_case(found, form.cleaned_data["purpose"], by=actor_at(request))
    return redirect("jcsos:case", case_id=found.pk)


@members(DESK, purpose="J-TASの案件を進める", health=True)
@require_POST
def act(request: HttpRequest, case_id: UUID, act: str) -> HttpResponseBase:
    """One act; whatever stops it leaves what was typed in its form. Without a purpose nothing is done."""
    found, by = _found(case_id), actor_at(request)
    if act not in _ACTS:
        raise Http404
    reading = queries.present_reading(found, user_id=by.user_id)
    if reading is None:
        return _ask_purpose(request, found, PurposeForm())
    _, do, said = _ACTS[act]
    form = _form(act, found, request.POST)
    if perform(request, form, lambda given: do(found, given, by), said()):
        return redirect("jcsos:case", case_id=found.pk)
    return _show(request, _found(case_id), Purpose(reading.purpose), bound={act: form})


def _desk(request: HttpRequest, form: IntakeForm) -> HttpResponse:
    rows = list(queries.cases())
    still = [row for row in rows if row.state_kind is not AssistState.CLOSED]
    done = [row for row in rows if row.state_kind is AssistState.CLOSED]
    context = {
        "form": form,
        "rows": [_line(row) for row in still],
        "closed": [_line(row) for row in done[:20]],
        "events": _events(still),
    }
    return render(request, "jcsos/cases.html", context, status=422 if form.errors else 200)


def _events(rows: list[AssistCase]) -> list[tuple[str, int]]:
    """Title of each event with the number of its open cases."""
    many: dict[str, int] = {}
    for row in rows:
        if row.event_id:
            many[row.event_title] = many.get(row.event_title, 0) + 1
    return sorted(many.items())


def _line(row: AssistCase) -> dict[str, Any]:
    due = getattr(row, "next_due", None)
    return {
        "case": row,
        "state": label_of(row.state_kind),
        "category": label_of(AssistCategory(row.category)) if row.category else "",
        "place": _place(row),
        "next_due": due,
        "overdue": due is not None and due < clock.now(),
    }


def _place(row: AssistCase) -> str:
    found = country(row.country) if row.country else None
    return (found.en if speaks_english() else found.ja) if found else ""


def _ask_purpose(request: HttpRequest, found: AssistCase, form: PurposeForm) -> HttpResponse:
    context = {
        "row": _line(found),
        "form": form,
        "crumbs": [(gettext("J-TAS"), reverse("jcsos:cases")), (found.number, "")],
    }
    return render(request, "jcsos/case_purpose.html", context, status=422 if form.errors else 200)


def _show(
    request: HttpRequest, found: AssistCase, purpose: Purpose, *, bound: dict[str, Any] | None = None
) -> HttpResponse:
    bound, by = bound or {}, actor_at(request)
    assist.read_case(found, purpose, by=by, again=True)
    texts, zone, standing = queries.opened(found), zone_of(found), queries.eligibility_of(found)
    alike = queries.alike_to(found)
    context = {
        "row": _line(found),
        "case": found,
        "texts": texts,
        "purpose": label_of(purpose),
        "zone": zone.key,
        "local_now": _local(clock.now(), zone),
        "standing": label_of(standing.standing),
        "clauses": standing.clauses,
        "cover": label_of(Cover(found.cover)),
        "trip": queries.trip_of(found),
        "policies": [_policy(policy) for policy in queries.policies_of(found)],
        "entries": [_entry(one, zone) for one in reversed(queries.entries_of(found))],
        "readings": [(row, label_of(Purpose(row.purpose))) for row in queries.readings_of(found)[:10]],
        "alike": [_line(row) for row in alike],
        "joined": [_line(row) for row in queries.of_event(found)],
        "steps": [step.name for step in ASSIST.allowed(found.state_kind, seat="jcsos", role=by.role)],
        "forms": {name: bound.get(name) or _form(name, found, None) for name in _ACTS},
        "bound": list(bound.values()),
        "crumbs": [(gettext("J-TAS"), reverse("jcsos:cases")), (found.number, "")],
    }
    return render(request, "jcsos/case.html", context, status=422 if bound else 200)


def _form(name: str, found: AssistCase, data: Any) -> Any:
    """The form of an act under its own prefix: the page holds many, and each label must find its field."""
    form = _ACTS[name][0](found, data)
    form.prefix = name
    return form


def _entry(one: queries.OpenedEntry, zone: dt.tzinfo) -> dict[str, Any]:
    entry = one.entry
    waits = entry.kind in queries.TASKS and entry.done_at is None
    return {
        "entry": entry,
        "text": one.text,
        "kind": label_of(EntryKind(entry.kind)),
        "party": label_of(Party(entry.party)) if entry.party else "",
        "local": _local(entry.happened_at, zone),
        "due_local": _local(entry.due_at, zone) if entry.due_at else "",
        "waits": waits,
        "overdue": waits and entry.due_at is not None and entry.due_at < clock.now(),
    }


def _local(at: dt.datetime, zone: dt.tzinfo) -> str:
    """The wall clock of the place, as text: templates would turn an instant back into Japan's time."""
    there = at.astimezone(zone)
    return f"{there.month}/{there.day} {there:%H:%M}"


def _policy(policy: Policy) -> dict[str, Any]:
    limits = [(label_of(benefit.kind), benefit.limit, benefit.unlimited) for benefit in policy.benefits]
    return {"name": " ".join(filter(None, (policy.insurer, policy.product))), "policy": policy, "limits": limits}


def _found(case_id: UUID) -> AssistCase:
    try:
        return queries.get_case(case_id)
    except AssistCase.DoesNotExist:
        raise Http404 from None


def _details_form(found: AssistCase, data: Any) -> DetailsForm:
    return DetailsForm(data, case=found, person=queries.opened(found).person)


def _hand_over_form(found: AssistCase, data: Any) -> HandOverForm:
    others = holders_of(found.org_id, DESK).exclude(pk=found.on_duty_id)
    return HandOverForm(data, people=list(others))


def _note(found: AssistCase, form: Any, by: Actor) -> None:
    given = form.cleaned_data
    assist.note(found, given["text"], happened_at=form.moment, party=given["party"], by=by)


def _task(found: AssistCase, form: Any, by: Actor) -> None:
    given = form.cleaned_data
    assist.plan_task(found, given["text"], due_at=form.moment, call_back=given["call_back"], by=by)


def _mover(name: str) -> tuple[Any, Any, Any]:
    def do(found: AssistCase, form: Any, by: Actor) -> None:
        assist.move(found, name, by=by, reason=form.cleaned_data.get("reason", ""))

    make = ReopenForm if name == "reopen" else forms.Form
    return lambda found, data: make(data), do, lambda: gettext("状態を変えました。")


_ACTS: dict[str, tuple[Callable[[AssistCase, Any], Any], Callable[..., Any], Callable[[], str]]] = {
    "details": (
        _details_form,
        lambda found, form, by: assist.describe(found, form.details, by=by),
        lambda: gettext("分かっていることを保存しました。"),
    ),
    "note": (lambda found, data: NoteForm(data, zone=zone_of(found)), _note, lambda: gettext("記録しました。")),
    "task": (lambda found, data: TaskForm(data, zone=zone_of(found)), _task, lambda: gettext("やることに加えました。")),
    "done": (
        lambda found, data: DoneForm(data),
        lambda found, form, by: assist.finish_task(found, form.cleaned_data["entry"], by=by),
        lambda: gettext("済みにしました。"),
    ),
    "hand_over": (
        _hand_over_form,
        lambda found, form, by: assist.hand_over(found, by=by, **form.cleaned_data),
        lambda: gettext("引き継ぎました。次の担当者にメールで知らせました。"),
    ),
    "school_told": (
        lambda found, data: forms.Form(data),
        lambda found, form, by: assist.note_school_told(found, by=by),
        lambda: gettext("学校への報告を記録しました。"),
    ),
    "event": (
        lambda found, data: EventForm(data),
        lambda found, form, by: assist.join_event(found, form.cleaned_data["title"], by=by),
        lambda: gettext("一つの事案にまとめ、担当者全員に知らせました。"),
    ),
    "close": (
        lambda found, data: CloseForm(data),
        lambda found, form, by: assist.close(found, by=by, **form.cleaned_data),
        lambda: gettext("終了しました。"),
    ),
    **{name: _mover(name) for name in ("take", "watch", "resume", "reopen")},
}
"""Name in the URL → its form, its act, and what is said afterwards."""
