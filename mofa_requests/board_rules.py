"""Which authority's own rules a plan is judged under, and in which version. Not here: saving them (actions.authority).

Before submission the forwarding authority is found by climbing from the school; a frozen revision keeps its version.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet

from mofa_requests.enums import RequestState
from mofa_requests.models import AuthoritySettings, MofaRequest, Revision
from portal.directory.routes import route_for
from portal.dossier.types import Edition, FounderType
from portal.tenancy.models import Org

_WITH_THE_SCHOOL = (RequestState.DRAFT.value, RequestState.RETURNED.value)


def rules_in_force(org_id: UUID, *, on: dt.date) -> AuthoritySettings | None:
    """The version of an authority's rules that counts on a day: the one that began last, of two the newer."""
    begun = AuthoritySettings.objects.filter(org_id=org_id, dated_from__lte=on)
    return begun.order_by("-dated_from", "-version").first()


def versions_of(org_id: UUID) -> QuerySet[AuthoritySettings]:
    """Every version ever saved, the newest first, with who saved it."""
    return AuthoritySettings.objects.filter(org_id=org_id).select_related("saved_by").order_by("-version")


def rules_for(request: MofaRequest, founder: FounderType, *, edition: Edition, on: dt.date) -> AuthoritySettings | None:
    """The version a plan is judged under: in force on ``on`` while the school writes, afterwards the frozen one."""
    if request.state not in _WITH_THE_SCHOOL:
        frozen = Revision.objects.filter(request_id=request.pk).order_by("-number")
        applied = frozen.values_list("authority_settings_id", flat=True).first()
        return AuthoritySettings.objects.filter(pk=applied).first() if applied else None
    forwarder = request.forwarder_org or forwarder_of(request.school, founder, edition=edition)
    return rules_in_force(forwarder.pk, on=on) if forwarder else None


def forwarder_of(school: Org, founder: FounderType, *, edition: Edition) -> Org | None:
    """The authority above ``school`` that forwards under ``edition``; ``None`` where there is none."""
    kind = route_for(founder, edition=edition).forwarder
    above = authorities_above(school) if kind else []
    return next((org for org in above if org.kind == kind), None)


def authorities_above(school: Org) -> list[Org]:
    """Parent, grandparent …, in one query; the tree is at most a few levels deep."""
    if school.parent_id is None:
        return []
    chain: list[Org] = []
    nearest = Org.objects.select_related("parent__parent__parent").filter(pk=school.parent_id).first()
    while nearest is not None and len(chain) < 8:
        chain.append(nearest)
        nearest = nearest.parent
    return chain
