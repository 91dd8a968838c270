"""The directory with its queue, and an edition tried on open trips before it is made known."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

import jcsos.tasks  # noqa: F401 - tells the worker of the job
from jcsos.actions.directory import Found, check_entry
from jcsos.actions.releases import Judged, judge_open_trips, plan_release, publish_release, store_preview
from jcsos.enums import CheckOutcome
from jcsos.models import DirectoryCheck, EditionRelease, EditionVerdict, Membership
from jcsos.queries.directory import entries, entry_of, mission_key
from jcsos.queries.releases import PREVIEW, changed_trips, open_trips
from mofa_requests.actions.plan import store_dossier
from mofa_requests.models import Revision
from portal.directory.missions import missions
from portal.dossier.types import Edition
from portal.jobs import worker
from portal.jobs.models import Job, OutboundMail
from portal.kit import clock
from portal.kit.machine import Refused
from portal.tenancy.scope import acting_as
from tests.factories.cast import World
from tests.jcsos.conftest import Office, submitted
from tests.ui.authority.conftest import signed_in

TAIPEI = next(row for row in missions() if "台北" in row.cities)
PAGE = f"/jcsos/directory/mission/{mission_key(TAIPEI)}/"
SEEN = {"outcome": "found", "phone": "見本-0000", "address": "見本通り1", "source": "公館の掲載(見本)"}


def seen(**changes: object) -> Found:
    usual = {
        "outcome": CheckOutcome.FOUND,
        "source": "公館の掲載(見本)",
        "verified_on": clock.today(),
        "phone": "見本-0000",
    }
    return Found(**{**usual, **changes})  # type: ignore[arg-type]


def test_no_mission_has_a_number_that_nobody_verified(office: Office) -> None:
    with office.news.at_work():
        known = entries(office.org.pk, on=clock.today())
    abroad = [entry for entry in known if entry.listed == "mission"]
    assert len(abroad) == len(missions())
    assert all(not entry.numbers or (entry.source and entry.verified_on) for entry in abroad)


def test_a_number_comes_in_by_a_check_with_source_and_day_and_leaves_the_queue(office: Office) -> None:
    keeper, reader = signed_in(office.news), signed_in(office.auditor)
    assert "番号が未確認です" in reader.get(PAGE).content.decode()
    assert "確かめた結果を残す" not in reader.get(PAGE).content.decode()
    assert reader.post(PAGE, {**SEEN, "verified_on": str(clock.today())}).status_code == 200
    assert not DirectoryCheck.objects.exists()
    missing = keeper.post(PAGE, {**SEEN, "source": "", "verified_on": str(clock.today())})
    assert (missing.status_code, "どこで確かめたかを書いてください" in missing.content.decode()) == (422, True)
    done = keeper.post(PAGE, {**SEEN, "verified_on": str(clock.today())}, follow=True).content.decode()
    assert "確かめた結果を残しました" in done
    assert "見本-0000" in done
    assert "番号が未確認です" not in reader.get(PAGE).content.decode()
    with clock.stopped_at(clock.now() + dt.timedelta(days=200)):
        assert "確かめてから6か月を過ぎました" in reader.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"verified_on": dt.date(2099, 1, 1)}, "それより前の日"),
        ({"phone": ""}, "電話番号か住所"),
        ({"outcome": CheckOutcome.CONFIRMED}, "まだ番号がありません"),
    ],
)
def test_a_check_that_says_too_little_is_refused(office: Office, changes: dict[str, object], words: str) -> None:
    with office.news.at_work() as by, pytest.raises(Refused, match=words):
        check_entry(office.org.pk, "mission", mission_key(TAIPEI), seen(**changes), by=by)


def test_a_confirmation_keeps_the_number_and_moves_the_day(office: Office) -> None:
    key, earlier = mission_key(TAIPEI), clock.today() - dt.timedelta(days=300)
    with office.news.at_work() as by:
        check_entry(office.org.pk, "mission", key, seen(verified_on=earlier), by=by)
        again = seen(outcome=CheckOutcome.CONFIRMED, phone="", source="電話で確認(見本)")
        check_entry(office.org.pk, "mission", key, again, by=by)
        found = entry_of(office.org.pk, "mission", key, on=clock.today())
        with pytest.raises(Refused, match="一覧にありません"):
            check_entry(office.org.pk, "mission", "nowhere", seen(), by=by)
    assert found is not None
    assert (dict(found.numbers)["電話"], found.verified_on, found.source) == (
        "見本-0000",
        clock.today(),
        "電話で確認(見本)",
    )


@pytest.fixture
def revision(here: World, member: Membership) -> Revision:
    """The plan, submitted without the school's e-mail, which the edition of 2024 wants."""
    bare = here.dossier.school.model_copy(update={"email": None})
    with here.drafter.at_work() as by:
        store_dossier(here.request.trip, here.dossier.model_copy(update={"school": bare}), by=by)
    return submitted(here)


