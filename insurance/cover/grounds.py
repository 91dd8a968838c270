"""Whether a cover answers for a line of an event at all, and by which clause.

Not here: windows of time (timing), how much (amounts).
"""

from __future__ import annotations

import datetime as dt

from insurance.catalogue.types import BenefitTerm, Exclusion, Period
from insurance.cover.event import Event
from insurance.cover.layer import Layer
from insurance.cover.timing import Ground, in_time
from insurance.enums import CoverLine, Place
from portal.lawbook.words import day_words

PERSONAL = (
    CoverLine.INJURY_DEATH,
    CoverLine.IMPEDIMENT,
    CoverLine.INJURY_TREATMENT,
    CoverLine.ILLNESS_TREATMENT,
    CoverLine.ILLNESS_DEATH,
    CoverLine.RESCUE,
)
ILLNESS = (CoverLine.ILLNESS_TREATMENT, CoverLine.ILLNESS_DEATH)


def ground_of(layer: Layer, line: CoverLine, event: Event) -> Ground:
    """The first thing that decides about a line: a refusal, a doubt, or the benefit that pays."""
    benefit = layer.terms.benefit(line)
    if benefit is None:
        return _absent(layer, line)
    checks = (
        _in_force(layer, benefit, event),
        _visit_home(layer, line, event),
        _on_duty(layer, line, event),
        _excluded(layer, line, event),
        in_time(layer, benefit, event),
    )
    found = [ground for ground in checks if ground is not None]
    refusal = next((ground for ground in found if ground.pays is False), None)
    doubt = next((ground for ground in found if ground.pays is None), None)
    consent = next((ground for ground in found if ground.pays), None)
    return refusal or doubt or consent or _plain(benefit)


def _plain(benefit: BenefitTerm) -> Ground:
    return Ground(True, (benefit.clause,), f"{benefit.line.label}の対象です", f"Covered as {benefit.line.english}")


def _absent(layer: Layer, line: CoverLine) -> Ground:
    code = layer.terms.not_covered.get(line, "")
    ja = f"この保険は{line.label}を補償しません" if code else f"この保険に{line.label}はありません"
    return Ground(False, (code,) if code else (), ja, f"No cover for “{line.english}”")


def _in_force(layer: Layer, benefit: BenefitTerm, event: Event) -> Ground | None:
    period, terms = layer.period, layer.terms
    if not layer.dated:
        return None
    if period is None:
        return Ground(None, (), "保険期間が分からないため、確かめられません", "The period of cover is not known")
    if event.on < period.first:
        return Ground(
            False,
            _codes(terms.before_start or terms.counted_from, period),
            f"保険の始まり({day_words(period.first)})より前に起きています",
            f"It happened before the cover began on {period.first}",
        )
    if event.on > period.last and benefit.line in ILLNESS:
        return Ground(
            None,
            _codes(terms.counted_from, period),
            "保険の終わりより後に発病しています。原因が期間中にあるかを保険会社に確かめてください",
            "Fell ill after the cover ended; ask whether the cause lay in the period",
        )
    if event.on > period.last:
        return Ground(
            False,
            _codes(terms.counted_from, period),
            f"保険は{day_words(period.last)}に終わっています",
            f"The cover ended on {period.last}",
        )
    return None


def _codes(code: str, period: Period) -> tuple[str, ...]:
    """A general clause on the days of cover, and the one that sets this person's."""
    return tuple(each for each in (code, period.clause) if each)


def _visit_home(layer: Layer, line: CoverLine, event: Event) -> Ground | None:
    terms = layer.terms
    if event.place is not Place.HOME or terms.home_days is None or line not in PERSONAL:
        return None
    codes = (terms.home_clause, terms.home_count_clause)
    if event.entered_home_on is None:
        return Ground(None, codes, "母国に入国した日が未入力です", "The day of entry into the home country is missing")
    day = (event.on - event.entered_home_on).days
    if 0 <= day <= terms.home_days:
        return None
    ends = event.entered_home_on + dt.timedelta(days=terms.home_days)
    return Ground(
        False,
        codes,
        f"一時帰国の{day}日目です。対象は入国の翌日から{terms.home_days}日目({day_words(ends)})までです",
        f"Day {day} of the visit home; covered up to day {terms.home_days} ({ends})",
    )


def _on_duty(layer: Layer, line: CoverLine, event: Event) -> Ground | None:
    code = layer.terms.duty.get(line, "")
    if not (event.on_duty and code):
        return None
    if line is CoverLine.LIABILITY:
        ja, en = "公務の遂行から生じた賠償責任は対象外です", "Liability from official duties is not covered"
    else:
        ja = "公務中のけが・病気の治療費は対象外です。公務災害補償に請求します"
        en = "Medical expenses from official duties are not covered; claim accident compensation for public service"
    return Ground(False, (code,), ja, en)


def _excluded(layer: Layer, line: CoverLine, event: Event) -> Ground | None:
    exclusions = layer.terms.exclusions
    for exclusion in exclusions:
        if line in exclusion.lines and _holds(exclusion, event):
            return _ruled_out(exclusion, line, event)
    elsewhere = [each for each in exclusions if _holds(each, event) and line not in each.lines]
    if elsewhere and line in (CoverLine.INJURY_DEATH, CoverLine.IMPEDIMENT, CoverLine.ILLNESS_DEATH):
        label, english = elsewhere[0].circumstance.label, elsewhere[0].circumstance.english
        return Ground(
            None,
            (layer.terms.reasons_clause, elsewhere[0].clause),
            f"「{label}」で払われない場合の一覧は、治療・救援についてのものです。{line.label}は約款で確かめてください",
            f"The list with “{english}” is about medical and rescue expenses; ask about “{line.english}”",
        )
    return None


def _holds(exclusion: Exclusion, event: Event) -> bool:
    if exclusion.circumstance not in event.circumstances:
        return False
    return not (exclusion.outside_japan and event.place is Place.JAPAN)


def _ruled_out(exclusion: Exclusion, line: CoverLine, event: Event) -> Ground:
    if line in exclusion.pays_on_death and event.died_on:
        return Ground(
            True,
            (exclusion.death_clause,),
            f"「{exclusion.circumstance.label}」でも、死亡したときは払われます",
            f"Paid in the case of death in spite of “{exclusion.circumstance.english}”",
        )
    return Ground(
        False,
        (exclusion.clause,),
        f"「{exclusion.circumstance.label}」は払われない場合に当たります",
        f"Excluded: {exclusion.circumstance.english}",
    )
