"""The whole request as one immutable value: what the school plans, and what the authority adds.

Here: shapes, units, titles, classes and citations. Not here: judging (rules), storing (trips), printing (documents).

Every property is optional while a plan is being written; ``None`` means 未入力. Phones are kept as typed;
``portal.kit.phones`` derives E.164. Dates are dates in Asia/Tokyo unless a property says local; instants do not
occur; local times carry their IANA zone beside them. Money is integer yen. Health and blood type never occur here.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

from portal.kit.choices import LabelledEnum
from portal.kit.text import Refused, is_plain_line, refuse_blank, refuse_control_characters, refuse_line_breaks
from portal.lawbook.edition import RosterForm

SCHEMA_VERSION = "1"


def _visible(value: str) -> str:
    return refuse_blank(refuse_control_characters(value))


def _visible_line(value: str) -> str:
    return value if is_plain_line(value) else refuse_line_breaks(_visible(value))


def _plausible_day(value: dt.date) -> dt.date:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise Refused(
            f"{FIRST_YEAR}年から{LAST_YEAR}年までの日付を書いてください",
            f"Write a date between {FIRST_YEAR} and {LAST_YEAR}",
        )
    return value


def _local_time(value: dt.datetime) -> dt.datetime:
    _plausible_day(value)
    _to_the_second(value)
    return value


def _clock_time(value: dt.time) -> dt.time:
    _to_the_second(value)
    return value


def _to_the_second(value: dt.datetime | dt.time) -> None:
    if value.tzinfo is not None:
        raise Refused(
            "現地時刻は時差を付けずに書き、時差は時刻帯の欄に書いてください",
            "Write the local time without an offset; the zone has its own property",
        )
    if value.microsecond:
        raise Refused("時刻は秒までで書いてください", "Write the time without fractions of a second")


def _existing_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise Refused(
            f"「{value}」という時刻帯はありません。Asia/Taipei のように書いてください",
            f"There is no time zone {value}; write it like Asia/Taipei",
        ) from error
    return value


FIRST_YEAR, LAST_YEAR = 1900, 2099  # the holiday and time-zone tables end there
Short = Annotated[str, StringConstraints(max_length=80, min_length=1), AfterValidator(_visible_line)]
Line = Annotated[str, StringConstraints(max_length=200, min_length=1), AfterValidator(_visible_line)]
PhoneText = Annotated[str, StringConstraints(max_length=60, min_length=1), AfterValidator(_visible_line)]
Prose = Annotated[str, StringConstraints(max_length=4000, min_length=1), AfterValidator(_visible)]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,24}$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
Zone = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]+(/[A-Za-z0-9_+-]+){0,2}$"), AfterValidator(_existing_zone)]
Yen = Annotated[int, Field(ge=0, le=10**12)]
Count = Annotated[int, Field(ge=0, le=10_000)]
Days = Annotated[int, Field(ge=1, le=1_000)]
"""A period that a contract states; its first day is day 1."""
_DAY = "(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"
_CLOCK = "[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?"
Day = Annotated[
    dt.date,
    AfterValidator(_plausible_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": f"^{_DAY}$"}),
]
LocalTime = Annotated[
    dt.datetime,
    AfterValidator(_local_time),
    WithJsonSchema({"type": "string", "pattern": f"^{_DAY}T{_CLOCK}$"}),
]
ClockTime = Annotated[
    dt.time,
    AfterValidator(_clock_time),
    WithJsonSchema({"type": "string", "pattern": f"^{_CLOCK}$"}),
]


def item(
    title: str,
    english: str,
    *,
    cite: tuple[str, ...] = (),
    remedy: str = "",
    cls: str = "P1",
    default: Any = None,
    **limits: Any,
) -> Any:
    """One property: Japanese and English title, the duties it answers, where to mend it, and its data class.

    ``cls`` is P0…P3 (trust classes); P2 and P3 values are sealed inside a frozen revision.
    """
    extra: dict[str, Any] = {"x-class": cls, "x-title-en": english}
    if cite:
        extra["x-citation"] = list(cite)
    if remedy:
        extra["x-remedy"] = remedy
    return Field(default=default, title=title, json_schema_extra=extra, **limits)


_optional = item  # for the one part that has an attribute called item


def _required(title: str, english: str, *, cite: tuple[str, ...] = (), remedy: str = "") -> Any:
    return item(title, english, cite=cite, remedy=remedy, default=...)


class Part(BaseModel):
    """Base of every part: immutable, nothing unknown accepted."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_enum_values=False, ser_json_inf_nan="null")


