"""The forms of a claim: the facts an insurer asks for, the days, the sums. Not here: counting (insurance.claims)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from insurance.claims import Balance, Notice
from insurance.enums import AmountKind, Cause, ClaimFact, Place
from portal.kit.text import Refused
from portal.ui.fields import ChoiceField, DateField, RadioChoices, TextField, YenField
from portal.ui.labels import choices_of, label_of
from portal.ui.typed import sentence_of

_LONG = {ClaimFact.CAUSE, ClaimFact.SYMPTOMS}


class NoticeForm(forms.Form):
    """What happened, and the five facts an insurer asks for; ``notice`` is set when it can be used."""

    cause = ChoiceField(label=_("何が起きたか"), required=True, widget=RadioChoices)
    place = ChoiceField(label=_("どこで"), required=True, widget=RadioChoices)
    on = DateField(label=_("事故の日、または発病した日"), required=True)
    first_visit = DateField(label=_("初めて医師にかかった日"))
    cover_ends = DateField(label=_("保険期間の最後の日"))

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["cause"].choices = list(choices_of(Cause))  # type: ignore[attr-defined]
        self.fields["place"].choices = list(choices_of(Place))  # type: ignore[attr-defined]
        for fact in ClaimFact:
            self.fields[f"fact_{fact.value}"] = TextField(label=label_of(fact), limit=400, long=fact in _LONG)
        self.notice: Notice | None = None

    @property
    def case_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("cause", "place", "on", "first_visit", "cover_ends")]

    @property
    def fact_fields(self) -> list[forms.BoundField]:
        return [self[f"fact_{fact.value}"] for fact in ClaimFact]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.read(cleaned)
            except Refused as refusal:
                self.add_error(None, sentence_of(refusal))
        return cleaned

    def read(self, cleaned: dict[str, Any]) -> None:
        """Make the values of what was typed. Raises ``Refused``."""
        self.notice = Notice(
            Cause(cleaned["cause"]),
            Place(cleaned["place"]),
            cleaned["on"],
            {fact: cleaned[f"fact_{fact.value}"] or "" for fact in ClaimFact},
            cleaned["first_visit"],
            cleaned["cover_ends"],
        )


class ClaimForm(NoticeForm):
    """The same with the sums, for counting without keeping; ``balance`` is set when there is something billed."""

    policy = ChoiceField(label=_("使う契約"))
    billed = YenField(label=_("払った費用の合計(円)"))
    social = YenField(label=_("健康保険から払われた額(円)"))
    paid = YenField(label=_("保険会社から払われた額(円)"))
    balance: Balance | None = None

    def __init__(self, data: Any = None, *, policies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["policy"].choices = [("", _("まだ決めない")), *policies]  # type: ignore[attr-defined]

    @property
    def case_fields(self) -> list[forms.BoundField]:
        return [*super().case_fields, self["policy"]]

    @property
    def sum_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("billed", "social", "paid")]

    def read(self, cleaned: dict[str, Any]) -> None:
        super().read(cleaned)
        if cleaned["billed"] is not None:
            self.balance = Balance(cleaned["billed"], cleaned["social"] or 0, cleaned["paid"] or 0)


class CaseForm(NoticeForm):
    """The facts of a claim that is kept: whose it is, under which contract, and the insurer's own number for it."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    participant = ChoiceField(label=_("だれの請求か"), required=True)
    policy = ChoiceField(label=_("使う契約"))
    reference = TextField(label=_("保険会社の受付番号"), limit=80)

    def __init__(
        self, data: Any = None, *, people: list[tuple[str, str]], policies: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["participant"].choices = [("", _("選んでください")), *people]  # type: ignore[attr-defined]
        self.fields["policy"].choices = [("", _("まだ決めない")), *policies]  # type: ignore[attr-defined]

    @property
    def whose_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("participant", "policy", "reference")]


class SocialForm(forms.Form):
    """Health insurance comes first, or does not cover the person."""

    claimed_on = DateField(label=_("健康保険に請求した日"))
    none = forms.BooleanField(label=_("健康保険の対象ではない"), required=False)


class AmountForm(forms.Form):
    """One bill or one payment."""

    kind = ChoiceField(label=_("種類"), required=True)
    yen = YenField(label=_("金額(円)"), required=True)
    on = DateField(label=_("払った日・受け取った日"), required=True)
    note = TextField(label=_("内容"), limit=200, help_text=_("例: 見本病院 診察代(150台湾ドルを当日の相場で換算)"))

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["kind"].choices = list(choices_of(AmountKind))  # type: ignore[attr-defined]


class StepForm(forms.Form):
    """One step of the claim: the day on which it was done, and what the insurer said."""

    on = DateField(label=_("日付"), required=True)
    reason = TextField(label=_("理由・聞いたこと"), limit=400, long=True)


class PaperFileForm(forms.Form):
    """A copy of a paper."""

    paper = ChoiceField(label=_("書類の種類"))
    file = forms.FileField(
        label=_("書類の写し"),
        help_text=_("PDF・JPEG・PNG、10MBまで"),
        error_messages={"required": _("ファイルを選んでください"), "empty": _("ファイルが空です")},
    )

    def __init__(self, *args: Any, papers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].choices = [("", _("そのほか")), *papers]  # type: ignore[attr-defined]


class PapersForm(forms.Form):
    """The checklist: for each paper the day it was got, or that the insurer does not want it."""

    def __init__(self, data: Any = None, *, papers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.names = [name for name, _title in papers]
        for name, title in papers:
            self.fields[f"got_{name}"] = DateField(label=gettext("%(paper)s: そろえた日") % {"paper": title})
            self.fields[f"unwanted_{name}"] = forms.BooleanField(
                label=gettext("%(paper)s: 求められていない") % {"paper": title}, required=False
            )

    @property
    def got(self) -> dict[str, dt.date | None]:
        return {name: self.cleaned_data[f"got_{name}"] for name in self.names}

    @property
    def unwanted(self) -> frozenset[str]:
        return frozenset(name for name in self.names if self.cleaned_data[f"unwanted_{name}"])
