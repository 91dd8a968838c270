"""When the database goes under a request: a clear page, the form given back, and the next request is served again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from portal.accounts.access import public

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]
handler500 = "portal.ui.broken.answer_broken"
TYPED = {"title": "髙﨑の旅", "password": "秘密のことば", "csrfmiddlewaretoken": "old"}


@public("試験")
def falls(request: HttpRequest) -> HttpResponse:
    """The server ends the connection of this very request, as it does when it is killed or restarted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    return HttpResponse("not reached")


@public("試験")
def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


urlpatterns = [
    path("falls/", falls, name="falls"),
    path("breaks/", breaks, name="breaks"),
    path("api/v1/falls/", falls, name="api_falls"),
    path("", include("portal.config.urls")),
]


@pytest.fixture
def visitor() -> Iterator[Client]:
    yield Client(raise_request_exception=False)
    connection.close()


def test_a_form_is_given_back_and_the_next_request_is_served(visitor: Client) -> None:
    answer = visitor.post("/falls/", TYPED)
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "20", "no-store")
    assert '<textarea hidden name="title">\n髙﨑の旅</textarea>' in page
    assert 'action="/falls/"' in page
    assert page.count("csrfmiddlewaretoken") == 1
    assert ("秘密のことば" in page, 'value="old"' in page) == (False, False)
    assert visitor.get("/accounts/login/").status_code == 200


@pytest.mark.parametrize(
    ("language", "words"), [("ja", "数分おいてから、もう一度開いてください"), ("en", "Maintenance or heavy load")]
)
def test_a_reader_is_told_to_come_back_in_their_language(visitor: Client, language: str, words: str) -> None:
    answer = visitor.get("/falls/", headers={"Accept-Language": language})
    assert (answer.status_code, words in answer.content.decode()) == (503, True)
    assert "<form" not in answer.content.decode()


def test_a_machine_reads_a_sentence(visitor: Client) -> None:
    answer = visitor.get("/api/v1/falls/")
    assert (answer.status_code, answer.json()) == (
        503,
        {"detail": "データベースにつながりません。少し待ってから、もう一度お試しください。"},
    )


def test_what_is_broken_otherwise_does_not_blame_the_database(visitor: Client) -> None:
    answer = visitor.post("/breaks/", TYPED)
    assert (answer.status_code, "Retry-After" in answer.headers) == (500, False)
    assert "処理できませんでした" in answer.content.decode()
