"""The vocabulary of the history: every event name with its sentence. Facts are primitives, never names."""

from __future__ import annotations

from portal.kit.choices import LabelledEnum


class EventName(LabelledEnum):
    """``NAME = code, Japanese sentence, English sentence``; ``{fact}`` is filled from the event's facts."""

    TRIP_CREATED = "trip.created", "旅行計画を作成しました", "Trip plan created"
    TRIP_CLOSED = "trip.closed", "旅行計画を終了しました", "Trip plan closed"
    PLAN_COPIED = "plan.copied", "{former}の計画をもとに作りました(確かめる値{waiting}件)", "Made from plan {former}"
    SECTION_SAVED = "section.saved", "「{section}」を保存しました", "Section {section} saved"
    ROSTER_IMPORTED = "roster.imported", "名簿を取り込みました({kept}人)", "Roster imported ({kept} people)"
    ROSTER_IMPORT_UNDONE = "roster.import_undone", "名簿の取込みを取り消しました", "Roster import undone"
    ITINERARY_IMPORTED = (
        "itinerary.imported",
        "日程表を取り込みました({kept}行)",
        "Itinerary file read into the plan ({kept} rows)",
    )
    ITINERARY_IMPORT_UNDONE = (
        "itinerary.import_undone",
        "日程表の取込みを取り消しました",
        "Itinerary file taken back",
    )
    PARTICIPANT_ADDED = "participant.added", "参加者を追加しました", "Participant added"
    PARTICIPANT_CHANGED = "participant.changed", "参加者の記載を直しました", "Participant changed"
    PARTICIPANT_REMOVED = "participant.removed", "参加者を削除しました", "Participant removed"
    PARTICIPANT_RESTORED = "participant.restored", "参加者を元に戻しました", "Participant restored"
    PEOPLE_ASSIGNED = (
        "participant.assigned",
        "{people}人の班・部屋を決めました",
        "Groups or rooms of {people} people set",
    )
    ASSIGNMENT_UNDONE = (
        "participant.assignment_undone",
        "{people}人の班・部屋を元に戻しました",
        "Groups or rooms of {people} people put back",
    )
    PASSPORT_NAMES_CONFIRMED = (
        "participant.passport_names",
        "旅券の綴りを{people}人ぶん確かめて入れました",
        "Passport spelling of {people} people confirmed",
    )
    RETURN_REPORTED = "trip.return_reported", "帰国報告を保存しました", "Report of the return saved"
    INCIDENT_NOTED = "incident.noted", "旅行中のできごとを記録しました({kind})", "Incident noted ({kind})"
    INCIDENT_PUT_AWAY = "incident.put_away", "できごとの記録を取り消しました", "Incident note taken back"
    INCIDENT_PUT_BACK = "incident.put_back", "できごとの記録を戻しました", "Incident note put back"
    PHONE_TESTED = "phone.tested", "電話が通じるかを確かめました({outcome})", "Telephone number tried ({outcome})"
    HEALTH_OPENED = "health.opened", "健康情報を開きました(理由: {reason})", "Health information opened ({reason})"
    DOSSIER_IMPORTED = "dossier.imported", "計画をファイルから取り込みました", "Plan imported from a file"
    DOSSIER_EXPORTED = "dossier.exported", "計画をファイルに書き出しました", "Plan exported to a file"
    CHARACTER_AGREED = (
        "character.agreed",
        "印字できない文字({code})の代わりを決めました({places}か所)",
        "Substitute agreed for {code}, which cannot be printed ({places} places)",
    )
    CHARACTER_TAKEN_BACK = (
        "character.taken_back",
        "文字({code})の代わりを取り消しました",
        "Substitute for {code} taken back",
    )
    CHARACTER_PUT_BACK = "character.put_back", "文字({code})の代わりを元に戻しました", "Substitute for {code} put back"
    REQUEST_SUBMITTED = "request.submitted", "第{revision}版を提出しました", "Revision {revision} submitted"
    REQUEST_ENDORSED = "request.endorsed", "市町村教育委員会が経由を確認しました", "Endorsed by the municipal board"
    REVIEW_CLAIMED = "request.claimed", "確認を始めました", "Review started"
    REVIEW_RELEASED = "request.released", "担当を外れました", "Review released"
    REVIEW_HANDED_OVER = "request.handed_over", "担当を引き継ぎました", "Review handed over"
    RETURN_RECALLED = "request.return_recalled", "差戻しを取り消しました", "Return taken back"
    TICKS_SAVED = "request.ticks_saved", "別添三の照合を保存しました", "Check against annex 3 saved"
    REMARK_WRITTEN = "remark.written", "指摘を書きました", "Remark written"
    REMARK_ANSWERED = "remark.answered", "指摘に回答しました", "Remark answered"
    DECIDED_COMPLETENESS = (
        "decision.completeness",
        "別添三の照合を判断しました({verdict})",
        "Completeness decided ({verdict})",
    )
    DECIDED_SAFETY = "decision.safety", "実施の是非を判断しました({verdict})", "Safety judged ({verdict})"
    DECIDED_IN_STEAD = (
        "decision.in_stead",
        "不在の担当者の代理として判断しました",
        "Decided as deputy of an absent colleague",
    )
    DECISIONS_CARRIED = (
        "decision.carried",
        "判断に関わる変更がないため、送付済みの第{revision}版の判断を引き継ぎました",
        "No change bears on the decisions: those on revision {revision} were kept",
    )
    APPROVAL_REVOKED = "request.approval_revoked", "承認を取り消しました", "Approval taken back"
    DEPUTY_NAMED = (
        "deputy.named",
        "代理を立てました({from_on}から{until_on}まで)",
        "Deputy named ({from_on} to {until_on})",
    )
    DEPUTY_ENDED = "deputy.ended", "代理を終えました", "Deputy ended"
    CONDITION_MET = "condition.met", "条件の履行を記録しました", "Condition recorded as met"
    REQUEST_RETURNED = "request.returned", "差し戻しました", "Returned for correction"
    REQUEST_APPROVED = "request.approved", "承認しました", "Approved"
    LETTER_FIXED = "letter.fixed", "送付文書を確定しました({number})", "Letter fixed ({number})"
    PACKET_RENDERED = "packet.rendered", "送付用PDFを作成しました({pages}ページ)", "Packet rendered ({pages} pages)"
    PACKET_OPENED = "packet.opened", "送付用PDFを開きました", "Packet opened"
    MAIL_ORDERED = "mail.ordered", "外務省へのメール送信を指示しました", "Mail to the ministry ordered"
    MAIL_UNDONE = "mail.undone", "メール送信を取り消しました", "Mail to the ministry taken back"
    MAIL_UNKNOWN = "mail.unknown", "メールが届いたか確かめられませんでした", "Not known whether the mail arrived"
    FAX_MADE = "fax.made", "外務省へのファックス用ファイルを作りました({pages}枚)", "Fax file made ({pages} pages)"
    FAX_UNKNOWN = "fax.unknown", "ファックスが届いたか確かめられませんでした", "Not known whether the fax arrived"
    FAX_FAILED = "fax.failed", "ファックスが届かなかったことを記録しました", "Fax recorded as not arrived"
    MAIL_LOST = "mail.lost", "メールが届いていないことを確かめました", "Found that the mail did not arrive"
    SERIES_SET = "series.set", "{year}年度の文書番号を決めました", "Number series of {year} set"
    INQUIRY_RECORDED = "inquiry.recorded", "外務省とのやりとりを記録しました", "Exchange with the ministry recorded"
    INQUIRY_ANSWERED = "inquiry.answered", "外務省の回答を記録しました", "The ministry's answer recorded"
    NOTICE_SENT = "notice.sent", "周知を{houses}の機関に送りました", "Notice sent to {houses} organisations"
    NOTICE_READ = "notice.read", "所管庁の周知を確認しました", "Notice of the authority read"
    MOFA_CALLED = "request.mofa_called", "外務省への電話を記録しました", "Telephone call to MOFA recorded"
    REQUEST_FORWARDED = "request.forwarded", "外務省へ送付しました({channel})", "Forwarded to MOFA ({channel})"
    REQUEST_ACKNOWLEDGED = (
        "request.acknowledged",
        "外務省の受領を記録しました({received_on})",
        "Receipt recorded ({received_on})",
    )
    REPLY_RECORDED = "reply.recorded", "外務省・在外公館からの連絡を記録しました", "Reply recorded"
    REPLY_SEEN = "reply.seen", "連絡を確認しました", "Reply acknowledged by the school"
    REQUEST_WITHDRAWN = "request.withdrawn", "取り下げました", "Withdrawn"
    AMENDMENT_OPENED = "request.amendment_opened", "変更届を起こしました", "Amendment opened"
    PERSONS_OPENED = "persons.opened", "提出版の個人情報を開きました", "Personal data of a revision opened"
    SIGNED_IN = "account.signed_in", "サインインしました", "Signed in"
    SIGN_IN_FAILED = "account.sign_in_failed", "サインインに失敗しました", "Sign-in failed"
    SIGNED_OUT = "account.signed_out", "サインアウトしました", "Signed out"
    SIGN_IN_ENDED = "account.sign_in_ended", "時間切れでサインインが終わりました", "Sign-in ended by its time limit"
    SESSIONS_ENDED = (
        "account.sessions_ended",
        "ほかの端末をサインアウトさせました({many}台)",
        "Other devices signed out ({many})",
    )
    MEMBERSHIP_SWITCHED = "account.switched", "この所属に切り替えました", "Switched to this membership"
    MACHINE_REGISTERED = "machine.registered", "機械利用の登録をしました", "Machine client registered"
    MACHINE_REVOKED = "machine.revoked", "機械利用の登録を取り消しました", "Machine client revoked"
    MACHINE_TOKEN_ISSUED = "machine.token_issued", "機械利用のトークンを出しました", "Token issued to a machine client"
    MEMBER_INVITED = "member.invited", "職員を招待しました", "Member invited"
    MEMBER_JOINED = "member.joined", "招待を受けて加わりました", "Member joined"
    MEMBER_REMOVED = "member.removed", "職員の登録を外しました", "Member removed"
    INVITATION_REVOKED = "invitation.revoked", "招待を取り消しました", "Invitation revoked"
    AUTHORITY_RULES_SAVED = (
        "authority.rules_saved",
        "審査の基準の第{version}版を保存しました({dated_from}から)",
        "Version {version} of the own rules saved (from {dated_from})",
    )
    AUTHORITY_EDITION_CHOSEN = (
        "authority.edition_chosen",
        "受け付ける通知を「{edition}」にしました",
        "Authority works with the {edition} notices",
    )
    LETTERHEAD_SAVED = (
        "authority.letterhead_saved",
        "依頼書の体裁の第{version}版を保存しました",
        "Version {version} of the letterhead saved",
    )
    EDITION_CHOSEN = "plan.edition_chosen", "計画の通知を「{edition}」にしました", "Plan moved to the {edition} notices"
    FEED_OPENED = "calendar.opened", "期限の予定表のURLを作りました", "Secret calendar address made"
    FEED_REVOKED = "calendar.revoked", "期限の予定表のURLを止めました", "Secret calendar address stopped"
    CONSENT_CHANGED = "jcsos.consent_changed", "JCSOSへの閲覧同意を変更しました", "Consent to JCSOS changed"
    TRIP_VIEWED = "jcsos.trip_viewed", "JCSOSが旅行を閲覧しました", "JCSOS viewed the trip"
    CAMPAIGN_OPENED = "campaign.opened", "監査を企画しました", "Audit campaign planned"
    CAMPAIGN_DRAWN = (
        "campaign.drawn",
        "監査の対象を抽出しました(母集団{population}件から{drawn}件、乱数の種{seed})",
        "Audit sample drawn ({drawn} of {population}, seed {seed})",
    )
    CAMPAIGN_CLOSED = "campaign.closed", "監査を締めくくりました", "Audit campaign closed"
    DIRECTORY_CHECKED = (
        "directory.checked",
        "窓口の一覧の「{entry}」を確かめました",
        "Directory entry “{entry}” verified",
    )
    EDITION_PREVIEWED = (
        "edition.previewed",
        "手続きの版{edition}で、出発前の旅行{looked_at}件を確かめました(結果が変わる旅行{changed}件)",
        "Edition {edition} tried on {looked_at} open trips ({changed} change)",
    )
    EDITION_PUBLISHED = (
        "edition.published",
        "手続きの版{edition}を{on}からとして知らせました",
        "Edition {edition} published from {on}",
    )
    AUDIT_STEP = "member_audit.step", "JCSOSの監査: {step}", "JCSOS audit: {step_en}"
    AUDIT_DUE_MOVED = (
        "member_audit.due_moved",
        "JCSOSの監査の期限を{before}から{after}に変えました",
        "Due date of the JCSOS audit moved from {before} to {after}",
    )
    AUDIT_EVIDENCE_GIVEN = "member_audit.evidence_given", "JCSOSの監査に資料を出しました", "Evidence given to JCSOS"
    AUDIT_EVIDENCE_WITHDRAWN = (
        "member_audit.evidence_withdrawn",
        "JCSOSの監査に出した資料を取り下げました",
        "Evidence withdrawn from JCSOS",
    )
    AUDIT_EVIDENCE_OPENED = "member_audit.evidence_opened", "JCSOSが監査の資料を開きました", "JCSOS opened evidence"
    AUDIT_ASSESSED = "member_audit.assessed", "監査の評価を保存しました({criterion})", "Assessment saved ({criterion})"
    AUDIT_FINDING_WRITTEN = "member_audit.finding_written", "監査の指摘を書きました", "Audit finding written"
    AUDIT_FINDING_CONFIRMED = (
        "member_audit.finding_confirmed",
        "重大な指摘を二人目の評価者が確かめました",
        "Grave finding confirmed by a second assessor",
    )
    AUDIT_FINDING_DROPPED = "member_audit.finding_dropped", "監査の指摘を取り下げました", "Audit finding dropped"
    ASSIST_OPENED = "assist.opened", "J-TASの案件{number}を受け付けました", "J-TAS case {number} opened"
    ASSIST_READ = (
        "assist.read",
        "J-TASの案件{number}を開きました(目的: {purpose})",
        "J-TAS case {number} read ({purpose})",
    )
    ASSIST_NOTED = "assist.noted", "J-TASの案件{number}に記録しました", "Entry added to J-TAS case {number}"
    ASSIST_HANDED_OVER = "assist.handed_over", "J-TASの案件{number}を引き継ぎました", "J-TAS case {number} handed over"
    ASSIST_CLOSED = "assist.closed", "J-TASの案件{number}を終了しました", "J-TAS case {number} closed"
    ASSIST_GROUPED = (
        "assist.grouped",
        "J-TASの案件{number}を事案にまとめました",
        "J-TAS case {number} joined to an event",
    )
    CLAIM_OPENED = "claim.opened", "保険金の請求の記録{number}を作りました", "Claim {number} opened"
    CLAIM_READ = "claim.read", "保険金の請求の記録{number}を開きました", "Claim {number} read"
    CLAIM_CHANGED = "claim.changed", "保険金の請求の記録{number}を書き直しました", "Claim {number} changed"
    CLAIM_MOVED = "claim.moved", "保険金の請求の記録{number}: {state}", "Claim {number}: {state}"
    CLAIM_AMOUNT = "claim.amount", "保険金の請求の記録{number}に金額を書きました", "Amount noted on claim {number}"
    CLAIM_AMOUNT_REMOVED = (
        "claim.amount_removed",
        "保険金の請求の記録{number}の金額を取り消しました",
        "Amount taken off claim {number}",
    )
    CLAIM_PROLONGED = (
        "claim.prolonged",
        "保険金の請求の記録{number}を{on}まで残すと決めました",
        "Claim {number} kept until {on}",
    )
    CLAIM_ERASED = (
        "claim.erased",
        "保管の期間が終わったので、保険金の請求の記録{number}の内容を消しました",
        "Contents of claim {number} erased at the end of their retention",
    )
    CLAIM_FILE = "claim.file", "保険金の請求の記録{number}に書類を加えました", "Paper added to claim {number}"
    CLAIM_FILE_OPENED = "claim.file_opened", "請求の記録{number}の書類を開きました", "Paper of claim {number} opened"
    CLAIM_FILE_REMOVED = (
        "claim.file_removed",
        "保険金の請求の記録{number}の書類を消しました",
        "Paper of claim {number} removed",
    )
    OPT_OUT_KEPT = "opt_out.kept", "保険に加入しない書面を保管しました", "Statement not to be insured kept"
    OPT_OUT_OPENED = "opt_out.opened", "保険に加入しない書面を開きました", "Statement not to be insured opened"
    OPT_OUT_WITHDRAWN = (
        "opt_out.withdrawn",
        "保険に加入しない書面を取り下げました",
        "Statement not to be insured withdrawn",
    )
    HANDOVER_MADE = (
        "handover.made",
        "アシスタンス会社への引渡し書を作りました({people}人、血液型{blood}人)",
        "Hand-over paper made ({people} people, {blood} blood types)",
    )
    HANDOVER_GIVEN = "handover.given", "引渡し書を保険会社へ渡しました({on})", "Hand-over paper given ({on})"
    HANDOVER_RECEIVED = "handover.received", "引渡し書の受領を記録しました({on})", "Receipt of paper recorded ({on})"
    LISTED_ENTERED = "listed.entered", "保険の一覧に「{entry}」を載せました", "“{entry}” entered in the insurance list"
    LISTED_VERIFIED = (
        "listed.verified",
        "保険の一覧の「{entry}」を確かめました({on})",
        "“{entry}” in the insurance list verified ({on})",
    )
    LISTED_RETIRED = (
        "listed.retired",
        "保険の一覧の「{entry}」を終わりにしました({on})",
        "“{entry}” in the insurance list retired ({on})",
    )
    CONSULT_OPENED = "consult.opened", "JCSOSに相談しました({topic})", "JCSOS consulted ({topic})"
    CONSULT_WRITTEN = "consult.written", "JCSOSへの相談に書き足しました", "Consultation with JCSOS continued"
    CONSULT_ANSWERED = "consult.answered", "JCSOSが相談に回答しました", "JCSOS answered a consultation"
    CONSULT_VISITED = (
        "consult.visited",
        "相談の訪問・面談を記録しました({held_on})",
        "Visit about a consultation noted ({held_on})",
    )
    CONSULT_CLOSED = "consult.closed", "JCSOSへの相談を終えました", "Consultation with JCSOS closed"
    CONSULT_REOPENED = "consult.reopened", "JCSOSへの相談を再び始めました", "Consultation with JCSOS reopened"
    CONSULT_READ = "consult.read", "JCSOSが相談を開きました", "JCSOS opened a consultation"
    CONSULT_FILE_OPENED = "consult.file_opened", "JCSOSが相談の資料を開きました", "JCSOS opened a consultation's file"
    ARTICLE_SAVED = "article.saved", "会員向けの記事を保存しました", "Article for members saved"
    ARTICLE_PUBLISHED = "article.published", "会員向けの記事を公開しました", "Article for members published"
    ARTICLE_WITHDRAWN = "article.withdrawn", "会員向けの記事の公開を終えました", "Article for members withdrawn"
    DUTY_FILE_FROZEN = (
        "duty_file.frozen",
        "安全配慮の記録の第{number}版を確定しました",
        "Revision {number} of the duty-of-care file frozen",
    )
    DUTY_FILE_EXPORTED = (
        "duty_file.exported",
        "安全配慮の記録の第{number}版をPDFに書き出しました",
        "Revision {number} of the duty-of-care file exported",
    )
    DUTY_FILE_READ = "duty_file.read", "JCSOSが安全配慮の記録を開きました", "JCSOS opened the duty-of-care file"
    MEMBERSHIP_JOINED = "membership.joined", "JCSOSに入会しました", "Joined JCSOS"
    MEMBERSHIP_RENEWED = (
        "membership.renewed",
        "JCSOSの会員を{until}まで継続しました",
        "Membership in JCSOS renewed until {until}",
    )
    MEMBERSHIP_CHANGED = "membership.changed", "JCSOSの会員の登録を直しました", "Membership record changed"
    MEMBERSHIP_LEFT = "membership.left", "JCSOSを退会しました", "Left JCSOS"
    MEMBERSHIP_PAPER = "membership.paper", "会員の書類を保存しました({kind})", "Document of a membership kept ({kind})"
    LETTER_ISSUED = "membership.letter_issued", "会員証明書を発行しました", "Letter of membership issued"
    CIRCULAR_WRITTEN = "circular.written", "会員向けのお知らせを書きました", "Circular written"
    CIRCULAR_APPROVED = "circular.approved", "会員向けのお知らせを確認しました", "Circular approved"
    CIRCULAR_SENT = (
        "circular.sent",
        "会員向けのお知らせを{recipients}人に送りました",
        "Circular sent to {recipients} people",
    )
    CIRCULAR_READ = "circular.read", "JCSOSのお知らせを読みました", "Circular from JCSOS read"
    CIRCULAR_STEP = "circular.step", "会員向けのお知らせ: {step}", "Circular: {step_en}"
    CIRCULAR_BOUNCED = (
        "circular.bounced",
        "お知らせのメールが届かなかったことを記録しました",
        "Mail of a circular bounced",
    )
    SEMINAR_WRITTEN = "seminar.written", "セミナーの案内を書きました", "Seminar announcement written"
    SEMINAR_STEP = "seminar.step", "セミナー: {step}", "Seminar: {step_en}"
    SEMINAR_REGISTERED = "seminar.registered", "JCSOSのセミナーに申し込みました", "Registered for a seminar of JCSOS"
    SEMINAR_PLACED = "seminar.placed", "JCSOSのセミナーの席が決まりました", "Place at a seminar of JCSOS given"
    SEMINAR_LEFT = "seminar.left", "JCSOSのセミナーの申込みを取り消しました", "Registration for a seminar cancelled"
    SEMINAR_ATTENDED = "seminar.attended", "JCSOSのセミナーの出席を記録しました", "Attendance at a seminar recorded"
    SEMINAR_UNATTENDED = (
        "seminar.unattended",
        "JCSOSのセミナーの出席の記録を取り消しました",
        "Record of attendance at a seminar taken back",
    )
    SEMINAR_MATERIAL_GIVEN = "seminar.material_given", "セミナーの資料を載せました", "Seminar material added"
    SEMINAR_MATERIAL_REMOVED = "seminar.material_removed", "セミナーの資料を外しました", "Seminar material removed"
    SEMINAR_NAMES_FORGOTTEN = (
        "seminar.names_forgotten",
        "年度が終わり、セミナーに申し込んだ人の氏名を消しました({people}人)",
        "Names of {people} registered for seminars erased at the end of the year",
    )
    SEMINAR_CERTIFIED = "seminar.certified", "修了証の番号を付けました({number})", "Certificate numbered ({number})"
    CIRCULAR_RESENT = "circular.resent", "お知らせのメールを送り直しました", "Mail of a circular sent again"
