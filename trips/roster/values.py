"""Cells of the open columns: names, kana, passport spelling, sex, role, grade, class, number, nationality.

Here: one reader per column, a :class:`Cell` in and a value (or ``None`` = 未入力) out. Not here: dates (dates),
guardians and health (sealed), whole rows (rows).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from portal.directory.countries import countries, country_by_iso
from portal.dossier.types import ParticipantRole, Sex
from trips.roster.cells import FORMULA_STARTS, narrow_ascii, narrow_text, plain_text, widen_half_kana
from trips.roster.table import Cell, CellKind
from trips.roster.verdicts import CellRefused


def read_name(cell: Cell) -> str | None:
    """A name exactly as typed, outer blanks apart; refused when it can be no name (a number, a formula)."""
    text = plain_text(cell)
    if not text:
        return None
    if text[0] in FORMULA_STARTS:
        raise CellRefused(
            f"「{text[0]}」で始まる氏名は使えません。",
            "式や記号ではなく、氏名を入力してください。",
            f"A name cannot begin with {text[0]}. Type the name itself.",
        )
    if cell.kind is not CellKind.TEXT or not any(char.isalpha() for char in text):
        raise CellRefused(
            "氏名ではなく、数字や日付になっています。",
            "氏名の列がずれていないか確かめて、氏名を入力してください。",
            "This is a number or a date and not a name. Check that columns have not shifted.",
        )
    return text


def read_kana(cell: Cell) -> str | None:
    """Kana as typed, half-width kana made full-width."""
    text = widen_half_kana(plain_text(cell))
    if text and text[0] in FORMULA_STARTS:
        raise CellRefused(
            f"「{text[0]}」で始まるかなは使えません。",
            "氏名の読みをかなで入力してください。",
            f"Kana cannot begin with {text[0]}. Type how the name is read.",
        )
    return text or None


_KANA_ALONE = re.compile(r"[ぁ-ゖァ-ヺー・ \u3000]*")


def doubts_kana(kana: str) -> bool:
    """Whether ``kana`` holds kanji or figures, so that sorting by it would mislead."""
    return _KANA_ALONE.fullmatch(kana) is None and any(
        unicodedata.name(char, "").startswith("CJK") or char.isdigit() for char in kana
    )


_PASSPORT = re.compile(r"[A-Z][A-Z '\-]*")
_TITLE = re.compile(r"[ /](?:MR|MRS|MS|MISS|MSTR)\.?$")


def read_passport(cell: Cell) -> str | None:
    """Passport letters in capitals; refused when something else than A–Z, space, ' or - is in it."""
    text = " ".join(unicodedata.normalize("NFKC", plain_text(cell)).upper().split())
    if not text:
        return None
    text = text.replace("’", "'").replace("‐", "-")
    if not _PASSPORT.fullmatch(text):
        raise CellRefused(
            "旅券のローマ字として読めない文字があります。",
            "旅券のとおり、A〜Zの大文字で入力してください(例: TAKAHASHI)。",
            "This cannot be a passport spelling. Type it in capitals A-Z as in the passport.",
        )
    return text


def read_passport_name(cell: Cell) -> tuple[str | None, str | None]:
    """``TAKAHASHI/HANAKO MS`` or ``TAKAHASHI HANAKO`` → surname and given name; a single word is a surname."""
    raw = unicodedata.normalize("NFKC", plain_text(cell)).upper()
    text = _TITLE.sub("", raw)
    surname, _, given = text.partition("/") if "/" in text else text.partition(",")
    if not given:
        surname, _, given = " ".join(text.split()).partition(" ")
    return read_passport(Cell(surname)), read_passport(Cell(given))


_SEXES = {
    Sex.MALE: "男 男性 男子 男児 おとこ オトコ M MALE BOY 1 ♂",
    Sex.FEMALE: "女 女性 女子 女児 おんな オンナ F FEMALE GIRL 2 ♀",
    Sex.OTHER: "その他 その他・記載しない 記載しない 記載なし 回答しない 無回答 答えない 選択しない OTHER X 9",
}
_SEX_WORDS = {word: sex for sex, words in _SEXES.items() for word in words.split()}