# --- vocabularies ---------------------------------------------------------------------------------------------


class FounderType(LabelledEnum):
    PREFECTURAL = "prefectural", "都道府県立", "Prefectural"
    DESIGNATED_CITY = "designated_city", "指定都市立", "Designated city"
    MUNICIPAL = "municipal", "市町村立", "Municipal"
    PRIVATE = "private", "私立", "Private"
    NATIONAL = "national", "国立大学附属", "Attached to a national university"
    PUBLIC_UNIVERSITY = "public_university", "公立大学法人附属", "Attached to a public university corporation"
    CORPORATE = "corporate", "株式会社立", "Founded by a company"
    UNIVERSITY = "university", "大学", "University"


class SchoolKind(LabelledEnum):
    ELEMENTARY = "elementary", "小学校", "Elementary school"
    JUNIOR_HIGH = "junior_high", "中学校", "Junior high school"
    COMPULSORY = "compulsory", "義務教育学校", "Compulsory education school"
    SECONDARY = "secondary", "中等教育学校", "Six-year secondary school"
    HIGH = "high", "高等学校", "High school"
    SPECIAL_NEEDS = "special_needs", "特別支援学校", "Special needs school"
    VOCATIONAL = "vocational", "専修学校・各種学校", "Vocational school"
    UNIVERSITY = "university", "大学", "University"


class TripKind(LabelledEnum):
    SCHOOL_TRIP = "school_trip", "海外修学旅行", "School trip"
    STUDY_TRIP = "study_trip", "海外研修旅行", "Study trip"


class ContractType(LabelledEnum):
    ADVERTISED = "advertised", "募集型企画旅行", "Advertised package"
    ORDERED = "ordered", "受注型企画旅行", "Package made to order"
    ARRANGED = "arranged", "手配旅行", "Arranged travel"
    DIRECT = "direct", "旅行会社を通さない", "Without an agent"


class ContactRole(LabelledEnum):
    CHIEF = "chief", "留守校の連絡責任者", "Responsible at home"
    DEPUTY = "deputy", "副責任者", "Deputy"


class LegMode(LabelledEnum):
    FLIGHT = "flight", "航空機", "Flight"
    RAIL = "rail", "鉄道", "Train"
    BUS = "bus", "バス", "Bus"
    SHIP = "ship", "船", "Ship"
    OTHER = "other", "その他", "Other"


class StayKind(LabelledEnum):
    HOTEL = "hotel", "ホテル等", "Hotel"
    HOMESTAY = "homestay", "ホームステイ", "Homestay"
    IN_FLIGHT = "in_flight", "機中泊", "On board an aircraft"
    ABOARD_SHIP = "aboard_ship", "船中泊", "On board a ship"
    ON_TRAIN = "on_train", "車中泊", "On a train or bus"


class AgentRole(LabelledEnum):
    AGENCY = "agency", "旅行会社", "Travel agency"
    LOCAL = "local", "現地エージェント", "Local agent"


class ParticipantRole(LabelledEnum):
    STUDENT = "student", "生徒", "Pupil"
    ESCORT = "escort", "引率", "Escort"
    CONDUCTOR = "conductor", "添乗員", "Tour conductor"
    NURSE = "nurse", "看護・養護", "Nurse"
    OTHER = "other", "その他", "Other"


class Sex(LabelledEnum):
    MALE = "male", "男", "Male"
    FEMALE = "female", "女", "Female"
    OTHER = "other", "その他・記載しない", "Other or not stated"


