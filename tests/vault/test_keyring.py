"""Master key, tenant key, trip key: what opens what, how a master key is changed, and what erasing a trip leaves."""

from __future__ import annotations

import base64
import json
import os
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from mofa_requests import queries
from mofa_requests.actions.submit import submit
from mofa_requests.models import Revision, RevisionPersons
from portal.dossier.privacy import commitment, revision_digest
from portal.kit.roles import Role
from portal.vault.keyring import KeyDestroyed, TripCipher, cipher_for, cipher_from, create_trip_key, master_keys
from portal.vault.models import TripKey
from portal.vault.seal import SealBroken
from tests.factories.cast import Seat, World, board, school, seat, world
from trips.models import Trip

pytestmark = pytest.mark.django_db
PLACE: dict[str, Any] = {"table": "trips_guardian", "column": "name", "row": uuid4()}


@pytest.fixture
def drafter() -> Seat:
    return seat(Role.SCHOOL_DRAFTER, school(board()))


@pytest.fixture
def trip(drafter: Seat) -> Trip:
    with drafter.at_work():
        made = Trip.objects.create(school=drafter.org, trip_no="T1")
        create_trip_key(school_id=drafter.org.pk, trip_id=made.pk)
    return made


def _master() -> str:
    return base64.b64encode(os.urandom(32)).decode("ascii")


def _erase(trip_id: Any) -> None:
    TripKey.objects.filter(trip_id=trip_id).update(wrapped=None, destroyed_at=timezone.now())


def test_each_trip_has_a_key_of_its_own(drafter: Seat, trip: Trip) -> None:
    other = Trip.objects.create(school=drafter.org, trip_no="T2")
    second = create_trip_key(school_id=drafter.org.pk, trip_id=other.pk)
    first = cipher_for(trip.pk)
    assert first.key != second.key
    with pytest.raises(SealBroken):
        second.open(first.seal("髙﨑", **PLACE), **PLACE)


def test_the_stored_key_is_not_the_key(trip: Trip) -> None:
    row = TripKey.objects.get(trip_id=trip.pk)
    assert row.wrapped is not None
    assert cipher_from(row).key not in bytes(row.wrapped)


def test_a_key_moved_to_another_trip_or_school_opens_nothing(trip: Trip) -> None:
    row = TripKey.objects.get(trip_id=trip.pk)
    for moved in ({"trip_id": uuid4()}, {"school_id": uuid4()}):
        changed = TripKey(**{"school_id": row.school_id, "trip_id": row.trip_id, "master_id": row.master_id,
                             "wrapped": row.wrapped, **moved})  # fmt: skip
        with pytest.raises(SealBroken, match="altered or moved"):
            cipher_from(changed)


def test_a_new_master_key_wraps_and_the_old_one_still_opens(trip: Trip, drafter: Seat, settings: Any) -> None:
    sealed = cipher_for(trip.pk).seal("𠮷野", **PLACE)
    settings.PORTAL_MASTER_KEYS = {"2027": _master(), **settings.PORTAL_MASTER_KEYS}
    assert cipher_for(trip.pk).open(sealed, **PLACE) == "𠮷野"
    later = Trip.objects.create(school=drafter.org, trip_no="T2")
    create_trip_key(school_id=drafter.org.pk, trip_id=later.pk)
    assert TripKey.objects.get(trip_id=later.pk).master_id == "2027"


def test_a_missing_master_key_is_named(trip: Trip, settings: Any) -> None:
    settings.PORTAL_MASTER_KEYS = {"2027": _master()}
    with pytest.raises(ImproperlyConfigured, match="lacks the key 'test'"):
        cipher_for(trip.pk)


def test_another_key_under_the_old_name_opens_nothing(trip: Trip, settings: Any) -> None:
    settings.PORTAL_MASTER_KEYS = {"test": _master()}
    with pytest.raises(SealBroken):
        cipher_for(trip.pk)


@pytest.mark.parametrize("keys", [{}, {"short": base64.b64encode(b"short").decode("ascii")}])
def test_start_is_refused_without_a_right_master_key(settings: Any, keys: dict[str, str]) -> None:
    settings.PORTAL_MASTER_KEYS = keys
    with pytest.raises(ImproperlyConfigured, match="32 bytes"):
        master_keys()


def test_a_destroyed_key_is_gone_and_says_so(trip: Trip) -> None:
    _erase(trip.pk)
    with pytest.raises(KeyDestroyed):
        cipher_for(trip.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        TripKey.objects.filter(trip_id=trip.pk).update(destroyed_at=None)


def test_only_the_school_and_its_authorities_hold_the_key(trip: Trip) -> None:
    stranger = seat(Role.SCHOOL_DRAFTER, school(board("彼方県教育委員会(見本)")))
    with stranger.at_work(), pytest.raises(TripKey.DoesNotExist):
        cipher_for(trip.pk)
    office = seat(Role.JCSOS_AUDITOR, school(board("別の県教育委員会(見本)")))
    with pytest.raises(ProgrammingError, match="permission denied"), office.at_work():
        cipher_for(trip.pk)


def test_after_erasure_nobody_reads_the_persons_and_the_record_still_verifies() -> None:
    made = world()
    with made.principal.at_work() as by:
        revision = submit(made.request, by=by, title="校長", on=made.on)
    known = _persons_of(revision, cipher_for(made.request.trip_id))
    assert commitment(known["values"], bytes.fromhex(known["salt"])) == revision.commitment
    _erase(made.request.trip_id)
    _assert_nobody_reads(made, revision)
    kept = Revision.objects.get(pk=revision.pk)
    assert revision_digest(kept.document, kept.commitment) == kept.sha256
    assert not any(str(name) in json.dumps(kept.document, ensure_ascii=False) for name in _names(made))


def _assert_nobody_reads(made: World, revision: Revision) -> None:
    for held in (made.principal, made.drafter, made.officer, made.approver):
        with held.at_work(), pytest.raises(KeyDestroyed):
            queries.open_dossier(revision)


def _persons_of(revision: Revision, cipher: TripCipher) -> dict[str, Any]:
    row = RevisionPersons.objects.get(revision=revision)
    text = cipher.open(row.sealed, table=RevisionPersons._meta.db_table, column="sealed", row=row.pk)
    assert text is not None
    found: dict[str, Any] = json.loads(text)
    return found


def _names(made: World) -> list[str]:
    return [person.name for person in made.dossier.participants if person.name]
