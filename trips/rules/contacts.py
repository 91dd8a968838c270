"""CO5x and CO6x: numbers fit their countries, the right people stay at home or travel, missions stand for cities.

Not here: whether numbers are entered and can be dialled (annexes 1 and 3).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.directory.countries import JAPAN, country
from portal.dossier.types import (
    Agent,
    AgentRole,
    Conductor,
    Group,
    HomeContact,
    Host,
    Leader,
    Mission,
    ParticipantRole,
    Stay,
)
from portal.lawbook.outcome import Fault, Missing, NotApplicable, Outcomes, Several, Subject
from portal.lawbook.rule import BLOCK, WARN
from portal.lawbook.rulebook import Law
from trips.facts import AGENTS, BEDS, CONDUCTOR, GROUPS, HOME_CONTACTS, HOSTS, HOTELS, LEADER, MISSIONS, TripFacts
from trips.facts.names import same_person
from trips.facts.phones import belongs_elsewhere, same_number
from trips.facts.places import same_city
from trips.facts.subjects import joined
from trips.rules.chapter import BOOK

_HOTEL = ("別添三 四", "別添一 一(三)(イ)")
_AGENT = ("別添一 一(二)(イ)",)
_HOME = ("別添三 三", "別添一 一(一)(ロ)")
_LEADER = ("別添一 一(三)(ロ)",)
_MISSION = ("別添一 二(一)(イ)",)
_COUNTRY = ("国・地域と国番号のどちらかを確かめてください。", "Check the country or the country code.")


@BOOK.rule(
    "CO51",
    "宿泊先の電話番号がその国のものである",
    "The lodging's number is one of its country",
    cites=_HOTEL,
    severity=BLOCK,
    each=HOTELS,
    needs=("phone",),
    remedy="lodging#phone",
    hint=_COUNTRY,
)
def hotel_number_fits(stay: Subject[Stay], facts: TripFacts, law: Law) -> Outcomes:
    return _elsewhere(stay, "phone", facts.country_of(stay.value), facts)


@BOOK.rule(
    "CO52",
    "在外公館の電話番号がその国のものである",
    "The mission's number is one of its country",
    cites=_MISSION,
    severity=BLOCK,
    each=MISSIONS,
    needs=("phone", "country"),
    remedy="missions#phone",
    hint=_COUNTRY,
)
def mission_number_fits(mission: Subject[Mission], facts: TripFacts, law: Law) -> Outcomes:
    return _elsewhere(mission, "phone", mission.value.country, facts)


@BOOK.rule(
    "CO53",
    "旅行会社・現地エージェントの電話番号がその国のものである",
    "The agents' numbers are those of their countries",
    cites=_AGENT,
    severity=WARN,
    each=AGENTS,
    needs=("phone",),
    remedy="agents#phone",
    hint=_COUNTRY,
)
def agent_number_fits(agent: Subject[Agent], facts: TripFacts, law: Law) -> Several:
    where = agent.value.country or (JAPAN if agent.value.role is AgentRole.AGENCY else None)
    yield from _elsewhere(agent, "phone", where, facts)
    if agent.value.night_phone:
        yield from _elsewhere(agent, "night_phone", where, facts)


@BOOK.rule(
    "CO54",
    "受入家庭の電話番号がその国のものである",
    "The host families' numbers are those of their country",
    cites=("別添一 一(三)(ハ)",),
    severity=WARN,
    each=HOSTS,
    remedy="homestay#hosts",
    hint=_COUNTRY,
)
def host_number_fits(host: Subject[Host], facts: TripFacts, law: Law) -> Several:
    due = facts.dossier.homestay.list_due_on
    if host.value.phone:
        yield from _elsewhere(host, "phone", facts.homestay_country, facts)
    elif due is None or law.on > due:
        yield Missing(
            f"{host.ja}の「電話番号」が未入力です。国番号から書いてください。",
            f"{host.en}: “Telephone” is not filled in. Write it from the country code.",
            "phone",
        )


def _elsewhere(subject: Subject[Any], at: str, where: str | None, facts: TripFacts) -> Iterator[Fault]:
    typed = getattr(subject.value, at)
    problem = belongs_elsewhere(typed, where, facts) if where else None
    if problem and where:
        field = type(subject.value).model_fields[at]
        yield Fault(
            f"{subject.ja}は{country(where).ja}にありますが、「{field.title}」は{problem.message}。",
            f"{subject.en} is in {country(where).en}, but: {problem.english}.",
            at,
        )


@BOOK.rule(
    "CO55",
    "留守校の連絡先の人が旅行に行かない",
    "The home contact does not travel",
    cites=_HOME,
    severity=BLOCK,
    each=HOME_CONTACTS,
    needs=("name",),
    remedy="home#name",
    hint=("旅行中も日本で連絡を受けられる人にしてください。", "Somebody who stays in Japan."),
)
def home_contact_stays(contact: Subject[HomeContact], facts: TripFacts, law: Law) -> Several:
    travelling = same_person(contact.value.name or "", facts.bare_names)
    if travelling is not None:
        person = facts.people_by_name[travelling]
        yield Fault(
            f"{contact.ja}は{person.ja}として参加者名簿にいます。旅行に行かない人を連絡先にしてください。",
            f"{contact.en} is {person.en} in the roster. Name somebody who stays at home.",
        )
    for at in ("night_phone", "holiday_phone"):
        number = getattr(contact.value, at)
        carrier = next((words for words, carried in _carried(facts) if same_number(number, carried)), None)
        if carrier:
            yield Fault(
                f"{contact.ja}の{type(contact.value).model_fields[at].title}が、旅行に持っていく{carrier[0]}と同じです。"
                "日本で出られる番号にしてください。",
                f"{contact.en}: the number is that of {carrier[1]}, who travels. Give one that is answered in Japan.",
                at,
            )


def _carried(facts: TripFacts) -> tuple[tuple[tuple[str, str], str | None], ...]:
    dossier = facts.dossier
    return (
        (("旅行団責任者の携帯電話", "the leader"), dossier.leader.mobile),
        (("添乗員の携帯電話", "the conductor"), dossier.conductor.mobile),
    )


@BOOK.rule(
    "CO56",
    "旅行団責任者が参加者名簿にいる",
    "The leader is in the roster",
    cites=_LEADER,
    severity=BLOCK,
    each=LEADER,
    needs=("participant",),
    remedy="leader#participant",
    hint=("いっしょに旅行する人から選んでください。", "Choose somebody who travels."),
)
def leader_travels(leader: Subject[Leader], facts: TripFacts, law: Law) -> Outcomes:
    return _not_travelling(leader, "participant", leader.value.participant, facts)


@BOOK.rule(
    "CO57",
    "添乗員が参加者名簿にいる",
    "The conductor is in the roster",
    cites=_AGENT,
    severity=WARN,
    each=CONDUCTOR,
    remedy="agents#conductor",
    needs=("participant",),
    when=lambda subject, facts, law: _no_conductor(facts),
    hint=("名簿の添乗員から選んでください。", "Choose a conductor of the roster."),
)
def conductor_travels(conductor: Subject[Conductor], facts: TripFacts, law: Law) -> Outcomes:
    missing = _not_travelling(conductor, "participant", conductor.value.participant, facts)
    person = facts.person(conductor.value.participant)
    if missing or person is None or person.value.role is ParticipantRole.CONDUCTOR:
        return missing
    return Fault(
        f"添乗員に選ばれている{person.ja}は、名簿の区分が「{person.value.role.label}」です。どちらかを直してください。",
        f"The conductor, {person.en}, has the role “{person.value.role.english}” in the roster. Mend either.",
    )


def _no_conductor(facts: TripFacts) -> Outcomes:
    entered = facts.dossier.conductor.participant or facts.dossier.conductor.mobile
    if entered or facts.roles[ParticipantRole.CONDUCTOR]:
        return None
    return NotApplicable("添乗員は同行しません", "No conductor travels")


@BOOK.rule(
    "CO58",
    "班の責任者が参加者名簿にいる",
    "Every group's leader is in the roster",
    cites=_LEADER,
    severity=WARN,
    each=GROUPS,
    needs=("leader",),
    remedy="outline#groups",
    hint=("その班といっしょに旅行する引率者を選んでください。", "An escort who travels with the group."),
)
def group_leader_travels(group: Subject[Group], facts: TripFacts, law: Law) -> Outcomes:
    missing = _not_travelling(group, "leader", group.value.leader, facts)
    person = facts.person(group.value.leader)
    if missing or person is None:
        return missing
    if person.value.role is ParticipantRole.STUDENT or person.value.group not in (None, group.value.key):
        which = facts.group_names.get(person.value.group or "", "班なし")
        return Fault(
            f"{group.ja}の責任者{person.ja}は、名簿では区分「{person.value.role.label}」、班「{which}」です。"
            "その班と行動する引率者を選んでください。",
            f"{person.en}, who leads {group.en}, is “{person.value.role.english}” in “{which}”. Choose again.",
        )
    return None


def _not_travelling(subject: Subject[Any], at: str, key: str | None, facts: TripFacts) -> Fault | None:
    if not facts.dossier.participants or facts.person(key):
        return None
    return Fault(
        f"{subject.ja}に選ばれている人({key})が参加者名簿にいません。名簿に入れるか、選び直してください。",
        f"{subject.en}: the chosen person ({key}) is not in the roster. Enter or choose again.",
        at,
    )


@BOOK.rule(
    "CO59",
    "休日の番号と「夜間と同じ」の答えが合う",
    "The holiday number agrees with the answer “same as at night”",
    cites=("別添三 三",),
    severity=WARN,
    each=HOME_CONTACTS,
    needs=("night_phone",),
    remedy="home#holiday_phone",
    hint=("違う番号なら「休日も夜間と同じ番号」の選択を外してください。", "If they differ, clear the box."),
)
def holiday_answer_agrees(contact: Subject[HomeContact], facts: TripFacts, law: Law) -> Outcomes:
    part = contact.value
    if not (part.holiday_same_as_night and part.holiday_phone):
        return None
    if same_number(part.night_phone, part.holiday_phone):
        return None
    return Fault(
        f"{contact.ja}は「休日も夜間と同じ番号」としていますが、休日の連絡先に夜間と違う番号があります。どちらかを直してください。",
        f"{contact.en}: the holiday number is said to be the night number, but another is entered. Mend either.",
        "holiday_phone",
    )


@BOOK.rule(
    "CO61",
    "泊まる都市ごとに最寄りの在外公館がある",
    "A mission stands for every city with a night",
    cites=_MISSION,
    severity=BLOCK,
    each=BEDS,
    needs=("city",),
    remedy="missions#cities",
    hint=("公館の「受け持つ都市」に、泊まる都市を入れてください。", "Enter the city with its nearest mission."),
)
def mission_for_the_city(stay: Subject[Stay], facts: TripFacts, law: Law) -> Outcomes:
    where, city = facts.country_of(stay.value), stay.value.city
    if not facts.missions:
        return None  # said by A141
    for mission in facts.missions:
        here = mission.value.country in (where, None) or where is None
        if here and (not mission.value.cities or any(same_city(city, name) for name in mission.value.cities)):
            return None
    listed = joined(f"「{mission.value.name or mission.ja}」" for mission in facts.missions)
    return Fault(
        f"{stay.ja}のある「{city}」を受け持つ在外公館がありません(入っているのは{listed})。最寄りの公館の"
        "「受け持つ都市」に入れるか、公館を足してください。",
        f"No mission stands for “{city}”, where {stay.en} is. Add the city to its nearest mission.",
        "/missions",
    )


@BOOK.rule(
    "CO62",
    "在外公館が訪ねる国にある",
    "Missions are in countries that are visited",
    cites=_MISSION,
    severity=WARN,
    each=MISSIONS,
    needs=("country",),
    remedy="missions#country",
    hint=("訪ねない国の公館は消してください。", "Remove missions of countries not visited."),
)
def mission_in_a_visited_country(mission: Subject[Mission], facts: TripFacts, law: Law) -> Outcomes:
    code = mission.value.country or ""
    if code in facts.countries or not facts.countries:
        return None
    visited = joined(country(other).ja for other in sorted(facts.countries))
    return Fault(
        f"{mission.ja}は{country(code).ja}の公館ですが、訪問先は{visited}です。どちらかを直してください。",
        f"{mission.en} is in {country(code).en}, which is not visited. Mend either.",
    )
