"""The answers of an autosaving form: saved, or a conflict with both texts. Contract: docs/ui.md, static/js/autosave.js.

Not here: the saving itself (each app's ``actions``, which compare ``base_version``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.ui.shapes import ShownFinding

VERSION_FIELD = "base_version"
SAVED_HEADER = "X-Saved"


@dataclass(frozen=True)
class Meter:
    """Figures of the progress meter with the element id it has on the page."""

    done: int
    total: int
    label: str = ""
    id: str = "meter"


@dataclass(frozen=True)
class Clash:
    """One property that two people wrote: its label, my text and the text that is stored."""

    label: str
    mine: object
    theirs: object


def saved(
    request: HttpRequest,
    *,
    version: int,
    forms: Iterable[Any] = (),
    findings: Sequence[ShownFinding] | None = None,
    meter: Meter | None = None,
) -> HttpResponse:
    """The fragment after a save: time in words, new version, errors beside their fields, findings and meter.

    Fields of ``forms`` that could not be read are named in the saved line; their text stays on the page.
    """
    singles = [single for form in forms for single in getattr(form, "forms", [form])]
    context = {
        "version": version,
        "at": timezone.localtime(),
        "unread": [field for form in singles for field in form if field.errors],
        "findings": findings,
        "meter": meter,
    }
    answer = render(request, "ui/_saved.html", context)
    answer[SAVED_HEADER] = str(version)
    return answer


def conflict(
    request: HttpRequest, *, version: int, who: str, at: dt.datetime, clashes: Sequence[Clash]
) -> HttpResponse:
    """409 with a panel: who saved meanwhile and when, both texts, and the two ways on. Nothing typed is lost."""
    context = {"version": version, "who": who, "at": at, "clashes": clashes, "page": request.get_full_path()}
    answer = render(request, "ui/_conflict.html", context, status=409)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#conflict", "innerHTML"
    return answer


def base_version(request: HttpRequest) -> int | None:
    """The version the page was filled from, or ``None`` when the post carries none that can be read."""
    text = request.POST.get(VERSION_FIELD, "")
    return int(text) if text.isascii() and text.isdigit() else None
