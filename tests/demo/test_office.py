"""JCSOS's office in the specimens: terms, associates, a letter, two consultations and an article that names nobody."""

from __future__ import annotations

import datetime as dt

import pytest

from jcsos.enums import ArticleState, TicketState
from jcsos.models import Article, Associate, MemberPaper, Membership, Ticket
from jcsos.rules.members import Standing, standing_of
from portal.demo.load import create_cast
from portal.demo.office import play_office
from portal.kit import clock

ON = dt.date(2026, 11, 22)


@pytest.mark.django_db
def test_the_office_comes_to_life() -> None:
    cast = create_cast()
    assert play_office(list(cast.seats.values()), on=ON) == 2
    schools = [org for key, org in cast.orgs.items() if key != "jcsos"]
    tickets = Ticket.objects.filter(school__in=schools)
    assert sorted(tickets.values_list("state", flat=True)) == [TicketState.ASKED.value, TicketState.CLOSED.value]
    article = Article.objects.get(pk=tickets.exclude(article_id=None).get().article_id)
    assert article.state_kind is ArticleState.PUBLISHED
    assert Associate.objects.filter(org=cast.orgs["jcsos"]).count() == 3
    assert MemberPaper.objects.get(school__in=schools).says["institution"].endswith("(specimen)")
    members = Membership.objects.filter(school__in=schools)
    assert members
    standings = {standing_of(term_until=held.term_until, left_on=held.left_on, on=clock.today()) for held in members}
    assert standings == {Standing.CURRENT}
    assert all(held.services for held in members)
