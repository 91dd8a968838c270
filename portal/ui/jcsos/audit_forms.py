"""The forms of an audit: campaign, verdict, finding, days, reply, correction, evidence. Not here: acts."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jcsos.actions.campaigns import Plan
from jcsos.enums import Due, Gravity, Population, Verdict
from jcsos.rules.criteria import RULE_SETS, Criterion
from portal.kit import clock
from portal.kit.choices import LabelledEnum
from portal.ui.fields import ChoiceField, DateField, NumberField, RadioChoices, TextField
from portal.ui.labels import choices_of, speaks_english

PROSE = 4000
_USUAL_PERCENT, _USUAL_FLOOR, _USUAL_CAP = 10, 3, 30
_MOST_SEED = 2**62


def prose(label: Any, *, missing: Any, hint: Any = "", rows: int = 4) -> TextField:
    """A text that has to be written."""
    widget = forms.Textarea({"rows": rows, "maxlength": PROSE})
    messages = {"required": missing}
    return TextField(
        limit=PROSE, long=True, label=label, help_text=hint, required=True, widget=widget, error_messages=messages
    )


def day(label: Any, *, hint: Any = "") -> DateField:
    """A day that has to be given."""
    return DateField(label=label, help_text=hint, required=True, error_messages={"required": _("日付を入れてください")})


def one_of(vocabulary: type[LabelledEnum], label: Any, *, radio: bool = False, **more: Any) -> ChoiceField:
    """One member of a vocabulary."""
    widget = {"widget": RadioChoices} if radio else {}
    return ChoiceField(
        choices=partial(choices_of, vocabulary),
        coerce=vocabulary,
        label=label,
        required=True,
        error_messages={"required": _("どれか一つを選んでください")},
        **widget,
        **more,
    )


class PlainForm(forms.Form):
    """Base: the page says what is required; the browser does not stop a draft."""

    use_required_attribute = False


class CampaignForm(PlainForm):
    """A campaign to be planned; ``plan`` is the outcome of a valid form."""

    title = TextField(
        limit=120,
        label=_("監査の名称"),
        required=True,
        help_text=_("例: 令和8年度 秋の海外修学旅行の監査"),
        error_messages={"required": _("監査の名称を書いてください")},
    )
    period_from = day(_("出発日の期間の始まり"))
    period_to = day(_("出発日の期間の終わり"))
    population = one_of(Population, _("母集団"), radio=True)
    rule_set = ChoiceField(label=_("基準"), required=True, widget=RadioChoices)
    percent = NumberField(label=_("抽出する割合(%)"), least=1, most=100, required=True)
    floor = NumberField(label=_("少なくとも(件)"), least=1, most=1000, required=True)
    cap = NumberField(label=_("多くとも(件)"), least=1, most=1000, required=True)
    seed = NumberField(
        label=_("乱数の種"),
        most=_MOST_SEED,
        help_text=_("空のままなら、こちらで決めて画面に表示します。同じ種と同じ母集団からは、いつも同じ対象が出ます。"),
    )

    def __init__(self, data: Any = None) -> None:
        usual = {
            "population": Population.ALL.value,
            "rule_set": RULE_SETS[0].key,
            "percent": _USUAL_PERCENT,
            "floor": _USUAL_FLOOR,
            "cap": _USUAL_CAP,
        }
        super().__init__(data, initial=usual)
        sets = [(known.key, known.english if speaks_english() else known.title) for known in RULE_SETS]
        self.fields["rule_set"].choices = sets  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        start, end = given.get("period_from"), given.get("period_to")
        if start and end and end < start:
            self.add_error("period_to", gettext("期間の終わりは、始まりの日か、その後の日にしてください"))
        if (given.get("floor") or 0) > (given.get("cap") or _MOST_SEED):
            self.add_error("cap", gettext("「多くとも」は「少なくとも」と同じか、それより大きい数にしてください"))
        return given

    @property
    def plan(self) -> Plan:
        return Plan(**self.cleaned_data)


class DueForm(PlainForm):
    """A day by which something is asked for."""

    due_on = day(_("期限"))

    def __init__(self, data: Any = None, *, days: int = 14, label: Any = None, prefix: str | None = None) -> None:
        super().__init__(data, prefix=prefix, initial={"due_on": clock.today() + dt.timedelta(days=days)})
        if label:
            self.fields["due_on"].label = label


class MoveDayForm(PlainForm):
    """A deadline moved, with the reason that is told to the school."""

    to = day(_("新しい期限"))
    reason = prose(_("変える理由(学校に知らせます)"), missing=_("期限を変える理由を書いてください"), rows=2)


class MoveForm(MoveDayForm):
    """One of an audit's own deadlines moved."""

    due = forms.ChoiceField(choices=partial(choices_of, Due), widget=forms.HiddenInput)


