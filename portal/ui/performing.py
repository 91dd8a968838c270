"""Doing what a form asks for: done and said, or the reason left on the form. Not here: the acts, where it leads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from portal.kit.machine import Refused
from portal.ui.messages import announce
from portal.ui.typed import sentence_of


def perform(request: HttpRequest, form: Any, act: Callable[[Any], Any], said: str) -> bool:
    """Do ``act`` with the valid form and say so, or leave the reason on the form; whether it was done."""
    if not form.is_valid():
        return False
    try:
        act(form)
    except Refused as reason:
        form.add_error(None, sentence_of(reason))
        return False
    announce(request, said)
    return True
