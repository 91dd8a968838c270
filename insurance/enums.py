"""The vocabularies of insurance beyond the dossier's own. Not here: kinds of benefit (portal.dossier.types)."""

from __future__ import annotations

from portal.kit.choices import LabelledEnum


class Cause(LabelledEnum):
    """What a benefit asks about first: 別添二 二 keeps injury and illness apart."""

    INJURY = "injury", "けが", "Injury"
    ILLNESS = "illness", "病気", "Illness"


class CoverLine(LabelledEnum):
    """The benefits of 別添二 二, one a line as a policy pays them."""

    INJURY_DEATH = "injury_death", "傷害死亡", "Death by injury"
    IMPEDIMENT = "impediment", "後遺障害", "Physical impediment"
    INJURY_TREATMENT = "injury_treatment", "傷害治療費用", "Treatment of injury"
    ILLNESS_TREATMENT = "illness_treatment", "疾病治療費用", "Treatment of illness"
    ILLNESS_DEATH = "illness_death", "疾病死亡", "Death by illness"
    LIABILITY = "liability", "賠償責任", "Liability"
    BELONGINGS = "belongings", "携行品", "Belongings"
    RESCUE = "rescue", "救援者費用", "Rescue expenses"
    DRIVER_LIABILITY = "driver_liability", "自動車運転者賠償責任", "Car driver's liability"


class CostItem(LabelledEnum):
    """What a bill is for; the words follow the JET page's benefits."""

    CARE = "care", "治療費・入院費", "Care and hospital"
    TRANSFER = "transfer", "緊急移送", "Emergency transfer"
    LODGING = "lodging", "病室の代わりの宿泊", "Room instead of a ward"
    INTERPRETER = "interpreter", "治療の通訳", "Interpreter for treatment"
    TRANSPORT = "transport", "治療のための交通費", "Transport for treatment"
    CALLS = "calls", "国際電話などの通信費", "International calls"
    PERSONAL_GOODS = "personal_goods", "身の回り品", "Personal items"
    SEARCH = "search", "捜索・救助", "Search and rescue"
    RELATIVES_AIR = "relatives_air", "救援者の往復航空運賃", "Relatives' air fares"
    RELATIVES_HOTEL = "relatives_hotel", "救援者の宿泊", "Relatives' hotel"
    SITE_EXPENSES = "site_expenses", "現地での交通費・諸雑費", "Travel and sundries at the site"
    TRANSPORT_HOME = "transport_home", "現地からの移送", "Transport home"
    EMBALMING = "embalming", "遺体の処置", "Embalming"
    DAMAGES = "damages", "損害賠償金", "Damages owed"
    CAR_DAMAGES = "car_damages", "自動車の運転による損害賠償金", "Damages owed as a driver"
    SCHOOL_DAMAGES = "school_damages", "学校が負う損害賠償金", "Damages owed by the school"
    BELONGINGS = "belongings", "携行品の損害", "Lost or damaged belongings"


class Place(LabelledEnum):
    JAPAN = "japan", "日本", "Japan"
    HOME = "home", "母国(一時帰国)", "Home country (temporary return)"
    ABROAD = "abroad", "そのほかの国", "Another country"


class Circumstance(LabelledEnum):
    """What a policy may exclude; chosen by the person who asks."""

    WILFUL = "wilful", "故意", "Wilful act"
    GROSS_NEGLIGENCE = "gross_negligence", "重大な過失", "Gross negligence"
    FIGHT_SUICIDE_CRIME = "fight_suicide_crime", "けんか・自殺・犯罪", "Fight, suicide, crime"
    WAR_RIOT = "war_riot", "戦争・暴動", "War or riot"
    TERRORISM = "terrorism", "テロ", "Terrorist attack"
    UNLICENSED_OR_DRUNK = "unlicensed_or_drunk", "無免許・酒気帯びなどの運転", "Driving unlicensed or drunk"
    PREGNANCY = "pregnancy", "妊娠・出産・早産・流産", "Pregnancy or childbirth"
    NO_FINDINGS = "no_findings", "医学的な裏付けのないむち打ち・腰痛", "Whiplash or back pain without evidence"
    DENTAL = "dental", "歯の治療", "Dental treatment"
    CHIROPRACTIC = "chiropractic", "整体・鍼・灸", "Chiropractic, acupuncture, moxibustion"
    FAMILY = "family", "親族への賠償", "Liability to relatives"
    INSANITY = "insanity", "心神喪失", "Insanity"
    CAR = "car", "自動車による賠償", "Liability arising from a car"


