"""Loading the specimens: organisations, people, and trips brought to their states by the product's own actions.

Runs as the owner role, which may enter every audience. Not here: the data (organisations, accounts, story).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from jcsos.models import Membership as JcsosMembership
from mofa_requests import queries
from mofa_requests.actions import amend as amending
from mofa_requests.actions import plan, review, sending
from mofa_requests.actions.submit import submit
from mofa_requests.models import MofaRequest
from portal.accounts.acting import actor_of
from portal.accounts.models import Membership, User
from portal.audit.record import Actor
from portal.demo import story
from portal.demo.accounts import demo_accounts
from portal.demo.cover import play_cover
from portal.demo.desk import play_desk
from portal.demo.hands import acting, on_day
from portal.demo.jcsos import play_assistance, play_audits, play_figures, play_handbook
from portal.demo.news import play_news, play_seminars
from portal.demo.office import play_office, set_term
from portal.demo.organisations import demo_organisation, demo_organisations
from portal.dossier.shift import shift, weeks_between
from portal.dossier.types import Dossier
from portal.jobs import worker
from portal.jobs.models import Job, JobState
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Role
from portal.tenancy.models import Org
from portal.tenancy.scope import acting_as

Say = Callable[[str], None]
_MORNING = dt.time(9, 30)


@dataclass
class Cast:
    """Who and what was created, by the keys of the YAML files."""

    orgs: dict[str, Org]
    seats: dict[tuple[str, UUID], Membership]

    def membership(self, email: str, *orgs: UUID | None) -> Membership:
        """The seat of an account in one of the organisations; ``LookupError`` names an account without one."""
        for org_id in orgs:
            if org_id is not None and (email, org_id) in self.seats:
                return self.seats[(email, org_id)]
        raise LookupError(f"{email} holds no role in the organisations of this step")


def load(*, on: dt.date, say: Say) -> Cast:
    """Create everything, the trips moved to ``on`` by whole weeks. The database must have no user yet."""
    cast = create_cast()
    say(f"見本の機関 {len(cast.orgs)}、職員 {len(cast.seats)} を作りました")
    for trip in story.demo_trips():
        state = play(trip, cast, on=on)
        say(f"見本の旅行 {trip.dossier}: {state}")
    seats = list(cast.seats.values())
    say(f"見本の所管庁の机: {play_desk(seats, on=on)}件の周知を送りました")
    say(f"見本の監査: {play_audits(seats, on=on)}件を抽出しました")
    say(f"見本のJ-TAS: {play_assistance(seats, on=on)}件を受け付けました")
    say(f"見本の相談: {play_office(seats, on=on)}件を受け付けました")
    say(f"見本のお知らせ: {play_news(seats, on=on)}件を会員校に送りました")
    say(f"見本のセミナー: {play_seminars(seats, on=on)}件を開きました")
    say(f"見本の備えの点数: {play_figures(seats, on=on)}件を集計しました")
    say(f"見本の手続きの版: {play_handbook(seats, on=on)}件の旅行で確かめました")
    say(f"見本の保険の一覧: {play_cover(seats, on=on)}件を載せました")
    return cast


@transaction.atomic
def create_cast() -> Cast:
    """Organisations in their tree, people with verified addresses, memberships, membership in JCSOS."""
    orgs: dict[str, Org] = {}
    for entry in demo_organisations():
        orgs[entry.key] = Org.objects.create(
            parent=orgs[entry.parent] if entry.parent else None,
            demo=True,
            founder=entry.founder.value if entry.founder else "",
            school_kind=entry.school_kind.value if entry.school_kind else "",
            **entry.model_dump(exclude={"key", "parent", "founder", "school_kind", "jcsos_member"}, mode="json"),
        )
    cast = Cast(orgs, dict(_create_people(orgs)))
    _join_jcsos(cast)
    return cast


def play(trip: story.DemoTrip, cast: Cast, *, on: dt.date) -> str:
    """Write one plan and fire its steps day by day; the state it reached.

    A step that the moved calendar refuses (a deadline that now falls on other holidays) ends the play there.
    """
    dossier = trip.load()
    weeks = weeks_between(dossier.as_of or on, on)
    moved = shift(dossier, weeks)
    school = cast.orgs[trip.organisation]
    drafter = _drafter(cast, school)
    with on_day(_first_day(trip, dossier, weeks), _MORNING), acting(drafter):
        request = plan.open_plan(school, by=actor_of(drafter), trip_no=moved.trip_no, demo=True)
        plan.store_dossier(request.trip, moved, by=actor_of(drafter))
    stage = _Stage(cast, request, dossier, weeks)
    for step in trip.steps:
        try:
            stage.perform(step)
        except Refused:
            break
    with acting(drafter):
        return queries.latest_of(request.trip).state_kind.label


@dataclass
class _Stage:
    """One trip on its way; each step is done by the hand that the story names, on its day."""

    cast: Cast
    request: MofaRequest
    dossier: Dossier
    weeks: int

    def perform(self, step: story.Step) -> None:
        request = self.request
        seat = self.cast.membership(step.by, request.school_id, request.endorser_org_id, request.forwarder_org_id)
        with on_day(step.day + dt.timedelta(weeks=self.weeks), _MORNING):
            with acting(seat):
                self.request = queries.get_for(request.pk)
                _PARTS[type(step)](self, step, actor_of(seat), seat)
                self.request = queries.latest_of(self.request.trip) if _is_school(seat) else self.request
            if isinstance(step, story.FixLetter):
                _run_waiting_jobs()
        self.request.refresh_from_db()

    def _submit(self, step: story.Submit, by: Actor, seat: Membership) -> None:
        submit(self.request, by=by, title=seat.title, on=clock.today())

    def _endorse(self, step: story.Endorse, by: Actor, seat: Membership) -> None:
        review.endorse(self.request, by=by)

    def _claim(self, step: story.Claim, by: Actor, seat: Membership) -> None:
        review.claim_review(self.request, by=by)

    def _tick(self, step: story.TickAll, by: Actor, seat: Membership) -> None:
        revision = queries.revision_of(self.request)
        sheet = queries.ticksheet_of(revision)
        review.save_ticks(revision, step.ticks(), base_version=sheet.version if sheet else 0, by=by)

    def _remark(self, step: story.WriteRemark, by: Actor, seat: Membership) -> None:
        revision = queries.revision_of(self.request)
        review.write_remark(revision, step.text, kind=step.kind, by=by, pointer=step.pointer, internal=step.internal)

    def _decide(self, step: story.Decide, by: Actor, seat: Membership) -> None:
        revision = queries.revision_of(self.request)
        review.decide(
            revision, step.topic, step.verdict.value, reasons=step.reasons, by=by, title=f"{seat.org} {seat.title}"
        )

    def _letter(self, step: story.FixLetter, by: Actor, seat: Membership) -> None:
        authority = next(key for key, org in self.cast.orgs.items() if org.pk == seat.org_id)
        officer = next(account for account in demo_accounts() if account.email == step.by)
        moved = step.model_copy(update={"day": clock.today()})
        sending.fix_letter(
            queries.revision_of(self.request), moved.letter(demo_organisation(authority), officer), by=by
        )

    def _call(self, step: story.CallMofa, by: Actor, seat: Membership) -> None:
        sending.record_mofa_call(self.request, step.note, by=by)

    def _forward(self, step: story.Forward, by: Actor, seat: Membership) -> None:
        packet = queries.packet_of(queries.revision_of(self.request))
        if packet is None:
            raise LookupError(f"{self.request.pk}: no packet was rendered")
        sending.forward(
            self.request, packet, channel=step.channel, sent_on=clock.today(), evidence=step.evidence, by=by
        )

    def _acknowledge(self, step: story.Acknowledge, by: Actor, seat: Membership) -> None:
        dispatch = self.request.dispatchs.get()
        received_on = step.received_on + dt.timedelta(weeks=self.weeks)
        sending.acknowledge(dispatch, received_on=received_on, evidence=step.evidence, by=by)

    def _reply(self, step: story.RecordReply, by: Actor, seat: Membership) -> None:
        sending.record_reply(
            self.request,
            step.text,
            source=step.source,
            source_name=step.source_name,
            received_on=clock.today(),
            by=by,
        )

    def _withdraw(self, step: story.Withdraw, by: Actor, seat: Membership) -> None:
        amending.withdraw(self.request, reason=step.reason, by=by)

    def _amend(self, step: story.Amend, by: Actor, seat: Membership) -> None:
        amending.amend(self.request, by=by)
        changed = shift(story.edited(self.dossier, step.edits), self.weeks)
        plan.store_dossier(self.request.trip, changed, by=by)


_PARTS: dict[type[story.Step], Callable[..., None]] = {
    story.Submit: _Stage._submit,
    story.Endorse: _Stage._endorse,
    story.Claim: _Stage._claim,
    story.TickAll: _Stage._tick,
    story.WriteRemark: _Stage._remark,
    story.Decide: _Stage._decide,
    story.FixLetter: _Stage._letter,
    story.CallMofa: _Stage._call,
    story.Forward: _Stage._forward,
    story.Acknowledge: _Stage._acknowledge,
    story.RecordReply: _Stage._reply,
    story.Withdraw: _Stage._withdraw,
    story.Amend: _Stage._amend,
}


def _create_people(orgs: dict[str, Org]) -> Iterator[tuple[tuple[str, UUID], Membership]]:
    users: dict[str, User] = {}
    # Hashing is slow on purpose; one password per role is printed at every start anyway, so it is hashed once.
    hashed = {password: make_password(password) for password in {account.password for account in demo_accounts()}}
    for account in demo_accounts():
        if account.email not in users:
            user = User(email=account.email, name=account.name, language=account.language)
            user.password = hashed[account.password]
            user.save()
            EmailAddress.objects.create(user=user, email=account.email, verified=True, primary=True)
            users[account.email] = user
        org = orgs[account.organisation]
        seat = Membership.objects.create(
            user=users[account.email], org=org, role=account.role.value, title=account.title
        )
        yield (account.email, org.pk), seat


def _join_jcsos(cast: Cast) -> None:
    """Members of JCSOS; consent is given by the school's own head, as it is in life."""
    for entry in demo_organisations():
        if entry.jcsos_member is None:
            continue
        school = cast.orgs[entry.key]
        consents = entry.jcsos_member.consents_to_audit
        head = next(seat for seat in cast.seats.values() if seat.org_id == school.pk)
        held = JcsosMembership.objects.create(
            school=school,
            joined_on=entry.jcsos_member.since,
            consents=consents,
            consented_at=clock.now() if consents else None,
            consented_by_id=head.user_id if consents else None,
        )
        set_term(held, entry.jcsos_member.services, on=clock.today())


def _drafter(cast: Cast, school: Org) -> Membership:
    seats = [seat for seat in cast.seats.values() if seat.org_id == school.pk]
    return next(seat for seat in seats if seat.role_kind in (Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL))


def _first_day(trip: story.DemoTrip, dossier: Dossier, weeks: int) -> dt.date:
    first = trip.submitted_on or dossier.as_of or clock.today()
    return first + dt.timedelta(weeks=weeks) - dt.timedelta(days=7)


def _is_school(seat: Membership) -> bool:
    return seat.role_kind.audience.value == "school"


def _run_waiting_jobs() -> None:
    """Do at once what a worker would do: the loader must not depend on one."""
    with acting_as(worker.WORKER), transaction.atomic():
        waiting = list(Job.objects.filter(state=JobState.QUEUED.value).values_list("id", flat=True))
    for job_id in waiting:
        worker.run(job_id)
