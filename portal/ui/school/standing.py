"""How far a plan is: report, state of each section, meter and deadline ladder. Read by every page of the desk."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext

from mofa_requests import queries
from mofa_requests.actions.submit import authority_settings_for, judge_under
from mofa_requests.models import AuthoritySettings, MofaRequest
from portal.dossier.types import Confirmation, Dossier, EnteredBy
from portal.kit import clock
from portal.lawbook.finding import Finding, Report, Severity
from portal.ui.autosave import Meter
from portal.ui.findings import anchor_of, annex3_met, section_of, show_all
from portal.ui.labels import label_of
from portal.ui.ladder import ladder
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
    def settings(self) -> AuthoritySettings | None:
        """The version of the forwarding authority's own rules that counts for this plan."""
        return authority_settings_for(self.page.request, self.dossier, on=self.on)

    @cached_property
    def report(self) -> Report:
        """What the rules say; for a travel agent's helper, who may not see the roster, without names."""
        report = judge_under(self.settings, self.page.request, self.dossier, on=self.on)
        return report.without_names(_names(self.dossier)) if self.page.is_agent else report

    @cached_property
    def meter(self) -> Meter:
        met = annex3_met(self.report)
        return Meter(sum(met), len(met), gettext("別添三"))

    @cached_property
    def _by_section(self) -> dict[Section | None, list[Finding]]:
        found: dict[Section | None, list[Finding]] = defaultdict(list)
        for finding in self.report.findings:
            found[section_of(finding.field)].append(finding)
        return found

    def findings_of(self, section: Section) -> list[Finding]:
        """What one section can mend."""
        return self._by_section.get(section, [])

    def blocking(self, section: Section) -> list[Finding]:
        """What of it stops submission."""
        return [finding for finding in self.findings_of(section) if finding.severity is Severity.BLOCK]

    def version_of(self, section: Section) -> int:
        """How often the section was saved."""
        return self.saved[section.value].version if section.value in self.saved else 0

    def after_saving(self, values: Mapping[str, Any]) -> Standing:
        """The plan once ``values`` are stored: the same dossier with them in it, to be judged anew; one query."""
        saved = sections_of(self.page.trip, self.cipher)
        dossier = self.dossier.model_copy(update={**values, "confirmations": _confirmations(saved.values())})
        return Standing(self.page, self.cipher, dossier, saved, self.on)

    def state_of(self, section: Section) -> SectionState:
        """未着手 until saved, 要修正 while a duty fails, 入力中 while something is empty, otherwise 済."""
        findings = self.blocking(section)
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
        count = len(self.blocking(section))
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
        found = show_all(findings, url_of=self.field_url)
        if self.page.editable:
            return found
        words = gettext("この欄を見る")
        return [replace(one, link_text=words if one.url else "") for one in found]

    def rungs(self) -> list[Rung]:
        return ladder(self.report.deadlines, on=self.on, done=_done(self.page.request))


def _names(dossier: Dossier) -> list[str]:
    names = [person.name for person in dossier.participants] + [contact.name for contact in dossier.home_contacts]
    return [name for name in names if name]


def _confirmations(saved: Iterable[SectionStanding]) -> tuple[Confirmation, ...]:
    """Authorship as the dossier carries it, in the order in which the sections were first saved."""
    return tuple(
        Confirmation(section=row.code, entered_by=EnteredBy(row.entered_by), confirmed_on=row.confirmed_on)
        for row in saved
        if row.entered_by
    )


def look_at(page: TripPage) -> Standing:
    """Gather and judge a live plan; a fixed number of queries."""
    cipher = cipher_for(page.trip.pk)
    dossier = queries.gather_dossier(page.trip, cipher=cipher)
    return Standing(page, cipher, dossier, sections_of(page.trip, cipher), clock.today())


def _done(request: MofaRequest) -> dict[str, dt.date | None]:
    """When the duties of a request were met; a plan that lies at the school again has still to be handed in."""
    if request.state in queries.EDITABLE:
        return {}
    moments = {
        "school_submission": request.submitted_at,
        "municipal_dispatch": request.endorsed_at,
        "authority_dispatch": request.forwarded_at,
    }
    days = {name: at.astimezone(clock.TOKYO).date() if at else None for name, at in moments.items()}
    return {**days, "receipt": request.received_on}
