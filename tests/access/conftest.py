"""One set of estates for the whole module, in one transaction that is never committed; each call is undone again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from tests.access.lands import Lands, build_lands


@pytest.fixture(scope="package")
def lands(django_db_setup: None, django_db_blocker: Any) -> Iterator[Lands]:
    """Built by the product's own actions; the database is as empty afterwards as it was before."""
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        yield build_lands()
        transaction.set_rollback(True)
    cache.clear()
