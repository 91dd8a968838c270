"""Start-up refuses an undeclared URL and a production portal without a second factor."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from portal.accounts.checks import a_second_factor_is_required, every_url_declares_its_access


def test_every_url_of_the_portal_is_declared() -> None:
    assert every_url_declares_its_access(None) == []


@pytest.mark.urls("tests.accounts.probe")
def test_an_undeclared_url_is_named() -> None:
    found = every_url_declares_its_access(None)
    assert [message.id for message in found] == ["accounts.E001"]
    assert "probe_undeclared at probe/undeclared/" in found[0].msg


@pytest.mark.urls("tests.accounts.probe")
def test_an_undeclared_url_stops_the_start() -> None:
    with pytest.raises(SystemCheckError, match=r"accounts\.E001"):
        call_command("check")


@pytest.mark.parametrize(("environment", "relaxed", "found"), [("prod", True, 1), ("dev", True, 0), ("prod", False, 0)])
def test_production_needs_a_second_factor(settings: Any, environment: str, relaxed: bool, found: int) -> None:
    settings.PORTAL_ENV, settings.PORTAL_RELAX_MFA = environment, relaxed
    assert len(a_second_factor_is_required(None)) == found
