"""Insurance: policies with their benefits, who is without, and what the insurer was handed.

Not here: judging it (insurance).
"""

from __future__ import annotations

from portal.dossier.types.part import Part, item, required
from portal.dossier.types.scalars import CountryCode, Day, Days, Key, Line, LocalTime, PhoneText, Prose, Short, Yen
from portal.dossier.types.vocabularies import BenefitKind


class Benefit(Part):
    kind: BenefitKind = required("補償の種類", "Kind of benefit", remedy="insurance#benefits")
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

    key: Key = required("記号", "Key")
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

    participant: Key = required("参加者", "Participant", cite=("別添二 一(三)",), remedy="insurance#opt_outs")
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
