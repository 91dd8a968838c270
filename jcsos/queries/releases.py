"""Releases of editions, the open trips they are tried on, and what they change. No writes."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, QuerySet

from jcsos.models import EditionRelease, EditionVerdict
from jcsos.queries.dashboard import trips
from mofa_requests.models import MofaRequest, Revision
from portal.accounts.models import Membership
from portal.kit import clock
from portal.kit.roles import Audience, Role

PREVIEW = "preview_edition"


def releases(org_id: UUID) -> QuerySet[EditionRelease]:
    """Every release of JCSOS, newest first, with how many trips in sight it changes."""
    rows = EditionRelease.objects.filter(org_id=org_id).annotate(changed=Count("verdicts"))
    return rows.select_related("opened_by", "published_by").order_by("-opened_at")


def get_release(release_id: UUID) -> EditionRelease:
    """One release in view, or ``EditionRelease.DoesNotExist``."""
    return EditionRelease.objects.select_related("opened_by", "published_by").get(pk=release_id)


def published() -> QuerySet[EditionRelease]:
    """Published releases that take effect today or later, the nearest first: what schools and authorities are told."""
    rows = EditionRelease.objects.filter(published_at__isnull=False, takes_effect_on__gte=clock.today())
    return rows.order_by("takes_effect_on")


def officers_of_authorities() -> list[tuple[UUID, int]]:
    """Authority and user id of everybody who works on requests at one."""
    roles = [role.value for role in Role.of(Audience.AUTHORITY)]
    held = Membership.objects.filter(role__in=roles, active=True, user__is_active=True, org__active=True)
    return list(held.order_by("org_id", "user_id").values_list("org_id", "user_id").distinct())


def open_trips(edition: str) -> QuerySet[MofaRequest]:
    """Trips in view that have not left and follow another edition."""
    return trips().filter(departs_on__gt=clock.today()).exclude(edition=edition).order_by("departs_on", "id")


def changed_trips(release: EditionRelease) -> QuerySet[EditionVerdict]:
    """The trips in sight that a release changes, nearest departure first."""
    rows = EditionVerdict.objects.filter(release=release).select_related("request", "school")
    return rows.order_by("request__departs_on", "request_id")


def newest_revisions(requests: list[MofaRequest]) -> dict[UUID, Revision]:
    """Request → its newest revision."""
    rows = Revision.objects.filter(request_id__in=[request.pk for request in requests])
    return {row.request_id: row for row in rows.order_by("number")}
