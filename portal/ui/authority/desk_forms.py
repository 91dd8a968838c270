"""Forms about the desk itself: the day of a correction, late items and their arrival, a colleague who takes over.

Not here: ticks, remarks, decisions and the papers of sending (forms).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mofa_requests.enums import FaxState, InquiryKind
from mofa_requests.forecast import open_days_from
from portal.accounts.models import Membership
from portal.ui.fields import ChoiceField, DateField, NumberField, RadioChoices, TextField
from portal.ui.labels import choices_of, label_of

CORRECTION_DAYS = 5
"""Open days that a school is usually given for a correction; a proposal, the officer may set any day."""
_PROSE = 4000


class ReturnForm(forms.Form):
    """Until when the corrected plan is wanted back; empty means no day is set."""

    use_required_attribute = False
    due_on = DateField(
        label=_("直しの期限"),
        help_text=_("学校の画面に表示し、近づくと学校へ知らせます。空けると期限を示しません。"),
    )

    def __init__(self, data: Any = None, *, on: dt.date, latest: dt.date | None) -> None:
        usual = open_days_from(on, CORRECTION_DAYS + 1)[-1]
        super().__init__(data, initial={"due_on": min(usual, max(latest, on)) if latest else usual})
        self.on = on

    def clean_due_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["due_on"]
        if day is not None and day < self.on:
            raise ValidationError(gettext("今日か、今日より後の日を書いてください"))
        return day


class ArrivalForm(forms.Form):
    """What came of a late item, or why it is no longer needed."""

    use_required_attribute = False
    condition = forms.UUIDField(widget=forms.HiddenInput)
    note = TextField(
        limit=_PROSE,
        label=_("届いたもの、または不要になった理由"),
        required=True,
        error_messages={"required": _("何が届いたか、または不要になった理由を書いてください")},
    )


class HandOverForm(forms.Form):
    """Which colleague takes the review over."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, colleagues: Sequence[Membership]) -> None:
        super().__init__(data)
        self.colleagues = {str(each.pk): each for each in colleagues}
        named = [
            (key, f"{each.user} ({each.title or label_of(each.role_kind)})") for key, each in self.colleagues.items()
        ]
        self.fields["to"] = ChoiceField(
            choices=[("", gettext("選んでください")), *named],
            label=gettext("引き継ぐ相手"),
            required=True,
            error_messages={"required": _("引き継ぐ相手を選んでください")},
        )

    @property
    def colleague(self) -> Membership:
        return self.colleagues[self.cleaned_data["to"]]


class MailForm(forms.Form):
    """A packet to be mailed by the portal: to whom, with which words."""

    use_required_attribute = False
    to = TextField(
        limit=400,
        label=_("宛先のメールアドレス"),
        required=True,
        help_text=_("二つ以上あるときは「,」で区切ります。"),
        error_messages={"required": _("宛先のメールアドレスを書いてください")},
    )
    subject = TextField(
        limit=200, label=_("件名"), required=True, error_messages={"required": _("件名を書いてください")}
    )
    body = TextField(
        limit=_PROSE, long=True, label=_("本文"), required=True, error_messages={"required": _("本文を書いてください")}
    )

    @property
    def recipients(self) -> list[str]:
        """The addresses, each once, in the order written."""
        typed = self.cleaned_data["to"].replace("、", ",").replace("，", ",").replace("\n", ",").split(",")
        return list(dict.fromkeys(address.strip() for address in typed if address.strip()))


class SettleForm(forms.Form):
    """What became of a mail nobody knows of."""

    use_required_attribute = False
    arrived = ChoiceField(
        label=_("外務省に届いていましたか"),
        choices=[("yes", _("届いていた")), ("no", _("届いていない"))],
        required=True,
        widget=RadioChoices,
        error_messages={"required": _("どちらかを選んでください")},
    )
    note = TextField(
        limit=_PROSE,
        label=_("どのように確かめたか"),
        required=True,
        error_messages={"required": _("どのように確かめたかを書いてください")},
    )


class FaxForm(forms.Form):
    """The number one fax goes to."""

    use_required_attribute = False
    number = TextField(
        limit=32,
        label=_("ファックス番号"),
        required=True,
        help_text=_("市外局番から書きます。外務省の窓口に電話で確かめてください。"),
        error_messages={"required": _("ファックス番号を書いてください")},
    )


