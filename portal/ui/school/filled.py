"""A section's blocks with their forms filled, as its page shows and posts them. Not here: saving (saving)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from portal.dossier.types import Dossier
from portal.lawbook.finding import Finding, Severity
from portal.ui.part_forms import PartForm, PartFormSet
from portal.ui.school.blocks import Block, Built, blocks_of
from portal.ui.school.lines import Names, line_of, names_in
from trips.enums import Section


@dataclass(frozen=True)
class ShownRow:
    """One row of a list: its form, its number from 1, its line, and how many points in it stop submission."""

    form: PartForm
    number: int
    line: str
    open: bool
    faults: int


@dataclass(frozen=True)
class FilledBlock:
    """One block with its form or rows; ``faults`` counts, by place in the list, what stops submission."""

    block: Block
    form: Built
    names: Names
    faults: Counter[int]

    @property
    def forms(self) -> list[PartForm]:
        """The single forms: one, or one a row."""
        return self.form.forms if isinstance(self.form, PartFormSet) else [self.form]

    def rows(self) -> Iterator[ShownRow]:
        """The rows as the page folds them: one that is new, faulty in writing, empty or alone stands open."""
        for number, form in enumerate(self.forms, start=1):
            part = form.part if form.is_bound else form.given
            line = line_of(part, self.names) if part is not None else ""
            opened = not line or bool(form.errors) or form.given is None or len(self.forms) == 1
            yield ShownRow(form, number, line, opened, self.faults[number - 1])

    def value(self) -> Any:
        """What is to be stored: what was typed, and the rows that others added since the page was opened."""
        typed = self.block.outcome(self.form)
        return (*typed, *self.unseen()) if isinstance(self.form, PartFormSet) else typed

    def unseen(self) -> list[Any]:
        """Stored rows that the posted page does not know: it can only take away what it shows."""
        if not isinstance(self.form, PartFormSet) or not self.form.is_bound:
            return []
        shown = {form.row_id for form in self.form.forms}  # type: ignore[attr-defined]
        return [part for row_id, part in self.form.given.items() if row_id not in shown]


def fill(
    section: Section, dossier: Dossier, data: Any, findings: Iterable[Finding] = (), *, without_people: bool = False
) -> list[FilledBlock]:
    """The section's blocks over the plan, or over what was posted; ``without_people`` offers nobody by name."""
    if without_people:
        dossier = dossier.model_copy(update={"participants": ()})
    faults = _faults(findings)
    names = names_in(dossier)
    return [
        FilledBlock(block, block.build(dossier, data), names, faults.get(block.prop, Counter()))
        for block in blocks_of(section)
    ]


@dataclass(frozen=True)
class RowLine:
    """What a row that stands on the page already says now, by the prefix of its fields."""

    prefix: str
    line: str
    faults: int


def row_lines(section: Section, dossier: Dossier, findings: Iterable[Finding]) -> list[RowLine]:
    """The lines of all rows of a section after a save, without building their forms again."""
    faults, names = _faults(findings), names_in(dossier)
    lines = []
    for prop in (block.prop for block in blocks_of(section) if block.many):
        counted = faults.get(prop, Counter())
        for place, part in enumerate(getattr(dossier, prop)):
            prefix = f"{prop}-{getattr(part, 'key', place)}"
            lines.append(RowLine(prefix, line_of(part, names), counted[place]))
    return lines


def _faults(findings: Iterable[Finding]) -> dict[str, Counter[int]]:
    """Property → place in its list → how many findings there stop submission."""
    found: dict[str, Counter[int]] = {}
    for finding in findings:
        prop, _, rest = finding.field.strip("/").partition("/")
        place = rest.partition("/")[0]
        if finding.severity is Severity.BLOCK and place.isdigit():
            found.setdefault(prop, Counter())[int(place)] += 1
    return found
