"""Windows of time: days counted from the accident, the first visit or the end of cover, and the triggers of rescue.

Not here: periods, duties and exclusions (grounds), sums (amounts).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from insurance.catalogue.types import BenefitTerm
from insurance.cover.event import Cost, Event
from insurance.cover.layer import Layer
from insurance.enums import Cause, CostItem, CoverLine
from portal.lawbook.words import day_words

_HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True)
class Ground:
    """Yes (``pays``), no, or not certain (``None``), with the clause codes that decide and the words for it."""

    pays: bool | None
    clauses: tuple[str, ...]
    ja: str
    en: str


def last_day(first: dt.date, days: int) -> dt.date:
    """The last of ``days`` days that are counted with ``first`` itself: the earlier, safer reading."""
    return first + dt.timedelta(days=days - 1)


def in_time(layer: Layer, benefit: BenefitTerm, event: Event) -> Ground | None:
    """What the windows of a benefit say of an event; ``None`` when they do not speak."""
    if benefit.line in (CoverLine.INJURY_DEATH, CoverLine.IMPEDIMENT):
        return _within_window(benefit, event)
    if benefit.line is CoverLine.ILLNESS_DEATH:
        return _illness_death(layer, benefit, event)
    if benefit.line is CoverLine.ILLNESS_TREATMENT:
        return _first_visit(layer, benefit, event)
    return _rescue(layer, benefit, event) if benefit.line is CoverLine.RESCUE else None


def _within_window(benefit: BenefitTerm, event: Event) -> Ground | None:
    day = event.died_on if benefit.line is CoverLine.INJURY_DEATH else event.impediment_on
    if benefit.window_days is None:
        return None
    if day is None:
        return Ground(None, (benefit.clause,), "日付が未入力です", "The day is missing")
    ends = last_day(event.on, benefit.window_days)
    if day <= ends:
        return None
    return Ground(
        False,
        (benefit.clause,),
        f"事故の日から{benefit.window_days}日目({day_words(ends)})を過ぎています",
        f"Later than {benefit.window_days} days from the accident ({ends})",
    )


def _after_end(layer: Layer, benefit: BenefitTerm) -> tuple[dt.date, dt.date, dt.date] | None:
    """The end of cover, the last day of the hours after it, and the last of the days counted from it."""
    if layer.period is None or benefit.after_days is None:
        return None
    end = layer.period.last
    hours = end + dt.timedelta(days=(benefit.after_hours or 0) // _HOURS_A_DAY)
    return end, hours, last_day(end, benefit.after_days)


def _illness_death(layer: Layer, benefit: BenefitTerm, event: Event) -> Ground | None:
    days = _after_end(layer, benefit)
    if days is None or event.died_on is None:
        return None
    end, treated_by, dead_by = days
    if event.died_on <= end:
        return None
    if event.died_on <= dead_by and event.infection:
        return _yes(benefit.infection_clause, "特定の感染症による、終了日から30日以内の死亡です", "Specific infection")
    if event.died_on <= dead_by and event.first_visit and event.first_visit <= treated_by:
        return _yes(benefit.after_clause, "72時間以内に治療を受け、30日以内に死亡しています", "Treated in time")
    return Ground(
        False,
        (benefit.after_clause,),
        f"終了後の条件(72時間以内の治療、{day_words(dead_by)}までの死亡)に当たりません",
        f"Not within the conditions after the end (treated within 72 hours, dead by {dead_by})",
    )


def _first_visit(layer: Layer, benefit: BenefitTerm, event: Event) -> Ground | None:
    days = _after_end(layer, benefit)
    if days is None:
        return None
    if event.first_visit is None:
        return Ground(None, (benefit.after_clause,), "初診の日が未入力です", "The first visit is missing")
    _end, treated_by, infected_by = days
    if event.first_visit <= treated_by:
        return _yes(benefit.after_clause, "期間の終わりから72時間以内に治療を受けています", "Treated in time")
    if event.infection and event.first_visit <= infected_by:
        return _yes(benefit.infection_clause, "特定の感染症で、30日以内に治療を受けています", "Specific infection")
    limit, code = (infected_by, benefit.infection_clause) if event.infection else (treated_by, benefit.after_clause)
    return Ground(
        False,
        (code,),
        f"初診が{day_words(limit)}を過ぎています",
        f"The first visit was later than {limit}",
    )


def _rescue(layer: Layer, benefit: BenefitTerm, event: Event) -> Ground | None:
    triggers = layer.terms.triggers
    if not triggers:
        return None
    name = next(_triggered(layer, benefit, event), None)
    if name is None:
        return Ground(
            False,
            (triggers["hospital"], triggers["injury_death"]),
            f"救援の条件(続けて{benefit.hospital_days}日以上の入院、死亡、遭難など)に当たりません",
            f"No trigger of rescue: {benefit.hospital_days} days in hospital, death, distress",
        )
    clause = layer.clauses[triggers[name]]
    return _yes(triggers[name], clause.title, clause.english)


def _triggered(layer: Layer, benefit: BenefitTerm, event: Event) -> Iterator[str]:
    days = _after_end(layer, benefit)
    end, dead_by = (days[0], days[2]) if days else (None, None)
    treated = end is not None and event.first_visit is not None and event.first_visit <= end
    if event.distress:
        yield "distress"
    if event.died_on and event.cause is Cause.INJURY and event.died_on <= last_day(event.on, benefit.window_days or 0):
        yield "injury_death"
    if event.died_on and end and event.cause is Cause.ILLNESS and event.died_on <= end:
        yield "illness_death"
    if event.died_on and dead_by and event.cause is Cause.ILLNESS and treated and event.died_on <= dead_by:
        yield "late_death"
    long = event.hospital_days >= (benefit.hospital_days or 0)
    if long and event.hospital_days and (event.cause is Cause.INJURY or treated):
        yield "hospital"


def cost_ground(layer: Layer, benefit: BenefitTerm, event: Event, cost: Cost) -> Ground | None:
    """Why one bill of a benefit is not paid, or not certainly; ``None`` when nothing speaks against it."""
    if event.home_by_choice and layer.terms.home_choice_clause and cost.item is not CostItem.CARE:
        return Ground(
            None,
            (layer.terms.home_choice_clause,),
            "自分の都合で母国で治療を受けたときは、病院の費用以外は払われないことがあります",
            "Treated at home by choice: anything but hospital fees may not be paid",
        )
    first = event.first_visit if benefit.line is CoverLine.ILLNESS_TREATMENT else event.on
    if benefit.window_days is None or benefit.line not in (CoverLine.INJURY_TREATMENT, CoverLine.ILLNESS_TREATMENT):
        return None
    if first is None or cost.on is None:
        return None if first is None else _undated(benefit)
    ends = last_day(first, benefit.window_days)
    if cost.on <= ends:
        return None
    return Ground(
        False,
        (benefit.clause,),
        f"{benefit.window_days}日目({day_words(ends)})より後の費用です",
        f"A cost later than {benefit.window_days} days ({ends})",
    )


def _undated(benefit: BenefitTerm) -> Ground:
    return Ground(
        None,
        (benefit.clause,),
        f"費用の日付が未入力です。{benefit.window_days}日以内なら払われます",
        f"The day of the cost is missing; paid within {benefit.window_days} days",
    )


def _yes(code: str, ja: str, en: str) -> Ground:
    return Ground(True, (code,) if code else (), ja, en)
