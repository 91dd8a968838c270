"""The probes prove something only if they fail where a wall has a hole: each policy is widened once, and missed.

Here: policies. Not here: guards of views (tests.access).
"""

from __future__ import annotations

from zlib import crc32

import pytest
from django.db import connection

from tests.sizes import size
from tests.tenancy import catalogue, test_rls
from tests.tenancy.catalogue import Policy
from tests.tenancy.ground import Ground, tenant_models
from tests.tenancy.probe import Probe
from tests.tenancy.rights import RIGHTS

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("tenancy")]
MODELS = {model._meta.db_table: model for model in tenant_models()}
PROBES = {
    "select": test_rls.test_each_window_shows_exactly_the_rows_it_is_owed,
    "insert": test_rls.test_a_foreign_scope_writes_no_row_of_somebody_else,
    "update": test_rls.test_a_change_without_a_filter_reaches_exactly_the_own_rows,
    "delete": test_rls.test_a_change_without_a_filter_reaches_exactly_the_own_rows,
}
ABOVE_TENANTS = "aud_worker"
ONE_OF_A_KIND = ("aud_jcsos", "aud_platform")
"""Audiences of a single organisation: nobody else could write in its name."""


def _narrow() -> list[Policy]:
    """Policies that hide something from somebody."""
    found = [one for one in catalogue.policies() if not one.name.endswith("_owner") and ABOVE_TENANTS not in one.roles]
    written = [one for one in found if one.command != "insert" or one.roles[0] not in ONE_OF_A_KIND]
    return [one for one in written if "true" not in (one.using, one.check)]


def _chosen() -> list[Policy]:
    """A steady sample on a usual run, all of them in the proof."""
    return [one for one in _narrow() if crc32(one.name.encode()) % size(16, proof=1) == 0]


def _widen(policy: Policy) -> None:
    parts = [f"{word} (true)" for word, old in (("USING", policy.using), ("WITH CHECK", policy.check)) if old]
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER POLICY {policy.name} ON {policy.table} {' '.join(parts)}")


def _narrow_again(policy: Policy) -> None:
    parts = [
        f"{word} ({old})" for word, old in (("USING", policy.using), ("WITH CHECK", policy.check)) if old is not None
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER POLICY {policy.name} ON {policy.table} {' '.join(parts)}")


def test_every_widened_policy_is_found(ground: Ground) -> None:
    """On one connection, so that nothing of it is ever committed; the scopes are entered from the owner's login."""
    within = Probe(connection.connection)
    unseen = []
    for policy in _chosen():
        model = MODELS[policy.table]
        PROBES[policy.command](within, ground, model)
        _widen(policy)
        try:
            PROBES[policy.command](within, ground, model)
            unseen.append(policy.name)
        except AssertionError:
            pass
        _narrow_again(policy)
    assert unseen == []
    assert len(_narrow()) > 100
    assert set(RIGHTS) == {model._meta.label for model in tenant_models()}
