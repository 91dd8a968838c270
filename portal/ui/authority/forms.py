"""The forms of the desk: ticks, remarks, decisions, letter, dispatch, receipt, replies. Not here: acts (actions)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mofa_requests.actions.conditions import LateItem
from mofa_requests.deputies import Mandate
from mofa_requests.documents.annex3 import Annex3Item
from mofa_requests.enums import Completeness, RemarkKind, ReplySource, Topic
from mofa_requests.models import Deputy, MofaRequest
from portal.dossier.types import Channel, Judgement, Letter, Tick, TickResult
from portal.kit import clock
from portal.kit.choices import LabelledEnum
from portal.kit.roles import Role
from portal.lawbook.edition import RosterForm, load_edition
from portal.ui.fields import SELECTED, ChoiceField, DateField, RadioChoices, Select, TextField
from portal.ui.labels import choices_of, label_of
from portal.ui.part_forms import PartForm, part_form

PROSE = 4000
LATE_ROWS = 3
"""Late items that one judgement offers room for."""
_UNREASONED = (Completeness.COMPLETE.value, Judgement.CLEAR.value)


def _prose(label: Any, *, hint: Any = "", required: bool = True, missing: Any = None) -> TextField:
    messages = {"required": missing or _("ここを書いてください")}
    return TextField(limit=PROSE, long=True, label=label, help_text=hint, required=required, error_messages=messages)


def _day(label: Any, *, hint: Any = "") -> DateField:
    return DateField(label=label, help_text=hint, required=True, error_messages={"required": _("日付を入れてください")})


def _one_of(vocabulary: type[LabelledEnum], label: Any) -> ChoiceField:
    return ChoiceField(
        choices=partial(choices_of, vocabulary),
        coerce=vocabulary,
        label=label,
        required=True,
        widget=RadioChoices,
        error_messages={"required": _("どれか一つを選んでください")},
    )


class PlainForm(forms.Form):
    """Base: the page says what is required; the browser does not stop a draft."""

    use_required_attribute = False


class TickSheetForm(PlainForm):
    """The officer's own tick and note on each of the seven items; every one starts empty."""

    def __init__(self, data: Any = None, *, ticks: Iterable[Tick] = (), failing: Collection[str] = ()) -> None:
        self.failing = failing
        held = {tick.item: tick for tick in ticks}
        initial: dict[str, Any] = {}
        for item in Annex3Item:
            tick = held.get(item.value)
            initial[f"result_{item.value}"] = tick.result if tick else None
            initial[f"note_{item.value}"] = tick.note if tick else None
        super().__init__(data, initial=initial)
        for item in Annex3Item:
            self.fields[f"result_{item.value}"] = ChoiceField(
                choices=choices_of(TickResult), coerce=TickResult, label=gettext("照合の結果"), widget=RadioChoices
            )
            self.fields[f"note_{item.value}"] = TextField(
                limit=PROSE, long=True, label=gettext("所見"), widget=forms.Textarea({"rows": 2, "maxlength": PROSE})
            )

    def pair(self, key: str) -> tuple[forms.BoundField, forms.BoundField]:
        """The two fields of one item."""
        return self[f"result_{key}"], self[f"note_{key}"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for item in Annex3Item:
            result, note = cleaned.get(f"result_{item.value}"), cleaned.get(f"note_{item.value}")
            if result is TickResult.PRESENT and item.value in self.failing and not note:
                words = gettext("規則では不備です。それでも「記載あり」とする理由を書いてください")
                self.add_error(f"note_{item.value}", words)
            if note and result is None and f"result_{item.value}" not in self.errors:
                self.add_error(f"result_{item.value}", gettext("所見を書いた項目は、照合の結果も選んでください"))
        return cleaned

    def ticks(self) -> tuple[Tick, ...]:
        """The items that were ticked."""
        given = [(item, self.cleaned_data.get(f"result_{item.value}")) for item in Annex3Item]
        return tuple(
            Tick(item=item.value, result=result, note=self.cleaned_data.get(f"note_{item.value}"))
            for item, result in given
            if result is not None
        )


class GroupedSelect(Select):
    """A drop-down with groups, printed in one go: a plan has some hundred places."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(map(str, self.format_value(value)))
        own = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        return format_html("<select{}>{}</select>", flatatt(own), self._printed(self.choices, chosen))

    def _printed(self, choices: Iterable[Any], chosen: set[str]) -> SafeString:
        return format_html_join("", "{}", ((self._entry(key, label, chosen),) for key, label in choices))

    def _entry(self, key: Any, label: Any, chosen: set[str]) -> SafeString:
        if isinstance(label, list):
            return format_html('<optgroup label="{}">{}</optgroup>', key, self._printed(label, chosen))
        mark = SELECTED if str(key) in chosen else ""
        return format_html('<option value="{}"{}>{}</option>', key, mark, label)


class RemarkForm(PlainForm):
    """A remark on one place of the plan."""

    pointer = ChoiceField(label=_("どこについて"), required=False, widget=GroupedSelect)
    kind = _one_of(RemarkKind, _("種類"))
    audience = ChoiceField(
        label=_("誰に見せるか"),
        choices=[("school", _("学校へ伝える")), ("internal", _("庁内だけの控え"))],
        required=True,
        widget=RadioChoices,
        initial="school",
    )
    text = _prose(_("内容"), missing=_("指摘の内容を書いてください"))

    def __init__(self, data: Any = None, *, places: Sequence[Any], at: str = "") -> None:
        super().__init__(data, initial={"pointer": at})
        self.fields["pointer"].choices = places  # type: ignore[attr-defined]


OWN_NAME = "own"


def _whose_decision(mandates: Sequence[Mandate], own: Role, holder: MofaRequest | None) -> ChoiceField:
    """In whose name a deputy decides; proposed is the colleague who has the plan in hand, else who may approve."""
    named = [(str(each.row.pk), gettext("%(who)sさんの代理として") % {"who": each.row.person}) for each in mandates]
    held = [each for each in mandates if holder is not None and each.row.person_id == holder.claimed_by_id]
    lends = [each for each in mandates if each.role is Role.AUTHORITY_APPROVER and own is not each.role]
    proposed = next((str(each.row.pk) for each in (*lends, *held)), OWN_NAME)
    return ChoiceField(
        choices=[*named, (OWN_NAME, gettext("自分の判断として"))],
        label=gettext("だれの判断か"),
        required=True,
        initial=proposed,
        widget=RadioChoices,
        error_messages={"required": _("どれか一つを選んでください")},
    )


class DecisionForm(PlainForm):
    """One of the two decisions; whoever may not approve is offered the unfavourable verdict alone."""

    reasons = _prose(_("理由・条件"), required=False)

    def __init__(
        self,
        topic: Topic,
        data: Any = None,
        *,
        may_approve: bool,
        mandates: Sequence[Mandate] = (),
        own: Role = Role.AUTHORITY_APPROVER,
        holder: MofaRequest | None = None,
    ) -> None:
        super().__init__(data, prefix=topic.value)
        vocabulary: type[LabelledEnum] = Completeness if topic is Topic.COMPLETENESS else Judgement
        unfavourable = {Completeness.INCOMPLETE.value, Judgement.REFUSED.value}
        offered = [choice for choice in choices_of(vocabulary) if may_approve or choice[0] in unfavourable]
        self.fields["verdict"] = ChoiceField(
            choices=offered,
            label=gettext("判断"),
            required=True,
            widget=RadioChoices,
            error_messages={"required": _("どれか一つを選んでください")},
        )
        self.fields["reasons"].help_text = (
            gettext("「漏れあり」のときは、その内容を書いてください。学校への指摘になります。")
            if topic is Topic.COMPLETENESS
            else gettext("「条件付き」は条件を、「不可」は理由を書いてください。不可の理由は学校への指摘になります。")
        )
        if mandates:
            self.fields["stead"] = _whose_decision(mandates, own, holder)
        self.order_fields(["stead", "verdict", "reasons"])
        self.rows = LATE_ROWS if topic is Topic.SAFETY and may_approve else 0
        for number in range(1, self.rows + 1):
            self.fields[f"late{number}_text"] = TextField(limit=400, label=gettext("後から届くもの"))
            self.fields[f"late{number}_on"] = DateField(label=gettext("届く期限"))

    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("stead", "verdict", "reasons") if name in self.fields]

    def in_stead(self, mandates: Sequence[Mandate]) -> Deputy | None:
        """The mandate that a valid form names; none when a person decides in their own name."""
        chosen = self.cleaned_data.get("stead")
        return next((each.row for each in mandates if str(each.row.pk) == chosen), None)

    def late_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The pairs of what comes later and its day."""
        return [(self[f"late{n}_text"], self[f"late{n}_on"]) for n in range(1, self.rows + 1)]

    def late_items(self) -> list[LateItem]:
        """The late items of a valid form."""
        given = [
            (self.cleaned_data[f"late{n}_text"], self.cleaned_data[f"late{n}_on"]) for n in range(1, self.rows + 1)
        ]
        return [LateItem(text, day) for text, day in given if text and day]

    def _check_late_items(self, cleaned: dict[str, Any]) -> None:
        """Each has both halves, its day still to come, and stands under a conditional judgement only."""
        for number in range(1, self.rows + 1):
            text, day = cleaned.get(f"late{number}_text"), cleaned.get(f"late{number}_on")
            if bool(text) != bool(day) and f"late{number}_on" not in self.errors:
                self.add_error(f"late{number}_on", gettext("届くものと期限は、両方書いてください"))
            if day is not None and day < clock.today():
                self.add_error(f"late{number}_on", gettext("今日か、今日より後の日を書いてください"))
            if text and cleaned.get("verdict") not in (Judgement.CONDITIONAL.value, None):
                self.add_error(f"late{number}_text", gettext("後から届くものを書けるのは「条件付き」のときだけです"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_late_items(cleaned)
        if cleaned.get("verdict") not in (*_UNREASONED, None) and not cleaned.get("reasons"):
            self.add_error("reasons", gettext("この判断には、理由か条件を書いてください"))
        return cleaned


class LetterForm(part_form(Letter)):  # type: ignore[misc]
    """The covering letter. Without number, date, addressee, sender and channel no letter can be fixed."""

    _NEEDED = ("number", "dated_on", "channel", "addressee", "sender_body", "sender_title")

    def __init__(self, data: Any = None, *, part: Letter, edition: str) -> None:
        super().__init__(data, part=part, prefix="letter")
        for name in self._NEEDED:
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = gettext("依頼書に必要です。記入してください")
        self.fields["channel"].choices = choices_of(Channel)
        self.fields["number"].help_text = gettext(
            "文書管理の番号です。同じ年に、ほかの依頼と同じ番号は使えません。例: 見教高第1024号"
        )
        self._offer_less_of_the_roster(load_edition(edition).roster.form)
        self.fields["wanted"].help_text = gettext("都市ごとに知りたいことを書けます。空けておくこともできます。")

    def _offer_less_of_the_roster(self, wanted: RosterForm) -> None:
        """An authority may send less than the edition wants, never more."""
        forms = [form.value for form in RosterForm]
        less = forms[forms.index(wanted.value) + 1 :]
        if not less:
            del self.fields["roster"]
            return
        field = self.fields["roster"]
        as_wanted = gettext("通知のとおり(%(form)s)") % {"form": label_of(wanted)}
        field.choices = [("", as_wanted), *((value, label) for value, label in field.choices if value in less)]
        field.help_text = gettext("通知が求めるより少なくする方だけを選べます。")


class CallForm(PlainForm):
    note = _prose(
        _("電話の相手と内容"),
        hint=_("相手の部署と氏名、伝えたこと、先方の返事。"),
        missing=_("電話の相手と内容を書いてください"),
    )


class ForwardForm(PlainForm):
    """That the packet went out: by which way, when, and what shows it."""

    channel = _one_of(Channel, _("送付方法"))
    sent_on = _day(_("送付日"))
    evidence = _prose(
        _("送付の証拠"),
        hint=_("送信した日時と宛先、書留の番号、送信控えの保管場所など。"),
        missing=_("送付の証拠を書いてください"),
    )


class ReceiptForm(PlainForm):
    received_on = _day(_("外務省が受け取った日"), hint=_("発送した日ではなく、届いた日です。"))
    evidence = _prose(
        _("受領を確かめた方法"),
        hint=_("受領の返信メール、電話の相手と日時など。"),
        missing=_("受領を確かめた方法を書いてください"),
    )


class ReplyForm(PlainForm):
    source = _one_of(ReplySource, _("どこから"))
    source_name = TextField(
        limit=200,
        label=_("部署・公館名"),
        required=True,
        help_text=_("例: 領事局領事サービスセンター"),
        error_messages={"required": _("部署か公館の名前を書いてください")},
    )
    received_on = _day(_("連絡を受けた日"))
    text = _prose(
        _("内容"),
        hint=_("学校の「経過・連絡」のページに、このまま表示されます。"),
        missing=_("連絡の内容を書いてください"),
    )

    def __init__(self, data: Any = None, *, on: dt.date) -> None:
        super().__init__(data, initial={"received_on": on})


__all__ = [
    "PROSE",
    "CallForm",
    "DecisionForm",
    "ForwardForm",
    "LetterForm",
    "PartForm",
    "ReceiptForm",
    "RemarkForm",
    "ReplyForm",
    "TickSheetForm",
]
