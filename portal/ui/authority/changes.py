"""What changed in a plan since the desk last looked at it, since it was filed, or since it was sent to the ministry.

Not here: finding differences (portal.dossier.diff), the rules' report (reading).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext

from mofa_requests import queries
from mofa_requests.documents.changes import NOT_THE_PLAN
from mofa_requests.material import is_material, material_ones
from mofa_requests.models import Remark, Revision
from portal.dossier.diff import Change, diff
from portal.dossier.pointers import split_pointer
from portal.dossier.types import Dossier, Part
from portal.ui.authority.doors import RequestPage
from portal.ui.authority.values import shown
from portal.ui.labels import label_of, speaks_english

CHECKED, FIRST, FORWARDED, NONE = "checked", "first", "forwarded", "none"


@dataclass(frozen=True)
class ShownChange:
    """One difference in words; ``before`` and ``after`` are empty where a person's data stands."""

    place: str
    kind: str
    before: str
    after: str
    personal: bool
    material: bool


@dataclass(frozen=True)
class Comparison:
    """What changed, and since which revision. ``since`` is empty when nothing came before or it is switched off."""

    since: str = ""
    off: bool = False
    choices: tuple[tuple[str, str, bool], ...] = ()
    changes: tuple[ShownChange, ...] = ()


@dataclass(frozen=True)
class Changes:
    """The newest revision of a page against earlier ones; each is opened once."""

    page: RequestPage

    def compare(self, wanted: str) -> Comparison:
        """The changes since the revision last looked at, unless the reader wants another one or none."""
        bases = self._bases
        if not bases:
            return Comparison()
        chosen = wanted if wanted in bases or wanted == NONE else next(iter(bases))
        entries = [*((name, _title(name, found)) for name, found in bases.items()), (NONE, gettext("違いを出さない"))]
        choices = tuple((name, title, name == chosen) for name, title in entries)
        if chosen == NONE:
            return Comparison(off=True, choices=choices)
        found = self._since(bases[chosen].number, bases[chosen])
        return Comparison(_title(chosen, bases[chosen]), False, choices, tuple(map(_shown_change, found)))

    def reopening(self) -> list[str] | None:
        """The places for which an amendment has to be judged anew; ``None`` when nothing was sent before."""
        sent = queries.last_forwarded(self.page.request)
        if sent is None:
            return None
        grave = material_ones(self._since(sent.number, sent))
        return [change.label_en if speaks_english() else change.label for change in grave]

    def corrected(self, remark: Remark) -> bool:
        """Whether the school changed the place of a remark in a later revision."""
        if remark.revision.number >= self.page.request.revision_number or not remark.pointer:
            return False
        changed = self._since(remark.revision.number, None)
        return any(_touches(change.pointer, remark.pointer) for change in changed)

    @cached_property
    def _bases(self) -> dict[str, Revision]:
        """The revisions to compare with, the usual one first, each number once."""
        request = self.page.request
        finders: tuple[tuple[str, Callable[[], Revision | None]], ...] = (
            (CHECKED, lambda: queries.last_checked(request)),
            (FIRST, lambda: queries.revision_of(request, number=1) if request.revision_number > 1 else None),
            (FORWARDED, lambda: queries.last_forwarded(request)),
        )
        found: dict[str, Revision] = {}
        for name, find in finders:
            revision = find()
            if revision is not None and revision.pk not in {each.pk for each in found.values()}:
                found[name] = revision
        return found

    @cached_property
    def _differences(self) -> dict[tuple[bool, int], list[Change]]:
        return {}

    def _since(self, number: int, revision: Revision | None) -> list[Change]:
        """All differences since revision ``number`` of this request, or since a given one of another request."""
        foreign = revision is not None and revision.request_id != self.page.request.pk
        if (foreign, number) not in self._differences:
            base = revision or queries.revision_of(self.page.request, number=number)
            old = queries.open_dossier(base, cipher=self.page.cipher)
            found = diff(_without_number(old), _without_number(self.page.dossier))
            plan = [each for each in found if split_pointer(each.pointer)[0] not in NOT_THE_PLAN]
            self._differences[foreign, number] = plan
        return self._differences[foreign, number]


def _touches(changed: str, pointer: str) -> bool:
    """Whether a change lies at a place, within it, or takes the whole entry around it away."""
    return changed == pointer or changed.startswith(f"{pointer}/") or pointer.startswith(f"{changed}/")


def _title(name: str, revision: Revision) -> str:
    words = {
        CHECKED: gettext("前回確認した第%(number)d版"),
        FIRST: gettext("最初に提出された第%(number)d版"),
        FORWARDED: gettext("送付済みの第%(number)d版"),
    }
    return words[name] % {"number": revision.number}


def _without_number(dossier: Dossier) -> Dossier:
    return dossier.model_copy(update={"revision": None, "as_of": None})


def _shown_change(change: Change) -> ShownChange:
    whole = isinstance(change.old, Part) or isinstance(change.new, Part)
    hidden = change.personal or whole
    return ShownChange(
        place=change.label_en if speaks_english() else change.label,
        kind=label_of(change.kind),
        before="" if hidden else shown(change.old),
        after="" if hidden else shown(change.new),
        personal=change.personal and not whole,
        material=is_material(change),
    )
