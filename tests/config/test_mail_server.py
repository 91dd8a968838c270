"""A mail server's address says how the line is encrypted, and what is not understood is refused."""

from __future__ import annotations

import pytest

from portal.config.mail_server import mail_server


@pytest.mark.parametrize(
    ("url", "port", "starttls", "from_the_start"),
    [
        ("smtp+tls://portal:p%40ss@mail.example", 587, True, False),
        ("smtp+tls://portal:p%40ss@mail.example:2587", 2587, True, False),
        ("submission://portal:p%40ss@mail.example", 587, True, False),
        ("smtps://portal:p%40ss@mail.example", 465, False, True),
        ("smtp+ssl://portal:p%40ss@mail.example:465", 465, False, True),
    ],
)
def test_a_login_travels_encrypted(url, port, starttls, from_the_start):
    assert mail_server(url) == {
        "EMAIL_HOST": "mail.example",
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": "portal",
        "EMAIL_HOST_PASSWORD": "p@ss",
        "EMAIL_USE_TLS": starttls,
        "EMAIL_USE_SSL": from_the_start,
    }


def test_a_relay_beside_the_portal_may_do_without():
    told = mail_server("smtp://relay.example")
    assert (told["EMAIL_PORT"], told["EMAIL_USE_TLS"], told["EMAIL_USE_SSL"]) == (25, False, False)


@pytest.mark.parametrize(
    "url",
    [
        "foo",
        "",
        "console:",
        "smtp+tls://",
        "smtp+tls://mail.example:hunter",
        "amqp://mail.example",
        "smtp://u:hunter@m",
    ],
)
def test_what_is_no_mail_server_is_refused_without_repeating_it(url):
    with pytest.raises(ValueError, match=" / ") as refused:
        mail_server(url)
    assert "hunter" not in str(refused.value)
