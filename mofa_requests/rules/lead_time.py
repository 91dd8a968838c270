"""LT: received in time? 領保第六一五七号 記二(二) and its successors, counted back by portal.lawbook.deadlines.

Not here: the arithmetic and its explanation (deadlines), what to do when late (machine).
"""

from __future__ import annotations

from portal.dossier.types import FounderType, Outline
from portal.lawbook.deadlines import Deadlines
from portal.lawbook.outcome import Fault, Late, NotApplicable, Outcomes, Subject
from portal.lawbook.rule import ADVICE, BLOCK, WARN, Chapter
from portal.lawbook.rulebook import Law
from portal.lawbook.words import day_words
from trips.facts import OUTLINE, TripFacts

BOOK = Chapter("LT", "提出の時期", "In time", facts=TripFacts.of)
_CITES = ("領保第六一五七号 記二(二)",)
_DEPARTURE = (
    "日本を離れる日を入れてください。班ごとに違うときは一番早い日です。例: 2027年3月10日",
    "The day of leaving Japan; the earliest one if groups differ.",
)


def _no_letter(outline: Subject[Outline], facts: TripFacts, law: Law) -> Outcomes:
    if facts.dossier.school.founder is FounderType.UNIVERSITY:
        return NotApplicable("大学が自ら行う旅行は依頼書を出しません", "A university itself sends no request")
    return None


@BOOK.rule(
    "LT01",
    "外務省の必着日に間に合う",
    "The ministry receives the papers in time",
    cites=_CITES,
    severity=BLOCK,
    each=OUTLINE,
    when=_no_letter,
    needs=("departs_on",),
    remedy="outline#departs_on",
    hint=_DEPARTURE,
)
def received_in_time(outline: Subject[Outline], facts: TripFacts, law: Law) -> Outcomes:
    dates: Deadlines = law.deadlines
    if law.on <= dates.receipt:
        return None
    excused = facts.dossier.late_filing_reason is not None
    mend = (
        "期限後提出の理由が書いてあるので提出できます。所管庁は送る前に外務省へ電話してください。"
        if excused
        else "出発日を確かめ、それでも出すときは「期限後提出の理由」を書いてください。"
    )
    return Late(
        f"{day_words(dates.departure)}に出発する旅行の外務省必着日は{day_words(dates.receipt)}で、"
        f"{day_words(law.on)}には過ぎています。{mend}",
        f"For departure on {dates.departure} the ministry must have the papers by {dates.receipt}; on {law.on} that "
        f"day has passed. {'The reason is given.' if excused else 'Give the reason for filing late.'}",
        excused=excused,
    )


@BOOK.rule(
    "LT02",
    "学校の提出の目安に間に合う",
    "The school submits in time for the offices on the way",
    cites=_CITES,
    severity=WARN,
    each=OUTLINE,
    when=_no_letter,
    needs=("departs_on",),
    remedy="submit",
    verified=False,
    hint=("所管庁の点検と発送の日数を見込んだ日付です。", "Leaves the offices on the way their days."),
)
def school_in_time(outline: Subject[Outline], facts: TripFacts, law: Law) -> Outcomes:
    dates: Deadlines = law.deadlines
    if law.on > dates.receipt:
        return NotApplicable("外務省の必着日を過ぎています(LT01)", "The ministry's own day has passed (LT01)")
    if law.on <= dates.school_submission:
        return None
    return Fault(
        f"学校の提出の目安は{day_words(dates.school_submission)}でした。外務省の必着日{day_words(dates.receipt)}まで"
        "残りが少ないので、所管庁に電話してから提出してください。",
        f"The school's day was {dates.school_submission}; the ministry's is {dates.receipt}. Telephone the authority.",
    )


@BOOK.rule(
    "LT03",
    "間に丸一か月をおいて届く",
    "A clear month lies between receipt and departure",
    cites=_CITES,
    severity=ADVICE,
    under={"2016": None, "2024": None},
    each=OUTLINE,
    when=_no_letter,
    needs=("departs_on",),
    remedy="submit",
    verified=False,
    hint=("「一ケ月前まで」を厳しく読む相手にも通る安全側の日付です。", "Safe under the strict reading too."),
)
def strictly_in_time(outline: Subject[Outline], facts: TripFacts, law: Law) -> Outcomes:
    dates: Deadlines = law.deadlines
    if law.on <= dates.strict or law.on > dates.receipt:
        return None
    return Fault(
        f"必着日{day_words(dates.receipt)}には間に合いますが、「一ケ月前まで」を厳しく読む相手には"
        f"{day_words(dates.strict)}までに届くのが安全です。早めに送ってください。",
        f"In time for {dates.receipt}, but {dates.strict} is safe under the strict reading. Send early.",
    )


@BOOK.rule(
    "LT04",
    "出発の前に提出する",
    "Submission comes before departure",
    cites=_CITES,
    severity=WARN,
    each=OUTLINE,
    when=_no_letter,
    needs=("departs_on",),
    remedy="outline#departs_on",
    hint=("出発日の年を間違えていないか確かめてください。", "Check the year of departure."),
)
def before_departure(outline: Subject[Outline], facts: TripFacts, law: Law) -> Outcomes:
    leaving = law.deadlines.departure
    if law.on < leaving:
        return None
    return Fault(
        f"出発日{day_words(leaving)}はもう来ています(今日は{day_words(law.on)})。年を間違えていないか"
        "確かめてください。",
        f"Departure on {leaving} is not after today, {law.on}. Check the year.",
    )
