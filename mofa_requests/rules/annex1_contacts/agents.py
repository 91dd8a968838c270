"""別添一 一(二): travel agencies and local agents: night numbers, persons. Not here: the agency's address (annex3)."""

from __future__ import annotations

from mofa_requests.rules.annex1_contacts.chapter import BOOK
from portal.directory.countries import JAPAN
from portal.dossier.types import Agent, AgentRole, Dossier
from portal.lawbook.outcome import Fault, Missing, NotApplicable, Outcomes, Several, Subject
from portal.lawbook.rule import BLOCK
from portal.lawbook.rulebook import Law
from trips.facts import AGENTS, LOCAL_AGENTS, WHOLE, TripFacts
from trips.facts.phones import phone_faults, same_number

_NIGHT = (
    "営業時間外に人が出る番号を書いてください。昼と同じ番号で24時間つながるなら「24時間つながる」を選んでください。",
    "A number answered out of hours; if the telephone answers 24 hours, say so.",
)


def _place(agent: Agent) -> str | None:
    return JAPAN if agent.role is AgentRole.AGENCY else agent.country


@BOOK.rule(
    "A111",
    "旅行会社・現地エージェントの夜間の連絡先が書いてある",
    "Agents can be reached at night",
    cites=("別添一 一(二)(イ)",),
    severity=BLOCK,
    each=AGENTS,
    remedy="agents#night_phone",
    hint=_NIGHT,
)
def agent_at_night(agent: Subject[Agent], facts: TripFacts, law: Law) -> Several:
    night = agent.value.night_phone
    if night is None:
        if not agent.value.open_24h:
            yield Missing(
                f"{agent.ja}の「夜間の連絡先」が未入力です。{_NIGHT[0]}",
                f"{agent.en}: “Night telephone” is not filled in. {_NIGHT[1]}",
                "night_phone",
            )
        return
    yield from phone_faults(agent, "night_phone", facts, country=_place(agent.value))
    if not agent.value.open_24h and same_number(night, agent.value.phone, country=_place(agent.value)):
        yield Fault(
            f"{agent.ja}の夜間の連絡先が昼の番号と同じです。夜間につながる番号を書くか、"
            "24時間つながるなら「24時間つながる」を選んでください。",
            f"{agent.en}: the night number is the day number. Give another, or say that it answers 24 hours.",
            "night_phone",
        )


BOOK.require(
    "A112",
    "旅行中の担当者の氏名が書いてある",
    "The agent's person during the trip is named",
    cites=("別添一 一(二)(ロ)",),
    severity=BLOCK,
    each=AGENTS,
    needs=("person",),
    remedy="agents#person",
    hint=("旅行の間に連絡を受ける人の氏名を書いてください。", "Who takes calls during the trip."),
)


@BOOK.rule(
    "A113",
    "現地エージェントが書いてある",
    "The local agent is given",
    cites=("別添一 一(二)(イ)", "別添三 五"),
    severity=BLOCK,
    each=WHOLE,
    remedy="agents#no_local_agent_reason",
    hint=("いないときは「該当なし」の理由を書いてください。例: ホテルと直接契約", "If there is none, say why."),
)
def local_agent_listed(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Outcomes:
    listed, reason = LOCAL_AGENTS.of(facts), facts.dossier.no_local_agent_reason
    if listed and reason:
        return Fault(
            f"現地エージェントは「該当なし」としていますが、{listed[0].ja}が入力されています。どちらかを直してください。",
            f"No local agent is said to exist, but {listed[0].en} is entered. Mend one of the two.",
            "/no_local_agent_reason",
        )
    if listed:
        return None
    if reason:
        return NotApplicable("現地エージェントは「該当なし」です", "No local agent, with the reason")
    return Missing(
        "現地エージェントが入力されていません。名称・住所・電話番号・夜間の連絡先・担当者を入れるか、"
        "いないときは「該当なし」の理由を書いてください。例: 航空券とホテルを学校が直接手配",
        "No local agent is entered. Enter one, or give the reason why there is none.",
        "/no_local_agent_reason",
    )


BOOK.require(
    "A114",
    "現地エージェントの名称と住所が書いてある",
    "The local agent's name and address are given",
    cites=("別添一 一(二)(イ)", "別添三 五"),
    severity=BLOCK,
    each=LOCAL_AGENTS,
    needs=("name", "address"),
    remedy="agents#address",
    hint=("現地で通じる表記で番地から書いてください。", "As it is written there, with number."),
)


@BOOK.rule(
    "A115",
    "現地エージェントの電話番号が書いてある",
    "The local agent's telephone is given",
    cites=("別添一 一(二)(イ)", "別添三 五"),
    severity=BLOCK,
    each=LOCAL_AGENTS,
    needs=("phone",),
    remedy="agents#phone",
    hint=("国番号から書いてください。例: +61 2 ○○○○ ○○○○", "Write it from the country code, e.g. +61 2 …"),
)
def local_agent_phone(agent: Subject[Agent], facts: TripFacts, law: Law) -> Outcomes:
    return phone_faults(agent, "phone", facts, country=agent.value.country)
