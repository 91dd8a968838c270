"""The claims of a trip: the list, a new one, its facts written anew. Not here: one case with its steps (case).

Special-care data: the pages are for those who may hold it (insurance.machine.KEEPERS), and each look is on record.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from insurance.actions import claims as acts
from insurance.claims import Notice
from insurance.enums import ClaimFact, ClaimState
from insurance.machine import KEEPERS
from insurance.models import Claim
from insurance.queries import ClaimRow, claims_of, get_claim, notice_of, open_claim_text
from insurance.stress.trip import name_of
from mofa_requests.queries import gather_dossier
from portal.dossier.types import Dossier
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.kit.machine import Refused
from portal.ui.autosave import base_version
from portal.ui.insurance.claim_forms import CaseForm
from portal.ui.insurance.doors import cover_context, cover_url
from portal.ui.insurance.words import money
from portal.ui.labels import label_of
from portal.ui.messages import announce
from portal.ui.school.doors import TripPage, trip_page
from portal.ui.typed import sentence_of
from portal.vault.keyring import TripCipher, cipher_for

TONES = {
    ClaimState.OPEN: ("draft", "key"),
    ClaimState.REPORTED: ("send", "key"),
    ClaimState.FILED: ("file", "key"),
    ClaimState.SETTLED: ("success", "ok"),
    ClaimState.REFUSED: ("alert", "warn"),
    ClaimState.WITHDRAWN: ("circle", ""),
}


@dataclass(frozen=True)
class Line:
    """One claim as the list shows it."""

    url: str
    number: int
    person: str
    cause: str
    happened_on: dt.date | None
    state: str
    icon: str
    tone: str
    due: str
    due_on: dt.date | None
    days_left: int | None
    open: str
    kept_until: dt.date | None
    erased: bool


@trip_page(KEEPERS, purpose="保険金の請求の記録の一覧", health=True)
def claims(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Every claim of the trip, or those of one traveller (``?person=`` key)."""
    cipher = cipher_for(page.trip.pk)
    dossier = gather_dossier(page.trip, cipher=cipher)
    person = request.GET.get("person", "")
    names = names_of(dossier)
    rows = claims_of(page.trip.pk, cipher, participant=person if person in names else "")
    context = {
        "lines": [_line(page, row, names) for row in rows],
        "person": names.get(person, ""),
        "all_url": cover_url(page, "claims"),
        "new_url": cover_url(page, "claim_new") + (f"?person={person}" if person in names else ""),
    }
    return render(request, "insurance/claims.html", cover_context(page, "claims", gettext("請求の記録"), **context))


