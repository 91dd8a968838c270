"""The invited person's side: open the link, register or sign in, join."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts import actions, queries
from portal.accounts.access import public
from portal.accounts.forms import JoinForm
from portal.accounts.models import Invitation, Membership, User

OPENED = "invitation"
"""Session key of the hash of the token whose link was opened."""


@public("招待メールのリンク")
@never_cache
@require_safe
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address, so that no history, log or referrer keeps it."""
    request.session[OPENED] = queries.hash_token(token)
    return redirect("accounts:invitation")


@public("招待への参加")
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """One page for every standing of the visitor; a dead link always reads the same."""
    found = queries.open_invitation(request.session.get(OPENED, ""))
    if found is None:
        return render(request, "accounts/invitation_dead.html", status=410)
    if not request.user.is_authenticated:
        return _for_a_stranger(request, found)
    if request.user.email != found.email:
        return render(request, "accounts/invitation_other_person.html", {"invitation": found}, status=403)
    if request.method == "POST":
        return _join(request, found, request.user)
    return render(request, "accounts/invitation_join.html", {"invitation": found})


def _for_a_stranger(request: HttpRequest, found: Invitation) -> HttpResponse:
    if User.objects.filter(email=found.email).exists():
        context = {"invitation": found, "here": reverse("accounts:invitation")}
        return render(request, "accounts/invitation_sign_in.html", context)
    form = JoinForm(request.POST or None, email=found.email)
    if form.is_valid():
        return _register(request, found, form)
    status = 422 if form.errors else 200
    return render(request, "accounts/invitation_register.html", {"invitation": found, "form": form}, status=status)


def _register(request: HttpRequest, found: Invitation, form: JoinForm) -> HttpResponse:
    name, password = form.cleaned_data["name"], form.cleaned_data["password1"]
    try:
        membership = actions.register_and_accept(found.token_hash, name=name, password=password)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("accounts:invitation")
    record_authentication(request, membership.user, method="password", email=membership.user.email)
    response = perform_login(request, membership.user, redirect_url=reverse("accounts:second_factor"))
    _settle(request, membership)
    return response


def _join(request: HttpRequest, found: Invitation, user: User) -> HttpResponse:
    try:
        membership = actions.accept_invitation(found.token_hash, by=user)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("accounts:invitation")
    _settle(request, membership)
    return redirect("/")


def _settle(request: HttpRequest, membership: Membership) -> None:
    request.session.pop(OPENED, None)
    actions.switch_membership(request.session, to=membership.pk, by=membership.user)
    messages.success(request, _("「%(org)s」に参加しました。") % {"org": membership.org.name})
