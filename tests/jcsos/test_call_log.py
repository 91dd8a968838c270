"""Auditors read that numbers were tried, from the log, while the school consents; never a number or a person."""

from __future__ import annotations

from django.db import connection

from jcsos.actions import leave
from jcsos.models import Membership
from jcsos.queries.audits import readings_of
from mofa_requests.models import Revision
from portal.kit import clock
from portal.vault.keyring import cipher_for
from portal.vault.models import TripKey
from tests.factories.cast import World
from tests.jcsos.audits import started
from tests.jcsos.conftest import Office
from tests.ui.authority.conftest import signed_in
from trips.actions.calls import record_call
from trips.enums import CallOutcome
from trips.facts.calls import Call
from trips.queries import call_log

CANARY = "鵠﨑𠮷子"


def test_the_audit_reads_the_log_and_leaving_closes_it(
    office: Office, here: World, member: Membership, revision: Revision
) -> None:
    contact = here.dossier.home_contacts[0]
    with here.drafter.at_work() as by:
        call = Call(
            f"home_contacts/{contact.key}/night_phone", "090-0000-7777", here.on, CANARY, CallOutcome.REACHED, CANARY
        )
        record_call(here.request.trip, call, by=by, cipher=cipher_for(here.request.trip_id))
    audit = started(office, here).announced().audit
    with office.auditor.at_work():
        facts = {known.code: reading.facts for known, reading in readings_of(audit)}
        assert facts["AC04"][0].source == "電話の試し掛けの記録"
        with connection.cursor() as cursor:
            cursor.execute("SELECT row_to_json(t)::text FROM trips_phonetest t")
            stored = "".join(row[0] for row in cursor.fetchall())
        assert stored
        assert CANARY not in stored
        assert CANARY.encode().hex() not in stored
    page = signed_in(office.auditor).get(f"/jcsos/audits/trips/{audit.pk}/").content.decode()
    assert "試しに掛けた番号1件" in page
    assert CANARY not in page
    assert "090-0000-7777" not in page
    assert TripKey.objects.filter(trip=here.request.trip).exists()
    with office.members.at_work():
        leave(member, on=clock.today())
    with office.auditor.at_work():
        assert call_log(here.request.trip_id) == []
