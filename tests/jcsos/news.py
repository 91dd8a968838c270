"""Circulars brought to each of their stages by the product's own actions. Not here: what must come of it (tests)."""

from __future__ import annotations

import jcsos.tasks  # noqa: F401 - makes the kinds of work known, as a worker does at its start
from jcsos.actions.circulars import Text, approve, order, propose, write_circular
from jcsos.models import Circular, Membership
from jcsos.queries.circulars import SEND_CIRCULAR
from portal.accounts.models import Membership as Held
from portal.accounts.models import User
from portal.directory.kinds import OrgKind
from portal.dossier.types import FounderType, SchoolKind
from portal.jobs import worker
from portal.jobs.models import Job
from portal.kit import clock
from portal.kit.roles import Role
from portal.tenancy.models import Org
from tests.factories.cast import Seat
from tests.jcsos.conftest import Office

TYPHOON = Text(title="台風の進路について", text="髙雄の港では、便の欠航が出ています。", countries=("0886",))


def approved(office: Office, text: Text = TYPHOON) -> Circular:
    """Written by the newsroom, checked by the member desk."""
    with office.news.at_work() as by:
        circular = propose(write_circular(office.org.pk, text, by=by), by=by)
    with office.members.at_work() as by:
        return approve(circular, by=by)


def ordered(office: Office, text: Text = TYPHOON) -> Circular:
    circular = approved(office, text)
    with office.news.at_work() as by:
        return order(circular, by=by)


def sent(office: Office, text: Text = TYPHOON) -> Circular:
    """Ordered and delivered by a worker; the letters wait in the outbox."""
    circular = ordered(office, text)
    assert worker.run(Job.objects.get(kind=SEND_CIRCULAR, subject_id=circular.pk).pk)
    circular.refresh_from_db()
    return circular


def many_members(n: int) -> list[Org]:
    """Member schools with a principal and a drafter each, written straight into the tables."""
    rows = [
        Org(kind=OrgKind.SCHOOL.value, founder=FounderType.PRIVATE.value, school_kind=SchoolKind.HIGH.value,
            name=f"見本学園{i}高等学校(見本)", demo=True)
        for i in range(n)
    ]  # fmt: skip
    schools = Org.objects.bulk_create(rows)
    people = User.objects.bulk_create(
        User(email=f"{role.value}{i}@member.example", name=f"髙﨑 {i}")
        for i in range(n)
        for role in (Role.SCHOOL_PRINCIPAL, Role.SCHOOL_DRAFTER)
    )
    Held.objects.bulk_create(
        Held(user=person, org=schools[i // 2], role=(Role.SCHOOL_PRINCIPAL, Role.SCHOOL_DRAFTER)[i % 2].value, title="")
        for i, person in enumerate(people)
    )
    Membership.objects.bulk_create(Membership(school=school, joined_on=clock.today()) for school in schools)
    return schools


def opener(school: Org) -> Seat:
    """Somebody of a member school."""
    return Seat(Held.objects.filter(org=school).order_by("pk").select_related("org", "user")[0])
