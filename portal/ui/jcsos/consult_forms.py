"""The forms of a consultation and of an article. Not here: acts (actions.consult, actions.articles)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jcsos.actions.articles import Text
from jcsos.enums import TicketTopic, VisitMeans
from portal.kit import clock
from portal.ui.fields import TextField
from portal.ui.jcsos.audit_forms import PlainForm, day, one_of, prose
from portal.vault.uploads import Upload

_LINE = 120


def upload_of(form: Any, name: str = "file") -> Upload | None:
    """The chosen file of a valid form, if one was chosen."""
    sent = form.cleaned_data.get(name)
    return Upload(sent.name, sent.read()) if sent else None


class PaperField(forms.FileField):
    """One page or picture; its kind and size are judged by the action."""

    def __init__(self, **more: Any) -> None:
        usual = {
            "label": _("ファイル"),
            "required": False,
            "help_text": _("PDF・JPEG・PNG、10MBまで。"),
            "error_messages": {"empty": _("ファイルが空です。内容のあるファイルを選んでください")},
        }
        super().__init__(**{**usual, **more})


class MessageForm(PlainForm):
    """One message, with or without a file."""

    text = prose(_("内容"), missing=_("内容を書いてください"))
    file = PaperField()


class AskForm(PlainForm):
    """A new consultation."""

    topic = one_of(TicketTopic, _("相談の種類"), radio=True)
    subject = TextField(
        limit=_LINE,
        label=_("件名"),
        required=True,
        help_text=_("例: 手配会社との契約で、取消料の負担をどう書くか"),
        error_messages={"required": _("件名を書いてください")},
    )
    text = prose(
        _("相談したいこと"),
        missing=_("相談したいことを書いてください"),
        hint=_("氏名や健康情報は、相談に要るときだけ書いてください。封をして保存します。"),
        rows=6,
    )
    file = PaperField()


class VisitForm(PlainForm):
    """That the two met."""

    means = one_of(VisitMeans, _("方法"))
    held_on = day(_("行った日"))
    text = prose(_("話したこと"), missing=_("話したことを書いてください"), rows=3)

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, initial={"held_on": clock.today(), "means": VisitMeans.THERE.value})


class ArticleForm(PlainForm):
    """An article for members, in words of its own."""

    topic = one_of(TicketTopic, _("分野"))
    title = TextField(
        limit=_LINE, label=_("題"), required=True, error_messages={"required": _("記事の題を書いてください")}
    )
    text = prose(
        _("本文"),
        missing=_("記事の本文を書いてください"),
        hint=_(
            "学校・人・旅行が分からないように書いてください。公開の前に、相談した学校の名簿の氏名が無いことを確かめます。"
        ),
        rows=10,
    )

    @property
    def written(self) -> Text:
        given = self.cleaned_data
        return Text(given["topic"], given["title"], given["text"])
