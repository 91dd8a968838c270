"""The sheet on which a section is printed, page by page beside its form: on screen and as a fax arrives.

Not here: the whole draft (following, papers), the sheets themselves (mofa_requests.documents).
"""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mofa_requests.documents.packet import TITLES, preview_sheet
from portal.kit.pdf import RenderError
from portal.kit.pdf.fax import FINE, MISREAD, STANDARD
from portal.kit.pdf.views import page_view
from portal.ui.labels import label_of
from portal.ui.school.doors import STAFF, TripPage, trip_page
from portal.ui.school.papers import draft_of
from portal.ui.typed import sentence_of
from trips.enums import Section

PRINTED_ON = {
    Section.OUTLINE: "plan",
    Section.DESTINATIONS: "plan",
    Section.ITINERARY: "itinerary",
    Section.SCHOOL: "plan",
    Section.HOME: "contacts",
    Section.LODGING: "lodging",
    Section.HOMESTAY: "lodging",
    Section.LEADER: "contacts",
    Section.AGENTS: "contacts",
    Section.MISSIONS: "missions",
    Section.EMERGENCY: "contacts",
    Section.INSURANCE: "insurance",
    Section.ROSTER: "roster",
    Section.READINESS: "plan",
}
LOOKS = {"screen": None, "fine": FINE, "standard": STANDARD}
MOST_PAGES = 999


class WhichPage(forms.Form):
    """Which page to look at, and how; anything else is the first page on screen."""

    page = forms.IntegerField(min_value=1, max_value=MOST_PAGES, required=False)
    look = forms.ChoiceField(choices=[(look, look) for look in LOOKS], required=False)


@trip_page(STAFF, purpose="項目が紙でどう見えるかを一枚ずつ見る")
@require_safe
def sheet(request: HttpRequest, page: TripPage, section: str) -> HttpResponseBase:
    """The pages of one sheet, with their numbers."""
    which = _section(section)
    number, look = _asked(request)
    context = {
        "section": which,
        "section_title": label_of(which),
        "sheet_title": TITLES[PRINTED_ON[which]],
        "number": number,
        "look": look,
        "loss": MISREAD,
        "looks": [
            ("screen", gettext("画面")),
            ("fine", gettext("ファックス(高画質)")),
            ("standard", gettext("ファックス(標準)")),
        ],
        "crumbs": page.crumbs(label_of(which)),
    }
    try:
        _, pages = preview_sheet(draft_of(page), key=PRINTED_ON[which])
        context |= {"pages": pages, "number": min(number, pages), "numbers": range(1, pages + 1)}
    except RenderError as error:
        context |= {"problem": sentence_of(error)}
    return render(request, "school/sheet.html", page.context("preview", **context))


@trip_page(STAFF, purpose="項目が紙でどう見えるかの画像")
@require_safe
def sheet_picture(request: HttpRequest, page: TripPage, section: str) -> HttpResponseBase:
    """One page as PNG."""
    number, look = _asked(request)
    try:
        pdf, _ = preview_sheet(draft_of(page), key=PRINTED_ON[_section(section)])
        picture = page_view(pdf, number=number, fax=LOOKS[look])
    except IndexError as gone:
        raise Http404 from gone
    except RenderError as error:
        return HttpResponse(sentence_of(error), status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(picture, content_type="image/png")


def _section(slug: str) -> Section:
    found = next((each for each in Section if each.value == slug), None)
    if found is None:
        raise Http404
    return found


def _asked(request: HttpRequest) -> tuple[int, str]:
    asked = WhichPage(request.GET)
    asked.is_valid()
    return asked.cleaned_data.get("page") or 1, asked.cleaned_data.get("look") or "screen"
