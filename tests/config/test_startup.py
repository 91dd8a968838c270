"""A process whose checks fail serves nothing; the health page says which part."""

from __future__ import annotations

import json
import logging

import pytest

from portal.config.startup import guarded, refused_by
from portal.config.supervisor.ports import unhealthy_parts


def _call(application):
    told = {}
    body = b"".join(application({}, lambda status, headers: told.update(status=status, headers=dict(headers))))
    return told["status"], body


def _untouched(environ, start_response):
    start_response("200 OK", [])
    return [b"served"]


@pytest.mark.django_db
def test_the_owner_of_the_tables_may_not_serve(caplog):
    """Tests log in as the owner role, which is exactly what a serving process must not do."""
    with caplog.at_level(logging.CRITICAL, logger="portal.config.startup"):
        status, body = _call(guarded(_untouched))
    assert status == "503 Service Unavailable"
    assert json.loads(body) == {"ok": False, "parts": {"startup_checks": False}}
    assert "tenancy.E004" in caplog.text


@pytest.mark.django_db
def test_reasons_carry_the_id_of_the_check():
    assert all(reason.split(":")[0].count(".") == 1 for reason in refused_by())


def test_nobody_listening_is_not_the_same_as_refused():
    assert unhealthy_parts(1) is None
