"""The hand-over to the assistance company through the insurer (別添二 五(四)): made, given, received, out of date.

The paper holds itinerary and blood types of consenting people only and is kept nowhere; its digest is.
Not here: the paper (mofa_requests.documents.receivers.insurer), the record (insurance.actions.handover).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from insurance.actions.handover import record_given, record_made, record_received
from insurance.handover import changed_since
from insurance.models import HandoverRecord
from insurance.queries import handovers_of
from insurance.stress.trip import name_of
from mofa_requests.actions.characters import substitutes_of
from mofa_requests.documents.receivers.papers import Beside, PaperKind, build_paper
from mofa_requests.documents.receivers.sealed import SpecialCare, consenting
from mofa_requests.documents.substitutes import put_in
from mofa_requests.queries import gather_dossier
from portal.dossier.types import Channel, Dossier
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.pdf import RenderError
from portal.ui.fields import ChoiceField, DateField, TextField
from portal.ui.files_out import attachment
from portal.ui.insurance.doors import cover_context, cover_url, save_beside
from portal.ui.labels import choices_of, label_of
from portal.ui.messages import announce, refuse, warn
from portal.ui.school.doors import STAFF, TripPage, trip_page
from portal.ui.school.handouts import HOLDERS, Reason
from portal.ui.school.standing import look_at
from portal.ui.typed import sentence_of
from portal.vault.keyring import TripCipher, cipher_for
from trips.actions.health import open_health
from trips.actions.plan import StaleSection


class GivenForm(forms.Form):
    """When and how the paper went to the insurer."""

    on = DateField(label=_("渡した日"), required=True)
    channel = ChoiceField(label=_("渡し方"), required=True)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["channel"].choices = list(choices_of(Channel))  # type: ignore[attr-defined]


class ReceivedForm(forms.Form):
    """How the insurer confirmed that it has the paper."""

    on = DateField(label=_("受領の日"), required=True)
    receipt = TextField(label=_("受領の控え"), limit=200, help_text=_("例: 保険会社の担当課からの返信メール"))


class MakeForm(forms.Form):
    """For which contract the paper is made."""

    policy = ChoiceField(label=_("どの契約のアシスタンス会社へ"), required=True)

    def __init__(self, *args: Any, policies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["policy"].choices = policies  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Shown:
    """One record as the page lists it; ``changed`` are parts that the paper tells and that differ today."""

    row: HandoverRecord
    contract: str
    company: str
    channel: str
    receipt: str
    changed: list[str]
    current: bool
    given_form: GivenForm | None
    received_form: ReceivedForm | None


@trip_page(STAFF, purpose="アシスタンス会社への引渡しの記録")
def handover(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Every contract with its papers, what is out of date on top."""
    return _show(request, page)