def read_sex(cell: Cell) -> Sex | None:
    """男・女, male/female, M/F, 1/2; ISO 5218's 9 and その他 are other; blank is 未入力."""
    text = narrow_text(cell).upper()
    if not text:
        return None
    if text not in _SEX_WORDS:
        raise CellRefused(
            f"性別「{text[:20]}」が読めません。",
            "「男」「女」「その他」のどれかにしてください(分からなければ空欄にします)。",
            f"{text[:20]} is no sex we can read. Use 男, 女 or その他 (or M, F, X), or leave it empty.",
        )
    return _SEX_WORDS[text]


_ROLES = {
    ParticipantRole.STUDENT: "生徒 児童 学生 参加者 参加生徒 生 本人 STUDENT PUPIL",
    ParticipantRole.ESCORT: (
        "引率 引率者 引率教員 引率教諭 教員 教諭 教師 先生 職員 教職員 団長 副団長 校長 副校長 教頭 主幹教諭 担任 "
        "学年主任 ESCORT TEACHER"
    ),
    ParticipantRole.CONDUCTOR: "添乗員 添乗 TC ツアーコンダクター 旅行会社 CONDUCTOR TOURCONDUCTOR",
    ParticipantRole.NURSE: "看護・養護 看護師 看護 養護 養護教諭 保健 保健師 NURSE",
    ParticipantRole.OTHER: "その他 カメラマン 写真 通訳 ガイド 医師 保護者 OTHER",
}
_ROLE_WORDS = {word: role for role, words in _ROLES.items() for word in words.split()}


def read_role(cell: Cell) -> ParticipantRole | None:
    """生徒, 引率教員, 添乗員, 看護師, その他 and their usual names."""
    text = narrow_text(cell).upper()
    if not text:
        return None
    if text not in _ROLE_WORDS:
        raise CellRefused(
            f"区分「{text[:20]}」が読めません。",
            "「生徒」「引率」「添乗員」「看護・養護」「その他」のどれかにしてください。",
            f"{text[:20]} is no role we can read. Use 生徒, 引率, 添乗員, 看護・養護 or その他.",
        )
    return _ROLE_WORDS[text]


@lru_cache(maxsize=256)
def role_in_place_of_class(cell: Cell) -> ParticipantRole | None:
    """The role of a grown-up when a roster writes 引率 or 教諭 into the column of grade or class."""
    role = _ROLE_WORDS.get(narrow_text(cell).upper())
    return None if role is ParticipantRole.STUDENT else role


def read_grade(cell: Cell) -> str | None:
    """``2``, ``２年``, ``第2学年`` → ``2``; ``高2`` stays; a number must be 1 to 9."""
    text = narrow_ascii(plain_text(cell))
    core = re.sub(r"^第?(\d{1,2})(?:学年|年生|年|年次)?$", r"\1", text)
    if core.isdigit():
        if not 1 <= int(core) <= 9:
            raise _unreadable("学年", text, "「2」のように1〜9で", "a grade from 1 to 9")
        return str(int(core))
    if re.fullmatch(r"-?\d+(\.\d+)?", core):
        raise _unreadable("学年", text, "「2」のように1〜9で", "a grade from 1 to 9")
    return core or None


def read_class(cell: Cell) -> str | None:
    """``３組`` → ``3``, ``A組`` → ``A``; names such as 梅 stay."""
    text = narrow_ascii(plain_text(cell))
    core = re.sub(r"(?<=.)(?:組|クラス|くみ)$", "", text)
    if re.fullmatch(r"-\d+|\d+\.\d+", core):
        raise _unreadable("組", text, "「3」「A」のように", "a class such as 3 or A")
    return core or None