class BenefitKind(LabelledEnum):
    """The kinds of cover named in 別添二 二."""

    INJURY_DEATH = "injury_death", "傷害死亡・後遺傷害", "Death or impediment by injury"
    INJURY_TREATMENT = "injury_treatment", "傷害治療費用", "Treatment of injury"
    ILLNESS_TREATMENT = "illness_treatment", "疾病治療費用", "Treatment of illness"
    ILLNESS_DEATH = "illness_death", "疾病死亡", "Death by illness"
    LIABILITY = "liability", "賠償責任", "Liability"
    BELONGINGS = "belongings", "携行品", "Belongings"
    RESCUE = "rescue", "救援者費用", "Rescue expenses"
    DRIVER_LIABILITY = "driver_liability", "自動車運転者賠償責任", "Car driver's liability"


class EnteredBy(LabelledEnum):
    STAFF = "staff", "学校の職員", "School staff"
    AGENT = "agent", "旅行会社の協力者", "Travel agent's helper"


class Edition(LabelledEnum):
    Y2003 = "2003", "平成15年通知", "2003 notices"
    Y2016 = "2016", "平成28年通知", "2016 notice"
    Y2024 = "2024", "令和6年通知", "2024 notice"


class Channel(LabelledEnum):
    EMAIL = "email", "電子メール", "E-mail"
    POST = "post", "郵送", "Post"
    FAX = "fax", "ファックス", "Fax"


class Judgement(LabelledEnum):
    """The authority's own view whether the trip may take place (領保6157 記二(一))."""

    CLEAR = "clear", "支障なし", "No objection"
    CONDITIONAL = "conditional", "条件付き", "With conditions"
    REFUSED = "refused", "不可", "Not acceptable"


class TickResult(LabelledEnum):
    PRESENT = "present", "記載あり", "Present"
    MISSING = "missing", "欠落", "Missing"
    NOT_APPLICABLE = "not_applicable", "該当なし", "Not applicable"


# --- the school and its people at home ------------------------------------------------------------------------


class School(Part):
    name: Line | None = item("学校名", "School name", remedy="school#name")
    kana: Line | None = item("学校名かな", "School name in kana", remedy="school#kana")
    english_name: Line | None = item("学校名(英語)", "English name", remedy="school#english_name")
    founder: FounderType | None = item("設置者", "Founder", remedy="school#founder", cite=("文初高第七五号 記一",))
    kind: SchoolKind | None = item("学校種", "School type", remedy="school#kind")
    postcode: Short | None = item("郵便番号", "Postcode", cite=("別添三 二",), remedy="school#postcode")
    address: Line | None = item("住所", "Address", cite=("別添三 二", "別添一 一(一)(イ)"), remedy="school#address")
    phone: PhoneText | None = item(
        "電話番号", "Telephone", cite=("別添三 二", "別添一 一(一)(イ)"), remedy="school#phone"
    )
    email: Line | None = item("学校のメールアドレス", "School e-mail", remedy="school#email")
    fax: PhoneText | None = item("ファックス", "Fax", remedy="school#fax")
    principal: Short | None = item("校長名", "Principal", remedy="school#principal", cls="P2")


class HomeContact(Part):
    """A person who stays at home and answers at night (別添三 三)."""

    key: Key = _required("記号", "Key")
    role: ContactRole = item("役割", "Role", default=ContactRole.CHIEF, remedy="home#role")
    name: Short | None = item("氏名", "Name", cite=("別添三 三", "別添一 一(一)(ロ)"), remedy="home#name", cls="P2")
    title: Short | None = item("職名", "Title", remedy="home#title")
    night_phone: PhoneText | None = item(
        "夜間の連絡先", "Night telephone", cite=("別添三 三", "別添一 一(一)(ロ)"), remedy="home#night_phone", cls="P3"
    )
    holiday_phone: PhoneText | None = item(
        "休日の連絡先", "Holiday telephone", cite=("別添三 三",), remedy="home#holiday_phone", cls="P3"
    )
    holiday_same_as_night: bool | None = item(
        "休日も夜間と同じ番号", "Holiday number is the night number", remedy="home#holiday_same_as_night"
    )


