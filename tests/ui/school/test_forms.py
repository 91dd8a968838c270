"""Forms over parts within parts: what is typed into the inner part arrives there, and nowhere else."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from portal.dossier.types import Assistance, Benefit, BenefitKind, Outline, PartyFigures, Policy
from portal.ui.school.forms import nested_form, policy_formset
from tests.ui.posting import posted

Figures = nested_form(Outline, {"party": PartyFigures})
Policies = policy_formset({"assistance": Assistance}, {})
STATED = Outline(title="台北研修", party=PartyFigures(students=4, escorts=1, total=5))


def typed_over(form_class: Any, part: Any, **typed: str) -> Any:
    """The form as the page posts it, with ``typed`` written into its fields."""
    sent = posted(form_class(part=part).as_div())
    for name, text in typed.items():
        sent[name] = text
    return form_class(sent, part=part)


def test_figures_of_the_inner_part_arrive() -> None:
    form = typed_over(Figures, STATED, party_students="１６１", party_total="172")
    assert form.is_valid(), form.errors
    assert form.part == STATED.model_copy(update={"party": PartyFigures(students=161, escorts=1, total=172)})


def test_figures_of_an_empty_plan_arrive() -> None:
    form = typed_over(Figures, Outline(), party_students="161")
    assert form.is_valid(), form.errors
    assert form.part == Outline(party=PartyFigures(students=161))


def test_a_figure_taken_away_is_empty_again() -> None:
    form = typed_over(Figures, STATED, party_escorts="")
    assert form.is_valid(), form.errors
    assert form.part.party == PartyFigures(students=4, total=5)


def test_an_unreadable_figure_leaves_the_others() -> None:
    form = typed_over(Figures, STATED, party_students="四十人", party_escorts="2")
    assert list(form.errors) == ["party_students"]
    assert form.part.party == PartyFigures(students=4, escorts=2, total=5)


def test_cover_and_assistance_of_a_new_policy_arrive() -> None:
    data = QueryDict(mutable=True)
    data["policies-row"] = "n1"
    data["policies-n1-insurer"] = "見本海上保険(見本)"
    data["policies-n1-assistance_company"] = "見本アシスタンス(見本)"
    data["policies-n1-limit_injury_treatment"] = "50,000,000"
    data["policies-n1-unlimited_rescue"] = "on"
    rows = Policies(data, prefix="policies")
    assert rows.is_valid(), rows.errors
    (policy,) = rows.parts
    assert isinstance(policy, Policy)
    assert (policy.insurer, policy.assistance.company) == ("見本海上保険(見本)", "見本アシスタンス(見本)")
    assert policy.benefits == (
        Benefit(kind=BenefitKind.INJURY_TREATMENT, limit=50_000_000),
        Benefit(kind=BenefitKind.RESCUE, unlimited=True),
    )
