"""A2: 別添二 三・四・五(一)(二): the limits against what a grave accident costs. Every threshold is our proposal.

Not here: who is covered (people), the costs of named accidents (scenarios).
"""

from __future__ import annotations

import datetime as dt

from insurance.facts import BENEFITS, COVERS, POLICIES, TREATMENT, Cover, CoverFacts
from insurance.rules.chapter import BOOK, yen, yen_en
from portal.dossier.types import Benefit, BenefitKind, Policy
from portal.lawbook.outcome import Fault, Missing, Outcomes, Several, Subject
from portal.lawbook.rule import ADVICE, WARN
from portal.lawbook.rulebook import Law
from portal.lawbook.words import day_words

_BENEFITS = (
    "証券の補償項目と限度額をそのまま写してください。例: 傷害治療費用 3,000万円",
    "Copy the benefits and limits of the policy, e.g. treatment of injury ¥30,000,000.",
)
_PROPOSED = "目安(本ポータルの提案)"


def _listed(cover: Subject[Cover], kind: BenefitKind | None = None) -> Missing | None:
    """That a cover's benefits, or the limit of one kind, are not entered yet."""
    for policy in cover.value.policies:
        if not policy.value.benefits:
            return Missing(
                f"{policy.ja}の「補償項目」が未入力です。{_BENEFITS[0]}",
                f"{policy.en}: “Benefits” is not filled in. {_BENEFITS[1]}",
                f"{policy.pointer}/benefits",
            )
    if kind is not None and cover.value.limit(kind) is None:
        policy, number = _without_limit(cover.value, kind)
        return Missing(
            f"{policy.ja}の「{kind.label}」の支払限度額が未入力です。{_BENEFITS[0]}",
            f"{policy.en}: the limit for “{kind.english}” is not filled in. {_BENEFITS[1]}",
            f"{policy.pointer}/benefits/{number}/limit",
        )
    return None


def _without_limit(cover: Cover, kind: BenefitKind) -> tuple[Subject[Policy], int]:
    return next(
        (policy, number)
        for policy in cover.policies
        for number, benefit in enumerate(policy.value.benefits)
        if benefit.kind is kind and benefit.limit is None and not benefit.unlimited
    )


def _at(cover: Subject[Cover], kind: BenefitKind) -> str:
    """The limit of ``kind`` in the first contract that has it, else that contract's list of benefits."""
    for policy in cover.value.policies:
        for number, benefit in enumerate(policy.value.benefits):
            if benefit.kind is kind:
                return f"{policy.pointer}/benefits/{number}/limit"
    return f"{cover.pointer}/benefits"


@BOOK.rule(
    "A214",
    "補償項目ごとの限度額が書いてある",
    "Every benefit has its limit",
    cites=("別添二 二", "別添二 三"),
    severity=WARN,
    each=BENEFITS,
    remedy="insurance#benefits",
    hint=_BENEFITS,
)
def benefit_has_limit(benefit: Subject[Benefit], facts: CoverFacts, law: Law) -> Outcomes:
    part = benefit.value
    if part.limit is None and not part.unlimited:
        return Missing(
            f"{benefit.ja}の「支払限度額(円)」が未入力です。{_BENEFITS[0]}",
            f"{benefit.en}: “Limit (yen)” is not filled in. {_BENEFITS[1]}",
            "limit",
        )
    if part.limit is not None and part.unlimited:
        return Fault(
            f"{benefit.ja}は「無制限」ですが、支払限度額{yen(part.limit)}も書いてあります。どちらかにしてください。",
            f"{benefit.en} is “unlimited”, but has a limit of {yen_en(part.limit)}. Keep one.",
            "unlimited",
        )
    return None


