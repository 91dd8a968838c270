"""The ministry's codes, their exceptions, and codes nobody has listed."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.directory.countries import JAPAN, Basis, countries, country, country_by_iso

LISTED = {
    "0886": "台湾", "0065": "シンガポール", "0060": "マレーシア", "0061": "オーストラリア", "0064": "ニュージーランド",
    "0084": "ベトナム", "0066": "タイ", "0082": "韓国", "0086": "中国", "0852": "香港", "0853": "マカオ",
    "0062": "インドネシア", "0063": "フィリピン", "0855": "カンボジア", "0044": "英国", "0033": "フランス",
    "0039": "イタリア", "0049": "ドイツ", "0034": "スペイン", "0358": "フィンランド",
    "1000": "米国(本土)", "1808": "米国(ハワイ)", "1002": "グアム", "1001": "北マリアナ諸島", "9001": "カナダ",
    "9007": "ロシア", "9039": "バチカン", "9381": "コソボ", "9689": "タヒチ(仏領ポリネシア)", "9212": "西サハラ",
    "0473": "グレナダ", "0809": "ドミニカ共和国", "0868": "トリニダード・トバゴ",
    "0869": "セントクリストファー・ネービス", "0876": "ジャマイカ", "0758": "セントルシア", "0767": "ドミニカ国",
    "0784": "セントビンセント及びグレナディーン諸島", "1242": "バハマ", "1246": "バルバドス",
    "1268": "アンティグア・バーブーダ", "1684": "米領サモア",
}  # fmt: skip


@pytest.mark.parametrize(("code", "name"), LISTED.items())
def test_the_ministrys_listed_codes(code, name):
    assert (country(code).ja, country(code).basis) == (name, Basis.LISTED)


@pytest.mark.parametrize("code", ["1340", "1787"])
def test_codes_met_only_in_live_data_are_known_as_such(code):
    assert country(code).basis is Basis.MET_IN_FEED


@given(st.text(max_size=12))
def test_an_unknown_code_gives_an_unlisted_entry(code):
    found = country(code)
    assert found.code == code
    assert found.listed is (code in {row.code for row in countries()})
    assert code in found.ja or found.listed


def test_codes_are_unique_and_the_table_is_the_worlds():
    codes = [row.code for row in countries()]
    assert len(codes) == len(set(codes))
    assert len(codes) >= 206
    assert len({row.ja for row in countries()}) == len(codes)


@pytest.mark.parametrize("row", countries(), ids=lambda row: row.code)
def test_each_row_has_a_real_calling_code_and_real_zones(row):
    regions = phonenumbers.region_codes_for_country_code(int(row.calling_code))
    assert row.iso[:2] in regions
    assert all(ZoneInfo(zone).key == zone for zone in row.zones)
    assert row.zones


@pytest.mark.parametrize("row", [row for row in countries() if row.basis is Basis.DERIVED], ids=lambda row: row.code)
def test_a_derived_code_is_the_padded_calling_code(row):
    assert row.code == row.calling_code.zfill(4)


def test_a_country_by_its_iso_code():
    assert country_by_iso("tw") == country("0886")
    assert country_by_iso("US") == country("1000")
    assert country_by_iso("ZZ") is None
    assert country(JAPAN).ja == "日本"
