"""Where the party goes, sleeps and whom it calls: carriages, activities, stays, host families, agents, missions.

Not here: the plan as a whole (dossier), the travellers (people).
"""

from __future__ import annotations

from portal.dossier.types.part import Part, item, required
from portal.dossier.types.scalars import (
    ClockTime,
    Count,
    CountryCode,
    Day,
    Key,
    Line,
    LocalTime,
    PhoneText,
    Prose,
    Short,
    Zone,
)
from portal.dossier.types.vocabularies import AgentRole, LegMode, StayKind


class Leg(Part):
    """One carriage from place to place; times are local, each with its zone (別添三 一)."""

    key: Key = required("記号", "Key")
    mode: LegMode = item("移動手段", "Means of carriage", default=LegMode.FLIGHT, remedy="itinerary#mode")
    carrier: Short | None = item("運航会社", "Carrier", remedy="itinerary#carrier")
    number: Short | None = item("便名", "Flight or service number", cite=("別添三 一",), remedy="itinerary#number")
    operated_by: Short | None = item("共同運航の実際の会社", "Operated by", remedy="itinerary#operated_by")
    origin: Short | None = item("出発地(空港コード等)", "From", cite=("別添三 一",), remedy="itinerary#origin")
    destination: Short | None = item("到着地(空港コード等)", "To", cite=("別添三 一",), remedy="itinerary#destination")
    departs_at: LocalTime | None = item(
        "出発時刻(現地)", "Departs (local)", cite=("別添三 一",), remedy="itinerary#departs_at"
    )
    departs_zone: Zone | None = item("出発地の時刻帯", "Zone of departure", remedy="itinerary#departs_zone")
    arrives_at: LocalTime | None = item(
        "到着時刻(現地)", "Arrives (local)", cite=("別添三 一",), remedy="itinerary#arrives_at"
    )
    arrives_zone: Zone | None = item("到着地の時刻帯", "Zone of arrival", remedy="itinerary#arrives_zone")
    groups: tuple[Key, ...] = item("対象の班", "Groups", default=(), remedy="itinerary#groups", max_length=40)
    people: Count | None = item("人数", "People", cite=("別添三 七",), remedy="itinerary#people")
    to_follow_on: Day | None = item("確定予定日(未確定のとき)", "To follow on", remedy="itinerary#to_follow_on")


class Activity(Part):
    key: Key = required("記号", "Key")
    on: Day | None = item("日付(現地)", "Local date", cite=("別添三 一",), remedy="itinerary#on")
    starts: ClockTime | None = item("開始", "Starts", remedy="itinerary#starts")
    ends: ClockTime | None = item("終了", "Ends", remedy="itinerary#ends")
    city: Short | None = item("都市", "City", remedy="itinerary#city")
    title: Line | None = item("訪問先・活動", "Visit or activity", remedy="itinerary#title")
    groups: tuple[Key, ...] = item("対象の班", "Groups", default=(), remedy="itinerary#groups", max_length=40)
    free_time: bool = item("自由行動", "Free time", default=False, remedy="itinerary#free_time")
    area: Line | None = item("自由行動の範囲", "Area of free time", remedy="itinerary#area")
    group_phone: PhoneText | None = item("班の携帯電話", "Group telephone", remedy="itinerary#group_phone", cls="P3")
    risky: bool = item(
        "危険を伴う活動", "Risky activity", cite=("別添二 一(二)",), default=False, remedy="itinerary#risky"
    )
    risk_measures: Prose | None = item(
        "安全対策", "Safety measures", cite=("別添二 一(二)",), remedy="itinerary#risk_measures"
    )


class Stay(Part):
    """Consecutive nights in one place; nights run from ``checks_in`` to the day before ``checks_out``."""

    key: Key = required("記号", "Key")
    kind: StayKind = item("宿泊の種類", "Kind of stay", default=StayKind.HOTEL, remedy="lodging#kind")
    name: Line | None = item(
        "宿泊先名",
        "Name",
        cite=("別添三 四", "別添一 一(三)(イ)", "別添一 二(二)"),
        remedy="lodging#name",
    )
    local_name: Line | None = item("現地表記の名称", "Name in local script", remedy="lodging#local_name")
    address: Line | None = item(
        "住所", "Address", cite=("別添三 四", "別添一 一(三)(イ)", "別添一 二(二)"), remedy="lodging#address"
    )
    city: Short | None = item("都市", "City", remedy="lodging#city")
    country: CountryCode | None = item("国・地域(外務省コード)", "Country (MOFA code)", remedy="lodging#country")
    phone: PhoneText | None = item(
        "電話番号", "Telephone", cite=("別添三 四", "別添一 一(三)(イ)", "別添一 二(二)"), remedy="lodging#phone"
    )
    checks_in: Day | None = item("泊まる最初の日(現地)", "First night", cite=("別添三 四",), remedy="lodging#checks_in")
    checks_out: Day | None = item("出る日(現地)", "Leaves on", cite=("別添三 四",), remedy="lodging#checks_out")
    groups: tuple[Key, ...] = item("対象の班", "Groups", default=(), remedy="lodging#groups", max_length=40)
    people: Count | None = item("人数", "People", cite=("別添三 七",), remedy="lodging#people")


class Host(Part):
    """A family that takes pupils in; the list may follow, the representative may not (別添一 一(三)(ハ))."""

    key: Key = required("記号", "Key")
    family: Short | None = item(
        "受入家庭", "Host family", cite=("別添一 一(三)(ハ)",), remedy="homestay#hosts", cls="P2"
    )
    address: Line | None = item("住所", "Address", cite=("別添一 一(三)(ハ)",), remedy="homestay#hosts", cls="P3")
    phone: PhoneText | None = item(
        "電話番号", "Telephone", cite=("別添一 一(三)(ハ)",), remedy="homestay#hosts", cls="P3"
    )
    guests: tuple[Key, ...] = item("泊まる生徒", "Guests", default=(), remedy="homestay#hosts", max_length=40)