class FaxOutcomeForm(forms.Form):
    """What became of a fax, and what shows it."""

    use_required_attribute = False
    outcome = ChoiceField(
        label=_("ファックスは届きましたか"),
        choices=[
            (FaxState.ARRIVED.value, _("届いた(送付を記録する)")),
            (FaxState.FAILED.value, _("届かなかった")),
            (FaxState.UNKNOWN.value, _("わからない(電話で確かめる)")),
        ],
        coerce=FaxState,
        required=True,
        widget=RadioChoices,
        error_messages={"required": _("どれか一つを選んでください")},
    )
    sent_on = DateField(label=_("送付日"), required=True, error_messages={"required": _("日付を入れてください")})
    note = TextField(
        limit=_PROSE,
        label=_("どのように確かめたか"),
        required=True,
        help_text=_("送信結果票の時刻と枚数、電話で確かめた相手など。"),
        error_messages={"required": _("どのように確かめたかを書いてください")},
    )


class InquiryForm(forms.Form):
    """A question to the ministry or a call, with its answer if there was one."""

    use_required_attribute = False
    kind = ChoiceField(
        label=_("種類"),
        choices=partial(choices_of, InquiryKind),
        coerce=InquiryKind,
        required=True,
        widget=RadioChoices,
        error_messages={"required": _("どれか一つを選んでください")},
    )
    desk = TextField(
        limit=200,
        label=_("問い合わせた先"),
        required=True,
        error_messages={"required": _("問い合わせた先を書いてください")},
    )
    asked_on = DateField(
        label=_("問い合わせた日"), required=True, error_messages={"required": _("日付を入れてください")}
    )
    question = TextField(
        limit=_PROSE,
        long=True,
        label=_("問い合わせた内容"),
        required=True,
        error_messages={"required": _("問い合わせた内容を書いてください")},
    )
    answer = TextField(limit=_PROSE, long=True, label=_("回答"), help_text=_("まだなければ空けておきます。"))

    def __init__(self, data: Any = None, *, on: dt.date, kind: InquiryKind | None = None) -> None:
        super().__init__(data, prefix="ask", initial={"asked_on": on, "kind": kind})


class AnswerForm(forms.Form):
    """The answer to a question that was recorded before."""

    use_required_attribute = False
    inquiry = forms.UUIDField(widget=forms.HiddenInput)
    answer = TextField(
        limit=_PROSE, long=True, label=_("回答"), required=True, error_messages={"required": _("回答を書いてください")}
    )


class SeriesForm(forms.Form):
    """How this business year's document numbers look, and which was used last."""

    use_required_attribute = False
    pattern = TextField(
        limit=60,
        label=_("番号の形"),
        required=True,
        help_text=_("番号の入る所に{n}と書きます。例: 7教高第{n}号"),
        error_messages={"required": _("番号の形を書いてください")},
    )
    last = NumberField(label=_("最後に使った番号"), most=99_999)


class DeputyForm(forms.Form):
    """Who stands in for whom, from when until when. ``absent`` are those one may name a deputy for."""

    use_required_attribute = False

    def __init__(
        self,
        data: Any = None,
        *,
        absent: Sequence[Membership],
        officers: Sequence[Membership],
        own: Membership,
        on: dt.date,
    ) -> None:
        super().__init__(data, initial={"person": str(own.pk), "from_on": on})
        self.people = {str(each.pk): each for each in (*officers, *absent)}
        self.officers = [each for each in officers if len(absent) > 1 or each.user_id != own.user_id]
        self.fields["person"] = self._of_people(gettext("不在の人"), absent, gettext("不在の人を選んでください"))
        self.fields["deputy"] = self._of_people(
            gettext("代理の人"), self.officers, gettext("代理の人を選んでください"), empty=True
        )
        for name, label in (("from_on", gettext("始まりの日")), ("until_on", gettext("終わりの日"))):
            missing = gettext("日付を入れてください")
            self.fields[name] = DateField(label=label, required=True, error_messages={"required": missing})

    @property
    def person(self) -> Membership:
        return self.people[self.cleaned_data["person"]]

    @property
    def deputy(self) -> Membership:
        return self.people[self.cleaned_data["deputy"]]

    @staticmethod
    def _of_people(label: str, people: Sequence[Membership], missing: str, *, empty: bool = False) -> ChoiceField:
        named = [(str(each.pk), f"{each.user} ({each.title or label_of(each.role_kind)})") for each in people]
        first = [("", gettext("選んでください"))] if empty else []
        return ChoiceField(choices=[*first, *named], label=label, required=True, error_messages={"required": missing})