@trip_page(HOLDERS, purpose="アシスタンス会社への引渡し書を作る(血液型を含む)", step_up=True)
def make(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """GET asks for which contract; POST makes the paper, records its digest and gives it away."""
    cipher = cipher_for(page.trip.pk)
    dossier = gather_dossier(page.trip, cipher=cipher)
    policies = [(policy.key, name_of(policy)) for policy in dossier.policies]
    form = MakeForm(*((request.POST,) if request.method == "POST" else ()), policies=policies)
    if request.method == "POST" and form.is_valid():
        try:
            return attachment(
                _made(page, dossier, form.cleaned_data["policy"], cipher),
                f"{page.trip.trip_no}-{PaperKind.INSURER.value}.pdf",
                media_type="application/pdf",
            )
        except RenderError as error:
            refuse(request, sentence_of(error))
            return redirect(cover_url(page, "handover"))
    agreed = sum(person.consented_on is not None for person in dossier.participants)
    title = gettext("引渡し書を作る")
    context = cover_context(
        page, "handover", title, form=form, heading=title, people=len(dossier.participants), agreed=agreed,
        policies=policies,
    )  # fmt: skip
    return render(request, "insurance/handover_make.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _made(page: TripPage, dossier: Dossier, policy: str, cipher: TripCipher) -> bytes:
    """The paper, its making on record together with the look at the blood types."""
    opened = open_health(page.trip, reason=Reason.INSURER.label, by=page.actor, cipher=cipher)
    sealed = {key: SpecialCare(**values) for key, values in opened.items()}
    shown = put_in(dossier, substitutes_of(page.trip, cipher=cipher))
    pdf = build_paper(PaperKind.INSURER, shown, beside=Beside(sealed)).pdf
    record_made(
        page.trip.pk, dossier, pdf, school_id=page.trip.school_id, policy=policy,
        blood_types=len(consenting(dossier, sealed)), by=page.actor,
    )  # fmt: skip
    return pdf


@trip_page(HOLDERS, purpose="引渡し書を渡した日を記録する")
def given(request: HttpRequest, page: TripPage, record_id: UUID) -> HttpResponseBase:
    """The day of the hand-over; the plan's own entry follows while the plan may be written."""
    row, form = _row(page, record_id), GivenForm(request.POST, auto_id=f"given-{record_id}-%s")
    if request.method != "POST":
        return redirect(cover_url(page, "handover"))
    if not form.is_valid():
        return _show(request, page, given_form=(row, form), status=422)
    try:
        with transaction.atomic():
            day = form.cleaned_data["on"]
            record_given(row, on=day, channel=Channel(form.cleaned_data["channel"]), by=page.actor)
            written = _write(page, row, day)
    except Refused as refused:
        form.add_error(None, sentence_of(refused))
        return _show(request, page, given_form=(row, form), status=422)
    except StaleSection:
        refuse(request, gettext("ほかの人が「保険」の欄を保存しました。もう一度記録してください。"))
        return redirect(cover_url(page, "handover"))
    if written:
        announce(request, gettext("渡した日を記録し、計画の「保険会社への引渡し」に書きました。"))
    else:
        warn(request, gettext("渡した日を記録しました。提出した計画は書き換えていません。"))
    return redirect(cover_url(page, "handover"))


@trip_page(HOLDERS, purpose="引渡し書の受領を記録する")
def received(request: HttpRequest, page: TripPage, record_id: UUID) -> HttpResponseBase:
    """The insurer's confirmation."""
    row, form = _row(page, record_id), ReceivedForm(request.POST, auto_id=f"received-{record_id}-%s")
    if request.method != "POST":
        return redirect(cover_url(page, "handover"))
    if not form.is_valid():
        return _show(request, page, received_form=(row, form), status=422)
    try:
        record_received(
            row, on=form.cleaned_data["on"], receipt=form.cleaned_data["receipt"] or "", by=page.actor,
            cipher=cipher_for(page.trip.pk),
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, sentence_of(refused))
        return _show(request, page, received_form=(row, form), status=422)
    announce(request, gettext("受領を記録しました。"))
    return redirect(cover_url(page, "handover"))


def out_of_date(page: TripPage, dossier: Dossier) -> list[str]:
    """Names of contracts whose assistance company was told something that has changed since."""
    names = {policy.key: name_of(policy) for policy in dossier.policies}
    newest = _newest_given(handovers_of(page.trip.pk))
    return [names[key] for key, row in newest.items() if key in names and changed_since(row.facts, dossier, policy=key)]


def _newest_given(rows: list[HandoverRecord]) -> dict[str, HandoverRecord]:
    """The paper last handed over, by contract."""
    found: dict[str, HandoverRecord] = {}
    for row in rows:
        if row.handed_on is not None:
            found.setdefault(row.policy, row)
    return found


def _write(page: TripPage, row: HandoverRecord, day: dt.date) -> bool:
    standing = look_at(page)
    days: dict[str, Any] = {"itinerary_on": day}
    if row.blood_types:
        days["blood_list_on"] = day
    return save_beside(standing, {"handover": standing.dossier.handover.model_copy(update=days)})


def _row(page: TripPage, record_id: UUID) -> HandoverRecord:
    found = next((row for row in handovers_of(page.trip.pk) if row.pk == record_id), None)
    if found is None:
        raise Http404
    return found


def _show(
    request: HttpRequest,
    page: TripPage,
    *,
    given_form: tuple[HandoverRecord, GivenForm] | None = None,
    received_form: tuple[HandoverRecord, ReceivedForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    cipher = cipher_for(page.trip.pk)
    dossier = gather_dossier(page.trip, cipher=cipher)
    bound = {row.pk: form for row, form in filter(None, (given_form, received_form))}
    rows = handovers_of(page.trip.pk)
    newest = {row.pk for row in _newest_given(rows).values()}
    shown = [_shown(row, dossier, cipher, bound.get(row.pk), current=row.pk in newest) for row in rows]
    context = cover_context(
        page,
        "handover",
        gettext("引渡し"),
        records=shown,
        bound=list(bound.values()),
        stale=[each for each in shown if each.current and each.changed],
        missing=_never_given(dossier, rows),
        plan=dossier.handover,
        may_make=page.role in HOLDERS and bool(dossier.policies),
    )
    return render(request, "insurance/handover.html", context, status=status)


def _never_given(dossier: Dossier, rows: list[HandoverRecord]) -> list[str]:
    told = _newest_given(rows)
    return [name_of(policy) for policy in dossier.policies if policy.key not in told]


def _shown(row: HandoverRecord, dossier: Dossier, cipher: TripCipher, bound: Any, *, current: bool) -> Shown:
    policy = next((each for each in dossier.policies if each.key == row.policy), None)
    today = clock.today()
    given = bound if isinstance(bound, GivenForm) else GivenForm(auto_id=f"given-{row.pk}-%s", initial={"on": today})
    got = (
        bound
        if isinstance(bound, ReceivedForm)
        else ReceivedForm(auto_id=f"received-{row.pk}-%s", initial={"on": today})
    )
    return Shown(
        row=row,
        contract=name_of(policy) if policy else row.policy,
        company=(policy.assistance.company or "") if policy else "",
        channel=label_of(Channel(row.channel)) if row.channel else "",
        receipt=cipher.open(row.receipt, table=row._meta.db_table, column="receipt", row=row.pk) or "",
        changed=[label_of(part) for part in changed_since(row.facts, dossier, policy=row.policy)],
        current=current,
        given_form=given if row.received_on is None else None,
        received_form=got if row.handed_on and row.received_on is None else None,
    )
