"""The outcome as JSON with the keys of ``accident_stress.json``, and as lines of text. Not here: computing it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from insurance.facts import UNLIMITED
from insurance.rules.chapter import yen
from insurance.stress.accident import Accident
from insurance.stress.outcome import RULE, UNINSURED_EXCLUDES, Outcome
from insurance.stress.plan import limit_json
from insurance.stress.span import Span

NOTE = "金額は円。事故の数字は仮定であり、データです。通知が挙げる費用は別添二のとおりです。"
_LINES = (
    ("高額な治療を受ける1人の不足", lambda outcome: outcome.platelet.short),
    ("そのほかの重傷者1人の不足", lambda outcome: outcome.other.short),
    ("重傷者全員の不足", lambda outcome: outcome.short_badly_hurt),
    ("死亡者全員の不足", lambda outcome: outcome.short_deaths),
    ("保険で払えない額", lambda outcome: outcome.uninsured),
)


def as_json(accident: Accident, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The whole result; a sum between two bounds is ``{"least": …, "most": …}``, an unknown limit null."""
    return {
        "note": NOTE,
        "scenario": accident.model_dump(),
        "total": accident.total,
        "rescue_per_badly_hurt": accident.rescue_per_badly_hurt,
        "rule": RULE,
        "plans": [_plan_json(outcome) for outcome in outcomes],
        "uninsured_excludes": list(UNINSURED_EXCLUDES),
    }


def _plan_json(outcome: Outcome) -> dict[str, Any]:
    plan = outcome.plan
    pool = {"pooled": True} if plan.pooled else {}
    return {
        "name": plan.name,
        "treatment": limit_json(plan.treatment),
        "rescue": limit_json(plan.treatment if plan.pooled else plan.rescue),
        "death": limit_json(plan.death),
        **pool,
        "short_platelet_pupil": outcome.platelet.short.as_json(),
        "short_other_pupil": outcome.other.short.as_json(),
        "short_badly_hurt": outcome.short_badly_hurt.as_json(),
        "short_deaths": outcome.short_deaths.as_json(),
        "uninsured": outcome.uninsured.as_json(),
    }


def as_text(title: str, accident: Accident, outcomes: Sequence[Outcome]) -> str:
    """The result as a person reads it in a terminal."""
    return "\n".join(_lines(title, accident, outcomes))


def _lines(title: str, accident: Accident, outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield f"{title}: 死亡{accident.dead}人、重傷{accident.badly_hurt}人(うち高額な治療{accident.need_platelets}人)"
    yield f"  かかる費用の合計 {yen(accident.total)}"
    yield f"  重傷者1人の救援費用 {yen(accident.rescue_per_badly_hurt)}"
    yield f"  保険の対象にならない主催者の負担 {yen(accident.organisers_own)}(現地対策本部、負傷者への補償など)"
    for outcome in outcomes:
        yield f"{outcome.plan.name}({_limits(outcome)})"
        yield from (f"  {title} {span_words(of(outcome))}" for title, of in _LINES)
    yield "※ 救援者費用の限度額を超えた救援費用は、先に治療費用の限度額から払うものとして数えています(別添二 五(二))。"


def _limits(outcome: Outcome) -> str:
    plan = outcome.plan
    death = f"死亡 {limit_words(plan.death)}"
    if plan.pooled:
        return f"治療・救援を合わせて {limit_words(plan.treatment)}、{death}"
    return f"治療 {limit_words(plan.treatment)}、救援 {limit_words(plan.rescue)}、{death}"


def limit_words(limit: Span) -> str:
    """3,000万円, 無制限, 不明, or 500万円以上(一部不明)."""
    if limit.known:
        return "無制限" if limit.least >= UNLIMITED else yen(limit.least)
    return f"{yen(limit.least)}以上(一部不明)" if limit.least else "不明"


def span_words(span: Span) -> str:
    """5,340万円, or 0円〜5,340万円 where a limit is not known."""
    return yen(span.least) if span.known else f"{yen(span.least)}〜{yen(span.most)}(限度額が不明のため幅があります)"
