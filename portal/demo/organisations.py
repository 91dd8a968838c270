"""Specimen organisations, read from YAML: the tree, addresses, membership in JCSOS. Not here: people, trips."""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from portal.directory.kinds import OrgKind
from portal.dossier.types import FounderType, SchoolKind
from portal.kit.choices import LabelledEnum


class MemberType(LabelledEnum):
    REGULAR = "regular", "正会員", "Regular member"
    ASSOCIATE = "associate", "準会員", "Associate member"


class DemoMembership(BaseModel):
    """Membership in JCSOS, apart from any route; only with consent may its auditors see the school's trips."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: MemberType
    since: dt.date
    services: tuple[str, ...]
    consents_to_audit: bool


class DemoOrganisation(BaseModel):
    """One organisation; ``parent`` is the key of the next authority up, or of the platform that invites it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    kind: OrgKind
    parent: str | None = None
    founder: FounderType | None = None
    school_kind: SchoolKind | None = None
    name: str
    kana: str
    english_name: str
    postcode: str = ""
    address: str = ""
    phone: str = ""
    fax: str = ""
    email: str
    head_title: str = ""
    head_name: str = ""
    section: str = ""
    jcsos_member: DemoMembership | None = None


@cache
def demo_organisations() -> tuple[DemoOrganisation, ...]:
    """Every specimen organisation, parents before their children."""
    text = resources.files("portal.demo").joinpath("organisations.yaml").read_text(encoding="utf-8")
    return TypeAdapter(tuple[DemoOrganisation, ...]).validate_python(yaml.safe_load(text))


def demo_organisation(key: str) -> DemoOrganisation:
    """The organisation of a key; ``KeyError`` names a key that no organisation has."""
    found = {organisation.key: organisation for organisation in demo_organisations()}
    return found[key]
