"""Gathering and reading duty-of-care files: what the school's own rows say up to a moment, and the frozen revisions.

Gathering needs the school's scope. Not here: what is said of it (rules.duty_file), freezing (actions.duty_file).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from jcsos.enums import FileStage
from jcsos.models import CircularReceipt, DutyFile
from jcsos.queries.window import open_part
from jcsos.rules.duty_file import (
    FORMAT,
    Filing,
    Hand,
    Homecoming,
    News,
    Ruling,
    Story,
    TestCall,
    departure_of,
    lines_of,
)
from mofa_requests.enums import Topic
from mofa_requests.models import Decision, Dispatch, MofaRequest, Receipt, Revision
from portal.accounts.models import Membership, User
from portal.audit.models import Event
from portal.dossier.types import Channel
from portal.kit import clock
from portal.lawbook.words import day_words
from trips.queries import call_log, incidents_noted, saved_report

_LEFT_OUT = ("health.", "persons.", "incident.", "assist.", "consult.", "duty_file.", "member_audit.")
"""Events that tell of health, of persons, or of what does not belong to the preparation of the trip."""


@dataclass(frozen=True)
class Grounds:
    """What a file rests on: the request in force and its newest revision."""

    request: MofaRequest
    revision: Revision


def grounds_of(trip_id: UUID) -> Grounds | None:
    """The newest submitted plan of a trip that was not withdrawn; ``None`` while there is none."""
    rows = Revision.objects.filter(request__trip_id=trip_id).exclude(request__state="withdrawn")
    revision = rows.select_related("request__school").order_by("submitted_at", "id").last()
    return Grounds(revision.request, revision) if revision else None


def departed_at(grounds: Grounds) -> dt.datetime | None:
    """The instant of departure by the plan in force."""
    return departure_of(open_part(grounds.revision))


def gather(trip_id: UUID, *, stage: FileStage, until: dt.datetime) -> dict[str, Any]:
    """The document of a file as it stood at ``until``; JSON values only. Raises ``LookupError`` without any plan."""
    grounds = grounds_of(trip_id)
    if grounds is None:
        raise LookupError(f"{trip_id}: nothing was submitted")
    revisions = Revision.objects.filter(request__trip_id=trip_id, submitted_at__lte=until)
    filed = list(revisions.select_related("request").order_by("submitted_at", "id"))
    ruling = filed[-1] if filed else grounds.revision
    dossier = open_part(ruling)
    story = Story(
        dossier=dossier,
        revision=ruling.number,
        filings=tuple(map(_filing, filed)),
        rulings=tuple(_rulings(trip_id, until)),
        calls=tuple(_calls(trip_id, grounds.request.school_id, until)),
        news=tuple(_news(grounds.request.school_id, until)),
        homecoming=_homecoming(trip_id, grounds.request.school_id) if stage is FileStage.RETURN else None,
    )
    left = departure_of(dossier)
    return {
        "format": FORMAT,
        "stage": stage.value,
        "until": until.isoformat(),
        "school": str(grounds.request.school),
        "trip": {
            "title": grounds.request.title,
            "places": grounds.request.places,
            "trip_no": dossier.trip_no,
            "departs_on": _iso(grounds.request.departs_on),
            "returns_on": _iso(grounds.request.returns_on),
            "departed_at": left.isoformat() if left else None,
        },
        "revision": {"number": ruling.number, "sha256": ruling.sha256},
        "lines": [line.as_json() for line in lines_of(story)],
        "events": [_event(event) for event in _events(grounds.request, trip_id, until)],
    }


def files_of(trip_id: UUID) -> QuerySet[DutyFile]:
    """Every frozen revision in view, oldest first."""
    return DutyFile.objects.filter(trip_id=trip_id).select_related("frozen_by", "school").order_by("number")


def get_file(trip_id: UUID, number: int) -> DutyFile:
    """One revision in view, or ``DutyFile.DoesNotExist``."""
    return files_of(trip_id).get(number=number)


def people_in(document: dict[str, Any]) -> dict[int, str]:
    """Account id → name of the staff who acted; for the school's own eyes."""
    ids = {line["by"]["user"] for line in document["lines"]} | {event["user"] for event in document["events"]}
    rows = User.objects.filter(pk__in=[one for one in ids if one is not None])
    return {user.pk: user.name or user.email for user in rows}


def departed_without_file(school_id: UUID, *, on: dt.date, since: dt.date) -> list[UUID]:
    """Trips of a school that left within ``since`` … ``on`` and have no file yet."""
    rows = MofaRequest.objects.filter(school_id=school_id, departs_on__range=(since, on), submitted_at__isnull=False)
    done = DutyFile.objects.filter(school_id=school_id).values("trip_id")
    return list(rows.exclude(trip_id__in=done).exclude(state="withdrawn").values_list("trip_id", flat=True).distinct())


