"""Consulting JCSOS as a school: ask, write further, end, take up again; and the articles for members.

Not here: the desk's side (consult).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from jcsos.actions import consult as acts
from jcsos.enums import TicketTopic
from jcsos.machine import TICKET
from jcsos.models import Article, Ticket
from jcsos.queries import consult as queries
from jcsos.queries.window import membership_of
from portal.accounts.access import members
from portal.accounts.acting import actor_at, actor_of
from portal.ui.jcsos.consult_forms import AskForm, MessageForm, upload_of
from portal.ui.jcsos.consult_shown import give_file, line_of, shown
from portal.ui.jcsos.ours import STAFF
from portal.ui.labels import label_of
from portal.ui.performing import perform


@members(STAFF, purpose="JCSOSへの相談の一覧と新しい相談")
def our_consultations(request: HttpRequest) -> HttpResponseBase:
    """Ask; what was asked before; what members may read."""
    acting = request.membership  # type: ignore[attr-defined]
    form = AskForm(request.POST, request.FILES) if request.method == "POST" else AskForm()

    def ask(given: Any) -> None:
        data = given.cleaned_data
        upload = upload_of(given)
        acts.ask(acting.org, data["topic"], data["subject"], data["text"], by=actor_of(acting), upload=upload)

    if request.method == "POST" and perform(
        request, form, ask, gettext("相談を送りました。返事はメールで知らせます。")
    ):
        return redirect("jcsos:our_consultations")
    context = {
        "form": form,
        "member": membership_of(acting.org_id),
        "rows": [{**line_of(row), "subject": queries.subject_of(row)} for row in queries.tickets_of(acting.org_id)],
        "articles": [(row, label_of(TicketTopic(row.topic))) for row in queries.published_articles()],
        "crumbs": [(gettext("JCSOS"), reverse("jcsos:ours")), (gettext("相談"), "")],
    }
    return render(request, "jcsos/our_consultations.html", context, status=422 if form.errors else 200)


@members(STAFF, purpose="JCSOSへの相談を読む")
def our_consultation(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """One consultation."""
    return _show(request, _found(ticket_id))


@members(STAFF, purpose="JCSOSへの相談に書き足す")
@require_POST
def write(request: HttpRequest, ticket_id: UUID) -> HttpResponseBase:
    """Write further; in an ended consultation this takes it up again."""
    found, by = _found(ticket_id), actor_at(request)
    form = MessageForm(request.POST, request.FILES)

    def do(given: Any) -> None:
        text = given.cleaned_data["text"]
        if found.closed_at is not None:
            acts.reopen(found, text, by=by)
        else:
            acts.write(found, text, by=by, upload=upload_of(given))

    if perform(request, form, do, gettext("送りました。JCSOSに知らせました。")):
        return redirect("jcsos:our_consultation", ticket_id=found.pk)
    return _show(request, found, bound=form)


@members(STAFF, purpose="JCSOSへの相談を終える")
@require_POST
def close(request: HttpRequest, ticket_id: UUID) -> HttpResponseBase:
    """Nothing more to ask."""
    found, by, form = _found(ticket_id), actor_at(request), forms.Form(request.POST)
    if perform(request, form, lambda given: acts.close(found, by=by), gettext("相談を終えました。")):
        return redirect("jcsos:our_consultation", ticket_id=found.pk)
    return _show(request, found, refused=form)


@members(STAFF, purpose="JCSOSへの相談の資料を開く")
def our_file(request: HttpRequest, ticket_id: UUID, entry_id: UUID) -> HttpResponseBase:
    """A file of either side."""
    found = _found(ticket_id)
    back = reverse("jcsos:our_consultation", kwargs={"ticket_id": found.pk})
    return give_file(request, found, entry_id, by=actor_at(request), back=back)


@members(STAFF, purpose="JCSOSの会員向けの記事を読む")
def our_article(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """One published article."""
    try:
        found = queries.published_articles().get(pk=article_id)
    except Article.DoesNotExist:
        raise Http404 from None
    crumbs = [(gettext("JCSOS"), reverse("jcsos:ours")), (gettext("相談"), reverse("jcsos:our_consultations"))]
    context = {
        "article": found,
        "topic": label_of(TicketTopic(found.topic)),
        "crumbs": [*crumbs, (found.title, "")],
    }
    return render(request, "jcsos/our_article.html", context)


def _found(ticket_id: UUID) -> Ticket:
    try:
        return queries.get_ticket(ticket_id)
    except Ticket.DoesNotExist:
        raise Http404 from None


def _show(request: HttpRequest, found: Ticket, *, bound: Any = None, refused: Any = None) -> HttpResponse:
    steps = [step.name for step in TICKET.allowed(found.state_kind, seat="school", role=actor_at(request).role)]
    context = {
        **shown(found),
        "form": bound or MessageForm(),
        "steps": steps if membership_of(found.school_id) else [],
        "bound": [one for one in (bound, refused) if one is not None],
        "crumbs": [
            (gettext("JCSOS"), reverse("jcsos:ours")),
            (gettext("相談"), reverse("jcsos:our_consultations")),
            (queries.subject_of(found), ""),
        ],
    }
    return render(request, "jcsos/our_consultation.html", context, status=422 if context["bound"] else 200)