class PartyFigures(Part):
    """The figures the school states, to be compared with the roster (別添三 七)."""

    students: Count | None = item("生徒数", "Pupils", cite=("別添三 七",), remedy="outline#students")
    escorts: Count | None = item("引率者数", "Escorts", cite=("別添三 七",), remedy="outline#escorts")
    others: Count | None = item("添乗員・看護・その他の人数", "Conductors, nurses, others", remedy="outline#others")
    male: Count | None = item("男", "Male", cite=("別添三 七",), remedy="outline#male")
    female: Count | None = item("女", "Female", cite=("別添三 七",), remedy="outline#female")
    total: Count | None = item("合計参加者数", "Total", cite=("別添三 七",), remedy="outline#total")


class Outline(Part):
    title: Line | None = item("旅行名", "Trip title", remedy="outline#title")
    kind: TripKind | None = item("種別", "Kind", remedy="outline#kind")
    purpose: Prose | None = item("目的", "Educational aim", remedy="outline#purpose")
    departs_on: Day | None = item(
        "出発日(日本を離れる日)",
        "Departure from Japan",
        cite=("領保第六一五七号 記二(二)", "別添三 一"),
        remedy="outline#departs_on",
    )
    returns_on: Day | None = item("帰国日", "Return to Japan", remedy="outline#returns_on")
    assembles_at: LocalTime | None = item(
        "集合日時(日本時間)", "Assembly", cite=("別添三 一",), remedy="outline#assembles_at"
    )
    dismissed_at: LocalTime | None = item(
        "解散日時(日本時間)", "Dismissal", cite=("別添三 一",), remedy="outline#dismissed_at"
    )
    contract: ContractType | None = item("旅行契約の形態", "Contract type", remedy="outline#contract")
    cost_per_head: Yen | None = item("一人当たりの費用(円)", "Cost per head (yen)", remedy="outline#cost_per_head")
    cost_breakdown: Prose | None = item("費用の内訳", "Cost breakdown", remedy="outline#cost_breakdown")
    grade: Short | None = item("対象学年", "Grade", remedy="outline#grade")
    enrolled: Count | None = item("在籍者数", "Enrolled", remedy="outline#enrolled")
    non_participants: Count | None = item("不参加者数", "Not taking part", remedy="outline#non_participants")
    non_participant_care: Prose | None = item(
        "不参加者への措置", "Measures for those who stay", remedy="outline#non_participant_care"
    )
    previsit_on: Day | None = item("下見の実施日", "Pre-visit on", remedy="outline#previsit_on")
    previsit_by: Short | None = item("下見の実施者", "Pre-visit by", remedy="outline#previsit_by", cls="P2")
    previsit_none_reason: Prose | None = item(
        "下見を行わない理由", "Why no pre-visit", remedy="outline#previsit_none_reason"
    )
    party: PartyFigures = item("参加人数", "Party figures", default=PartyFigures())


class Destination(Part):
    key: Key = _required("記号", "Key")
    country: CountryCode | None = item("国・地域(外務省コード)", "Country (MOFA code)", remedy="destinations#country")
    city: Short | None = item("都市", "City", remedy="destinations#city")
    zone: Zone | None = item("現地の時刻帯", "Time zone", remedy="destinations#zone")
    transit: bool = item("乗継ぎのみ", "Transit only", default=False, remedy="destinations#transit")
    danger_level: Annotated[int, Field(ge=0, le=4)] | None = item(
        "危険情報レベル", "Danger level", remedy="destinations#danger_level"
    )
    infection_level: Annotated[int, Field(ge=0, le=4)] | None = item(
        "感染症危険情報レベル", "Infection level", remedy="destinations#infection_level"
    )
    level_checked_on: Day | None = item("確認日", "Checked on", remedy="destinations#level_checked_on")
    level_source: Line | None = item("確認した情報源", "Source", remedy="destinations#level_source")
    assessment: Prose | None = item("危険情報の検討結果", "Assessment", remedy="destinations#assessment")


class Group(Part):
    """A part of the party with its own dates, flights and leader."""

    key: Key = _required("記号", "Key")
    name: Short | None = item("班・組の名称", "Group", remedy="outline#groups")
    departs_on: Day | None = item("出発日", "Departs", cite=("別添三 一",), remedy="outline#groups")
    returns_on: Day | None = item("帰国日", "Returns", cite=("別添三 一",), remedy="outline#groups")
    leader: Key | None = item("班の責任者", "Leader", cite=("別添一 一(三)(ロ)",), remedy="outline#groups")


