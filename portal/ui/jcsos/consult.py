"""The consultation desk: waiting questions first, one page each, answers, visits, articles. For 相談・J-TAS alone.

Every look at a consultation stands in the school's history. Not here: the school's side (our_consult).
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

from jcsos.actions import articles as article_acts
from jcsos.actions import consult as acts
from jcsos.machine import TICKET
from jcsos.models import Article, Ticket
from jcsos.queries import consult as queries
from portal.accounts.access import members
from portal.accounts.acting import actor_at
from portal.audit.record import Actor
from portal.kit.roles import Role
from portal.ui.jcsos.consult_forms import ArticleForm, MessageForm, VisitForm, upload_of
from portal.ui.jcsos.consult_shown import give_file, line_of, shown, tiles_of
from portal.ui.labels import label_of
from portal.ui.performing import perform

DESK = (Role.JCSOS_CASES,)


@members(DESK, purpose="会員校からの相談の一覧", health=True)
def consultations(request: HttpRequest) -> HttpResponse:
    """Every consultation by topic and state, the longest wait first; how long schools wait; the articles."""
    rows = list(queries.tickets())
    context = {
        "tiles": tiles_of(queries.waits_of(rows)),
        "rows": [line_of(row) for row in rows],
        "articles": [(row, label_of(row.state_kind)) for row in queries.articles()],
    }
    return render(request, "jcsos/consultations.html", context)


@members(DESK, purpose="会員校からの相談を読む", health=True)
def consultation(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """One consultation; the school sees that it was opened."""
    found = _found(ticket_id)
    acts.note_read(found, by=actor_at(request))
    return _show(request, found)


@members(DESK, purpose="会員校の相談に答える", health=True)
@require_POST
def act(request: HttpRequest, ticket_id: UUID, act: str) -> HttpResponseBase:
    """One act; whatever stops it leaves what was typed in its form."""
    found, by = _found(ticket_id), actor_at(request)
    if act not in _ACTS:
        raise Http404
    make, do, said = _ACTS[act]
    form = _prefixed(make(request.POST, request.FILES), act)
    if perform(request, form, lambda given: do(found, given, by), said()):
        return redirect("jcsos:consultation", ticket_id=found.pk)
    return _show(request, _found(ticket_id), bound={act: form})


@members(DESK, purpose="会員校の相談の資料を開く", health=True)
def consultation_file(request: HttpRequest, ticket_id: UUID, entry_id: UUID) -> HttpResponseBase:
    """A file of the school or of the desk; the school sees that it was opened."""
    found = _found(ticket_id)
    return give_file(request, found, entry_id, by=actor_at(request), back=_url(found))


@members(DESK, purpose="会員向けの記事を書く", health=True)
def article(request: HttpRequest, article_id: UUID) -> HttpResponseBase:
    """One article: read, rewrite."""
    found = _article(article_id)
    initial = {"topic": found.topic, "title": found.title, "text": found.text}
    form = ArticleForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and perform(
        request,
        form,
        lambda given: article_acts.rewrite_article(found, given.written, by=actor_at(request)),
        gettext("記事を保存しました。"),
    ):
        return redirect("jcsos:article", article_id=found.pk)
    return _show_article(request, _article(article_id), form)


@members(DESK, purpose="会員向けの記事を公開する", health=True)
@require_POST
def article_act(request: HttpRequest, article_id: UUID, act: str) -> HttpResponseBase:
    """Publish or withdraw."""
    found, by, form = _article(article_id), actor_at(request), forms.Form(request.POST)
    known: dict[str, tuple[Callable[..., Any], str]] = {
        "publish": (article_acts.publish_article, gettext("記事を公開しました。会員校が読めます。")),
        "withdraw": (article_acts.withdraw_article, gettext("公開を終えました。")),
    }
    if act not in known:
        raise Http404
    do, said = known[act]
    if perform(request, form, lambda given: do(found, by=by), said):
        return redirect("jcsos:article", article_id=found.pk)
    initial = {"topic": found.topic, "title": found.title, "text": found.text}
    return _show_article(request, found, ArticleForm(initial=initial), refused=form)


def _begin(found: Ticket, form: Any, by: Actor) -> None:
    article_acts.begin_article(found, form.written, by=by, org_id=found.org_id)


_ACTS: dict[str, tuple[Callable[..., Any], Callable[..., Any], Callable[[], str]]] = {
    "answer": (
        MessageForm,
        lambda found, form, by: acts.write(found, form.cleaned_data["text"], by=by, upload=upload_of(form)),
        lambda: gettext("回答を送り、学校に知らせました。"),
    ),
    "visit": (
        VisitForm,
        lambda found, form, by: acts.note_visit(found, by=by, **form.cleaned_data),
        lambda: gettext("訪問・面談を記録しました。"),
    ),
    "close": (
        forms.Form,
        lambda found, form, by: acts.close(found, by=by),
        lambda: gettext("相談を終えました。"),
    ),
    "article": (ArticleForm, _begin, lambda: gettext("記事の下書きを作りました。会員にはまだ見えません。")),
}
"""Name in the URL → its form, its act, and what is said afterwards."""


def _prefixed(form: Any, name: str) -> Any:
    form.prefix = name
    return form


def _found(ticket_id: UUID) -> Ticket:
    try:
        return queries.get_ticket(ticket_id)
    except Ticket.DoesNotExist:
        raise Http404 from None


def _article(article_id: UUID) -> Article:
    try:
        return queries.get_article(article_id)
    except Article.DoesNotExist:
        raise Http404 from None


def _url(found: Ticket) -> str:
    return reverse("jcsos:consultation", kwargs={"ticket_id": found.pk})


def _show(request: HttpRequest, found: Ticket, *, bound: dict[str, Any] | None = None) -> HttpResponse:
    bound = bound or {}
    context = {
        **shown(found),
        "steps": [step.name for step in TICKET.allowed(found.state_kind, seat="jcsos", role=actor_at(request).role)],
        "forms": {name: bound.get(name) or _prefixed(_ACTS[name][0](), name) for name in _ACTS},
        "article": _article_of(found),
        "bound": list(bound.values()),
        "crumbs": [(gettext("相談"), reverse("jcsos:consultations")), (str(found.school), "")],
    }
    return render(request, "jcsos/consultation.html", context, status=422 if bound else 200)


def _article_of(found: Ticket) -> Article | None:
    return queries.articles().filter(pk=found.article_id).first() if found.article_id else None


def _show_article(request: HttpRequest, found: Article, form: ArticleForm, *, refused: Any = None) -> HttpResponse:
    ticket = queries.ticket_behind(found)
    context = {
        "article": found,
        "state": label_of(found.state_kind),
        "ticket": ticket,
        "form": form,
        "bound": [one for one in (form if form.is_bound else None, refused) if one is not None],
        "crumbs": [(gettext("相談"), reverse("jcsos:consultations")), (found.title, "")],
    }
    return render(request, "jcsos/article.html", context, status=422 if context["bound"] else 200)
