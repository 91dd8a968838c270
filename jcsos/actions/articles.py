"""Knowledge articles: written anew from an answer, checked for names, published to members, withdrawn.

Not here: the consultation itself (consult).
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from jcsos.actions.steps import require_text
from jcsos.enums import ArticleState, TicketTopic
from jcsos.models import Article, Ticket
from jcsos.queries.consult import names_a_traveller, ticket_behind
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.kit import clock
from portal.kit.machine import Refused

_SPECIMEN = "(見本)"


@dataclass(frozen=True)
class Text:
    """What an article says."""

    topic: TicketTopic
    title: str
    text: str


@transaction.atomic
def begin_article(ticket: Ticket, text: Text, *, by: Actor, org_id: UUID) -> Article:
    """The draft of an article from one consultation; each consultation has one article at most."""
    ticket = Ticket.objects.select_for_update(of=("self",)).select_related("school").get(pk=ticket.pk)
    if ticket.article_id is not None:
        raise Refused(gettext("この相談からは、もう記事を作っています。その記事を直してください"))
    article = Article(org_id=org_id, written_by_id=by.person_id)
    _fill(article, text)
    article.save(force_insert=True)
    ticket.article_id = article.pk
    ticket.save(update_fields=["article_id"])
    _record(EventName.ARTICLE_SAVED, article, by=by)
    return article


@transaction.atomic
def rewrite_article(article: Article, text: Text, *, by: Actor) -> Article:
    """Keep a new wording. What members read is checked again at once."""
    article = _lock(article)
    _fill(article, text)
    if article.state_kind is ArticleState.PUBLISHED:
        _require_nobody_named(article)
    article.written_at, article.written_by_id = clock.now(), by.person_id
    article.save(update_fields=["topic", "title", "text", "written_at", "written_by"])
    _record(EventName.ARTICLE_SAVED, article, by=by)
    return article


@transaction.atomic
def publish_article(article: Article, *, by: Actor) -> Article:
    """Members read it from now on. Nobody on the asking school's rosters, nor the school, may be named in it."""
    article = _lock(article)
    if article.state_kind is ArticleState.PUBLISHED:
        raise Refused(gettext("この記事は公開中です"))
    _require_nobody_named(article)
    article.state, article.withdrawn_at = ArticleState.PUBLISHED.value, None
    article.published_at, article.published_by_id = clock.now(), by.person_id
    article.save(update_fields=["state", "published_at", "published_by", "withdrawn_at"])
    _record(EventName.ARTICLE_PUBLISHED, article, by=by)
    return article


@transaction.atomic
def withdraw_article(article: Article, *, by: Actor) -> Article:
    """Members read it no longer."""
    article = _lock(article)
    if article.state_kind is not ArticleState.PUBLISHED:
        raise Refused(gettext("公開中の記事だけ、公開を終えられます"))
    article.state, article.withdrawn_at = ArticleState.WITHDRAWN.value, clock.now()
    article.save(update_fields=["state", "withdrawn_at"])
    _record(EventName.ARTICLE_WITHDRAWN, article, by=by)
    return article


def _require_nobody_named(article: Article) -> None:
    ticket = ticket_behind(article)
    if ticket is None:
        raise Refused(
            gettext("もとの相談が見えないため、名前が無いことを確かめられません。新しい記事として書いてください")
        )
    said = f"{article.title}\n{article.text}"
    if ticket.school.name.removesuffix(_SPECIMEN) in said:
        raise Refused(gettext("相談した学校の名前が書かれています。学校が分からない書き方に直してください"))
    if names_a_traveller(ticket.school_id, said):
        raise Refused(gettext("相談した学校の名簿にある氏名が書かれています。だれか分からない書き方に直してください"))


def _fill(article: Article, text: Text) -> None:
    article.topic = text.topic.value
    article.title = require_text(text.title, gettext("記事の題を書いてください"))
    article.text = require_text(text.text, gettext("記事の本文を書いてください"))


def _lock(article: Article) -> Article:
    return Article.objects.select_for_update(of=("self",)).get(pk=article.pk)


def _record(name: EventName, article: Article, *, by: Actor) -> None:
    record(name, by=by, about=Subject(), article=str(article.pk))
