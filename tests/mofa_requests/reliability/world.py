"""What must hold of every request whatever happened: one effect an act, one event an effect, no lie, no residue.

``assert_world`` reads as the owner of the tables, past every wall. Not here: making things happen (test_crashes).
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import Count

from mofa_requests.enums import RequestState as S
from mofa_requests.enums import Topic
from mofa_requests.models import Decision, Dispatch, MofaRequest, Packet, Receipt, Revision, RevisionPersons
from portal.audit.events import EventName
from portal.audit.models import Event
from portal.jobs.models import Job, JobState
from portal.kit.digest import sha256_hex
from portal.vault.files import fetch
from portal.vault.keyring import cipher_for

APPS = ("mofa_requests", "audit", "jobs", "trips", "insurance")


def footprint() -> dict[str, Any]:
    """How many rows every table holds, and where each request stands: equal footprints mean nothing was kept."""
    counts: dict[str, Any] = {
        model._meta.db_table: model._default_manager.count()
        for label in APPS
        for model in apps.get_app_config(label).get_models()
    }
    counts["requests"] = sorted(map(str, MofaRequest.objects.values_list("pk", "state", "revision_number", "late")))
    return counts


def assert_world() -> None:
    """Hold every request, paper and event against each other."""
    events = Counter(Event.objects.values_list("request_id", "name"))
    for request in MofaRequest.objects.all():
        _assert_one_effect(request, events)
        _assert_no_lie(request)
    for packet in Packet.objects.all():
        opened = fetch(name=packet.file_name, sha256=packet.sha256, cipher=cipher_for(packet.request.trip_id))
        assert len(opened) == packet.size
        assert sha256_hex(opened) == packet.sha256
    assert not Job.objects.filter(state=JobState.PARKED.value, problem="").exists()


def stored_files(folder: str = "packets") -> set[str]:
    """Every file under a folder of the storage."""
    if not default_storage.exists(folder):
        return set()
    folders, names = default_storage.listdir(folder)
    return {f"{folder}/{name}" for name in names}.union(*(stored_files(f"{folder}/{inner}") for inner in folders))


def _assert_one_effect(request: MofaRequest, events: Counter[tuple[Any, str]]) -> None:
    """As many events as effects, and each effect once."""
    effects = {
        EventName.REQUEST_SUBMITTED: Revision.objects.filter(request=request).count(),
        EventName.PACKET_RENDERED: Packet.objects.filter(request=request).count(),
        EventName.REQUEST_FORWARDED: Dispatch.objects.filter(request=request).count(),
        EventName.REQUEST_ACKNOWLEDGED: Receipt.objects.filter(request=request).count(),
        EventName.REQUEST_APPROVED: int(request.approved_at is not None)
        + events[request.pk, EventName.APPROVAL_REVOKED.value],
        EventName.AMENDMENT_OPENED: int(request.amends_id is not None),
    }
    for name, many in effects.items():
        assert events[request.pk, name.value] == many, f"{request.state}: {name.value} {many}"
    twice = Decision.objects.filter(request=request).values("revision", "topic").annotate(n=Count("pk")).filter(n__gt=1)
    assert not twice.exists()


def _assert_no_lie(request: MofaRequest) -> None:
    """A state that speaks of something has it."""
    state = S(request.state)
    assert Revision.objects.filter(request=request).count() == request.revision_number
    assert RevisionPersons.objects.filter(request=request).count() == request.revision_number
    if state in (S.APPROVED, S.FORWARDED, S.ACKNOWLEDGED):
        newest = Revision.objects.filter(request=request).latest("number")
        decided = set(Decision.objects.filter(revision=newest).values_list("topic", flat=True))
        assert decided == {topic.value for topic in Topic}
    if state in (S.FORWARDED, S.ACKNOWLEDGED):
        assert Dispatch.objects.filter(request=request).exists()
    if state is S.ACKNOWLEDGED:
        assert Receipt.objects.filter(request=request).exists()
