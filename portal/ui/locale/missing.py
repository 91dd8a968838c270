"""What still lacks English. Not here: finding sentences (extract), joining sources (compile)."""

from __future__ import annotations

import polib

from portal.ui.locale.compile import joined
from portal.ui.locale.extract import Sentence, sentences


def missing_english() -> list[Sentence]:
    """Each sentence of the product without a complete English translation, once, at its first place."""
    done = {(entry.msgctxt or "", entry.msgid) for entry in joined() if _is_complete(entry)}
    open_ones: dict[tuple[str, str], Sentence] = {}
    for sentence in sentences():
        if sentence.msgid and (sentence.context, sentence.msgid) not in done:
            open_ones.setdefault((sentence.context, sentence.msgid), sentence)
    return list(open_ones.values())


def _is_complete(entry: polib.POEntry) -> bool:
    return bool(entry.msgstr) or (bool(entry.msgstr_plural) and all(entry.msgstr_plural.values()))


def as_entry(sentence: Sentence) -> polib.POEntry:
    """An empty source entry, ready to be filled in."""
    plural = {"msgid_plural": sentence.plural, "msgstr_plural": {0: "", 1: ""}} if sentence.plural else {}
    return polib.POEntry(
        msgid=sentence.msgid, msgctxt=sentence.context or None, comment=sentence.place, flags=_flags(sentence), **plural
    )


def _flags(sentence: Sentence) -> list[str]:
    return ["python-format"] if "%(" in sentence.msgid else []
