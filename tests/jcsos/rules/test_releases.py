"""What another edition changes for one plan, without looking at persons."""

from __future__ import annotations

import pytest

from jcsos.rules.releases import change_under, per_rule
from mofa_requests.rules import BOOK
from portal.dossier.types import Edition, FounderType
from portal.lawbook.finding import Standing
from tests.factories.cast import ready_dossier


@pytest.mark.parametrize("edition", list(Edition))
def test_the_same_edition_changes_nothing(edition: Edition) -> None:
    dossier, on = ready_dossier(FounderType.PREFECTURAL)
    own = dossier.model_copy(update={"edition": edition})
    change = change_under(own, edition=edition.value, on=on, municipal=False)
    assert (change.turns, change.came, change.gone) == (False, (), ())


def test_a_newer_edition_names_the_rules_that_come_and_go() -> None:
    dossier, on = ready_dossier(FounderType.PREFECTURAL)
    bare = dossier.school.model_copy(update={"email": None})
    change = change_under(dossier.model_copy(update={"school": bare}), edition="2024", on=on, municipal=False)
    codes = {rule.code for rule in BOOK.rules}
    assert change.came
    assert {*change.came, *change.gone} <= codes
    assert not set(change.came) & set(change.gone)
    assert (change.before, change.turns) == (Standing.READY, change.after is not Standing.READY)


def test_what_is_written_of_persons_never_counts() -> None:
    dossier, on = ready_dossier(FounderType.PREFECTURAL)
    nobody = dossier.model_copy(update={"participants": (), "home_contacts": (), "opt_outs": ()})
    with_people, without = (change_under(one, edition="2024", on=on, municipal=False) for one in (dossier, nobody))
    assert with_people.before is not Standing.BLOCKED
    assert set(without.came) - set(with_people.came) == set()


def test_rules_are_counted_by_trips_the_most_frequent_first() -> None:
    assert per_rule([(("B", "A"), ()), (("A",), ("C",)), ((), ())]) == [("A", 2, 0), ("B", 1, 0), ("C", 0, 1)]
