"""Conditions of row policies that several tables of JCSOS share, as SQL. Not here: the policies (each model)."""

from __future__ import annotations

ORG = "nullif(current_setting('app.org', true), '')::uuid"


def while_open(table: str) -> str:
    """JCSOS sees a school's row only while the school is a member and consents: leaving ends reading at once."""
    return (
        "when:EXISTS (SELECT 1 FROM jcsos_membership held"  # noqa: S608 # nosec B608 - names of tables, nobody's input
        f" WHERE held.school_id = {table}.school_id AND held.consents AND held.left_on IS NULL)"
    )


def consulting(table: str) -> str:
    """The consultation desk, at work with special-care data in view, reads of schools that are members today."""
    return (
        f"when:current_setting('app.health', true) = 'on' AND EXISTS (SELECT 1 FROM jcsos_membership held"  # noqa: S608 # nosec B608
        f" WHERE held.school_id = {table}.school_id AND held.left_on IS NULL)"
        f" AND EXISTS (SELECT 1 FROM accounts_membership desk WHERE desk.org_id = {ORG} AND desk.active"
        " AND desk.role = 'jcsos_cases' AND desk.user_id = nullif(current_setting('app.user', true), '')::bigint)"
    )


def own_and(condition: str) -> str:
    """The school's own row, once ``condition`` holds."""
    return f"when:school_id = {ORG} AND {condition}"


def while_member(table: str) -> str:
    """JCSOS's own row about a school, while that school is a member; consent to read its trips is not asked here."""
    return (
        f"when:{table}.org_id = {ORG} AND EXISTS (SELECT 1 FROM jcsos_membership held"  # noqa: S608 # nosec B608
        f" WHERE held.school_id = {table}.school_id AND held.left_on IS NULL)"
    )
