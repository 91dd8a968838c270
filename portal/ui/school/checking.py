"""The check page: every finding by annex with its quoted line, under the plan's edition or side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from mofa_requests.actions.plan import NotEditable, choose_edition
from mofa_requests.rules import BOOK, local_rules
from portal.dossier.types import Edition
from portal.kit.machine import Refused
from portal.lawbook.finding import Finding, Severity
from portal.lawbook.rule import Chapter
from portal.ui.board_rules import entries_of
from portal.ui.labels import label_of, speaks_english
from portal.ui.messages import announce, refuse
from portal.ui.school.doors import DRAFTERS, STAFF, TripPage, trip_page
from portal.ui.school.editions import edition_lines
from portal.ui.school.standing import Standing, look_at
from portal.ui.shapes import ShownFinding
from portal.ui.typed import sentence_of


@dataclass(frozen=True)
class Heap:
    """The findings of one chapter of the book, worst first."""

    title: str
    findings: list[ShownFinding]
    met: int


_NOTICES = tuple(chapter for chapter in BOOK.chapters if chapter is not local_rules.BOOK)
"""Everything but the board's own rules, which no notice contains and which stand apart."""


@trip_page(STAFF, purpose="別添一・二・三の点検")
def check(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """All rules that ran, what they found, and what is met."""
    standing = look_at(page)
    everything = request.GET.get("show") == "all"
    context = page.context(
        "check",
        report=standing.report,
        verdict=label_of(standing.report.verdict),
        heaps=_heaps(standing, _NOTICES, everything=everything),
        board=next(iter(_heaps(standing, (local_rules.BOOK,), everything=everything)), None),
        settings=standing.settings,
        board_entries=entries_of(standing.settings.rules) if standing.settings else [],
        everything=everything,
        blocking=len(standing.report.of(Severity.BLOCK)),
        warnings=len(standing.report.of(Severity.WARN)),
        advice=len(standing.report.of(Severity.ADVICE)),
        ran=len(standing.report.ran),
        meter=standing.meter,
        rungs=standing.rungs(),
        editions=edition_lines(standing),
        edition_url=page.url("edition"),
        crumbs=page.crumbs(gettext("点検")),
    )
    return render(request, "school/check.html", context)


@trip_page(DRAFTERS, purpose="計画に使う通知を選ぶ")
def move_to_edition(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Move the plan to another edition of the notices that the authority already works with."""
    chosen = request.POST.get("edition", "")
    if request.method == "POST" and chosen in set(Edition):
        try:
            choose_edition(page.request, Edition(chosen), by=page.actor)
            announce(request, gettext("%(edition)sで点検します。") % {"edition": label_of(Edition(chosen))})
        except NotEditable:
            refuse(request, gettext("この計画はいま書き換えられません。"))
        except Refused as refused:
            refuse(request, sentence_of(refused))
    return redirect(page.url("check"))


def _heaps(standing: Standing, chapters: Iterable[Chapter], *, everything: bool) -> list[Heap]:
    report = standing.report
    chosen = report.findings + report.passed if everything else report.findings
    heaps = []
    for chapter in chapters:
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
