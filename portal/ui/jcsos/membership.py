"""The members' desk: full and associate members, joining, renewing, services, contacts, documents, letters, leaving.

For 会員管理 alone. Not here: the school's own page (our_membership).
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

from jcsos import queries as window
from jcsos.actions import members as acts
from jcsos.enums import AssociateKind
from jcsos.models import Associate, Membership
from jcsos.queries import roll as queries
from jcsos.rules.members import Terms
from portal.accounts.access import members
from portal.accounts.acting import actor_at, actor_of
from portal.kit.roles import Role
from portal.ui.jcsos.consult_forms import upload_of
from portal.ui.jcsos.member_forms import (
    AssociateForm,
    ContactsForm,
    EnrolForm,
    KeepForm,
    LeaveForm,
    RenewForm,
    ResignForm,
    ServicesForm,
)
from portal.ui.jcsos.member_shown import give_paper, member_shown, standing_shown
from portal.ui.labels import label_of
from portal.ui.performing import perform

DESK = (Role.JCSOS_MEMBERS,)
Held = Membership | Associate


@members(DESK, purpose="会員の一覧と入会の受付")
def roll(request: HttpRequest) -> HttpResponse:
    """Full and associate members with their standing; joining."""
    return _roll(request, {})


@members(DESK, purpose="会員の入会を受け付ける")
@require_POST
def join(request: HttpRequest, kind: str) -> HttpResponseBase:
    """A school or another body joins."""
    acting = request.membership  # type: ignore[attr-defined]
    known: dict[str, tuple[type[Any], Callable[..., Any]]] = {
        "school": (EnrolForm, _enrol),
        "associate": (AssociateForm, _enrol_associate),
    }
    if kind not in known:
        raise Http404
    make, do = known[kind]
    form = _prefixed(make(request.POST, request.FILES), kind)
    if perform(request, form, lambda given: do(given, acting), gettext("入会を登録しました。")):
        return redirect("jcsos:members")
    return _roll(request, {kind: form})


@members(DESK, purpose="一つの会員の登録を見る")
def member(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """One full member."""
    return _show(request, _member(member_id), {})


@members(DESK, purpose="会員の登録を変える")
@require_POST
def member_act(request: HttpRequest, member_id: UUID, act: str) -> HttpResponseBase:
    """One act on a full member."""
    return _act(request, _member(member_id), act, _OF_MEMBERS)


@members(DESK, purpose="会員の書類を開く")
def member_paper(request: HttpRequest, member_id: UUID, paper_id: UUID) -> HttpResponseBase:
    """A document or a letter of a full member."""
    return _paper(request, _member(member_id), paper_id)


@members(DESK, purpose="一つの準会員の登録を見る")
def associate(request: HttpRequest, associate_id: UUID) -> HttpResponse:
    """One associate member."""
    return _show(request, _associate(associate_id), {})


@members(DESK, purpose="準会員の登録を変える")
@require_POST
def associate_act(request: HttpRequest, associate_id: UUID, act: str) -> HttpResponseBase:
    """One act on an associate member."""
    return _act(request, _associate(associate_id), act, _OF_ASSOCIATES)


@members(DESK, purpose="準会員の書類を開く")
def associate_paper(request: HttpRequest, associate_id: UUID, paper_id: UUID) -> HttpResponseBase:
    """A document of an associate member."""
    return _paper(request, _associate(associate_id), paper_id)


Acts = dict[str, tuple[Callable[..., Any], Callable[..., Any], Callable[[], str]]]
_SHARED: Acts = {
    "renew": (
        lambda held, data, files: RenewForm(data, files),
        lambda held, form, by: acts.renew(held, until=form.cleaned_data["until"], by=by, upload=upload_of(form)),
        lambda: gettext("会員の期間を継続しました。"),
    ),
    "services": (
        lambda held, data, files: ServicesForm(data, initial={"services": held.services}),
        lambda held, form, by: acts.set_services(held, Terms(services=tuple(form.cleaned_data["services"])), by=by),
        lambda: gettext("利用するサービスを保存しました。"),
    ),
    "contacts": (
        lambda held, data, files: ContactsForm(data, stored=held.contacts),
        lambda held, form, by: acts.set_contacts(held, form.contacts, by=by),
        lambda: gettext("連絡先を保存しました。"),
    ),
    "paper": (
        lambda held, data, files: KeepForm(data, files),
        lambda held, form, by: acts.keep_paper(held, form.cleaned_data["kind"], upload_of(form), by=by),  # type: ignore[arg-type]
        lambda: gettext("書類を保存しました。"),
    ),
}
_OF_MEMBERS: Acts = {
    **_SHARED,
    "letter": (
        lambda held, data, files: forms.Form(data),
        lambda held, form, by: acts.issue_letter(held, by=by),
        lambda: gettext("会員証明書を発行しました。"),
    ),
    "leave": (
        lambda held, data, files: ResignForm(data, files),
        lambda held, form, by: acts.resign(held, reason=form.cleaned_data["reason"], by=by, upload=upload_of(form)),
        lambda: gettext("退会を登録しました。閲覧はこの時点で終わりました。"),
    ),
}
_OF_ASSOCIATES: Acts = {
    **_SHARED,
    "leave": (
        lambda held, data, files: LeaveForm(data, files),
        lambda held, form, by: acts.end_associate(held, by=by, upload=upload_of(form)),
        lambda: gettext("退会を登録しました。"),
    ),
}
"""Name in the URL → its form, its act, and what is said afterwards."""


def _enrol(form: EnrolForm, acting: Any) -> None:
    school = queries.schools_to_enrol().get(pk=form.cleaned_data["school"])
    acts.enrol(school, form.terms, on=form.cleaned_data["on"], by=actor_of(acting), upload=upload_of(form))


def _enrol_associate(form: AssociateForm, acting: Any) -> None:
    given = form.cleaned_data
    acts.enrol_associate(
        acting.org, given["name"], given["kind"], form.terms, on=given["on"], by=actor_of(acting),
        english_name=given["english_name"] or "",
    )  # fmt: skip


def _act(request: HttpRequest, held: Held, act: str, known: Acts) -> HttpResponseBase:
    if act not in known:
        raise Http404
    make, do, said = known[act]
    form, by = _prefixed(make(held, request.POST, request.FILES), act), actor_at(request)
    if perform(request, form, lambda given: do(held, given, by), said()):
        return redirect(_url(held))
    return _show(request, held, {act: form})


def _paper(request: HttpRequest, held: Held, paper_id: UUID) -> HttpResponseBase:
    row = queries.papers_of(held).filter(pk=paper_id).first()
    if row is None:
        raise Http404
    return give_paper(request, row, back=_url(held))


def _member(member_id: UUID) -> Membership:
    try:
        return window.get_member(member_id)
    except Membership.DoesNotExist:
        raise Http404 from None


def _associate(associate_id: UUID) -> Associate:
    try:
        return queries.get_associate(associate_id)
    except Associate.DoesNotExist:
        raise Http404 from None


def _prefixed(form: Any, name: str) -> Any:
    form.prefix = name
    return form


def _url(held: Held) -> str:
    if isinstance(held, Membership):
        return reverse("jcsos:member", kwargs={"member_id": held.pk})
    return reverse("jcsos:associate", kwargs={"associate_id": held.pk})


def _roll(request: HttpRequest, bound: dict[str, Any]) -> HttpResponse:
    context = {
        "rows": [standing_shown(held) for held in window.members()],
        "associates": [
            {**standing_shown(held), "kind": label_of(AssociateKind(held.kind))} for held in queries.associates()
        ],
        "school_form": bound.get("school") or _prefixed(EnrolForm(), "school"),
        "associate_form": bound.get("associate") or _prefixed(AssociateForm(), "associate"),
        "bound": list(bound.values()),
    }
    return render(request, "jcsos/members.html", context, status=422 if bound else 200)


def _show(request: HttpRequest, held: Held, bound: dict[str, Any]) -> HttpResponse:
    full = isinstance(held, Membership)
    known = _OF_MEMBERS if full else _OF_ASSOCIATES
    base = _url(held)
    context = {
        **member_shown(held),
        "full": full,
        "title": str(held.school) if isinstance(held, Membership) else held.name,
        "base": base,
        "forms": {name: bound.get(name) or _prefixed(known[name][0](held, None, None), name) for name in known},
        "bound": list(bound.values()),
        "crumbs": [(gettext("会員"), reverse("jcsos:members")), (str(getattr(held, "school", held)), "")],
    }
    return render(request, "jcsos/member.html", context, status=422 if bound else 200)
