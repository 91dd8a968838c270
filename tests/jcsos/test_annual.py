"""The yearly report: its counts against the audits of the year, what it hides, and the PDF."""

from __future__ import annotations

import io

import pikepdf
import pytest

from jcsos.documents.annual import annual_sheet, build_annual
from jcsos.enums import Gravity
from jcsos.queries.annual import annual_of
from jcsos.tasks import read_trips
from mofa_requests.actions.series import business_year
from mofa_requests.models import Revision
from portal.kit import clock
from portal.lawbook.words import day_words
from tests.factories.cast import World
from tests.jcsos.audits import Round, started
from tests.jcsos.conftest import Office
from tests.kit.pdf.paper import plain, text_of
from tests.ui.authority.conftest import signed_in


@pytest.fixture
def audited(office: Office, here: World, revision: Revision) -> Round:
    """One audit whose result, with one finding, was sent."""
    made = started(office, here).announced().handed_in().assessed(faults=("AC01",))
    made.finding("AC01", Gravity.MAJOR)
    read_trips()
    return made.sent()


def test_the_report_counts_the_year_and_hides_what_one_school_would_give_away(office: Office, audited: Round) -> None:
    year = business_year(clock.today())
    with office.auditor.at_work():
        annual, before = annual_of(office.org.pk, year), annual_of(office.org.pk, year - 1)
    assert [(one.title, one.drawn_size) for one in annual.campaigns] == [(audited.campaign.title, 1)]
    assert annual.findings[Gravity.MAJOR] == (1, 0, 0)
    assert annual.by_criterion == {"AC01": 1}
    assert {one.criterion: one.assessed for one in annual.judged} == dict.fromkeys(
        ("AC01", "AC02", "AC03", "AC04", "AC05", "AC06", "AC07")
    )
    assert (before.campaigns, sum(map(sum, before.findings.values())), before.judged) == ((), 0, ())
    told = str(annual_sheet(annual, on=clock.today()))
    assert "5校未満のため出しません" in told
    assert str(audited.school.principal.org) not in told


def test_the_same_year_gives_the_same_paper_and_both_desks_have_it(office: Office, audited: Round) -> None:
    with office.auditor.at_work():
        annual = annual_of(office.org.pk, business_year(clock.today()))
        first, second = (build_annual(office.org, annual, on=clock.today()) for _ in range(2))
    assert first == second
    assert f"{annual.year}年度)–{plain(day_words(clock.today()))}現在" in text_of(first)
    answer = signed_in(office.members).get("/jcsos/dashboard/year.pdf")
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(b"".join(answer))) as paper:
        assert 1 <= len(paper.pages) <= 4
    assert signed_in(office.cases).get("/jcsos/dashboard/year.pdf").status_code == 404
