"""Japanese postcodes as people type them. Not here: addresses abroad."""

from __future__ import annotations

import re
import unicodedata

_POSTCODE = re.compile(r"〒?\d{3}-?\d{4}")


def is_postcode(text: str) -> bool:
    """Whether ``text`` holds the seven digits of a Japanese postcode, whatever their width: ``〒１００－０００１``."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return _POSTCODE.fullmatch(re.sub(r"[−‐‑–—ー―〜~]", "-", folded).replace(" ", "")) is not None
