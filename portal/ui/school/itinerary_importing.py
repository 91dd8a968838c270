"""An agent's itinerary as a file: sent, read in its cage, shown before and after, applied as one undoable batch.

Not here: the file between preview and apply (waiting_files), what the pages print (itinerary_pages), reading itself
(trips.itinerary), roster files (importing).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mofa_requests.actions.plan import NotEditable, require_editable
from portal.kit import clock
from portal.ui.files_out import attachment
from portal.ui.labels import label_of
from portal.ui.messages import announce, refuse, warn
from portal.ui.school.doors import WRITERS, TripPage, trip_page
from portal.ui.school.itinerary_pages import choosing_context, explanation_text, preview_context
from portal.ui.school.standing import Standing, look_at
from portal.ui.school.waiting_files import SentFileForm, chosen_columns, receive, received_twice, take_up
from portal.vault.keyring import cipher_for
from trips.actions.itinerary_import import CannotUndo, apply_itinerary, undo_itinerary
from trips.actions.plan import StaleSection
from trips.enums import Section
from trips.itinerary.columns import FIELD_OF
from trips.itinerary.preview import ItineraryPreview, read_itinerary
from trips.itinerary.template import itinerary_form
from trips.queries import itinerary_files_of
from trips.roster.refusals import FileRefused

_SHOWN = 10


class ItineraryUploadForm(SentFileForm):
    too_large = _("ファイルが10MBを超えています。日程表だけを別のファイルにしてください")
    file = forms.FileField(
        label=_("日程表のファイル"),
        help_text=_("旅行会社から届いたExcel(.xlsx .xls .ods)かCSV。10MBまで。見出しの位置や列の順は問いません"),
        error_messages={
            "required": _("ファイルを選んでから「読み取る」を押してください"),
            "empty": _("ファイルが空です。日程を書いて保存し直したファイルを選んでください"),
        },
    )


@trip_page(WRITERS, purpose="旅行会社の日程表を取り込む")
def upload(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Choose a file; reading it shows the plan before and after."""
    if request.method != "POST":
        return _upload_page(request, page, ItineraryUploadForm())
    form = ItineraryUploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, page, form, status=422)
    waiting = receive(page, form.cleaned_data["file"])
    if waiting is None:
        return _upload_page(request, page, ItineraryUploadForm(), problem=received_twice(), status=422)
    return _preview(request, look_at(page), *waiting)


