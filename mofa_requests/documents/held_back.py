"""What the packet for the ministry does not print, and why; a test proves that everything else is on the paper.

Not here: other receivers' field lists. Paths are those of the dossier type, without positions.
"""

from __future__ import annotations

_ROSTER = "省へ送る名簿は年齢・性別・合計に氏名を添えるまで(別添三 七)。学校が保管する"
_CLAIMS = "保険金の請求の期限は学校と保険会社の間のことで、省への連絡事項ではない"
_INSIDE = "書類の組み立てに使う符号で、対応する名称を印字する"

HELD_BACK = {
    "schema_version": "書式の版であり、計画の内容ではない",
    "as_of": "見本を判定する基準日であり、計画の内容ではない",
    "outline.cost_breakdown": "費用の内訳は所管庁の判断に使うもので、省への連絡事項ではない",
    "outline.non_participant_care": "不参加の生徒の事情に触れるため、省へは人数だけを送る",
    "participants.passport_surname": _ROSTER,
    "participants.passport_given": _ROSTER,
    "participants.born_on": "出発日の年齢にして印字する(別添三 七)",
    "participants.grade": _ROSTER,
    "participants.class_name": _ROSTER,
    "participants.number": _ROSTER,
    "participants.nationality": _ROSTER,
    "participants.passport_expires_on": _ROSTER,
    "participants.room": _ROSTER,
    "participants.guardian_recorded": _ROSTER,
    "participants.consented_on": _ROSTER,
    "participants.consent_version": _ROSTER,
    "participants.key": _INSIDE,
    "opt_outs.participant": "加入しない人は人数だけを印字する",
    "opt_outs.signed_on": "加入しない人は人数だけを印字する",
    "opt_outs.guardian_signed": "加入しない人は人数だけを印字する",
    "policies.claim_notice_days": _CLAIMS,
    "policies.claim_cost_days": _CLAIMS,
    "policies.claim_days_source": _CLAIMS,
    "policies.insured": "被保険者は人数だけを印字する",
}