# --- itinerary and beds ---------------------------------------------------------------------------------------


class Leg(Part):
    """One carriage from place to place; times are local, each with its zone (別添三 一)."""

    key: Key = _required("記号", "Key")
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
    key: Key = _required("記号", "Key")
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

    key: Key = _required("記号", "Key")
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

    key: Key = _required("記号", "Key")
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

    key: Key = _required("記号", "Key")
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

    key: Key = _required("記号", "Key")
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


# --- insurance ------------------------------------------------------------------------------------------------


class Benefit(Part):
    kind: BenefitKind = _required("補償の種類", "Kind of benefit", remedy="insurance#benefits")
    limit: Yen | None = item(
        "支払限度額(円)",
        "Limit (yen)",
        cite=("別添二 二", "別添二 三"),
        remedy="insurance#benefits",
    )
    unlimited: bool = item(
        "無制限",
        "Unlimited",
        cite=("別添二 二", "別添二 三"),
        default=False,
        remedy="insurance#benefits",
    )
    deductible: Yen | None = item("免責金額(円)", "Deductible (yen)", remedy="insurance#benefits")
    shared_with: tuple[BenefitKind, ...] = item(
        "限度額を共有する補償", "Shares its limit with", default=(), remedy="insurance#benefits", max_length=8
    )


class Assistance(Part):
    company: Line | None = item("アシスタンス会社", "Assistance company", remedy="insurance#assistance")
    phone: PhoneText | None = item(
        "電話番号",
        "Telephone",
        cite=("別添二 一(一)", "別添二 五(二)"),
        remedy="insurance#assistance",
    )
    strong_in: tuple[CountryCode, ...] = item(
        "強い国・地域(外務省コード)",
        "Countries of strength",
        default=(),
        cite=("別添二 五(三)",),
        remedy="insurance#assistance",
        max_length=60,
    )
    strength_source: Line | None = item("強い地域の根拠", "Source of strength", remedy="insurance#assistance")


class Policy(Part):
    """One insurance contract covering travellers (別添三 六, 別添二)."""

    key: Key = _required("記号", "Key")
    insurer: Line | None = item("保険会社", "Insurer", cite=("別添三 六",), remedy="insurance#insurer")
    product: Line | None = item("保険種目・商品名", "Product", remedy="insurance#product")
    address: Line | None = item("住所", "Address", cite=("別添三 六",), remedy="insurance#address")
    phone: PhoneText | None = item("電話番号", "Telephone", cite=("別添三 六",), remedy="insurance#phone")
    phone_24h: bool | None = item(
        "24時間つながる",
        "Answers 24 hours",
        cite=("別添二 一(一)", "別添二 五(二)"),
        remedy="insurance#phone_24h",
    )
    number: Short | None = item("証券番号", "Policy number", remedy="insurance#number")
    starts_at: LocalTime | None = item(
        "保険期間の開始(日本時間)",
        "Cover starts",
        cite=("別添二 一(三)", "別添二 五(一)"),
        remedy="insurance#starts_at",
    )
    ends_at: LocalTime | None = item(
        "保険期間の終了(日本時間)",
        "Cover ends",
        cite=("別添二 一(三)", "別添二 五(一)"),
        remedy="insurance#ends_at",
    )
    covers_all: bool | None = item(
        "未加入者を除く全員が被保険者",
        "Covers all but opt-outs",
        cite=("別添二 一(三)", "別添二 五(一)"),
        remedy="insurance#covers_all",
    )
    insured: tuple[Key, ...] = item(
        "被保険者(一部のとき)",
        "Insured persons",
        cite=("別添二 一(三)", "別添二 五(一)"),
        default=(),
        remedy="insurance#insured",
    )
    benefits: tuple[Benefit, ...] = item(
        "補償項目",
        "Benefits",
        cite=("別添二 一(二)", "別添二 二"),
        default=(),
        remedy="insurance#benefits",
        max_length=20,
    )
    exclusions: Prose | None = item(
        "支払われない場合", "Exclusions", cite=("別添二 一(二)",), remedy="insurance#exclusions"
    )
    claim_notice_days: Days | None = item(
        "事故の連絡の期限(日)", "Report accidents within (days)", remedy="insurance#claim_notice_days"
    )
    claim_cost_days: Days | None = item(
        "治療費が対象になる期間(日)", "Treatment costs count for (days)", remedy="insurance#claim_cost_days"
    )
    claim_days_source: Line | None = item(
        "日数の出典(約款の条など)", "Source of these days", remedy="insurance#claim_days_source"
    )
    assistance: Assistance = item("アシスタンス会社", "Assistance", default=Assistance())