class Season(LabelledEnum):
    """When a JET participant arrives: the policy number and the period follow it."""

    APRIL = "april", "4月来日", "April arrival"
    SUMMER = "summer", "夏(7・8月)来日", "Summer arrival"


class Standing(LabelledEnum):
    NEW = "new", "新規", "New"
    REAPPOINTED = "reappointed", "再任用", "Reappointed"


class Paid(LabelledEnum):
    """What becomes of one line of a bill under one cover."""

    FULL = "full", "払われる", "Paid"
    PARTLY = "partly", "一部だけ払われる", "Paid in part"
    NOT = "not", "払われない", "Not paid"
    UNSURE = "unsure", "わからない", "Not certain"
    SETTLED = "settled", "残りなし", "Nothing left to pay"


class FirmKind(LabelledEnum):
    """Who stands in the list of insurance that JCSOS keeps."""

    INSURER = "insurer", "保険会社", "Insurer"
    ASSISTANCE = "assistance", "アシスタンス会社", "Assistance company"


class ClaimFact(LabelledEnum):
    """The facts an insurer asks for when a case is reported (JET page, Filing a Claim)."""

    TIME = "time", "日時", "Date and time"
    PLACE = "place", "場所", "Place"
    CAUSE = "cause", "原因", "Cause"
    SYMPTOMS = "symptoms", "けが・病気の様子", "Symptoms"
    HOSPITAL = "hospital", "病院・診療所の名前", "Hospital or clinic"


class ClaimPaperName(LabelledEnum):
    """The papers of a claim, in a few words; the clause says more (insurance.catalogue)."""

    RECEIPTS = "receipts", "領収書(日本の病院など)", "Receipts (in Japan)"
    RECEIPTS_ABROAD = "receipts_abroad", "領収書か診断書(国外)", "Receipts or doctor's notes (abroad)"
    COPIES = "copies", "領収書の写し", "Copies of the receipts"
    SOCIAL_PROOF = "social_proof", "健康保険から払われた証明", "Proof of what health insurance paid"
    PASSPORT = "passport", "旅券の出入国の記録の写し", "Copies of the passport's stamps"
    APPLICATION = "application", "保険会社の請求書類", "The insurer's claim form"


class ClaimState(LabelledEnum):
    """How far a claim is."""

    OPEN = "open", "記録中", "Being recorded"
    REPORTED = "reported", "保険会社へ連絡済み", "Reported to the insurer"
    FILED = "filed", "書類を提出済み", "Papers handed in"
    SETTLED = "settled", "精算済み", "Settled"
    REFUSED = "refused", "支払われない", "Not paid"
    WITHDRAWN = "withdrawn", "取りやめ", "Given up"


class AmountKind(LabelledEnum):
    """What an amount of a claim is: a bill, or money that came back and from whom."""

    BILL = "bill", "払った費用", "Bill"
    SOCIAL = "social", "健康保険から", "From health insurance"
    INSURER = "insurer", "保険会社から", "From the insurer"
    OTHER = "other", "そのほかから(旅行会社など)", "From others (travel agent …)"


class SignedBy(LabelledEnum):
    """Whose hand a statement not to be insured bears."""

    SELF = "self", "本人", "The person"
    GUARDIAN = "guardian", "保護者", "A guardian"
    BOTH = "both", "本人と保護者", "The person and a guardian"
