"""The words of JCSOS's work: audits, findings, verdicts. Not here: what may follow what (machine)."""

from __future__ import annotations

from enum import StrEnum

from portal.kit.choices import LabelledEnum


class Side(StrEnum):
    """From which side of the table a person acts in an audit."""

    JCSOS = "jcsos"
    SCHOOL = "school"


class CampaignState(LabelledEnum):
    """Where a campaign stands as a whole."""

    PLANNED = "planned", "企画中", "Planned"
    DRAWN = "drawn", "抽出済み", "Sample drawn"
    CLOSED = "closed", "終了", "Closed"


class Population(LabelledEnum):
    """Whose trips a sample is drawn from; always of members who consent."""

    ALL = "all", "同意したすべての会員校の旅行", "Trips of all consenting members"
    SCHOOLS = "schools", "大学以外の会員校の旅行", "Trips of members other than universities"
    UNIVERSITIES = "universities", "大学の旅行", "Trips of universities"
    LATE = "late", "提出期限後に提出された旅行", "Trips filed after their deadline"


class AuditState(LabelledEnum):
    """Where the audit of one sampled trip stands."""

    SAMPLED = "sampled", "抽出済み(未通知)", "Sampled, not announced"
    EVIDENCE = "evidence", "資料の提出待ち", "Waiting for evidence"
    ASSESSING = "assessing", "評価中", "Being assessed"
    REPLY = "reply", "学校の意見待ち", "Waiting for the school's reply"
    CORRECTING = "correcting", "是正中", "Being corrected"
    VERIFYING = "verifying", "是正の確認中", "Corrections being verified"
    CLOSED = "closed", "終了", "Closed"


class FindingState(LabelledEnum):
    """Where one finding of an audit stands."""

    DRAFT = "draft", "案(学校へ未通知)", "Draft, not sent"
    ISSUED = "issued", "学校へ通知済み", "Sent to the school"
    REPLIED = "replied", "学校の意見あり", "Replied to"
    UPHELD = "upheld", "是正を求めています", "Correction asked for"
    CORRECTED = "corrected", "是正の報告あり", "Correction reported"
    VERIFIED = "verified", "是正を確認済み", "Correction verified"
    DROPPED = "dropped", "取下げ", "Dropped"


class Verdict(LabelledEnum):
    """How a trip meets one criterion."""

    MET = "met", "満たす", "Met"
    PARTLY = "partly", "一部満たす", "Partly met"
    NOT_MET = "not_met", "満たさない", "Not met"
    UNPROVEN = "unproven", "確かめられない", "Cannot be established"
    NOT_APPLICABLE = "not_applicable", "対象外", "Not applicable"


class Gravity(LabelledEnum):
    """How heavy a finding weighs; a grave one needs a second assessor."""

    MINOR = "minor", "軽微", "Minor"
    MAJOR = "major", "重要", "Major"
    GRAVE = "grave", "重大", "Grave"


class Due(LabelledEnum):
    """The deadlines of one audit that may be moved."""

    EVIDENCE = "evidence", "資料の提出期限", "Evidence due"
    REPLY = "reply", "意見の提出期限", "Reply due"


class Act(LabelledEnum):
    """What an audit's log tells beside the steps of its machine."""

    REMINDED = "reminded", "提出をお願いしました", "Reminded"
    DUE_MOVED = "due_moved", "期限を変えました", "Due date moved"
    EVIDENCE_GIVEN = "evidence_given", "資料を出しました", "Evidence given"
    EVIDENCE_WITHDRAWN = "evidence_withdrawn", "資料を取り下げました", "Evidence withdrawn"
    REPLIED = "replied", "指摘に意見を述べました", "Finding replied to"
    UPHELD = "upheld", "指摘を維持し、是正を求めました", "Finding upheld"
    DROPPED = "dropped", "指摘を取り下げました", "Finding dropped"
    REPORTED = "reported", "是正を報告しました", "Correction reported"
    VERIFIED = "verified", "是正を確認しました", "Correction verified"
    REFUSED = "refused", "是正のやり直しを求めました", "Correction sent back"


