"""Telephone numbers as people type them: E.164, what is wrong with one, whether two are the same, specimens.

Not here: whether a plan needs a number at all (rules), how to dial from abroad (portal.directory).

Countries are the ministry's four-digit codes (``0886``); None means Japan or, with ``+``, anywhere.

Specimen numbers cannot ring and are accepted only with ``demo=True``:

* Japan, fixed line: 03-0000-xxxx, 06-0000-xxxx and 0XX-000-xxxx with a two-figure area code. An exchange cannot begin
  with 0, which within an area begins a call to another one. Not 012, 017, 018, 057, 099, where the same digits read as
  a service number (0120-00-xxxx and the like), nor 0XXX-00-xxxx, which may be a live number of 0XX (045-200-xxxx).
* Japan, mobile: 070-0000-xxxx and 090-0000-xxxx; the digit after 070/090 is never 0 (080-0000 is excluded, because
  the same digits read as a free call number 0800-000).
* Elsewhere: ``+<country code> 000…``, 7 to 15 digits; no national number begins with 000.
* North America also 555-0100 to 555-0199, set aside there for fiction.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberType, ValidationResult

JAPAN = "0081"
_DASHES = "〜～−－‐‑‒–—―ーｰ﹣─"
_AS_HYPHEN = str.maketrans(dict.fromkeys(_DASHES, "-"))
_EXTENSION = re.compile(r"[(\s]*(?:内線|extension|ext\.?|x|#)\s*[:.]?\s*(\d[\d、,・~-]*)\s*\)?\s*$", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s()\-.]")
_EMERGENCY = frozenset({"110", "118", "119", "911", "112", "999", "000"})
_REPEATED_TAIL = re.compile(r"(\d)\1{7,}$")
_JAPANESE_SPECIMEN = re.compile(
    r"([36])(0000)(\d{4})|((?!12|17|18|57|99)[124-57-9][1-9])(000)(\d{4})|([79]0)(0000)(\d{4})"
)
_NORTH_AMERICAN_SPECIMEN = re.compile(r"1\d{3}55501\d\d")
# Codes of the ministry that are not a calling code padded to four digits (海外安全情報オープンデータ country codes).
_REGIONS = {
    "0007": "KZ", "0473": "GD", "0758": "LC", "0767": "DM", "0784": "VC", "0809": "DO", "0868": "TT", "0869": "KN",
    "0876": "JM", "1000": "US", "1001": "MP", "1002": "GU", "1242": "BS", "1246": "BB", "1268": "AG", "1340": "VI",
    "1684": "AS", "1787": "PR", "1808": "US", "9001": "CA", "9007": "RU", "9039": "VA", "9212": "EH", "9381": "XK",
    "9689": "PF",
}  # fmt: skip
_SHARED_CODES = (1, 7)  # calling codes of several countries whose numbers must be told apart


@dataclass(frozen=True)
class PhoneProblem:
    """Why a typed number is not good: a stable ``code``, and the reason with its mend in two languages."""

    code: str
    message: str
    english: str

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True)
class _Reading:
    """A typed number taken apart; ``digits`` holds the country code when ``international``."""

    digits: str
    international: bool
    extension: str
    stray: str


def e164(typed: str, country: str | None = None) -> str | None:
    """``+81312345678`` for what was typed, or None when no single number of a possible length can be read from it.

    A number abroad typed without its country code gives None: on paper nobody could dial it. The extension is left
    out; see :func:`comparison_key`.
    """
    reading = _read(typed, country)
    if reading.stray or not reading.international:
        return None
    if is_specimen(reading.digits):
        return "+" + reading.digits
    number = _parse(reading.digits)
    if number is None or not _has_possible_length(number, reading.digits):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def international(typed: str, country: str | None = None) -> str | None:
    """The number for paper, country code first and spaced (``+81 3-1234-5678``), extension kept; None like e164."""
    plain = e164(typed, country)
    if plain is None:
        return None
    shown = _spaced_specimen(plain[1:]) if is_specimen(plain) else _spaced(plain[1:])
    extension = _read(typed, country).extension
    return f"{shown} 内線{extension}" if extension else shown


def comparison_key(typed: str, country: str | None = None) -> str:
    """Equal for two ways of typing one number: E.164 with ``;ext=``, or the bare digits where E.164 fails."""
    reading = _read(typed, country)
    plain = e164(typed, country) or reading.digits
    return f"{plain};ext={reading.extension}" if reading.extension else plain


def same_number(first: str, second: str, *, country: str | None = None) -> bool:
    """Whether two typed numbers are one telephone; an extension makes a difference."""
    return comparison_key(first, country) == comparison_key(second, country)


def is_specimen(number: str) -> bool:
    """Whether ``number`` (E.164, with or without ``+``) is one of the specimen ranges of this module."""
    digits = number.removeprefix("+")
    if digits.startswith("81") and _JAPANESE_SPECIMEN.fullmatch(digits[2:]):
        return True
    if _NORTH_AMERICAN_SPECIMEN.fullmatch(digits):
        return True
    calling = _calling_code_of(digits)
    return calling is not None and digits[len(calling) :].startswith("000") and 7 <= len(digits) <= 15


def problems(typed: str, country: str | None = None, *, demo: bool = False) -> tuple[PhoneProblem, ...]:
    """Everything wrong with a typed number; empty when it is good.

    ``country`` is where the telephone stands; the number must then belong there. ``demo`` accepts specimens.
    """
    reading = _read(typed, country)
    found = _form_problem(reading, country) or _content_problem(reading, country, demo=demo)
    repeated = _problem_repeated(reading)
    return tuple(problem for problem in (found, repeated) if problem is not None)


def _form_problem(reading: _Reading, country: str | None) -> PhoneProblem | None:
    """What is wrong before the number can be looked up."""
    if reading.stray:
        return PhoneProblem(
            "stray",
            f"番号ではない文字「{reading.stray}」が入っています。番号を1つだけ書いてください",
            f"There is something that is not a number ({reading.stray}); write a single number",
        )
    if not reading.digits and not reading.extension:
        return PhoneProblem("empty", "番号が書かれていません", "There is no number")
    if not reading.digits:
        return PhoneProblem(
            "extension_only",
            "内線だけでは外からかけられません。代表番号から書いてください(例: 03-3580-3311 内線2902)",
            "An extension alone cannot be dialled from outside; write the main number first",
        )
    if reading.digits in _EMERGENCY:
        return PhoneProblem(
            "emergency",
            "緊急通報の番号です。その人や施設に直接つながる番号を書いてください",
            "This is an emergency number; write one that reaches the person or place itself",
        )
    return None if reading.international else _problem_of_national(reading, country)


def _problem_of_national(reading: _Reading, country: str | None) -> PhoneProblem:
    if country in (None, JAPAN):
        return PhoneProblem(
            "no_area_code",
            "市外局番(0から)で始めて書いてください。海外の番号は + と国番号から書いてください",
            "Begin with the area code (0…), or with + and the country code for a number abroad",
        )
    calling = calling_code(country)
    example = f"+{calling}" if calling else "+ と国番号"
    return PhoneProblem(
        "no_country_code",
        f"国番号がありません。{example} から書いてください",
        f"The country code is missing; begin with {'+' + calling if calling else '+ and the country code'}",
    )


def _content_problem(reading: _Reading, country: str | None, *, demo: bool) -> PhoneProblem | None:
    """What is wrong with a number that can be looked up."""
    elsewhere = _problem_of_place(reading.digits, country)
    if is_specimen(reading.digits):
        return elsewhere if demo else _SPECIMEN
    number = _parse(reading.digits)
    if _calling_code_of(reading.digits) is None:
        return _NO_SUCH_CODE
    if number is None or not _has_possible_length(number, reading.digits):
        return _LENGTH
    if elsewhere is None and not phonenumbers.is_valid_number(number):
        return _UNASSIGNED
    return elsewhere


def _has_possible_length(number: PhoneNumber, digits: str) -> bool:
    """Japanese numbers have ten or eleven figures with their first 0; the library's table allows more."""
    if number.country_code == 81 and len(digits) not in (11, 12):
        return False
    return phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE


