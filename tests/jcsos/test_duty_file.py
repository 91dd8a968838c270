"""The duty-of-care file: what it tells, when it is frozen, who reads it with which names, and its sealed paper."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from jcsos.actions import leave, set_consent
from jcsos.actions.duty_file import freeze_departed, keep_up
from jcsos.enums import FileStage
from jcsos.models import DutyFile, Membership
from jcsos.queries.duty_file import departed_at, gather, grounds_of
from jcsos.rules.duty_file import Chapter, departure_of
from mofa_requests.models import Revision
from portal.audit.models import Event
from portal.kit import clock
from portal.kit.digest import digest_of
from portal.kit.pdf.verify import verify
from portal.vault.keyring import cipher_for
from tests.factories.cast import World
from tests.jcsos.conftest import Office
from tests.ui.authority.conftest import signed_in
from trips.actions.calls import record_call
from trips.actions.reports import save_report
from trips.enums import CallOutcome
from trips.facts.aftermath import Report
from trips.facts.calls import Call, numbers_to_test
from trips.models import Participant


def ours(here: World) -> str:
    return f"/jcsos/ours/trips/{here.request.trip_id}/duty-file/"


def theirs(here: World) -> str:
    return f"/jcsos/trips/{here.request.pk}/duty-file/"


@pytest.fixture
def called(here: World, revision: Revision) -> World:
    """One number was tried and reached, and one was not."""
    first, *others = numbers_to_test(here.dossier)
    with here.drafter.at_work() as by:
        for number, outcome in ((first, CallOutcome.REACHED), *((one, CallOutcome.NO_ANSWER) for one in others[:1])):
            call = Call(number.place, number.number, here.on, "鵠﨑", outcome, "鵠﨑の母")
            record_call(here.request.trip, call, by=by, cipher=cipher_for(here.request.trip_id))
    return here


def left(here: World) -> dt.datetime:
    """The instant of departure."""
    with here.drafter.at_work():
        grounds = grounds_of(here.request.trip_id)
        assert grounds is not None
        instant = departed_at(grounds)
    assert instant is not None
    return instant


def frozen(here: World, *, after: dt.timedelta = dt.timedelta(hours=2)) -> list[DutyFile]:
    with clock.stopped_at(left(here) + after), here.drafter.at_work() as by:
        return keep_up(here.request.trip_id, by=by)


def reported(here: World, *, at: dt.datetime, back: bool = True) -> None:
    with clock.stopped_at(at), here.drafter.at_work() as by:
        cipher, trip = cipher_for(here.request.trip_id), here.request.trip
        version = 0 if not DutyFile.objects.filter(stage="return").exists() else 1
        save_report(
            trip, Report(None, back, "鵠﨑さんが転んだ", "早めに集合"), base_version=version, by=by, cipher=cipher
        )


def test_a_file_gathers_what_was_done_and_says_what_is_not_on_record(called: World) -> None:
    with called.drafter.at_work():
        document = gather(called.request.trip_id, stage=FileStage.DEPARTURE, until=clock.now())
    told = {line["text"]: line for line in document["lines"]}
    filed = next(line for text, line in told.items() if text.startswith("計画の第1版を"))
    assert filed["by"]["user"] == called.principal.membership.user_id
    assert filed["evidence"].startswith("提出版 照合符号 ")
    assert any("つながり" in text and line["done"] for text, line in told.items())
    missed = [line for text, line in told.items() if "応答がなかった" in text]
    assert [line["done"] for line in missed] == [False] * len(missed)
    assert told["所管庁の判断の記録はありません"]["done"] is False
    assert {line["chapter"] for line in document["lines"]} == {c.value for c in Chapter} - {"return"}
    assert [event["name"] for event in document["events"]].count("request.submitted") == 1
    written = json.dumps(document, ensure_ascii=False)
    people = Participant.objects.filter(school=called.principal.org).values_list("name", flat=True)
    assert people
    assert not [name for name in people if name and name in written]
    assert "鵠﨑" not in written
    numbers = [number.number for number in numbers_to_test(called.dossier)]
    assert not [number for number in numbers if number in written]


def test_it_is_frozen_once_at_departure_and_stays_as_it_is(called: World) -> None:
    trip_id = called.request.trip_id
    with called.drafter.at_work() as by:
        assert keep_up(trip_id, by=by) == [], "the trip has not left"
    (file,) = frozen(called)
    assert (file.number, file.stage_kind, file.sha256) == (1, FileStage.DEPARTURE, digest_of(file.document))
    assert file.document["until"] == left(called).isoformat()
    late = Call("home_contacts/c1/night_phone", "090-0000-0001", called.on, "", CallOutcome.REACHED, "")
    with clock.stopped_at(left(called) + dt.timedelta(hours=5)), called.drafter.at_work() as by:
        record_call(called.request.trip, late, by=by, cipher=cipher_for(trip_id))
    again = frozen(called, after=dt.timedelta(days=3))
    assert [row.pk for row in again] == [file.pk], "what is done after departure changes nothing"
    assert Event.objects.filter(name="duty_file.frozen").count() == 1
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        called.drafter.at_work(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE jcsos_dutyfile SET document = '{}'")


def test_the_report_of_the_return_completes_it_and_a_new_report_adds_a_revision(called: World) -> None:
    frozen(called)
    home = left(called) + dt.timedelta(days=8)
    reported(called, at=home)
    stages = [row.stage for row in frozen(called, after=dt.timedelta(days=9))]
    assert stages == ["departure", "return"]
    reported(called, at=home + dt.timedelta(days=1), back=False)
    files = frozen(called, after=dt.timedelta(days=10))
    assert [row.number for row in files] == [1, 2, 3]
    assert len(frozen(called, after=dt.timedelta(days=11))) == 3, "nothing new, no new revision"
    told = [line["text"] for line in files[1].document["lines"]]
    assert any("全員が帰国" in text for text in told)
    assert "鵠﨑" not in json.dumps(files[2].document, ensure_ascii=False)


def test_the_regular_job_freezes_what_left_without_anybody_looking(called: World) -> None:
    school = called.principal.org.pk
    with clock.stopped_at(left(called) + dt.timedelta(hours=30)), called.drafter.at_work():
        assert freeze_departed(school, on=clock.today()) == 1
        assert freeze_departed(school, on=clock.today()) == 0
    assert DutyFile.objects.get().frozen_by is None


def test_the_school_reads_names_of_staff_and_jcsos_roles_alone_while_it_may(
    office: Office, called: World, member: Membership
) -> None:
    name = called.principal.membership.user.name
    page = signed_in(called.drafter).get(ours(called)).content.decode()
    assert "出発すると確定します" in page
    assert name in page
    reader = signed_in(office.members)
    assert "まだ確定していません" in reader.get(theirs(called)).content.decode()
    with clock.stopped_at(left(called) + dt.timedelta(hours=2)):
        school, reader = signed_in(called.drafter), signed_in(office.members)
        assert "確定した記録です" in school.get(ours(called)).content.decode()
        seen = reader.get(theirs(called)).content.decode()
        assert "計画の第1版を" in seen
        assert name not in seen
        assert called.principal.membership.title in seen
        assert "JCSOSが安全配慮の記録を開きました" in school.get("/jcsos/ours/").content.decode()
        for hand in (office.news, office.cases, called.officer):
            assert signed_in(hand).get(theirs(called)).status_code == 404
        with called.principal.at_work() as by:
            set_consent(member, consents=False, by=by)
        assert reader.get(theirs(called)).status_code == 404
        with office.auditor.at_work():
            assert not DutyFile.objects.exists()
        with called.principal.at_work() as by:
            set_consent(member, consents=True, by=by)
        assert reader.get(theirs(called)).status_code == 200
        with office.members.at_work():
            leave(member, on=clock.today())
        assert reader.get(theirs(called)).status_code == 404


def test_the_paper_is_archival_sealed_and_carries_the_events(office: Office, called: World, member: Membership) -> None:
    with clock.stopped_at(left(called) + dt.timedelta(hours=2)):
        school, auditor = signed_in(called.drafter), signed_in(office.auditor)
        school.get(ours(called))
        answer = school.get(f"{ours(called)}1.pdf")
        assert answer["Content-Type"] == "application/pdf"
        theirs_pdf = auditor.get(f"{theirs(called)}1.pdf").content
        assert school.get(f"{ours(called)}2.pdf").status_code == 404
    judged = verify(answer.content, keys=None)
    assert (judged.packet, judged.intact, judged.text_equals_data) == (True, True, True)
    assert b"pdfaid:part>3<" in answer.content
    own, other = _printed(answer.content), _printed(theirs_pdf)
    name = called.principal.membership.user.name
    assert name in own
    assert name not in other
    assert "第1版を提出しました" in own
    assert DutyFile.objects.get().sha256 in own


def test_departure_is_the_first_carriage_or_the_end_of_the_day(here: World) -> None:
    assert departure_of(here.dossier) is not None
    without = here.dossier.model_copy(update={"legs": ()})
    day = here.dossier.outline.departs_on
    assert day is not None
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(0), clock.TOKYO)
    assert departure_of(without) == midnight
    nowhere = without.model_copy(update={"outline": here.dossier.outline.model_copy(update={"departs_on": None})})
    assert departure_of(nowhere) is None


def _printed(pdf: bytes) -> str:
    """Everything printed, from the data inside the file."""
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        data: Any = json.loads(document.attachments["packet.json"].get_file().read_bytes())
    return json.dumps(data, ensure_ascii=False)
