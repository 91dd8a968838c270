"""An authority's desk in the specimens: a deputy, document numbers, a saved view, a notice to the schools, a question.

By the product's own actions, each on its day. Not here: the plans on that desk (story, load).
"""

from __future__ import annotations

import datetime as dt

from mofa_requests import queries
from mofa_requests.actions.deputising import name_deputy
from mofa_requests.actions.desk import save_view
from mofa_requests.actions.exchange import record_inquiry
from mofa_requests.actions.noticeboard import read_notice, send_notice
from mofa_requests.actions.series import set_series
from mofa_requests.enums import InquiryKind, RequestState
from mofa_requests.models import BoardNotice
from portal.accounts.models import Membership
from portal.demo.hands import acting, on_day
from portal.kit.roles import Role

_DAY = dt.timedelta(days=1)
_AWAY = dt.timedelta(days=12)
_TITLE = "年度末に出発する旅行の提出について(見本)"
_TEXT = (
    "3月に出発する旅行は、年末年始の閉庁日をはさみます。外務省必着の日から逆算した提出期限は、各計画の「提出」の"
    "ページで確かめてください。期限に遅れるおそれがあるときは、提出の前に電話で知らせてください。"
)
_QUESTION = "1月下旬の台中市内の治安について、旅行の前に知らせるべきことがあるか尋ねた。(見本)"


def play_desk(seats: list[Membership], *, on: dt.date) -> int:
    """Fill the desk of the first prefectural board; how many notices it has sent."""
    approver, officer = _of(seats, Role.AUTHORITY_APPROVER), _of(seats, Role.AUTHORITY_OFFICER)
    with on_day(on - 30 * _DAY), acting(officer) as by:
        set_series(officer.org, "見教高第{n}号", last=1024, on=on, by=by)
        save_view(officer, "再提出", query="mark=corrected")
    with on_day(on), acting(approver) as by:
        name_deputy(approver, deputy=officer, from_on=on + 7 * _DAY, until_on=on + _AWAY, by=by)
    with on_day(on - 2 * _DAY):
        _ask_the_ministry(officer, on=on - 2 * _DAY)
    return _tell_the_schools(officer, seats, on=on)


def _tell_the_schools(officer: Membership, seats: list[Membership], *, on: dt.date) -> int:
    """A notice to every house below; the first school has read it."""
    with on_day(on - 5 * _DAY), acting(officer) as by:
        houses = list(queries.schools_below(officer.org_id))
        notice = send_notice(officer.org, _TITLE, _TEXT, to=houses, read_by_on=on + 9 * _DAY, by=by)
    reader = next(seat for seat in seats if seat.org_id == houses[0].pk)
    with on_day(on - 4 * _DAY), acting(reader) as by:
        read_notice(notice.pk, by=by)
    return BoardNotice.objects.filter(org=officer.org).count()


def _ask_the_ministry(officer: Membership, *, on: dt.date) -> None:
    """One question about a plan that was sent; its answer is awaited."""
    with acting(officer) as by:
        sent = queries.visible_to().filter(state=RequestState.FORWARDED.value).first()
        if sent is not None:
            desk = "領事局領事サービスセンター(見本の記録)"
            record_inquiry(sent, _QUESTION, kind=InquiryKind.CONSULTATION, desk=desk, asked_on=on, by=by)


def _of(seats: list[Membership], role: Role) -> Membership:
    """The first seat of this role: the accounts list the prefecture's board first."""
    return next(seat for seat in seats if seat.role_kind is role)
