"""The trip of the story: six people to Taipei for three days, planned from any day on which the test runs.

Here: the value that is typed and later looked for on the paper. Not here: typing it (typist), the steps (test_story).
"""

from __future__ import annotations

import datetime as dt

from portal.demo.organisations import demo_organisation
from portal.dossier.types import (
    Activity,
    Agent,
    AgentRole,
    Assistance,
    Benefit,
    BenefitKind,
    Conductor,
    ContactRole,
    ContractType,
    Destination,
    Dossier,
    Emergency,
    Group,
    Handover,
    HomeContact,
    Homestay,
    Leader,
    Leg,
    Mission,
    Outline,
    Participant,
    ParticipantRole,
    PartyFigures,
    Policy,
    Readiness,
    School,
    Sex,
    Stay,
    TripKind,
)

SCHOOL = "mihon-gakuen-high"
AHEAD = dt.timedelta(weeks=12)
_DAY = dt.timedelta(days=1)
_JAPAN, _TAIWAN = "0081", "0886"
_TOKYO, _TAIPEI = "Asia/Tokyo", "Asia/Taipei"


def small_trip(*, on: dt.date) -> Dossier:
    """The plan as the school writes it on day ``on``; it may be submitted that day under the 2003 notices."""
    departs = on + AHEAD
    returns = departs + 2 * _DAY
    people = pupils(on=on) + adults()
    return Dossier(
        demo=True,
        school=_school(),
        outline=_outline(on, departs, returns, people),
        groups=(Group(key="g1", name="A班", departs_on=departs, returns_on=returns, leader="e1"),),
        destinations=(_destination(on),),
        legs=_legs(departs, returns),
        activities=_activities(departs, returns),
        home_contacts=_home_contacts(),
        stays=(_stay(departs, returns),),
        homestay=Homestay(used=False),
        leader=Leader(participant="e1", mobile="090-0000-5821", roaming=True),
        agents=_agents(),
        conductor=Conductor(participant="c1", mobile="090-0000-5822"),
        missions=(_mission(on),),
        emergency=_emergency(on),
        policies=(_policy(departs, returns),),
        handover=Handover(itinerary_on=on - 3 * _DAY, blood_list_on=on - 2 * _DAY, school_liability=500_000_000),
        participants=people,
        readiness=_readiness(on),
    )


def pupils(*, on: dt.date) -> tuple[Participant, ...]:
    """Four pupils of the second year whose names the coding of old Excel files can hold."""
    rows = (
        ("髙橋　結衣", "たかはし　ゆい", "TAKAHASHI", "YUI", Sex.FEMALE, 38),
        ("山﨑　蒼太", "やまさき　そうた", "YAMASAKI", "SOTA", Sex.MALE, 129),
        ("德永　莉子", "とくなが　りこ", "TOKUNAGA", "RIKO", Sex.FEMALE, 260),
        ("濵口　湊", "はまぐち　みなと", "HAMAGUCHI", "MINATO", Sex.MALE, 355),
    )
    return tuple(
        Participant(
            key=f"s{number}",
            name=name,
            kana=kana,
            passport_surname=surname,
            passport_given=given,
            born_on=_first_birthday(on + AHEAD) + days * _DAY,
            sex=sex,
            grade="2",
            class_name="3",
            number=str(number),
            nationality=_JAPAN,
            passport_expires_on=dt.date(on.year + 4, 6, number),
            group="g1",
            consented_on=on - 20 * _DAY,
        )
        for number, (name, kana, surname, given, sex, days) in enumerate(rows, start=1)
    )


def _first_birthday(departs: dt.date) -> dt.date:
    """The earliest birthday in the second year of a high school on the day of departure."""
    school_year = departs.year - (departs.month < 4)
    return dt.date(school_year - 17, 4, 2)


