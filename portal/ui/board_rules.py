"""An authority's own rules in words, as the authority and its schools read them. Not here: the form, judging."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext

from mofa_requests.facts import AuthorityRules, EscortFormula
from portal.ui.labels import speaks_english
from portal.ui.shapes import Entry


def entries_of(rules: AuthorityRules) -> list[Entry]:
    """One line for each rule the authority has; what it has not set is left out. The days are always there."""
    return [Entry(label, value) for label, value in (*_limits(rules), *_hands(rules), *_days(rules)) if value]


def _limits(rules: AuthorityRules) -> Iterator[tuple[str, str]]:
    yield gettext("基準の名称"), rules.title or ""
    yield gettext("泊数の上限"), _counted(gettext("%(n)s泊まで"), rules.nights_at_most)
    yield gettext("一人当たり費用の上限"), _counted(gettext("%(n)s円まで"), rules.cost_at_most)
    yield gettext("引率者の数"), escorts_in_words(rules.escorts) if rules.escorts else ""
    yield gettext("引率者の性別"), gettext("生徒と同じ性別の引率者が要る") if rules.escort_of_each_sex else ""
    yield gettext("参加率の下限"), _counted(gettext("%(n)s%%以上"), rules.participation_at_least)
    yield gettext("計画の提出"), _counted(gettext("出発の%(n)s日前まで"), rules.plan_days_ahead)
    yield gettext("下見"), gettext("必要") if rules.previsit_required else ""
    yield gettext("危険情報"), _counted(gettext("レベル%(n)s以上の所へは行かない"), rules.refuses_danger_level_from)


def _hands(rules: AuthorityRules) -> Iterator[tuple[str, str]]:
    yield gettext("二人での確認"), gettext("照合した人とは別の人が判断する") if rules.two_person else ""


def _days(rules: AuthorityRules) -> Iterator[tuple[str, str]]:
    yield gettext("学校の提出から発送まで"), _counted(gettext("%(n)s開庁日"), rules.school_days)
    yield gettext("市町村教育委員会の発送からここの発送まで"), _counted(gettext("%(n)s開庁日"), rules.municipal_days)
    yield gettext("発送から外務省必着まで"), _counted(gettext("%(n)s開庁日"), rules.authority_days)


def _counted(words: str, number: int | None) -> str:
    return "" if number is None else words % {"n": f"{number:,}"}


def escorts_in_words(formula: EscortFormula) -> str:
    """生徒20人まで3人、40人まで4人、以後40人ごとに1人、最低2人"""
    parts = [
        gettext("生徒%(students)s人まで%(escorts)s人") % {"students": step.students, "escorts": step.escorts}
        for step in sorted(formula.steps, key=lambda step: step.students)
    ]
    if formula.further:
        parts.append(gettext("以後%(n)s人ごとに1人") % {"n": formula.further})
    if formula.least:
        parts.append(gettext("最低%(n)s人") % {"n": formula.least})
    return (", " if speaks_english() else "、").join(parts)
