"""What JCSOS's work is kept in. No writes here; see actions."""

from jcsos.models.assist import AssistCase, AssistEntry, AssistReading
from jcsos.models.audit import AuditStep, Campaign, TripAudit
from jcsos.models.circulars import Circular, CircularReceipt
from jcsos.models.evidence import Evidence
from jcsos.models.figures import Benchmark, TripFigure
from jcsos.models.findings import Assessment, Finding
from jcsos.models.membership import Membership

__all__ = [
    "Assessment",
    "AssistCase",
    "AssistEntry",
    "AssistReading",
    "AuditStep",
    "Benchmark",
    "Campaign",
    "Circular",
    "CircularReceipt",
    "Evidence",
    "Finding",
    "Membership",
    "TripAudit",
    "TripFigure",
]
