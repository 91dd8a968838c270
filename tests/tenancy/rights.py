"""Who may do what with which tenant table, written down a second time, by hand: S select, I insert, U update, D delete.

A policy that is widened or narrowed has to be changed here as well. Not here: the policies (each model's Meta).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from portal.tenancy.scope import Audience, Scope

SCHOOL = "school_id = %(org)s"
FORWARDER = "forwarder_org_id = %(org)s"
ROUTE = "(endorser_org_id = %(org)s OR forwarder_org_id = %(org)s)"
NOBODY = "false"


@dataclass(frozen=True)
class Rights:
    """Rights by audience; ``sees`` is what each one that may select finds; ``columns`` narrows an update."""

    school: str = ""
    endorser: str = ""
    forwarder: str = ""
    jcsos: str = ""
    platform: str = ""
    sees: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    writes: dict[str, dict[str, str]] = field(default_factory=dict)
    open_to_every_writer: bool = False

    def of(self, asked: Scope) -> str:
        return str(getattr(self, asked.audience.value, ""))

    def condition_of(self, asked: Scope) -> str:
        usual = {Audience.SCHOOL: SCHOOL, Audience.ENDORSER: ROUTE, Audience.FORWARDER: FORWARDER}
        condition = self.sees.get(asked.audience.value, usual.get(asked.audience, NOBODY))
        return f"{condition} AND {'true' if asked.health else 'false'}" if self.sees.get("health") else condition

    def changed_by(self, asked: Scope) -> str:
        """A harmless assignment: to a column that this audience may change."""
        column = self.columns.get(asked.audience.value, "id")
        return f'"{column}" = "{column}"'

    def as_written_by(self, asked: Scope, row: dict[str, Any]) -> dict[str, Any]:
        """The row as this audience would write it: in its own name where the table asks for that."""
        columns = self.writes.get(asked.audience.value, {})
        return {**row, **dict.fromkeys(columns, asked.org_id)}
