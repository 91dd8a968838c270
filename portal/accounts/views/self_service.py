"""A person's own affairs: which organisation to act for, name and language, the way to a second factor."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts import actions
from portal.accounts.access import signed_in
from portal.accounts.adapters import set_language_cookie
from portal.accounts.forms import ProfileForm
from portal.accounts.proof import SecondFactor, second_factor
from portal.accounts.requests import PersonRequest


@signed_in("自分の所属の一覧")
@require_safe
def memberships_page(request: PersonRequest) -> HttpResponse:
    """Every organisation one may act for, the present one marked."""
    return render(request, "accounts/memberships.html")


@signed_in("所属の切替え")
@require_POST
def switch(request: PersonRequest) -> HttpResponse:
    """Act for another organisation, starting at its own first page."""
    try:
        held = actions.switch_membership(request.session, to=_wanted(request), by=request.user)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("accounts:memberships")
    messages.success(request, _("「%(org)s」に切り替えました。") % {"org": held.org.name})
    return redirect("/")


@signed_in("自分の氏名と表示言語")
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: PersonRequest) -> HttpResponse:
    """The own name and language."""
    user = request.user
    form = ProfileForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if not form.is_valid():
        return render(request, "accounts/profile.html", {"form": form}, status=422 if form.errors else 200)
    saved = actions.save_profile(user, **form.cleaned_data)
    with translation.override(saved.language):
        messages.success(request, _("プロフィールを保存しました。"))
    response = redirect("accounts:profile")
    set_language_cookie(response, saved.language)
    return response


@signed_in("2段階認証の設定への案内")
@require_safe
def second_factor_page(request: PersonRequest) -> HttpResponse:
    """Why a second factor is needed and the ways to set one up; with one in place, onwards."""
    if second_factor(request) is not SecondFactor.MISSING:
        return redirect("/")
    return render(request, "accounts/second_factor.html")


@signed_in("別のタブでのサインインの完了")
@require_safe
def returned(request: PersonRequest) -> HttpResponse:
    """Done in this tab: the typed text waits in the other one."""
    return render(request, "accounts/returned.html")


def _wanted(request: PersonRequest) -> UUID:
    try:
        return UUID(request.POST.get("membership", ""))
    except ValueError as error:
        raise Http404 from error
