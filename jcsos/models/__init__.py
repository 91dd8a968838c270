"""What JCSOS's work is kept in. No writes here; see actions."""

from jcsos.models.assist import AssistCase, AssistEntry, AssistReading
from jcsos.models.audit import AuditStep, Campaign, TripAudit
from jcsos.models.circulars import Circular, CircularReceipt
from jcsos.models.consult import Article, Ticket, TicketEntry
from jcsos.models.duty_file import DutyFile
from jcsos.models.evidence import Evidence
from jcsos.models.figures import Benchmark, TripFigure
from jcsos.models.findings import Assessment, Finding
from jcsos.models.handbook import DirectoryCheck, EditionRelease, EditionVerdict
from jcsos.models.membership import Associate, MemberPaper, Membership
from jcsos.models.seminars import Seminar, SeminarAttendee, SeminarMaterial

__all__ = [
    "Article",
    "Assessment",
    "AssistCase",
    "AssistEntry",
    "AssistReading",
    "Associate",
    "AuditStep",
    "Benchmark",
    "Campaign",
    "Circular",
    "CircularReceipt",
    "DirectoryCheck",
    "DutyFile",
    "EditionRelease",
    "EditionVerdict",
    "Evidence",
    "Finding",
    "MemberPaper",
    "Membership",
    "Seminar",
    "SeminarAttendee",
    "SeminarMaterial",
    "Ticket",
    "TicketEntry",
    "TripAudit",
    "TripFigure",
]
