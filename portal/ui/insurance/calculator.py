"""The calculator: one event of one person, the covers in order, what each pays and the clause that decides.

Nothing typed here is kept: the answer is computed and shown. Not here: the form (calculator_forms).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from insurance.catalogue.jet import policy_number
from insurance.catalogue.load import product
from insurance.catalogue.types import Period
from insurance.cover.layer import Layer, own_contract, published, school_liability
from insurance.cover.stack import Answer, LayerResult, Result, calculate
from insurance.enums import Paid, Season
from insurance.stress.trip import name_of
from mofa_requests.queries import gather_dossier
from portal.accounts.access import members
from portal.dossier.types import Dossier, Policy
from portal.ui.insurance.calculator_forms import JET, SCHOOL, SPECIAL, CalculatorForm
from portal.ui.insurance.doors import READERS, cover_context
from portal.ui.insurance.words import money, span_words, told
from portal.ui.labels import label_of
from portal.ui.school.doors import STAFF, TripPage, trip_page
from portal.vault.keyring import cipher_for

_TONES = {Paid.FULL: "ok", Paid.PARTLY: "warn", Paid.NOT: "error", Paid.UNSURE: "warn", Paid.SETTLED: ""}
_ICONS = {Paid.FULL: "success", Paid.PARTLY: "alert", Paid.NOT: "error", Paid.UNSURE: "info", Paid.SETTLED: "circle"}


@dataclass(frozen=True)
class ShownClause:
    title: str
    quote: str


@dataclass(frozen=True)
class ShownAnswer:
    """One line of one cover's answer."""

    what: str
    claimed: str
    paid: str
    verdict: str
    tone: str
    icon: str
    why: str
    clauses: list[ShownClause]


@dataclass(frozen=True)
class ShownLayer:
    name: str
    note: str
    paid: str
    answers: list[ShownAnswer]


@trip_page(STAFF, purpose="個別のけが・病気の補償の計算")
def of_trip(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """The calculator with the trip's own contracts."""
    dossier = gather_dossier(page.trip, cipher=cipher_for(page.trip.pk))
    context = cover_context(page, "calculator", gettext("個別の計算"), **_computed(request, dossier))
    return render(request, "insurance/trip_calculator.html", context)


@members(READERS, purpose="個別のけが・病気の補償の計算(旅行によらない)")
def alone(request: HttpRequest) -> HttpResponseBase:
    """The calculator with published cover only."""
    crumbs = [(gettext("公表されている保険"), reverse("insurance:catalogue")), (gettext("個別の計算"), "")]
    return render(request, "insurance/calculator.html", {"crumbs": crumbs, **_computed(request, Dossier())})


def _computed(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    """The form, and the answer once it can be used; an untouched page computes nothing."""
    own = {f"own-{number}": policy for number, policy in enumerate(dossier.policies, start=1)}
    initial = {
        "covers": tuple(own) or (JET,),
        "school_limit": dossier.handover.school_liability,
        "cause": "injury",
        "place": "abroad",
        "on": dossier.outline.departs_on,
    }
    form = CalculatorForm(
        request.POST if request.method == "POST" else None,
        contracts=[(key, name_of(policy)) for key, policy in own.items()],
        initial=initial,
    )
    if request.method != "POST" or not form.is_valid() or form.event is None:
        return {"form": form}
    layers = _layers(form, own)
    result = calculate(form.event, [layer for layer, _note in layers])
    return {"form": form, **_shown(result, [note for _layer, note in layers])}


def _layers(form: CalculatorForm, own: dict[str, Policy]) -> list[tuple[Layer, str]]:
    """The covers in the order asked, each with a note on what is known of it."""
    chosen = []
    for key in form.covers_in_order:
        if key in own:
            note = gettext("証券から写された限度額だけで計算しています。払われない場合は約款で確かめてください。")
            chosen.append((own_contract(own[key]), note))
        elif key == JET:
            chosen.append((published(product(JET), period=form.jet_period), _jet_note(form)))
        elif key == SPECIAL:
            special = product(SPECIAL)
            note = told(special.source_title, special.source_english)
            chosen.append((published(special, period=None, dated=False), note))
        elif key == SCHOOL:
            note = gettext("学校が法律上の責任を負うときだけ払われます。")
            chosen.append((school_liability(form.cleaned_data["school_limit"]), note))
    return chosen


def _jet_note(form: CalculatorForm) -> str:
    period: Period | None = form.jet_period
    if period is None:
        return ""
    row = policy_number(Season(form.cleaned_data["season"]), form.cleaned_data["year"])
    number = row.number if row else gettext("不明(公開ページに載っていません)")
    return gettext("保険期間 %(first)s〜%(last)s、証券番号 %(number)s") % {
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "number": number,
    }


def _shown(result: Result, notes: Sequence[str]) -> dict[str, Any]:
    return {
        "layers": [_layer(layer, note) for layer, note in zip(result.layers, notes, strict=True)],
        "billed": money(result.billed),
        "social": money(result.social) if result.social else "",
        "paid": span_words(result.paid),
        "borne": span_words(result.borne),
        "left": [(label_of(item), span_words(amount)) for item, amount in result.left if amount.most],
    }


def _layer(layer: LayerResult, note: str) -> ShownLayer:
    answers = [_answer(answer) for answer in layer.answers]
    return ShownLayer(told(layer.name, layer.english), note, span_words(layer.paid), answers)


def _answer(answer: Answer) -> ShownAnswer:
    verdict = answer.verdict
    return ShownAnswer(
        what=label_of(answer.item or answer.line),
        claimed=span_words(answer.claimed) if answer.claimed is not None else gettext("定額"),
        paid=span_words(answer.paid),
        verdict=label_of(verdict),
        tone=_TONES[verdict],
        icon=_ICONS[verdict],
        why=told(answer.ja, answer.en),
        clauses=[ShownClause(told(clause.title, clause.english), clause.quote) for clause in answer.clauses],
    )
