"""The forms of the stress test: which accident, which covers, and its figures. Not here: running it (stress)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from insurance.stress.accident import MOST_PEOPLE, MOST_YEN, Accident
from insurance.stress.named import scenarios
from portal.kit.text import Refused
from portal.ui.fields import ChoiceField, KeysField, NumberField, RadioChoices
from portal.ui.insurance.words import told
from portal.ui.typed import sentence_of

MOST_COVERS = 3
FIGURES = {
    "dead": _("死亡する人(人)"),
    "badly_hurt": _("重傷を負う人(人)"),
    "need_platelets": _("そのうち高額な治療を受ける人(人)"),
    "platelet_nights": _("高額な治療の日数(晩)"),
    "platelet_per_night": _("高額な治療の一晩の費用(円)"),
    "charter": _("移送用チャーター機(円)"),
    "medical_team": _("医療チームの派遣(円)"),
    "icu_per_badly_hurt": _("重傷者1人の基本の治療費(円)"),
    "relatives_per_victim": _("被害者1人につき駆けつける家族(人)"),
    "relative_air_fare": _("家族1人の航空運賃(円)"),
    "relative_hotel_night": _("家族1人の宿泊1泊(円)"),
    "relative_hotel_nights": _("家族の宿泊(泊)"),
    "local_office": _("現地対策本部(円)"),
    "settlement_per_death": _("死亡1人の補償金(円)"),
    "settlement_per_badly_hurt": _("重傷1人の補償金(円)"),
}
_COUNTS = {"dead", "badly_hurt", "need_platelets", "relatives_per_victim"}
_NIGHTS = {"platelet_nights", "relative_hotel_nights"}


class ChoiceForm(forms.Form):
    """Which accident is run against which covers; ``covers`` are offered as (key, name)."""

    scenario = ChoiceField(label=_("想定する事故"), widget=RadioChoices)
    covers = KeysField(label=_("比べる補償(3つまで)"))

    def __init__(self, data: Any = None, *, covers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        choices = [(each.name, told(each.title, each.english)) for each in scenarios().values()]
        self.fields["scenario"].choices = choices  # type: ignore[attr-defined]
        self.fields["covers"].choices = list(covers)  # type: ignore[attr-defined]

    def clean_covers(self) -> tuple[str, ...]:
        chosen: tuple[str, ...] = self.cleaned_data["covers"]
        if len(chosen) > MOST_COVERS:
            raise forms.ValidationError(_("補償は3つまで選べます。比べたいものだけを選んでください"))
        return chosen


class FiguresForm(forms.Form):
    """The fifteen figures of an accident; ``accident`` is set when all of them can be used together."""

    accident: Accident | None = None

    def __init__(self, data: Any = None, *, given: Accident, **kwargs: Any) -> None:
        super().__init__(data, initial=given.model_dump(), **kwargs)
        for name, label in FIGURES.items():
            most = MOST_PEOPLE if name in _COUNTS else 3660 if name in _NIGHTS else MOST_YEN
            self.fields[name] = NumberField(label=label, least=0, most=most, required=True)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.accident = Accident.model_validate(cleaned)
            except ValueError as error:
                raise forms.ValidationError(_sentence(error)) from None
        return cleaned


def _sentence(error: ValueError) -> str:
    """The refusal that pydantic carries, in the language of the page."""
    problems = error.errors() if isinstance(error, ValidationError) else []
    refusals = [problem.get("ctx", {}).get("error") for problem in problems]
    return " ".join(sentence_of(refusal) for refusal in refusals if isinstance(refusal, Refused)) or str(error)
