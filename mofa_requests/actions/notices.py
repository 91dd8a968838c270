"""Who is told of which step, by a mail that carries a link and no personal data. Wording: templates/email."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from mofa_requests.models import MofaRequest
from portal.accounts.queries import holders_of
from portal.jobs.enqueue import post_notice
from portal.kit.roles import Role

_SCHOOL = (Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL)
_AUTHORITY = (Role.AUTHORITY_OFFICER, Role.AUTHORITY_APPROVER)


def tell_school(request: MofaRequest, event: str, *, key: str) -> None:
    """Tell the drafters and the principal of the request's school."""
    link = f"/trips/{request.trip_id}/timeline/"
    _post(request.school_id, _SCHOOL, event, key, link)


def tell_authority(request: MofaRequest, event: str, *, key: str, org_id: UUID) -> None:
    """Tell the officers and approvers of one authority on the route."""
    _post(org_id, _AUTHORITY, event, key, f"/inbox/{request.pk}/")


def tell_person(request: MofaRequest, event: str, *, key: str, user_id: int, org_id: UUID) -> None:
    """Tell one officer of an authority on the route."""
    post_notice(event, to=user_id, org_id=org_id, key=key, link=f"/inbox/{request.pk}/")


def _post(org_id: UUID, roles: Iterable[Role], event: str, key: str, link: str) -> None:
    for user_id in holders_of(org_id, roles).values_list("pk", flat=True):
        post_notice(event, to=user_id, org_id=org_id, key=key, link=link)
