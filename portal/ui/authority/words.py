"""Short texts of the desk: whose turn it is, what comes next, how an organisation is called on this page.

Not here: labels of the domain's vocabularies (portal.ui.labels).
"""

from __future__ import annotations

from django.utils.translation import gettext

from mofa_requests.enums import RequestState as S
from mofa_requests.enums import Seat
from mofa_requests.models import MofaRequest
from portal.kit.roles import Role
from portal.tenancy.models import Org
from portal.ui.labels import speaks_english


def org_name(org: Org | None) -> str:
    """The name of an organisation in the page's language, as far as it has one."""
    if org is None:
        return ""
    return org.english_name if speaks_english() and org.english_name else org.name


def waiting_for(request: MofaRequest, *, seat: Seat, hand: str) -> str:
    """On whom the papers wait; empty when nobody has anything to do. ``hand`` is who has a review in hand."""
    state = request.state_kind
    if state is S.SUBMITTED and request.endorser_org_id and request.endorsed_at is None:
        return org_name(request.endorser_org)
    if state in (S.SUBMITTED, S.IN_REVIEW, S.APPROVED) and seat is Seat.ENDORSER:
        return org_name(request.forwarder_org)
    return {
        S.SUBMITTED: gettext("担当者未定"),
        S.IN_REVIEW: hand or gettext("担当者未定"),
        S.RETURNED: gettext("学校"),
        S.APPROVED: gettext("送付の担当者"),
        S.FORWARDED: gettext("外務省の受領"),
    }.get(state, "")


def next_step(request: MofaRequest, *, seat: Seat, role: Role) -> str:
    """What comes next, in a few words, for the person who reads it."""
    state = request.state_kind
    if state is S.SUBMITTED and request.endorser_org_id and request.endorsed_at is None:
        return gettext("内容を確かめて経由を確認する") if seat is Seat.ENDORSER else gettext("経由の確認を待つ")
    if seat is Seat.ENDORSER and state not in (S.RETURNED, S.WITHDRAWN):
        return gettext("経由の確認は済んでいます。結果を待つ")
    approver = role is Role.AUTHORITY_APPROVER
    return {
        S.SUBMITTED: gettext("確認を始める"),
        S.IN_REVIEW: gettext("照合し、判断を記録する") if approver else gettext("照合し、決裁者に判断を頼む"),
        S.RETURNED: gettext("学校の直しを待つ"),
        S.APPROVED: gettext("依頼書を確定し、外務省へ送付する"),
        S.FORWARDED: gettext("外務省に届いたことを確かめて記録する"),
        S.ACKNOWLEDGED: gettext("外務省・在外公館からの連絡があれば学校へ伝える"),
        S.WITHDRAWN: gettext("学校が取り下げました"),
    }.get(state, "")


def banner_text(request: MofaRequest, *, seat: Seat, hand: str) -> str:
    """The sentence of the permanent banner, as the authority reads it."""
    state, endorsed = request.state_kind, request.endorsed_at is not None
    if state is S.SUBMITTED and request.endorser_org_id and not endorsed:
        return gettext("学校が提出しました。%(board)sの経由の確認を待っています。") % {
            "board": org_name(request.endorser_org)
        }
    return {
        S.SUBMITTED: gettext("届いています。まだ誰も確認を始めていません。"),
        S.IN_REVIEW: gettext("確認の担当者: %(who)s") % {"who": hand},
        S.RETURNED: gettext("学校へ差し戻しました。直した版が届くのを待っています。"),
        S.APPROVED: gettext("承認しました。まだ外務省へ送付していません。"),
        S.FORWARDED: gettext("外務省へ送付しました。届いたことをまだ確かめていません。"),
        S.ACKNOWLEDGED: gettext("外務省に届いたことを確かめました。"),
        S.WITHDRAWN: gettext("学校がこの依頼を取り下げました。"),
    }.get(state, "")
