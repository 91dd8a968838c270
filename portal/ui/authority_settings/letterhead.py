"""The page of an authority's letterhead: what prints now, and (for the approver) a new version with or without a seal.

Not here: saving (mofa_requests.actions.letterhead), drawing it on the paper (mofa_requests.documents.letterhead).
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from mofa_requests.actions.authority import may_set_rules
from mofa_requests.actions.letterhead import head_from, letterheads_of, save_letterhead
from mofa_requests.documents.letterhead import Head
from mofa_requests.models import Letterhead
from mofa_requests.models.letterhead import MOST_TEXT
from portal.accounts.access import members
from portal.accounts.acting import actor_of
from portal.accounts.models import Membership
from portal.kit.machine import Refused
from portal.kit.pictures import MOST_BYTES
from portal.kit.roles import Role
from portal.ui.authority_settings.pages import OFFICERS
from portal.ui.fields import TextField
from portal.ui.messages import announce
from portal.ui.typed import sentence_of
from portal.vault.files import FileLost


class LetterheadForm(forms.Form):
    """``base_version`` is the newest version its author saw (0: none)."""

    use_required_attribute = False

    base_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = TextField(
        limit=MOST_TEXT,
        long=True,
        label=_("発信機関の名前の下に刷る行"),
        help_text=_("住所や代表電話など。2行まで、1行50字まで。空けておくこともできます。"),
    )
    picture = forms.FileField(
        label=_("公印の画像"),
        help_text=_(
            "白い紙に押した印を300dpi以上で読み取ったPNGかJPEG。5MBまで。黒の点だけにして、24mmの大きさで刷ります。"
        ),
        required=False,
        error_messages={"empty": _("ファイルが空です。画像を選び直してください")},
    )
    drop_seal = forms.BooleanField(
        label=_("公印の画像を使うのをやめる"),
        help_text=_("これから確定する依頼書では、印を押す場所を空けておきます。"),
        required=False,
    )

    def clean_picture(self) -> UploadedFile | None:
        sent: UploadedFile | None = self.cleaned_data["picture"]
        if sent is not None and (sent.size or 0) > MOST_BYTES:
            raise forms.ValidationError(gettext("画像が5MBを超えています。小さくして保存し直してください"))
        return sent

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("picture") and cleaned.get("drop_seal"):
            self.add_error("drop_seal", gettext("新しい画像を選ぶか、やめるか、どちらか一つにしてください"))
        return cleaned


@members(OFFICERS, purpose="依頼書の体裁を見る")
@require_safe
def letterhead_page(request: HttpRequest) -> HttpResponse:
    """What prints now, the versions before, and the form for the approver."""
    return _page(request, None)


@members((Role.AUTHORITY_APPROVER,), purpose="依頼書の体裁を決める")
@require_POST
def save_head(request: HttpRequest) -> HttpResponse:
    """Add a version."""
    membership: Membership = request.membership  # type: ignore[attr-defined]
    form = LetterheadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    given = form.cleaned_data
    try:
        saved = save_letterhead(
            membership.org,
            given["text"] or "",
            picture=given["picture"].read() if given["picture"] else None,
            keep_seal=not given["drop_seal"],
            base_version=given["base_version"],
            by=actor_of(membership),
        )
    except (Refused, FileLost) as refused:
        form.add_error(None, _words_of(refused))
        return _page(request, form)
    words = gettext("依頼書の体裁(第%(n)d版)を保存しました。これから確定する依頼書に刷ります。")
    announce(request, words % {"n": saved.version})
    return redirect("mofa_requests:letterhead")


def _words_of(refused: Refused | FileLost) -> str:
    if isinstance(refused, Refused):
        return sentence_of(refused)
    return gettext("保存した印影を読み出せません。公印の画像をもう一度選んでください")


def _page(request: HttpRequest, form: LetterheadForm | None) -> HttpResponse:
    membership: Membership = request.membership  # type: ignore[attr-defined]
    versions = letterheads_of(membership.org)
    newest = versions[0] if versions else None
    may_write = may_set_rules(membership.org) and membership.role_kind is Role.AUTHORITY_APPROVER
    initial = {"base_version": newest.version if newest else 0, "text": newest.text if newest else ""}
    context = {
        "org": membership.org,
        "sends": may_set_rules(membership.org),
        "newest": newest,
        "head": _head(newest),
        "versions": versions,
        "form": (form or LetterheadForm(initial=initial)) if may_write else None,
    }
    return render(request, "authority_settings/letterhead.html", context, status=422 if form else 200)


def _head(row: Letterhead | None) -> Head | None:
    """The version as it prints; one whose seal is lost shows without it, and the page says so."""
    if row is None:
        return None
    try:
        return head_from(row)
    except FileLost:
        return Head(row.text)
