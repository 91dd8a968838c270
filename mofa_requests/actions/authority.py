"""An authority sets its approval rules and its edition. Not here: which version counts when (board_rules), judging."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Q

from mofa_requests import board_rules
from mofa_requests.facts import AuthorityRules
from mofa_requests.models import AuthoritySettings
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.directory.kinds import OrgKind
from portal.directory.routes import route_for
from portal.dossier.types import Edition, FounderType
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Role
from portal.tenancy.models import Org
from portal.tenancy.scope import acting_as

NEVER_FORWARDS = frozenset({OrgKind.MUNICIPAL_BOARD, OrgKind.SCHOOL, OrgKind.JCSOS, OrgKind.PLATFORM})
"""A municipal board passes plans on; they are judged under the rules of the prefecture that forwards them."""


def may_set_rules(org: Org) -> bool:
    """Whether plans are judged under this organisation's own rules."""
    return OrgKind(org.kind) not in NEVER_FORWARDS


@transaction.atomic
def save_authority_rules(
    org: Org, rules: AuthorityRules, *, dated_from: dt.date, base_version: int, by: Actor
) -> AuthoritySettings:
    """Add a version that counts from ``dated_from`` on; ``base_version`` is the newest one its author saw (0: none).

    Raises ``Refused`` for a wrong hand, a day in the past, unchanged rules, or when somebody saved in between.
    """
    _require_hand(org, by)
    if dated_from < clock.today():
        raise Refused(
            "適用を始める日は、今日か今日より後にしてください。提出済みの計画の点検は変わりません",
            "The first day must be today or later. Plans already submitted are not judged anew.",
        )
    newest = board_rules.versions_of(org.pk).first()
    _require_unchanged_since(newest, base_version)
    named = rules.model_copy(update={"body": org.name[:200]})
    if newest is not None and newest.rules == named and newest.dated_from == dated_from:
        raise Refused(
            f"第{newest.version}版と同じ内容です。変えるところを直してから保存してください",
            f"The same as version {newest.version}. Change something before you save.",
        )
    saved = _add(org, named, version=base_version + 1, dated_from=dated_from, by=by)
    record(
        EventName.AUTHORITY_RULES_SAVED,
        by=by,
        about=Subject(forwarder_org_id=org.pk),
        version=saved.version,
        dated_from=dated_from.isoformat(),
    )
    return saved


def _require_hand(org: Org, by: Actor) -> None:
    if by.role != Role.AUTHORITY_APPROVER.value or by.org_id != org.pk:
        raise Refused(
            "審査の基準は、その所管庁の決裁の担当者が決めます", "The approvers of an authority decide its own rules."
        )
    if not may_set_rules(org):
        raise Refused(
            "この機関は依頼を外務省に送らないため、ここの基準では点検しません",
            "This organisation forwards no requests to the ministry; nothing is judged by rules of its own.",
        )


def _require_unchanged_since(newest: AuthoritySettings | None, base_version: int) -> None:
    if (newest.version if newest else 0) != base_version:
        raise _somebody_was_faster()


def _somebody_was_faster() -> Refused:
    return Refused(
        "このページを開いたあとに、ほかの人が新しい版を保存しました。いまの版を確かめてから、もう一度保存してください"
    )


def _add(org: Org, rules: AuthorityRules, *, version: int, dated_from: dt.date, by: Actor) -> AuthoritySettings:
    try:
        with transaction.atomic():
            return AuthoritySettings.objects.create(
                org=org,
                version=version,
                parameters=rules.model_dump(mode="json", exclude_none=True),
                dated_from=dated_from,
                saved_by_id=by.person_id,
            )
    except IntegrityError as raced:
        raise _somebody_was_faster() from raced


@transaction.atomic
def choose_working_edition(org: Org, edition: Edition, *, by: Actor) -> int:
    """Let an authority work with another edition of the notices; how many of its schools start new plans under it.

    Plans already begun keep theirs; a school may move a draft to the new edition itself. Raises ``Refused``.
    """
    _require_hand(org, by)
    if org.edition == edition.value:
        raise Refused(f"すでに{edition.label}で受け付けています", f"You already work with the {edition.english}.")
    founders = [founder.value for founder in FounderType if route_for(founder, edition=edition).forwarder == org.kind]
    below = Org.objects.filter(Q(parent_id=org.pk) | Q(parent__parent_id=org.pk), kind=OrgKind.SCHOOL.value)
    schools = list(below.filter(founder__in=founders).values_list("pk", flat=True))
    # Organisations are no tenant rows: every audience reads them, only the login role writes.
    with acting_as(None):
        Org.objects.filter(pk__in=[org.pk, *schools]).update(edition=edition.value)
    record(EventName.AUTHORITY_EDITION_CHOSEN, by=by, about=Subject(forwarder_org_id=org.pk), edition=edition.label)
    return len(schools)
