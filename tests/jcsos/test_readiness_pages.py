"""Figures read from submitted plans and audits, the school's page and JCSOS's, and the benchmark that hides few."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jcsos.actions.figures import compare_schools, read_figures, read_waiting
from jcsos.enums import Group
from jcsos.models import Benchmark, Membership, TripFigure
from jcsos.queries.figures import stale_trips
from jcsos.tasks import read_trips
from mofa_requests import queries as request_queries
from mofa_requests.actions.review import claim_review, save_ticks
from mofa_requests.actions.series import business_year
from mofa_requests.models import MofaRequest, Revision
from portal.dossier.types import FounderType, Tick
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.kit.roles import Role
from tests.factories.cast import World, school, seat
from tests.jcsos.audits import started
from tests.jcsos.conftest import Office, consenting
from tests.ui.authority.conftest import signed_in


def test_a_submitted_trip_is_read_once_and_again_after_its_audit(
    office: Office, here: World, revision: Revision
) -> None:
    with office.auditor.at_work():
        assert (read_waiting(), read_figures()) == (1, 0)
        before = TripFigure.objects.get()
    assert (before.revision_id, before.read_at is not None) == (revision.pk, True)
    assert before.score is not None
    assert before.verdicts["AC04"] == "unproven"
    assert "AC07" not in before.verdicts
    with clock.stopped_at(clock.now() + dt.timedelta(days=1)):
        audited = started(office, here).announced().handed_in().assessed(faults=("AC01",))
        audited.finding("AC01")
        audited.sent()
    with clock.stopped_at(clock.now() + dt.timedelta(days=2)):
        read_trips()
    after = TripFigure.objects.get()
    assert (after.verdicts["AC01"], after.verdicts["AC04"]) == ("not_met", "met")
    with office.auditor.at_work():
        assert not stale_trips().exists()


def test_what_an_officer_ticks_as_missing_is_counted_in_the_same_transaction(
    office: Office, here: World, revision: Revision
) -> None:
    with here.officer.at_work() as by:
        claim_review(request_queries.get_for(revision.request_id), by=by)
    ticks = [Tick(item=item, result=result, note="番号なし") for item, result in (("3", "missing"), ("4", "present"))]
    with here.officer.at_work() as by:
        save_ticks(revision, ticks, base_version=0, by=by)
    with office.auditor.at_work():
        assert TripFigure.objects.get().missing == ["3"]
    with here.officer.at_work() as by:
        save_ticks(revision, [ticks[1]], base_version=1, by=by)
    with office.auditor.at_work():
        assert TripFigure.objects.get().missing == []


def test_both_sides_read_the_same_score_and_why(office: Office, here: World, revision: Revision) -> None:
    read_trips()
    theirs = signed_in(office.auditor).get(f"/jcsos/members/{Membership.objects.get().pk}/readiness/").content.decode()
    ours = signed_in(here.drafter).get("/jcsos/ours/readiness/").content.decode()
    for page in (theirs, ours):
        assert "<small> 点</small>" in page
        assert str(TripFigure.objects.get().score) in page
        assert "点数の理由" in page
        assert "5校に満たないため" in page
    english = signed_in(here.drafter)
    english.cookies["django_language"] = "en"
    assert "points" in english.get("/jcsos/ours/readiness/").content.decode()


def test_a_school_without_a_score_is_told_how_one_comes_about(office: Office, here: World, member: Membership) -> None:
    assert "点数はまだありません" in signed_in(here.drafter).get("/jcsos/ours/readiness/").content.decode()
    page = signed_in(office.auditor).get(f"/jcsos/members/{member.pk}/readiness/")
    assert "点数はまだありません" in page.content.decode()


def test_a_group_under_five_has_no_benchmark_and_the_table_refuses_one(office: Office, here: World) -> None:
    year = business_year(here.dossier.outline.departs_on)
    with office.auditor.at_work():
        assert compare_schools(office.org.pk, year=year) == []
    few = {"org": office.org, "year": year, "group": "schools", "schools": 4, "lower": 1, "middle": 2, "upper": 3}
    with pytest.raises(IntegrityError, match="jcsos_benchmark_hides_few"), transaction.atomic():
        Benchmark.objects.create(**few)


def test_five_schools_make_a_benchmark_that_each_of_them_reads(office: Office, here: World, revision: Revision) -> None:
    year = business_year(here.dossier.outline.departs_on)
    read_trips()
    for score in (40, 50, 60, 70):
        _scored(office, here, revision, score)
    with office.auditor.at_work():
        (made,) = compare_schools(office.org.pk, year=year)
    scores = sorted([40, 50, 60, 70, TripFigure.objects.get(school=here.principal.org).score])
    assert (made.schools, made.middle, made.group_kind) == (5, scores[2], Group.SCHOOLS)
    page = signed_in(here.principal).get("/jcsos/ours/readiness/").content.decode()
    assert f"{made.middle}点" in page
    assert "5校の中での目安" in page


def _scored(office: Office, like: World, revision: Revision, score: int) -> None:
    """One more member with the same trip and a score of its own."""
    house = school(None, FounderType.PRIVATE, f"見本{score}高等学校")
    consenting(office, seat(Role.SCHOOL_PRINCIPAL, house))
    trip = _copy(like.request.trip, house)
    _copy(MofaRequest.objects.get(pk=revision.request_id), house, trip=trip)
    stamps = {"revision_id": revision.pk, "read_at": revision.submitted_at}
    TripFigure.objects.create(school=house, trip=trip, score=score, **stamps)


def _copy(row: Any, house: Any, **changes: Any) -> Any:
    fields = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields}
    return type(row).objects.create(**{**fields, "id": uuid7(), "school": house, **changes})
