"""Member schools and their trips as JCSOS may see them. Each look at a trip is in the school's history."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from insurance.rules import BOOK as COVER_RULES
from insurance.stress.trip import cover_facts
from jcsos import queries
from jcsos.actions import note_view
from jcsos.models import Membership
from jcsos.rules.window import tells_of_a_person
from mofa_requests.models import MofaRequest
from mofa_requests.rules import BOOK
from portal.accounts.access import members
from portal.accounts.acting import actor_at
from portal.dossier.types import Dossier, Leg
from portal.kit import clock
from portal.kit.roles import Audience, Role
from portal.lawbook.finding import Severity
from portal.ui.findings import rule_url
from portal.ui.insurance.overview import head_tiles
from portal.ui.labels import label_of, speaks_english
from portal.ui.places import city_in_country, place_name
from portal.ui.shapes import Tile

EVERY_DESK = Role.of(Audience.JCSOS)
READERS = (Role.JCSOS_MEMBERS, Role.JCSOS_AUDITOR)
_COMING = 50
_OF_COVER = {rule.code for rule in COVER_RULES}


@members(EVERY_DESK, purpose="会員校の一覧と旅行の数")
def home(request: HttpRequest) -> HttpResponse:
    """Members with their consent and the number of trips in view; the nearest departures."""
    trips = list(queries.trips_of_members())
    per_school = Counter(trip.school_id for trip in trips)
    held = list(queries.members())
    today = clock.today()
    coming = [trip for trip in trips if trip.returns_on and trip.returns_on >= today]
    context = {
        "rows": [(member, per_school[member.school_id]) for member in held],
        "coming": coming[:_COMING],
        "more": max(0, len(coming) - _COMING),
        "may_read": request.membership.role_kind in READERS,  # type: ignore[attr-defined]
        "tiles": [
            Tile(gettext("会員校"), sum(member.left_on is None for member in held), gettext("校")),
            Tile(gettext("閲覧に同意"), sum(member.consents for member in held), gettext("校")),
            Tile(gettext("閲覧できる旅行"), len(trips), gettext("件")),
            Tile(gettext("これからの旅行"), len(coming), gettext("件")),
        ],
    }
    return render(request, "jcsos/home.html", context)


@members(READERS, purpose="会員校の旅行一覧")
def school(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """One member school and its submitted trips."""
    try:
        member = queries.get_member(member_id)
    except Membership.DoesNotExist:
        raise Http404 from None
    trips = list(queries.trips_of_members(school_id=member.school_id))
    crumbs = [(gettext("会員校と旅行"), reverse("jcsos:home")), (str(member.school), "")]
    return render(request, "jcsos/school.html", {"member": member, "trips": trips, "crumbs": crumbs})


@members(READERS, purpose="会員校の旅行を、氏名を除いて読む")
def trip(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One submitted trip without names, contacts of persons or roster; the school sees that it was read."""
    try:
        found, revision = queries.trip_in_window(request_id)
    except MofaRequest.DoesNotExist:
        raise Http404 from None
    note_view(found, by=actor_at(request))
    dossier = queries.open_part(revision)
    context = {
        "mofa_request": found,
        "revision": revision,
        "dossier": dossier,
        "places": _places(dossier),
        "legs": [_leg(leg) for leg in dossier.legs],
        "findings": _weighed(revision.findings),
        **_cover(dossier, revision.findings),
        "crumbs": [(gettext("会員校と旅行"), reverse("jcsos:home")), (found.title, "")],
    }
    return render(request, "jcsos/trip.html", context)


def _cover(dossier: Dossier, findings: list[dict[str, str]]) -> dict[str, Any]:
    """Counts of the insured and the rules of 別添二 that the frozen plan did not meet; never who or why."""
    heads = cover_facts(dossier).heads(dossier.participants)
    codes = sorted({finding["code"] for finding in findings if finding["code"] in _OF_COVER})
    return {
        "cover_tiles": head_tiles(heads) if heads.total else [],
        "cover_gaps": [(code, _title(code), rule_url(code)) for code in codes],
    }


def _places(dossier: Dossier) -> str:
    found = (city_in_country(place.country, place.city) for place in dossier.destinations if not place.transit)
    return gettext("、").join(dict.fromkeys(filter(None, found)))


def _leg(leg: Leg) -> dict[str, Any]:
    return {
        "name": leg.number or label_of(leg.mode),
        "origin": place_name(leg.origin),
        "departs_at": leg.departs_at,
        "destination": place_name(leg.destination),
        "arrives_at": leg.arrives_at,
    }


def _weighed(findings: list[dict[str, str]]) -> list[dict[str, object]]:
    """The frozen findings, worst first. Those about persons stand by their rule with their number, never in words."""
    order = [severity.value for severity in Severity]
    ranked = sorted(findings, key=lambda finding: order.index(finding["severity"]))
    many = Counter(finding["code"] for finding in ranked if tells_of_a_person(finding["field"]))
    told = {finding["code"]: finding for finding in ranked if tells_of_a_person(finding["field"])}
    shown = [_finding(finding) for finding in ranked if finding["code"] not in many]
    return [*shown, *({**_finding(told[code]), "shown": _title(code), "many": n} for code, n in many.items())]


def _finding(finding: dict[str, str]) -> dict[str, object]:
    key = "message_en" if speaks_english() else "message"
    return {**finding, "shown": finding[key], "label": label_of(Severity(finding["severity"]))}


def _title(code: str) -> str:
    rule = BOOK.get(code)
    return rule.english if speaks_english() else rule.title
