"""The import of a roster file: sent, read in its cage, shown row by row, applied as one undoable batch.

Not here: the file between preview and apply (waiting_files), what the pages print (import_pages), reading itself
(trips.roster).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mofa_requests.actions.plan import NotEditable, require_editable
from portal.ui.files_out import attachment
from portal.ui.messages import announce, refuse, warn
from portal.ui.school.doors import STAFF, TripPage, trip_page
from portal.ui.school.import_pages import choosing_context, explanation_text, preview_context
from portal.ui.school.standing import Standing, look_at
from portal.ui.school.waiting_files import SentFileForm, chosen_columns, receive, received_twice, take_up
from portal.vault.keyring import cipher_for
from trips.actions.columns import forget_columns, remember_columns
from trips.actions.roster_import import CannotUndo, apply_import, undo_import
from trips.actions.roster_rows import Newcomer
from trips.queries import batches_of, remembered_columns
from trips.roster.columns import FIELD_OF
from trips.roster.errorfile import error_file
from trips.roster.preview import RosterPreview, read_roster
from trips.roster.refusals import FileRefused


class UploadForm(SentFileForm):
    too_large = _("ファイルが10MBを超えています。名簿のシートだけを別のファイルにしてください")
    file = forms.FileField(
        label=_("名簿のファイル"),
        help_text=_("Excel(.xlsx .xls .ods)かCSV。10MBまで、2,000人まで。見出しの位置や列の順は問いません"),
        error_messages={
            "required": _("ファイルを選んでから「読み取る」を押してください"),
            "empty": _("ファイルが空です。名簿を書いて保存し直したファイルを選んでください"),
        },
    )


@trip_page(STAFF, purpose="名簿のファイルを取り込む")
def upload(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Choose a file; reading it shows the preview."""
    if request.method != "POST":
        return _upload_page(request, page, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, page, form, status=422)
    waiting = receive(page, form.cleaned_data["file"])
    if waiting is None:
        return _upload_page(request, page, UploadForm(), problem=received_twice(), status=422)
    return _preview(request, look_at(page), *waiting)


