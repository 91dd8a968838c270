"""Findings of the rulebook as the screens show them: words, citation with its quoted line, link to the field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from mofa_requests.rules import BOOK
from portal.dossier.types import Dossier
from portal.lawbook.citation import Citation as Passage
from portal.lawbook.citation import cite
from portal.lawbook.finding import Finding, Report, Severity
from portal.lawbook.rule import Rule
from portal.ui.labels import speaks_english
from portal.ui.shapes import Citation, ShownFinding
from trips.enums import SECTION_PROPERTIES, Section

ANNEX3 = "別添三 "
ANNEX3_NUMERALS = ("一", "二", "三", "四", "五", "六", "七")
SECTION_OF = {prop: section for section, props in SECTION_PROPERTIES.items() for prop in props}

FieldUrl = Callable[[str], str]
"""From a JSON pointer to the page and field that mends it; empty when there is no such page for this viewer."""


def show(finding: Finding, *, url_of: FieldUrl) -> ShownFinding:
    """One finding as a card."""
    rule = BOOK.get(finding.code)
    url = url_of(finding.field)
    return ShownFinding(
        code=finding.code,
        title=rule.english if speaks_english() else rule.title,
        message=finding.message_en if speaks_english() else finding.message,
        verdict=finding.verdict.value,
        blocks=finding.severity is Severity.BLOCK,
        citations=_citations(finding, rule),
        url=url,
        link_text=gettext("直しに行く") if url else "",
        rule_url=rule_url(finding.code),
    )


def show_all(findings: Iterable[Finding], *, url_of: FieldUrl) -> list[ShownFinding]:
    """Findings in the order given."""
    return [show(finding, url_of=url_of) for finding in findings]


def rule_url(code: str) -> str:
    """The page that explains a rule."""
    try:
        return reverse("ui:rule", kwargs={"code": code})
    except NoReverseMatch:
        return ""


def section_of(pointer: str) -> Section | None:
    """The section whose form holds the field behind a JSON pointer."""
    steps = pointer.strip("/").split("/")
    return SECTION_OF.get(steps[0])


def findings_of(report: Report, section: Section) -> list[Finding]:
    """The findings that one section can mend."""
    return [finding for finding in report.findings if section_of(finding.field) is section]


def anchor_of(pointer: str, dossier: Dossier) -> str:
    """The id of the field behind a JSON pointer on its section's page: ``f-stays-<key>-phone``, ``f-school-phone``."""
    steps = pointer.strip("/").split("/")
    value: Any = getattr(dossier, steps[0], None)
    if not isinstance(value, tuple):
        return "-".join(["f", steps[0], "_".join(steps[1:])]) if len(steps) > 1 else f"f-{steps[0]}"
    if len(steps) == 1 or not steps[1].isdigit() or int(steps[1]) >= len(value):
        return f"rows-{steps[0]}"
    row = getattr(value[int(steps[1])], "key", steps[1])
    return "-".join(["f", steps[0], row, "_".join(steps[2:])]) if len(steps) > 2 else f"row-{steps[0]}-{row}"


def annex3_met(report: Report) -> list[bool]:
    """For each of the seven items of 別添三: whether nothing is missing or wrong with it."""
    open_labels = {label for finding in report.of(Severity.BLOCK) for label in finding.citation}
    return [not any(_is_item(label, numeral) for label in open_labels) for numeral in ANNEX3_NUMERALS]


def _is_item(label: str, numeral: str) -> bool:
    rest = label.removeprefix(ANNEX3)
    return rest != label and rest[:1] == numeral


def _citations(finding: Finding, rule: Rule) -> list[Citation]:
    """Every place the finding names: as its rule narrows it, then those of the other rules it speaks for.

    A board's own rule is only named, for no notice says it.
    """
    named = finding.citation or rule.citation
    own = [passage for passage in rule.cites if passage.label in named]
    others = [label for label in named if label not in rule.citation]
    return [*map(_citation, own), *map(_named, others)]


@cache
def _citation(passage: Passage) -> Citation:
    return Citation(place=passage.label, quote=passage.quote or "", notice=passage.passage.notice)


@cache
def _named(label: str) -> Citation:
    try:
        return _citation(cite(label))
    except LookupError:
        return Citation(place=label)
