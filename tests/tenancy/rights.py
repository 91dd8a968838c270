"""Who may do what with which tenant table, written down a second time, by hand: S select, I insert, U update, D delete.

A policy that is widened or narrowed has to be changed here as well, and a new tenant table needs a line in ``RIGHTS``.
Not here: the policies (each model's Meta), rows to try them with (ground).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.accounts.models import Membership
from portal.tenancy.scope import Audience, Scope

SCHOOL = "school_id = %(org)s"
FORWARDER = "forwarder_org_id = %(org)s"
ROUTE = "(endorser_org_id = %(org)s OR forwarder_org_id = %(org)s)"
ORG = "org_id = %(org)s"
ACTOR = "actor_org_id = %(org)s"
EVERYTHING = "true"
NOBODY = "false"
USUAL = {Audience.SCHOOL: SCHOOL, Audience.ENDORSER: ROUTE, Audience.FORWARDER: FORWARDER}
EVERY_OWNER = ("school", "endorser", "forwarder", "jcsos", "platform")

Writer = Callable[[Scope], Any]


@dataclass(frozen=True)
class Rights:
    """Rights by audience.

    ``sees`` is what an audience finds, where that is not what is usual for it; ``changes`` what it may change, where
    that is less. ``columns`` names a column an audience may assign to where it may not assign to all, ``signs`` what
    every writer puts in, ``writes_as`` the column that has to name the writer.
    """

    school: str = ""
    endorser: str = ""
    forwarder: str = ""
    jcsos: str = ""
    platform: str = ""
    worker: str = ""
    sees: Mapping[str, str] = field(default_factory=dict)
    changes: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, Writer] = field(default_factory=dict)
    writes_as: Mapping[str, str] = field(default_factory=dict)
    health: bool = False
    health_for: tuple[str, ...] = ()
    open_to_every_writer: bool = False

    def of(self, asked: Scope) -> str:
        return str(getattr(self, asked.audience.value))

    def seen_by(self, asked: Scope) -> str:
        """The condition in SQL, with ``%(org)s`` and ``%(user)s``."""
        if self._needs_health(asked) and not asked.health:
            return NOBODY
        return self.sees.get(asked.audience.value, USUAL.get(asked.audience, NOBODY))

    def changed_by(self, asked: Scope) -> str:
        """The condition of what it may change."""
        return self.changes.get(asked.audience.value, self.seen_by(asked))

    def lets_write(self, asked: Scope, row: dict[str, Any]) -> bool:
        """Whether this audience may add the row, once signed."""
        named = self.writes_as.get(asked.audience.value)
        may = "I" in self.of(asked) and (asked.health or not self._needs_health(asked))
        return may and (named is None or row[named] == asked.org_id)

    def _needs_health(self, asked: Scope) -> bool:
        """Whether this audience has to be at work with special-care data: ``health`` everybody, or some by name."""
        return self.health or asked.audience.value in self.health_for

    def column_of(self, asked: Scope) -> str:
        """A column that this audience may assign to."""
        return self.columns.get(asked.audience.value, "id")

    def signed_by(self, asked: Scope, row: dict[str, Any]) -> dict[str, Any]:
        """The row as this audience writes it: in its own name where the table asks for that."""
        return {**row, **{column: sign(asked) for column, sign in self.signs.items()}}


def _org(asked: Scope) -> Any:
    return asked.org_id


def _membership(asked: Scope) -> Any:
    return Membership.objects.get(user_id=asked.user_id, org_id=asked.org_id).pk


def _of_every_owner(condition: str) -> dict[str, str]:
    return dict.fromkeys(EVERY_OWNER, condition)


PLAN = Rights(school="SIUD")
"""The school's live rows: nobody else, ever."""
BY_FORWARDER = {"endorser": "forwarder_org_id"}
"""A designated city forwards under later notices and looks as an endorser all the same."""
PAPER = Rights(school="S", endorser="SI", forwarder="SI", writes_as=BY_FORWARDER)
"""Written by the authority that forwards, read along the route."""
FROZEN = Rights(school="SI", endorser="S", forwarder="S")
"""What the school submitted; nobody changes it."""

