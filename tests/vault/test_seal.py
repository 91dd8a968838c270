"""A sealed value opens at its own place with its own key, whole, or not at all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.vault.keyring import TripCipher
from portal.vault.seal import SealBroken, seal, unseal

KEYS = st.binary(min_size=32, max_size=32)
PLACES = st.text(min_size=1, max_size=60)
TEXTS = st.text() | st.sampled_from(["", "0", "髙﨑", "𠮷", "葛󠄀", "が", "か\u3099"])
WORDS = st.text("abcdefgh_", min_size=1, max_size=20)


@given(KEYS, st.binary(), PLACES)
def test_what_was_sealed_comes_back(key: bytes, value: bytes, place: str) -> None:
    sealed = seal(key, value, place=place)
    assert unseal(key, sealed, place=place) == value
    assert unseal(key, memoryview(sealed).tobytes(), place=place) == value


@given(KEYS, st.binary(), PLACES, st.data())
def test_one_changed_bit_is_refused(key: bytes, value: bytes, place: str, data: st.DataObject) -> None:
    sealed = bytearray(seal(key, value, place=place))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SealBroken):
        unseal(key, bytes(sealed), place=place)


@given(KEYS, st.binary(), PLACES, st.data())
def test_a_cut_or_lengthened_value_is_refused(key: bytes, value: bytes, place: str, data: st.DataObject) -> None:
    sealed = seal(key, value, place=place)
    cut = data.draw(st.integers(0, len(sealed) - 1))
    for changed in (sealed[:cut], sealed + b"\0", sealed[1:]):
        with pytest.raises(SealBroken):
            unseal(key, changed, place=place)


@given(KEYS, KEYS, st.binary(), PLACES)
def test_another_key_is_refused(key: bytes, other: bytes, value: bytes, place: str) -> None:
    assume(key != other)
    with pytest.raises(SealBroken):
        unseal(other, seal(key, value, place=place), place=place)


@given(KEYS, st.binary())
def test_a_planted_value_is_refused(key: bytes, planted: bytes) -> None:
    with pytest.raises(SealBroken):
        unseal(key, planted, place="trips_guardian|name|s|r")


@given(KEYS, st.binary(), PLACES)
def test_equal_values_are_sealed_differently(key: bytes, value: bytes, place: str) -> None:
    assert seal(key, value, place=place) != seal(key, value, place=place)


@given(KEYS, TEXTS, WORDS, WORDS, st.uuids(), st.uuids())
def test_a_column_keeps_every_text_as_typed(
    key: bytes, text: str, table: str, column: str, row: UUID, school: UUID
) -> None:
    cipher = TripCipher(school, uuid4(), key)
    sealed = cipher.seal(text, table=table, column=column, row=row)
    assert cipher.open(sealed, table=table, column=column, row=row) == text
    assert cipher.seal(None, table=table, column=column, row=row) is None
    assert cipher.open(None, table=table, column=column, row=row) is None


@given(KEYS, TEXTS.filter(bool), st.sampled_from(["table", "column", "row", "school"]))
def test_a_value_moved_to_another_place_is_refused(key: bytes, text: str, moved: str) -> None:
    school, row = uuid4(), uuid4()
    place = {"table": "trips_guardian", "column": "phone1", "row": row}
    sealed = TripCipher(school, uuid4(), key).seal(text, **place)  # type: ignore[arg-type]
    elsewhere = {"table": "trips_host", "column": "phone2", "row": uuid4(), "school": uuid4()}
    reader = TripCipher(elsewhere["school"] if moved == "school" else school, uuid4(), key)  # type: ignore[arg-type]
    with pytest.raises(SealBroken):
        reader.open(sealed, **{**place, **({} if moved == "school" else {moved: elsewhere[moved]})})  # type: ignore[arg-type]


def test_many_threads_open_only_their_own() -> None:
    ciphers = [TripCipher(uuid4(), uuid4(), bytes([number]) * 32) for number in range(8)]
    row = uuid4()

    def round_trips(cipher: TripCipher) -> bool:
        texts = [f"{cipher.trip_id}{turn}" for turn in range(200)]
        sealed = [cipher.seal(text, table="t", column="c", row=row) for text in texts]
        return [cipher.open(one, table="t", column="c", row=row) for one in sealed] == texts

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(round_trips, ciphers))


def test_a_cipher_never_shows_its_key() -> None:
    cipher = TripCipher(uuid4(), uuid4(), b"k" * 32)
    assert "kkkk" not in f"{cipher!r}{cipher}"
