"""A folder for one instance, cleaned up with its socket folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.config.supervisor.places import Places, prepare_places
from tests.servers import remove_places


@pytest.fixture
def places(tmp_path: Path) -> Iterator[Places]:
    """Prepared and empty."""
    here = Places(tmp_path / "var")
    prepare_places(here)
    yield here
    remove_places(here)