_HELD = (
    "EXISTS (SELECT 1 FROM accounts_membership h WHERE h.id = membership_id"
    " AND h.org_id = %(org)s AND h.user_id = %(user)s)"
)
_COLLEAGUES = "EXISTS (SELECT 1 FROM accounts_membership h WHERE h.id = membership_id AND h.org_id = %(org)s)"
_ON_OUR_ROUTE = (
    "EXISTS (SELECT 1 FROM mofa_requests_mofarequest q WHERE q.school_id = %(org)s"
    " AND (q.endorser_org_id = org_id OR q.forwarder_org_id = org_id))"
)
_CONSENTS = "school_id IN (SELECT m.school_id FROM jcsos_membership m WHERE m.consents AND m.left_on IS NULL)"
_MEMBERS = "school_id IN (SELECT m.school_id FROM jcsos_membership m WHERE m.left_on IS NULL)"
_SENT_TO_MEMBERS = (
    "state = 'sent' AND (%(org)s IN (SELECT m.school_id FROM jcsos_membership m WHERE m.left_on IS NULL)"
    " OR id IN (SELECT r.circular_id FROM jcsos_circularreceipt r WHERE r.school_id = %(org)s))"
)
_ANNOUNCED = (
    "opened_at IS NOT NULL AND (%(org)s IN (SELECT m.school_id FROM jcsos_membership m WHERE m.left_on IS NULL)"
    " OR id IN (SELECT a.seminar_id FROM jcsos_seminarattendee a WHERE a.school_id = %(org)s))"
)
_FOR_THOSE_WHO_GO = (
    "removed_at IS NULL AND seminar_id IN (SELECT a.seminar_id FROM jcsos_seminarattendee a"
    " WHERE a.school_id = %(org)s AND a.state IN ('placed', 'attended'))"
)
_AUDIT = "SELECT 1 FROM jcsos_tripaudit a WHERE a.id = audit_id"
_SAMPLED = (
    "id IN (SELECT a.campaign_id FROM jcsos_tripaudit a WHERE a.school_id = %(org)s AND a.announced_at IS NOT NULL)"
)
_TO_US = "to_org_id = %(org)s"
_TOLD = f"id IN (SELECT r.notice_id FROM mofa_requests_noticereading r WHERE r.{_TO_US})"
_MEMBERS = "school_id IN (SELECT m.school_id FROM jcsos_membership m WHERE m.left_on IS NULL)"
_WE_ARE_MEMBERS = "EXISTS (SELECT 1 FROM jcsos_membership m WHERE m.school_id = %(org)s AND m.left_on IS NULL)"
_THERE_IS = "EXISTS (SELECT 1 FROM tenancy_org o WHERE o.id = %(org)s)"
_OF_THE_DESK = (
    "EXISTS (SELECT 1 FROM accounts_membership h WHERE h.org_id = %(org)s"
    " AND h.user_id = %(user)s AND h.role = 'jcsos_cases' AND h.active)"
)
_CONSULTING = f"{_MEMBERS} AND {_OF_THE_DESK}"
_AT_THE_DESK = (
    "org_id = %(org)s AND EXISTS (SELECT 1 FROM accounts_membership h WHERE h.org_id = %(org)s"
    " AND h.user_id = %(user)s AND h.role = 'jcsos_cases' AND h.active)"
)
_OWN_OR_PARENTS = "(org_id = %(org)s OR org_id = (SELECT o.parent_id FROM tenancy_org o WHERE o.id = %(org)s))"

CARE = Rights(school="SIU", health=True)
"""The school's own, and only where health may be in view."""
LISTED = Rights(
    school="S", endorser="S", forwarder="S", jcsos="SIU",
    sees=dict.fromkeys(("school", "endorser", "forwarder", "jcsos"), EVERYTHING),
    changes={"jcsos": ORG},
    columns={"jcsos": "verified_on"},
    signs={"org_id": _org},
)  # fmt: skip
"""What JCSOS keeps for everybody; each office changes its own entries alone."""

