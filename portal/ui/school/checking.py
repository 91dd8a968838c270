"""The check page: every finding by annex with its quoted line, under the plan's edition or side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from mofa_requests.rules import BOOK, judge
from portal.dossier.types import Edition
from portal.lawbook.finding import Finding, Severity
from portal.ui.labels import label_of, speaks_english
from portal.ui.school.doors import STAFF, TripPage, trip_page
from portal.ui.school.standing import Standing, look_at
from portal.ui.shapes import ShownFinding


@dataclass(frozen=True)
class Heap:
    """The findings of one chapter of the book, worst first."""

    title: str
    findings: list[ShownFinding]
    met: int


@dataclass(frozen=True)
class EditionLine:
    """What another edition of the procedure would say of the same plan."""

    title: str
    verdict: str
    blocking: int
    receipt: object
    current: bool


@trip_page(STAFF, purpose="別添一・二・三の点検")
def check(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """All rules that ran, what they found, and what is met."""
    standing = look_at(page)
    everything = request.GET.get("show") == "all"
    context = page.context(
        "check",
        report=standing.report,
        verdict=label_of(standing.report.verdict),
        heaps=_heaps(standing, everything=everything),
        everything=everything,
        blocking=len(standing.report.of(Severity.BLOCK)),
        warnings=len(standing.report.of(Severity.WARN)),
        advice=len(standing.report.of(Severity.ADVICE)),
        ran=len(standing.report.ran),
        meter=standing.meter,
        rungs=standing.rungs(),
        editions=_editions(standing),
        crumbs=[
            (gettext("旅行"), reverse("trips:home")),
            (standing.dossier.outline.title or page.trip.trip_no, page.url("workspace")),
            (gettext("点検"), ""),
        ],
    )
    return render(request, "school/check.html", context)


def _heaps(standing: Standing, *, everything: bool) -> list[Heap]:
    report = standing.report
    chosen = report.findings + report.passed if everything else report.findings
    heaps = []
    for chapter in BOOK.chapters:
        codes = {rule.code for rule in chapter}
        mine = [finding for finding in chosen if finding.code in codes]
        met = sum(ran.code in codes and ran.verdict.value == "pass" for ran in report.ran)
        if mine or met:
            title = chapter.english if speaks_english() else chapter.title
            heaps.append(Heap(title, standing.shown(_worst_first(mine)), met))
    return heaps


def _worst_first(findings: Iterable[Finding]) -> list[Finding]:
    order = list(Severity)
    return sorted(findings, key=lambda finding: order.index(finding.severity))


def _editions(standing: Standing) -> list[EditionLine]:
    """The same plan under each edition; the plan's own one is marked."""
    lines = []
    for edition in Edition:
        current = edition is standing.dossier.edition
        report = standing.report if current else judge(standing.dossier, edition=edition, on=standing.on)
        receipt = report.deadlines.receipt if report.deadlines else None
        lines.append(
            EditionLine(label_of(edition), label_of(report.verdict), len(report.of(Severity.BLOCK)), receipt, current)
        )
    return lines
