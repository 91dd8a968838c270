"""The import of a roster file: sent, read in its cage, shown row by row, applied as one undoable batch.

Between preview and apply the file waits sealed in private storage under its digest; ``purge`` removes it after a day.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mofa_requests.actions.plan import NotEditable, require_editable
from portal.dossier.types import Participant as PersonPart
from portal.kit.digest import sha256_hex
from portal.ui.labels import choices_of, speaks_english
from portal.ui.messages import announce, refuse
from portal.ui.school.doors import STAFF, TripPage, trip_page
from portal.ui.school.standing import look_at
from portal.vault.files import FileLost, fetch, keep
from portal.vault.keyring import cipher_for
from trips.actions.roster import CannotUndo, Newcomer, apply_import, undo_import
from trips.queries import batches_of, roster_of
from trips.roster.columns import RosterField
from trips.roster.errorfile import error_file
from trips.roster.preview import RosterPreview, read_roster
from trips.roster.refusals import FileRefused
from trips.roster.verdicts import KeptRow

MAX_BYTES = 10 * 1024 * 1024


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("名簿のファイル"),
        help_text=_("Excel(.xlsx .xls .ods)かCSV。10MBまで、2,000人まで。見出しの位置や列の順は問いません"),
        error_messages={
            "required": _("ファイルを選んでから「読み取る」を押してください"),
            "empty": _("ファイルが空です。名簿を書いて保存し直したファイルを選んでください"),
        },
    )

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if sent.size > MAX_BYTES:
            raise forms.ValidationError(_("ファイルが10MBを超えています。名簿のシートだけを別のファイルにしてください"))
        return sent


class WaitingFile(forms.Form):
    """Which sealed upload a preview speaks of, and the choices made about it."""

    digest = forms.RegexField(r"^[0-9a-f]{64}$")
    filename = forms.CharField(max_length=300)
    sheet = forms.CharField(required=False)


@trip_page(STAFF, purpose="名簿のファイルを取り込む")
def upload(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Choose a file; reading it shows the preview."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        data = sent.read()
        digest = sha256_hex(data)
        keep(data, name=_place(page, digest), cipher=cipher_for(page.trip.pk))
        return _preview(request, page, data, filename=sent.name, digest=digest)
    context = page.context(
        "workspace", form=form, batches=list(batches_of(page.trip)[:10]), crumbs=_crumbs(page, gettext("取込み"))
    )
    return render(request, "school/import.html", context, status=422 if form.errors else 200)


@trip_page(STAFF, purpose="取込みの見本を見直す、取り込む、誤りの行を受け取る")
def decide(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Read the waiting file again with the chosen columns; then show, apply, or give the refused rows back."""
    waiting = WaitingFile(request.POST or None)
    if request.method != "POST" or not waiting.is_valid():
        return redirect(page.url("import"))
    chosen = waiting.cleaned_data
    try:
        data = fetch(name=_place(page, chosen["digest"]), sha256=chosen["digest"], cipher=cipher_for(page.trip.pk))
    except FileLost:
        refuse(request, gettext("送ったファイルの預かり期限(1日)が過ぎました。もう一度ファイルを選んでください。"))
        return redirect(page.url("import"))
    if "apply" in request.POST:
        return _apply(request, page, data, chosen)
    if "errors" in request.POST:
        return _give_back(request, page, data, chosen)
    return _preview(request, page, data, filename=chosen["filename"], digest=chosen["digest"])


@trip_page(STAFF, purpose="名簿の取込みを取り消す")
def undo(request: HttpRequest, page: TripPage, batch_id: UUID) -> HttpResponseBase:
    """Make the roster what it was before one import."""
    batch = batches_of(page.trip).filter(pk=batch_id).first()
    if batch is None:
        raise Http404
    if request.method == "POST":
        try:
            require_editable(page.trip)
            undo_import(batch, by=page.actor, cipher=cipher_for(page.trip.pk))
            announce(request, gettext("取込みを取り消し、名簿を元に戻しました。"))
        except CannotUndo:
            refuse(request, gettext("この取込みの後に別の取込みがあります。新しいものから順に取り消してください。"))
        except NotEditable:
            refuse(request, gettext("この計画はいま書き換えられません。"))
    return redirect(page.url("roster"))


