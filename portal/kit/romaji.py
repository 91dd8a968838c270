"""Passport spelling from kana by the Hepburn rules of passports: a suggestion to confirm, and what else is legal.

The passport itself is the authority (旅券法施行規則 5条): a difference is a doubt, never an error. Not here: which
romaji a form accepts, how names are stored.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice, product
from typing import NamedTuple

_ROWS = {
    "": "あいうえお",
    "K": "かきくけこ",
    "S": "さしすせそ",
    "T": "たちつてと",
    "N": "なにぬねの",
    "H": "はひふへほ",
    "M": "まみむめも",
    "R": "らりるれろ",
    "G": "がぎぐげご",
    "Z": "ざじずぜぞ",
    "D": "だぢづでど",
    "B": "ばびぶべぼ",
    "P": "ぱぴぷぺぽ",
}
_PLAIN = {
    **{kana: consonant + vowel for consonant, row in _ROWS.items() for kana, vowel in zip(row, "AIUEO", strict=True)},
    "し": "SHI",
    "ち": "CHI",
    "つ": "TSU",
    "ふ": "FU",
    "じ": "JI",
    "ぢ": "JI",
    "づ": "ZU",
    "ゔ": "BU",
    "や": "YA",
    "ゆ": "YU",
    "よ": "YO",
    "わ": "WA",
    "ゐ": "I",
    "ゑ": "E",
    "を": "O",
    "ゕ": "KA",
    "ゖ": "KE",
    "ゎ": "WA",
}
_SMALL_VOWELS = dict(zip("ぁぃぅぇぉ", "AIUEO", strict=True))
_SMALL_Y = dict(zip("ゃゅょ", "AUO", strict=True))
_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_BREAKS = re.compile(r"[\s・･=＝‐\-]+")
_TITLE = re.compile(r"[ /](?:MR|MRS|MS|MISS|MSTR)\.?$")
_MAX_SPELLINGS = 64


class _Mora(NamedTuple):
    """One sound: how it may be spelled, the suggestion first; "" where a long vowel is left out."""

    spellings: tuple[str, ...]


def suggest(kana: str) -> str | None:
    """``たかはし`` → ``TAKAHASHI``; parts parted by blanks or ・ stay apart; ``None`` when it is not all kana.

    Long おう, おお, うう are O, O, U; a final お stays (SENOO); ー is left out. Whether a sound is long only the kanji
    tell (まつうら is MATSUURA): those forms are among :func:`spellings`.
    """
    return next(iter(spellings(kana)), None)


def suggest_name(kana: str) -> tuple[str | None, str | None]:
    """Surname and given name from ``かな　かな``; a single word is a surname, as passports write mononyms."""
    words = [suggest(word) for word in _BREAKS.split(kana.strip()) if word]
    if not words or None in words:
        return None, None
    return words[0], " ".join(word for word in words[1:] if word) or None


def spellings(kana: str) -> tuple[str, ...]:
    """Every legal spelling of ``kana``, the suggestion first (ONO, OHNO, OONO); empty when it is not all kana."""
    words = [word for word in _BREAKS.split(_hiragana(kana).strip()) if word]
    read = [tuple(_morae(word)) if _is_kana(word) else () for word in words]
    if not read or not all(read):
        return ()
    choices = [mora.spellings for number, word in enumerate(read) for mora in (*_gap(number), *word)]
    found = (_join(parts) for parts in islice(product(*choices), _MAX_SPELLINGS))
    return tuple(dict.fromkeys(found))


def agrees(romaji: str, kana: str) -> bool:
    """Whether ``romaji`` is a legal spelling of ``kana``; case, blanks, hyphens and apostrophes do not count."""
    return _bare(romaji) in {_bare(spelling) for spelling in spellings(kana)}


def on_ticket(ticket: str, surname: str, given: str | None) -> bool:
    """Whether a ticket's name (``TAKAHASHI/HANAKO MS``) is the passport's; blanks, hyphens and titles do not count."""
    name = _TITLE.sub("", unicodedata.normalize("NFKC", ticket).upper().strip())
    if "/" not in name:
        return _bare(name) == _bare(f"{surname}{given or ''}")
    first, _, second = name.partition("/")
    return (_bare(first), _bare(second)) == (_bare(surname), _bare(given or ""))


def ticket_letters(ticket: str) -> str:
    """A ticket's name as bare letters, surname first: ``TAKAHASHI/HANAKO MS`` → ``TAKAHASHIHANAKO``."""
    return _bare(_TITLE.sub("", unicodedata.normalize("NFKC", ticket).upper().strip()))


