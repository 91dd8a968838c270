"""A portal that may be wounded, for the tests of its command and of its faults."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.stack import LiveStack, remove_stack, start_stack


@pytest.fixture(scope="package")
def wounded_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveStack]:
    """Started once without demo. Whoever kills a part waits until it is green again."""
    running = start_stack(tmp_path_factory.mktemp("run") / "var", demo=False)
    yield running
    remove_stack(running)