def _filing(revision: Revision) -> Filing:
    hand = Hand(revision.submitted_by_id, revision.attested_by_title, str(revision.request.school))
    due_on = revision.request.school_due_on
    return Filing(revision.number, revision.submitted_at, hand, revision.sha256, due_on)


def _rulings(trip_id: UUID, until: dt.datetime) -> Iterable[Ruling]:
    """Decisions, dispatches and receipts, in the order of time."""
    found = [*_decisions(trip_id, until), *_dispatches(trip_id, until), *_receipts(trip_id, until)]
    return sorted(found, key=lambda one: one.at)


def _decisions(trip_id: UUID, until: dt.datetime) -> Iterable[Ruling]:
    rows = Decision.objects.filter(request__trip_id=trip_id, decided_at__lte=until)
    for row in rows.select_related("revision", "forwarder_org"):
        kind, topic = row.verdict_kind, Topic(row.topic)
        text = f"第{row.revision.number}版の{topic.label}: {kind.label}"
        yield Ruling(
            text + ("(理由の記入あり)" if row.reasons else ""),
            f"{topic.english}, revision {row.revision.number}: {kind.english}",
            row.decided_at,
            Hand(row.decided_by_id, row.decided_by_title, str(row.forwarder_org or "")),
        )


def _dispatches(trip_id: UUID, until: dt.datetime) -> Iterable[Ruling]:
    rows = Dispatch.objects.filter(request__trip_id=trip_id, recorded_at__lte=until).select_related("forwarder_org")
    for row in rows:
        hand, channel = Hand(row.recorded_by_id, "", str(row.forwarder_org or "")), Channel(row.channel)
        text = f"外務省へ送付({channel.label}、{day_words(row.sent_on)})"
        yield Ruling(text, f"Forwarded to the ministry ({channel.english}, {row.sent_on})", row.recorded_at, hand)


def _receipts(trip_id: UUID, until: dt.datetime) -> Iterable[Ruling]:
    rows = Receipt.objects.filter(request__trip_id=trip_id, recorded_at__lte=until).select_related("forwarder_org")
    for row in rows:
        hand = Hand(row.recorded_by_id, "", str(row.forwarder_org or ""))
        text = f"外務省の受領({day_words(row.received_on)})"
        yield Ruling(text, f"Received by the ministry ({row.received_on})", row.recorded_at, hand)


def _calls(trip_id: UUID, school_id: UUID, until: dt.datetime) -> Iterable[TestCall]:
    rows = [entry for entry in call_log(trip_id) if entry.recorded_at <= until]
    roles = _roles(school_id, {entry.recorded_by for entry in rows})
    for entry in rows:
        hand = Hand(entry.recorded_by, roles.get(entry.recorded_by, ""))
        yield TestCall(entry.place, entry.called_on, entry.outcome, hand)


def _news(school_id: UUID, until: dt.datetime) -> Iterable[News]:
    rows = list(CircularReceipt.objects.filter(school_id=school_id, told_at__lte=until).order_by("told_at"))
    roles = _roles(school_id, {row.read_by_id for row in rows})
    for row in rows:
        read = row.read_at if row.read_at and row.read_at <= until else None
        hand = Hand(row.read_by_id, roles.get(row.read_by_id, "")) if read else Hand()
        yield News(_day(row.told_at), _day(read) if read else None, hand)


def _homecoming(trip_id: UUID, school_id: UUID) -> Homecoming | None:
    row = saved_report(trip_id)
    if row is None:
        return None
    hand = Hand(row.saved_by_id, _roles(school_id, {row.saved_by_id}).get(row.saved_by_id, ""))
    many = incidents_noted(trip_id, until=row.saved_at)
    return Homecoming(_day(row.saved_at), hand, row.returned_on, row.all_back, row.version, many)


def _roles(school_id: UUID, users: set[int | None]) -> dict[int | None, str]:
    """Account id → title at the school today: the event behind it keeps the role that was used."""
    rows = Membership.objects.filter(org_id=school_id, user_id__in=[one for one in users if one is not None])
    return {row.user_id: row.title or row.role_kind.label for row in rows}


def _events(request: MofaRequest, trip_id: UUID, until: dt.datetime) -> Iterable[Event]:
    rows = Event.objects.filter(school_id=request.school_id, trip_id=trip_id, at__lte=until)
    for prefix in _LEFT_OUT:
        rows = rows.exclude(Q(name__startswith=prefix))
    return rows.select_related("actor_org").order_by("id")


def _event(event: Event) -> dict[str, Any]:
    return {
        "id": str(event.pk),
        "at": event.at.isoformat(),
        "name": event.name,
        "text": event.sentence("ja"),
        "english": event.sentence("en"),
        "user": event.actor_user_id,
        "role": event.actor_role,
        "org": str(event.actor_org or ""),
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _day(at: dt.datetime) -> dt.date:
    return at.astimezone(clock.TOKYO).date()
