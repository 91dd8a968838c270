"""What an audit looks at: each criterion with its question, its source, and what the portal already knows of a trip.

A known fact is quoted with the place it stands at and proposes a verdict; the assessor decides. Not here: rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from jcsos.enums import Verdict
from portal.dossier.types import BenefitKind, Dossier
from portal.lawbook.words import day_words
from trips.enums import CallOutcome
from trips.facts.calls import CallEntry


@dataclass(frozen=True)
class Training:
    """A seminar of JCSOS that ``came`` members of the school's staff attended; no names."""

    title: str
    held_on: dt.date
    came: int


@dataclass(frozen=True)
class Known:
    """The open part of one frozen revision, the dates of its way, and the day ``on`` which it is judged.

    ``training`` is what the school's staff attended before departure. No names, no health data.
    """

    dossier: Dossier
    revision: int
    submitted_on: dt.date
    school_due_on: dt.date | None
    received_on: dt.date | None
    receipt_due_on: dt.date | None
    late: bool
    on: dt.date
    calls: tuple[CallEntry, ...] = ()
    training: tuple[Training, ...] = ()


@dataclass(frozen=True)
class Fact:
    """One thing the portal knows, and where it stands."""

    text: str
    english: str
    source: str


@dataclass(frozen=True)
class Reading:
    """What is known of one criterion, and the verdict it suggests."""

    proposes: Verdict
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Criterion:
    """One question of an audit. ``asks`` tells the school what to show; ``cites`` are labels of passages.

    A criterion without a source is JCSOS's own practice and shown as 目安.
    """

    code: str
    title: str
    english: str
    asks: str
    asks_english: str
    cites: tuple[str, ...]
    read: Callable[[Known], Reading]


@dataclass(frozen=True)
class RuleSet:
    """A named, dated choice of criteria; a campaign keeps the name it was opened with."""

    key: str
    title: str
    english: str
    codes: tuple[str, ...]


def _fact(known: Known, place: str, text: str, english: str) -> Fact:
    return Fact(text, english, f"計画 第{known.revision}版 {place}")


def _unwritten(known: Known, place: str) -> Reading:
    nothing = _fact(known, place, "計画には書かれていません。", "The plan does not say.")
    return Reading(Verdict.UNPROVEN, (nothing,))


def _trained(known: Known) -> tuple[Fact, ...]:
    """Who teaches has learned it: the school's record of training, as facts beside the plan."""
    return tuple(
        Fact(
            f"教職員{one.came}人が「{one.title}」に出席({day_words(one.held_on)})",
            f"{one.came} of the staff attended “{one.title}” on {one.held_on}",
            "JCSOSのセミナーの出席の記録",
        )
        for one in known.training
    )


def read_orientation(known: Known) -> Reading:
    """Held before departure, with a syllabus, and everybody there or taught later."""
    reading = _orientation(known)
    return Reading(reading.proposes, (*reading.facts, *_trained(known)))


def _orientation(known: Known) -> Reading:
    ready, leaving = known.dossier.readiness, known.dossier.outline.departs_on
    if ready.orientation_on is None:
        return _unwritten(known, "準備 › 事前指導の実施日")
    pupils = known.dossier.outline.party.students
    came, held = ready.orientation_attended, day_words(ready.orientation_on)
    facts = [_fact(known, "準備 › 事前指導の実施日", f"{held}に実施", f"Held on {ready.orientation_on}")]
    if came is not None:
        of = f"(生徒{pupils}人のうち)" if pupils else ""
        facts.append(_fact(known, "準備 › 出席者数", f"出席{came}人{of}", f"{came} attended of {pupils or 'unknown'}"))
    if not ready.orientation_syllabus:
        facts.append(_fact(known, "準備 › 指導内容", "指導内容は未記入です。", "The syllabus is not written down."))
    if leaving and ready.orientation_on >= leaving:
        return Reading(Verdict.NOT_MET, tuple(facts))
    everybody = came is not None and pupils is not None and (came >= pupils or bool(ready.orientation_makeup))
    return Reading(Verdict.MET if everybody and ready.orientation_syllabus else Verdict.PARTLY, tuple(facts))


