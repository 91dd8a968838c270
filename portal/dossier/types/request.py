"""How far a plan is prepared, and the authority's part: letter, ticks, decision.

Not here: the state of a request (mofa_requests).
"""

from __future__ import annotations

from portal.dossier.types.part import Part, item, optional, required
from portal.dossier.types.scalars import Count, Day, Key, Line, PhoneText, Prose, Short
from portal.dossier.types.vocabularies import Channel, EnteredBy, Judgement, TickResult
from portal.lawbook.edition import RosterForm


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

    section: Short = required("欄", "Section", remedy="submit#confirmations")
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

    item: Key = required("別添三の項目", "Item of 別添三")
    result: TickResult = required("照合の結果", "Result")
    note: Prose | None = optional("所見", "Remark")


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
