"""Characters that no font of the paper has: what is printed instead, agreed by the school, taken back, put back.

Not here: the acts (mofa_requests.actions.characters), the preview that leads here (following).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mofa_requests import queries
from mofa_requests.actions.characters import (
    LONGEST,
    Agreement,
    agree,
    agreements_of,
    put_back,
    substitutes_of,
    take_back,
)
from mofa_requests.actions.plan import NotEditable
from mofa_requests.documents.glyphs import MissingGlyph, foresee
from mofa_requests.documents.substitutes import TypedText, places_of, put_in
from portal.dossier.pointers import label_of as name_of_place
from portal.dossier.types import Dossier
from portal.kit.machine import Refused
from portal.ui.fields import Select, TextField
from portal.ui.labels import choices_of, label_of, speaks_english
from portal.ui.messages import announce, refuse
from portal.ui.school.doors import STAFF, TripPage, trip_page
from portal.ui.typed import sentence_of
from trips.enums import AgreedWith


class AgreeForm(forms.Form):
    """What is printed instead, and who was asked."""

    shown_as = TextField(
        label=_("代わりに印字する字"),
        limit=LONGEST,
        required=True,
        error_messages={"required": _("代わりに印字する字を書いてください")},
    )
    agreed_with = forms.ChoiceField(label=_("だれと決めたか"), choices=lambda: choices_of(AgreedWith), widget=Select)


@dataclass(frozen=True)
class Lacking:
    """A character that nothing is agreed for yet, its places in words, and the form to agree."""

    glyph: MissingGlyph
    held: tuple[TypedText, ...]
    places: tuple[str, ...]
    form: AgreeForm


@dataclass(frozen=True)
class Told:
    """An agreement as the page shows it; ``places`` are those where it stands in the plan of today."""

    agreement: Agreement
    places: tuple[str, ...]
    agreed_with: str
    act_url: str


@trip_page(STAFF, purpose="印字できない文字の代わりを決める")
def characters(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """The characters that lack a face, and what was agreed so far; POST agrees on one of them."""
    dossier = queries.gather_dossier(page.trip)
    bound = request.POST if request.method == "POST" else None
    lacking = _lacking(page, dossier, bound)
    posted = next((each for each in lacking if each.form.is_bound), None)
    if posted is not None and _agree(request, page, posted):
        return redirect(page.url("characters"))
    if bound is not None and posted is None:
        refuse(request, gettext("この字の代わりは、すでに決まっているか、計画から消えています。"))
        return redirect(page.url("characters"))
    agreements = agreements_of(page.trip)
    context = page.context(
        "preview",
        lacking=lacking,
        agreed=[_told(page, each, dossier) for each in agreements if each.holds],
        ended=[_told(page, each, dossier) for each in agreements if not each.holds],
        bound=posted.form if posted else None,
        crumbs=page.crumbs(gettext("印字できない文字"), (gettext("見え方"), page.url("preview"))),
    )
    return render(request, "school/characters.html", context, status=422 if posted else 200)


@trip_page(STAFF, purpose="印字できない文字の代わりを取り消す")
def end_character(request: HttpRequest, page: TripPage, agreement_id: UUID) -> HttpResponseBase:
    """Take an agreement back; the toast leads back to it."""
    agreement = _agreement(page, agreement_id)
    if request.method != "POST":
        return redirect(page.url("characters"))
    undo = page.url("put_back_character", agreement_id=agreement_id)
    return _change(request, page, lambda: take_back(agreement, by=page.actor), gettext("取り消しました。"), undo)


@trip_page(STAFF, purpose="取り消した文字の代わりを元に戻す")
def put_back_character(request: HttpRequest, page: TripPage, agreement_id: UUID) -> HttpResponseBase:
    """Let an agreement hold again."""
    agreement = _agreement(page, agreement_id)
    if request.method != "POST":
        return redirect(page.url("characters"))
    undo = page.url("end_character", agreement_id=agreement_id)
    return _change(request, page, lambda: put_back(agreement, by=page.actor), gettext("元に戻しました。"), undo)


def _lacking(page: TripPage, dossier: Dossier, bound: Any) -> list[Lacking]:
    """Every character without a face that is still to be agreed on; of a posted form that one is bound."""
    left = put_in(dossier, substitutes_of(page.trip))
    return [_one_lacking(glyph, left, bound) for glyph in foresee(left)]


def _one_lacking(glyph: MissingGlyph, dossier: Dossier, bound: Any) -> Lacking:
    held = places_of(glyph.char, dossier)
    asked = bound if bound is not None and bound.get("code") == glyph.code else None
    # The ordinary form of a variant is what most people choose; a bare character has no such neighbour.
    proposal = {"shown_as": glyph.char[0]} if glyph.is_variant else {}
    form = AgreeForm(asked, initial=proposal, prefix=glyph.code.replace("U+", "").replace(" ", "-").lower())
    return Lacking(glyph, held, _named(held, dossier), form)


def _agree(request: HttpRequest, page: TripPage, lacking: Lacking) -> bool:
    if not lacking.form.is_valid():
        return False
    given = lacking.form.cleaned_data
    places, by = [each.place for each in lacking.held], page.actor
    try:
        made = agree(
            page.trip,
            lacking.glyph.char,
            given["shown_as"],
            places=places,
            agreed_with=AgreedWith(given["agreed_with"]),
            by=by,
        )
    except Refused as reason:
        lacking.form.add_error("shown_as", sentence_of(reason))
        return False
    except NotEditable:
        refuse(request, gettext("この計画はいま書き換えられません。"))
        return True
    words = gettext("%(code)sの代わりに「%(shown)s」を印字します。")
    said = words % {"code": lacking.glyph.code, "shown": made.substitute.shown_as}
    announce(request, said, undo_url=page.url("end_character", agreement_id=made.row.pk))
    return True


def _change(request: HttpRequest, page: TripPage, act: Any, said: str, undo_url: str) -> HttpResponseBase:
    try:
        act()
        announce(request, said, undo_url=undo_url)
    except Refused as reason:
        refuse(request, sentence_of(reason))
    except NotEditable:
        refuse(request, gettext("この計画はいま書き換えられません。"))
    return redirect(page.url("characters"))


def _agreement(page: TripPage, agreement_id: UUID) -> Agreement:
    found = next((each for each in agreements_of(page.trip) if each.row.pk == agreement_id), None)
    if found is None:
        raise Http404
    return found


def _told(page: TripPage, agreement: Agreement, dossier: Dossier) -> Told:
    substitute, row = agreement.substitute, agreement.row
    held = tuple(each for each in places_of(substitute.char, dossier) if each.place in substitute.places)
    name = "end_character" if agreement.holds else "put_back_character"
    return Told(
        agreement,
        _named(held, dossier),
        label_of(AgreedWith(row.agreed_with)),
        page.url(name, agreement_id=row.pk),
    )


def _named(held: tuple[TypedText, ...], dossier: Dossier) -> tuple[str, ...]:
    """The places by person and field: who looks at this page may read the names."""
    language = "en" if speaks_english() else "ja"
    return tuple(name_of_place(each.pointer, language, dossier=dossier, show_names=True) for each in held)