def read_contacts(known: Known) -> Reading:
    """The contact chart was told to everybody before departure."""
    told, leaving = known.dossier.emergency.told_all_on, known.dossier.outline.departs_on
    if told is None:
        return _unwritten(known, "緊急連絡体制 › 連絡先を参加者全員に周知した日")
    fact = _fact(
        known, "緊急連絡体制 › 連絡先を参加者全員に周知した日", f"{day_words(told)}に周知", f"Told to all on {told}"
    )
    return Reading(Verdict.NOT_MET if leaving and told >= leaving else Verdict.MET, (fact,))


def read_cover(known: Known) -> Reading:
    """Everybody is insured, or has signed not to be; treatment and rescue are covered."""
    policies, opted = known.dossier.policies, known.dossier.opt_outs
    if not policies:
        return _unwritten(known, "保険 › 保険契約")
    kinds = {benefit.kind for policy in policies for benefit in policy.benefits}
    facts = [_fact(known, "保険 › 保険契約", f"契約{len(policies)}件", f"{len(policies)} policies")]
    wanted = {BenefitKind.INJURY_TREATMENT, BenefitKind.ILLNESS_TREATMENT, BenefitKind.RESCUE}
    lacking = "、".join(kind.label for kind in BenefitKind if kind in wanted - kinds)
    if lacking:
        facts.append(_fact(known, "保険 › 補償項目", f"補償に無い項目: {lacking}", f"Not covered: {lacking}"))
    signed = sum(bool(opt.signed_on and opt.guardian_signed) for opt in opted)
    if opted:
        text = f"未加入{len(opted)}人、うち保護者の署名のある書面{signed}人"
        facts.append(_fact(known, "保険 › 未加入の意思表明", text, f"{len(opted)} opted out, {signed} in writing"))
    whole = all(policy.covers_all or policy.insured for policy in policies) and signed == len(opted) and not lacking
    return Reading(Verdict.MET if whole else Verdict.PARTLY, tuple(facts))


def read_phone_tests(known: Known) -> Reading:
    """The log of test calls before departure: every contact at home was reached, some were, or nobody."""
    homes, leaving = [contact.key for contact in known.dossier.home_contacts], known.dossier.outline.departs_on
    calls = [call for call in known.calls if leaving is None or call.called_on < leaving]
    if not calls:
        text = f"計画にある留守校の連絡先{len(homes)}件。試しに掛けた記録はありません。"
        english = f"{len(homes)} home contacts in the plan; no test calls on record."
        return Reading(Verdict.UNPROVEN, (_fact(known, "留守校の連絡先", text, english),))
    last = {call.place: call.outcome for call in calls}
    reached = {place for place, outcome in last.items() if outcome is CallOutcome.REACHED}
    met = [key for key in homes if any(place.startswith(f"home_contacts/{key}/") for place in reached)]
    newest = max(call.called_on for call in calls)
    text = f"試しに掛けた番号{len(last)}件のうち、最後につながったもの{len(reached)}件(最後は{day_words(newest)})"
    english = f"{len(last)} numbers tried, {len(reached)} of them reached at last (latest on {newest})"
    log = Fact(text, english, "電話の試し掛けの記録")
    homes_text = f"留守校の連絡先{len(homes)}件のうち{len(met)}件につながった"
    of_homes = _fact(known, "留守校の連絡先", homes_text, f"{len(met)} of {len(homes)} home contacts reached")
    whole = bool(homes) and len(met) == len(homes)
    verdict = Verdict.MET if whole else Verdict.PARTLY if reached else Verdict.NOT_MET
    return Reading(verdict, (log, of_homes))


def read_in_time(known: Known) -> Reading:
    """Filed by the school in time, and in the ministry's hands in time."""
    facts = [_fact(known, "提出日", f"{day_words(known.submitted_on)}に提出", f"Filed on {known.submitted_on}")]
    if known.school_due_on:
        due = known.school_due_on
        facts.append(_fact(known, "学校の提出期限", day_words(due), f"School's deadline {due}"))
    if known.received_on and known.receipt_due_on:
        text = f"外務省の受領{day_words(known.received_on)}、必着{day_words(known.receipt_due_on)}"
        english = f"Received {known.received_on}, due {known.receipt_due_on}"
        facts.append(_fact(known, "受領", text, english))
    if known.late or (known.received_on and known.receipt_due_on and known.received_on > known.receipt_due_on):
        return Reading(Verdict.NOT_MET, tuple(facts))
    behind = known.school_due_on is not None and known.submitted_on > known.school_due_on
    return Reading(Verdict.PARTLY if behind else Verdict.MET, tuple(facts))


