"""What each section's page is made of: forms over single parts and rows of parts. Not here: saving (sections)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from portal.dossier import types
from portal.dossier.types import Dossier, ParticipantRole
from portal.ui.part_forms import MAX_ROWS, PartForm, PartFormSet, part_form, part_formset
from portal.ui.school.forms import nested_form, options, policy_formset
from trips.enums import Section

Built = PartForm | PartFormSet


@dataclass(frozen=True)
class Block:
    """One property of the dossier on a page: a form, or rows with their titles. ``body`` prints the fields of a row."""

    prop: str
    title: str
    build: Callable[[Dossier, Any], Built]
    row_title: str = ""
    add_title: str = ""
    body: str = "school/_fields.html"

    @property
    def many(self) -> bool:
        return bool(self.row_title)

    def outcome(self, built: Built) -> Any:
        """What was typed, as the dossier's value."""
        return built.parts if isinstance(built, PartFormSet) else built.part


def blocks_of(section: Section) -> list[Block]:
    """The blocks of a section's page, in order; the roster has pages of its own."""
    return _BUILDERS[section]()


def _single(prop: str, title: str, part: type[types.Part]) -> Block:
    return Block(prop, title, lambda d, data: part_form(part)(data, part=getattr(d, prop), prefix=prop))


def _rows(
    prop: str, title: str, part: type[types.Part], *, add: str, choices: Any = None, most: int = MAX_ROWS
) -> Block:
    def build(dossier: Dossier, data: Any) -> PartFormSet:
        given = choices(dossier) if choices else {}
        return part_formset(part, choices=given, max_rows=most)(data, parts=getattr(dossier, prop), prefix=prop)

    return Block(prop, title, build, row_title=title, add_title=add)


def _groups(dossier: Dossier) -> dict[str, Any]:
    """The plan's groups as options; without groups their field is left out, unless a row still names one."""
    named = any(row.groups for rows in (dossier.legs, dossier.activities, dossier.stays) for row in rows)
    return {"groups": options(dossier.groups)} if dossier.groups or named else {}


def _people(dossier: Dossier, *roles: ParticipantRole) -> list[tuple[str, str]]:
    return list(options(p for p in dossier.participants if not roles or p.role in roles))


def _adults(dossier: Dossier) -> list[tuple[str, str]]:
    return list(options(p for p in dossier.participants if p.role is not ParticipantRole.STUDENT))


def _outline() -> list[Block]:
    def outline(d: Dossier, data: Any) -> PartForm:
        form = nested_form(types.Outline, {"party": types.PartyFigures})
        return form(data, part=d.outline, prefix="outline")

    return [
        Block("outline", gettext("旅行の概要"), outline),
        _rows(
            "groups",
            gettext("班・分散出発"),
            types.Group,
            add=gettext("班を追加"),
            choices=lambda d: {"leader": _adults(d)},
        ),
    ]


def _itinerary() -> list[Block]:
    return [
        _rows("legs", gettext("便・移動"), types.Leg, add=gettext("便・移動を追加"), choices=_groups, most=60),
        _rows(
            "activities",
            gettext("訪問・活動"),
            types.Activity,
            add=gettext("訪問・活動を追加"),
            choices=_groups,
            most=100,
        ),
    ]


def _homestay() -> list[Block]:
    students = lambda d: {"guests": _people(d, ParticipantRole.STUDENT)}  # noqa: E731 - one expression, used once
    return [
        _single("homestay", gettext("ホームステイ"), types.Homestay),
        _rows("hosts", gettext("受入家庭"), types.Host, add=gettext("受入家庭を追加"), choices=students),
    ]


def _leader() -> list[Block]:
    def leader(d: Dossier, data: Any) -> PartForm:
        return part_form(types.Leader, choices={"participant": _adults(d)})(data, part=d.leader, prefix="leader")

    return [Block("leader", gettext("旅行団責任者"), leader)]


