"""The drawn documents say what the code says, and drawing them twice changes nothing."""

from __future__ import annotations

from mofa_requests.enums import RequestState
from mofa_requests.machine import MACHINE
from portal.config.documents import DOCUMENTS, outdated, write
from portal.config.machine_page import machine_page
from portal.config.supervisor.places import ROOT


def test_the_committed_documents_are_current():
    assert outdated(ROOT) == [], "run `make docs`"


def test_writing_brings_every_document_up_to_date(tmp_path):
    """The second time everything is drawn anew, and nothing differs."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "machine.md").write_text("old")
    assert sorted(write(tmp_path)) == sorted(DOCUMENTS)
    assert write(tmp_path) == []


def test_the_machine_page_shows_every_state_and_step():
    page = machine_page()
    assert all(f"\n{state.label} {state.value} ({state.english})\n" in page for state in RequestState)
    assert all(f"| `{step.name}` {step.label} ({step.english}) |" in page for step in MACHINE.transitions)
    ways = sum(len(step.sources) for step in MACHINE.transitions)
    assert page.count("\n    ") == ways
