"""The seven items of 別添三 as the authority ticks them, verbatim.

Not here: judging them (rules), printing them (check_sheet).
"""

from __future__ import annotations

from portal.dossier.types import Dossier, Tick
from portal.kit.choices import LabelledEnum


class Annex3Item(LabelledEnum):
    """「当方へ必ず連絡していただきたい点」; the value is the ``Tick.item`` of the item."""

    ITINERARY = "1", "一 日程表(フライト便名、時刻)", "Itinerary (flight numbers, times)"
    SCHOOL = "2", "二 学校連絡先(住所、郵便番号、電話番号)", "School (address, postcode, telephone)"
    HOME = "3", "三 留守校(連絡責任者氏名、夜間・休日連絡先)", "Home school (name, night and holiday numbers)"
    LODGING = "4", "四 旅行中の宿泊先(住所、電話番号)", "Lodging (address, telephone)"
    AGENT = "5", "五 旅行会社(住所、電話番号)", "Travel agency (address, telephone)"
    INSURER = "6", "六 保険会社(住所、電話番号)", "Insurer (address, telephone)"
    ROSTER = "7", "七 参加者名簿(年齢、性別、合計参加者数)", "Roster (ages, sexes, total)"


def ticks_by_item(dossier: Dossier) -> dict[Annex3Item, Tick]:
    """The authority's tick of each item; the last one counts where an item was ticked twice."""
    return {Annex3Item(tick.item): tick for tick in dossier.request.ticks if tick.item in set(Annex3Item)}


def other_ticks(dossier: Dossier) -> tuple[Tick, ...]:
    """Ticks on something else than the seven items, such as a local rule; they print below the seven."""
    return tuple(tick for tick in dossier.request.ticks if tick.item not in set(Annex3Item))
