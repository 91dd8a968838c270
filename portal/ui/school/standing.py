"""How far a plan is: report, state of each section, meter and deadline ladder. Read by every page of the desk."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext

from mofa_requests import queries
from mofa_requests.actions.submit import judge_plan
from portal.dossier.types import Dossier
from portal.kit import clock
from portal.lawbook.deadlines import Deadlines
from portal.lawbook.finding import Finding, Report, Severity
from portal.ui.autosave import Meter
from portal.ui.findings import anchor_of, annex3_met, findings_of, section_of, show_all
from portal.ui.labels import label_of, speaks_english
from portal.ui.school.doors import TripPage
from portal.ui.shapes import Rung, ShownFinding, Task
from portal.ui.states import SectionState
from portal.vault.keyring import TripCipher, cipher_for
from trips.enums import SECTION_PROPERTIES, Section
from trips.queries import SectionStanding, sections_of


@dataclass(frozen=True)
class Standing:
    """One look at a plan: everything else is derived from the dossier and judged once."""

    page: TripPage
    cipher: TripCipher
    dossier: Dossier
    saved: dict[str, SectionStanding]
    on: dt.date

    @cached_property
    def report(self) -> Report:
        return judge_plan(self.page.request, self.dossier, on=self.on)

    @cached_property
    def meter(self) -> Meter:
        met = annex3_met(self.report)
        return Meter(sum(met), len(met), gettext("別添三"))

    def state_of(self, section: Section) -> SectionState:
        """未着手 until saved, 要修正 while a duty fails, 入力中 while something is empty, otherwise 済."""
        findings = [f for f in findings_of(self.report, section) if f.severity is Severity.BLOCK]
        if any(finding.verdict.value == "fail" for finding in findings):
            return SectionState.NEEDS_FIX
        if section.value not in self.saved and not self._has_content(section):
            return SectionState.NOT_STARTED
        return SectionState.IN_PROGRESS if findings else SectionState.DONE

    def _has_content(self, section: Section) -> bool:
        blank = Dossier()
        return any(getattr(self.dossier, prop) != getattr(blank, prop) for prop in SECTION_PROPERTIES[section])

    def tasks(self) -> list[Task]:
        """One line a section, as the workspace lists them."""
        return [self._task(section) for section in self.page.sections]

    def _task(self, section: Section) -> Task:
        saved = self.saved.get(section.value)
        count = len([f for f in findings_of(self.report, section) if f.severity is Severity.BLOCK])
        hint = gettext("あと%(count)d点") % {"count": count} if count else ""
        if saved and saved.entered_by == "agent" and saved.confirmed_on is None:
            hint = gettext("旅行会社の入力です。内容を確認してください")
        return Task(
            title=label_of(section),
            url=self.section_url(section),
            state=self.state_of(section).value,
            hint=hint,
            on=saved.saved_at.astimezone(clock.TOKYO).date() if saved and saved.saved_at else None,
            key=section.value,
        )

    def section_url(self, section: Section) -> str:
        if section is Section.ROSTER:
            return self.page.url("roster")
        return self.page.url("section", section=section.value)

    def field_url(self, pointer: str) -> str:
        """The page and field that mends a finding; empty for places this viewer has no page for."""
        section = section_of(pointer)
        if section is None:
            return self.page.url("submit") if "late_filing_reason" in pointer and not self.page.is_agent else ""
        if section not in self.page.sections:
            return ""
        return f"{self.section_url(section)}#{anchor_of(pointer, self.dossier)}"

    def shown(self, findings: list[Finding] | tuple[Finding, ...]) -> list[ShownFinding]:
        return show_all(findings, url_of=self.field_url)

    def rungs(self) -> list[Rung]:
        return ladder(self.report.deadlines, on=self.on)


def look_at(page: TripPage) -> Standing:
    """Gather and judge a live plan; a fixed number of queries."""
    cipher = cipher_for(page.trip.pk)
    dossier = queries.gather_dossier(page.trip, cipher=cipher)
    return Standing(page, cipher, dossier, sections_of(page.trip, cipher), clock.today())


def ladder(deadlines: Deadlines | None, *, on: dt.date) -> list[Rung]:
    """School's date, municipal board's, forwarding authority's, ministry's; each with the steps that lead to it."""
    if deadlines is None:
        return []
    dates = [
        (gettext("学校の提出期限"), deadlines.school_submission, ("school_submission",)),
        (gettext("市町村教育委員会の発送期限"), deadlines.municipal_dispatch, ("municipal_dispatch",)),
        (gettext("経由機関の発送期限"), deadlines.authority_dispatch, ("authority_dispatch",)),
        (gettext("外務省必着"), deadlines.receipt, ("departure", "nominal", "receipt", "strict")),
    ]
    return [Rung(title, day, (day - on).days, steps=_steps(deadlines, names)) for title, day, names in dates if day]


def _steps(deadlines: Deadlines, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """The arithmetic of one date in words, each line with what it rests on."""
    chosen = [step for step in deadlines.steps if step.name in names]
    return [(step.english if speaks_english() else step.text, "、".join(step.citation)) for step in chosen]
