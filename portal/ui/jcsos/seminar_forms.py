"""The forms of seminars: announcement, calling off, materials, registering somebody. Not here: acts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jcsos.actions.seminars import Announcement
from jcsos.models import Seminar
from portal.kit import clock
from portal.ui.fields import MomentField, NumberField, TextField
from portal.ui.jcsos.audit_forms import PlainForm, day, prose
from portal.vault.uploads import Upload

_MOST_PLACES = 2000


def _moment(label: Any, hint: Any = "") -> MomentField:
    return MomentField(
        label=label, help_text=hint, required=True, error_messages={"required": _("日付と時刻を入れてください")}
    )


class SeminarForm(PlainForm):
    """A seminar; ``said`` is the outcome of a valid form. Times are Japan's."""

    title = TextField(limit=200, label=_("題名"), required=True, error_messages={"required": _("題名を書いてください")})
    text = prose(_("内容"), missing=_("内容を書いてください"), hint=_("対象、話す内容、持ち物など。"), rows=8)
    venue = TextField(
        limit=200,
        label=_("会場"),
        required=True,
        help_text=_("オンラインなら「オンライン」。会議のURLは、資料か申込み後の連絡で伝えます。"),
        error_messages={"required": _("会場を書いてください。オンラインなら「オンライン」と書いてください")},
    )
    starts_at = _moment(_("始まり(日本時間)"), _("例: 2027/1/20 14:00"))
    ends_at = _moment(_("終わり(日本時間)"), _("例: 2027/1/20 16:00"))
    places = NumberField(
        label=_("席の数(人)"), least=1, most=_MOST_PLACES, required=True,
        error_messages={"required": _("席の数を入れてください")},
    )  # fmt: skip
    apply_until = day(_("申込みの期限"))

    @classmethod
    def of(cls, seminar: Seminar) -> SeminarForm:
        """The form of a stored seminar."""
        names = ("title", "text", "venue", "places", "apply_until")
        moments = {name: _local(getattr(seminar, name)) for name in ("starts_at", "ends_at")}
        return cls(initial={**{name: getattr(seminar, name) for name in names}, **moments})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        start, end, until = given.get("starts_at"), given.get("ends_at"), given.get("apply_until")
        if start and end and end <= start:
            self.add_error("ends_at", gettext("終わる時刻は、始まる時刻より後にしてください"))
        if start and until and until > start.date():
            self.add_error("apply_until", gettext("申込みの期限は、開催の日までにしてください"))
        return given

    @property
    def said(self) -> Announcement:
        """What was written, with instants."""
        given = dict(self.cleaned_data)
        return Announcement(
            **{**given, "starts_at": _instant(given["starts_at"]), "ends_at": _instant(given["ends_at"])}
        )


class CallOffForm(PlainForm):
    """Why a seminar does not take place."""

    reason = prose(
        _("中止する理由"), missing=_("中止する理由を書いてください。申し込んだ学校に見えます"),
        hint=_("申し込んだ学校に見えます。"), rows=2,
    )  # fmt: skip


class MaterialForm(PlainForm):
    """A file for those who attend."""

    file = forms.FileField(
        label=_("資料"),
        help_text=_("PDF・JPEG・PNG、10MBまで。席のある人の学校だけが開けます。"),
        error_messages={
            "required": _("ファイルを選んでください"),
            "empty": _("ファイルが空です。内容のあるファイルを選んでください"),
        },
    )

    @property
    def upload(self) -> Upload:
        sent = self.cleaned_data["file"]
        return Upload(sent.name, sent.read())


class SeatForm(PlainForm):
    """One member of staff to be registered."""

    name = TextField(
        limit=120,
        label=_("出席する人の氏名"),
        required=True,
        help_text=_("修了証にこのとおり印字します。"),
        error_messages={"required": _("出席する人の氏名を書いてください")},
    )
    duty = TextField(
        limit=80,
        label=_("職名"),
        required=True,
        help_text=_("例: 教諭、教頭"),
        error_messages={"required": _("出席する人の職名を書いてください(例: 教諭)")},
    )


def _local(at: dt.datetime) -> dt.datetime:
    return at.astimezone(clock.TOKYO).replace(tzinfo=None)


def _instant(local: dt.datetime) -> dt.datetime:
    return local.replace(tzinfo=clock.TOKYO)
