"""What counts as an answer: an empty field is 未入力, and a field that only says 未定 is not an answer either.

Not here: whether an answer is right (each rule says that).
"""

from __future__ import annotations

import unicodedata
from typing import Any

_LONGEST = 10


def is_blank(value: Any) -> bool:
    """Whether nothing was filled in: ``None``, an empty collection, or text of nothing but spaces."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    return isinstance(value, tuple) and not value


def is_placeholder(value: Any) -> bool:
    """Whether text (not blank) was filled in that says nothing yet, such as 未定, 後日連絡 or TBD."""
    return isinstance(value, str) and value[0] in _BEGINNINGS and len(value) <= _LONGEST and _folded(value) in _WORDS


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().strip("。.()「」-ー―").casefold()


_WORDS = frozenset(
    _folded(word)
    for line in (
        "未定 未決定 未入力 未記入 未確認 未確定 不明 調整中 確認中 検討中 手配中 交渉中",
        "後日 後日連絡 後日報告 追って連絡 別途 別途連絡 別紙 別紙参照 同上 同じ 記入予定 入力予定",
        "なし 無し 無 ナシ 特になし 該当なし ダミー テスト test dummy",
        "tbd tba tbc n/a na none null unknown xxx xx x ○○ ○○○ 〇〇 〇〇〇 △△ ×× ** *** - ? ?? ???",
    )
    for word in line.split()
)
# Only a text that begins like one of the words is folded: rosters have many names.
_BEGINNINGS = frozenset(
    char
    for word in _WORDS | {"-ー―。.()「」 \u3000"}
    for letter in word
    for char in (letter, letter.upper(), chr(ord(letter) + 0xFEE0), chr(ord(letter.upper()) + 0xFEE0))
)
