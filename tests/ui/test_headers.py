"""Safety headers on every kind of response."""

from __future__ import annotations

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from portal.accounts.models import Membership
from tests.accounts.cast import sign_in_fully
from tests.accounts.conftest import no_old_attempts, principal, world  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
EVERYWHERE = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types default",
}


@pytest.mark.parametrize(
    "path", ["/", "/accounts/login/", "/accounts/members/", "/no-such-page/", "/.well-known/openid-configuration"]
)
def test_every_answer_carries_them(client: Client, path: str) -> None:
    answer = client.get(path)
    assert {name: answer[name] for name in EVERYWHERE} == EVERYWHERE
    assert "camera=()" in answer["Permissions-Policy"]
    assert {part.strip() for part in answer["Content-Security-Policy"].split(";")} == POLICY


def test_nothing_behind_the_door_is_kept(client: Client, principal: Membership) -> None:  # noqa: F811
    sign_in_fully(client, principal.user)
    for path in ("/accounts/members/", "/accounts/profile/", "/no-such-page/", "/.well-known/openid-configuration"):
        assert client.get(path)["Cache-Control"] == "no-store"


def test_files_without_personal_data_may_be_kept(client: Client, settings) -> None:
    assert finders.find("css/base.css")
    settings.WHITENOISE_USE_FINDERS = True
    answer = Client().get("/static/css/base.css")
    assert answer.status_code == 200
    assert "no-store" not in answer["Cache-Control"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
