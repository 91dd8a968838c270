"""The directory as JCSOS knows it today: the portal's own tables with the last check of each entry laid over them.

Firms are kept by ``insurance`` and only listed here. Nothing is filled in that no source gives. No writes.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet

from insurance.models import ListedFirm
from insurance.queries import firms_on
from jcsos.enums import CheckOutcome, Listed
from jcsos.models import DirectoryCheck
from jcsos.rules.directory import Entry
from portal.directory.desks import Desk, mofa_desk, mofa_desks
from portal.directory.missions import MissionEntry, missions
from portal.kit.digest import sha256_hex

FIRM = "firm"
_CHANGED = (CheckOutcome.CHANGED.value, CheckOutcome.CLOSED.value)
_KEY_LENGTH = 8


def entries(org_id: UUID, *, on: dt.date) -> list[Entry]:
    """Every entry that holds on ``on``: the ministry's desk, the missions, the firms. Two queries."""
    checks = _last_checks(org_id)
    desk = mofa_desk(on=on)
    desks = [_desk(desk, checks.get((Listed.DESK.value, desk.key)))] if desk.listed else []
    abroad = [_mission(row, checks.get((Listed.MISSION.value, mission_key(row)))) for row in missions()]
    return [*desks, *abroad, *(_firm(row) for row in firms_on(on))]


def former_desks(*, on: dt.date) -> list[Desk]:
    """The ministry's desks of other days, newest first, for whoever reads an old paper."""
    return [desk for desk in reversed(mofa_desks()) if not desk.holds_on(on)]


def entry_of(org_id: UUID, listed: str, key: str, *, on: dt.date) -> Entry | None:
    """One desk or mission."""
    return next((one for one in entries(org_id, on=on) if (one.listed, one.key) == (listed, key)), None)


def checks_of(org_id: UUID, listed: str, key: str) -> QuerySet[DirectoryCheck]:
    """Every check of one entry, newest first."""
    return DirectoryCheck.objects.filter(org_id=org_id, listed=listed, key=key).select_related("checked_by")


def mission_key(row: MissionEntry) -> str:
    """A mission's name as a short key for addresses and checks."""
    return f"{row.country}-{sha256_hex(row.ja.encode())[:_KEY_LENGTH]}"


def _last_checks(org_id: UUID) -> dict[tuple[str, str], DirectoryCheck]:
    rows = DirectoryCheck.objects.filter(org_id=org_id).order_by("verified_on", "checked_at")
    return {(row.listed, row.key): row for row in rows}


def _desk(desk: Desk, check: DirectoryCheck | None) -> Entry:
    numbers = (
        ("照会・提出", _with_extension(desk.phone, desk.extension)),
        ("メール", desk.email),
        ("事故のとき(昼)", _with_extension(desk.day_phone, desk.day_extension)),
        ("事故のとき(夜間・休日)", _with_extension(desk.night_phone, desk.night_extension)),
        ("FAX", desk.fax),
    )
    return Entry(
        listed=Listed.DESK.value,
        key=desk.key,
        name=desk.section or desk.addressee,
        english="Ministry of Foreign Affairs",
        address=check.address if check else "",
        numbers=(*((label, number) for label, number in numbers if number), *_found(check)),
        source=check.source if check else desk.source,
        valid_from=desk.valid_from,
        verified_on=check.verified_on if check else None,
        changed=_is_changed(check),
    )


def _mission(row: MissionEntry, check: DirectoryCheck | None) -> Entry:
    return Entry(
        listed=Listed.MISSION.value,
        key=mission_key(row),
        name=row.ja,
        english=row.en,
        country=row.country,
        jurisdiction=row.cities,
        address=(check.address if check else "") or row.address,
        numbers=_found(check) or ((("電話", row.phone),) if row.phone else ()),
        source=check.source if check else row.source,
        valid_from=check.valid_from if check else None,
        verified_on=check.verified_on if check else row.verified_on,
        changed=_is_changed(check),
    )


def _firm(row: ListedFirm) -> Entry:
    return Entry(
        listed=FIRM,
        key=str(row.subject),
        name=row.name,
        english=row.english_name or row.name,
        address=row.address,
        numbers=(("電話", row.phone),) if row.phone else (),
        source=row.source,
        valid_from=row.valid_from,
        verified_on=row.verified_on,
    )


def _found(check: DirectoryCheck | None) -> tuple[tuple[str, str], ...]:
    """What the last check read, where it read a number."""
    return (("電話", check.phone),) if check and check.phone else ()


def _is_changed(check: DirectoryCheck | None) -> bool:
    return check is not None and check.outcome in _CHANGED


def _with_extension(number: str, extension: str) -> str:
    return f"{number} 内線{extension}" if number and extension else number
