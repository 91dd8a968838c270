"""What each answer has to be: own things are there, foreign things read like unknown ones, a wrong role like no page.

Here: verdicts. Not here: which calls are made (cells), and how (calls).
"""

from __future__ import annotations

from portal.accounts.access import Gate
from tests.access.calls import Answer, Calls
from tests.access.cells import Cell, hand_of, role_of
from tests.access.lands import ENDORSING, Lands, Whose

REFUSED = frozenset({404, 405})
HELD = frozenset({302, 401})
PACKETS = frozenset({"mofa_requests:packet_pdf", "mofa_requests:packet_fax"})
HEALTH = "ui:health"
"""Answers 503 here: no worker shows life beside a test."""
SAFETY = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""What every answer to somebody who is signed in carries: nothing personal is cached, framed, or run by others."""


class Matrix:
    """Verdicts on the calls of one set of lands."""

    def __init__(self, lands: Lands) -> None:
        self.lands = lands
        self.calls = Calls(lands)

    def fault(self, cell: Cell) -> str:
        """What is wrong with the answer of one cell; empty when nothing is."""
        answer = self.calls.answer(cell, cell.whose)
        if answer.status >= 500 and cell.route.name != HEALTH:
            return f"{cell}: {answer.status}"
        wrong = self._door(cell, answer) or self._marks(cell, answer) or _headers(cell, answer)
        return f"{cell}: {answer.status} {wrong}" if wrong else ""

    def _door(self, cell: Cell, answer: Answer) -> str:
        if cell.route.access.gate is not Gate.PUBLIC and not cell.route.seats(cell.caller):
            return "" if answer.status in HELD and not answer.leads_inside else "lets in who is not signed in"
        if not cell.route.admits(cell.caller):
            missing = self.calls.answer_of_no_page(cell)
            return "" if answer.is_like(missing) else "differs from a page that does not exist"
        if cell.whose is Whose.OWN:
            return _own(cell, answer)
        return "" if cell.whose in cell.route.line.open_to_all else self._foreign(cell, answer)

    def _foreign(self, cell: Cell, answer: Answer) -> str:
        unknown = self.calls.answer_to_unknown(cell)
        if not answer.is_like(unknown):
            return f"differs from the answer to an unknown id ({unknown.status})"
        # OPTIONS of the interface for machines describes the operation and looks at no object.
        guarded = cell.route.access.gate is Gate.MEMBER and cell.method != "OPTIONS"
        refused = answer.status in REFUSED | {cell.route.line.refuses_by}
        return "" if refused or not guarded else "answers although nothing is there"

    def _marks(self, cell: Cell, answer: Answer) -> str:
        shown = [mark for mark in self._hidden(cell) if mark in answer.raw]
        return f"shows {shown}" if shown else ""

    def _hidden(self, cell: Cell) -> list[str]:
        """Every mark of estates closed to the caller, and of open ones those that the role may not read."""
        if not cell.route.seats(cell.caller):
            return [mark for estate in self.lands.estates for mark in estate.marks.all]
        closed = self.lands.closed_to(hand_of(cell.caller))
        marks = [mark for estate in closed for mark in estate.marks.all]
        opened = [estate for estate in self.lands.estates if estate not in closed]
        return marks + [mark for estate in opened for mark in estate.marks.hidden_from(role_of(cell.caller))]


def _own(cell: Cell, answer: Answer) -> str:
    """An own object has to be there, or the refusals beside it would prove nothing."""
    is_missing = answer.status == 404 and cell.route.access.gate is Gate.MEMBER
    return "does not find the own object" if is_missing and not _may_be_missing(cell) else ""


def _may_be_missing(cell: Cell) -> bool:
    """A board that only endorses has no packet: the forwarding board makes it."""
    return cell.route.name in PACKETS and cell.caller.startswith(ENDORSING)


def _headers(cell: Cell, answer: Answer) -> str:
    headers = dict(answer.headers)
    wrong = [name for name, value in SAFETY.items() if value not in headers.get(name, "")]
    return f"lacks the right {wrong}" if wrong and cell.route.seats(cell.caller) else ""