@trip_page(STAFF, purpose="取込みの見本を見直す、取り込む、誤りの行を受け取る")
def decide(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Read the waiting file again with the chosen columns; then show, apply, or give the refused rows back."""
    waiting = take_up(request, page)
    if waiting is None:
        return redirect(page.url("import"))
    step = _apply if "apply" in request.POST else _give_back if "errors" in request.POST else _preview
    return step(request, look_at(page), *waiting)


@trip_page(STAFF, purpose="名簿の取込みを取り消す")
def undo(request: HttpRequest, page: TripPage, batch_id: UUID) -> HttpResponseBase:
    """Make the people of one import what they were before it."""
    batch = batches_of(page.trip).filter(pk=batch_id).first()
    if batch is None:
        raise Http404
    if request.method == "POST":
        try:
            require_editable(page.trip)
            stayed = undo_import(batch, by=page.actor, cipher=cipher_for(page.trip.pk))
            announce(request, gettext("取込みを取り消し、名簿を元に戻しました。"))
            if stayed:
                words = gettext("取込みの後に手で直した%(n)d人は、いまの記載のまま残しました。") % {"n": stayed}
                warn(request, words)
        except CannotUndo:
            refuse(request, gettext("この取込みの後に別の取込みがあります。新しいものから順に取り消してください。"))
        except NotEditable:
            refuse(request, gettext("この計画はいま書き換えられません。"))
    return redirect(page.url("roster"))


@trip_page(STAFF, purpose="覚えた列の読み方を消す")
def forget(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """From the next file on every column is guessed anew."""
    if request.method == "POST":
        forget_columns(page.trip.school_id)
        announce(request, gettext("覚えていた列の読み方を消しました。"))
    return redirect(page.url("import"))


def _read(request: HttpRequest, standing: Standing, data: bytes, chosen: dict[str, Any]) -> RosterPreview:
    dossier = standing.dossier
    return read_roster(
        data,
        chosen["filename"],
        mapping=chosen_columns(request, FIELD_OF),
        sheet=request.POST.getlist("sheet"),
        header_row=chosen.get("header_row"),
        remembered=remembered_columns(standing.page.trip.school_id),
        existing=dossier.participants,
        groups={group.name: group.key for group in dossier.groups if group.name},
        expected=dossier.outline.party.total,
    )


def _preview(request: HttpRequest, standing: Standing, data: bytes, chosen: dict[str, Any]) -> HttpResponse:
    try:
        preview = _read(request, standing, data, chosen)
    except FileRefused as refused:
        return _refused(request, standing.page, refused, chosen)
    page = standing.page
    context = {"chosen": chosen, **preview_context(preview), "crumbs": _crumbs(page, gettext("取込みの確認"))}
    return render(request, "school/import_preview.html", page.context("workspace", **context))


def _refused(request: HttpRequest, page: TripPage, refused: FileRefused, chosen: dict[str, Any]) -> HttpResponse:
    """The file as a whole is no roster; where only its headings are in doubt, a person may name the columns."""
    if not refused.peek:
        return _upload_page(request, page, UploadForm(), problem=explanation_text(refused.explanation), status=422)
    context = {"chosen": chosen, **choosing_context(refused), "crumbs": _crumbs(page, gettext("列を選ぶ"))}
    return render(request, "school/import_columns.html", page.context("workspace", **context), status=422)


def _apply(request: HttpRequest, standing: Standing, data: bytes, chosen: dict[str, Any]) -> HttpResponseBase:
    page = standing.page
    try:
        require_editable(page.trip)
        preview = _read(request, standing, data, chosen)
    except NotEditable:
        refuse(request, gettext("この計画はいま書き換えられません。ファイルは取り込んでいません。"))
        return redirect(page.url("roster"))
    except FileRefused as refused:
        return _refused(request, page, refused, chosen)
    if _is_applied_already(page, preview):
        announce(request, gettext("このファイルは、すでに取り込まれています。"))
        return redirect(page.url("roster"))
    stored = {person.key: person for person in standing.dossier.participants}
    batch = apply_import(
        page.trip,
        [Newcomer(row.participant(stored.get(row.same_as)), row.guardian, row.health) for row in preview.kept],
        by=page.actor,
        cipher=standing.cipher,
        file_name=preview.filename,
        file_sha256=preview.digest,
        read=preview.read,
        refused=len(preview.refused),
    )
    remember_columns(page.trip.school_id, preview.remembered())
    words = gettext("%(kept)d人を取り込みました。取り込めなかった行は%(refused)d行です。") % {
        "kept": batch.kept,
        "refused": batch.refused,
    }
    announce(request, words, undo_url=page.url("undo_import", batch_id=batch.pk))
    return redirect(page.url("roster"))


def _is_applied_already(page: TripPage, preview: RosterPreview) -> bool:
    """Whether the last import was this very file and nothing was changed since: a second press."""
    last = batches_of(page.trip).filter(undone_at=None).first()
    return last is not None and last.file_sha256 == preview.digest and not preview.new and not preview.changed


def _give_back(request: HttpRequest, standing: Standing, data: bytes, chosen: dict[str, Any]) -> HttpResponseBase:
    page = standing.page
    try:
        preview = _read(request, standing, data, chosen)
    except FileRefused as refused:
        return _refused(request, page, refused, chosen)
    if not preview.refused:
        return redirect(page.url("import"))
    given = error_file(preview)
    suffix = given.filename.rpartition(".")[2]
    return attachment(given.data, f"{page.trip.trip_no}-errors.{suffix}", media_type=given.media_type)


def _upload_page(
    request: HttpRequest, page: TripPage, form: UploadForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context = page.context(
        "workspace",
        form=form,
        problem=problem,
        batches=list(batches_of(page.trip)[:10]),
        remembered=len(remembered_columns(page.trip.school_id)),
        crumbs=_crumbs(page, gettext("取込み")),
    )
    return render(request, "school/import.html", context, status=status)


def _crumbs(page: TripPage, title: str) -> list[tuple[str, str]]:
    return page.crumbs(title, (gettext("参加者名簿"), page.url("roster")))