_SPECIMEN = PhoneProblem(
    "specimen",
    "見本用の番号です。実際につながる番号を書いてください",
    "This is a specimen number; write one that can be dialled",
)
_NO_SUCH_CODE = PhoneProblem(
    "no_such_code",
    "その国番号はありません。+ のあとの番号を確かめてください",
    "There is no such country code; check the digits after +",
)
_LENGTH = PhoneProblem(
    "length",
    "けた数が合いません。番号を確かめてください",
    "The number of digits is not right; check the number",
)
_UNASSIGNED = PhoneProblem(
    "unassigned",
    "使われていない番号の形です。番号を確かめてください",
    "No such number is in use; check the number",
)


def _problem_of_place(digits: str, country: str | None) -> PhoneProblem | None:
    """A number of another country than the one where the telephone stands."""
    expected, found = calling_code(country), _calling_code_of(digits)
    if expected is None or found is None:
        return None
    if expected == found and not _of_another_region(digits, country):
        return None
    return PhoneProblem(
        "wrong_country",
        f"別の国・地域の番号(+{found}…)です。この国・地域の番号(+{expected}…)か、国・地域の欄を確かめてください",
        f"The number belongs elsewhere (+{found}…); check it, or the country (+{expected}…)",
    )


def _of_another_region(digits: str, country: str | None) -> bool:
    number = _parse(digits)
    if number is None or number.country_code not in _SHARED_CODES or country not in _REGIONS:
        return False
    region = phonenumbers.region_code_for_number(number)
    free = phonenumbers.number_type(number) == PhoneNumberType.TOLL_FREE
    return region is not None and not free and region != _REGIONS[country]


