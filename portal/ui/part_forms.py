"""Forms made from dossier parts: one part a form, a list of parts a formset whose rows are named by their keys.

Every field may stay empty while a plan is being written. A field that cannot be read keeps its text on the page and
leaves the part's former value untouched, and so does a field in which nothing was written.
Not here: field kinds (part_fields), saving (each app's actions).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import SuspiciousOperation
from django.utils.translation import gettext
from pydantic import BaseModel, ValidationError

from portal.ui.fields import ChoiceField, KeysField
from portal.ui.part_fields import Choices, field_of

MAX_ROWS = 40
_ROW_ID = re.compile(r"[A-Za-z0-9_-]{1,24}")


class PartForm(forms.Form):
    """A form over one part. ``part`` is the outcome: the given part with every readable field replaced."""

    part_class: ClassVar[type[BaseModel]]
    use_required_attribute = False

    def __init__(self, data: Any = None, *, part: BaseModel | None = None, **kwargs: Any) -> None:
        self.given = part
        self.part: BaseModel | None = part
        own = self.base_fields.keys() & self.part_class.model_fields.keys()
        initial = {name: getattr(part, name) for name in own if part is not None}
        super().__init__(data, initial=initial | dict(kwargs.pop("initial", None) or {}), **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, ChoiceField | KeysField):
                field.admit(initial.get(name))

    def _post_clean(self) -> None:
        """Build the part; what pydantic refuses becomes the error of its field, the other fields still count."""
        super()._post_clean()  # type: ignore[misc]
        try:
            self.part = self.part_class.model_validate(self._values())
        except ValidationError as refused:
            self._blame(refused)
            self.part = self.part_class.model_validate(self._values()) if self._is_buildable() else self.given

    def _values(self) -> dict[str, Any]:
        base = {name: getattr(self.given, name) for name in self.part_class.model_fields} if self.given else {}
        written = set(self.changed_data) & set(self.cleaned_data) & set(self.part_class.model_fields)
        typed = {name: self.cleaned_data[name] for name in written if self._takes(name, self.cleaned_data[name])}
        return base | self._identity() | typed

    def _identity(self) -> dict[str, Any]:
        """A new row's key, which no field shows."""
        key = self.initial.get("key")
        return {"key": key} if key and self.given is None and "key" in self.part_class.model_fields else {}

    def _takes(self, name: str, value: Any) -> bool:
        """Whether the property may hold ``value``; one that cannot be empty keeps its former value or default."""
        return value is not None or self.part_class.model_fields[name].default is None

    def _is_buildable(self) -> bool:
        required = {name for name, info in self.part_class.model_fields.items() if info.is_required()}
        return required <= set(self._values())

    def _blame(self, refused: ValidationError) -> None:
        for problem in refused.errors():
            name = str(problem["loc"][0])
            sentence = problem["msg"].removeprefix("Value error, ") if problem["type"] == "value_error" else ""
            if name in self.fields:
                self.add_error(name, sentence or gettext("この内容は受け付けられません。書き直してください"))


def part_form(
    part: type[BaseModel],
    *,
    only: Sequence[str] = (),
    exclude: Iterable[str] = (),
    choices: Mapping[str, Choices] | None = None,
) -> type[PartForm]:
    """A form class over ``part``'s own properties, in their order (or in that of ``only``).

    ``choices`` gives the options of key fields (``{"groups": [("g1", "1組")], "leader": …}``); key fields without
    options, nested parts, lists of parts and ``key`` itself are left out and keep their value.
    """
    given = dict(choices or {})
    skipped = {"key", *exclude}
    names = [name for name in (only or part.model_fields) if name not in skipped]
    fields = {name: field_of(part, name, given.get(name)) for name in names}
    present = {name: field for name, field in fields.items() if field is not None}
    return type(f"{part.__name__}Form", (PartForm,), {"part_class": part, **present})


