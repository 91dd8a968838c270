"""The stress test of a trip: a named accident against its own covers, side by side, and the sheet of it.

Not here: the arithmetic (insurance.stress), how results look (stress_shown).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from insurance.catalogue.load import product
from insurance.enums import Cause
from insurance.stress.accident import Accident
from insurance.stress.named import Scenario, scenarios
from insurance.stress.outcome import Outcome, run
from insurance.stress.plan import Plan
from insurance.stress.trip import cover_facts, people_of, plans_of, product_plan
from mofa_requests.queries import gather_dossier
from portal.dossier.types import Dossier
from portal.kit.pdf import RenderError
from portal.ui.files_out import pdf_response
from portal.ui.insurance.doors import cover_context, cover_url
from portal.ui.insurance.sheet import stress_sheet
from portal.ui.insurance.stress_forms import FIGURES, MOST_COVERS, ChoiceForm, FiguresForm
from portal.ui.insurance.stress_shown import WIDTH, bars_of, comparison, figures_of
from portal.ui.insurance.words import money, span_words, told
from portal.ui.messages import refuse
from portal.ui.school.doors import STAFF, TripPage, trip_page
from portal.vault.keyring import cipher_for

_OWN, _JET = "own", "jet"


@dataclass(frozen=True)
class Test:
    """What was asked: the accident, the covers, and the forms that asked for it."""

    scenario: Scenario
    accident: Accident
    outcomes: list[Outcome]
    choice: ChoiceForm
    figures: FiguresForm
    people: int
    without: int
    fitted: bool

    @property
    def usable(self) -> bool:
        return not self.choice.errors and not self.figures.errors


@trip_page(STAFF, purpose="大事故の費用の試算")
def stress(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """What a grave accident costs this party, and what its covers do not pay."""
    test = run_test(_dossier(page), request.GET)
    context = cover_context(
        page,
        "stress",
        gettext("大事故の試算"),
        **shown(test),
        sheet_url=f"{cover_url(page, 'stress_sheet')}?{request.GET.urlencode()}",
    )
    return render(request, "insurance/stress.html", context)


@trip_page(STAFF, purpose="大事故の試算を印刷する")
@require_safe
def sheet(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """The same as a sheet for principal and parents."""
    dossier = _dossier(page)
    test = run_test(dossier, request.GET)
    if not test.usable:
        refuse(request, gettext("数字に直す所があるため、紙にできません。直してから印刷してください。"))
        return redirect(f"{cover_url(page, 'stress')}?{request.GET.urlencode()}")
    try:
        return pdf_response(stress_sheet(dossier, shown(test)), f"stress-{page.trip.trip_no}.pdf")
    except RenderError as error:
        refuse(request, str(error))
        return redirect(f"{cover_url(page, 'stress')}?{request.GET.urlencode()}")


def _dossier(page: TripPage) -> Dossier:
    return gather_dossier(page.trip, cipher=cipher_for(page.trip.pk))


def run_test(dossier: Dossier, asked: QueryDict) -> Test:
    """The accident and the covers asked for; what is not asked for, or cannot be used, is the first ones."""
    plans = _plans(dossier, Cause.INJURY)
    first, own = next(iter(scenarios())), tuple(plans)[:-1][:MOST_COVERS]
    begun = "scenario" in asked
    choice = ChoiceForm(
        asked if begun else None,
        covers=[(key, plan.name) for key, plan in plans.items()],
        initial={"scenario": first, "covers": own},
    )
    valid = begun and choice.is_valid()
    scenario = scenarios()[(choice.cleaned_data["scenario"] if valid else None) or first]
    covers = (choice.cleaned_data["covers"] if valid else ()) or own
    people = people_of(dossier)
    fitted = scenario.accident.fitted_to(people) if people else scenario.accident
    typed = any(name in asked for name in FIGURES)
    figures = FiguresForm(asked if typed else None, given=fitted)
    accident = figures.accident if typed and figures.is_valid() and figures.accident else fitted
    named, facts = _plans(dossier, scenario.cause), cover_facts(dossier)
    return Test(
        scenario=scenario,
        accident=accident,
        outcomes=[run(accident, named[key]) for key in covers],
        choice=choice,
        figures=figures,
        people=people,
        without=len(facts.opted_out) + len(facts.uninsured),
        fitted=fitted != scenario.accident,
    )


def _plans(dossier: Dossier, cause: Cause) -> dict[str, Plan]:
    """The covers that can be compared: the trip's own, then the JET policy as a published measure."""
    own = {f"{_OWN}-{number}": plan for number, plan in enumerate(plans_of(dossier, cause), start=1)}
    return {**own, _JET: _jet_plan(cause)}


def _jet_plan(cause: Cause) -> Plan:
    jet = product(_JET)
    return product_plan(jet, cause, name=gettext("参考: %(product)s") % {"product": told(jet.title, jet.english)})


def shown(test: Test) -> dict[str, object]:
    """What page and sheet show of a test."""
    one = test.outcomes[0]
    return {
        "test": test,
        "scenario_title": told(test.scenario.title, test.scenario.english),
        "story": told(test.scenario.story, test.scenario.story_en),
        "choice_form": test.choice,
        "figures_form": test.figures,
        "total": money(test.accident.total),
        "worst": span_words(max((each.uninsured for each in test.outcomes), key=lambda span: span.most)),
        "own": money(test.accident.organisers_own),
        "rescue_each": money(test.accident.rescue_per_badly_hurt or test.accident.rescue_per_dead),
        "bars": bars_of(test.outcomes),
        "width": WIDTH,
        "names": [outcome.plan.name for outcome in test.outcomes],
        "compared": comparison(test.outcomes),
        "figure_rows": figures_of(test.scenario, test.accident),
        "bill_of_one": money(
            one.accident.rescue_per_badly_hurt + one.accident.icu_per_badly_hurt + one.accident.platelets
        ),
    }
