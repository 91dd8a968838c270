"""Every page that a link leads to, for each role, over the demo: it answers, and nothing can be said against it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from portal.demo.accounts import DemoAccount, demo_accounts
from tests.flows.people import sign_in
from tests.flows.walk import Shape, Walk
from tests.sizes import PROOF, size
from tests.stack import LiveStack
from tests.ui.looks import MODES, faults

pytestmark = pytest.mark.browser

READERS = [account for account in demo_accounts() if account.featured]


@pytest.mark.parametrize("reader", READERS, ids=lambda account: account.role.value)
def test_no_link_leads_nowhere_and_no_page_has_a_fault(
    live_stack: LiveStack, browser: Browser, reader: DemoAccount
) -> None:
    person = sign_in(browser, live_stack.url, reader.email)
    walk = Walk(person, alike=size(1, proof=4), papers=set() if PROOF else _PAPERS).from_home()
    assert walk.broken == []
    assert walk.pages
    said: list[str] = []
    person.page.on("pageerror", lambda error: said.append(f"{person.page.url}: {error}"))
    for nth, path in enumerate(_new_to_us(walk)):
        for mode in MODES if PROOF else [list(MODES)[nth % len(MODES)]]:
            person.look_at(path, **MODES[mode])
            said += [f"{path} ({mode}): {fault}" for fault in faults(person.page)]
    assert said == []
    person.page.context.close()


_PAPERS: set[str] = set()
_LOOKED_AT: set[tuple[str, Shape | None]] = set()


def _new_to_us(walk: Walk) -> list[str]:
    """Pages that no reader before has been shown in this run: on a usual run of their kind, in a proof built alike."""
    new = {(kind, walk.shapes[kind] if PROOF else None): path for kind, path in walk.pages.items()}
    fresh = [path for key, path in new.items() if key not in _LOOKED_AT]
    _LOOKED_AT.update(new)
    return fresh
