"""How ready a school is, for JCSOS and for the school itself: score, trend, why, and the group it may be held against.

Not here: scoring (jcsos.rules.readiness), gathering (jcsos.queries.readiness).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from jcsos import queries
from jcsos.models import Benchmark, Membership
from jcsos.models.figures import AT_LEAST
from jcsos.queries.readiness import SchoolYear, group_of, years_of_school
from jcsos.rules.criteria import BY_CODE
from jcsos.rules.readiness import Reason, band_of
from portal.accounts.access import members
from portal.kit.roles import Role
from portal.tenancy.models import Org
from portal.ui.jcsos.audit_doors import title_of
from portal.ui.labels import label_of, speaks_english
from portal.ui.shapes import Bar, Tile

READERS = (Role.JCSOS_MEMBERS, Role.JCSOS_AUDITOR)
STAFF = (Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL)
_TONES = {"strong": "ok", "fair": "", "weak": "warn", "poor": "error"}


@dataclass(frozen=True)
class ReasonShown:
    """One criterion of the score in words; ``mends`` says what would raise it, empty where nothing is lacking."""

    reason: Reason
    title: str
    mends: str
    whole: bool


@members(READERS, purpose="会員校の備えの点数")
def readiness(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """One member's scores."""
    try:
        member = queries.get_member(member_id)
    except Membership.DoesNotExist:
        raise Http404 from None
    crumbs = [
        (gettext("会員校と旅行"), reverse("jcsos:home")),
        (str(member.school), reverse("jcsos:school", kwargs={"member_id": member.pk})),
        (gettext("備えの点数"), ""),
    ]
    return render(request, "jcsos/readiness.html", _shown(member.school) | {"crumbs": crumbs})


@members(STAFF, purpose="自校の備えの点数")
def our_readiness(request: HttpRequest) -> HttpResponse:
    """The school's own scores: the same page as JCSOS reads."""
    school = request.membership.org  # type: ignore[attr-defined]
    crumbs = [(gettext("JCSOS"), reverse("jcsos:ours")), (gettext("備えの点数"), "")]
    return render(request, "jcsos/readiness.html", _shown(school) | {"crumbs": crumbs, "ours": True})


def _shown(school: Org) -> dict[str, Any]:
    years = years_of_school(school)
    newest = years[0] if years else None
    return {
        "school": school,
        "newest": newest,
        "tiles": _tiles(newest) if newest else [],
        "reasons": [_reason(reason) for reason in newest.reasons] if newest else [],
        "trend": [Bar(gettext("%(year)d年度") % {"year": one.year}, one.score or 0) for one in years],
        "group": label_of(group_of(school)),
        "beside": _beside(newest.beside) if newest and newest.beside else [],
        "at_least": AT_LEAST,
    }


def _tiles(newest: SchoolYear) -> list[Tile]:
    score = newest.score or 0
    tone = _TONES[band_of(score).value]
    return [
        Tile(gettext("備えの点数(%(year)d年度)") % {"year": newest.year}, score, gettext("点"), tone),
        Tile(gettext("点数のもとになった旅行"), newest.trips, gettext("件")),
    ]


def _beside(benchmark: Benchmark) -> list[tuple[str, int]]:
    """The quarters of the group in words."""
    return [
        (gettext("4分の1の学校はこの点数以下"), benchmark.lower),
        (gettext("半数の学校はこの点数以下"), benchmark.middle),
        (gettext("4分の3の学校はこの点数以下"), benchmark.upper),
    ]


def _reason(reason: Reason) -> ReasonShown:
    criterion = BY_CODE[reason.code]
    asks = criterion.asks_english if speaks_english() else criterion.asks
    whole = reason.met == reason.counted
    return ReasonShown(reason, title_of(criterion), "" if whole else asks, whole)