def _read(request: HttpRequest, page: TripPage, data: bytes, filename: str) -> RosterPreview:
    standing = look_at(page)
    mapping = {
        name.removeprefix("column-"): value for name, value in request.POST.items() if name.startswith("column-")
    }
    known = {field.value for field in RosterField}
    return read_roster(
        data,
        filename,
        mapping={letters: field for letters, field in mapping.items() if field in known or field == ""},
        sheet=request.POST.get("sheet") or None,
        existing=standing.dossier.participants,
        groups={group.name: group.key for group in standing.dossier.groups if group.name},
        expected=standing.dossier.outline.party.total,
    )


def _preview(request: HttpRequest, page: TripPage, data: bytes, *, filename: str, digest: str) -> HttpResponse:
    try:
        preview = _read(request, page, data, filename)
    except FileRefused as refused:
        return _refused(request, page, refused)
    context = page.context(
        "workspace",
        preview=preview,
        digest=digest,
        fields=[("", gettext("読まない")), *choices_of(RosterField)],
        columns=preview.columns,
        shown=preview.kept[:20],
        refused=preview.refused[:100],
        skipped=preview.skipped[:50],
        english=speaks_english(),
        crumbs=_crumbs(page, gettext("取込みの確認")),
    )
    return render(request, "school/import_preview.html", context)


def _refused(request: HttpRequest, page: TripPage, refused: FileRefused) -> HttpResponse:
    said = refused.explanation
    words = said.english if speaks_english() else f"{said.message} {said.mend}"
    form = UploadForm()
    context = page.context(
        "workspace",
        form=form,
        problem=words,
        batches=list(batches_of(page.trip)[:10]),
        crumbs=_crumbs(page, gettext("取込み")),
    )
    return render(request, "school/import.html", context, status=422)


def _apply(request: HttpRequest, page: TripPage, data: bytes, chosen: dict[str, Any]) -> HttpResponseBase:
    try:
        require_editable(page.trip)
        preview = _read(request, page, data, chosen["filename"])
    except NotEditable:
        refuse(request, gettext("この計画はいま書き換えられません。ファイルは取り込んでいません。"))
        return redirect(page.url("roster"))
    except FileRefused as refused:
        return _refused(request, page, refused)
    cipher = cipher_for(page.trip.pk)
    stored = {row.person.key: row.person for row in roster_of(page.trip, cipher)}
    batch = apply_import(
        page.trip,
        [_newcomer(row, stored) for row in preview.kept],
        by=page.actor,
        cipher=cipher,
        file_name=preview.filename,
        file_sha256=preview.digest,
        read=preview.read,
        refused=len(preview.refused),
    )
    words = gettext("%(kept)d人を取り込みました。取り込めなかった行は%(refused)d行です。") % {
        "kept": batch.kept,
        "refused": batch.refused,
    }
    announce(request, words, undo_url=page.url("undo_import", batch_id=batch.pk))
    return redirect(page.url("roster"))


def _newcomer(row: KeptRow, stored: dict[str, PersonPart]) -> Newcomer:
    """The person of a kept row, laid over what is stored; guardian and health stay apart."""
    before = stored.get(row.same_as)
    values = (before.model_dump(mode="json") if before else {}) | dict(row.person)
    if before is not None:
        values["key"] = before.key
    sealed = row.sealed
    guardian = {name: sealed.get(f"guardian_{name}", "") for name in ("name", "relation", "phone1", "phone2")}
    health = {"blood_type": sealed.get("blood_type", ""), "note": sealed.get("health_note", "")}
    return Newcomer(PersonPart.model_validate(values), guardian=guardian, health=health)


def _give_back(request: HttpRequest, page: TripPage, data: bytes, chosen: dict[str, Any]) -> HttpResponseBase:
    preview = _read(request, page, data, chosen["filename"])
    if not preview.refused:
        return redirect(page.url("import"))
    given = error_file(preview)
    response = HttpResponse(given.data, content_type=given.media_type)
    suffix = given.filename.rpartition(".")[2]
    response["Content-Disposition"] = f'attachment; filename="{page.trip.trip_no}-errors.{suffix}"'
    return response


def _place(page: TripPage, digest: str) -> str:
    return f"uploads/{page.trip.pk}/{digest}"


def _crumbs(page: TripPage, title: str) -> list[tuple[str, str]]:
    return [
        (gettext("旅行"), reverse("trips:home")),
        (page.trip.trip_no, page.url("workspace")),
        (gettext("参加者名簿"), page.url("roster")),
        (title, ""),
    ]