class MoreForm(PlainForm):
    """More evidence asked for."""

    what = prose(_("追加してほしい資料"), missing=_("どの資料を追加してほしいかを書いてください"), rows=2)
    due_on = day(_("新しい期限"))


class VerdictForm(PlainForm):
    """The verdict on one criterion, each form under its own prefix."""

    verdict = one_of(Verdict, _("評価"))
    note = TextField(
        limit=PROSE, long=True, label=_("理由・メモ"), widget=forms.Textarea({"rows": 2, "maxlength": PROSE})
    )


class FindingForm(PlainForm):
    """A finding to be written."""

    gravity = one_of(Gravity, _("重さ"), radio=True, help_text=_("「重大」は、別の評価者が確かめてから送ります。"))
    text = prose(_("指摘"), missing=_("指摘の内容を書いてください"), hint=_("氏名は書かないでください。"))

    def __init__(self, data: Any = None, *, criteria: list[Criterion]) -> None:
        super().__init__(data)
        titles = [
            (known.code, f"{known.code} {known.english if speaks_english() else known.title}") for known in criteria
        ]
        chosen = ChoiceField(choices=titles, label=gettext("項目"), required=True)
        self.fields = {"criterion": chosen, **self.fields}


class ReasonForm(PlainForm):
    """Why something is taken back."""

    reason = prose(_("理由"), missing=_("理由を書いてください"), rows=2)


class UpholdForm(PlainForm):
    """What is to be mended, by whom, until when."""

    correction = prose(_("直してほしいこと"), missing=_("何を直してほしいかを書いてください"), rows=2)
    owner = TextField(
        limit=120,
        label=_("直す人(役職)"),
        required=True,
        help_text=_("例: 教頭"),
        error_messages={"required": _("学校のどの役職の人が直すかを書いてください(例: 教頭)")},
    )
    due_on = day(_("期限"))


class RefuseForm(PlainForm):
    """Why a correction does not hold, and the new day."""

    reason = prose(_("足りないこと"), missing=_("何が足りないかを書いてください"), rows=2)
    due_on = day(_("新しい期限"))


class ReplyForm(PlainForm):
    """The school's right of reply."""

    text = prose(
        _("学校の意見"),
        missing=_("意見を書いてください"),
        hint=_("異議がないときは「異議ありません」と書いてください。"),
    )


class CorrectionForm(PlainForm):
    """What the school mended."""

    text = prose(_("是正の報告"), missing=_("何をどう直したかを書いてください"), hint=_("氏名は書かないでください。"))


class EvidenceForm(PlainForm):
    """A statement, a file, or both; the criterion is the prefix."""

    statement = TextField(
        limit=PROSE, long=True, label=_("説明"), widget=forms.Textarea({"rows": 2, "maxlength": PROSE}),
        help_text=_("生徒の氏名や健康情報は書かないでください。"),
    )  # fmt: skip
    file = forms.FileField(
        label=_("ファイル"),
        required=False,
        help_text=_("PDF・JPEG・PNG、10MBまで。氏名と健康情報は消してから選んでください。"),
        error_messages={"empty": _("ファイルが空です。内容のあるファイルを選んでください")},
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("statement") and not given.get("file") and not self.errors:
            raise ValidationError(gettext("説明を書くか、ファイルを選んでください"))
        return given
