"""The calculator's form: the person, what happened, the bills, and which covers are asked in which order.

Not here: the arithmetic (insurance.cover), answers as the page shows them (calculator).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from insurance.catalogue.jet import MID_TERM, Participant, period_of
from insurance.catalogue.types import Period
from insurance.cover.event import MOST_YEN, Cost, Event
from insurance.enums import Cause, Circumstance, CostItem, Place, Season, Standing
from insurance.periods import cover_end_after_leaving
from portal.kit.choices import LabelledEnum
from portal.kit.text import Refused
from portal.ui.fields import ChoiceField, DateField, KeysField, NumberField, RadioChoices, YenField
from portal.ui.labels import choices_of, label_of
from portal.ui.typed import sentence_of

JET, SPECIAL, SCHOOL = "jet", "special_compensation", "school"
_COUNTED = {CostItem.RELATIVES_AIR: ("persons",), CostItem.RELATIVES_HOTEL: ("persons", "nights")}


class YearField(NumberField):
    """A western year, shown without grouping."""

    def prepare_value(self, value: Any) -> Any:
        return value

    def validate(self, value: int | None) -> None:
        if value is not None and not self.least <= value <= self.most:
            words = _("西暦の年を%(least)d年から%(most)d年までで書いてください")
            raise ValidationError(words, params={"least": self.least, "most": self.most})


def cost_name(item: CostItem) -> str:
    return f"cost_{item.value}"


class CalculatorForm(forms.Form):
    """One event of one person; ``event`` and ``jet_period`` are set when everything can be used together."""

    covers = KeysField(label=_("使う補償"))
    first = ChoiceField(label=_("先に請求する補償"))
    school_limit = YenField(label=_("学校賠償責任保険の限度額(円)"))
    season = ChoiceField(label=_("JET: 来日の時期"))
    status = ChoiceField(label=_("JET: 新規か再任用か"))
    year = YearField(label=_("JET: 来日または再任用の年(西暦)"), least=1987, most=2098)
    arrived = DateField(label=_("JET: 来日した日(新規のとき)"))
    left_home = DateField(label=_("JET: 自宅を出た日"))
    termination = DateField(label=_("JET: 任期の途中で辞めた日"))
    reached_home = DateField(label=_("JET: 自宅に帰り着いた日"))
    cause = ChoiceField(label=_("何が起きたか"), required=True, widget=RadioChoices)
    place = ChoiceField(label=_("どこで"), required=True, widget=RadioChoices)
    on = DateField(label=_("事故の日、または発病した日"), required=True)
    on_duty = forms.BooleanField(label=_("公務(授業、部活動、旅行の引率など)の最中だった"), required=False)
    entered_home_on = DateField(label=_("母国に入国した日(一時帰国のとき)"))
    home_by_choice = forms.BooleanField(label=_("日本で起きたけが・病気を、自分の都合で母国で治した"), required=False)
    first_visit = DateField(label=_("初めて医師にかかった日"))
    hospital_days = NumberField(label=_("続けて入院した日数"), most=3660)
    died_on = DateField(label=_("死亡した日"))
    impediment_percent = NumberField(label=_("後遺障害の程度(%)"), most=100)
    impediment_on = DateField(label=_("後遺障害が定まった日"))
    infection = forms.BooleanField(label=_("約款の「特定の感染症」に当たる"), required=False)
    distress = forms.BooleanField(label=_("遭難した、生死が分からない、または警察などが捜索を認めた"), required=False)
    circumstances = KeysField(label=_("当てはまる事情"))
    social_insurance = YenField(label=_("健康保険から払われる額(円)"), most=MOST_YEN)
    cost_on = DateField(label=_("費用がかかった日(いちばん遅い日)"))

    def __init__(self, data: Any = None, *, contracts: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        published = [
            (JET, gettext("JETプログラム傷害保険(公表された約款の概要)")),
            (SPECIAL, gettext("旅行会社の特別補償(企画旅行のとき)")),
            (SCHOOL, gettext("学校賠償責任保険")),
        ]
        self._offer("covers", [*contracts, *published])
        self._offer("first", [("", gettext("上から順に")), *contracts, *published])
        vocabularies: dict[str, type[LabelledEnum]] = {"season": Season, "status": Standing}
        for name, kind in vocabularies.items():
            self._offer(name, [("", gettext("選んでください")), *choices_of(kind)])
        vocabularies = {"cause": Cause, "place": Place, "circumstances": Circumstance}
        for name, kind in vocabularies.items():
            self._offer(name, list(choices_of(kind)))
        for item in CostItem:
            self.fields[cost_name(item)] = YenField(label=label_of(item), most=MOST_YEN)
            for count in _COUNTED.get(item, ()):
                asked = gettext("%(item)sは何人分か") if count == "persons" else gettext("%(item)sは1人何泊か")
                label = asked % {"item": label_of(item)}
                self.fields[f"{cost_name(item)}_{count}"] = NumberField(label=label, least=1, most=10_000)
        self.event: Event | None = None
        self.jet_period: Period | None = None

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def section(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names]

    @property
    def cover_fields(self) -> list[forms.BoundField]:
        return self.section("covers", "first", "school_limit")

    @property
    def jet_fields(self) -> list[forms.BoundField]:
        return self.section("season", "status", "year", "arrived", "left_home", "termination", "reached_home")

    @property
    def event_fields(self) -> list[forms.BoundField]:
        return self.section("cause", "place", "on", "first_visit", "hospital_days", "on_duty")

    @property
    def grave_fields(self) -> list[forms.BoundField]:
        return self.section("died_on", "impediment_percent", "impediment_on", "distress")

    @property
    def special_fields(self) -> list[forms.BoundField]:
        return self.section("circumstances", "infection", "entered_home_on", "home_by_choice")

    @property
    def cost_fields(self) -> list[forms.BoundField]:
        bills = [self[name] for name in self.fields if name.startswith("cost_") and name != "cost_on"]
        return [*bills, self["cost_on"], self["social_insurance"]]

    @property
    def covers_in_order(self) -> tuple[str, ...]:
        """The chosen covers, the one to be asked first at the front."""
        chosen: tuple[str, ...] = self.cleaned_data["covers"]
        first = self.cleaned_data["first"]
        return (first, *(each for each in chosen if each != first)) if first in chosen else chosen

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        chosen: tuple[str, ...] = cleaned["covers"]
        if not chosen:
            self.add_error("covers", _("補償を1つ以上選んでください"))
        try:
            self.event = self._event(cleaned)
        except Refused as refusal:
            self.add_error(None, sentence_of(refusal))
        if JET in chosen:
            self._find_period(cleaned)
        return cleaned

    def _event(self, cleaned: dict[str, Any]) -> Event:
        same = ("on", "entered_home_on", "home_by_choice", "first_visit", "died_on", "impediment_on", "infection")
        return Event(
            **{name: cleaned[name] for name in (*same, "on_duty", "distress")},
            cause=Cause(cleaned["cause"]),
            place=Place(cleaned["place"]),
            hospital_days=cleaned["hospital_days"] or 0,
            impediment_percent=cleaned["impediment_percent"] or 0,
            circumstances=frozenset(Circumstance(name) for name in cleaned["circumstances"]),
            social_insurance=cleaned["social_insurance"] or 0,
            costs=tuple(self._cost(item, cleaned) for item in CostItem if cleaned[cost_name(item)]),
        )

    def _cost(self, item: CostItem, cleaned: dict[str, Any]) -> Cost:
        name = cost_name(item)
        counts = {count: cleaned.get(f"{name}_{count}") or 1 for count in ("persons", "nights")}
        return Cost(item, cleaned[name], cleaned["cost_on"], **counts)

    def _find_period(self, cleaned: dict[str, Any]) -> None:
        for name in ("season", "status", "year"):
            if not cleaned[name]:
                self.add_error(name, _("JETの保険期間を決めるために要ります"))
        if self.errors:
            return
        try:
            self.jet_period = _period(cleaned)
        except Refused as refusal:
            self.add_error(None, sentence_of(refusal))


def _period(cleaned: dict[str, Any]) -> Period:
    person = Participant(
        Season(cleaned["season"]),
        Standing(cleaned["status"]),
        cleaned["year"],
        cleaned["left_home"],
        cleaned["arrived"],
        None if cleaned["termination"] else cleaned["reached_home"],
    )
    period = period_of(person)
    if not cleaned["termination"]:
        return period
    last = cover_end_after_leaving(cleaned["termination"], original_end=period.last, home=cleaned["reached_home"])
    return Period(first=period.first, last=last, clause=MID_TERM)