class PartFormSet:
    """Rows of parts. A row's id is the part's key (or its place); ``<prefix>-row`` lists the ids in page order.

    Posted names: ``<prefix>-row`` (one a row), ``<prefix>-<id>-<field>``, ``<prefix>-<id>-delete``, ``<prefix>-add``,
    ``<prefix>-move`` (``<id>:up`` or ``<id>:down``, the twin of dragging a row).
    """

    form_class: ClassVar[type[PartForm]]
    max_rows: ClassVar[int] = MAX_ROWS

    def __init__(self, data: Any = None, *, parts: Sequence[BaseModel] = (), prefix: str) -> None:
        self.prefix, self.data, self.is_bound = prefix, data, data is not None
        self.given = {self._id_of(part, index): part for index, part in enumerate(parts)}
        self.forms = [self._row(row_id) for row_id in (self._posted_ids() if self.is_bound else self.given)]
        self.too_many = len(self.forms) > self.max_rows
        if self.wants_row and not self.is_full:
            self.forms.append(self.blank_row())

    def _id_of(self, part: BaseModel, index: int) -> str:
        return str(getattr(part, "key", index))

    def _posted_ids(self) -> list[str]:
        ids = list(dict.fromkeys(self.data.getlist(f"{self.prefix}-row")))
        if not all(_ROW_ID.fullmatch(row_id) for row_id in ids):
            raise SuspiciousOperation("row id")
        return _moved(ids, self.data.get(f"{self.prefix}-move", ""))

    def _row(self, row_id: str, *, blank: bool = False) -> PartForm:
        form = self.form_class(
            None if blank else self.data,
            part=self.given.get(row_id),
            prefix=f"{self.prefix}-{row_id}",
            initial={"key": row_id},
        )
        form.row_id, form.row_name = row_id, f"{self.prefix}-row"  # type: ignore[attr-defined]
        form.is_deleted = self.is_bound and f"{form.prefix}-delete" in self.data  # type: ignore[attr-defined]
        return form

    def blank_row(self, row_id: str = "") -> PartForm:
        """A new, empty row with a fresh id, or with that of a row which could not be stored yet."""
        return self._row(row_id or f"n{secrets.token_hex(4)}", blank=True)

    @property
    def wants_row(self) -> bool:
        """Whether the add button was pressed (plainly or by htmx); then nothing is to be saved beyond the draft."""
        return self.is_bound and f"{self.prefix}-add" in self.data

    @property
    def stays_open(self) -> bool:
        """Whether the button that was pressed works on the rows of the page: it is shown again, not left."""
        return self.wants_row or (self.is_bound and f"{self.prefix}-move" in self.data)

    @property
    def is_full(self) -> bool:
        return len(self.forms) >= self.max_rows

    def is_valid(self) -> bool:
        """Whether every row that stays can be read."""
        return self.is_bound and not self.too_many and all(form.is_valid() for form in self._kept())

    @property
    def errors(self) -> list[Any]:
        return [form.errors for form in self._kept() if form.errors]

    @property
    def parts(self) -> tuple[BaseModel, ...]:
        """The parts of the rows that stay, in page order; a new row in which nothing was typed is left out."""
        for form in self._kept():
            form.is_valid()
        return tuple(form.part for form in self._kept() if form.part is not None and not self._is_untouched(form))

    @property
    def deleted(self) -> tuple[str, ...]:
        """Ids of given rows marked for deletion or no longer on the page."""
        kept = {form.row_id for form in self._kept()}  # type: ignore[attr-defined]
        return tuple(row_id for row_id in self.given if row_id not in kept)

    def _kept(self) -> list[PartForm]:
        return [form for form in self.forms if form.is_bound and not form.is_deleted]  # type: ignore[attr-defined]

    def _is_untouched(self, form: PartForm) -> bool:
        if form.given is not None or form.errors or form.part is None:
            return False
        required = {name for name, info in form.part_class.model_fields.items() if info.is_required()}
        typed = form.part.model_dump(exclude=required, exclude_defaults=True)
        return not typed and required <= {"key"}


def _moved(ids: list[str], wish: str) -> list[str]:
    """``ids`` with one of them a place up or down; the same where there is no such row or no such place."""
    row_id, _, way = wish.rpartition(":")
    if row_id not in ids or way not in ("up", "down"):
        return ids
    here = ids.index(row_id)
    there = here + (1 if way == "down" else -1)
    if 0 <= there < len(ids):
        ids[here], ids[there] = ids[there], ids[here]
    return ids


def part_formset(part: type[BaseModel], *, max_rows: int = MAX_ROWS, **form_options: Any) -> type[PartFormSet]:
    """A formset class over a list of ``part``; ``form_options`` are those of ``part_form``."""
    form_class = part_form(part, **form_options)
    return type(f"{part.__name__}FormSet", (PartFormSet,), {"form_class": form_class, "max_rows": max_rows})