# --- sounds -------------------------------------------------------------------------------------------------------


def _hiragana(kana: str) -> str:
    return unicodedata.normalize("NFKC", kana).translate(_KATAKANA_TO_HIRAGANA)


def _is_kana(word: str) -> bool:
    return all("ぁ" <= char <= "ゖ" or char == "ー" for char in word) and any(char in _PLAIN for char in word)


def _gap(number: int) -> tuple[_Mora, ...]:
    return (_Mora((" ",)),) if number else ()


def _morae(word: str) -> Iterator[_Mora]:
    """The sounds of one word; ``っ`` and ``ん`` are marks that :func:`_join` settles by what follows."""
    before, place = "", 0
    while place < len(word):
        char, after = word[place], word[place + 1 : place + 2]
        if char in "っん":
            before, place = "", place + 1
            yield _Mora((char,))
        elif char == "ー":
            before, place = "", place + 1
        elif _is_long(before, char, after):
            yield _long(before[-1], char, last=place + 1 == len(word))
            before, place = "", place + 1
        else:
            mora, size = _sound(char, after)
            before, place = mora.spellings[0], place + size
            yield mora


def _is_long(before: str, char: str, after: str) -> bool:
    if after and after in _SMALL_VOWELS:
        return False
    return (char == "う" and before.endswith(("O", "U"))) or (char == "お" and before.endswith("O"))


def _long(vowel: str, char: str, *, last: bool) -> _Mora:
    """A second vowel: left out, written as H after O, or written as it stands; a final お is always written."""
    written = _PLAIN[char]
    if char == "お" and last:
        return _Mora((written, "H"))
    return _Mora(("", "H", written) if vowel == "O" else ("", written))


def _sound(char: str, after: str) -> tuple[_Mora, int]:
    plain = _PLAIN.get(char) or _SMALL_VOWELS.get(char) or "Y" + _SMALL_Y[char]
    if after and after in _SMALL_Y:
        return _Mora((_with_y(plain) + _SMALL_Y[after],)), 2
    if after and after in _SMALL_VOWELS:
        wide = plain + _SMALL_VOWELS[after]
        # ヴァ is BUA, or BA on request.
        return _Mora((wide, "B" + _SMALL_VOWELS[after]) if char == "ゔ" else (wide,)), 2
    return _Mora((plain,)), 1


def _with_y(plain: str) -> str:
    if plain in ("SHI", "CHI", "JI"):
        return plain[:-1]
    return plain[:-1] + "Y" if plain.endswith("I") and len(plain) > 1 else plain + "Y"


# --- letters ------------------------------------------------------------------------------------------------------


def _join(parts: tuple[str, ...]) -> str:
    """Spellings in a row; ん is M before B, M, P, and っ doubles the consonant, or is T before CH."""
    letters = ""
    for part in reversed(parts):
        if part == "ん":
            part = "M" if letters[:1] in ("B", "M", "P") and letters else "N"
        elif part == "っ":
            part = _doubled(letters)
        letters = part + letters
    return letters


def _doubled(letters: str) -> str:
    if letters.startswith("CH"):
        return "T"
    return letters[:1] if letters[:1] not in ("", " ", "A", "I", "U", "E", "O") else ""


def _bare(romaji: str) -> str:
    return re.sub(r"[^A-Z]", "", unicodedata.normalize("NFKC", romaji).upper())
