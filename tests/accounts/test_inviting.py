"""Who may invite whom: the whole table of kinds and roles."""

from __future__ import annotations

from uuid import UUID

import pytest

from portal.accounts.inviting import HEADS, Place, head_role, invitable_roles
from portal.directory.kinds import OrgKind
from portal.kit.roles import Audience, Role

HERE, THERE, ELSEWHERE = (UUID(int=n) for n in (1, 2, 3))


def place(kind: OrgKind, org_id: UUID = HERE, parent: UUID | None = None) -> Place:
    return Place(org_id, kind, parent)


@pytest.mark.parametrize("kind", list(OrgKind))
def test_only_the_head_staffs_its_own_organisation(kind: OrgKind) -> None:
    own = place(kind)
    for role in Role.of(kind.audience):
        offered = invitable_roles(role, at=own, target=own)
        assert offered == (Role.of(kind.audience) if role is head_role(kind) else ())


@pytest.mark.parametrize("role", [Role.AUTHORITY_OFFICER, Role.AUTHORITY_APPROVER])
@pytest.mark.parametrize(
    ("child", "head"),
    [(OrgKind.SCHOOL, Role.SCHOOL_PRINCIPAL), (OrgKind.MUNICIPAL_BOARD, Role.AUTHORITY_APPROVER)],
)
def test_an_authority_invites_the_head_of_its_children(role: Role, child: OrgKind, head: Role) -> None:
    board = place(OrgKind.PREFECTURAL_BOARD)
    assert invitable_roles(role, at=board, target=place(child, THERE, HERE)) == (head,)


@pytest.mark.parametrize("parent", [None, ELSEWHERE])
def test_an_authority_invites_nobody_elsewhere(parent: UUID | None) -> None:
    board = place(OrgKind.PREFECTURAL_BOARD)
    target = place(OrgKind.SCHOOL, THERE, parent)
    assert invitable_roles(Role.AUTHORITY_APPROVER, at=board, target=target) == ()


def test_no_role_of_a_school_invites_outside_it() -> None:
    school = place(OrgKind.SCHOOL, HERE, ELSEWHERE)
    for kind in OrgKind:
        for role in Role.of(Audience.SCHOOL):
            assert invitable_roles(role, at=school, target=place(kind, THERE, HERE)) == ()


@pytest.mark.parametrize(("parent", "expected"), [(None, 1), (HERE, 1), (ELSEWHERE, 0)])
def test_jcsos_invites_schools_that_stand_below_no_authority(parent: UUID | None, expected: int) -> None:
    jcsos = place(OrgKind.JCSOS)
    school = place(OrgKind.SCHOOL, THERE, parent)
    assert len(invitable_roles(Role.JCSOS_MEMBERS, at=jcsos, target=school)) == expected
    assert invitable_roles(Role.JCSOS_AUDITOR, at=jcsos, target=school) == ()


@pytest.mark.parametrize("kind", list(OrgKind))
def test_the_platform_invites_the_heads_of_top_organisations_only(kind: OrgKind) -> None:
    platform = place(OrgKind.PLATFORM)
    offered = invitable_roles(Role.PLATFORM_OPERATOR, at=platform, target=place(kind, THERE, None))
    may = kind not in (OrgKind.SCHOOL, OrgKind.PLATFORM)
    assert offered == ((HEADS[kind.audience],) if may else ())
    assert invitable_roles(Role.PLATFORM_OPERATOR, at=platform, target=place(kind, THERE, ELSEWHERE)) == ()


def test_a_role_of_another_audience_offers_nothing() -> None:
    board = place(OrgKind.PREFECTURAL_BOARD)
    child = place(OrgKind.SCHOOL, THERE, HERE)
    for role in (Role.SCHOOL_PRINCIPAL, Role.JCSOS_MEMBERS, Role.PLATFORM_OPERATOR):
        assert invitable_roles(role, at=board, target=child) == ()