@pytest.fixture
def release(office: Office, here: World, revision: Revision) -> EditionRelease:
    """The edition of 2024, planned for the day after tomorrow, not tried yet."""
    with office.news.at_work() as by:
        day = clock.today() + dt.timedelta(days=2)
        return plan_release(office.org.pk, Edition.Y2024, takes_effect_on=day, note="様式が変わります", by=by)


def test_the_job_tries_every_open_trip_and_keeps_what_changes(office: Office, release: EditionRelease) -> None:
    with acting_as(worker.WORKER):
        job = Job.objects.get(kind=PREVIEW)
    worker.run(job.pk)
    with office.auditor.at_work():
        kept = EditionRelease.objects.get()
        judged = judge_open_trips(kept)
        verdicts = {row.request_id: (row.before, row.came, row.gone) for row in changed_trips(kept)}
    assert (kept.looked_at, kept.previewed_at is not None) == (1, True)
    assert judged.looked_at == 1
    assert verdicts == {
        one.pk: (change.before.value, list(change.came), list(change.gone)) for one, change in judged.changes
    }
    assert verdicts


def test_nothing_is_published_untried_or_twice(office: Office, release: EditionRelease) -> None:
    with office.news.at_work() as by:
        with pytest.raises(Refused, match="確かめが済んでいない"):
            publish_release(release, by=by)
        store_preview(release.pk, Judged(0, ()), by=by)
        publish_release(release, by=by)
        with pytest.raises(Refused, match="知らせてあります"):
            publish_release(release, by=by)
        store_preview(release.pk, Judged(99, ()), by=by)
    assert EditionRelease.objects.get().looked_at == 0


def test_the_pages_from_plan_to_publication_and_the_schools_banner(
    office: Office, here: World, revision: Revision
) -> None:
    desk, reader, school = signed_in(office.news), signed_in(office.auditor), signed_in(here.drafter)
    form = {"edition": "2024", "takes_effect_on": str(clock.today()), "note": "様式が変わります"}
    refused = desk.post("/jcsos/editions/", form)
    assert (refused.status_code, "明日か、それより後の日" in refused.content.decode()) == (422, True)
    form["takes_effect_on"] = str(clock.today() + dt.timedelta(days=30))
    assert "少しお待ちください" in desk.post("/jcsos/editions/", form, follow=True).content.decode()
    made = EditionRelease.objects.get()
    page = f"/jcsos/editions/{made.pk}/"
    with office.news.at_work() as by:
        store_preview(made.pk, judge_open_trips(made), by=by)
    shown = reader.get(page).content.decode()
    assert "規則ごとの数" in shown
    assert here.dossier.outline.title in shown
    assert "所管庁に知らせる" not in shown
    assert reader.post(f"{page}publish/").status_code == 404
    assert "様式が変わります" not in school.get("/jcsos/ours/").content.decode()
    officer = signed_in(here.officer)
    inbox = reverse("mofa_requests:inbox")
    assert "様式が変わります" not in officer.get(inbox).content.decode()
    assert "会員校と所管庁に知らせました" in desk.post(f"{page}publish/", follow=True).content.decode()
    assert "様式が変わります" in school.get("/jcsos/ours/").content.decode()
    assert "様式が変わります" in officer.get(inbox).content.decode()
    told = OutboundMail.objects.filter(event="edition_published")
    assert here.officer.membership.user_id in {mail.recipient_id for mail in told}
    assert {mail.link for mail in told} == {inbox}


def test_a_trip_leaves_the_preview_with_its_schools_consent(
    office: Office, here: World, member: Membership, release: EditionRelease
) -> None:
    with office.news.at_work() as by:
        store_preview(release.pk, judge_open_trips(release), by=by)
        assert EditionVerdict.objects.count() == open_trips("2024").count() == 1
    Membership.objects.filter(pk=member.pk).update(consents=False, consented_at=None, consented_by=None)
    with office.news.at_work():
        assert EditionVerdict.objects.count() == open_trips("2024").count() == 0