@BOOK.rule(
    "A202",
    "治療費用の限度額が十分に高い",
    "The limits for treatment are high enough",
    cites=("別添二 三",),
    severity=WARN,
    each=COVERS,
    remedy="insurance#benefits",
    verified=False,
    hint=("死亡ではなく治療費用の限度額を見てください。", "Look at treatment, not at death."),
)
def treatment_is_enough(cover: Subject[Cover], facts: CoverFacts, law: Law) -> Several:
    enough, least = law.amount("treatment_enough"), law.amount("treatment_least")
    for kind in TREATMENT:
        missing = _listed(cover, kind)
        limit = cover.value.limit(kind)
        if missing:
            yield missing
        elif limit is not None and limit < enough:
            how = "かなり足りません" if limit < least else "高めるのが安心です"
            yield Fault(
                f"{cover.ja}の{kind.label}の限度額は{yen(limit)}で、{_PROPOSED}の{yen(enough)}に届かず、{how}。"
                "保険会社に限度額の高いプランを聞いてください。",
                f"{cover.en}: the limit for “{kind.english}” is {yen_en(limit)}, below our proposed {yen_en(enough)}.",
                _at(cover, kind),
            )


@BOOK.rule(
    "A203",
    "治療費用で高額な治療を数晩続けられる",
    "Treatment limits pay several nights of costly care",
    cites=("別添二 三",),
    severity=ADVICE,
    each=COVERS,
    remedy="insurance#benefits",
    verified=False,
    hint=("限度額を一晩の費用で割った夜の数です。", "The limit divided by the cost of one night."),
)
def nights_of_platelets(cover: Subject[Cover], facts: CoverFacts, law: Law) -> Outcomes:
    missing = next((missing for kind in TREATMENT if (missing := _listed(cover, kind))), None)
    if missing:
        return missing
    limit = min(cover.value.limit(kind) or 0 for kind in TREATMENT)
    night, wanted = law.amount("platelets_a_night"), law.amount("platelet_nights")
    if limit >= wanted * night:
        return None
    return Fault(
        f"{cover.ja}の治療費用{yen(limit)}では、一晩{yen(night)}の血小板の交換を{limit / night:.2f}晩しか続けられません"
        f"({_PROPOSED}は{wanted}晩)。",
        f"{cover.en}: {yen_en(limit)} pays {limit / night:.2f} nights of platelets; we propose {wanted}.",
        _at(cover, TREATMENT[0]),
    )


@BOOK.rule(
    "A204",
    "救援者費用でチャーター機と医療チームを出せる",
    "Rescue expenses pay a charter and a medical team",
    cites=("別添二 四", "別添二 五(一)"),
    severity=WARN,
    each=COVERS,
    remedy="insurance#benefits",
    verified=False,
    hint=("主催者がすぐに負担する費用です。", "The organiser has to pay this at once."),
)
def rescue_is_enough(cover: Subject[Cover], facts: CoverFacts, law: Law) -> Outcomes:
    missing = _listed(cover, BenefitKind.RESCUE)
    limit, enough = cover.value.limit(BenefitKind.RESCUE), law.amount("rescue_enough")
    if missing or limit is None or limit >= enough:
        return missing
    return Fault(
        f"{cover.ja}の救援者費用は{yen(limit)}で、チャーター機と医療チームの{_PROPOSED}{yen(enough)}に届きません。"
        "足りない分を主催者が用意できるか、限度額を上げられるかを確かめてください。",
        f"{cover.en}: rescue pays {yen_en(limit)}, below the {yen_en(enough)} we propose for charter and team.",
        _at(cover, BenefitKind.RESCUE),
    )


@BOOK.rule(
    "A205",
    "傷害死亡の限度額が家族の納得する額に近い",
    "The limit for death is near what families expect",
    cites=("別添二 四",),
    severity=ADVICE,
    each=COVERS,
    remedy="insurance#benefits",
    verified=False,
    hint=("通知は5,000万〜6,000万円程度としています。", "The notice speaks of ¥50–60 million."),
)
def death_is_enough(cover: Subject[Cover], facts: CoverFacts, law: Law) -> Outcomes:
    kind = BenefitKind.INJURY_DEATH
    missing, limit = _listed(cover, kind), cover.value.limit(kind)
    enough, least = law.amount("death_enough"), law.amount("death_least")
    if missing or limit is None or limit >= enough:
        return missing
    below = (
        f"新ホフマン方式の約{yen(least)}にも届きません"
        if limit < least
        else "家族が納得する額に届かないおそれがあります"
    )
    return Fault(
        f"{cover.ja}の{kind.label}の限度額は{yen(limit)}で、{_PROPOSED}の{yen(enough)}より低く、{below}。",
        f"{cover.en}: the limit for death is {yen_en(limit)}, below the {yen_en(enough)} families expect.",
        _at(cover, kind),
    )