def read_number(cell: Cell) -> str | None:
    """``０７``, ``7番`` → ``7``; a whole number from 1 to 9999."""
    text = narrow_ascii(plain_text(cell))
    core = text.removesuffix("番").removesuffix("号")
    if not core:
        return None
    if not (core.isascii() and core.isdigit()) or not 1 <= int(core) <= 9999:
        raise _unreadable("番号", text, "「15」のように1以上の整数で", "a whole number from 1")
    return str(int(core))


_CLASS_CODES = (
    re.compile(r"(?P<grade>\d)年(?P<class_name>[^\d年組]{1,6}|\d{1,2})組(?:(?P<number>\d{1,3})番?)?"),
    re.compile(r"(?P<grade>\d)-(?P<class_name>[^\d-]{1,6}|\d{1,2})(?:-(?P<number>\d{1,3}))?"),
    re.compile(r"(?P<grade>\d)(?P<class_name>[A-Za-z])(?P<number>\d{1,2})"),
    re.compile(r"(?P<grade>\d)(?P<class_name>\d)(?P<number>\d{2})"),
    re.compile(r"(?P<grade>\d)(?P<class_name>\d{2})(?P<number>\d{2})"),
)


def read_class_code(cell: Cell) -> tuple[str | None, str | None, str | None]:
    """``2年3組15番``, ``2-3-15``, ``2315``, ``2A07`` → (grade, class, number), each without leading zeros."""
    text = re.sub("[‐−–—ー・/]", "-", narrow_ascii(plain_text(cell)))
    if not text:
        return None, None, None
    for form in _CLASS_CODES:
        found = form.fullmatch(text)
        if found:
            return found["grade"], _bare(found["class_name"]), _bare(found["number"])
    raise _unreadable("年組番号", text, "「2年3組15番」か「2-3-15」のように", "something like 2-3-15")


def read_room(cell: Cell) -> str | None:
    """A room as written, full-width figures made narrow."""
    text = plain_text(cell)
    return narrow_ascii(text) if re.fullmatch(r"[\uff10-\uff5a\s\-－]+", text) else text or None


_NATIONS = {
    "アメリカ": "US",
    "アメリカ合衆国": "US",
    "米国": "US",
    "合衆国": "US",
    "USA": "US",
    "イギリス": "GB",
    "英国": "GB",
    "UK": "GB",
    "大韓民国": "KR",
    "SOUTHKOREA": "KR",
    "KOREA": "KR",
    "中華人民共和国": "CN",
    "中華民国": "TW",
    "日本国": "JP",
    "JPN": "JP",
    "JAPANESE": "JP",
    "日本人": "JP",
    "KOR": "KR",
    "CHN": "CN",
    "TWN": "TW",
    "PHL": "PH",
    "VNM": "VN",
    "BRA": "BR",
    "NPL": "NP",
    "GBR": "GB",
}


def read_nationality(cell: Cell) -> str | None:
    """A country's Japanese or English name, ISO code or the ministry's code → the ministry's four digits."""
    text = narrow_text(cell).upper()
    if not text:
        return None
    code = _nations().get(text) or _nations().get(text.removesuffix("籍").removesuffix("国籍"))
    if code is None:
        raise CellRefused(
            f"国籍「{text[:20]}」が分かりません。",
            "「韓国」「台湾」「フィリピン」のように国・地域の名前で書いてください。",
            f"{text[:20]} is no nationality we know. Write the name of the country or region.",
        )
    return code


@cache
def _nations() -> dict[str, str]:
    index: dict[str, str] = {}
    for country in countries():
        for word in (country.code, country.ja, country.en, country.iso):
            index.setdefault(narrow_text(Cell(word)).upper(), country.code)
    for word, iso in _NATIONS.items():
        found = country_by_iso(iso)
        if found:
            index[word] = found.code
    return index


def _bare(digits: str | None) -> str | None:
    return str(int(digits)) if digits and digits.isdigit() else digits


def _unreadable(title: str, text: str, example: str, english: str) -> CellRefused:
    return CellRefused(
        f"{title}「{text[:20]}」が読めません。",
        f"{example}書いてください。",
        f"{text[:20]} cannot be read; write {english}.",
    )