@trip_page(KEEPERS, purpose="保険金の請求の記録を作る", health=True)
def new_claim(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """The facts of a new case."""
    cipher = cipher_for(page.trip.pk)
    dossier = gather_dossier(page.trip, cipher=cipher)
    form = _form(dossier, request.POST if request.method == "POST" else None, _initial(request, dossier))
    if request.method != "POST" or not form.is_valid() or form.notice is None:
        return _show(request, page, form, gettext("請求を記録する"))
    typed = form.cleaned_data
    try:
        claim = acts.open_claim(
            page.trip.pk, school_id=page.trip.school_id, key=typed["key"], participant=typed["participant"],
            policy=typed["policy"] or "", notice=form.notice, reference=typed["reference"] or "",
            by=page.actor, cipher=cipher,
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, sentence_of(refused))
        return _show(request, page, form, gettext("請求を記録する"))
    announce(request, gettext("請求の記録を作りました。期限と書類を確かめてください。"))
    return redirect(case_url(page, claim.pk))


@trip_page(KEEPERS, purpose="保険金の請求の記録を書き直す", health=True)
def edit_claim(request: HttpRequest, page: TripPage, claim_id: UUID) -> HttpResponseBase:
    """The facts of a case written anew; who was slower loses nothing and is told."""
    cipher = cipher_for(page.trip.pk)
    claim, dossier = claim_of(page, claim_id), gather_dossier(page.trip, cipher=cipher)
    form = _form(dossier, request.POST if request.method == "POST" else None, _stored(claim, cipher))
    title = gettext("請求%(number)dを書き直す") % {"number": claim.number}
    if request.method != "POST" or not form.is_valid() or form.notice is None:
        return _show(request, page, form, title, claim=claim)
    typed, base = form.cleaned_data, base_version(request)
    try:
        acts.change_claim(
            claim, participant=typed["participant"], policy=typed["policy"] or "", notice=form.notice,
            reference=typed["reference"] or "", base_version=-1 if base is None else base, by=page.actor,
            cipher=cipher,
        )  # fmt: skip
    except acts.StaleClaim:
        form.add_error(
            None,
            gettext(
                "ほかの人が先に書き直しました。下の内容はまだ保存していません。確かめて、もう一度保存してください。"
            ),
        )
        claim.refresh_from_db()
        return _show(request, page, form, title, claim=claim, status=409)
    except Refused as refused:
        form.add_error(None, sentence_of(refused))
        return _show(request, page, form, title, claim=claim)
    announce(request, gettext("請求の記録を保存しました。"))
    return redirect(case_url(page, claim.pk))


def claim_of(page: TripPage, claim_id: UUID) -> Claim:
    """One claim of the page's trip whose facts are there, or 404."""
    claim = any_claim_of(page, claim_id)
    if claim.erased_at is not None:
        raise Http404
    return claim


def any_claim_of(page: TripPage, claim_id: UUID) -> Claim:
    """One claim of the page's trip, also an erased one, or 404."""
    try:
        return get_claim(page.trip.pk, claim_id)
    except Claim.DoesNotExist:
        raise Http404 from None


def case_url(page: TripPage, claim_id: UUID) -> str:
    return f"{cover_url(page, 'claims')}{claim_id}/"


def names_of(dossier: Dossier) -> dict[str, str]:
    """Key → the traveller's name as typed, or the key while it is empty."""
    return {person.key: person.name or person.key for person in dossier.participants}


def _form(dossier: Dossier, data: Any, initial: dict[str, Any]) -> CaseForm:
    policies = [(policy.key, name_of(policy)) for policy in dossier.policies]
    return CaseForm(data, people=list(names_of(dossier).items()), policies=policies, initial=initial)


def _initial(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    ends = [policy.ends_at.date() for policy in dossier.policies if policy.ends_at]
    return {
        "key": uuid7(),
        "participant": request.GET.get("person", ""),
        "policy": dossier.policies[0].key if len(dossier.policies) == 1 else "",
        "cause": "injury",
        "place": "abroad",
        "cover_ends": min(ends) if ends else None,
    }


def _stored(claim: Claim, cipher: TripCipher) -> dict[str, Any]:
    notice: Notice = notice_of(claim, cipher)
    return {
        "key": claim.pk,
        "participant": claim.participant,
        "policy": claim.policy,
        "reference": open_claim_text(claim, "reference", cipher),
        "cause": notice.cause.value,
        "place": notice.place.value,
        "on": notice.on,
        "first_visit": notice.first_visit,
        "cover_ends": notice.cover_ends,
        **{f"fact_{fact.value}": notice.facts.get(fact, "") for fact in ClaimFact},
    }


def _show(
    request: HttpRequest, page: TripPage, form: CaseForm, title: str, *, claim: Claim | None = None, status: int = 0
) -> HttpResponse:
    back = case_url(page, claim.pk) if claim else cover_url(page, "claims")
    context = cover_context(page, "claims", title, form=form, heading=title, back=back, claim=claim)
    return render(request, "insurance/claim_edit.html", context, status=status or (422 if form.errors else 200))


def _line(page: TripPage, row: ClaimRow, names: dict[str, str]) -> Line:
    icon, tone = TONES[row.state]
    due, due_on = row.next_due or ("", None)
    return Line(
        url=case_url(page, row.id),
        number=row.number,
        person=names.get(row.participant, row.participant) or gettext("消去済み"),
        cause=label_of(row.cause) if row.cause else "",
        happened_on=row.happened_on,
        state=label_of(row.state),
        icon=icon,
        tone=tone,
        due=due_title(due),
        due_on=due_on,
        days_left=(due_on - clock.today()).days if due_on else None,
        open=money(row.open_yen) if row.open_yen >= 0 else f"−{money(-row.open_yen)}",
        kept_until=row.kept_until,
        erased=row.erased,
    )


def due_title(name: str) -> str:
    """What a day is for, in a few words; a list has no room for the whole sentence."""
    return {
        "notice": gettext("保険会社へ連絡"),
        "visit": gettext("医師の治療を始める"),
        "costs": gettext("治療費の対象が終わる"),
    }.get(name, "")
