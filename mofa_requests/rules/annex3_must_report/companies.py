"""別添三 五・六: the travel agency and the insurer. Not here: night numbers (annex1), cover (insurance)."""

from __future__ import annotations

from mofa_requests.rules.annex3_must_report.chapter import BOOK, PHONE_JAPAN
from portal.directory.countries import JAPAN
from portal.dossier.types import (
    Agent,
    ContractType,
    Dossier,
    Policy,
)
from portal.lawbook.outcome import Fault, Missing, NotApplicable, Outcomes, Subject
from portal.lawbook.rule import BLOCK
from portal.lawbook.rulebook import Law
from trips.facts import (
    AGENCIES,
    POLICIES,
    WHOLE,
    TripFacts,
)
from trips.facts.phones import phone_faults


@BOOK.rule(
    "A350",
    "旅行会社が書いてある",
    "The travel agency is given",
    cites=("別添三 五", "別添一 一(二)(イ)"),
    severity=BLOCK,
    each=WHOLE,
    remedy="agents",
    hint=("契約した旅行会社の支店まで書いてください。", "The agency and branch you signed with."),
)
def agency_listed(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Outcomes:
    direct = facts.dossier.outline.contract is ContractType.DIRECT
    listed = AGENCIES.of(facts)
    if direct and listed:
        return Fault(
            f"旅行契約の形態は「旅行会社を通さない」ですが、{listed[0].ja}が入力されています。どちらかを直してください。",
            f"The contract says “without an agent”, but {listed[0].en} is entered. Mend one of the two.",
            "/outline/contract",
        )
    if direct:
        return NotApplicable("旅行会社を通さない旅行です", "Travel without an agency")
    if listed:
        return None
    return Missing(
        "旅行会社が入力されていません。契約した支店の名称・住所・電話番号を書いてください。"
        "旅行会社を通さないときは、旅行契約の形態で「旅行会社を通さない」を選んでください。",
        "No travel agency is entered. Give the branch you signed with, or choose “Without an agent”.",
        "/agents",
    )


BOOK.require(
    "A351",
    "旅行会社の住所が書いてある",
    "The agency's address is given",
    cites=("別添三 五", "別添一 一(二)(イ)"),
    severity=BLOCK,
    each=AGENCIES,
    needs=("address",),
    remedy="agents#address",
    hint=("契約した支店の住所を番地まで書いてください。", "The address of the branch."),
)


@BOOK.rule(
    "A352",
    "旅行会社の電話番号が書いてある",
    "The agency's telephone is given",
    cites=("別添三 五", "別添一 一(二)(イ)"),
    severity=BLOCK,
    each=AGENCIES,
    needs=("phone",),
    remedy="agents#phone",
    hint=PHONE_JAPAN,
)
def agency_phone(agent: Subject[Agent], facts: TripFacts, law: Law) -> Outcomes:
    return phone_faults(agent, "phone", facts, country=JAPAN)


BOOK.require(
    "A353",
    "旅行会社の名称が書いてある",
    "The agency is named",
    cites=("別添三 五",),
    severity=BLOCK,
    each=AGENCIES,
    needs=("name",),
    remedy="agents#name",
    hint=("会社名と支店名を書いてください。例: ○○旅行 ○○支店", "Company and branch."),
)


def _nobody_insured(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Outcomes:
    if not facts.dossier.policies and facts.all_opted_out:
        return NotApplicable(
            "参加者全員が書面で保険に加入しないと表明しています", "Every traveller opted out in writing"
        )
    return None


@BOOK.rule(
    "A360",
    "保険契約が書いてある",
    "The insurance is given",
    cites=("別添三 六",),
    severity=BLOCK,
    each=WHOLE,
    needs=("policies",),
    when=_nobody_insured,
    remedy="insurance",
    hint=("海外旅行保険の保険会社・住所・電話番号を入れてください。", "Enter the insurer, its address and telephone."),
)
def policy_for_somebody(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Outcomes:
    if not facts.all_opted_out:
        return None
    return Fault(
        "保険契約が書いてありますが、参加者全員が保険に加入しないと表明しています。どちらかを直してください。",
        "Insurance is entered, but every traveller opted out. Mend one of the two.",
    )


BOOK.require(
    "A361",
    "保険会社の住所が書いてある",
    "The insurer's address is given",
    cites=("別添三 六",),
    severity=BLOCK,
    each=POLICIES,
    needs=("address",),
    remedy="insurance#address",
    hint=("契約を担当する支店の住所を番地まで書いてください。", "The address of the office in charge."),
)


@BOOK.rule(
    "A362",
    "保険会社の電話番号が書いてある",
    "The insurer's telephone is given",
    cites=("別添三 六",),
    severity=BLOCK,
    each=POLICIES,
    needs=("phone",),
    remedy="insurance#phone",
    hint=("事故のときに掛ける番号を書いてください。例: 0120-○○○-○○○", "The number to call in an accident."),
)
def insurer_phone(policy: Subject[Policy], facts: TripFacts, law: Law) -> Outcomes:
    return phone_faults(policy, "phone", facts)


BOOK.require(
    "A363",
    "保険会社の名称が書いてある",
    "The insurer is named",
    cites=("別添三 六",),
    severity=BLOCK,
    each=POLICIES,
    needs=("insurer",),
    remedy="insurance#insurer",
    hint=("取扱代理店ではなく保険会社の名称を書いてください。", "The insurer itself, not its agent."),
)
