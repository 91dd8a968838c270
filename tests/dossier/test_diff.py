"""Differences between dossiers: complete, by key, in people's words, and linear."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given

from portal.dossier.diff import Change, ChangeKind, diff
from portal.dossier.pointers import identity_of, properties, split_pointer
from portal.dossier.types import (
    Dossier,
    Homestay,
    Leg,
    Outline,
    Part,
    Participant,
    School,
    Sex,
    Stay,
)
from tests.dossier.strategies import dossiers

OLD = Dossier(
    school=School(name="見本高等学校", phone="03-0000-1234"),
    stays=(Stay(key="s1", name="ホテル見本", phone="+886 000 111111"), Stay(key="s2", name="旅館見本")),
    participants=(Participant(key="p1", name="髙橋 𠮷子"), Participant(key="p2", name="葛󠄀城 葵")),
)


def changed(**updates: Any) -> Dossier:
    return OLD.model_copy(update=updates)


def short(changes: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    return [(change.kind.value, change.pointer, change.label) for change in changes]


def test_equal_dossiers_do_not_differ() -> None:
    assert diff(OLD, OLD) == ()


def test_a_value_is_changed_added_or_removed() -> None:
    new = changed(
        school=School(name="見本高等学校", phone="03-0000-5678", email="office@school.example"),
        outline=Outline(departs_on=dt.date(2027, 3, 31)),
    )
    assert short(diff(OLD, new)) == [
        ("changed", "/school/phone", "学校 › 電話番号"),
        ("added", "/school/email", "学校 › 学校のメールアドレス"),
        ("added", "/outline/departs_on", "旅行概要 › 出発日(日本を離れる日)"),
    ]
    back = diff(new, OLD)
    assert [change.kind.value for change in back] == ["changed", "removed", "removed"]
    assert (back[0].old, back[0].new) == ("03-0000-5678", "03-0000-1234")
    assert back[1].label_en == "School › School e-mail"


def test_entries_are_matched_by_key_wherever_they_stand() -> None:
    first, second = OLD.stays
    new = changed(stays=(Stay(key="s0", name="山荘見本"), first.model_copy(update={"phone": "+886 000 222222"})))
    changes = diff(OLD, new)
    assert short(changes) == [
        ("removed", "/stays/1", "宿泊 › 旅館見本"),
        ("added", "/stays/0", "宿泊 › 山荘見本"),
        ("changed", "/stays/1/phone", "宿泊 › ホテル見本 › 電話番号"),
    ]
    assert changes[0].old is second
    assert changes[0].new is None


def test_a_new_order_alone_is_told_as_one_change() -> None:
    changes = diff(OLD, changed(stays=OLD.stays[::-1]))
    assert short(changes) == [("changed", "/stays", "宿泊")]
    assert (changes[0].old, changes[0].new) == (("s1", "s2"), ("s2", "s1"))


def test_one_entry_taken_out_is_no_new_order() -> None:
    assert short(diff(OLD, changed(stays=OLD.stays[1:]))) == [("removed", "/stays/0", "宿泊 › ホテル見本")]


def test_persons_are_called_by_key_and_marked_personal() -> None:
    new = changed(participants=(OLD.participants[0].model_copy(update={"sex": Sex.FEMALE}), OLD.participants[1]))
    (change,) = diff(OLD, new)
    assert change.label == "参加者名簿 › p1 › 性別"
    assert change.personal
    assert change.cls == "P2"
    assert diff(OLD, new, show_names=True)[0].label == "参加者名簿 › 髙橋 𠮷子 › 性別"


def test_a_person_who_leaves_is_personal_though_the_list_is_not() -> None:
    (change,) = diff(OLD, changed(participants=OLD.participants[:1]))
    assert change.cls == "P1"
    assert change.personal


def test_a_hotel_is_not_personal() -> None:
    (change,) = diff(OLD, changed(stays=OLD.stays[:1]))
    assert not change.personal


def test_a_repeated_key_does_not_hide_a_change() -> None:
    twice = changed(legs=(Leg(key="l", number="XX1"), Leg(key="l", number="XX2")))
    new = changed(legs=(Leg(key="l", number="XX1"), Leg(key="l", number="XX3")))
    assert short(diff(twice, new)) == [("changed", "/legs/1/number", "便・移動 › XX3 › 便名")]


def test_false_is_a_value() -> None:
    old, new = changed(homestay=Homestay(used=False)), changed(homestay=Homestay(used=True))
    assert diff(old, new)[0].kind is ChangeKind.CHANGED


@given(dossiers(), dossiers())
def test_no_difference_is_lost(old: Dossier, new: Dossier) -> None:
    changes = diff(old, new)
    assert bool(changes) == (old != new)
    assert _apply(old, new, changes) == new


@given(dossiers(), dossiers())
def test_there_and_back_touch_the_same_places(old: Dossier, new: Dossier) -> None:
    there, back = diff(old, new), diff(new, old)
    assert len(there) == len(back)
    swap = {ChangeKind.ADDED: ChangeKind.REMOVED, ChangeKind.REMOVED: ChangeKind.ADDED}
    assert sorted(change.kind for change in there) == sorted(swap.get(change.kind, change.kind) for change in back)


def _apply(old: Part, new: Part, changes: tuple[Change, ...]) -> Any:
    """Rebuild the new dossier from the old one and the changes alone; the new one only tells where entries stand."""
    touched = {
        change.pointer: change for change in changes if change.kind is not ChangeKind.REMOVED or _is_value(change)
    }
    gone = {change.pointer for change in changes if change.kind is ChangeKind.REMOVED and not _is_value(change)}
    return _rebuild(old, new, "", "", touched, gone)


def _is_value(change: Change) -> bool:
    return not isinstance(change.old, Part)


def _rebuild(old: Part, new: Part, there: str, here: str, touched: dict[str, Change], gone: set[str]) -> Any:
    values: dict[str, Any] = {}
    for prop in properties(type(old)).values():
        before, after = getattr(old, prop.name), getattr(new, prop.name)
        then, now = f"{there}/{prop.name}", f"{here}/{prop.name}"
        if prop.part is None:
            values[prop.name] = touched[now].new if now in touched else before
        elif not prop.many:
            values[prop.name] = _rebuild(before, after, then, now, touched, gone)
        else:
            values[prop.name] = _rebuild_list(before, after, then, now, touched, gone)
    return type(old)(**values)


def _rebuild_list(
    before: tuple[Part, ...], after: tuple[Part, ...], then: str, now: str, touched: dict[str, Change], gone: set[str]
) -> tuple[Any, ...]:
    identity = str(identity_of(type((before or after)[0]))) if before or after else ""
    olds = {getattr(each, identity): (place, each) for place, each in enumerate(before)}
    kept = {key for key, (place, _) in olds.items() if f"{then}/{place}" not in gone}
    assert kept == {getattr(each, identity) for each in after} & olds.keys()
    rebuilt = []
    for place, entry in enumerate(after):
        key = getattr(entry, identity)
        if key in olds:
            was, old = olds[key]
            rebuilt.append(_rebuild(old, entry, f"{then}/{was}", f"{now}/{place}", touched, gone))
        else:
            rebuilt.append(touched[f"{now}/{place}"].new)
    return tuple(rebuilt)


def test_pointers_of_changes_are_pointers() -> None:
    new = changed(stays=())
    assert [split_pointer(change.pointer) for change in diff(OLD, new)] == [("stays", "0"), ("stays", "1")]
