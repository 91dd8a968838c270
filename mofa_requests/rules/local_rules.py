"""LR: an authority's own approval rules (domain §1.4), as parameters it sets for itself.

Findings cite that authority's rule, never MOFA's. Without a rule of its own nothing here applies.
Not here: MOFA's duties (annexes, bodies), the parameters themselves (mofa_requests.facts).
"""

from __future__ import annotations

from mofa_requests.facts import AuthorityRules
from portal.dossier.types import Destination, Dossier, Outline, ParticipantRole, Sex
from portal.lawbook.citation import cite
from portal.lawbook.outcome import Check, Fault, NotApplicable, Outcomes, Several, Subject
from portal.lawbook.rule import WARN, Chapter
from portal.lawbook.rulebook import Law
from portal.lawbook.words import day_words
from trips.facts import DESTINATIONS, OUTLINE, WHOLE, TripFacts


def _boards_rule(law: Law) -> tuple[str, ...]:
    """Also an empty field is open because the board asks for it."""
    return (law.local.label,) if law.local else ()


BOOK = Chapter("LR", "所管庁の実施基準", "The authority's own rules", facts=TripFacts.of, cited_as=_boards_rule)
_CITES = (
    cite(
        "領保第六一五七号 記二(一)",
        "当該修学旅行が各自治体から見て問題がないかどうかの判断も行って頂くようお願いします。",
    ),
)
_HINT = (
    "所管庁が決めた基準です。合わないときは、提出の前に所管庁に相談してください。",
    "Set by your authority; ask it first.",
)


def _set(*names: str) -> Check:
    """Applies only where the authority has set one of its figures ``names``."""

    def has_no_such_rule(subject: Subject[object], facts: TripFacts, law: Law) -> Outcomes:
        rules: AuthorityRules | None = law.local
        if rules and any(getattr(rules, name) not in (None, False) for name in names):
            return None
        return NotApplicable("所管庁はこの基準を定めていません", "The authority has no such rule")

    return has_no_such_rule


def _breach(law: Law, ja: str, en: str, at: str = "") -> Fault:
    rules: AuthorityRules = law.local
    return Fault(f"{rules.label}: {ja}", f"{rules.label}: {en}", at, (rules.label,))


@BOOK.rule(
    "LR01",
    "泊数が所管庁の上限に収まる",
    "The nights stay within the authority's limit",
    cites=_CITES,
    severity=WARN,
    each=OUTLINE,
    needs=("departs_on", "returns_on"),
    when=_set("nights_at_most"),
    remedy="outline#returns_on",
    hint=_HINT,
)
def nights_within_limit(outline: Subject[Outline], facts: TripFacts, law: Law) -> Outcomes:
    limit = law.local.nights_at_most
    if facts.nights_away <= limit:
        return None
    return _breach(
        law,
        f"{limit}泊までですが、この旅行は{facts.nights_away}泊です。日程を縮めるか、所管庁に相談してください。",
        f"at most {limit} nights; this trip has {facts.nights_away}.",
        "returns_on",
    )


@BOOK.rule(
    "LR02",
    "費用が所管庁の上限に収まる",
    "The cost stays within the authority's limit",
    cites=_CITES,
    severity=WARN,
    each=OUTLINE,
    needs=("cost_per_head",),
    when=_set("cost_at_most"),
    remedy="outline#cost_per_head",
    hint=_HINT,
)
def cost_within_limit(outline: Subject[Outline], facts: TripFacts, law: Law) -> Outcomes:
    limit, cost = law.local.cost_at_most, outline.value.cost_per_head or 0
    if cost <= limit:
        return None
    return _breach(
        law,
        f"一人{limit:,}円までですが、この旅行は{cost:,}円です。{cost - limit:,}円減らすか、所管庁に相談してください。",
        f"at most ¥{limit:,} per head; this trip costs ¥{cost:,}.",
    )


@BOOK.rule(
    "LR03",
    "引率者の数が所管庁の基準に足りる",
    "There are as many escorts as the authority asks",
    cites=_CITES,
    severity=WARN,
    each=OUTLINE,
    needs=("party.students", "party.escorts"),
    when=_set("escorts"),
    remedy="outline#escorts",
    hint=_HINT,
)
def enough_escorts(outline: Subject[Outline], facts: TripFacts, law: Law) -> Outcomes:
    students, escorts = outline.value.party.students or 0, outline.value.party.escorts or 0
    needed = law.local.escorts.needed(students)
    if escorts >= needed:
        return None
    return _breach(
        law,
        f"生徒{students}人には引率者{needed}人が要りますが、{escorts}人です。引率者を増やしてください。",
        f"{students} pupils need {needed} escorts; there are {escorts}.",
        "party.escorts",
    )