class Homestay(Part):
    used: bool | None = item(
        "ホームステイを行う", "Homestay takes place", cite=("別添一 一(三)(ハ)",), remedy="homestay#used"
    )
    representative: Short | None = item(
        "代表者氏名", "Representative", cite=("別添一 一(三)(ハ)",), remedy="homestay#representative", cls="P2"
    )
    representative_phone: PhoneText | None = item(
        "代表者の連絡先",
        "Representative's telephone",
        cite=("別添一 一(三)(ハ)",),
        remedy="homestay#representative_phone",
        cls="P3",
    )
    organisation: Line | None = item("受入団体", "Host organisation", remedy="homestay#organisation")
    list_due_on: Day | None = item("受入家庭一覧の提出予定日", "Host list to follow on", remedy="homestay#list_due_on")
    escort_lodging: Line | None = item(
        "引率教員の宿泊先", "Escorts' lodging", cite=("別添一 一(三)(ハ)",), remedy="homestay#escort_lodging"
    )


class Leader(Part):
    """The head of the party, a traveller (別添一 一(三)(ロ))."""

    participant: Key | None = item(
        "旅行団責任者", "Leader of the party", cite=("別添一 一(三)(ロ)",), remedy="leader#participant"
    )
    mobile: PhoneText | None = item(
        "現地で通じる携帯電話", "Mobile", cite=("別添一 一(三)(ロ)",), remedy="leader#mobile", cls="P3"
    )
    roaming: bool | None = item(
        "現地で使えることを確認した", "Roaming confirmed", cite=("別添一 一(三)(ロ)",), remedy="leader#roaming"
    )


class Agent(Part):
    """A travel agency or its local agent (別添三 五, 別添一 一(二))."""

    key: Key = required("記号", "Key")
    role: AgentRole = item("区分", "Role", default=AgentRole.AGENCY, remedy="agents#role")
    name: Line | None = item(
        "名称",
        "Name",
        cite=("別添三 五", "別添一 一(二)(イ)"),
        remedy="agents#name",
    )
    licence: Short | None = item("登録番号", "Licence", remedy="agents#licence")
    address: Line | None = item("住所", "Address", cite=("別添三 五", "別添一 一(二)(イ)"), remedy="agents#address")
    country: CountryCode | None = item("国・地域(外務省コード)", "Country (MOFA code)", remedy="agents#country")
    phone: PhoneText | None = item(
        "電話番号", "Telephone", cite=("別添三 五", "別添一 一(二)(イ)"), remedy="agents#phone"
    )
    night_phone: PhoneText | None = item(
        "夜間の連絡先", "Night telephone", cite=("別添一 一(二)(イ)",), remedy="agents#night_phone"
    )
    open_24h: bool = item(
        "電話番号は24時間つながる", "Telephone answers 24 hours", default=False, remedy="agents#open_24h"
    )
    person: Short | None = item(
        "旅行中の担当者", "Person during the trip", cite=("別添一 一(二)(ロ)",), remedy="agents#person", cls="P2"
    )


class Conductor(Part):
    participant: Key | None = item("添乗員", "Tour conductor", cite=("別添一 一(二)(イ)",), remedy="agents#conductor")
    mobile: PhoneText | None = item("添乗員の携帯電話", "Conductor's mobile", remedy="agents#conductor", cls="P3")


class Mission(Part):
    """The Japanese mission nearest to a place of stay (別添一 二(一)(イ))."""

    key: Key = required("記号", "Key")
    name: Line | None = item("在外公館名", "Mission", cite=("別添一 二(一)(イ)",), remedy="missions#name")
    country: CountryCode | None = item("国・地域(外務省コード)", "Country (MOFA code)", remedy="missions#country")
    cities: tuple[Short, ...] = item("受け持つ都市", "Cities", default=(), remedy="missions#cities", max_length=40)
    address: Line | None = item("住所", "Address", cite=("別添一 二(一)(イ)",), remedy="missions#address")
    phone: PhoneText | None = item("電話番号", "Telephone", cite=("別添一 二(一)(イ)",), remedy="missions#phone")
    verified_on: Day | None = item("番号を確認した日", "Verified on", remedy="missions#verified_on")
    source: Line | None = item("確認した情報源", "Source", remedy="missions#source")


class Emergency(Part):
    """What everyone in the party must know (別添一 二, 三)."""

    told_all_on: Day | None = item(
        "連絡先を参加者全員に周知した日",
        "Contacts told to all on",
        cite=("別添一 二(一)(イ)", "別添一 二(二)"),
        remedy="emergency#told_all_on",
    )
    dialling: Prose | None = item(
        "現地での電話の掛け方", "How to dial from there", cite=("別添一 二(一)(イ)",), remedy="emergency#dialling"
    )
    mofa_day_phone: PhoneText | None = item(
        "外務本省(昼間)", "Ministry by day", cite=("別添一 二(一)(ロ)",), remedy="emergency#mofa_day_phone"
    )
    mofa_night_phone: PhoneText | None = item(
        "外務本省(夜間・休日)", "Ministry at night", cite=("別添一 二(一)(ロ)",), remedy="emergency#mofa_night_phone"
    )
    first_call: Prose | None = item(
        "事故時に引率教員がする連絡", "Escorts' first calls", cite=("別添一 三(一)",), remedy="emergency#first_call"
    )
    grave_call: Prose | None = item(
        "重要な事件・事故のときの連絡", "Calls in a grave case", cite=("別添一 三(二)",), remedy="emergency#grave_call"
    )