class TicketTopic(LabelledEnum):
    """What a school consults JCSOS about."""

    CONTRACT = "contract", "契約", "Contract"
    PROGRAMME = "programme", "企画・運営", "Programme"
    RISK = "risk", "危機管理", "Risk"
    LEGAL = "legal", "法律", "Legal"


class TicketState(LabelledEnum):
    """Where a consultation stands."""

    ASKED = "asked", "回答待ち", "Waiting for an answer"
    ANSWERED = "answered", "回答あり", "Answered"
    CLOSED = "closed", "終了", "Closed"


class TicketEntryKind(LabelledEnum):
    """What a line of a consultation is."""

    MESSAGE = "message", "文", "Message"
    VISIT = "visit", "訪問・面談", "Visit"


class VisitMeans(LabelledEnum):
    """How the two met."""

    THERE = "there", "学校を訪問", "Visit to the school"
    OFFICE = "office", "来所", "At the office"
    ONLINE = "online", "オンライン", "Online"
    PHONE = "phone", "電話", "By telephone"


class ArticleState(LabelledEnum):
    """Whether members read a knowledge article."""

    DRAFT = "draft", "下書き(会員には見えません)", "Draft, not shown to members"
    PUBLISHED = "published", "公開中", "Published"
    WITHDRAWN = "withdrawn", "公開を終えました", "Withdrawn"


class AssociateKind(LabelledEnum):
    """What an associate member is."""

    INSURER = "insurer", "保険会社", "Insurer"
    RISK_FIRM = "risk_firm", "危機管理会社", "Risk firm"
    EDUCATION = "education", "教育団体", "Education body"


class Service(LabelledEnum):
    """What a member may use."""

    SCHOOL_SUPPORT = "school_support", "学校支援(J-Basic)", "School support (J-Basic)"
    J_TAS = "j_tas", "J-TAS", "J-TAS"


class ContactDuty(LabelledEnum):
    """For what a contact of a member answers."""

    OFFICE = "office", "事務・会費", "Office and fees"
    ABROAD = "abroad", "海外旅行の担当", "Trips abroad"
    NIGHT = "night", "夜間・休日の緊急連絡", "Emergencies at night and on holidays"
    HEAD = "head", "代表者", "Head"


class PaperKind(LabelledEnum):
    """What a document of a membership is."""

    JOIN = "join", "入会の書類", "Joining"
    RENEW = "renew", "継続の書類", "Renewal"
    LEAVE = "leave", "退会の書類", "Leaving"
    LETTER = "letter", "会員証明書(英文)", "Letter of membership"


class FileStage(LabelledEnum):
    """Up to which moment a duty-of-care file tells."""

    DEPARTURE = "departure", "出発時点", "At departure"
    RETURN = "return", "帰国後", "After the return"


class AssistState(LabelledEnum):
    """Where a J-TAS case stands."""

    RECEIVED = "received", "受付", "Received"
    HANDLING = "handling", "対応中", "Being handled"
    WATCHING = "watching", "経過観察", "Watched"
    CLOSED = "closed", "終了", "Closed"


class AssistCategory(LabelledEnum):
    """What happened to an individual abroad."""

    ACCIDENT = "accident", "事故・けが", "Accident, injury"
    ILLNESS = "illness", "病気", "Illness"
    MENTAL = "mental", "心の不調", "Mental health"
    CRIME = "crime", "犯罪被害", "Crime"
    DOCUMENTS = "documents", "旅券・所持品の紛失", "Lost passport or belongings"
    DISASTER = "disaster", "災害・テロ・政情", "Disaster, terror, unrest"
    OTHER = "other", "その他", "Other"


class Cover(LabelledEnum):
    """How the person is insured, as far as it is known."""

    UNKNOWN = "unknown", "未確認", "Not known yet"
    PROPER = "proper", "東京海上日動の海外旅行保険", "Tokio Marine travel insurance"
    OTHER = "other", "ほかの保険", "Another insurance"
    NONE = "none", "保険なし", "No insurance"


