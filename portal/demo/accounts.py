"""Specimen people who sign in: every role, one person with several memberships. Not here: creating them (load)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from portal.kit.roles import Role

# For a machine-local demo only: the loader refuses to run where real data may be.
_SIGN_IN_WORDS = {
    Role.SCHOOL_DRAFTER: "kian-wataru-2026",
    Role.SCHOOL_PRINCIPAL: "kocho-wataru-2026",
    Role.SCHOOL_HOME_CONTACT: "rusu-wataru-2026",
    Role.SCHOOL_ESCORT: "insotsu-wataru-2026",
    Role.SCHOOL_AGENT: "tabi-wataru-2026",
    Role.AUTHORITY_OFFICER: "tanto-wataru-2026",
    Role.AUTHORITY_APPROVER: "kessai-wataru-2026",
    Role.JCSOS_MEMBERS: "kaiin-wataru-2026",
    Role.JCSOS_AUDITOR: "kansa-wataru-2026",
    Role.JCSOS_NEWS: "koho-wataru-2026",
    Role.JCSOS_CASES: "sodan-wataru-2026",
    Role.PLATFORM_OPERATOR: "unyo-wataru-2026",
}


@dataclass(frozen=True, kw_only=True)
class DemoAccount:
    """One membership of one specimen person; ``organisation`` is a key of ``organisations.yaml``.

    Rows with the same ``email`` are one person and carry one password. ``featured`` rows, one per role, are those
    that the start-up table prints.
    """

    role: Role
    email: str
    password: str
    organisation: str
    name: str
    title: str
    language: str
    featured: bool


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    email: str
    role: Role
    organisation: str
    name: str
    title: str
    language: Literal["ja", "en"] = "ja"
    featured: bool = False


@cache
def demo_accounts() -> tuple[DemoAccount, ...]:
    """Every membership; a person's password is the one of the first row with that e-mail."""
    text = resources.files("portal.demo").joinpath("accounts.yaml").read_text(encoding="utf-8")
    rows = TypeAdapter(tuple[_Row, ...]).validate_python(yaml.safe_load(text))
    words: dict[str, str] = {}
    for row in rows:
        words.setdefault(row.email, _SIGN_IN_WORDS[row.role])
    return tuple(DemoAccount(password=words[row.email], **row.model_dump()) for row in rows)


def featured_accounts() -> tuple[DemoAccount, ...]:
    """One account per role, in the order of the roles, for the table that the start prints."""
    featured = {account.role: account for account in demo_accounts() if account.featured}
    return tuple(featured[role] for role in Role if role in featured)
