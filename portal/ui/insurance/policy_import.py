"""A policy sheet from a file: the template to fill in, and a filled one added to the plan as one more contract.

Not here: what a sheet means (insurance.policy_sheet), reading files in their cage (trips.roster).
"""

from __future__ import annotations

import io
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from insurance.policy_sheet import Sheet, lines_of, read_sheet, template_rows
from portal.dossier.types import Dossier, Policy
from portal.kit.machine import Refused
from portal.ui.files_out import attachment
from portal.ui.insurance.doors import cover_context
from portal.ui.insurance.policies import add_policy, next_key
from portal.ui.insurance.words import told
from portal.ui.messages import announce, refuse
from portal.ui.school.doors import DRAFTERS, TripPage, trip_page
from portal.ui.school.standing import Standing, look_at
from portal.ui.typed import sentence_of
from trips.enums import Section
from trips.roster.cells import without_guard
from trips.roster.launch import read_confined
from trips.roster.refusals import FileRefused
from trips.roster.sheets_out import XLSX_TYPE, delimited_bytes, new_workbook, write_texts
from trips.roster.sniff import sniff

MAX_BYTES = 1024 * 1024
_CSV = "text/csv; charset=utf-8"


class SheetForm(forms.Form):
    file = forms.FileField(
        label=_("証券を写したファイル"),
        help_text=_("ひな形に書いたExcel(.xlsx)かCSV。1MBまで"),
        error_messages={"required": _("ファイルを選んでください"), "empty": _("ファイルが空です")},
    )

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if sent.size > MAX_BYTES:
            raise forms.ValidationError(
                _("ファイルが1MBを超えています。ひな形のシートだけを別のファイルにしてください")
            )
        return sent


@trip_page(DRAFTERS, purpose="証券を写したファイルを取り込む")
def policy_import(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Choose a file; a sheet without problems becomes one more contract of the plan."""
    standing = look_at(page)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, page, form, status=422 if form.errors else 200)
    try:
        sheet = _read(form.cleaned_data["file"].read(), standing.dossier)
    except FileRefused as refused:
        told_why = refused.explanation
        form.add_error("file", told(f"{told_why.message}{told_why.mend}", told_why.english))
        return _show(request, page, form, status=422)
    if sheet.policy is None:
        return _show(request, page, form, sheet=sheet, status=422)
    return _add(request, page, standing, sheet.policy)


def _read(content: bytes, dossier: Dossier) -> Sheet:
    reading = read_confined(content, sniff(content))
    rows = [
        (row.number, [without_guard(cell.text) for cell in row.cells]) for table in reading.tables for row in table.rows
    ]
    return read_sheet(lines_of(rows), key=next_key(dossier))


def _add(request: HttpRequest, page: TripPage, standing: Standing, policy: Policy) -> HttpResponseBase:
    try:
        add_policy(standing, policy)
    except Refused as refused:
        refuse(request, sentence_of(refused))
        return _show(request, page, SheetForm(), status=409)
    announce(request, gettext("契約を1件加えました。被保険者を選び、証券と見比べてください。"))
    return redirect(standing.section_url(Section.INSURANCE))


def _show(
    request: HttpRequest, page: TripPage, form: SheetForm, *, sheet: Sheet | None = None, status: int = 200
) -> HttpResponse:
    problems = [(problem.row, told(problem.ja, problem.en)) for problem in sheet.problems] if sheet else []
    context = cover_context(page, "import", gettext("証券の取込み"), form=form, problems=problems)
    return render(request, "insurance/policy_import.html", context, status=status)


@trip_page(DRAFTERS, purpose="証券のひな形を受け取る")
def template(request: HttpRequest, page: TripPage, kind: str) -> HttpResponseBase:
    """The empty sheet with every line it may have, as .xlsx or .csv."""
    if kind == "xlsx":
        return attachment(_workbook(), "policy-template.xlsx", media_type=XLSX_TYPE)
    if kind == "csv":
        content, _losses = delimited_bytes(template_rows(), encoding="utf-8-sig")
        return attachment(content, "policy-template.csv", media_type=_CSV)
    raise Http404


def _workbook() -> bytes:
    buffer = io.BytesIO()
    book = new_workbook(buffer)
    sheet = book.add_worksheet("証券")
    bold, plain = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 2, 40)
    for number, texts in enumerate(template_rows()):
        write_texts(sheet, number, texts, formats={0: bold}, plain=plain)
    sheet.freeze_panes(1, 1)
    book.close()
    return buffer.getvalue()
