"""A file comes in as a plan of a school and goes out again the same; the history says whose hand it was."""

from __future__ import annotations

import io
import uuid
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mofa_requests import queries
from mofa_requests.enums import RequestState
from portal.audit.events import EventName
from portal.dossier import files
from portal.dossier.types import Dossier, Edition, FounderType, Letter, Outline, Request
from portal.kit.roles import Role
from portal.tenancy.models import Org
from portal.tenancy.scope import Audience, Scope, acting_as
from tests.documents.cases import SPECIMENS, specimen, specimen_names
from tests.factories.cast import board, school
from trips.queries import Trip

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Org:
    return school(board())


def imported(file: Path | str, org: str) -> Trip:
    printed = io.StringIO()
    call_command("import_dossier", str(file), org=org, stdout=printed, stderr=io.StringIO())
    return Trip.objects.get(pk=printed.getvalue().strip())


def exported(trip: Trip) -> Dossier:
    printed = io.StringIO()
    call_command("export_dossier", str(trip.pk), stdout=printed)
    return files.load(printed.getvalue().encode())


@pytest.mark.parametrize("name", specimen_names())
def test_what_was_imported_is_exported(name: str) -> None:
    dossier = specimen(name)
    place = school(board(), founder=dossier.school.founder or FounderType.PREFECTURAL)
    trip = imported(SPECIMENS / f"{name}.json", place.name)
    assert exported(trip) == dossier.model_copy(update={"trip_no": trip.trip_no, "request": Request()})


def test_the_authoritys_part_and_a_taken_number_stay_behind(place: Org, tmp_path: Path) -> None:
    letter = Request(letter=Letter(number="見教高第1号"))
    file = tmp_path / "plan.json"
    file.write_bytes(files.dump(Dossier(trip_no="R9-1", revision=3, outline=Outline(title="台北"), request=letter)))
    first, second = imported(file, place.name), imported(file, str(place.pk))
    assert (first.trip_no, second.trip_no) == ("R9-1", "T002")
    assert exported(second) == Dossier(trip_no="T002", outline=Outline(title="台北"))


def test_the_plan_is_a_draft_of_that_school_alone(place: Org) -> None:
    other = school(place.parent, name="見本県立髙﨑高等学校")
    trip = imported(SPECIMENS / "korea_ferry.json", "見本高等学校")
    with acting_as(Scope(Audience.SCHOOL, other.pk)):
        assert not Trip.objects.filter(pk=trip.pk).exists()
    with acting_as(Scope(Audience.SCHOOL, place.pk)):
        assert queries.latest_of(trip).state == RequestState.DRAFT


def test_the_school_reads_that_the_operator_did_it(place: Org) -> None:
    trip = imported(SPECIMENS / "korea_ferry.json", place.name)
    exported(trip)
    with acting_as(Scope(Audience.SCHOOL, place.pk)):
        events = list(queries.history_of(queries.latest_of(trip)))
    assert [event.name for event in events] == [
        EventName.TRIP_CREATED,
        EventName.DOSSIER_IMPORTED,
        EventName.DOSSIER_EXPORTED,
    ]
    assert {(event.actor_user, event.actor_role, event.actor_org) for event in events} == {
        (None, Role.PLATFORM_OPERATOR.value, place)
    }


def test_an_export_goes_into_a_file(place: Org, tmp_path: Path) -> None:
    trip = imported(SPECIMENS / "korea_ferry.json", place.name)
    call_command("export_dossier", str(trip.pk), out=tmp_path / "plan.json")
    assert files.load(tmp_path / "plan.json") == exported(trip)


@pytest.mark.parametrize(
    ("org", "words"), [("見本市立", "という学校はありません"), ("高等学校", "当てはまる学校が2校あります")]
)
def test_an_unclear_school_is_asked_for(place: Org, org: str, words: str) -> None:
    school(place.parent, name="見本県立髙﨑高等学校")
    said = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_dossier", str(SPECIMENS / "korea_ferry.json"), org=org, stderr=said)
    assert ended.value.code == 1
    assert words in said.getvalue()
    assert not Trip.objects.exists()


def test_a_file_that_is_no_dossier_is_named_with_its_line(place: Org, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text('{\n"outline": {"title": 7}\n}', encoding="utf-8")
    said = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_dossier", str(file), org=place.name, stderr=said)
    assert ended.value.code == 2
    assert "2行目" in said.getvalue()


def test_an_unknown_trip_and_an_unwritable_place_are_said(place: Org, tmp_path: Path) -> None:
    trip = imported(SPECIMENS / "korea_ferry.json", place.name)
    for arguments, words in (
        ([str(uuid.uuid4())], "旅行はありません"),
        ([str(trip.pk), "--out", str(tmp_path / "no" / "plan.json")], "書き込めません"),
    ):
        said = io.StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command("export_dossier", *arguments, stderr=said)
        assert ended.value.code == 1
        assert words in said.getvalue()
    with pytest.raises(CommandError, match="番号"):
        call_command("export_dossier", "T001")


def test_only_an_edition_its_authority_works_with_comes_in(place: Org, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    newest = list(Edition)[-1]
    assert newest.value > place.edition
    file.write_bytes(files.dump(Dossier(edition=newest, outline=Outline(title="台北"))))
    said = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("import_dossier", str(file), org=place.name, stdout=io.StringIO(), stderr=said)
    assert (stopped.value.code, "まだ所管庁が受け付けていません" in said.getvalue()) == (1, True)
    assert not Trip.objects.exists()
    Org.objects.filter(pk=place.parent_id).update(edition=newest.value)
    assert imported(file, place.name).edition == newest.value
