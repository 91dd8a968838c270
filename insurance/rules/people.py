"""A2: 別添二 一・五(三)(四): everybody is covered, and the assistance company can act. Not here: amounts (amounts)."""

from __future__ import annotations

import datetime as dt
from itertools import chain

from insurance.facts import OPT_OUTS, POLICIES, WHOLE, CoverFacts
from insurance.rules.chapter import BOOK
from portal.directory.countries import country
from portal.dossier.types import Dossier, OptOut, Participant, Policy
from portal.lawbook.outcome import Fault, Missing, Outcomes, Several, Subject
from portal.lawbook.rule import BLOCK, WARN
from portal.lawbook.rulebook import Law
from portal.lawbook.words import day_words
from trips.facts.subjects import joined

_FEW = 5
_ADULT = 18
_OPT_OUT = (
    "加入しない人には「自己の意志により保険には加入しない」と書いた文書を出してもらってください。",
    "Whoever is not insured declares in writing: “of my own will I take no insurance”.",
)


@BOOK.rule(
    "A201",
    "参加者全員が保険に入っているか、入らない意思を書面にしている",
    "Everybody is insured or has opted out in writing",
    cites=("別添二 一(三)",),
    severity=BLOCK,
    each=WHOLE,
    remedy="insurance#covers_all",
    hint=_OPT_OUT,
)
def everybody_insured(dossier: Subject[Dossier], facts: CoverFacts, law: Law) -> Several:
    undecided = [policy for policy in facts.trip.policies if policy.value.covers_all is None]
    if not facts.trip.policies and not facts.trip.all_opted_out:
        yield Missing("「保険契約」が未入力です。", "“Policies” is not filled in.", "/policies")
        return
    for policy in undecided:
        if not policy.value.insured:
            yield Missing(
                f"{policy.ja}の「未加入者を除く全員が被保険者」が未入力です。全員なら「はい」、一部なら被保険者を選んでください。",
                f"{policy.en}: “Covers all but opt-outs” is not filled in. Say yes, or choose the insured.",
                f"{policy.pointer}/covers_all",
            )
            return
    yield from _uninsured(facts)


def _uninsured(facts: CoverFacts) -> Several:
    left = facts.uninsured
    if len(left) > _FEW:
        some = joined(person.ja for person in left[:3])
        yield Fault(
            f"保険に入っていない参加者が{len(left)}人います({some}ほか)。被保険者に加えてください。{_OPT_OUT[0]}",
            f"{len(left)} travellers are not insured. {_OPT_OUT[1]}",
            "/policies",
        )
        return
    for person in left:
        yield Fault(
            f"{person.ja}がどの保険契約の被保険者でもなく、加入しない書面もありません。被保険者に加えてください。{_OPT_OUT[0]}",
            f"{person.en} is insured by no contract and has not opted out. {_OPT_OUT[1]}",
            person.pointer,
        )


@BOOK.rule(
    "A213",
    "加入しない意思の書面に日付と署名がある",
    "The paper of opting out is dated and signed",
    cites=("別添二 一(三)",),
    severity=BLOCK,
    each=OPT_OUTS,
    needs=("signed_on",),
    remedy="insurance#opt_outs",
    hint=("未成年の生徒は保護者の署名が要ります(本ポータルの提案)。", "For minors a guardian signs (our proposal)."),
)
def opt_out_is_signed(opt_out: Subject[OptOut], facts: CoverFacts, law: Law) -> Outcomes:
    person = facts.trip.person(opt_out.value.participant)
    if opt_out.value.guardian_signed or not _is_minor(person, facts):
        return None
    whose = f"{opt_out.ja}({person.ja})" if person else opt_out.ja
    whose_en = f"{opt_out.en} ({person.en})" if person else opt_out.en
    if opt_out.value.guardian_signed is None:
        return Missing(
            f"{whose}の「保護者の署名がある」が未入力です。書面を見て選んでください。",
            f"{whose_en}: “Guardian signed” is not filled in. Look at the paper.",
            "guardian_signed",
        )
    return Fault(
        f"{whose}に保護者の署名がありません。未成年の生徒は保護者に署名してもらってください。",
        f"{whose_en}: the guardian has not signed. For minors a guardian signs.",
        "guardian_signed",
    )


def _is_minor(person: Subject[Participant] | None, facts: CoverFacts) -> bool:
    age = facts.trip.age_of(person.value) if person else None
    return age is not None and age < _ADULT


@BOOK.rule(
    "A207",
    "アシスタンス会社が訪問先に強い",
    "The assistance company is strong where you go",
    cites=("別添二 五(三)",),
    severity=WARN,
    each=POLICIES,
    needs=("assistance.strong_in",),
    remedy="insurance#assistance",
    hint=("保険会社に、訪問先ごとの拠点を聞いて選んでください。", "Ask the insurer which countries it is strong in."),
)
def assistance_is_strong(policy: Subject[Policy], facts: CoverFacts, law: Law) -> Several:
    strong = set(policy.value.assistance.strong_in)
    company = policy.value.assistance.company or "アシスタンス会社"
    for place in facts.trip.stopovers:
        code = place.value.country
        if code and code not in strong:
            strong.add(code)
            listed = joined(country(each).ja for each in policy.value.assistance.strong_in)
            yield Fault(
                f"{policy.ja}の「{company}」が強いのは{listed}で、{place.ja}のある{country(code).ja}が入っていません。"
                "保険会社に拠点を確かめるか、強い会社と提携した保険を選んでください。",
                f"{policy.en}: “{company}” is not said to be strong in {country(code).en} ({place.en}). Ask.",
                "assistance.strong_in",
            )


