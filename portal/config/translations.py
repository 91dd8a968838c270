"""Compile the message catalogues with polib, so that no gettext binary is needed on any machine.

Here: ``.po`` → ``.mo``. Not here: the messages themselves (``portal/ui/locale``).
"""

from __future__ import annotations

import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("portal", "trips", "insurance", "mofa_requests", "jcsos")


def compile_catalogues(root: Path = ROOT) -> list[Path]:
    """Compile every catalogue under ``root`` whose ``.mo`` is absent or older; return what was written."""
    written = []
    sources = (path for package in PACKAGES for path in (root / package).glob("**/locale/*/LC_MESSAGES/*.po"))
    for source in sorted(sources):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written.append(target)
    return written


if __name__ == "__main__":
    compile_catalogues()
    sys.exit(0)
