"""From plan to frozen revision: judge, find the route, freeze, fire. Not here: what the authority does (review)."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.db import transaction

from mofa_requests import board_rules, queries
from mofa_requests.actions.characters import substitutes_of
from mofa_requests.actions.notices import tell_authority, tell_school
from mofa_requests.enums import RequestKind, RequestState, Seat
from mofa_requests.machine import MACHINE
from mofa_requests.models import AuthoritySettings, MofaRequest, Revision, RevisionPersons
from mofa_requests.rules import BOOK, judge
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.directory.countries import country
from portal.directory.kinds import OrgKind
from portal.directory.routes import Route, route_for
from portal.dossier.files import as_document
from portal.dossier.privacy import commitment, new_salt, revision_digest, split
from portal.dossier.types import Dossier, Edition, FounderType
from portal.kit import clock
from portal.kit.machine import Refused
from portal.lawbook.finding import Report, Severity, Standing
from portal.tenancy.models import Org
from portal.vault.keyring import TripCipher, cipher_for
from portal.vault.models import TripKey


class Blocked(Refused):
    """The plan does not meet a duty that stops submission; the report says which."""

    def __init__(self, report: Report) -> None:
        super().__init__("提出できない点が残っています。点検のページで直してから提出してください")
        self.report = report


class LateWithoutReason(Refused):
    """The deadline has passed and no reason was given."""


class WrongRoute(Refused):
    """The school's organisation tree has no authority where its founder's route needs one."""


def judge_plan(request: MofaRequest, dossier: Dossier, *, on: dt.date, edition: Edition | None = None) -> Report:
    """The report of a plan under its own or another edition, with the rules of the authority that forwards it."""
    settings = authority_settings_for(request, dossier, on=on, edition=edition)
    return judge_under(settings, request, dossier, on=on, edition=edition)


def judge_under(
    settings: AuthoritySettings | None,
    request: MofaRequest,
    dossier: Dossier,
    *,
    on: dt.date,
    edition: Edition | None = None,
) -> Report:
    """The report under a given version of the authority's rules, counting the municipal step where there is one."""
    chosen = edition or dossier.edition
    return judge(
        dossier,
        edition=chosen.value,
        on=on,
        municipal=route_for(_founder(request, dossier), edition=chosen).endorser is not None,
        authority_parameters=settings.rules if settings else None,
    )


def authority_settings_for(
    request: MofaRequest, dossier: Dossier, *, on: dt.date, edition: Edition | None = None
) -> AuthoritySettings | None:
    """The version of the forwarding authority's own rules that a plan is judged under; ``None`` without any."""
    founder = _founder(request, dossier)
    return board_rules.rules_for(request, founder, edition=edition or dossier.edition, on=on)


def _founder(request: MofaRequest, dossier: Dossier) -> FounderType:
    return dossier.school.founder or FounderType(request.school.founder)


@transaction.atomic
def submit(request: MofaRequest, *, by: Actor, title: str, on: dt.date) -> Revision:
    """The principal submits: freezes a revision and hands it to the first authority of the route.

    Raises ``Refused`` (wrong state or role), ``Blocked`` with the report, ``LateWithoutReason`` or ``WrongRoute``.
    """
    request = MofaRequest.objects.select_for_update(of=("self",)).select_related("school", "trip").get(pk=request.pk)
    if request.trip.practice:
        raise Refused("練習用の見本の計画は、提出できません", "A practice plan cannot be submitted.")
    state = MACHINE.fire("submit", request.state_kind, seat=Seat.SCHOOL, role=by.role)
    cipher = cipher_for(request.trip_id)
    dossier = queries.gather_dossier(request.trip, cipher=cipher)
    settings = authority_settings_for(request, dossier, on=on)
    report = judge_under(settings, request, dossier, on=on)
    _require_submittable(report)
    endorser, forwarder = _authorities(request, dossier)
    _open_route(request, endorser, forwarder)
    _move(request, state, report, dossier, by=by)
    revision = freeze_revision(request, dossier, report, by=by, title=title, cipher=cipher, settings=settings)
    record(EventName.REQUEST_SUBMITTED, by=by, about=Subject.of(request), revision=revision.number)
    tell_school(request, "submitted", key=str(revision.pk))
    if endorser or forwarder:
        tell_authority(request, "arrived", key=str(revision.pk), org_id=(endorser or forwarder).pk)  # type: ignore[union-attr]
    return revision


