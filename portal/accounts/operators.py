"""The hand of an operator at the server's own command line: which school is meant, its scope, and who acted.

Here: entering one school's scope without a seat in it. Not here: what is done there (each app's actions).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction

from portal.audit.record import Actor
from portal.directory.kinds import OrgKind
from portal.kit.roles import Role
from portal.tenancy.models import Org
from portal.tenancy.scope import Audience, Scope, acting_as


class NoSuchSchool(Exception):
    """No school, or more than one, goes by this id or name. The message is for the terminal."""


def school_called(text: str) -> Org:
    """The school with this id, this whole name, or the only one whose name contains ``text``."""
    schools = Org.objects.filter(kind=OrgKind.SCHOOL.value, active=True)
    if (org_id := _as_id(text)) is not None:
        found = list(schools.filter(pk=org_id))
    else:
        found = list(schools.filter(name=text)) or list(schools.filter(name__contains=text))
    if len(found) == 1:
        return found[0]
    if not found:
        raise NoSuchSchool(f"「{text}」という学校はありません。学校の正式な名前か番号(id)で指定してください")
    names = "\n".join(f"  {school.pk}  {school.name}" for school in found)
    raise NoSuchSchool(f"「{text}」に当てはまる学校が{len(found)}校あります。番号(id)で指定してください\n{names}")


@contextmanager
def at_command_line(school_id: UUID) -> Iterator[Actor]:
    """One transaction in the school's scope.

    The school's history shows the act as done by the system's operator: there is no person and no membership, since
    the operator has no window into a school; whoever can type this command holds the server itself.
    """
    with acting_as(Scope(Audience.SCHOOL, school_id)), transaction.atomic():
        yield Actor(user_id=None, role=Role.PLATFORM_OPERATOR.value, org_id=school_id)


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
