"""Forms about the desk itself: the day of a correction, late items and their arrival, a colleague who takes over.

Not here: ticks, remarks, decisions and the papers of sending (forms).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mofa_requests.forecast import open_days_from
from portal.accounts.models import Membership
from portal.ui.fields import ChoiceField, DateField, TextField
from portal.ui.labels import label_of

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
