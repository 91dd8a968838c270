"""The closed vocabularies of a plan, each word in Japanese and English.

Not here: the properties that take them (school … dossier).
"""

from __future__ import annotations

from portal.kit.choices import LabelledEnum


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
