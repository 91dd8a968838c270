"""Signed opt-outs and the hand-over: kept with the plan's entry, opened with a trace, sent again when facts change."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from insurance.models import HandoverRecord, OptOutPaper
from mofa_requests import queries
from mofa_requests.actions.plan import store_dossier
from mofa_requests.actions.submit import submit
from portal.audit.models import Event
from portal.dossier.types import Dossier
from portal.kit import clock
from portal.kit.roles import Role
from tests.factories.cast import World, seat, world
from tests.ui.api.test_api import caller
from trips.actions.roster import save_health
from trips.actions.roster_rows import keeping_health
from trips.models import Participant

pytestmark = pytest.mark.django_db
PAPER = b"%PDF-1.7 signed"


@pytest.fixture
def here(db: None, settings: Any) -> Iterator[World]:
    settings.PORTAL_RELAX_MFA = True
    made = world()
    with clock.stopped_at(made.on):
        yield made


@pytest.fixture
def client(here: World) -> Client:
    return caller(here.drafter)


def cover(here: World, rest: str = "") -> str:
    return f"/trips/{here.request.trip_id}/cover/{rest}"


def plan(here: World) -> Dossier:
    with here.drafter.at_work():
        return queries.gather_dossier(here.request.trip)


def send(here: World, client: Client, person: str, **change: Any) -> Any:
    sent = {"participant": person, "signed_on": here.on.isoformat(), "signed_by": "guardian",
            "file": SimpleUploadedFile("書面.pdf", PAPER), **change}  # fmt: skip
    return client.post(cover(here, "opt-outs/keep/"), sent)


def pupil(here: World) -> str:
    return next(person.key for person in here.dossier.participants if person.role.value == "student")


def test_a_signed_paper_is_kept_and_the_rules_read_its_entry(here: World, client: Client) -> None:
    assert "加入しない人はいません" in client.get(cover(here, "opt-outs/")).content.decode()
    assert send(here, client, pupil(here)).status_code == 302
    entry = plan(here).opt_outs[0]
    assert (entry.participant, entry.signed_on, entry.guardian_signed) == (pupil(here), here.on, True)
    shown = client.get(cover(here, "opt-outs/")).content.decode()
    assert "保管済み" in shown
    link = re.search(r"opt-outs/[0-9a-f-]{36}/", shown)
    assert link is not None
    assert client.get(cover(here, link[0])).content == PAPER
    assert Event.objects.filter(name="opt_out.opened").count() == 1
    assert client.post(cover(here, f"{link[0]}withdraw/")).status_code == 302
    assert plan(here).opt_outs == ()
    assert OptOutPaper.objects.filter(withdrawn_at=None).count() == 0


def test_a_minor_alone_is_refused_and_what_is_wrong_is_said(here: World, client: Client) -> None:
    for change, says in (
        ({"signed_by": "self"}, "保護者の署名が要ります"),
        ({"signed_on": (here.on + dt.timedelta(1)).isoformat()}, "今日より後"),
        ({"file": SimpleUploadedFile("x.docx", b"PK\x03\x04")}, "PDF・JPEG・PNG"),
        ({"signed_on": "きのう"}, "日"),
    ):
        answer = send(here, client, pupil(here), **change)
        assert answer.status_code == 422
        assert says in answer.content.decode()
    assert not OptOutPaper.objects.exists()
    assert plan(here).opt_outs == ()


def test_an_opt_out_without_paper_stands_on_the_cover_page(here: World, client: Client) -> None:
    assert send(here, client, pupil(here)).status_code == 302
    assert "加入しない人の書面がありません" not in client.get(cover(here)).content.decode()
    OptOutPaper.objects.all().delete()
    assert "加入しない人の書面がありません" in client.get(cover(here)).content.decode()
    assert "書面なし" in client.get(cover(here, "opt-outs/")).content.decode()


def test_a_plan_handed_in_keeps_the_paper_and_stays_as_it_is(here: World, client: Client) -> None:
    with here.principal.at_work() as by:
        submit(here.request, by=by, title="校長", on=here.on)
    answer = client.post(
        cover(here, "opt-outs/keep/"),
        {"participant": pupil(here), "signed_on": here.on.isoformat(), "signed_by": "both",
         "file": SimpleUploadedFile("書面.png", b"\x89PNG\r\n\x1a\n")},
        follow=True,
    )  # fmt: skip
    assert "変更届を出してください" in answer.content.decode()
    assert plan(here).opt_outs == ()
    assert OptOutPaper.objects.count() == 1


def test_who_may_not_write_has_no_form_and_no_paper(here: World, client: Client) -> None:
    send(here, client, pupil(here))
    paper = OptOutPaper.objects.get()
    escort = caller(seat(Role.SCHOOL_ESCORT, here.drafter.org))
    shown = escort.get(cover(here, "opt-outs/")).content.decode()
    assert "保管済み" in shown
    assert str(paper.pk) not in shown
    assert escort.get(cover(here, f"opt-outs/{paper.pk}/")).status_code == 404
    assert caller(world().drafter).get(cover(here, f"opt-outs/{paper.pk}/")).status_code == 404


def bleed(here: World) -> None:
    """Blood types of two people, one of whom consented."""
    first, second = here.dossier.participants[:2]
    people = [
        person.model_copy(update={"consented_on": here.on if person.key == first.key else None})
        for person in here.dossier.participants
    ]
    with here.drafter.at_work() as by, keeping_health():
        store_dossier(here.request.trip, here.dossier.model_copy(update={"participants": tuple(people)}), by=by)
        from portal.vault.keyring import cipher_for

        for row in Participant.objects.filter(trip=here.request.trip, key__in=[first.key, second.key]):
            save_health(row, {"blood_type": "AB"}, by=by, cipher=cipher_for(here.request.trip_id))


def test_the_paper_is_made_given_received_and_asked_for_again(here: World, client: Client) -> None:
    bleed(here)
    policy = here.dossier.policies[0].key
    made = client.post(cover(here, "handover/make/"), {"policy": policy})
    assert made["Content-Type"] == "application/pdf"
    row = HandoverRecord.objects.get()
    assert row.file_sha256 == hashlib.sha256(made.content).hexdigest()
    assert (row.people, row.blood_types) == (len(here.dossier.participants), 1)
    assert Event.objects.filter(name__in=("health.opened", "handover.made")).count() == 2
    url = cover(here, f"handover/{row.pk}/")
    early = client.post(f"{url}received/", {"on": here.on.isoformat()})
    assert early.status_code == 422
    assert "先に、渡した日" in early.content.decode()
    late = client.post(f"{url}given/", {"on": "2020-01-01", "channel": "email"})
    assert (late.status_code, "作った日から今日まで" in late.content.decode()) == (422, True)
    assert client.post(f"{url}given/", {"on": here.on.isoformat(), "channel": "email"}).status_code == 302
    assert plan(here).handover.itinerary_on == here.on
    assert plan(here).handover.blood_list_on == here.on
    client.post(f"{url}received/", {"on": here.on.isoformat(), "receipt": "担当課の返信 髙﨑"})
    shown = client.get(cover(here, "handover/")).content.decode()
    assert "受領済み" in shown
    assert "担当課の返信 髙﨑" in shown
    assert "渡し直してください" not in shown
    change_stay(here)
    shown = client.get(cover(here, "handover/")).content.decode()
    assert "渡し直してください" in shown
    assert "計画が変わりました: 宿泊先" in shown
    assert "アシスタンス会社へ渡し直してください" in client.get(cover(here)).content.decode()


def change_stay(here: World) -> None:
    stored = plan(here)
    stays = (stored.stays[0].model_copy(update={"name": "変更後の宿(見本)"}), *stored.stays[1:])
    with here.drafter.at_work() as by:
        store_dossier(here.request.trip, stored.model_copy(update={"stays": stays}), by=by)


def test_home_contacts_read_the_record_and_make_no_paper(here: World) -> None:
    contact = caller(seat(Role.SCHOOL_HOME_CONTACT, here.drafter.org))
    shown = contact.get(cover(here, "handover/")).content.decode()
    assert "引渡しの記録はありません" in shown
    assert "handover/make/" not in shown
    assert contact.get(cover(here, "handover/make/")).status_code == 404
