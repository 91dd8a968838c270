"""``python -m portal.ui.locale [folder…]``: prints what lacks English as source entries; narrows by where it stands."""

from __future__ import annotations

import sys

from django.conf import settings

from portal.ui.locale.missing import as_entry, missing_english


def print_missing(places: list[str]) -> None:
    """Write the open entries whose place begins with one of ``places`` (all without any) to standard output."""
    settings.configure()
    for sentence in missing_english():
        if not places or sentence.place.startswith(tuple(places)):
            sys.stdout.write(f"{as_entry(sentence)}\n")


if __name__ == "__main__":
    print_missing(sys.argv[1:])