def adults() -> tuple[Participant, ...]:
    """The escort and the conductor; their names need more than old Excel files hold."""
    return (
        Participant(
            key="e1",
            role=ParticipantRole.ESCORT,
            name="葛󠄀西　誠",
            kana="かさい　まこと",
            passport_surname="KASAI",
            passport_given="MAKOTO",
            born_on=dt.date(1979, 11, 3),
            sex=Sex.MALE,
            nationality=_JAPAN,
            passport_expires_on=dt.date(2039, 3, 14),
            group="g1",
        ),
        Participant(
            key="c1",
            role=ParticipantRole.CONDUCTOR,
            name="𠮷岡　千尋",
            kana="よしおか　ちひろ",
            passport_surname="YOSHIOKA",
            passport_given="CHIHIRO",
            born_on=dt.date(1991, 2, 8),
            sex=Sex.FEMALE,
            nationality=_JAPAN,
            passport_expires_on=dt.date(2038, 9, 30),
            group="g1",
        ),
    )


def _school() -> School:
    """What the portal knows of the organisation and fills in by itself."""
    org = demo_organisation(SCHOOL)
    return School(
        name=org.name,
        kana=org.kana,
        english_name=org.english_name,
        founder=org.founder,
        kind=org.school_kind,
        postcode=org.postcode,
        address=org.address,
        phone=org.phone,
        fax=org.fax,
        email=org.email,
        principal=org.head_name,
    )


def _outline(on: dt.date, departs: dt.date, returns: dt.date, people: tuple[Participant, ...]) -> Outline:
    return Outline(
        title="国際文化科 台北研修旅行",
        kind=TripKind.STUDY_TRIP,
        purpose="姉妹校の授業に加わり、互いの町の水害への備えを調べて発表する。",
        departs_on=departs,
        returns_on=returns,
        assembles_at=_at(departs, 7, 10),
        dismissed_at=_at(returns, 20, 30),
        contract=ContractType.ORDERED,
        cost_per_head=98_000,
        cost_breakdown="航空券 52,000円、宿泊と食事 29,000円、交通 9,000円、保険 3,000円、企画料 5,000円",
        grade="2年",
        enrolled=5,
        non_participants=1,
        non_participant_care="校内で同じ課題を調べ、発表をオンラインで聞く。",
        previsit_on=on - 90 * _DAY,
        previsit_by="教頭",
        party=PartyFigures(students=4, escorts=1, others=1, male=3, female=3, total=len(people)),
    )


def _destination(on: dt.date) -> Destination:
    return Destination(
        key="d1",
        country=_TAIWAN,
        city="台北",
        zone=_TAIPEI,
        danger_level=0,
        infection_level=0,
        level_checked_on=on - 4 * _DAY,
        level_source="見本データ(外務省海外安全ホームページで確かめること)",
    )


def _legs(departs: dt.date, returns: dt.date) -> tuple[Leg, ...]:
    flight = {"carrier": "チャイナエアライン", "groups": ("g1",), "people": 6}
    out = Leg(
        key="f1",
        number="CI9157",
        origin="KIX",
        destination="TPE",
        departs_at=_at(departs, 9, 50),
        departs_zone=_TOKYO,
        arrives_at=_at(departs, 12, 5),
        arrives_zone=_TAIPEI,
        **flight,
    )
    home = Leg(
        key="f2",
        number="CI9172",
        origin="TPE",
        destination="KIX",
        departs_at=_at(returns, 13, 35),
        departs_zone=_TAIPEI,
        arrives_at=_at(returns, 17, 15),
        arrives_zone=_TOKYO,
        **flight,
    )
    return out, home


def _activities(departs: dt.date, returns: dt.date) -> tuple[Activity, ...]:
    def activity(key: str, on: dt.date, starts: int, ends: int, title: str) -> Activity:
        return Activity(key=key, on=on, starts=dt.time(starts, 20), ends=dt.time(ends), city="台北", title=title)

    return (
        activity("a1", departs, 15, 18, "見本記念公園と川沿いの水門の見学"),
        activity("a2", departs + _DAY, 9, 16, "見本高級中学(見本)で合同授業と発表会"),
        activity("a3", returns, 8, 10, "宿舎で振り返りの会"),
    )


def _home_contacts() -> tuple[HomeContact, ...]:
    return (
        HomeContact(
            key="h1",
            name="安藤　勉",
            title="副校長",
            night_phone="090-0000-5801",
            holiday_phone="070-0000-5851",
            holiday_same_as_night=False,
        ),
        HomeContact(
            key="h2",
            role=ContactRole.DEPUTY,
            name="逸見　紘一",
            title="教務主任",
            night_phone="090-0000-5802",
            holiday_same_as_night=True,
        ),
    )