def _agents() -> list[Block]:
    def reason(d: Dossier, data: Any) -> PartForm:
        return part_form(Dossier, only=("no_local_agent_reason",))(data, part=d, prefix="no_local_agent_reason")

    def conductor(d: Dossier, data: Any) -> PartForm:
        form = part_form(types.Conductor, choices={"participant": _people(d, ParticipantRole.CONDUCTOR)})
        return form(data, part=d.conductor, prefix="conductor")

    return [
        _rows("agents", gettext("旅行会社・現地エージェント"), types.Agent, add=gettext("会社を追加")),
        _OwnColumn("no_local_agent_reason", gettext("現地エージェントがない場合"), reason),
        Block("conductor", gettext("添乗員"), conductor),
    ]


class _OwnColumn(Block):
    """A property that is a plain value of the dossier itself."""

    def outcome(self, built: Built) -> Any:
        return getattr(built.part, self.prop)  # type: ignore[union-attr]


class _OncePerPerson(Block):
    """Rows of which each names a traveller, and each traveller once."""

    def outcome(self, built: Built) -> Any:
        """The first row of each traveller; a second one is not stored but told, and keeps its text as unread."""
        assert isinstance(built, PartFormSet)
        taken: set[str] = set()
        for form in built.forms:
            if not form.is_bound or form.is_deleted or not form.is_valid():  # type: ignore[attr-defined]
                continue
            person = getattr(form.part, "participant", "")
            if person in taken:
                form.add_error("participant", gettext("この人は上の行に書かれています。どちらかの行を削除してください"))
                form.part = None
            taken.add(person)
        return built.parts


def _insurance() -> list[Block]:
    def policies(d: Dossier, data: Any) -> PartFormSet:
        rows = policy_formset({"assistance": types.Assistance}, {"insured": _people(d)})
        return rows(data, parts=d.policies, prefix="policies")

    everyone = lambda d: {"participant": _people(d)}  # noqa: E731 - one expression, used once
    return [
        Block(
            "policies",
            gettext("保険契約"),
            policies,
            row_title=gettext("保険契約"),
            add_title=gettext("保険契約を追加"),
            body="school/_policy_fields.html",
        ),
        _OncePerPerson(
            "opt_outs",
            gettext("保険に入らない人"),
            lambda d, data: part_formset(types.OptOut, choices=everyone(d))(data, parts=d.opt_outs, prefix="opt_outs"),
            row_title=gettext("保険に入らない人"),
            add_title=gettext("保険に入らない人を追加"),
        ),
        _single("handover", gettext("アシスタンス会社への引渡し"), types.Handover),
    ]


_BUILDERS: dict[Section, Callable[[], list[Block]]] = {
    Section.OUTLINE: _outline,
    Section.DESTINATIONS: lambda: [
        _rows("destinations", gettext("訪問先"), types.Destination, add=gettext("訪問先を追加"))
    ],
    Section.ITINERARY: _itinerary,
    Section.SCHOOL: lambda: [_single("school", gettext("学校"), types.School)],
    Section.HOME: lambda: [
        _rows("home_contacts", gettext("留守校の連絡先"), types.HomeContact, add=gettext("連絡先を追加"))
    ],
    Section.LODGING: lambda: [
        _rows("stays", gettext("宿泊先"), types.Stay, add=gettext("宿泊先を追加"), choices=_groups, most=60)
    ],
    Section.HOMESTAY: _homestay,
    Section.LEADER: _leader,
    Section.AGENTS: _agents,
    Section.MISSIONS: lambda: [_rows("missions", gettext("在外公館"), types.Mission, add=gettext("在外公館を追加"))],
    Section.EMERGENCY: lambda: [_single("emergency", gettext("緊急連絡体制"), types.Emergency)],
    Section.INSURANCE: _insurance,
    Section.READINESS: lambda: [_single("readiness", gettext("事前指導・たびレジ"), types.Readiness)],
}
