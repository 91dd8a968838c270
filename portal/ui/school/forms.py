"""Forms that one dossier part alone cannot give: parts within parts, and the cover of a policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from insurance.contracts import is_pooled, pooled
from portal.dossier.types import Benefit, BenefitKind, Part, Policy
from portal.ui.fields import LimitField, Select
from portal.ui.labels import label_of
from portal.ui.part_fields import Choices, field_of
from portal.ui.part_forms import PartForm, PartFormSet, part_form

_COVER = ("limit_", "unlimited_", "deductible_")


class NestedPartForm(PartForm):
    """A part form that also shows the properties of parts inside the part, as ``<outer>_<inner>``."""

    nested: ClassVar[Mapping[str, type[Part]]] = {}

    def __init__(self, data: Any = None, *, part: BaseModel | None = None, **kwargs: Any) -> None:
        inner = {
            f"{outer}_{name}": getattr(getattr(part, outer), name)
            for outer, kind in self.nested.items()
            for name in kind.model_fields
            if part is not None
        }
        super().__init__(data, part=part, **{**kwargs, "initial": dict(kwargs.pop("initial", None) or {}) | inner})

    def _values(self) -> dict[str, Any]:
        values = super()._values()
        for outer, kind in self.nested.items():
            before = getattr(self.given, outer) if self.given else kind()
            typed = {
                name: _same_choice(getattr(before, name), self.cleaned_data[f"{outer}_{name}"])
                for name in kind.model_fields
                if f"{outer}_{name}" in self.cleaned_data
            }
            values[outer] = before.model_copy(update=typed)
        return values


def _same_choice(before: Any, typed: Any) -> Any:
    """A selection field answers in the order of its options; the same choice keeps the order it had."""
    same = isinstance(before, tuple) and isinstance(typed, tuple) and set(before) == set(typed)
    return before if same else typed


def nested_form(
    part: type[BaseModel], nested: Mapping[str, type[Part]], *, choices: Mapping[str, Choices] | None = None
) -> type[NestedPartForm]:
    """A form over ``part`` and the parts inside it."""
    own = part_form(part, choices=choices)
    inner = {
        f"{outer}_{name}": field
        for outer, kind in nested.items()
        for name in kind.model_fields
        if (field := field_of(kind, name)) is not None
    }
    fields = {**own.base_fields, **inner}
    return type(f"{part.__name__}NestedForm", (NestedPartForm,), {"part_class": part, "nested": nested, **fields})


class PolicyForm(NestedPartForm):
    """A policy with its assistance company and, for each kind of cover of 別添二 二, limit and deductible."""

    def __init__(self, data: Any = None, *, part: BaseModel | None = None, **kwargs: Any) -> None:
        benefits = {benefit.kind: benefit for benefit in (part.benefits if isinstance(part, Policy) else ())}
        initial = dict(kwargs.pop("initial", None) or {})
        for kind in BenefitKind:
            benefit = benefits.get(kind)
            if benefit is not None:
                initial["pooled"] = is_pooled(benefits.values())
                initial[f"limit_{kind.value}"] = benefit.limit
                initial[f"unlimited_{kind.value}"] = benefit.unlimited
                initial[f"deductible_{kind.value}"] = benefit.deductible
        super().__init__(data, part=part, initial=initial, **kwargs)

    def benefit_rows(self) -> list[tuple[str, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Kind of cover, limit, unlimited, deductible: one line of the cover table each."""
        return [
            (
                label_of(kind),
                self[f"limit_{kind.value}"],
                self[f"unlimited_{kind.value}"],
                self[f"deductible_{kind.value}"],
            )
            for kind in BenefitKind
        ]

    def plain_fields(self) -> list[forms.BoundField]:
        """The fields outside the cover table and the days for claims."""
        return [field for field in self if not field.name.startswith((*_COVER, "claim_", "pooled"))]

    def claim_fields(self) -> list[forms.BoundField]:
        """The contract's own days for claims, and where they stand."""
        return [field for field in self if field.name.startswith("claim_")]

    def _values(self) -> dict[str, Any]:
        return super()._values() | {"benefits": self._benefits()}

    def _benefits(self) -> tuple[Benefit, ...]:
        before = {benefit.kind: benefit for benefit in (self.given.benefits if isinstance(self.given, Policy) else ())}
        order = [*before, *(kind for kind in BenefitKind if kind not in before)]
        after = [self._benefit(kind, before.get(kind)) for kind in order]
        found = tuple(benefit for benefit in after if benefit is not None)
        one_limit = self._typed("pooled", is_pooled(found))
        return found if one_limit == is_pooled(found) else pooled(found, one_limit)

    def _benefit(self, kind: BenefitKind, before: Benefit | None) -> Benefit | None:
        limit = self._typed(f"limit_{kind.value}", before.limit if before else None)
        unlimited = self._typed(f"unlimited_{kind.value}", before.unlimited if before else False)
        deductible = self._typed(f"deductible_{kind.value}", before.deductible if before else None)
        if limit is None and not unlimited and deductible is None:
            return None
        shared = before.shared_with if before else ()
        return Benefit(kind=kind, limit=limit, unlimited=unlimited, deductible=deductible, shared_with=shared)

    def _typed(self, name: str, otherwise: Any) -> Any:
        return self.cleaned_data.get(name, otherwise)


