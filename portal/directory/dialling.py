"""How to dial Japan from abroad, for the card every traveller carries (別添一 二 柱書). Not here: whom to call."""

from __future__ import annotations

from functools import cache

from portal.directory.countries import country as country_of
from portal.directory.files import Row, read_table

JAPAN_CALLING_CODE = "81"
_EVERYWHERE_ELSE = "*"


class Dialling(Row):
    """The international prefix of one country; ``verified`` is false while nobody has checked it on the spot."""

    country: str
    idd: str
    verified: bool


@cache
def _by_country() -> dict[str, Dialling]:
    return {row.country: row for row in read_table("dialling.yaml", Dialling)}


def dialling(country: str) -> Dialling:
    """The row of a MOFA country code, or the general one under that code."""
    table = _by_country()
    return table.get(country) or table[_EVERYWHERE_ELSE].model_copy(update={"country": country})


def dialling_text(country: str) -> str:
    """A suggestion for 現地での電話の掛け方 in one country, marked 未確認 while its prefix is unchecked."""
    row = dialling(country)
    doubt = "" if row.verified else "(国際電話識別番号は未確認。現地で確かめること)"
    return (
        f"{country_of(country).ja}から日本へ: {row.idd}-{JAPAN_CALLING_CODE}-(最初の0を除いた番号)。"
        f"携帯電話からは +{JAPAN_CALLING_CODE}-(最初の0を除いた番号)。{doubt}"
    )
