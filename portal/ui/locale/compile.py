"""Joins the English sources and makes the binary catalogue that Django reads. The catalogue is not kept in git.

Not here: finding what is still to be translated (extract).
"""

from __future__ import annotations

import os
from pathlib import Path

import polib

FOLDER = Path(__file__).parent / "en"
METADATA = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Language": "en",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


def compile_catalogues(folder: Path = FOLDER) -> Path:
    """Write ``LC_MESSAGES/django.mo`` of ``folder`` from its ``sources/*.po`` and return its path.

    Raises ``ValueError`` naming the sentence when two sources translate it differently.
    """
    catalogue = catalogue_of(folder)
    catalogue.parent.mkdir(parents=True, exist_ok=True)
    # Several processes may start at once: each writes its own file, the last one stays.
    unfinished = catalogue.with_suffix(f".{os.getpid()}.mo")
    joined(folder).save_as_mofile(str(unfinished))
    return unfinished.replace(catalogue)


def compile_if_outdated(folder: Path = FOLDER) -> None:
    """Compile when the catalogue is missing or older than a source; for development and tests."""
    catalogue, inputs = catalogue_of(folder), [folder / "sources", *sources(folder)]
    if not catalogue.exists() or catalogue.stat().st_mtime < max(path.stat().st_mtime for path in inputs):
        compile_catalogues(folder)


def catalogue_of(folder: Path = FOLDER) -> Path:
    """The binary catalogue Django looks for."""
    return folder / "LC_MESSAGES" / "django.mo"


def sources(folder: Path = FOLDER) -> list[Path]:
    """The source files, one an area."""
    return sorted((folder / "sources").glob("*.po"))


def joined(folder: Path = FOLDER) -> polib.POFile:
    """All sources as one catalogue; the same sentence may stand in several with the same translation."""
    catalogue = polib.POFile()
    catalogue.metadata = METADATA
    known: dict[tuple[str, str], polib.POEntry] = {}
    for path in sources(folder):
        for entry in polib.pofile(str(path), encoding="utf-8"):
            _join(entry, path, known)
    catalogue.extend(known.values())
    return catalogue


def _join(entry: polib.POEntry, path: Path, known: dict[tuple[str, str], polib.POEntry]) -> None:
    place = (entry.msgctxt or "", entry.msgid)
    before = known.setdefault(place, entry)
    if (before.msgstr, before.msgstr_plural) != (entry.msgstr, entry.msgstr_plural):
        raise ValueError(f"{path.name}: 「{entry.msgid}」の英訳が二つあります。どちらかに揃えてください")
