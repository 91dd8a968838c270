"""A board sets its own rules: versions, dates, who may, and what a plan is judged under."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import ProgrammingError, transaction

from mofa_requests import board_rules, queries
from mofa_requests.actions.authority import may_set_rules, save_authority_rules
from mofa_requests.actions.plan import choose_edition, editions_open_to, open_plan
from mofa_requests.actions.submit import judge_plan, submit
from mofa_requests.facts import AuthorityRules, EscortFormula, EscortStep
from mofa_requests.models import AuthoritySettings, MofaRequest, Revision
from portal.audit.models import Event
from portal.dossier.types import Edition, FounderType
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Role
from portal.lawbook.finding import Finding
from tests.factories.cast import Seat, World, board, seat, world

pytestmark = pytest.mark.django_db
TIGHT = AuthorityRules(title="海外修学旅行実施基準", nights_at_most=1, cost_at_most=1000, school_days=20)
WIDE = AuthorityRules(title="海外修学旅行実施基準", nights_at_most=300)


@pytest.fixture
def here() -> World:
    return world()


def saved(by: Seat, rules: AuthorityRules, on: dt.date, base: int = 0) -> AuthoritySettings:
    with clock.stopped_at(min(on, clock.today())), by.at_work() as actor:
        return save_authority_rules(by.org, rules, dated_from=on, base_version=base, by=actor)


def local_findings(here: World, on: dt.date) -> list[Finding]:
    with here.drafter.at_work():
        report = judge_plan(queries.latest_of(here.request.trip), here.dossier, on=on)
    return [finding for finding in report.findings if finding.code.startswith("LR")]


def test_findings_cite_the_boards_own_rule_and_nothing_else(here: World) -> None:
    assert local_findings(here, here.on) == []
    saved(here.approver, TIGHT, here.on)
    found = {finding.code: finding for finding in local_findings(here, here.on)}
    assert {"LR01", "LR02"} <= found.keys()
    assert {finding.citation for finding in found.values()} == {("見本県教育委員会 海外修学旅行実施基準",)}
    assert "1泊まで" in found["LR01"].message


def test_a_field_that_only_the_board_asks_for_cites_the_board(here: World) -> None:
    saved(here.approver, AuthorityRules(title="実施基準", previsit_required=True), here.on)
    plan = here.dossier.model_copy(update={"outline": here.dossier.outline.model_copy(update={"previsit_on": None})})
    with here.drafter.at_work():
        report = judge_plan(queries.latest_of(here.request.trip), plan, on=here.on)
    (open_one,) = [finding for finding in report.findings if finding.code == "LR07"]
    assert open_one.verdict.value == "unknown"
    assert open_one.citation == ("見本県教育委員会 実施基準",)
    met = [finding.citation for finding in report.passed if finding.code.startswith("LR")]
    assert met == [open_one.citation] * 7


def test_the_boards_days_move_the_schools_deadline(here: World) -> None:
    with here.drafter.at_work():
        before = judge_plan(queries.latest_of(here.request.trip), here.dossier, on=here.on).deadlines
    saved(here.approver, TIGHT, here.on)
    with here.drafter.at_work():
        after = judge_plan(queries.latest_of(here.request.trip), here.dossier, on=here.on).deadlines
    assert after.school_submission < before.school_submission
    assert (after.authority_dispatch, after.receipt) == (before.authority_dispatch, before.receipt)


def test_a_version_counts_from_its_day_and_a_later_one_replaces_it(here: World) -> None:
    later = here.on + dt.timedelta(days=30)
    saved(here.approver, TIGHT, later)
    assert local_findings(here, later - dt.timedelta(days=1)) == []
    assert local_findings(here, later)
    saved(here.approver, WIDE, here.on, base=1)
    with here.drafter.at_work():
        org = here.approver.org.pk
        in_force = [board_rules.rules_in_force(org, on=day) for day in (here.on, later)]
    assert [version.version for version in in_force if version] == [2, 1]


def test_the_revision_keeps_the_version_it_was_judged_under(here: World) -> None:
    first = saved(here.approver, WIDE, here.on)
    with clock.stopped_at(here.on), here.principal.at_work() as by:
        revision = submit(here.request, by=by, title="校長", on=here.on)
    saved(here.approver, TIGHT, here.on, base=1)
    assert Revision.objects.get(pk=revision.pk).authority_settings_id == first.pk
    assert local_findings(here, here.on) == []
    with here.officer.at_work():
        seen = judge_plan(queries.get_for(here.request.pk), here.dossier, on=here.on)
    assert not [finding for finding in seen.findings if finding.code.startswith("LR")]


def test_a_draft_opened_again_meets_the_rules_of_today(here: World) -> None:
    saved(here.approver, WIDE, here.on)
    with clock.stopped_at(here.on), here.principal.at_work() as by:
        submit(here.request, by=by, title="校長", on=here.on)
    saved(here.approver, TIGHT, here.on, base=1)
    MofaRequest.objects.filter(pk=here.request.pk).update(
        state="returned", returned_at=clock.now(), returned_by_id=here.officer.membership.user_id
    )
    assert local_findings(here, here.on)


def test_a_plan_through_a_municipal_board_meets_the_prefectures_rules() -> None:
    here = world(FounderType.MUNICIPAL)
    saved(here.approver, AuthorityRules(nights_at_most=1, municipal_days=9), here.on)
    assert local_findings(here, here.on)
    assert here.endorser is not None
    assert not may_set_rules(here.endorser.org)
    with here.endorser.at_work():
        seen = board_rules.rules_in_force(here.approver.org.pk, on=here.on)
    assert seen is not None
    with clock.stopped_at(here.on), here.principal.at_work() as by:
        submit(here.request, by=by, title="校長", on=here.on)
    with here.endorser.at_work():
        request = queries.get_for(here.request.pk)
        report = judge_plan(request, here.dossier, on=here.on)
    assert report.deadlines.municipal_dispatch == request.municipal_due_on
    assert "LR01" in {finding.code for finding in report.findings}


def test_what_is_saved_is_recorded_and_read_back_whole(here: World) -> None:
    formula = EscortFormula(steps=(EscortStep(students=20, escorts=3),), further=40, least=2)
    rules = AuthorityRules(title="実施要綱", escorts=formula, escort_of_each_sex=True, participation_at_least=80)
    version = saved(here.approver, rules, clock.today())
    expected = rules.model_copy(update={"body": here.approver.org.name})
    assert AuthoritySettings.objects.get(pk=version.pk).rules == expected
    with here.officer.at_work():
        event = Event.objects.get(name="authority.rules_saved")
    assert event.facts == {"version": 1, "dated_from": clock.today().isoformat()}
    assert "第1版" in event.sentence()


@pytest.mark.parametrize(("role", "says"), [(Role.AUTHORITY_OFFICER, "決裁"), (Role.SCHOOL_PRINCIPAL, "決裁")])
def test_only_the_approver_decides(here: World, role: Role, says: str) -> None:
    other = seat(role, here.approver.org)
    with other.at_work() as by, pytest.raises(Refused, match=says):
        save_authority_rules(here.approver.org, WIDE, dated_from=clock.today(), base_version=0, by=by)
    assert not AuthoritySettings.objects.exists()


def test_the_past_and_the_unchanged_and_the_overtaken_are_refused(here: World) -> None:
    today = clock.today()
    with here.approver.at_work() as by:
        with pytest.raises(Refused, match="今日か今日より後"):
            save_authority_rules(
                by_org := here.approver.org, WIDE, dated_from=today - dt.timedelta(days=1), base_version=0, by=by
            )
        save_authority_rules(by_org, WIDE, dated_from=today, base_version=0, by=by)
        with pytest.raises(Refused, match="同じ内容"):
            save_authority_rules(by_org, WIDE, dated_from=today, base_version=1, by=by)
        with pytest.raises(Refused, match="ほかの人"):
            save_authority_rules(by_org, TIGHT, dated_from=today, base_version=0, by=by)
    assert AuthoritySettings.objects.count() == 1


def test_another_board_neither_reads_nor_writes(here: World) -> None:
    saved(here.approver, WIDE, clock.today())
    stranger = seat(Role.AUTHORITY_APPROVER, board("彼方県教育委員会(見本)"))
    with stranger.at_work() as by:
        assert not AuthoritySettings.objects.exists()
        with pytest.raises(Refused):
            save_authority_rules(here.approver.org, TIGHT, dated_from=clock.today(), base_version=1, by=by)
    with pytest.raises(ProgrammingError, match="row-level security"), stranger.at_work():
        AuthoritySettings.objects.create(
            org=here.approver.org,
            version=2,
            parameters={},
            dated_from=clock.today(),
            saved_by=stranger.membership.user,
        )


@pytest.mark.parametrize("hand", ["approver", "principal"])
def test_nobody_changes_or_deletes_a_version(here: World, hand: str) -> None:
    saved(here.approver, WIDE, clock.today())
    who: Seat = getattr(here, hand)
    for act in (lambda rows: rows.update(version=9), lambda rows: rows.delete()):
        with pytest.raises(ProgrammingError, match="permission denied"), who.at_work(), transaction.atomic():
            act(AuthoritySettings.objects.all())


def test_a_new_plan_takes_the_schools_edition(here: World) -> None:
    school = here.drafter.org
    school.edition = Edition.Y2024.value
    school.save()
    with here.drafter.at_work() as by:
        request = open_plan(school, by=by)
    assert (request.edition, request.trip.edition) == ("2024", "2024")


def test_a_plan_moves_to_an_edition_its_authority_works_with(here: World) -> None:
    with here.drafter.at_work() as by:
        request = queries.latest_of(here.request.trip)
        assert editions_open_to(request) == (Edition.Y2003,)
        with pytest.raises(Refused, match="所管庁"):
            choose_edition(request, Edition.Y2016, by=by)
    here.approver.org.edition = Edition.Y2016.value
    here.approver.org.save()
    with here.drafter.at_work() as by:
        choose_edition(queries.latest_of(here.request.trip), Edition.Y2016, by=by)
        live = queries.gather_dossier(queries.latest_of(here.request.trip).trip)
        report = judge_plan(queries.latest_of(here.request.trip), live, on=here.on)
    assert live.edition is Edition.Y2016
    assert report.edition == "2016"
    assert MofaRequest.objects.get(pk=here.request.pk).edition == "2016"