@BOOK.rule(
    "A208",
    "日程と血液型リストをアシスタンス会社に渡してある",
    "Itinerary and blood list were handed to the assistance company",
    cites=("別添二 五(四)",),
    severity=WARN,
    each=WHOLE,
    needs=("handover.itinerary_on", "handover.blood_list_on"),
    remedy="insurance#handover",
    hint=(
        "保険会社を通じて渡した日を書いてください。血液型は同意を得た人だけです。",
        "The day they were passed on.",
    ),
)
def handed_over_with_consent(dossier: Subject[Dossier], facts: CoverFacts, law: Law) -> Outcomes:
    given = dossier.value.handover.blood_list_on
    late = [student for student in facts.trip.students if _consented_after(student.value, given)]
    if not late or given is None:
        return None
    some = joined(student.ja for student in late[:3]) + ("ほか" if len(late) > 3 else "")
    return Fault(
        f"血液型リストを渡した日({day_words(given)})より後に保護者の同意を得た生徒が{len(late)}人います({some})。"
        "同意を得てから渡したか確かめてください。",
        f"The blood list was handed over on {given}, before the guardians of {len(late)} pupils had consented. Check.",
        "/handover/blood_list_on",
    )


def _consented_after(student: Participant, given: dt.date | None) -> bool:
    return bool(given and student.consented_on and student.consented_on > given)


@BOOK.rule(
    "A210",
    "事故のとき夜間でも保険会社とアシスタンス会社に連絡できる",
    "Insurer and assistance company answer at night",
    cites=("別添二 一(一)", "別添二 五(二)"),
    severity=WARN,
    each=POLICIES,
    needs=("assistance.company", "assistance.phone", "phone_24h"),
    remedy="insurance#assistance",
    hint=(
        "経費はまず主催者が負担します。立替えや手配を頼むアシスタンス会社の番号を書いてください。",
        "The organiser pays first; give the company that arranges and advances payment.",
    ),
)
def answers_at_night(policy: Subject[Policy], facts: CoverFacts, law: Law) -> Outcomes:
    if policy.value.phone_24h:
        return None
    return Fault(
        f"{policy.ja}の電話は24時間つながりません。夜間や休日に事故の連絡をする番号を保険会社に確かめてください。",
        f"{policy.en}: the telephone does not answer 24 hours. Ask for the number at night.",
        "phone_24h",
    )


# What insurers commonly leave out or charge for; only used to ask whether the plan thought of it.
RISKY_WORDS = (
    *("スキー", "スノーボード", "ダイビング", "スノーケリング", "サーフィン", "ラフティング", "カヌー", "遊泳", "乗馬"),
    *("登山", "パラグライ", "パラセーリング", "バナナボート", "ジップライン", "バンジー", "ゴーカート"),
)


@BOOK.rule(
    "A212",
    "危険を伴う活動に安全対策があり、保険が払われる",
    "Risky activities have measures and are covered",
    cites=("別添二 一(二)",),
    severity=WARN,
    each=WHOLE,
    needs=("activities",),
    remedy="itinerary#risk_measures",
    hint=("約款の「支払われない場合」を活動ごとに確かめてください。", "Read the exclusions for each activity."),
)
def risks_are_covered(dossier: Subject[Dossier], facts: CoverFacts, law: Law) -> Several:
    for activity in facts.trip.activities:
        words = [word for word in RISKY_WORDS if word in (activity.value.title or "")]
        if words and not activity.value.risky:
            yield Fault(
                f"{activity.ja}に「{words[0]}」がありますが、「危険を伴う活動」に印がありません。印を付けて安全対策を書いてください。",
                f"{activity.en} sounds risky, but is not marked so. Mark it and write the measures.",
                f"{activity.pointer}/risky",
            )
        if activity.value.risky and not activity.value.risk_measures:
            yield Missing(
                f"{activity.ja}の「安全対策」が未入力です。例: 資格のある指導者、救命胴衣、天候による中止の基準",
                f"{activity.en}: “Safety measures” is not filled in, e.g. qualified guides, life jackets.",
                f"{activity.pointer}/risk_measures",
            )
        if activity.value.risky:
            yield from chain.from_iterable(_excluded(activity.ja, words, policy) for policy in facts.trip.policies)


def _excluded(activity: str, words: list[str], policy: Subject[Policy]) -> Several:
    text = policy.value.exclusions
    if text is None:
        yield Missing(
            f"{activity}は危険を伴う活動ですが、{policy.ja}の「支払われない場合」が未入力です。約款を見て書いてください。",
            f"{policy.en}: “Exclusions” is not filled in, though an activity is risky. See the terms.",
            f"{policy.pointer}/exclusions",
        )
        return
    word = next((word for word in words if word in text), None)
    if word:
        yield Fault(
            f"{activity}に「{word}」がありますが、{policy.ja}では「支払われない場合」に「{word}」があります。"
            "特約を付けるか、活動を取りやめてください。",
            f"{policy.en} excludes what an activity plans ({word}). Take extra cover or drop it.",
            f"{policy.pointer}/exclusions",
        )
