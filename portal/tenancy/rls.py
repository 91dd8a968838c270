"""Row security as model constraints: ``makemigrations`` writes enable, force, policies, grants and composite keys.

Here: the two constraint classes. Not here: which table has which policy (each model's ``Meta.constraints``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.constraints import BaseConstraint

from portal.tenancy.scope import Audience

Rule = tuple[str, str, str]
"""(audience, condition, commands): condition is a column holding the organisation, or ``when:<sql>``, or ``all``."""

_ORG = "nullif(current_setting('app.org', true), '')::uuid"
_COMMANDS = ("select", "insert", "update", "delete")

SCHOOL_ONLY: tuple[Rule, ...] = (("school", "school_id", "select,insert,update,delete"),)
"""The school's live rows: nobody else ever sees them."""

ON_THE_ROUTE = f"when:endorser_org_id = {_ORG} OR forwarder_org_id = {_ORG}"
"""A designated city endorses under one edition and forwards under another: it looks through the endorser's role."""


class _DatabaseOnlyConstraint(BaseConstraint):
    """A constraint that only the database can judge; it adds nothing to ``full_clean``."""

    def constraint_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        if model is None or schema_editor is None:
            raise TypeError("row security is written by a migration of a table")
        sql = self.create_sql(model, schema_editor)
        if sql:
            schema_editor.deferred_sql.append(sql)
        return ""

    def validate(self, *args: Any, **kwargs: Any) -> None:
        return None


class TenantIsolation(_DatabaseOnlyConstraint):
    """Row-level security, forced, with one policy per audience and command, and the matching grants.

    ``rules`` are ``(audience, condition, commands)``; a command may name columns: ``update(state,version)``.
    The owner of the table gets a policy of its own, or its data migrations would silently touch no row.
    """

    def __init__(self, *, rules: Sequence[Sequence[str]], name: str) -> None:
        super().__init__(name=name)
        self.rules = tuple((audience, condition, commands) for audience, condition, commands in rules)

    def create_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> str:  # type: ignore[override]
        table = model._meta.db_table
        statements = [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY {table}_owner ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)",
        ]
        for audience, condition, commands in self.rules:
            for command in _split_commands(commands):
                statements += _policy(table, Audience(audience), condition, command)
        return "; ".join(statements)

    def remove_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> str:  # type: ignore[override]
        table = model._meta.db_table
        statements = [f"DROP POLICY {table}_owner ON {table}"]
        for audience, _, commands in self.rules:
            for command in _split_commands(commands):
                verb = command.partition("(")[0]
                statements.append(f"DROP POLICY {table}_{audience}_{verb} ON {table}")
                statements.append(f"REVOKE {command} ON {table} FROM {Audience(audience).database_role}")
        return "; ".join(statements)

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "rules": self.rules}

    def __eq__(self, other: object) -> bool:
        if isinstance(other, TenantIsolation):
            return self.name == other.name and self.rules == other.rules
        return NotImplemented

    __hash__ = BaseConstraint.__hash__


class SameTenant(_DatabaseOnlyConstraint):
    """Composite foreign key: a child row can never point at another tenant's parent.

    Plain foreign keys ignore row security. ``columns`` are shared by child and parent, e.g. ``("school_id",)``;
    ``to`` is ``app_label.Model``, ``via`` the child's column holding the parent's id.
    """

    def __init__(self, *, via: str, to: str, name: str, columns: Sequence[str] = ("school_id",)) -> None:
        super().__init__(name=name)
        self.via, self.to, self.columns = via, to, tuple(columns)

    def create_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> None:  # type: ignore[override]
        """Deferred to the end of the migration, when the parent's unique key certainly exists."""
        parent = self.to.lower().replace(".", "_")
        here = ", ".join((*self.columns, self.via))
        there = ", ".join((*self.columns, "id"))
        schema_editor.deferred_sql.append(
            f"ALTER TABLE {model._meta.db_table} ADD CONSTRAINT {self.name} FOREIGN KEY ({here}) "
            f"REFERENCES {parent} ({there}) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED"
        )

    def remove_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> str:  # type: ignore[override]
        return f"ALTER TABLE {model._meta.db_table} DROP CONSTRAINT {self.name}"

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "via": self.via, "to": self.to, "columns": self.columns}

    def __eq__(self, other: object) -> bool:
        if isinstance(other, SameTenant):
            return self.deconstruct() == other.deconstruct()
        return NotImplemented

    __hash__ = BaseConstraint.__hash__


def _split_commands(commands: str) -> list[str]:
    """``"select,update(a,b)"`` → ``["select", "update(a,b)"]``."""
    parts: list[str] = []
    for piece in commands.split(","):
        if parts and parts[-1].count("(") > parts[-1].count(")"):
            parts[-1] += f",{piece}"
        else:
            parts.append(piece)
    return parts


def _policy(table: str, audience: Audience, condition: str, command: str) -> list[str]:
    verb = command.partition("(")[0]
    if verb not in _COMMANDS:
        raise ValueError(f"unknown command {verb!r} in the policy of {table}")
    test = _condition_sql(condition)
    clauses = {
        "select": f"USING ({test})",
        "delete": f"USING ({test})",
        "insert": f"WITH CHECK ({test})",
        "update": f"USING ({test}) WITH CHECK ({test})",
    }
    role = audience.database_role
    return [
        f"CREATE POLICY {table}_{audience.value}_{verb} ON {table} FOR {verb} TO {role} {clauses[verb]}",
        f"GRANT {command} ON {table} TO {role}",
    ]


def _condition_sql(condition: str) -> str:
    if condition == "all":
        return "true"
    if condition.startswith("when:"):
        return condition.removeprefix("when:")
    return f"{condition} = {_ORG}"
