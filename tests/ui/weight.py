"""What a first visit to a page loads: every file of ours that it names, by the static finders."""

from __future__ import annotations

import re
from pathlib import Path

from django.contrib.staticfiles import finders

_NAMED = re.compile(r'(?:src|href)="/static/([^"#?]+)')
_HASH = re.compile(r"\.[0-9a-f]{12}(?=\.)")


def files_of(page: str) -> list[bytes]:
    """The content of each style, script and picture that the page names, once, in the order of the page."""
    names = dict.fromkeys(_HASH.sub("", name) for name in _NAMED.findall(page))
    found = []
    for name in names:
        place = finders.find(name)
        if place is None:
            raise LookupError(f"no such file: {name}")
        found.append(Path(place).read_bytes())
    return found