@BOOK.rule(
    "LR04",
    "生徒と同じ性別の引率者がいる",
    "There are escorts of the pupils' sexes",
    cites=_CITES,
    severity=WARN,
    each=WHOLE,
    needs=("participants",),
    when=_set("escort_of_each_sex"),
    remedy="roster#sex",
    hint=_HINT,
)
def escorts_of_each_sex(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    adults = {person.sex for person in dossier.value.participants if person.role is not ParticipantRole.STUDENT}
    for sex in (Sex.MALE, Sex.FEMALE):
        pupils = sum(student.value.sex is sex for student in facts.students)
        if pupils and sex not in adults:
            yield _breach(
                law,
                f"{sex.label}の生徒が{pupils}人いますが、{sex.label}の引率者がいません。引率者を加えてください。",
                f"{pupils} pupils are {sex.english.lower()}, but no escort is.",
                "/participants",
            )


@BOOK.rule(
    "LR05",
    "参加率が所管庁の下限に届く",
    "Enough pupils take part",
    cites=_CITES,
    severity=WARN,
    each=OUTLINE,
    needs=("enrolled", "party.students"),
    when=_set("participation_at_least"),
    remedy="outline#enrolled",
    hint=_HINT,
)
def enough_take_part(outline: Subject[Outline], facts: TripFacts, law: Law) -> Outcomes:
    enrolled, students = outline.value.enrolled or 0, outline.value.party.students or 0
    floor = law.local.participation_at_least
    if students * 100 >= enrolled * floor:
        return None
    return _breach(
        law,
        f"在籍者の{floor}%以上の参加が要りますが、{enrolled}人のうち{students}人({students * 100 // enrolled}%)です。"
        "参加しない生徒の事情を確かめ、所管庁に相談してください。",
        f"at least {floor}% take part; {students} of {enrolled} do.",
    )


@BOOK.rule(
    "LR06",
    "計画の提出が所管庁の期限に間に合う",
    "The plan is handed in as early as the authority asks",
    cites=_CITES,
    severity=WARN,
    each=OUTLINE,
    needs=("departs_on",),
    when=_set("plan_days_ahead"),
    remedy="outline#departs_on",
    hint=_HINT,
)
def plan_early_enough(outline: Subject[Outline], facts: TripFacts, law: Law) -> Outcomes:
    ahead, leaving = law.local.plan_days_ahead, law.deadlines.departure
    left = (leaving - law.on).days
    if left >= ahead:
        return None
    return _breach(
        law,
        f"計画は出発の{ahead}日前までに提出しますが、出発日{day_words(leaving)}まで{left}日です。所管庁に相談してください。",
        f"the plan is due {ahead} days ahead; {left} days are left until {leaving}.",
    )


@BOOK.rule(
    "LR07",
    "下見を行っている",
    "There was a pre-visit",
    cites=_CITES,
    severity=WARN,
    each=OUTLINE,
    needs=("previsit_on",),
    when=_set("previsit_required"),
    remedy="outline#previsit_on",
    hint=("所管庁の基準で下見が要ります。日と人を書いてください。", "Your authority asks for a pre-visit."),
)
def previsit_by_somebody(outline: Subject[Outline], facts: TripFacts, law: Law) -> Outcomes:
    if outline.value.previsit_by:
        return None
    return _breach(
        law, "下見をした人が書いてありません。氏名か職名を書いてください。", "who made the pre-visit?", "previsit_by"
    )


@BOOK.rule(
    "LR08",
    "訪問先の危険情報が所管庁の基準より低い",
    "The danger level is below the authority's limit",
    cites=_CITES,
    severity=WARN,
    each=DESTINATIONS,
    needs=("danger_level",),
    when=_set("refuses_danger_level_from"),
    remedy="destinations#danger_level",
    hint=_HINT,
)
def danger_below_limit(place: Subject[Destination], facts: TripFacts, law: Law) -> Outcomes:
    level, limit = place.value.danger_level or 0, law.local.refuses_danger_level_from
    if level < limit:
        return None
    return _breach(
        law,
        f"危険情報レベル{limit}以上の所へは行かない基準ですが、{place.ja}はレベル{level}です。行き先を変えるか相談してください。",
        f"no travel at level {limit} and above; {place.en} has level {level}.",
    )
