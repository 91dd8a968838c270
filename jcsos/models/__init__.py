"""What JCSOS's work is kept in. No writes here; see actions."""

from jcsos.models.audit import AuditStep, Campaign, TripAudit
from jcsos.models.evidence import Evidence
from jcsos.models.findings import Assessment, Finding
from jcsos.models.membership import Membership

__all__ = ["Assessment", "AuditStep", "Campaign", "Evidence", "Finding", "Membership", "TripAudit"]
