"""A school that asks for work."""

from __future__ import annotations

import pytest
from django.db import transaction

from portal.jobs.enqueue import enqueue
from portal.jobs.models import Job
from portal.kit.roles import Role
from tests.factories.cast import Seat, board, school, seat
from tests.jobs.specimen import KIND


@pytest.fixture
def asker(db: None) -> Seat:
    """The principal of a school."""
    return seat(Role.SCHOOL_PRINCIPAL, school(board()))


@pytest.fixture
def job(asker: Seat) -> Job:
    """One piece of work in the ledger."""
    with transaction.atomic(), asker.at_work():
        enqueue(KIND, key="k1")
    return Job.objects.get(org=asker.org)