class OptOut(Part):
    """A written statement not to be insured (別添二 一(三))."""

    participant: Key = _required("参加者", "Participant", cite=("別添二 一(三)",), remedy="insurance#opt_outs")
    signed_on: Day | None = item("書面の日付", "Signed on", cite=("別添二 一(三)",), remedy="insurance#opt_outs")
    guardian_signed: bool | None = item(
        "保護者の署名がある", "Guardian signed", cite=("別添二 一(三)",), remedy="insurance#opt_outs"
    )


class Handover(Part):
    """What was given to the assistance company through the insurer (別添二 五(四))."""

    itinerary_on: Day | None = item(
        "日程・行程を渡した日", "Itinerary handed over on", cite=("別添二 五(四)",), remedy="insurance#handover"
    )
    blood_list_on: Day | None = item(
        "血液型リストを渡した日", "Blood list handed over on", cite=("別添二 五(四)",), remedy="insurance#handover"
    )
    school_liability: Yen | None = item(
        "学校賠償責任保険の限度額(円)", "School liability (yen)", remedy="insurance#handover"
    )


# --- people ---------------------------------------------------------------------------------------------------


class Participant(Part):
    """One traveller; names exactly as typed. No passport number, health, blood type or guardian's telephone."""

    key: Key = _required("記号", "Key")
    role: ParticipantRole = item("区分", "Role", default=ParticipantRole.STUDENT, remedy="roster#role")
    name: Short | None = item("氏名", "Name", cite=("別添三 七",), remedy="roster#name", cls="P2")
    kana: Short | None = item("かな", "Kana", remedy="roster#kana", cls="P2")
    passport_surname: Short | None = item("旅券の姓(ローマ字)", "Passport surname", remedy="roster#passport", cls="P3")
    passport_given: Short | None = item("旅券の名(ローマ字)", "Passport given name", remedy="roster#passport", cls="P3")
    born_on: Day | None = item("生年月日", "Date of birth", cite=("別添三 七",), remedy="roster#born_on", cls="P3")
    sex: Sex | None = item("性別", "Sex", cite=("別添三 七",), remedy="roster#sex", cls="P2")
    grade: Short | None = item("学年", "Grade", remedy="roster#grade", cls="P2")
    class_name: Short | None = item("組", "Class", remedy="roster#class_name", cls="P2")
    number: Short | None = item("番号", "Number", remedy="roster#number", cls="P2")
    nationality: CountryCode | None = item(
        "国籍(外務省コード)", "Nationality (MOFA code)", remedy="roster#nationality", cls="P3"
    )
    passport_expires_on: Day | None = item("旅券の有効期限", "Passport expires on", remedy="roster#passport", cls="P3")
    group: Key | None = item("班", "Group", remedy="roster#group", cls="P2")
    room: Short | None = item("部屋", "Room", remedy="roster#room", cls="P2")
    guardian_recorded: bool = item(
        "保護者の連絡先を登録済み", "Guardian recorded", default=False, remedy="roster#guardian", cls="P2"
    )
    consented_on: Day | None = item("保護者の同意日", "Guardian consented on", remedy="roster#consented_on", cls="P2")


# --- readiness, authorship, request ---------------------------------------------------------------------------