def freeze_revision(
    request: MofaRequest,
    dossier: Dossier,
    report: Report,
    *,
    by: Actor,
    title: str,
    cipher: TripCipher,
    settings: AuthoritySettings | None,
) -> Revision:
    """Write the immutable revision: open document, sealed persons, findings without names, digest over all.

    ``settings`` is the version of the authority's own rules that the report was made under.
    """
    number = request.revision_number
    frozen = dossier.model_copy(update={"revision": number, "as_of": dossier.as_of})
    document, values = split(as_document(frozen))
    salt = new_salt()
    committed = commitment(values, salt)
    names = [p.name for p in dossier.participants if p.name]
    names += [value for value in values.values() if isinstance(value, str)]
    revision = Revision.objects.create(
        school_id=request.school_id,
        request=request,
        endorser_org_id=request.endorser_org_id,
        forwarder_org_id=request.forwarder_org_id,
        number=number,
        edition=dossier.edition.value,
        document=document,
        findings=[finding.as_json() for finding in report.without_names(names).findings],
        verdict=report.verdict.value,
        lawbook_digest=BOOK.digest,
        authority_settings=settings,
        commitment=committed,
        sha256=revision_digest(document, committed),
        attested_by_title=title,
        submitted_by_id=by.person_id,
    )
    persons = RevisionPersons(
        school_id=request.school_id,
        request=request,
        endorser_org_id=request.endorser_org_id,
        forwarder_org_id=request.forwarder_org_id,
        revision=revision,
    )
    agreed = [each.as_json() for each in substitutes_of(request.trip, cipher=cipher)]
    kept = {"salt": salt.hex(), "values": values, "substitutes": agreed}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    persons.sealed = cipher.seal(text, table=persons._meta.db_table, column="sealed", row=persons.pk)
    persons.save(force_insert=True)
    return revision


def _require_submittable(report: Report) -> None:
    if report.verdict is Standing.BLOCKED:
        raise Blocked(report)
    if not report.may_submit:
        raise LateWithoutReason(
            "外務省への提出期限を過ぎています。期限後になった理由を「提出」のページに書いてから提出してください"
        )


def _authorities(request: MofaRequest, dossier: Dossier) -> tuple[Org | None, Org | None]:
    """The endorser and the forwarder in the school's tree, exactly by the founder's route."""
    school = request.school
    if dossier.school.founder and dossier.school.founder.value != school.founder:
        raise WrongRoute(
            "学校の「設置者」が、登録されている設置者と違います。「学校」のページで直すか、所管庁に登録の変更を頼んでください"
        )
    route = route_for(FounderType(school.founder), edition=dossier.edition)
    if request.kind == RequestKind.ADVISORY.value and route.forwarder is None:
        return None, None
    return _find_on_route(school, route)


def _find_on_route(school: Org, route: Route) -> tuple[Org | None, Org | None]:
    above = board_rules.authorities_above(school)
    found = {kind: next((org for org in above if org.kind == kind.value), None) for kind in route.steps}
    missing = [kind for kind, org in found.items() if org is None]
    if missing or route.forwarder is None:
        lacking = missing or [OrgKind.PREFECTURAL_BOARD]
        names = "・".join(kind.label for kind in lacking)
        raise WrongRoute(
            f"この学校の経由先({names})が登録されていません。システム運用者に連絡してください",
            f"No {' or '.join(kind.english for kind in lacking)} is on record for this school. Ask the operator.",
        )
    return (found[route.endorser] if route.endorser else None), found[route.forwarder]


def _open_route(request: MofaRequest, endorser: Org | None, forwarder: Org | None) -> None:
    """Set the route once; from now on these authorities may open the trip's key."""
    if request.forwarder_org_id is None:
        request.endorser_org, request.forwarder_org = endorser, forwarder
        TripKey.objects.filter(trip_id=request.trip_id).update(endorser_org=endorser, forwarder_org=forwarder)


def _move(request: MofaRequest, state: RequestState, report: Report, dossier: Dossier, *, by: Actor) -> None:
    request.state = state.value
    request.revision_number += 1
    request.submitted_at, request.submitted_by_id = clock.now(), by.person_id
    request.endorsed_at = request.endorsed_by = None
    request.claimed_at = request.claimed_by = None
    request.approved_at = request.approved_by = None
    request.correction_due_on = None
    request.late = report.verdict is Standing.LATE
    for name, value in summary_of(dossier, report).items():
        setattr(request, name, value)
    request.save()


def summary_of(dossier: Dossier, report: Report) -> dict[str, Any]:
    """The figures that lists show, taken from the frozen dossier; no person's data.

    Findings that block are not counted: with one of them nothing is submitted.
    """
    levels = [d.danger_level for d in dossier.destinations if d.danger_level is not None]
    places = [place for d in dossier.destinations if not d.transit for place in (_place(d.country, d.city),) if place]
    deadlines = report.deadlines
    return {
        "edition": dossier.edition.value,
        "title": dossier.outline.title or "",
        "places": "、".join(dict.fromkeys(places))[:400],
        "departs_on": dossier.outline.departs_on,
        "returns_on": dossier.outline.returns_on,
        "party_total": len(dossier.participants) or dossier.outline.party.total,
        "danger_level": max(levels, default=None),
        "warning_count": len(report.of(Severity.WARN)),
        "advice_count": len(report.of(Severity.ADVICE)),
        "school_due_on": deadlines.school_submission if deadlines else None,
        "municipal_due_on": deadlines.municipal_dispatch if deadlines else None,
        "dispatch_due_on": deadlines.authority_dispatch if deadlines else None,
        "receipt_due_on": deadlines.receipt if deadlines else None,
    }


def _place(code: str | None, city: str | None) -> str:
    name = country(code).ja if code else ""
    return f"{name}({city})" if name and city else name or city or ""
