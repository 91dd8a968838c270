"""Plant single inconsistencies: at least 99 of 100 are caught, each with an explanation that names both sides."""

from __future__ import annotations

import random
from functools import cache

import pytest

from portal.dossier.types import Dossier
from tests.rules.demos import complete, judge_as_of, new_findings
from tests.rules.mutations import FAMILIES, Mutant, every_mutant
from tests.sizes import PROOF

# All read the same thousand judgements: in one process they are made once.
pytestmark = pytest.mark.xdist_group("mutants")

SAMPLE = 1_000
WANTED = 0.99


@cache
def planted() -> tuple[Mutant, ...]:
    everything = tuple(every_mutant())
    return everything if PROOF else tuple(random.Random(20261122).sample(everything, SAMPLE))


@cache
def judged() -> dict[str, list[str]]:
    """What is newly said about each planted inconsistency."""
    return {
        mutant.what: [
            finding.message
            for finding in new_findings(mutant.name, judge_as_of(Dossier.model_validate(mutant.document())))
        ]
        for mutant in planted()
    }


def explains(message: str, mutant: Mutant) -> bool:
    return all(any(words in message for words in side) for side in mutant.sides)


def share(good: list[str]) -> float:
    return 1 - len(good) / len(planted())


def test_there_are_at_least_a_thousand_to_plant():
    assert len(planted()) >= SAMPLE
    assert {mutant.name for mutant in planted()} == set(complete())


def test_planted_inconsistencies_are_caught():
    silent = [mutant.what for mutant in planted() if not judged()[mutant.what]]
    assert share(silent) >= WANTED, silent


def test_each_explanation_names_both_sides():
    unclear = [
        f"{mutant.what}: {judged()[mutant.what]}"
        for mutant in planted()
        if not any(explains(message, mutant) for message in judged()[mutant.what])
    ]
    assert share(unclear) >= WANTED, "\n".join(unclear)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_every_family_of_inconsistencies_is_planted_somewhere(family):
    spread = planted()[:: max(1, len(planted()) // 50)]
    assert any(list(family(mutant.document())) for mutant in spread)
