"""A school's own membership: term, services, contacts, documents, letters; leaving, which ends reading at once.

Not here: consent (ours), JCSOS's desk (membership).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from jcsos.actions import members as acts
from jcsos.models import Membership
from jcsos.queries.roll import papers_of
from jcsos.queries.window import membership_of
from portal.accounts.access import members
from portal.accounts.acting import actor_at
from portal.ui.jcsos.consult_forms import upload_of
from portal.ui.jcsos.member_forms import ContactsForm, ResignForm
from portal.ui.jcsos.member_shown import give_paper, member_shown
from portal.ui.jcsos.ours import HEAD, STAFF
from portal.ui.performing import perform


@members(STAFF, purpose="自校のJCSOSの会員登録を見る")
def our_membership(request: HttpRequest) -> HttpResponse:
    """What the school is a member of, until when, with which contacts and documents."""
    return _show(request, {})


@members(STAFF, purpose="自校のJCSOSの会員登録の連絡先と証明書")
@require_POST
def our_membership_act(request: HttpRequest, act: str) -> HttpResponseBase:
    """Contacts, or a letter."""
    return _perform(request, act, {name: _ACTS[name] for name in ("contacts", "letter")})


@members(HEAD, purpose="JCSOSを退会する")
@require_POST
def leave(request: HttpRequest) -> HttpResponseBase:
    """The head ends the membership."""
    return _perform(request, "leave", _ACTS)


@members(STAFF, purpose="自校の会員の書類を開く")
def our_paper(request: HttpRequest, paper_id: UUID) -> HttpResponseBase:
    """A document or letter of the school."""
    held = _held(request)
    row = papers_of(held).filter(pk=paper_id).first() if held else None
    if row is None:
        raise Http404
    return give_paper(request, row, back=reverse("jcsos:our_membership"))


_ACTS: dict[str, tuple[Callable[..., Any], Callable[..., Any], Callable[[], str]]] = {
    "contacts": (
        lambda held, data, files: ContactsForm(data, stored=held.contacts),
        lambda held, form, by: acts.set_contacts(held, form.contacts, by=by),
        lambda: gettext("連絡先を保存しました。"),
    ),
    "letter": (
        lambda held, data, files: forms.Form(data),
        lambda held, form, by: acts.issue_letter(held, by=by),
        lambda: gettext("会員証明書を発行しました。"),
    ),
    "leave": (
        lambda held, data, files: ResignForm(data, files),
        lambda held, form, by: acts.resign(held, reason=form.cleaned_data["reason"], by=by, upload=upload_of(form)),
        lambda: gettext("退会しました。JCSOSの閲覧は、この時点で終わりました。"),
    ),
}


def _perform(request: HttpRequest, act: str, known: dict[str, Any]) -> HttpResponseBase:
    held = _held(request)
    if act not in known or held is None:
        raise Http404
    make, do, said = known[act]
    form = make(held, request.POST, request.FILES)
    form.prefix = act
    by = actor_at(request)
    if perform(request, form, lambda given: do(held, given, by), said()):
        return redirect("jcsos:our_membership" if act != "leave" else "jcsos:ours")
    return _show(request, {act: form})


def _held(request: HttpRequest) -> Membership | None:
    return membership_of(request.membership.org_id)  # type: ignore[attr-defined]


def _show(request: HttpRequest, bound: dict[str, Any]) -> HttpResponse:
    held = _held(request)
    context: dict[str, Any] = {
        "held": held,
        "may_leave": request.membership.role_kind in HEAD,  # type: ignore[attr-defined]
        "bound": list(bound.values()),
        "crumbs": [(gettext("JCSOS"), reverse("jcsos:ours")), (gettext("会員の登録"), "")],
    }
    if held is not None:
        made = {name: bound.get(name) or _form(name, held) for name in _ACTS}
        context |= {**member_shown(held), "forms": made}
    return render(request, "jcsos/our_membership.html", context, status=422 if bound else 200)


def _form(name: str, held: Membership) -> Any:
    form = _ACTS[name][0](held, None, None)
    form.prefix = name
    return form