class Readiness(Part):
    orientation_on: Day | None = item(
        "事前指導(安全オリエンテーション)の実施日", "Orientation on", remedy="readiness#orientation_on"
    )
    orientation_syllabus: Prose | None = item("指導内容", "Syllabus", remedy="readiness#orientation_syllabus")
    orientation_attended: Count | None = item("出席者数", "Attended", remedy="readiness#orientation_attended")
    orientation_makeup: Prose | None = item("欠席者への補講", "Make-up", remedy="readiness#orientation_makeup")
    parents_meeting_on: Day | None = item(
        "保護者説明会の実施日", "Parents' meeting on", remedy="readiness#parents_meeting_on"
    )
    tabireji_on: Day | None = item("たびレジの登録日", "Tabireji registered on", remedy="readiness#tabireji_on")
    tabireji_by: Short | None = item(
        "たびレジの登録者", "Tabireji registered by", remedy="readiness#tabireji_by", cls="P2"
    )
    mext_copy_on: Day | None = item(
        "文部科学省への提出日", "Copy to the ministry of education on", remedy="readiness#mext_copy_on"
    )


class Confirmation(Part):
    """Who entered a section and whether a teacher made it the school's own (15初国教第25号)."""

    section: Short = _required("欄", "Section", remedy="submit#confirmations")
    entered_by: EnteredBy = item("入力した人", "Entered by", default=EnteredBy.STAFF, remedy="submit#confirmations")
    confirmed_on: Day | None = item(
        "職員が確認した日", "Confirmed by staff on", cite=("15初国教第25号",), remedy="submit#confirmations"
    )


class Letter(Part):
    """The authority's covering letter 依頼書, fixed before rendering."""

    number: Short | None = item("文書番号", "Document number")
    dated_on: Day | None = item("文書日付", "Date of letter")
    channel: Channel | None = item("送付方法", "Channel")
    addressee: Line | None = item("宛先", "Addressee", cite=("文初高第七五号 記一",), remedy="letter#addressee")
    sender_body: Line | None = item("発信機関", "Sending authority")
    sender_title: Short | None = item(
        "発信者職名", "Sender's title", cite=("文初高第七五号 記一",), remedy="letter#sender_title"
    )
    sender_name: Short | None = item("発信者氏名", "Sender's name", cls="P2")
    section: Line | None = item("担当課", "Section in charge")
    person: Short | None = item("担当者", "Person in charge", cls="P2")
    phone: PhoneText | None = item("電話番号", "Telephone")
    email: Line | None = item("メールアドレス", "E-mail")
    seal_omitted: bool = item("公印省略", "Seal omitted", default=True)
    roster: RosterForm | None = item("名簿の扱い", "What is sent of the roster")
    wanted: Prose | None = item(
        "希望する情報", "Information wanted", cite=("文初高第七五号 記一",), remedy="letter#wanted"
    )


class Tick(Part):
    """The officer's own tick on one item of 別添三; never derived from the rules."""

    item: Key = _required("別添三の項目", "Item of 別添三")
    result: TickResult = _required("照合の結果", "Result")
    note: Prose | None = _optional("所見", "Remark")


class Decision(Part):
    judgement: Judgement | None = item(
        "実施の是非", "Judgement", cite=("領保第六一五七号 記二(一)",), remedy="review#judgement"
    )
    reasons: Prose | None = item(
        "理由・条件", "Reasons and conditions", cite=("領保第六一五七号 記二(一)",), remedy="review#reasons"
    )
    decided_on: Day | None = item(
        "判断日", "Decided on", cite=("領保第六一五七号 記二(一)",), remedy="review#decided_on"
    )
    decided_by: Line | None = item("判断者(職名)", "Decided by (title)")


class Request(Part):
    """What the authority adds; empty parts print as 未記入 and the header says 案."""

    letter: Letter = item("依頼書", "Letter of request", default=Letter())
    ticks: tuple[Tick, ...] = item(
        "別添三の照合",
        "Check against 別添三",
        default=(),
        cite=("領保第六一五七号 記二(一)",),
        remedy="review#ticks",
        max_length=40,
    )
    decision: Decision = item("実施の判断", "Decision", default=Decision())
    mofa_called_on: Day | None = item("外務省へ電話した日(期限後のとき)", "Telephone call to the ministry on")
    mofa_called_note: Prose | None = item("電話の内容", "Note of the call")


