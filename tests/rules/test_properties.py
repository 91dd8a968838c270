"""What holds for every dossier: judging never fails, points into the dossier, tells in two languages, keeps secrets."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mofa_requests.rules import BOOK, judge
from portal.dossier.pointers import field_info, join_pointer, properties, split_pointer, value_at
from portal.dossier.types import Dossier, Part
from portal.kit.clock import stopped_at
from portal.lawbook.finding import Severity, Standing, Verdict
from portal.lawbook.rule import EDITIONS
from tests.dossier.strategies import dossiers
from tests.rules.casework import TODAY, base_document, base_dossier
from tests.rules.demos import complete, judge_as_of
from tests.rules.plans import plan
from tests.sizes import size
from trips.facts.names import personal_names

SECRET = "P3"
TRIES = size(60, proof=600)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31))


def exists(dossier, pointer):
    """The place itself, or the list or part that it would stand in."""
    parent = join_pointer(split_pointer(pointer)[:-1])
    return field_info(pointer) is not None and value_at(dossier, parent) is not None


@settings(max_examples=TRIES)
@given(dossier=dossiers(), edition=st.sampled_from(EDITIONS), on=DAYS)
def test_any_dossier_can_be_judged_and_every_finding_points_into_it(dossier, edition, on):
    report = judge(dossier, edition=edition, on=on)
    assert [ran.code for ran in report.ran] == [rule.code for rule in BOOK.under(edition)]
    for finding in (*report.findings, *report.follow_ups):
        assert exists(dossier, finding.field), finding
        assert finding.citation
        assert finding.message
        assert finding.message_en
        assert finding.verdict is not Verdict.NOT_APPLICABLE


@settings(max_examples=TRIES)
@given(dossier=dossiers())
def test_judging_is_the_same_every_time(dossier):
    assert judge(dossier, on=TODAY) == judge(dossier, on=TODAY)


@settings(max_examples=TRIES)
@given(dossier=dossiers())
def test_the_verdict_follows_from_the_findings(dossier):
    report = judge(dossier, on=TODAY)
    blocking = [found for found in report.findings if found.severity is Severity.BLOCK and not found.late]
    late = [found for found in report.findings if found.late]
    expected = Standing.BLOCKED if blocking else Standing.LATE if late else Standing.READY
    assert report.verdict is expected


def blanks(part: Part, pointer: str = ""):
    """Every optional single value that is filled in, by pointer."""
    for name, prop in properties(type(part)).items():
        value, here = getattr(part, name), f"{pointer}/{name}"
        if isinstance(value, Part):
            yield from blanks(value, here)
        elif prop.many and prop.part is not None:
            for number, entry in enumerate(value[:5]):
                yield from blanks(entry, f"{here}/{number}")
        elif value is not None and type(part).model_fields[name].default is None:
            yield here


def without(dossier: Dossier, pointers):
    document = dossier.model_dump(mode="json")
    for pointer in pointers:
        *parents, last = split_pointer(pointer)
        place = document
        for step in parents:
            place = place[int(step)] if isinstance(place, list) else place[step]
        place[last] = None
    return Dossier.model_validate(document)


@pytest.mark.parametrize("name", list(complete()))
def test_filling_in_a_field_never_makes_a_met_rule_unknown(name):
    dossier = complete()[name]
    dice = random.Random(name)
    pointers = list(blanks(dossier))
    for _ in range(size(12, proof=200)):
        emptied = dice.sample(pointers, dice.randint(2, 12))
        before = judge_as_of(without(dossier, emptied))
        after = judge_as_of(without(dossier, emptied[1:]))
        met = {ran.code for ran in before.ran if ran.verdict is Verdict.PASS}
        now_unknown = {ran.code for ran in after.ran if ran.verdict is Verdict.UNKNOWN}
        assert met & now_unknown == set(), emptied


@pytest.mark.parametrize("name", list(complete()))
def test_messages_hold_no_value_of_the_most_private_class(name):
    """Home numbers, passports, birth dates and host addresses stay where they are; names can be taken out."""
    dossier = complete()[name]
    secrets = {
        str(value_at(dossier, pointer))
        for pointer in blanks(dossier)
        if field_info(pointer).cls == SECRET and isinstance(value_at(dossier, pointer), str)
    }
    dice = random.Random(name)
    pointers = list(blanks(dossier))
    for _ in range(size(10, proof=100)):
        broken = without(dossier, dice.sample(pointers, 10)).model_copy(update={"demo": False})
        report = judge_as_of(broken).without_names(personal_names(broken))
        for finding in (*report.findings, *report.follow_ups, *report.passed):
            told = f"{finding.message} {finding.message_en}"
            assert not any(secret in told for secret in secrets if len(secret) > 3)
            assert not any(person.name in told for person in broken.participants if person.name)


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_entries_does_not_matter(seed):
    dossier = plan(seed)
    dice = random.Random(seed)
    turned = dossier.model_copy(
        update={
            name: tuple(dice.sample(getattr(dossier, name), len(getattr(dossier, name))))
            for name in ("legs", "stays", "activities", "participants", "destinations", "missions")
        }
    )
    assert judge(turned, on=TODAY).findings == ()


def test_an_empty_plan_is_blocked_without_any_failure():
    report = judge(Dossier(), on=TODAY)
    assert report.verdict is Standing.BLOCKED
    assert {finding.verdict for finding in report.findings} == {Verdict.UNKNOWN}
    assert report.deadlines is None


def test_an_unknown_edition_is_refused():
    with pytest.raises(ValueError, match="1989"):
        judge(Dossier(), edition="1989", on=TODAY)


def test_the_clock_of_tokyo_and_the_dossiers_own_edition_are_the_defaults():
    document = base_document() | {"edition": "2024"}
    with stopped_at(TODAY):
        report = judge(Dossier.model_validate(document))
    assert (report.edition, report.on) == ("2024", TODAY)


def test_a_municipal_board_and_the_authoritys_days_move_the_schools_date():
    usual = judge(base_dossier(), on=TODAY).deadlines
    through_board = judge(base_dossier(), on=TODAY, municipal=True).deadlines
    slow = judge(base_dossier(), on=TODAY, authority_parameters={"authority_days": 10}).deadlines
    own = judge(base_dossier(), on=TODAY, municipal=True, authority_parameters={"municipal_days": 1}).deadlines
    assert usual.municipal_dispatch is None
    assert through_board.school_submission < own.school_submission < usual.school_submission
    assert slow.school_submission < usual.school_submission
    assert usual.receipt == through_board.receipt == slow.receipt
