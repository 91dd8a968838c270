"""The forms of circulars: text and recipients, search, when to send, a returned mail. Not here: acts."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jcsos.actions.circulars import Text
from jcsos.enums import Reach
from jcsos.models import Circular
from jcsos.rules.circulars import OFFICIAL_HOST, is_official
from portal.dossier.types import SchoolKind
from portal.kit import clock
from portal.ui.country_fields import CountriesField, CountryField
from portal.ui.fields import KeysField, MomentField, TextField
from portal.ui.jcsos.audit_forms import PROSE, PlainForm, one_of, prose
from portal.ui.labels import choices_of

_LONG = 2 * PROSE


class CircularForm(PlainForm):
    """A circular; ``text_given`` is the outcome of a valid form, ``version`` what the writer had before them."""

    title = TextField(limit=200, label=_("題名"), required=True, error_messages={"required": _("題名を書いてください")})
    text = TextField(
        limit=_LONG,
        long=True,
        label=_("内容"),
        required=True,
        widget=forms.Textarea({"rows": 12, "maxlength": _LONG}),
        help_text=_("個人の氏名や電話番号は書かないでください。"),
        error_messages={"required": _("内容を書いてください")},
    )
    countries = CountriesField(
        label=_("国・地域"),
        help_text=_("選んだ国・地域へ行く旅行の作業台に、このお知らせが出ます。"),
    )
    official_url = TextField(
        limit=300,
        label=_("外務省の海外安全情報へのリンク"),
        help_text=_("海外安全ホームページ(https://www.anzen.mofa.go.jp/)のページのURLだけを入れられます。"),
    )
    reach = one_of(Reach, _("送り先"), radio=True, help_text=_("旅行は、閲覧に同意した会員校のものだけを見ます。"))
    kinds = KeysField(
        label=_("学校の種類"),
        choices=partial(choices_of, SchoolKind),
        help_text=_("選ばなければ、すべての種類に送ります。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def of(cls, circular: Circular) -> CircularForm:
        """The form of a stored draft."""
        names = ("title", "text", "countries", "official_url", "reach", "kinds", "version")
        return cls(initial={name: getattr(circular, name) for name in names})

    def clean_official_url(self) -> str:
        url = self.cleaned_data["official_url"] or ""
        if url and not is_official(url):
            raise forms.ValidationError(
                gettext("https://%(host)s/ で始まるURLを入れてください") % {"host": OFFICIAL_HOST}
            )
        return url

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("reach") is Reach.GOING and not given.get("countries") and "countries" not in self.errors:
            self.add_error("countries", gettext("旅行のある会員校に送るときは、国・地域を一つ以上選んでください"))
        return given

    @property
    def text_given(self) -> Text:
        """What was written."""
        return Text(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class ArchiveForm(PlainForm):
    """The search of an archive; it posts nothing."""

    q = TextField(
        limit=100, label=_("ことば"), help_text=_("題名と内容から、空白で区切ったことばをすべて含むものを探します。")
    )
    country = CountryField(label=_("国・地域"))


class SendForm(PlainForm):
    """When to send."""

    goes_at = MomentField(label=_("送る日時(日本時間)"), help_text=_("例: 2026/12/1 9:00。空ければ、すぐ送ります。"))

    @property
    def instant(self) -> dt.datetime | None:
        local = self.cleaned_data["goes_at"]
        return local.replace(tzinfo=clock.TOKYO) if local else None


class BackForm(PlainForm):
    """Why a draft goes back to its writer."""

    reason = prose(_("書き直してほしいこと"), missing=_("どこを書き直してほしいかを書いてください"), rows=2)


class ReturnedForm(PlainForm):
    """A returned mail as a file."""

    file = forms.FileField(
        label=_("戻ってきたメール(.eml)"),
        help_text=_("届かなかったことを知らせるメールを、メールソフトで「名前を付けて保存」したファイルです。"),
        error_messages={
            "required": _("ファイルを選んでください"),
            "empty": _("ファイルが空です。内容のあるファイルを選んでください"),
        },
    )
