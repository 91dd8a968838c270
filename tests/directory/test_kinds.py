"""An organisation's kind decides its members' audience, and a role belongs to one audience."""

from __future__ import annotations

from portal.directory.kinds import OrgKind
from portal.kit.roles import Audience, Role


def test_every_authority_kind_of_the_route_table_is_an_authority():
    authorities = {kind.value for kind in OrgKind if kind.audience is Audience.AUTHORITY}
    assert authorities == {
        "municipal_board",
        "designated_city_board",
        "prefectural_board",
        "governor_office",
        "national_university",
        "public_university",
        "special_zone_municipality",
    }
    assert OrgKind.SCHOOL.audience is Audience.SCHOOL
    assert OrgKind.JCSOS.audience is Audience.JCSOS


def test_roles_are_named_after_their_audience():
    assert all(role.value.startswith(role.audience.value) for role in Role)
    assert {role for audience in Audience for role in Role.of(audience)} == set(Role)


def test_labels_are_unique():
    assert len({role.label for role in Role}) == len(Role)
    assert len({kind.label for kind in OrgKind}) == len(OrgKind)