@BOOK.rule(
    "A206",
    "救援費用を払った後にも治療費用が残る",
    "Treatment is left after a rescue was paid",
    cites=("別添二 五(二)",),
    severity=WARN,
    each=COVERS,
    remedy="insurance#benefits",
    verified=False,
    hint=("救援費用を払った分だけ治療費用の限度額が減ります。", "What rescue costs is taken off treatment."),
)
def treatment_is_left(cover: Subject[Cover], facts: CoverFacts, law: Law) -> Several:
    cost, least = law.amount("rescue_enough"), law.amount("treatment_least")
    for kind in TREATMENT:
        missing = _listed(cover, kind) or _listed(cover, BenefitKind.RESCUE)
        left = cover.value.treatment_after_rescue(kind, cost=cost)
        if missing:
            yield missing
        elif left is not None and left < min(least, cover.value.limit(kind) or 0):
            yield Fault(
                f"{cover.ja}では、{yen(cost)}の救援を行うと{kind.label}は{yen(left)}しか残りません"
                f"({_PROPOSED}は{yen(least)})。救援者費用か治療費用の限度額を上げてください。",
                f"{cover.en}: after a rescue of {yen_en(cost)} only {yen_en(left)} is left for “{kind.english}”.",
                _at(cover, BenefitKind.RESCUE),
            )


@BOOK.rule(
    "A209",
    "相手や政府の補償をあてにせず自分の保険で払える",
    "Own cover pays, not another party's compensation",
    cites=("別添二 一(二)", "別添二 二"),
    severity=WARN,
    each=COVERS,
    remedy="insurance#benefits",
    hint=("傷害治療・疾病治療・救援者費用が入っているか見てください。", "Treatment of injury and illness, and rescue."),
)
def pays_by_itself(cover: Subject[Cover], facts: CoverFacts, law: Law) -> Outcomes:
    missing = _listed(cover)
    absent = [kind for kind in (*TREATMENT, BenefitKind.RESCUE) if not cover.value.benefits(kind)]
    if missing or not absent:
        return missing
    kinds = "・".join(kind.label for kind in absent)
    return Fault(
        f"{cover.ja}に{kinds}がありません。加害者や相手国の補償は期待できないので、自分の保険に加えてください。",
        f"{cover.en} lacks {', '.join(kind.english for kind in absent)}. Do not count on anybody else's compensation.",
        f"{cover.pointer}/benefits",
    )


@BOOK.rule(
    "A211",
    "帰国が一日遅れても保険が続く",
    "Cover goes on when the return is a day late",
    cites=("別添二 五(一)",),
    severity=ADVICE,
    each=POLICIES,
    needs=("ends_at",),
    remedy="insurance#ends_at",
    verified=False,
    hint=("欠航などで帰国が延びたときのための余裕です。", "For a cancelled flight."),
)
def cover_outlasts_delay(policy: Subject[Policy], facts: CoverFacts, law: Law) -> Outcomes:
    home, ends = facts.trip.returns_on, policy.value.ends_at
    days = law.amount("cover_margin_days")
    if home is None or ends is None or ends.date() >= home + dt.timedelta(days=days):
        return None
    return Fault(
        f"{policy.ja}の保険期間は{day_words(ends.date())}までで、帰国日{day_words(home)}から{days}日遅れると切れます。"
        "延長できるか保険会社に確かめてください。",
        f"{policy.en} ends on {ends.date()}: a return {days} day later than {home} is not covered. Ask.",
    )