def _stay(departs: dt.date, returns: dt.date) -> Stay:
    return Stay(
        key="n1",
        name="見本河畔飯店(見本)",
        local_name="見本河畔飯店 Mihon Riverside Hotel",
        address="台北市見本区河岸路7号",
        city="台北",
        country=_TAIWAN,
        phone="+886 000-0000-5101",
        checks_in=departs,
        checks_out=returns,
        people=6,
    )


def _agents() -> tuple[Agent, ...]:
    return (
        Agent(
            key="agency",
            name="見本旅行社 教育旅行課(見本)",
            licence="見本県知事登録旅行業第2-000号",
            address="見本県見本市中央5-5 見本ビル2階",
            country=_JAPAN,
            phone="088-000-5301",
            night_phone="090-0000-5301",
            person="菊地　渡",
        ),
        Agent(
            key="local",
            role=AgentRole.LOCAL,
            name="見本旅行社 台北事務所(見本)",
            address="台北市見本区例示街5号3階",
            country=_TAIWAN,
            phone="+886 000-0000-5201",
            night_phone="+886 000-0000-5202",
            person="林 見本",
        ),
    )


def _mission(on: dt.date) -> Mission:
    return Mission(
        key="m1",
        name="見本公館 台北(見本)",
        country=_TAIWAN,
        cities=("台北",),
        address="台北市見本区公館路1号",
        phone="+886 000-0000-5601",
        verified_on=on - 4 * _DAY,
        source="見本のための架空の公館",
    )


def _emergency(on: dt.date) -> Emergency:
    return Emergency(
        told_all_on=on - 5 * _DAY,
        dialling="携帯電話から日本へは、+81 に続けて最初の0を除いた番号を押す。全員が緊急連絡カードを持つ。",
        mofa_day_phone="03-3580-3311",
        mofa_night_phone="03-3580-3311",
        first_call="引率教員は、けが人の救護と安全の確保をしたうえで、直ちに留守校の連絡責任者へ電話する。",
        grave_call="重要な事件・事故のときは、最寄りの在外公館へ連絡し、学校を経由して外務省へも連絡する。",
    )


def _policy(departs: dt.date, returns: dt.date) -> Policy:
    limits = {
        BenefitKind.INJURY_DEATH: 50_000_000,
        BenefitKind.INJURY_TREATMENT: 50_000_000,
        BenefitKind.ILLNESS_TREATMENT: 50_000_000,
        BenefitKind.ILLNESS_DEATH: 10_000_000,
        BenefitKind.LIABILITY: 100_000_000,
        BenefitKind.RESCUE: 40_000_000,
    }
    return Policy(
        key="p1",
        insurer="見本海上保険株式会社(見本)",
        product="海外旅行保険(団体・研修旅行用)",
        address="見本都見本区保険町2-2 見本海上ビル",
        phone="03-0000-5401",
        phone_24h=True,
        number="MS-000-58101",
        starts_at=_at(departs, 0, 0),
        ends_at=_at(returns + _DAY, 23, 59),
        covers_all=True,
        benefits=tuple(Benefit(kind=kind, limit=limit) for kind, limit in limits.items()),
        exclusions="故意、無資格運転、戦争・内乱(見本約款)",
        assistance=Assistance(
            company="見本アシスタンス・ジャパン(見本)",
            phone="03-0000-5431",
            strong_in=(_TAIWAN,),
            strength_source="保険会社の案内書(見本)",
        ),
    )


def _readiness(on: dt.date) -> Readiness:
    return Readiness(
        orientation_on=on - 5 * _DAY,
        orientation_syllabus="緊急連絡カードと電話の掛け方、盗難・交通・水の事故の防ぎ方、保険、地震のときの避難",
        orientation_attended=4,
        parents_meeting_on=on - 30 * _DAY,
        tabireji_on=on - _DAY,
        tabireji_by="柴田 萌",
    )


def _at(day: dt.date, hour: int, minute: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute))
