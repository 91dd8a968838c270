"""The form of an authority's own rules: every field may stay empty, and an empty one means no such rule.

Not here: saving (mofa_requests.actions.authority), the words of a saved version (portal.ui.board_rules).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mofa_requests.facts import AuthorityRules, EscortFormula, EscortStep
from mofa_requests.rules import MUNICIPAL_DAYS
from portal.kit import clock
from portal.lawbook.deadlines import AUTHORITY_DAYS, SCHOOL_DAYS
from portal.ui.fields import ChoiceField, DateField, NumberField, TextField

STEPS = 4
_PLAIN = (
    "title",
    "adopted_on",
    "nights_at_most",
    "cost_at_most",
    "escort_of_each_sex",
    "participation_at_least",
    "plan_days_ahead",
    "previsit_required",
    "refuses_danger_level_from",
    "two_person",
    "school_days",
    "municipal_days",
    "authority_days",
)
_DAYS_BY_HABIT = {"school_days": SCHOOL_DAYS, "authority_days": AUTHORITY_DAYS}


class RulesForm(forms.Form):
    """``rules`` is the outcome of a valid form; ``base_version`` the newest version its author saw."""

    use_required_attribute = False

    base_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    dated_from = DateField(
        label=_("適用を始める日"),
        help_text=_("この日から点検に使います。この日より前に提出された計画は変わりません。"),
    )
    title = TextField(label=_("基準の名称"), limit=200, help_text=_("例: 海外修学旅行実施基準"))
    adopted_on = DateField(label=_("制定した日"), by_heart=True)
    nights_at_most = NumberField(label=_("泊数の上限(泊)"), most=400)
    cost_at_most = NumberField(label=_("一人当たり費用の上限(円)"))
    participation_at_least = NumberField(label=_("参加率の下限(%)"), most=100)
    plan_days_ahead = NumberField(label=_("計画の提出(出発の何日前までか)"), most=1000)
    refuses_danger_level_from = ChoiceField(
        label=_("危険情報がこのレベル以上の所へは行かない"),
        choices=[("", _("定めない"))] + [(str(n), _("レベル%(n)d") % {"n": n}) for n in range(1, 5)],
        coerce=int,
    )
    previsit_required = forms.BooleanField(label=_("下見を必要とする"), required=False)
    escort_of_each_sex = forms.BooleanField(label=_("生徒と同じ性別の引率者を必要とする"), required=False)
    two_person = forms.BooleanField(
        label=_("照合を記入した人とは別の決裁の人が判断する(二人で確かめる)"), required=False
    )
    further = NumberField(label=_("それより多いとき、生徒何人ごとに引率者を1人加えるか"), least=1, most=10_000)
    least = NumberField(label=_("引率者の最低の人数"), most=1000)
    school_days = NumberField(label=_("学校の提出から、次の発送まで(開庁日)"), most=400)
    municipal_days = NumberField(label=_("市町村教育委員会の発送から、ここの発送まで(開庁日)"), most=400)
    authority_days = NumberField(label=_("ここの発送から、外務省必着まで(開庁日)"), most=400)

    def __init__(self, data: Any = None, *, current: AuthorityRules | None, version: int) -> None:
        super().__init__(data, initial=_initial(current, version))
        for number in range(1, max(STEPS, len(_steps(current))) + 1):
            pupils, needed = _("%(n)d行目の生徒(何人まで)"), _("%(n)d行目の引率者(何人)")
            self.fields[f"students{number}"] = NumberField(label=pupils % {"n": number}, least=1, most=10_000)
            self.fields[f"escorts{number}"] = NumberField(label=needed % {"n": number}, least=1, most=1000)
        for name, usual in {**_DAYS_BY_HABIT, "municipal_days": MUNICIPAL_DAYS}.items():
            self.fields[name].help_text = gettext("書かないときは%(n)d開庁日(本ポータルの提案)です。") % {"n": usual}

    def named(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names]

    def limits(self) -> list[forms.BoundField]:
        return self.named(
            "nights_at_most",
            "cost_at_most",
            "participation_at_least",
            "plan_days_ahead",
            "refuses_danger_level_from",
            "previsit_required",
        )

    def hands(self) -> list[forms.BoundField]:
        return self.named("two_person")

    def days(self) -> list[forms.BoundField]:
        return self.named("school_days", "municipal_days", "authority_days")

    def step_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The pairs of the escort formula, one line each."""
        numbers = [name.removeprefix("students") for name in self.fields if name.startswith("students")]
        return [(self[f"students{number}"], self[f"escorts{number}"]) for number in numbers]

    def clean_dated_from(self) -> dt.date:
        day: dt.date | None = self.cleaned_data["dated_from"]
        if day is None:
            raise ValidationError(gettext("適用を始める日を書いてください"))
        if day < clock.today():
            raise ValidationError(gettext("今日か、今日より後の日を書いてください。過ぎた日の点検は変えられません"))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        steps = self._read_steps()
        if not self.errors:
            self.rules = self._rules(cleaned, steps)
        return cleaned

    def _read_steps(self) -> tuple[EscortStep, ...]:
        steps: list[EscortStep] = []
        for students, escorts in self.step_rows():
            up_to, needed = self.cleaned_data.get(students.name), self.cleaned_data.get(escorts.name)
            if up_to is None and needed is None:
                continue
            if up_to is None or needed is None:
                empty = students if up_to is None else escorts
                if empty.name not in self.errors:
                    self.add_error(empty.name, gettext("生徒の人数と引率者の人数は、両方書いてください"))
                continue
            if any(step.students < up_to and step.escorts > needed for step in steps) or any(
                step.students == up_to for step in steps
            ):
                self.add_error(escorts.name, gettext("生徒が多いほど引率者が多くなるように書いてください"))
            steps.append(EscortStep(students=up_to, escorts=needed))
        return tuple(steps)

    def _rules(self, cleaned: dict[str, Any], steps: tuple[EscortStep, ...]) -> AuthorityRules:
        formula = EscortFormula(steps=steps, further=cleaned["further"], least=cleaned["least"] or 0)
        given = {name: cleaned[name] for name in _PLAIN if cleaned[name] is not None}
        return AuthorityRules(**given, escorts=formula if formula != EscortFormula() else None)


def _steps(rules: AuthorityRules | None) -> tuple[EscortStep, ...]:
    return rules.escorts.steps if rules and rules.escorts else ()


def _initial(rules: AuthorityRules | None, version: int) -> dict[str, Any]:
    shown = rules or AuthorityRules()
    initial: dict[str, Any] = {name: getattr(shown, name) for name in _PLAIN}
    initial |= {"base_version": version, "dated_from": clock.today()}
    if shown.escorts:
        initial |= {"further": shown.escorts.further, "least": shown.escorts.least or None}
    for number, step in enumerate(_steps(rules), start=1):
        initial |= {f"students{number}": step.students, f"escorts{number}": step.escorts}
    return initial
