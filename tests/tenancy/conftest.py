"""Two estates, committed, so that other logins see them; and the login that serves in production."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command

from tests.tenancy.ground import Ground, build_ground
from tests.tenancy.probe import Probe, app_connection


@pytest.fixture(scope="package")
def ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[Ground]:
    """Built once; every table is emptied again, so that no other test meets these rows."""
    with django_db_blocker.unblock():
        cache.clear()
        yield build_ground()
        call_command("flush", verbosity=0, interactive=False)
        cache.clear()


@pytest.fixture(scope="package")
def app(ground: Ground) -> Iterator[Probe]:
    """The application's own login, outside Django."""
    with app_connection() as connection:
        yield Probe(connection)
