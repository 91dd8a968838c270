"""Who is told of which step of an audit: a mail with a link and no personal data. Wording: templates/email."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from jcsos.models import AuditStep, TripAudit
from portal.accounts.queries import holders_of
from portal.jobs.enqueue import post_notice
from portal.kit.roles import Role

_SCHOOL = (Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL)
_AUDITORS = (Role.JCSOS_AUDITOR,)


def tell_school(audit: TripAudit, event: str, *, step: AuditStep) -> None:
    """Tell the drafters and the principal of the audited school, once for each line of the log."""
    _post(audit.school_id, _SCHOOL, event, key=str(step.pk), link=f"/jcsos/ours/audits/{audit.pk}/")


def tell_auditors(audit: TripAudit, event: str, *, step: AuditStep) -> None:
    """Tell JCSOS's auditors that the school did something."""
    _post(audit.campaign.org_id, _AUDITORS, event, key=str(step.pk), link=f"/jcsos/audits/trips/{audit.pk}/")


def _post(org_id: UUID, roles: Iterable[Role], event: str, *, key: str, link: str) -> None:
    for user_id in holders_of(org_id, roles).values_list("pk", flat=True):
        post_notice(event, to=user_id, org_id=org_id, key=key, link=link)