def _problem_repeated(reading: _Reading) -> PhoneProblem | None:
    if not _REPEATED_TAIL.search(reading.digits):
        return None
    return PhoneProblem(
        "repeated",
        "同じ数字が続いています。実際の番号を書いてください",
        "The same digit is repeated; write the real number",
    )


def calling_code(country: str | None) -> str | None:
    """The E.164 calling code of a ministry country code (``0886`` → ``886``, ``1002`` → ``1``), None when unknown."""
    if country is None:
        return None
    if country in _REGIONS:
        return str(phonenumbers.country_code_for_region(_REGIONS[country]))
    number = int(country)
    return str(number) if number in phonenumbers.COUNTRY_CODE_TO_REGION_CODE else None


def _read(typed: str, country: str | None) -> _Reading:
    text = unicodedata.normalize("NFKC", typed.translate(_AS_HYPHEN)).translate(_AS_HYPHEN).strip()
    extension = _EXTENSION.search(text)
    if extension:
        text = text[: extension.start()]
    plus = text.startswith("+")
    bare = _SEPARATORS.sub("", text.replace("(0)", "") if plus else text).removeprefix("+")
    stray = "".join(char for char in bare if not ("0" <= char <= "9"))
    digits, whole = ("", plus) if stray else _with_country_code(bare, plus, country)
    return _Reading(digits, whole, re.sub(r"\D+", ",", extension[1]).strip(",") if extension else "", stray[:20])


def _with_country_code(bare: str, plus: bool, country: str | None) -> tuple[str, bool]:
    """Digits with the country code, and whether it could be found; national digits otherwise."""
    if plus:
        return _without_trunk_zero(bare), True
    if bare.startswith("010") and len(bare) >= 11 and _calling_code_of(bare[3:]):
        return bare[3:], True  # dialled from Japan
    if country in (None, JAPAN):
        return ("81" + bare[1:], True) if bare.startswith("0") and bare not in _EMERGENCY else (bare, False)
    calling = calling_code(country)
    if calling and bare.startswith(calling) and _is_valid(bare):
        return bare, True
    return bare, False


def _without_trunk_zero(digits: str) -> str:
    """``+81 03…`` is often written for ``+81 3…``; no Japanese number begins with a single 0 after the code."""
    return "81" + digits[3:] if re.match(r"810[1-9]", digits) else digits


def _is_valid(digits: str) -> bool:
    number = _parse(digits)
    return number is not None and phonenumbers.is_valid_number(number)


def _calling_code_of(digits: str) -> str | None:
    return next(
        (digits[:size] for size in (1, 2, 3) if int(digits[:size] or 0) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE),
        None,
    )


def _spaced(digits: str) -> str:
    number = phonenumbers.parse("+" + digits)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _spaced_specimen(digits: str) -> str:
    """Specimens are in no table of numbering plans, so they are grouped here."""
    calling = _calling_code_of(digits) or ""
    rest = digits[len(calling) :]
    japanese = _JAPANESE_SPECIMEN.fullmatch(rest) if calling == "81" else None
    groups = [group for group in japanese.groups() if group] if japanese else [rest[:-4], rest[-4:]]
    return f"+{calling} {'-'.join(groups)}"


def _parse(digits: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse("+" + digits)
    except phonenumbers.NumberParseException:
        return None
