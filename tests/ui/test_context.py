"""What the shell knows of the person on every page: organisation, role, menu, switcher; and where home leads."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override

from portal.directory.kinds import OrgKind
from portal.kit.roles import Audience, Role
from portal.ui.home import start_of
from tests.accounts.cast import member, organisation, sign_in_fully

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_old_attempts(servers: None) -> None:
    cache.clear()


@pytest.fixture
def principal(client: Client) -> Client:
    board = organisation(OrgKind.PREFECTURAL_BOARD, "見本県教育委員会")
    school = organisation(OrgKind.SCHOOL, "見本県立葛󠄀西高等学校", parent=board, english_name="Mihon Kasai High School")
    held = member(school, Role.SCHOOL_PRINCIPAL, "head@mihon.example", "髙﨑 𠮷子")
    member(board, Role.AUTHORITY_OFFICER, "head@mihon.example")
    return sign_in_fully(client, held.user)


def shown(client: Client, path: str = "/gallery/") -> str:
    return client.get(path).content.decode()


def test_the_header_names_organisation_role_and_person(principal: Client) -> None:
    page = shown(principal)
    assert '<span class="org__name">見本県立葛󠄀西高等学校</span><span class="org__role">校長</span>' in page
    assert "髙﨑 𠮷子" in page
    assert "所属を切り替える" in page
    assert 'action="/accounts/switch/"' in page
    assert '"X-Acting-For": "' in page


def test_the_menu_shows_only_pages_that_exist_and_admit_the_role(principal: Client) -> None:
    menu = principal.get("/gallery/").context["shell"]["nav"]
    assert [link.title for link in menu if link.url == "/accounts/members/"] == ["職員"]
    for link in menu:
        assert principal.get(link.url).status_code == 200, link
    assert not [link for link in menu if link.title == "受付箱"]


def test_the_line_of_the_present_page_is_marked(principal: Client) -> None:
    menu = principal.get("/accounts/members/").context["shell"]["nav"]
    assert [link.title for link in menu if link.current] == ["職員"]


def test_every_account_and_footer_link_works(principal: Client) -> None:
    shell = principal.get("/gallery/").context["shell"]
    links = [*shell["account_links"], *shell["footer_links"]]
    assert links
    for link in links:
        assert principal.get(link.url).status_code in (200, 302), link


def test_switching_changes_the_window(principal: Client) -> None:
    page = principal.get("/gallery/")
    other = next(seat for seat in page.context["shell"]["memberships"] if not seat.current)
    principal.post("/accounts/switch/", {"membership": other.id})
    assert '<span class="org__role">担当</span>' in shown(principal)


def test_english_pages_use_the_english_names(principal: Client) -> None:
    principal.post("/language/", {"language": "en", "next": "/gallery/"})
    page = shown(principal)
    assert "Mihon Kasai High School" in page
    assert "Principal" in page


def test_home_leads_to_the_audiences_start_page(principal: Client) -> None:
    start = start_of(Audience.SCHOOL)
    assert start
    answer = principal.get("/")
    assert (answer.status_code, answer["Location"]) == (302, start)


def test_home_welcomes_whoever_is_signed_out(client: Client) -> None:
    page = shown(client, "/")
    assert "海外への学校旅行を、確かめてから送り出す" in page
    assert 'href="/accounts/login/"' in page
    with override("en"):
        assert "Sign in" in client.get("/", headers={"accept-language": "en"}).content.decode()
