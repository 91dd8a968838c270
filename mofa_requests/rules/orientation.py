"""JC: the duty to hold a safety orientation before departure, as JCSOS states it.

Not here: whether everybody knows the contacts (annex 1, part 2).
"""

from __future__ import annotations

from portal.dossier.types import Readiness
from portal.lawbook.outcome import Fault, Missing, NotApplicable, Outcomes, Several, Subject
from portal.lawbook.rule import ADVICE, WARN, Chapter
from portal.lawbook.rulebook import Law
from portal.lawbook.words import day_words
from trips.facts import READINESS, TripFacts

BOOK = Chapter("JC", "事前指導(JCSOS)", "Orientation (JCSOS)", facts=TripFacts.of)
_CITES = ("JCSOS 危機管理の法的背景",)


@BOOK.rule(
    "JC01",
    "事前指導(安全オリエンテーション)の日が決まっている",
    "The day of the safety orientation is fixed",
    cites=_CITES,
    severity=WARN,
    each=READINESS,
    needs=("orientation_on",),
    remedy="readiness#orientation_on",
    hint=("予定日でもかまいません。出発の前に行ってください。", "A planned day will do; before departure."),
)
def orientation_before_departure(readiness: Subject[Readiness], facts: TripFacts, law: Law) -> Outcomes:
    held, leaving = readiness.value.orientation_on, facts.departs_on
    if held is None or leaving is None or held < leaving:
        return None
    return Fault(
        f"事前指導の日{day_words(held)}が出発日{day_words(leaving)}より前になっていません。出発の前に行ってください。",
        f"The orientation on {held} does not come before departure on {leaving}.",
    )


BOOK.require(
    "JC02",
    "事前指導の内容が書いてある",
    "What the orientation teaches is written down",
    cites=_CITES,
    severity=WARN,
    each=READINESS,
    needs=("orientation_syllabus",),
    remedy="readiness#orientation_syllabus",
    hint=(
        "例: 危険の予測、事故のときの連絡と電話の掛け方、けがと病気、災害のときの避難",
        "e.g. foreseeing danger, whom to call and how, injury and illness, disasters.",
    ),
)


def _still_to_come(readiness: Subject[Readiness], facts: TripFacts, law: Law) -> Outcomes:
    held = readiness.value.orientation_on
    if held and held > law.on and readiness.value.orientation_attended is None:
        return NotApplicable("事前指導はこれからです", "The orientation is still to come")
    return None


@BOOK.rule(
    "JC03",
    "参加する生徒の全員が事前指導を受けている",
    "Every pupil who travels took part in the orientation",
    cites=_CITES,
    severity=WARN,
    each=READINESS,
    needs=("orientation_on",),
    when=_still_to_come,
    remedy="readiness#orientation_attended",
    hint=("欠席した生徒には補講をして、その方法を書いてください。", "Teach those who were absent, and say how."),
)
def everybody_attended(readiness: Subject[Readiness], facts: TripFacts, law: Law) -> Several:
    held, attended = readiness.value.orientation_on, readiness.value.orientation_attended
    pupils = len(facts.students) or facts.dossier.outline.party.students or 0
    everybody = max(facts.heads, pupils)
    assert held is not None
    if attended is None:
        yield Missing(
            f"事前指導({day_words(held)})の「出席者数」が未入力です。出席した生徒の数を書いてください。"
            f"例: {pupils or 128}",
            f"“Attended” of the orientation on {held} is not filled in, e.g. {pupils or 128}.",
            "orientation_attended",
        )
    elif attended > everybody > 0:
        yield Fault(
            f"事前指導の出席者数{attended}人が参加者数{everybody}人より多くなっています。確かめてください。",
            f"{attended} attended the orientation, more than the {everybody} who travel. Check.",
            "orientation_attended",
        )
    elif attended < pupils and not readiness.value.orientation_makeup:
        yield Fault(
            f"事前指導に出席した生徒は{attended}人で、参加する生徒{pupils}人の{attended / pupils:.0%}です。"
            f"残り{pupils - attended}人の補講をして「欠席者への補講」に書いてください。",
            f"{attended} of {pupils} pupils attended ({attended / pupils:.0%}). Teach the others and say how.",
            "orientation_attended",
        )


@BOOK.rule(
    "JC04",
    "保護者への説明会を行っている",
    "Parents are told about the trip",
    cites=_CITES,
    severity=ADVICE,
    each=READINESS,
    needs=("parents_meeting_on",),
    remedy="readiness#parents_meeting_on",
    verified=False,
    hint=("危険と備え、緊急のときの連絡のしかたを説明する日です。", "Dangers, preparations, and how you will call."),
)
def parents_before_departure(readiness: Subject[Readiness], facts: TripFacts, law: Law) -> Outcomes:
    met, leaving = readiness.value.parents_meeting_on, facts.departs_on
    if met is None or leaving is None or met < leaving:
        return None
    return Fault(
        f"保護者説明会の日{day_words(met)}が出発日{day_words(leaving)}より前になっていません。",
        f"The parents' meeting on {met} does not come before departure on {leaving}.",
    )
