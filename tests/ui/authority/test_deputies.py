"""Deputies: named for a period, deciding in somebody's stead, seen by the school, and never a way round two people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from mofa_requests.actions import review
from mofa_requests.actions.authority import save_authority_rules
from mofa_requests.actions.deputising import end_deputy, name_deputy
from mofa_requests.deputies import mandates_of
from mofa_requests.enums import RequestState, Topic
from mofa_requests.facts import AuthorityRules
from mofa_requests.models import Decision, Deputy, MofaRequest
from portal.audit.models import Event
from portal.jobs.models import OutboundMail
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Role
from tests.factories.cast import Seat, World, seat
from tests.ui.authority.conftest import Desk, newest, signed_in, state_of
from tests.ui.authority.test_desk import claimed, ticked

pytestmark = pytest.mark.django_db
AtDesk = Callable[[World, Seat], Desk]
WEEK = dt.timedelta(days=7)


def named(made: World, person: Seat, deputy: Seat, *, by: Seat | None = None) -> Deputy:
    """A mandate of a week that begins today."""
    with (by or person).at_work() as actor:
        return name_deputy(
            person.membership, deputy=deputy.membership, from_on=made.on, until_on=made.on + WEEK, by=actor
        )


def favourable(made: World, deputy: Seat, mandate: Deputy | None) -> RequestState:
    """Both decisions by the deputy; the state that follows."""
    with deputy.at_work() as by:
        for topic, verdict in ((Topic.COMPLETENESS, "complete"), (Topic.SAFETY, "clear")):
            request, _ = review.decide(newest(made), topic, verdict, reasons="", by=by, title="主査", in_stead=mandate)
    return request.state_kind


def test_an_approver_names_a_deputy_who_is_told_and_approves_for_them(here: World, at_desk: AtDesk) -> None:
    claimed(here)
    ticked(here, here.approver)
    desk = at_desk(here, here.approver)
    page = desk.open("/inbox/deputies/")
    assert "代理はまだ立てられていません" in page
    wish = {
        "person": str(here.approver.membership.pk),
        "deputy": str(here.officer.membership.pk),
        "from_on": here.on.isoformat(),
        "until_on": (here.on + WEEK).isoformat(),
    }
    desk.post("/inbox/deputies/", {**wish, "until_on": ""}, status=422)
    assert "日付を入れてください" in desk.page
    desk.post("/inbox/deputies/", {**wish, "until_on": (here.on - WEEK).isoformat()}, status=409)
    assert "終わりの日が始まりの日より前です" in desk.page
    desk.post("/inbox/deputies/", wish)
    assert "代理中" in desk.page
    assert OutboundMail.objects.get(event="deputy_named").recipient_id == here.officer.membership.user_id
    desk.post("/inbox/deputies/", wish, status=409)
    assert "先にその代理を終えるか" in desk.page
    deputy = at_desk(here, here.officer)
    mandate = Deputy.objects.get()
    page = deputy.open("decision/")
    assert f"{here.approver.membership.user}さんの代理として" in page
    deputy.post("decision/completeness/", {"completeness-verdict": "complete", "completeness-stead": "own"}, status=409)
    assert not Decision.objects.exists(), "in the own name an officer still may not approve"
    for topic, verdict in (("completeness", "complete"), ("safety", "clear")):
        deputy.open("decision/")
        deputy.post(f"decision/{topic}/", {f"{topic}-verdict": verdict, f"{topic}-stead": str(mandate.pk)})
    assert state_of(here) == RequestState.APPROVED
    decided = Decision.objects.filter(topic="safety").get()
    assert (decided.decided_by_id, decided.decided_for_id) == (mandate.deputy_id, mandate.person_id)
    assert f"({here.approver.membership.user}の代理)" in deputy.open("decision/")
    told = Event.objects.filter(request_id=here.request.pk, name="decision.in_stead")
    assert [event.facts for event in told] == [{"person": mandate.person_id}] * 2
    school = signed_in(here.principal).get(f"/trips/{here.request.trip_id}/timeline/").content.decode()
    assert "代理として判断しました" in school


def test_the_school_sees_the_deputy_while_the_papers_lie_with_somebody_away(here: World, at_desk: AtDesk) -> None:
    claimed(here)
    colleague = seat(Role.AUTHORITY_OFFICER, here.officer.org)
    named(here, here.officer, colleague, by=here.approver)
    words = f"代理 {colleague.membership.user}"
    school = signed_in(here.principal)
    assert words in school.get(f"/trips/{here.request.trip_id}/timeline/").content.decode()
    assert words in at_desk(here, here.approver).open("/inbox/")
    assert here.dossier.outline.title in at_desk(here, colleague).open("/inbox/?who=mine")
    with clock.stopped_at(here.on + WEEK + dt.timedelta(days=1)):
        assert words not in at_desk(here, here.approver).open("/inbox/")
        assert here.dossier.outline.title not in at_desk(here, colleague).open("/inbox/?who=mine")


def test_two_people_stay_two_people(here: World) -> None:
    with here.approver.at_work() as by:
        save_authority_rules(
            here.approver.org, AuthorityRules(two_person=True), dated_from=here.on, base_version=0, by=by
        )
    claimed(here)
    ticked(here, here.officer)
    second = seat(Role.AUTHORITY_APPROVER, here.officer.org)
    own_ticks = named(here, here.approver, here.officer)
    with pytest.raises(Refused, match="二人で確かめる"):
        favourable(here, here.officer, own_ticks)
    for_ticker = named(here, here.officer, second)
    with pytest.raises(Refused):
        favourable(here, second, for_ticker)
    assert not Decision.objects.exists()
    assert favourable(here, second, None) is RequestState.APPROVED


def test_a_mandate_holds_on_its_days_for_its_people_and_its_house_alone(here: World) -> None:
    claimed(here)
    ticked(here, here.officer)
    mandate = named(here, here.approver, here.officer)
    stranger = seat(Role.AUTHORITY_OFFICER, here.officer.org)
    with pytest.raises(Refused, match="代理の期間ではない"):
        favourable(here, stranger, mandate)
    with clock.stopped_at(here.on + WEEK + dt.timedelta(days=1)), pytest.raises(Refused, match="代理の期間ではない"):
        favourable(here, here.officer, mandate)
    with pytest.raises(Refused, match="決裁の人だけ"), stranger.at_work() as by:
        end_deputy(mandate, by=by)
    with here.approver.at_work() as by:
        end_deputy(mandate, by=by)
        with pytest.raises(Refused, match="もう終わっています"):
            end_deputy(mandate, by=by)
    assert OutboundMail.objects.get(event="deputy_ended").recipient_id == here.officer.membership.user_id
    assert mandates_of(here.officer.actor, on=here.on) == []
    with pytest.raises(Refused, match="代理の期間ではない"):
        favourable(here, here.officer, mandate)


def test_a_lost_role_lends_nothing(here: World) -> None:
    named(here, here.approver, here.officer)
    assert [each.role for each in mandates_of(here.officer.actor, on=here.on)] == [Role.AUTHORITY_APPROVER]
    here.approver.membership.active = False
    here.approver.membership.save()
    assert mandates_of(here.officer.actor, on=here.on) == []


@pytest.mark.parametrize("change", ["self", "foreign", "past", "long", "for another"])
def test_what_no_mandate_may_be(here: World, change: str) -> None:
    foreign = seat(Role.SCHOOL_DRAFTER, here.principal.org)
    person = here.approver if change == "for another" else here.officer
    deputy = {"self": here.officer, "foreign": foreign}.get(change, seat(Role.AUTHORITY_OFFICER, here.officer.org))
    begins = here.on - WEEK if change == "past" else here.on
    ends = here.on + dt.timedelta(days=400) if change == "long" else here.on
    with pytest.raises(Refused), here.officer.at_work() as by:
        name_deputy(person.membership, deputy=deputy.membership, from_on=begins, until_on=ends, by=by)
    assert not Deputy.objects.exists()


def test_nobody_decides_for_the_person_who_submitted(here: World) -> None:
    claimed(here)
    ticked(here, here.officer)
    mandate = named(here, here.approver, here.officer)
    MofaRequest.objects.filter(pk=here.request.pk).update(submitted_by=here.approver.membership.user)
    with pytest.raises(Refused, match="提出した本人の代理"):
        favourable(here, here.officer, mandate)
