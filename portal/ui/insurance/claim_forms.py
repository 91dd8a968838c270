"""The form of a claim: the facts an insurer asks for, the days and the sums. Not here: counting (insurance.claims)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from insurance.claims import Balance, Notice
from insurance.enums import Cause, ClaimFact, Place
from portal.kit.text import Refused
from portal.ui.fields import ChoiceField, DateField, RadioChoices, TextField
from portal.ui.insurance.calculator_forms import YenField
from portal.ui.labels import choices_of, label_of
from portal.ui.typed import sentence_of

_LONG = {ClaimFact.CAUSE, ClaimFact.SYMPTOMS}


class ClaimForm(forms.Form):
    """Everything typed about one case; ``notice`` and ``balance`` are set when it can be used."""

    cause = ChoiceField(label=_("何が起きたか"), required=True, widget=RadioChoices)
    place = ChoiceField(label=_("どこで"), required=True, widget=RadioChoices)
    on = DateField(label=_("事故の日、または発病した日"), required=True)
    first_visit = DateField(label=_("初めて医師にかかった日"))
    cover_ends = DateField(label=_("保険期間の最後の日"))
    billed = YenField(label=_("払った費用の合計(円)"))
    social = YenField(label=_("健康保険から払われた額(円)"))
    paid = YenField(label=_("保険会社から払われた額(円)"))

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["cause"].choices = list(choices_of(Cause))  # type: ignore[attr-defined]
        self.fields["place"].choices = list(choices_of(Place))  # type: ignore[attr-defined]
        for fact in ClaimFact:
            self.fields[f"fact_{fact.value}"] = TextField(label=label_of(fact), limit=400, long=fact in _LONG)
        self.notice: Notice | None = None
        self.balance: Balance | None = None

    @property
    def case_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("cause", "place", "on", "first_visit", "cover_ends")]

    @property
    def fact_fields(self) -> list[forms.BoundField]:
        return [self[f"fact_{fact.value}"] for fact in ClaimFact]

    @property
    def sum_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("billed", "social", "paid")]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        try:
            self.notice = Notice(
                Cause(cleaned["cause"]),
                Place(cleaned["place"]),
                cleaned["on"],
                {fact: cleaned[f"fact_{fact.value}"] or "" for fact in ClaimFact},
                cleaned["first_visit"],
                cleaned["cover_ends"],
            )
            if cleaned["billed"] is not None:
                self.balance = Balance(cleaned["billed"], cleaned["social"] or 0, cleaned["paid"] or 0)
        except Refused as refusal:
            self.add_error(None, sentence_of(refusal))
        return cleaned
