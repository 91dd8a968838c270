"""The words for the validator's findings where no file can provoke them."""

from __future__ import annotations

from portal.dossier.messages import explain


def test_an_unforeseen_finding_is_shown_rather_than_hidden() -> None:
    assert explain("quite_new", "/school/name", {}, "Something new") == (
        "値の書き方が正しくありません(Something new)",
        "Something new",
    )


def test_a_choice_without_labels_still_names_the_values() -> None:
    japanese, english = explain("enum", "/school/name", {"expected": "'a' or 'b'"}, "")
    assert "'a' or 'b'" in japanese
    assert "'a' or 'b'" in english


def test_a_nearby_name_is_offered_only_when_it_is_near() -> None:
    assert "「phone」の書き誤り" in explain("extra_forbidden", "/stays/0/phon", {}, "")[0]
    assert "つづりを確かめる" in explain("extra_forbidden", "/stays/0/zzz", {}, "")[0]
    assert "「outline」の書き誤り" in explain("extra_forbidden", "/outlin", {}, "")[0]


def test_a_refusal_without_english_is_told_in_its_own_words() -> None:
    assert explain("value_error", "/x", {"error": ValueError("だめです")}, "") == ("だめです", "だめです")
