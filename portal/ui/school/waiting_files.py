"""A file that was sent to be imported: received once, waiting sealed under its digest while a person decides.

Between preview and apply it waits in private storage; ``purge`` removes it after a day. Not here: what is read out of
it (importing for rosters, itinerary_importing for itineraries).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext

from portal.kit.digest import sha256_hex
from portal.ui.messages import refuse
from portal.ui.school.doors import TripPage
from portal.vault.files import UPLOADS, FileLost, fetch, keep
from portal.vault.keyring import cipher_for

MAX_BYTES = 10 * 1024 * 1024


class SentFileForm(forms.Form):
    """Base: one file within the limit; ``too_large`` says how to make it smaller."""

    too_large: Any

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if sent.size > MAX_BYTES:
            raise forms.ValidationError(self.too_large)
        return sent


class WaitingFile(forms.Form):
    """Which sealed upload a preview speaks of, and the choices made about it."""

    digest = forms.RegexField(r"^[0-9a-f]{64}$")
    filename = forms.CharField(max_length=300)
    header_row = forms.IntegerField(min_value=0, max_value=2000, required=False)


class Waiting(NamedTuple):
    """The bytes of a waiting file, and what was chosen about it."""

    data: bytes
    chosen: dict[str, Any]


def receive(page: TripPage, sent: Any) -> Waiting | None:
    """Keep a file that was sent; ``None`` while the same file is just being received."""
    data = sent.read()
    chosen = {"digest": sha256_hex(data), "filename": sent.name}
    try:
        keep(data, name=_place(page, chosen["digest"]), cipher=cipher_for(page.trip.pk))
    except FileLost:
        return None
    return Waiting(data, chosen)


def received_twice() -> str:
    """What to say when ``receive`` finds the same file under way."""
    return gettext("同じファイルをいま受け取っています。少し待ってから、もう一度選んでください。")


def take_up(request: HttpRequest, page: TripPage) -> Waiting | None:
    """The waiting file that a posted preview speaks of; ``None`` when there is none, told if its day is over."""
    waiting = WaitingFile(request.POST or None)
    if request.method != "POST" or not waiting.is_valid():
        return None
    chosen = waiting.cleaned_data
    try:
        data = fetch(name=_place(page, chosen["digest"]), sha256=chosen["digest"], cipher=cipher_for(page.trip.pk))
    except FileLost:
        refuse(request, gettext("送ったファイルの預かり期限(1日)が過ぎました。もう一度ファイルを選んでください。"))
        return None
    return Waiting(data, chosen)


def chosen_columns(request: HttpRequest, known: Mapping[str, object]) -> dict[str, str]:
    """The field of each column as a person set it, "" for a column left out; unknown fields are dropped."""
    columns = {
        name.removeprefix("column-"): str(value) for name, value in request.POST.items() if name.startswith("column-")
    }
    return {letters: field for letters, field in columns.items() if field in known or field == ""}


def _place(page: TripPage, digest: str) -> str:
    return f"{UPLOADS}/{page.trip.pk}/{digest}"
