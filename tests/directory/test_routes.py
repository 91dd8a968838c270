"""The route table of domain §1.2, cell by cell."""

from __future__ import annotations

import pytest

from portal.directory.kinds import OrgKind
from portal.directory.routes import route_for, routes
from portal.dossier.types import Edition, FounderType

PREFECTURE, CITY = OrgKind.PREFECTURAL_BOARD, OrgKind.DESIGNATED_CITY_BOARD
# founder, edition, endorser, forwarder, usual title, verified
CELLS = [
    ("prefectural", "2003", None, PREFECTURE, "教育長", True),
    ("prefectural", "2016", None, PREFECTURE, "教育長", True),
    ("prefectural", "2024", None, PREFECTURE, "教育長", True),
    ("municipal", "2003", OrgKind.MUNICIPAL_BOARD, PREFECTURE, "教育長", True),
    ("municipal", "2016", OrgKind.MUNICIPAL_BOARD, PREFECTURE, "教育長", True),
    ("municipal", "2024", OrgKind.MUNICIPAL_BOARD, PREFECTURE, "教育長", True),
    ("designated_city", "2003", CITY, PREFECTURE, "教育長", True),
    ("designated_city", "2016", None, CITY, "教育長", False),
    ("designated_city", "2024", None, CITY, "教育長", False),
    ("private", "2003", None, OrgKind.GOVERNOR_OFFICE, "知事", True),
    ("private", "2016", None, OrgKind.GOVERNOR_OFFICE, "知事", True),
    ("private", "2024", None, OrgKind.GOVERNOR_OFFICE, "知事", True),
    ("national", "2003", None, OrgKind.NATIONAL_UNIVERSITY, "学長", True),
    ("national", "2016", None, OrgKind.NATIONAL_UNIVERSITY, "学長", True),
    ("national", "2024", None, OrgKind.NATIONAL_UNIVERSITY, "学長", True),
    ("public_university", "2003", None, OrgKind.PUBLIC_UNIVERSITY, "理事長", False),
    ("public_university", "2016", None, OrgKind.PUBLIC_UNIVERSITY, "理事長", False),
    ("public_university", "2024", None, OrgKind.PUBLIC_UNIVERSITY, "理事長", False),
    ("corporate", "2003", None, OrgKind.SPECIAL_ZONE_MUNICIPALITY, "市長", False),
    ("corporate", "2016", None, OrgKind.SPECIAL_ZONE_MUNICIPALITY, "市長", False),
    ("corporate", "2024", None, OrgKind.SPECIAL_ZONE_MUNICIPALITY, "市長", False),
    ("university", "2003", None, None, None, True),
    ("university", "2016", None, None, None, True),
    ("university", "2024", None, None, None, True),
]


@pytest.mark.parametrize(("founder", "edition", "endorser", "forwarder", "title", "verified"), CELLS)
def test_each_cell(founder, edition, endorser, forwarder, title, verified):
    route = route_for(FounderType(founder), edition=Edition(edition))
    assert (route.endorser, route.forwarder, route.verified) == (endorser, forwarder, verified)
    assert (route.sender_titles[0] if route.sender_titles else None) == title


def test_the_cells_are_all_there_are():
    assert {(founder, edition) for founder, edition, *_ in CELLS} == {
        (f.value, e.value) for f in FounderType for e in Edition
    }


def test_the_2003_edition_is_the_default():
    assert route_for(FounderType.DESIGNATED_CITY) == route_for(FounderType.DESIGNATED_CITY, edition=Edition.Y2003)


def test_no_two_rows_claim_the_same_cell():
    claims = [(row.founder, edition) for row in routes() for edition in row.editions]
    assert len(claims) == len(set(claims))


def test_a_letter_is_sent_over_a_title_of_the_forwarding_authority():
    board = route_for(FounderType.PREFECTURAL)
    assert board.accepts_sender("見本県教育委員会教育長")
    assert not board.accepts_sender("見本県知事")
    assert route_for(FounderType.PRIVATE).accepts_sender("見本県知事 ")
    assert not route_for(FounderType.UNIVERSITY).accepts_sender("学長")


def test_steps_name_the_endorser_before_the_forwarder():
    assert route_for(FounderType.MUNICIPAL).steps == (OrgKind.MUNICIPAL_BOARD, PREFECTURE)
    assert route_for(FounderType.UNIVERSITY).steps == ()