def read_previsit(known: Known) -> Reading:
    """Somebody of the school saw the place, or a reason why not."""
    outline = known.dossier.outline
    if outline.previsit_on:
        text, english = f"{day_words(outline.previsit_on)}に下見", f"Pre-visit on {outline.previsit_on}"
        return Reading(Verdict.MET, (_fact(known, "旅行概要 › 下見の実施日", text, english),))
    if outline.previsit_none_reason:
        place = "旅行概要 › 下見を行わない理由"
        fact = _fact(known, place, "行わない理由の記入があります。", "A reason for none is given.")
        return Reading(Verdict.PARTLY, (fact,))
    return _unwritten(known, "旅行概要 › 下見の実施日")


def read_return(known: Known) -> Reading:
    """What happened is reported after the return; the plan ends before."""
    back = known.dossier.outline.returns_on
    if back and back >= known.on:
        text, english = f"帰国日{day_words(back)}。まだ帰国していません。", f"Returns on {back}: still to come."
        return Reading(Verdict.NOT_APPLICABLE, (_fact(known, "旅行概要 › 帰国日", text, english),))
    text = f"帰国日{day_words(back)}。帰国後の報告は計画にありません。" if back else "帰国日は未記入です。"
    english = f"Returned on {back}; the plan holds no report of it." if back else "No day of return."
    return Reading(Verdict.UNPROVEN, (_fact(known, "旅行概要 › 帰国日", text, english),))


CRITERIA: tuple[Criterion, ...] = (
    Criterion(
        "AC01",
        "事前指導(安全オリエンテーション)を、内容を定めて全員に行った",
        "A safety orientation with a syllabus reached everybody",
        "指導の資料と、出席者数・補講の記録",
        "The material, the attendance and the make-up lessons",
        ("JCSOS 危機管理の法的背景",),
        read_orientation,
    ),
    Criterion(
        "AC02",
        "緊急連絡体制を参加者全員に周知した",
        "The emergency contacts were told to everybody",
        "周知した日と、配った連絡先カードなどの見本",
        "When and how: a copy of the card handed out",
        ("別添一 二(二)",),
        read_contacts,
    ),
    Criterion(
        "AC03",
        "全員が保険に加入し、未加入者は書面で意思を示した",
        "Everybody is insured, and those who are not said so in writing",
        "保険証券の写しと、未加入の書面の数",
        "Copies of the policies, and the number of written opt-outs",
        ("別添二 一(三)",),
        read_cover,
    ),
    Criterion(
        "AC04",
        "夜間・休日の連絡先に、試しに電話を掛けた",
        "The night and holiday numbers were called as a test",
        "掛けた日時と、つながったかの記録(番号は不要です)",
        "When they were called and whether somebody answered; no numbers",
        ("別添三 三",),
        read_phone_tests,
    ),
    Criterion(
        "AC05",
        "計画を期限までに提出した",
        "The plan was filed in time",
        "期限後になったときは、その事情",
        "If late, why",
        ("領保第六一五七号 記二(二)",),
        read_in_time,
    ),
    Criterion(
        "AC06",
        "下見をして危険を確かめた",
        "The places were visited beforehand",
        "下見の報告書",
        "The report of the pre-visit",
        (),
        read_previsit,
    ),
    Criterion(
        "AC07",
        "帰国後に、起きたことと次への改善をまとめた",
        "A report after the return says what happened and what will change",
        "帰国後の報告書(氏名と健康情報は除いてください)",
        "The report, without names and health data",
        (),
        read_return,
    ),
)
BY_CODE = {criterion.code: criterion for criterion in CRITERIA}
RULE_SETS: tuple[RuleSet, ...] = (
    RuleSet("full-1", "出発前から帰国後まで(7項目)", "Before departure to after return (7)", tuple(BY_CODE)),
    RuleSet(
        "ready-1", "出発前の備え(5項目)", "Readiness before departure (5)", ("AC01", "AC02", "AC03", "AC04", "AC05")
    ),
)


def criteria_of(rule_set: str) -> tuple[Criterion, ...]:
    """The criteria of a rule set in order; ``KeyError`` for a name that no rule set has."""
    found = {known.key: known for known in RULE_SETS}[rule_set]
    return tuple(BY_CODE[code] for code in found.codes)
