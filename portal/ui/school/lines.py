"""One line for each row of a section, so that a folded row still says what it holds.

Not here: the rows' forms (blocks), the whole journey day by day (days).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import singledispatch
from typing import Any

from django.utils.translation import gettext

from portal.dossier import types
from portal.ui.labels import label_of
from portal.ui.places import city_in_country, place_name
from portal.ui.templatetags.shown import jday, jtime

Names = Mapping[str, str]
"""Key of a group or traveller → what the page calls it."""


def names_in(dossier: types.Dossier) -> dict[str, str]:
    """What the rows of a plan call its groups and people."""
    groups = {group.key: group.name or group.key for group in dossier.groups}
    return groups | {person.key: person.name or person.key for person in dossier.participants}


@singledispatch
def line_of(part: Any, names: Names) -> str:
    """What tells this row from the others, in a few words; empty while nothing is written."""
    raise LookupError(f"no line for {type(part).__name__}")


def span(first: dt.date | None, last: dt.date | None) -> str:
    """``1月19日(火)〜22日(金)``, as far as the days are known."""
    return f"{jday(first)}〜{jday(last)}" if first or last else ""


def _words(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _for_groups(keys: tuple[str, ...], names: Names) -> str:
    return "・".join(names.get(key, key) for key in keys)


@line_of.register
def _(leg: types.Leg, names: Names) -> str:
    way = f"{place_name(leg.origin)}→{place_name(leg.destination)}" if leg.origin or leg.destination else ""
    times = _words(jday(leg.departs_at), _from_to(leg.departs_at, leg.arrives_at))
    later = gettext("確定予定 %(day)s") % {"day": jday(leg.to_follow_on)} if leg.to_follow_on else ""
    return _words(
        leg.number or (label_of(leg.mode) if way else leg.carrier), way, times, _for_groups(leg.groups, names), later
    )


def _from_to(departs: dt.datetime | None, arrives: dt.datetime | None) -> str:
    """``9:25–12:30``, with ``+1`` where the arrival is on a later local date."""
    if not departs and not arrives:
        return ""
    later = (arrives.date() - departs.date()).days if departs and arrives else 0
    return f"{jtime(departs)}–{jtime(arrives)}{f'({later:+d})' if later else ''}"


@line_of.register
def _(activity: types.Activity, names: Names) -> str:
    times = f"{jtime(activity.starts)}–{jtime(activity.ends)}" if activity.starts or activity.ends else ""
    free = gettext("自由行動") if activity.free_time else ""
    return _words(jday(activity.on), times, activity.title, activity.city, free, _for_groups(activity.groups, names))


@line_of.register
def _(stay: types.Stay, names: Names) -> str:
    nights = (stay.checks_out - stay.checks_in).days if stay.checks_in and stay.checks_out else None
    count = gettext("%(n)d泊") % {"n": nights} if nights is not None else ""
    name = stay.name or (label_of(stay.kind) if stay.checks_in else "")
    return _words(name, stay.city, span(stay.checks_in, stay.checks_out), count, _for_groups(stay.groups, names))


@line_of.register
def _(group: types.Group, names: Names) -> str:
    return _words(group.name, span(group.departs_on, group.returns_on), names.get(group.leader or "", ""))


@line_of.register
def _(destination: types.Destination, names: Names) -> str:
    level = destination.danger_level
    danger = gettext("危険情報レベル%(level)d") % {"level": level} if level is not None else ""
    where = city_in_country(destination.country, destination.city)
    return _words(where, gettext("乗継ぎのみ") if destination.transit else "", danger)


@line_of.register
def _(contact: types.HomeContact, names: Names) -> str:
    return _words(contact.name, contact.title, label_of(contact.role) if contact.name else "")


@line_of.register
def _(host: types.Host, names: Names) -> str:
    return _words(host.family, _for_groups(host.guests, names))


@line_of.register
def _(agent: types.Agent, names: Names) -> str:
    return _words(label_of(agent.role) if agent.name else "", agent.name, agent.phone)


@line_of.register
def _(mission: types.Mission, names: Names) -> str:
    return _words(mission.name, mission.phone)


@line_of.register
def _(policy: types.Policy, names: Names) -> str:
    return _words(policy.insurer, policy.product, policy.number)


@line_of.register
def _(opt_out: types.OptOut, names: Names) -> str:
    return _words(names.get(opt_out.participant, opt_out.participant), jday(opt_out.signed_on))
