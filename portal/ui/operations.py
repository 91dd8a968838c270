"""The platform operator's page: jobs, mail and organisations by number. No window into any tenant's content."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.accounts.access import members
from portal.directory.kinds import OrgKind
from portal.jobs.models import Job, JobState, MailState, OutboundMail
from portal.jobs.worker import WORKER
from portal.kit.roles import Role
from portal.tenancy.models import Org
from portal.tenancy.scope import acting_as
from portal.ui.labels import label_of
from portal.ui.shapes import Tile


@members([Role.PLATFORM_OPERATOR], purpose="稼働の様子")
def operations(request: HttpRequest) -> HttpResponse:
    """What runs, what waits, what needs a person."""
    with acting_as(WORKER), transaction.atomic():
        jobs = _by_state(Job, JobState)
        mails = _by_state(OutboundMail, MailState)
        parked = list(
            Job.objects.filter(state=JobState.PARKED.value).select_related("org").order_by("-finished_at")[:50]
        )
    context = {
        "job_tiles": jobs,
        "mail_tiles": mails,
        "parked": parked,
        "org_tiles": _by_kind(),
        "org_list": Org.objects.filter(parent__kind="platform").order_by("name"),
    }
    return render(request, "ops/operations.html", context)


def _by_kind() -> list[Tile]:
    """How many organisations of each kind there are; kinds without any are left out."""
    found = dict(Org.objects.values_list("kind").annotate(n=Count("id")).order_by())
    return [Tile(label_of(kind), found[kind.value]) for kind in OrgKind if kind.value in found]


def _by_state(model: type[Any], states: type[Any]) -> list[Tile]:
    found = dict(model.objects.values_list("state").annotate(n=Count("id")))
    return [Tile(label_of(state), found.get(state.value, 0)) for state in states]
