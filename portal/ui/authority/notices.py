"""周知 as pages: an authority writes and follows its notices; schools and municipal boards read them.

Not here: circulars of JCSOS to its members (portal.ui.jcsos).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from mofa_requests import noticeboard
from mofa_requests.actions.noticeboard import read_notice, send_notice
from portal.accounts.access import members
from portal.accounts.acting import actor_of
from portal.accounts.models import Membership
from portal.directory.kinds import OrgKind
from portal.kit.machine import Refused
from portal.kit.roles import Role
from portal.ui.authority.doors import OFFICERS
from portal.ui.fields import ChoiceField, DateField, RadioChoices, TextField
from portal.ui.messages import announce, refuse
from portal.ui.typed import sentence_of

READERS = (*OFFICERS, Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL, Role.SCHOOL_HOME_CONTACT, Role.SCHOOL_ESCORT)
_PAGE = 20
_KINDS = {
    "all": (OrgKind.SCHOOL.value, OrgKind.MUNICIPAL_BOARD.value),
    "schools": (OrgKind.SCHOOL.value,),
    "boards": (OrgKind.MUNICIPAL_BOARD.value,),
}


class NoticeForm(forms.Form):
    """A notice to write: to whom, what, and until when it should be read."""

    use_required_attribute = False
    to = ChoiceField(
        label=_("送り先"),
        choices=[
            ("all", _("学校と市町村教育委員会")),
            ("schools", _("学校だけ")),
            ("boards", _("市町村教育委員会だけ")),
        ],
        required=True,
        widget=RadioChoices,
        initial="all",
        error_messages={"required": _("送り先を選んでください")},
    )
    title = TextField(limit=200, label=_("題名"), required=True, error_messages={"required": _("題名を書いてください")})
    text = TextField(
        limit=8000,
        long=True,
        label=_("内容"),
        required=True,
        help_text=_("個人の氏名や電話番号は書かないでください。"),
        error_messages={"required": _("内容を書いてください")},
    )
    read_by_on = DateField(
        label=_("確認の期限"),
        help_text=_("この日までに確認していない所へ、一度だけ知らせ直します。空けてもかまいません。"),
    )


@members(OFFICERS, purpose="学校と市町村教育委員会への周知")
def notices(request: HttpRequest) -> HttpResponse:
    """What was sent and who has read it; POST sends one more."""
    membership: Membership = request.membership  # type: ignore[attr-defined]
    form = NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = _send(membership, form.cleaned_data)
            announce(request, gettext("周知を送りました。受け取った所には、メールでも知らせます。"))
            return redirect("mofa_requests:notice", notice_id=sent.pk)
        except Refused as reason:
            refuse(request, sentence_of(reason))
    page = Paginator(noticeboard.sent_by(membership.org_id), _PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "houses": noticeboard.houses_below(membership.org_id).count()}
    return render(request, "authority/notices.html", context, status=422 if form.is_bound else 200)


@members(OFFICERS, purpose="送った周知と確認の状況")
def notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """One notice and every house that was told."""
    membership: Membership = request.membership  # type: ignore[attr-defined]
    found = noticeboard.sent_by(membership.org_id).filter(pk=notice_id).first()
    if found is None:
        raise Http404
    crumbs = [(gettext("周知"), "../"), (found.title, "")]
    context = {"notice": found, "readings": list(noticeboard.readings_of(found)), "crumbs": crumbs}
    return render(request, "authority/notice.html", context)


@members(READERS, purpose="所管庁からの周知を読む")
def told(request: HttpRequest) -> HttpResponse:
    """What one's house was told, the newest first."""
    membership: Membership = request.membership  # type: ignore[attr-defined]
    page = Paginator(noticeboard.told_to(membership.org_id), _PAGE).get_page(request.GET.get("page"))
    return render(request, "authority/told.html", {"page": page})


@members(READERS, purpose="所管庁からの周知を確認したことを記録する")
@require_POST
def read(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """One's house has read a notice; one that did not come to it changes nothing, like one that does not exist."""
    membership: Membership = request.membership  # type: ignore[attr-defined]
    if read_notice(notice_id, by=actor_of(membership)):
        announce(request, gettext("確認したことを所管庁に伝えました。"))
    return redirect("ui:told")


def _send(membership: Membership, given: dict[str, Any]) -> Any:
    houses = noticeboard.houses_below(membership.org_id).filter(kind__in=_KINDS[given["to"]])
    return send_notice(
        membership.org,
        given["title"],
        given["text"],
        to=list(houses),
        read_by_on=given["read_by_on"],
        by=actor_of(membership),
    )
