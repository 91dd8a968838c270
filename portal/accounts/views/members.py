"""The people of one's own organisation, and the organisations below: list, invite, revoke, remove."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts import actions, queries
from portal.accounts.access import members
from portal.accounts.forms import InviteForm
from portal.accounts.inviting import FOUNDERS, HEADS
from portal.accounts.models import Membership
from portal.accounts.requests import MemberRequest
from portal.directory.kinds import OrgKind
from portal.tenancy.models import Org

PAGE = 50
heads = members(HEADS.values(), purpose="自組織の職員の招待と登録の管理")
founders = members(FOUNDERS, purpose="所管する組織の責任者の招待")


@heads
@require_safe
def members_page(request: MemberRequest) -> HttpResponse:
    """Everybody in the own organisation, and the invitations still open."""
    return render(request, "accounts/members.html", _people_of(request.membership.org))


@heads
@require_http_methods(["GET", "HEAD", "POST"])
def invite_member(request: MemberRequest) -> HttpResponse:
    """Invite somebody into the own organisation."""
    return _invite(request, request.membership.org, "accounts/invite.html", back="accounts:members")


@heads
@require_http_methods(["GET", "HEAD", "POST"])
def remove_member(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """Ask once, then end a role in the own organisation."""
    held = queries.members_of(request.membership.org).filter(pk=membership_id).first()
    if held is None:
        raise Http404
    if request.method != "POST":
        return render(request, "accounts/remove_member.html", {"held": held})
    try:
        actions.deactivate_membership(held.pk, by=request.membership)
        messages.success(request, _("登録を外しました。次の操作から使えなくなります。"))
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("accounts:members")


@members({*HEADS.values(), *FOUNDERS}, purpose="自分が出せる招待の取消し")
@require_POST
def revoke(request: MemberRequest, invitation_id: UUID) -> HttpResponse:
    """Withdraw an invitation."""
    try:
        invitation = actions.revoke_invitation(invitation_id, by=request.membership)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("accounts:members" if request.membership.role in HEADS.values() else "accounts:organisations")
    messages.success(request, _("招待を取り消しました。送ったリンクは使えません。"))
    if invitation.org_id == request.membership.org_id:
        return redirect("accounts:members")
    return redirect("accounts:organisation", invitation.org_id)


@founders
@require_safe
def organisations_page(request: MemberRequest) -> HttpResponse:
    """The organisations below the own one, by name."""
    query = request.GET.get("q", "").strip()
    found = queries.organisations_below(request.membership, containing=query)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [(org, OrgKind(org.kind)) for org in page]
    context = {"page": page, "rows": rows, "q": query, "query": urlencode({"q": query} if query else {})}
    return render(request, "accounts/organisations.html", context)


@founders
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_page(request: MemberRequest, org_id: UUID) -> HttpResponse:
    """One organisation below: who answers for it, and a form to invite that person."""
    org = queries.organisation_below(request.membership, org_id)
    if org is None:
        raise Http404
    return _invite(request, org, "accounts/organisation.html", back="accounts:organisations")


def _invite(request: MemberRequest, org: Org, template: str, *, back: str) -> HttpResponse:
    offered = queries.roles_to_offer(request.membership, org)
    form = InviteForm(request.POST or None, roles=offered)
    if form.is_valid() and _sent(request, org, form):
        return redirect(back)
    context = {"form": form, **_people_of(org, heads_of=None if org == request.membership.org else offered)}
    return render(request, template, context, status=422 if form.errors else 200)


def _sent(request: MemberRequest, org: Org, form: InviteForm) -> bool:
    try:
        actions.invite(org, by=request.membership, **form.cleaned_data)
    except actions.Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("招待を受け付けました。相手にメールでリンクが届きます(7日間有効)。"))
    return True


def _people_of(org: Org, heads_of: tuple[str, ...] | None = None) -> dict[str, object]:
    held: list[Membership] = list(queries.members_of(org))
    if heads_of is not None:
        # From above only the head is shown: whom else an organisation employs is its own affair.
        held = [membership for membership in held if membership.role in heads_of]
    return {"org": org, "held": held, "invitations": queries.pending_invitations_of(org), "now": timezone.now()}
