"""The forms of the J-TAS desk; local moments are typed in the case's own time. Not here: acts (actions.assist)."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jcsos.actions.assist import Details
from jcsos.enums import AssistCategory, Cover, Party, Purpose
from jcsos.models import AssistCase
from jcsos.queries.assist import member_schools, trips_to_link
from portal.accounts.models import User
from portal.directory.countries import country
from portal.kit import clock
from portal.ui.country_fields import CountryField
from portal.ui.fields import ChoiceField, MomentField, TextField
from portal.ui.jcsos.audit_forms import PROSE, PlainForm, one_of, prose
from portal.ui.labels import choices_of

_LINE = 200


def zone_of(case: AssistCase) -> ZoneInfo:
    """The place's own time; Tokyo's while the place is unknown."""
    return ZoneInfo(case.zone) if case.zone else clock.TOKYO


class IntakeForm(PlainForm):
    """One line is enough; everything else can wait."""

    headline = TextField(
        limit=_LINE,
        label=_("何が起きていますか(一行で)"),
        required=True,
        help_text=_("例: オアフ島で生徒がバスにはねられ、病院へ向かっている"),
        error_messages={"required": _("何が起きたかを一行で書いてください")},
        widget=forms.TextInput({"maxlength": _LINE, "autocomplete": "off"}),
    )


class PurposeForm(PlainForm):
    """Why a case is opened."""

    purpose = one_of(Purpose, _("開く目的"), radio=True)


class DetailsForm(PlainForm):
    """What is known by now; every field may stay empty."""

    person = TextField(
        limit=PROSE,
        long=True,
        label=_("本人・連絡先"),
        widget=forms.Textarea({"rows": 3, "maxlength": PROSE}),
        help_text=_("封緘して保存します。"),
    )
    category = ChoiceField(label=_("区分"), coerce=AssistCategory)
    country = CountryField(label=_("国・地域"))
    zone = ChoiceField(label=_("現地の時刻帯"))
    cover = one_of(Cover, _("保険"))
    school = ChoiceField(label=_("会員校"))
    request = ChoiceField(label=_("旅行"))

    def __init__(self, data: Any = None, *, case: AssistCase, person: str) -> None:
        initial = {
            "person": person,
            "category": case.category,
            "country": case.country,
            "zone": case.zone,
            "cover": case.cover,
            "school": str(case.linked_school_id or ""),
            "request": str(case.linked_request_id or ""),
        }
        super().__init__(data, initial=initial)
        place = (data or {}).get("details-country") or case.country
        self.zones = country(place).zones if place else ()
        self._choose("category", choices_of(AssistCategory))
        self._choose("zone", [(zone, zone) for zone in self.zones])
        self._choose("school", [(str(row.school_id), str(row.school)) for row in member_schools()])
        trips = trips_to_link(case.linked_school_id) if case.linked_school_id else []
        self._choose("request", [(str(trip.pk), f"{trip.title} {trip.departs_on}") for trip in trips])
        for name in ("zone", "request"):
            self.fields[name].valid_value = lambda value: True  # type: ignore[attr-defined]

    def _choose(self, name: str, options: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", gettext("未確認")), *options]  # type: ignore[attr-defined]

    @property
    def details(self) -> Details:
        """A zone of another country and a trip of another school are not taken over."""
        given = self.cleaned_data
        zone = given["zone"] if given["zone"] in self.zones else (self.zones[0] if self.zones else "")
        school = given["school"] or None
        trips = {str(trip.pk) for trip in trips_to_link(school)} if school else set()
        return Details(
            person=given["person"] or "",
            category=given["category"],
            country=given["country"] or "",
            zone=zone,
            cover=given["cover"],
            school_id=school,
            request_id=given["request"] if given["request"] in trips else None,
        )


class LocalMomentForm(PlainForm):
    """Base of forms with a moment typed in the case's own time; ``moment`` is the instant."""

    at = MomentField(label=_("現地の日時"))

    def __init__(self, data: Any = None, *, zone: ZoneInfo) -> None:
        super().__init__(data)
        self.zone = zone
        self.fields["at"].help_text = gettext("%(zone)s の時刻で入れてください。") % {"zone": zone.key}

    @property
    def moment(self) -> dt.datetime | None:
        at = self.cleaned_data.get("at")
        return at.replace(tzinfo=self.zone) if at else None


class NoteForm(LocalMomentForm):
    """A line of the timeline; with somebody chosen it is a contact made."""

    text = prose(_("記録"), missing=_("記録を書いてください"), rows=3)
    party = ChoiceField(
        label=_("連絡した相手"), choices=lambda: [("", gettext("連絡ではない")), *choices_of(Party)], coerce=Party
    )
    field_order = ("text", "party", "at")


class TaskForm(LocalMomentForm):
    """Something to do by a moment."""

    text = prose(_("すること"), missing=_("何をするかを書いてください"), rows=2)
    call_back = forms.BooleanField(label=_("折返しの電話"), required=False)
    field_order = ("text", "at", "call_back")

    def __init__(self, data: Any = None, *, zone: ZoneInfo) -> None:
        super().__init__(data, zone=zone)
        self.fields["at"].label = gettext("いつまで(現地の日時)")
        self.fields["at"].required = True
        self.fields["at"].error_messages["required"] = gettext("いつまでかを入れてください")


class HandOverForm(PlainForm):
    """The next person and what they must know."""

    to = forms.TypedChoiceField(label=_("次の担当者"), coerce=int)
    summary = prose(_("伝えること"), missing=_("次の担当者に伝えることを書いてください"))

    def __init__(self, data: Any = None, *, people: list[User]) -> None:
        super().__init__(data)
        self.fields["to"].choices = [(person.pk, str(person)) for person in people]  # type: ignore[attr-defined]


class CloseForm(PlainForm):
    """What came of it and what is to be learned."""

    outcome = prose(_("結果"), missing=_("結果を書いてください"), rows=3)
    lessons = prose(
        _("次に生かすこと"), missing=_("次に生かすことを書いてください"), hint=_("氏名は書かないでください。"), rows=3
    )


class ReopenForm(PlainForm):
    """Why a closed case goes on."""

    reason = prose(_("再開する理由"), missing=_("再開する理由を書いてください"), rows=2)


class EventForm(PlainForm):
    """The name of an event that several cases belong to."""

    title = TextField(
        limit=120,
        label=_("事案の名前"),
        required=True,
        help_text=_("例: オアフ島のバス事故。人の名前は書かないでください。"),
        error_messages={"required": _("事案の名前を書いてください")},
    )


class DoneForm(PlainForm):
    """Which task is done."""

    entry = forms.UUIDField(widget=forms.HiddenInput)
