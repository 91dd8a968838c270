"""One prefecture with a school and a municipal board, JCSOS, and an empty attempt counter for every test."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.core.cache import cache

from portal.accounts.models import Membership
from portal.directory.kinds import OrgKind
from portal.kit.roles import Role
from tests.accounts.cast import member, organisation


@pytest.fixture(autouse=True)
def no_old_attempts(servers: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def world(db: None) -> SimpleNamespace:
    """The organisations by short names."""
    board = organisation(OrgKind.PREFECTURAL_BOARD, "見本県教育委員会")
    town = organisation(OrgKind.MUNICIPAL_BOARD, "見本町教育委員会", parent=board)
    return SimpleNamespace(
        board=board,
        town=town,
        school=organisation(OrgKind.SCHOOL, "見本県立葛󠄀西高等学校", parent=board),
        sibling=organisation(OrgKind.SCHOOL, "見本県立髙﨑高等学校", parent=board),
        town_school=organisation(OrgKind.SCHOOL, "見本町立中学校", parent=town),
        university=organisation(OrgKind.SCHOOL, "見本大学"),
        other_board=organisation(OrgKind.PREFECTURAL_BOARD, "例示県教育委員会"),
        jcsos=organisation(OrgKind.JCSOS, "JCSOS(見本)"),
        platform=organisation(OrgKind.PLATFORM, "システム運用(見本)"),
    )


@pytest.fixture
def principal(world: SimpleNamespace) -> Membership:
    return member(world.school, Role.SCHOOL_PRINCIPAL, "kocho@school.example")


@pytest.fixture
def drafter(world: SimpleNamespace) -> Membership:
    return member(world.school, Role.SCHOOL_DRAFTER, "kian@school.example")


@pytest.fixture
def officer(world: SimpleNamespace) -> Membership:
    return member(world.board, Role.AUTHORITY_OFFICER, "tanto@board.example")


@pytest.fixture
def approver(world: SimpleNamespace) -> Membership:
    return member(world.board, Role.AUTHORITY_APPROVER, "kessai@board.example")