def policy_formset(nested: Mapping[str, type[Part]], choices: Mapping[str, Choices]) -> type[PartFormSet]:
    """Rows of policies, at most five."""
    base = nested_form(Policy, nested, choices=choices)
    cover: dict[str, forms.Field] = {}
    for kind in BenefitKind:
        cover[f"limit_{kind.value}"] = LimitField(label=_("支払限度額(円)"), required=False)
        cover[f"unlimited_{kind.value}"] = forms.BooleanField(label=_("無制限"), required=False)
        cover[f"deductible_{kind.value}"] = LimitField(label=_("免責金額(円)"), required=False)
    cover["pooled"] = forms.BooleanField(label=_("治療費用と救援者費用の限度額は一つ(治療・救援費用)"), required=False)
    form = type("PolicyRowForm", (PolicyForm,), {"part_class": Policy, "nested": nested, **base.base_fields, **cover})
    return type("PolicyFormSet", (PartFormSet,), {"form_class": form, "max_rows": 5})


class NewTripForm(forms.Form):
    """What a new plan starts with; ``former`` are the school's plans that may be its model."""

    title = forms.CharField(label=_("旅行名"), max_length=200, help_text=_("例: 令和9年度 第2学年 台湾修学旅行"))
    trip_no = forms.RegexField(
        r"^[A-Za-z0-9_-]{1,24}$",
        label=_("旅行番号"),
        required=False,
        help_text=_("学校で付ける番号です。空けておくと自動で付きます(例: T001)"),
        error_messages={"invalid": _("半角の英数字と - _ だけで、24字までにしてください")},
    )
    former = forms.ChoiceField(
        label=_("もとにする計画"),
        required=False,
        widget=Select,
        help_text=_(
            "前の旅行の構成と文章を引き継ぎます。人・電話番号・証券番号・日付は、一つずつ確かめてから計画に入れます"
        ),
    )

    def __init__(self, data: Any = None, *, former: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(data)
        known = list(former)
        if known:
            self.fields["former"].choices = [("", _("もとにしない(白紙から始める)")), *known]  # type: ignore[attr-defined]
        else:
            del self.fields["former"]


class LateReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("期限後提出の理由"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )


class AttestForm(forms.Form):
    """The principal's own word that the plan is the school's (15初国教第25号)."""

    attest = forms.BooleanField(
        label=_("計画の内容を学校として確認しました。関係業者に任せきりにしたものではありません。"),
        error_messages={"required": _("内容を確認し、チェックを入れてから提出してください")},
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("理由"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("回答"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)


def options(parts: Iterable[Any], *, name: str = "name") -> Sequence[tuple[str, str]]:
    """(key, shown name) of keyed parts, for selection fields."""
    return [(part.key, getattr(part, name) or part.key) for part in parts]
