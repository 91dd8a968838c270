"""Names in words for everything a rule can point at: 「宿泊先3「ホテル見本台北」」, 「参加者12「髙橋 …」」.

Not here: judging, and what the facts derive from these things (the other modules of this package).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from portal.dossier.types import (
    Activity,
    Agent,
    AgentRole,
    Confirmation,
    ContactRole,
    Destination,
    EnteredBy,
    Group,
    HomeContact,
    Host,
    Leg,
    LegMode,
    Mission,
    OptOut,
    Participant,
    Policy,
    Stay,
    StayKind,
)
from portal.lawbook.outcome import Subject
from trips.enums import Section

P = TypeVar("P")
Words = tuple[str, str]


def numbered(
    listed: Sequence[P], pointer: str, words: Callable[[int, P], Words], *, only: Callable[[P], bool] | None = None
) -> tuple[Subject[P], ...]:
    """The entries of a dossier's list as subjects, keeping each one's own place in the list."""
    return tuple(
        Subject(f"{pointer}/{index}", part, *words(index + 1, part))
        for index, part in enumerate(listed)
        if only is None or only(part)
    )


def quoted(name: str | None) -> Words:
    """A name in the quotation marks of each language; nothing when there is none."""
    return (f"「{name}」", f" “{name}”") if name else ("", "")


def joined(parts: Iterable[str]) -> str:
    """Words in a row: A、B、C."""
    return "、".join(parts)


def home_contact_words(number: int, contact: HomeContact) -> Words:
    ja, en = quoted(contact.name)
    role = "留守校の連絡責任者" if contact.role is ContactRole.CHIEF else "留守校の副責任者"
    role_en = "Home contact" if contact.role is ContactRole.CHIEF else "Deputy home contact"
    return f"{role}{ja}", f"{role_en}{en}" if en else f"{role_en} {number}"


def leg_words(number: int, leg: Leg) -> Words:
    ja, en = quoted(leg.number or leg.carrier)
    kind, kind_en = ("便", "Flight") if leg.mode is LegMode.FLIGHT else (f"移動({leg.mode.label})", leg.mode.english)
    return f"{number}番目の{kind}{ja}", f"{kind_en} {number}{en}"


def stay_words(number: int, stay: Stay) -> Words:
    ja, en = quoted(stay.name)
    kind = "宿泊先" if stay.kind is StayKind.HOTEL else stay.kind.label
    return f"{kind}{number}{ja}", f"Lodging {number}{en}"


def destination_words(number: int, destination: Destination) -> Words:
    ja, en = quoted(destination.city)
    return f"訪問先{number}{ja}", f"Destination {number}{en}"


def group_words(number: int, group: Group) -> Words:
    ja, en = quoted(group.name or group.key)
    return f"班{ja}", f"Group{en}"


def activity_words(number: int, activity: Activity) -> Words:
    ja, en = quoted(activity.title)
    day = f"{activity.on:%-m月%-d日}の" if activity.on else ""
    return f"{day}行程{ja or number}", f"Activity {number}{en}"


def agent_words(number: int, agent: Agent) -> Words:
    ja, en = quoted(agent.name)
    kind, kind_en = ("旅行会社", "Agency") if agent.role is AgentRole.AGENCY else ("現地エージェント", "Local agent")
    return f"{kind}{ja}" if ja else f"{kind}({number}番目)", f"{kind_en}{en}" if en else f"{kind_en} {number}"


def mission_words(number: int, mission: Mission) -> Words:
    ja, en = quoted(mission.name)
    return f"在外公館{number}{ja}", f"Mission {number}{en}"


def policy_words(number: int, policy: Policy) -> Words:
    ja, en = quoted(policy.insurer or policy.product)
    return f"保険契約{number}{ja}", f"Policy {number}{en}"


def host_words(number: int, host: Host) -> Words:
    ja, en = quoted(host.family)
    return f"受入家庭{number}{ja}", f"Host family {number}{en}"


def person_words(number: int, person: Participant) -> Words:
    ja, en = quoted(person.name)
    return f"参加者{number}{ja}", f"Participant {number}{en}"


def opt_out_words(number: int, opt_out: OptOut) -> Words:
    return f"保険未加入の意思表明{number}", f"Opt-out {number}"


def confirmation_words(number: int, confirmation: Confirmation) -> Words:
    by = "旅行会社が入力した" if confirmation.entered_by is EnteredBy.AGENT else ""
    title, title_en = section_words(confirmation.section)
    return f"{by}「{title}」の欄", f"Section “{title_en}”"


def section_words(code: str) -> Words:
    """What the pages call a section; a code no page has stands as written."""
    found = next((section for section in Section if section.value == code), None)
    return (found.label, found.english) if found else (code, code)