class Party(LabelledEnum):
    """Who was spoken to."""

    PERSON = "person", "本人", "The person"
    SCHOOL = "school", "学校", "School"
    GUARDIAN = "guardian", "保護者", "Guardian"
    INSURER = "insurer", "保険会社", "Insurer"
    ASSISTANCE = "assistance", "アシスタンス会社", "Assistance company"
    MISSION = "mission", "在外公館", "Mission"
    HOSPITAL = "hospital", "病院", "Hospital"
    OTHER = "other", "その他", "Other"


class EntryKind(LabelledEnum):
    """What a line of a case's timeline is."""

    NOTE = "note", "記録", "Note"
    CONTACT = "contact", "連絡", "Contact"
    TASK = "task", "やること", "Task"
    CALL_BACK = "call_back", "折返しの電話", "Call back"
    HANDOVER = "handover", "引継ぎ", "Hand-over"
    STEP = "step", "状態", "State"


class Purpose(LabelledEnum):
    """Why a case is opened; without one it stays shut."""

    HANDLING = "handling", "対応のため", "To handle it"
    HANDOVER = "handover", "引継ぎのため", "To take it over"
    REVIEW = "review", "終了後の検証のため", "To review it afterwards"
    REQUEST = "request", "本人・保護者からの開示の求めに応じるため", "To answer a request of the person"


class Group(LabelledEnum):
    """The schools one school is compared with."""

    SCHOOLS = "schools", "大学以外の会員校", "Members other than universities"
    UNIVERSITIES = "universities", "大学", "Universities"


class Band(LabelledEnum):
    """A score in words."""

    STRONG = "strong", "80点以上", "80 and more"
    FAIR = "fair", "60〜79点", "60 to 79"
    WEAK = "weak", "40〜59点", "40 to 59"
    POOR = "poor", "39点以下", "39 and less"


class CircularState(LabelledEnum):
    """Where a circular to the members stands."""

    DRAFT = "draft", "下書き", "Draft"
    CHECKING = "checking", "確認待ち", "Waiting for a second person"
    APPROVED = "approved", "確認済み(未送信)", "Checked, not sent"
    WAITING = "waiting", "送信予定", "Scheduled"
    SENT = "sent", "送信済み", "Sent"


class Reach(LabelledEnum):
    """Which members a circular goes to."""

    ALL = "all", "すべての会員校", "All members"
    GOING = "going", "選んだ国・地域へ行く旅行のある会員校", "Members with an open trip to the chosen countries"


class SeminarState(LabelledEnum):
    """Where a seminar stands."""

    DRAFT = "draft", "準備中", "In preparation"
    OPEN = "open", "申込み受付中", "Open for registration"
    ENDED = "ended", "終了", "Held"
    CANCELLED = "cancelled", "中止", "Cancelled"


class AttendeeState(LabelledEnum):
    """Where one registration stands."""

    WAITING = "waiting", "キャンセル待ち", "On the waiting list"
    PLACED = "placed", "申込み済み", "Registered"
    CANCELLED = "cancelled", "取消し", "Cancelled"
    ATTENDED = "attended", "出席", "Attended"


class Presence(LabelledEnum):
    """How somebody's attendance was recorded."""

    TICKET = "ticket", "受講票のQRコード", "QR code of the ticket"
    LIST = "list", "出席表", "Attendance list"


class Listed(LabelledEnum):
    """What an entry of the directory is."""

    DESK = "desk", "外務省の窓口", "Ministry's desk"
    MISSION = "mission", "在外公館", "Mission abroad"


class CheckOutcome(LabelledEnum):
    """What came of checking an entry."""

    CONFIRMED = "confirmed", "記載のとおり", "As listed"
    FOUND = "found", "番号・住所を確かめた", "Number and address found"
    CHANGED = "changed", "変わっていた", "Has changed"
    CLOSED = "closed", "なくなっていた", "No longer there"
