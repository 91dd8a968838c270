"""Reading J-TAS cases: lists without persons, one case opened with its key, who read it, what looks alike."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Min, Q, QuerySet

from jcsos.enums import AssistState, Cover, EntryKind
from jcsos.models import AssistCase, AssistEntry, AssistReading, Membership
from jcsos.queries.window import membership_of, open_part, trips_of_members
from jcsos.rules.assist import Eligibility, Seen, alike, eligibility
from mofa_requests.models import MofaRequest, Revision
from portal.dossier.types import Policy
from portal.kit import clock
from portal.vault.keyring import TripCipher, WrappedKey, open_key

READING_LASTS = dt.timedelta(minutes=60)
TASKS = (EntryKind.TASK.value, EntryKind.CALL_BACK.value)
SEALED = ("headline", "person", "outcome", "lessons")


@dataclass(frozen=True)
class OpenedCase:
    """The sealed texts of a case, opened. For one page, never kept."""

    headline: str
    person: str
    outcome: str
    lessons: str


@dataclass(frozen=True)
class OpenedEntry:
    entry: AssistEntry
    text: str


def cases() -> QuerySet[AssistCase]:
    """Every case in view, those with the nearest open task first; nothing sealed is opened."""
    waiting = Min("entries__due_at", filter=Q(entries__kind__in=TASKS, entries__done_at=None))
    rows = AssistCase.objects.select_related("linked_school", "on_duty").defer(*SEALED)
    return rows.annotate(next_due=waiting).order_by("next_due", "-opened_at")


def open_cases() -> QuerySet[AssistCase]:
    return cases().exclude(state=AssistState.CLOSED.value)


def get_case(case_id: UUID) -> AssistCase:
    """One case in view, or ``AssistCase.DoesNotExist``."""
    return AssistCase.objects.select_related("linked_school", "on_duty", "closed_by").get(pk=case_id)


def cipher_of(case: AssistCase) -> TripCipher:
    held = WrappedKey(case.key_master, bytes(case.key_wrapped))
    return open_key(held, owner_id=case.org_id, subject_id=case.pk)


def opened(case: AssistCase) -> OpenedCase:
    """The texts of a case. Whoever calls this has recorded the reading."""
    cipher, table = cipher_of(case), case._meta.db_table
    texts = {name: cipher.open(getattr(case, name), table=table, column=name, row=case.pk) for name in SEALED}
    return OpenedCase(**{name: text or "" for name, text in texts.items()})


def entries_of(case: AssistCase) -> list[OpenedEntry]:
    """The timeline, oldest first, opened."""
    cipher = cipher_of(case)
    rows = AssistEntry.objects.filter(case=case).select_related("noted_by", "done_by")
    return [
        OpenedEntry(row, cipher.open(row.text, table=row._meta.db_table, column="text", row=row.pk) or "")
        for row in rows
    ]


def open_tasks(case: AssistCase) -> QuerySet[AssistEntry]:
    return AssistEntry.objects.filter(case=case, kind__in=TASKS, done_at=None)


def present_reading(case: AssistCase, *, user_id: int | None) -> AssistReading | None:
    """The purpose this person gave for the case within the last hour, if any."""
    recent = AssistReading.objects.filter(case=case, by_id=user_id, at__gte=clock.now() - READING_LASTS)
    return recent.order_by("-at").first()


def readings_of(case: AssistCase) -> QuerySet[AssistReading]:
    return AssistReading.objects.filter(case=case).select_related("by")


def alike_to(case: AssistCase) -> list[AssistCase]:
    """Open cases that may be of the same event and are not joined to it yet."""
    others = [row for row in open_cases() if case.event_id is None or row.event_id != case.event_id]
    found = set(alike(_seen(case), map(_seen, others)))
    return [row for row in others if row.pk in found]


def of_event(case: AssistCase) -> list[AssistCase]:
    """The other cases of the same event."""
    return list(cases().filter(event_id=case.event_id).exclude(pk=case.pk)) if case.event_id else []


def eligibility_of(case: AssistCase) -> Eligibility:
    """By the linked school's present membership and the known cover."""
    member = case.linked_school_id is not None and membership_of(case.linked_school_id) is not None
    return eligibility(member=member, cover=Cover(case.cover))


def member_schools() -> QuerySet[Membership]:
    """Schools that are members today, by name: whom a case may be linked to."""
    return Membership.objects.filter(left_on=None).select_related("school").order_by("school__kana", "school__name")


def trips_to_link(school_id: UUID) -> QuerySet[MofaRequest]:
    """The school's trips in JCSOS's window."""
    return trips_of_members(school_id=school_id)


def policies_of(case: AssistCase) -> tuple[Policy, ...]:
    """The insurance of the linked trip while it is in JCSOS's window: contracts only, never persons."""
    if case.linked_request_id is None:
        return ()
    revision = Revision.objects.filter(request_id=case.linked_request_id).order_by("-number").first()
    return open_part(revision).policies if revision else ()


def trip_of(case: AssistCase) -> MofaRequest | None:
    """The linked trip while it is in JCSOS's window."""
    return trips_of_members().filter(pk=case.linked_request_id).first() if case.linked_request_id else None


def _seen(case: AssistCase) -> Seen:
    return Seen(case.pk, case.country, case.opened_at, case.linked_request_id)