RIGHTS: dict[str, Rights] = {
    "audit.Event": Rights(
        school="SI", endorser="SI", forwarder="SI", jcsos="SI", platform="SI",
        sees={"jcsos": ACTOR, "platform": ACTOR},
        signs={"actor_org_id": _org},
    ),
    "insurance.Claim": CARE,
    "insurance.ClaimAmount": CARE,
    "insurance.ClaimFile": CARE,
    "insurance.HandoverRecord": Rights(school="SIU"),
    "insurance.HandoverSheet": PLAN,
    "insurance.ListedFirm": LISTED,
    "insurance.ListedProduct": LISTED,
    "insurance.OptOut": PLAN,
    "insurance.OptOutPaper": Rights(school="SIU"),
    "insurance.Policy": PLAN,
    "jcsos.Article": Rights(
        school="S", jcsos="SIU",
        sees={"school": f"state = 'published' AND {_WE_ARE_MEMBERS}", "jcsos": ORG},
        columns={"jcsos": "title"},
        signs={"org_id": _org},
    ),
    "jcsos.Assessment": Rights(
        school="S", jcsos="SIU",
        sees={"school": f"{SCHOOL} AND EXISTS ({_AUDIT} AND a.result_at IS NOT NULL)", "jcsos": _CONSENTS},
    ),
    "jcsos.AssistCase": Rights(jcsos="SIU", sees={"jcsos": _AT_THE_DESK}, health=True),
    "jcsos.AssistEntry": Rights(
        jcsos="SIU", sees={"jcsos": _AT_THE_DESK}, columns={"jcsos": "done_at"}, health=True
    ),
    "jcsos.AssistReading": Rights(jcsos="SI", sees={"jcsos": _AT_THE_DESK}, health=True),
    "jcsos.Associate": Rights(jcsos="SIU", sees={"jcsos": ORG}, columns={"jcsos": "name"}, signs={"org_id": _org}),
    "jcsos.AuditStep": Rights(school="SI", jcsos="SI", sees={"jcsos": _CONSENTS}),
    "jcsos.Benchmark": Rights(
        school="S", jcsos="SIUD", sees={"school": EVERYTHING, "jcsos": ORG}, signs={"org_id": _org}
    ),
    "jcsos.Campaign": Rights(school="S", jcsos="SIU", sees={"school": _SAMPLED, "jcsos": ORG}),
    "jcsos.Circular": Rights(school="S", jcsos="SIU", sees={"school": _SENT_TO_MEMBERS, "jcsos": ORG}),
    "jcsos.CircularReceipt": Rights(
        school="SU", jcsos="SI", sees={"jcsos": f"{ORG} AND {_MEMBERS}"}, columns={"school": "read_at"}
    ),
    "jcsos.DutyFile": Rights(school="SI", jcsos="S", sees={"jcsos": _CONSENTS}),
    "jcsos.DirectoryCheck": Rights(
        school="S", endorser="S", forwarder="S", jcsos="SI",
        sees=dict.fromkeys(("school", "endorser", "forwarder"), EVERYTHING) | {"jcsos": ORG},
        signs={"org_id": _org},
    ),
    "jcsos.EditionRelease": Rights(
        school="S", endorser="S", forwarder="S", jcsos="SIU",
        sees=dict.fromkeys(("endorser", "forwarder"), f"published_at IS NOT NULL AND {_THERE_IS}")
        | {"school": f"published_at IS NOT NULL AND {_WE_ARE_MEMBERS}", "jcsos": ORG},
        signs={"org_id": _org},
    ),
    "jcsos.EditionVerdict": Rights(school="S", jcsos="SID", sees={"jcsos": _CONSENTS}),
    "jcsos.Evidence": Rights(school="SIU", jcsos="S", sees={"jcsos": _CONSENTS}, columns={"school": "statement"}),
    "jcsos.Finding": Rights(
        school="SU", jcsos="SIU",
        sees={"school": f"{SCHOOL} AND issued_at IS NOT NULL", "jcsos": _CONSENTS},
        columns={"school": "reply"},
    ),
    "jcsos.MemberPaper": Rights(
        school="SIU", jcsos="SIU", worker="S",
        sees={"jcsos": EVERYTHING, "worker": "code IS NOT NULL"},
        columns=dict.fromkeys(("school", "jcsos"), "revoked_at"),
    ),
    "jcsos.Membership": Rights(
        school="SU", jcsos="SIU", sees={"jcsos": EVERYTHING}, columns={"school": "consents", "jcsos": "left_on"}
    ),
    "jcsos.Ticket": Rights(
        school="SIU", jcsos="SU",
        sees={"jcsos": _CONSULTING},
        columns=dict.fromkeys(("school", "jcsos"), "state"),
        health_for=("jcsos",),
    ),
    "jcsos.TicketEntry": Rights(school="SI", jcsos="SI", sees={"jcsos": _CONSULTING}, health_for=("jcsos",)),
    "jcsos.Seminar": Rights(school="S", jcsos="SIU", sees={"school": _ANNOUNCED, "jcsos": ORG}),
    "jcsos.SeminarAttendee": Rights(
        school="SIU", jcsos="SU", worker="SU", sees={"jcsos": f"{ORG} AND {_MEMBERS}", "worker": EVERYTHING},
        columns={"school": "cancelled_at", "jcsos": "placed_at", "worker": "name"},
    ),
    "jcsos.SeminarMaterial": Rights(
        school="S", jcsos="SIU", sees={"school": _FOR_THOSE_WHO_GO, "jcsos": ORG}, columns={"jcsos": "removed_at"}
    ),
    "jcsos.TripAudit": Rights(
        school="SU", jcsos="SIU",
        sees={"school": f"{SCHOOL} AND announced_at IS NOT NULL", "jcsos": _CONSENTS},
        columns={"school": "state"},
    ),
    "jcsos.TripFigure": Rights(school="S", jcsos="SIU", sees={"jcsos": _CONSENTS}),
    "jobs.Job": Rights(
        school="SI", endorser="SI", forwarder="SI", jcsos="SI", platform="SI", worker="SU",
        sees=_of_every_owner(ORG) | {"worker": EVERYTHING},
        signs={"org_id": _org},
    ),
    "jobs.OutboundMail": Rights(
        school="I", endorser="I", forwarder="I", jcsos="I", worker="SU",
        sees={"worker": EVERYTHING},
        open_to_every_writer=True,
    ),
    "mofa_requests.AuthoritySettings": Rights(
        school="S", endorser="SI", forwarder="SI",
        sees={"school": EVERYTHING, "endorser": _OWN_OR_PARENTS, "forwarder": ORG},
        signs={"org_id": _org},
    ),
    "mofa_requests.CalendarFeed": Rights(
        school="SIU", endorser="SIU", forwarder="SIU", worker="S",
        sees={"school": _HELD, "endorser": _HELD, "forwarder": _HELD, "worker": EVERYTHING},
        columns=dict.fromkeys(("school", "endorser", "forwarder"), "revoked_at"),
        signs={"membership_id": _membership},
    ),
    "mofa_requests.Condition": Rights(
        school="S", endorser="SIU", forwarder="SIU",
        changes={"endorser": FORWARDER},
        columns={"endorser": "met_note", "forwarder": "met_note"},
        writes_as=BY_FORWARDER,
    ),
    "mofa_requests.BoardNotice": Rights(
        school="S", endorser="SI", forwarder="SI",
        sees={"school": _TOLD, "endorser": f"({ORG} OR {_TOLD})", "forwarder": ORG},
        signs={"org_id": _org},
    ),
    "mofa_requests.Decision": PAPER,
    "mofa_requests.Deputy": Rights(
        school="S", endorser="SIU", forwarder="SIU",
        sees={"school": _ON_OUR_ROUTE, "endorser": ORG, "forwarder": ORG},
        columns={"endorser": "ended_at", "forwarder": "ended_at"},
        signs={"org_id": _org},
    ),
    "mofa_requests.DigestWish": Rights(
        endorser="SI", forwarder="SI",
        sees={"endorser": _COLLEAGUES, "forwarder": _COLLEAGUES},
        signs={"membership_id": _membership},
    ),
    "mofa_requests.Dispatch": PAPER,
    "mofa_requests.FaxOrder": Rights(
        school="S", endorser="SIU", forwarder="SIU", changes={"endorser": FORWARDER}, writes_as=BY_FORWARDER
    ),
    "mofa_requests.Inquiry": Rights(
        school="SIU", endorser="SIU", forwarder="SIU",
        columns=dict.fromkeys(("school", "endorser", "forwarder"), "answer"),
    ),
    "mofa_requests.LetterRecord": PAPER,
    "mofa_requests.Letterhead": Rights(
        endorser="SI", forwarder="SI", sees={"endorser": ORG, "forwarder": ORG}, signs={"org_id": _org}
    ),
    "mofa_requests.MailOrder": Rights(
        school="S", endorser="SIU", forwarder="SIU", changes={"endorser": FORWARDER}, writes_as=BY_FORWARDER
    ),
    "mofa_requests.MofaRequest": Rights(
        school="SIU", endorser="SU", forwarder="SU", jcsos="S",
        sees={"jcsos": f"submitted_at IS NOT NULL AND {_CONSENTS}"},
    ),
    "mofa_requests.NoticeReading": Rights(
        school="SU", endorser="SIU", forwarder="SI",
        sees={"school": _TO_US, "endorser": f"({ORG} OR {_TO_US})", "forwarder": ORG},
        changes={"endorser": _TO_US},
        columns={"school": "read_at", "endorser": "read_at"},
        writes_as={"endorser": "org_id", "forwarder": "org_id"},
    ),
    "mofa_requests.NumberSeries": Rights(
        endorser="SIU", forwarder="SIU",
        sees={"endorser": ORG, "forwarder": ORG},
        columns={"endorser": "pattern", "forwarder": "pattern"},
        signs={"org_id": _org},
    ),
    "mofa_requests.Packet": PAPER,
    "mofa_requests.Receipt": PAPER,
    "mofa_requests.Remark": Rights(
        school="SU", endorser="SI", forwarder="SI",
        sees={"school": f"{SCHOOL} AND NOT internal"},
        columns={"school": "answer"},
    ),
    "mofa_requests.Reply": Rights(
        school="SU", endorser="SI", forwarder="SI", columns={"school": "seen_at"}, writes_as=BY_FORWARDER
    ),
    "mofa_requests.Revision": Rights(
        school="SI", endorser="S", forwarder="S", jcsos="S", sees={"jcsos": _CONSENTS}
    ),
    "mofa_requests.RevisionPersons": FROZEN,
    "mofa_requests.SavedView": Rights(
        endorser="SIUD", forwarder="SIUD",
        sees={"endorser": _HELD, "forwarder": _HELD},
        columns={"endorser": "query", "forwarder": "query"},
        signs={"membership_id": _membership},
    ),
    "mofa_requests.TickSheet": Rights(
        school="S", endorser="SIU", forwarder="SIU", sees={"endorser": FORWARDER}, writes_as=BY_FORWARDER
    ),
    **dict.fromkeys(
        (
            "trips.Activity", "trips.Agent", "trips.AgreedCharacter", "trips.CarriedValue", "trips.ColumnChoice",
            "trips.ConductorSheet",
            "trips.Destination", "trips.EmergencySheet", "trips.FieldChange", "trips.GroupingBatch",
            "trips.Group", "trips.Guardian", "trips.HomeContact", "trips.HomestaySheet", "trips.Host",
            "trips.IncidentNote", "trips.ItineraryBatch", "trips.ReturnReport",
            "trips.LeaderSheet", "trips.Leg", "trips.Mission", "trips.OutlineSheet", "trips.Participant",
            "trips.ReadinessSheet", "trips.RosterBatch", "trips.SchoolSheet", "trips.Stay", "trips.Trip",
            "trips.TripSection",
        ),
        PLAN,
    ),
    "trips.PhoneTest": Rights(school="SI", jcsos="S", sees={"jcsos": _CONSENTS}),
    "trips.HealthNote": Rights(school="SIUD", health=True),
    "vault.TripKey": Rights(school="SIU", endorser="S", forwarder="S"),
}  # fmt: skip
"""Table → rights. ``tests.tenancy.ground.NEW_ROWS`` needs a line for it as well."""