class Dossier(Part):
    """The canonical value that rules judge, packets print and revisions freeze."""

    schema_version: Annotated[str, StringConstraints(pattern="^1$")] = item(
        "書式の版", "Schema version", default=SCHEMA_VERSION
    )
    trip_no: Key | None = item("旅行番号", "Trip number")
    revision: Annotated[int, Field(ge=1, le=9999)] | None = item("版", "Revision")
    demo: bool = item("見本", "Specimen", default=False)
    as_of: Day | None = item("判定の基準日(見本用)", "Judge as of (specimens)")
    edition: Edition = item("適用する通知の版", "Edition of the notices", default=Edition.Y2003)
    school: School = item("学校", "School", default=School())
    home_contacts: tuple[HomeContact, ...] = item(
        "留守校の連絡先",
        "Home contacts",
        default=(),
        cite=("別添三 三", "別添一 一(一)(ロ)"),
        remedy="home",
        max_length=10,
    )
    outline: Outline = item("旅行概要", "Outline", default=Outline())
    destinations: tuple[Destination, ...] = item(
        "訪問先", "Destinations", default=(), remedy="destinations", max_length=60
    )
    groups: tuple[Group, ...] = item("班", "Groups", default=(), remedy="outline#groups", max_length=40)
    legs: tuple[Leg, ...] = item(
        "便・移動", "Legs", default=(), cite=("別添三 一",), remedy="itinerary", max_length=400
    )
    activities: tuple[Activity, ...] = item("行程", "Activities", default=(), remedy="itinerary", max_length=1000)
    stays: tuple[Stay, ...] = item(
        "宿泊",
        "Stays",
        default=(),
        cite=("別添三 四", "別添一 一(三)(イ)"),
        remedy="lodging",
        max_length=200,
    )
    homestay: Homestay = item("ホームステイ", "Homestay", default=Homestay())
    hosts: tuple[Host, ...] = item(
        "受入家庭一覧",
        "Host families",
        cite=("別添一 一(三)(ハ)",),
        default=(),
        remedy="homestay#hosts",
        max_length=2000,
    )
    leader: Leader = item("旅行団責任者", "Leader", default=Leader())
    agents: tuple[Agent, ...] = item(
        "旅行会社・現地エージェント",
        "Agents",
        default=(),
        cite=("別添三 五", "別添一 一(二)(イ)"),
        remedy="agents",
        max_length=40,
    )
    no_local_agent_reason: Line | None = item(
        "現地エージェント「該当なし」の理由",
        "Why no local agent",
        cite=("別添三 五", "別添一 一(二)(イ)"),
        remedy="agents#no_local_agent_reason",
    )
    conductor: Conductor = item("添乗員", "Conductor", default=Conductor())
    missions: tuple[Mission, ...] = item(
        "在外公館", "Missions", default=(), cite=("別添一 二(一)(イ)",), remedy="missions", max_length=60
    )
    emergency: Emergency = item("緊急連絡体制", "Emergency contacts", default=Emergency())
    policies: tuple[Policy, ...] = item(
        "保険契約",
        "Policies",
        default=(),
        cite=("別添三 六", "別添二 一(三)"),
        remedy="insurance",
        max_length=20,
    )
    opt_outs: tuple[OptOut, ...] = item(
        "保険未加入の意思表明",
        "Opt-outs",
        cite=("別添二 一(三)",),
        default=(),
        remedy="insurance#opt_outs",
        max_length=4000,
    )
    handover: Handover = item("保険会社への引渡し", "Hand-over to the insurer", default=Handover())
    participants: tuple[Participant, ...] = item(
        "参加者名簿", "Roster", default=(), cite=("別添三 七",), remedy="roster", max_length=5000
    )
    readiness: Readiness = item("準備", "Readiness", default=Readiness())
    confirmations: tuple[Confirmation, ...] = item("職員による確認", "Staff confirmations", default=(), max_length=40)
    late_filing_reason: Prose | None = item(
        "期限後提出の理由", "Reason for late filing", remedy="submit#late_filing_reason"
    )
    request: Request = item("依頼(所管庁の記入欄)", "Request (the authority's part)", default=Request())