@trip_page(WRITERS, purpose="日程表の取込みを見直す、取り込む")
def decide(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Read the waiting file again with the chosen columns; then show it or apply it."""
    waiting = take_up(request, page)
    if waiting is None:
        return redirect(page.url("import_itinerary"))
    step = _apply if "apply" in request.POST else _preview
    return step(request, look_at(page), *waiting)


@trip_page(WRITERS, purpose="日程表の取込みを取り消す")
def undo(request: HttpRequest, page: TripPage, batch_id: UUID) -> HttpResponseBase:
    """Make itinerary and lodging what they were before one file."""
    batch = itinerary_files_of(page.trip).filter(pk=batch_id).first()
    if batch is None:
        raise Http404
    if request.method == "POST":
        try:
            require_editable(page.trip)
            cipher = cipher_for(page.trip.pk)
            stayed = undo_itinerary(batch, by=page.actor, entered_by=page.entered_by, on=clock.today(), cipher=cipher)
            announce(request, gettext("日程表の取込みを取り消し、日程と宿泊を元に戻しました。"))
            if stayed:
                warn(request, gettext("取込みの後に直した%(n)d件は、いまの記載のまま残しました。") % {"n": stayed})
        except CannotUndo:
            refuse(request, gettext("この取込みの後に別の取込みがあります。新しいものから順に取り消してください。"))
        except NotEditable:
            refuse(request, gettext("この計画はいま書き換えられません。"))
    return redirect(page.url("import_itinerary"))


@trip_page(WRITERS, purpose="日程表のひな型を受け取る")
@require_safe
def form_file(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """The form to send to the travel agent."""
    given = itinerary_form()
    return attachment(given.data, given.filename, media_type=given.media_type)


def _read(request: HttpRequest, standing: Standing, data: bytes, chosen: dict[str, Any]) -> ItineraryPreview:
    return read_itinerary(
        data,
        chosen["filename"],
        plan=standing.dossier,
        mapping=chosen_columns(request, FIELD_OF),
        sheet=request.POST.get("sheet", ""),
        header_row=chosen.get("header_row"),
    )


def _preview(request: HttpRequest, standing: Standing, data: bytes, chosen: dict[str, Any]) -> HttpResponse:
    page = standing.page
    try:
        preview = _read(request, standing, data, chosen)
    except FileRefused as refused:
        return _refused(request, page, refused, chosen)
    context = {"chosen": chosen, "drop": "drop" in request.POST, **preview_context(preview, standing.dossier)}
    context["crumbs"] = _crumbs(page, gettext("取込みの確認"))
    return render(request, "school/itinerary_preview.html", page.context("workspace", **context))


def _refused(request: HttpRequest, page: TripPage, refused: FileRefused, chosen: dict[str, Any]) -> HttpResponse:
    """The file as a whole is no itinerary; where only its headings are in doubt, a person may name the columns."""
    if not refused.peek:
        form, problem = ItineraryUploadForm(), explanation_text(refused)
        return _upload_page(request, page, form, problem=problem, status=422)
    context = {"chosen": chosen, **choosing_context(refused), "crumbs": _crumbs(page, gettext("列を選ぶ"))}
    return render(request, "school/itinerary_columns.html", page.context("workspace", **context), status=422)


def _apply(request: HttpRequest, standing: Standing, data: bytes, chosen: dict[str, Any]) -> HttpResponseBase:
    page, plan = standing.page, standing.dossier
    try:
        require_editable(page.trip)
        preview = _read(request, standing, data, chosen)
        values = preview.merged.values(plan, drop="drop" in request.POST)
        if all(getattr(plan, prop) == rows for prop, rows in values.items()):
            announce(request, gettext("日程表の内容は、すでに計画に入っています。"))
            return redirect(page.url("section", section=Section.ITINERARY.value))
        batch = apply_itinerary(
            page.trip,
            values,
            versions={code: saved.version for code, saved in standing.saved.items()},
            by=page.actor,
            on=clock.today(),
            cipher=standing.cipher,
            file_name=preview.filename,
            file_sha256=preview.digest,
            kept=len(preview.kept),
            refused=len(preview.refused),
        )
    except FileRefused as refused:
        return _refused(request, page, refused, chosen)
    except NotEditable:
        refuse(request, gettext("この計画はいま書き換えられません。ファイルは取り込んでいません。"))
        return redirect(page.url("import_itinerary"))
    except StaleSection:
        refuse(request, gettext("同じときに別の人が日程か宿泊を保存しました。いまの計画と比べ直してください。"))
        return _preview(request, look_at(page), data, chosen)
    words = gettext("日程表の%(kept)d行を取り込みました。取り込めなかった行は%(refused)d行です。") % {
        "kept": batch.kept,
        "refused": batch.refused,
    }
    announce(request, words, undo_url=page.url("undo_itinerary", batch_id=batch.pk))
    return redirect(page.url("section", section=Section.ITINERARY.value))


def _upload_page(
    request: HttpRequest, page: TripPage, form: ItineraryUploadForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context = page.context(
        "workspace",
        form=form,
        problem=problem,
        batches=list(itinerary_files_of(page.trip)[:_SHOWN]),
        crumbs=_crumbs(page, gettext("日程表の取込み")),
    )
    return render(request, "school/itinerary_import.html", context, status=status)


def _crumbs(page: TripPage, title: str) -> list[tuple[str, str]]:
    return page.crumbs(title, (label_of(Section.ITINERARY), page.url("section", section=Section.ITINERARY.value)))
