"""The school, who stays at home, the trip as a whole and its groups.

Not here: where they go and sleep (journey), the travellers (people).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from portal.dossier.types.part import Part, item, required
from portal.dossier.types.scalars import (
    Count,
    CountryCode,
    Day,
    Key,
    Line,
    LocalTime,
    PhoneText,
    Prose,
    Short,
    Yen,
    Zone,
)
from portal.dossier.types.vocabularies import ContactRole, ContractType, FounderType, SchoolKind, TripKind


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

    key: Key = required("記号", "Key")
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
    key: Key = required("記号", "Key")
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

    key: Key = required("記号", "Key")
    name: Short | None = item("班・組の名称", "Group", remedy="outline#groups")
    departs_on: Day | None = item("出発日", "Departs", cite=("別添三 一",), remedy="outline#groups")
    returns_on: Day | None = item("帰国日", "Returns", cite=("別添三 一",), remedy="outline#groups")
    leader: Key | None = item("班の責任者", "Leader", cite=("別添一 一(三)(ロ)",), remedy="outline#groups")
