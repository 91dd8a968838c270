"""Fixtures for all tests, and the habits of the run.

Servers: ``db`` and ``transactional_db`` (pytest-django) use a real PostgreSQL that this run starts; the login is the
owner role, so factories may write every row, and ``portal.tenancy.scope.acting_as`` drops to an audience role as the
product does. ``servers`` alone starts PostgreSQL and Valkey without creating a database.

``live_stack``   the whole portal (web, worker, scheduler, servers) with the demo loaded; see ``tests/stack.py``.
``empty_stack``  the same without demo.
``page``, ``context`` (playwright)  Debian's Chromium; mark such tests ``browser``. OCR tests are marked ``ocr``.
``tests.sizes.size(usual, proof=…)``  how many cases; Hypothesis follows the same switch.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from portal.config.install.debian import TEST_PARTS, missing_parts
from portal.config.memory import set_aside
from portal.config.supervisor.places import Places
from portal.ui.locale.compile import compile_if_outdated
from tests.emptying import empty_quickly
from tests.misspelt import refuse_misspelt_names
from tests.servers import TestServers
from tests.sizes import PROOF
from tests.stack import LiveStack, remove_stack, start_stack
from tests.template import begin_migrated, begin_template, copy_from_template

SLOW_IS_FINE = (HealthCheck.too_slow, HealthCheck.data_too_large)
PARTS_OF = {"browser": {"chromium"}, "ocr": {"tesseract-ocr", "tesseract-ocr-jpn", "ghostscript", "poppler-utils"}}
SHARED_STACK = {"live_stack", "empty_stack"}

hypothesis_settings.register_profile("usual", derandomize=True, deadline=None, suppress_health_check=SLOW_IS_FINE)
hypothesis_settings.register_profile(
    "proof", deadline=None, max_examples=500, print_blob=True, suppress_health_check=SLOW_IS_FINE
)
hypothesis_settings.load_profile("proof" if PROOF else "usual")

# Playwright's synchronous interface keeps an event loop in the test's thread, which Django would take for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# The run starts Python by the hundred: what one process has compiled, the next one reads.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

_servers = TestServers()
_at_work: list[subprocess.Popen[bytes]] = []
empty_quickly()
refuse_misspelt_names()


def pytest_sessionstart(session: pytest.Session) -> None:
    """With several processes, the first one starts the servers before it starts the others."""
    if _is_controller(session.config) and not session.config.option.collectonly:
        compile_if_outdated()
        if getattr(session.config.option, "numprocesses", None):
            _servers.start()
            _at_work.append(begin_template())


def pytest_unconfigure(config: pytest.Config) -> None:
    """The process that started the servers stops them."""
    for child in _at_work:
        child.terminate()
        child.wait()
    _servers.stop()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Ten thousand tests live to the end of the run: the collector neither looks on nor comes back to them."""
    gc.disable()
    try:
        return (yield)
    finally:
        set_aside()
        gc.enable()


def pytest_itemcollected(item: pytest.Item) -> None:
    """Tests that share a running stack run in one process, so that only one is started; two where a proof is long."""
    if SHARED_STACK.intersection(getattr(item, "fixturenames", ())):
        half = crc32(item.nodeid.encode()) % 2 if PROOF else 0
        item.add_marker(pytest.mark.xdist_group(f"stack{half}"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """An ordinary user cannot install a browser: those tests say so. Root can, so for root they run or fail."""
    if os.geteuid() == 0:
        return
    missing = {part.package for part in missing_parts(TEST_PARTS)}
    for item in items:
        for mark, packages in PARTS_OF.items():
            if item.get_closest_marker(mark) and (gone := packages & missing):
                item.add_marker(pytest.mark.skip(reason=f"not on this machine: {', '.join(sorted(gone))}"))


@pytest.fixture(autouse=True)
def japanese() -> None:
    """Each test begins in the portal's own language: a page that a test before it read in English left that behind."""
    translation.deactivate()


@pytest.fixture(scope="session")
def servers() -> None:
    """PostgreSQL and Valkey of this run are up; their addresses are in the test settings."""
    _servers.start()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    servers: None, django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any
) -> None:
    """Test databases are copies of one migrated database."""
    with django_db_blocker.unblock():
        copy_from_template()


@pytest.fixture(scope="session")
def live_stack(servers: None, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[LiveStack]:
    """The running portal with its demo."""
    folder = _folder(tmp_path_factory)
    with django_db_blocker.unblock():
        begin_migrated(Places(folder))
    stack = start_stack(folder, demo=True)
    yield stack
    remove_stack(stack)


@pytest.fixture(scope="session")
def empty_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveStack]:
    """The running portal without anybody in it."""
    stack = start_stack(_folder(tmp_path_factory), demo=False)
    yield stack
    remove_stack(stack)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's own Chromium; its sandbox refuses root."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": "/usr/bin/chromium", "args": [*sandbox, "--lang=ja"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A Japanese reader in Tokyo."""
    return {**browser_context_args, "locale": "ja-JP", "timezone_id": "Asia/Tokyo"}


def _is_controller(config: pytest.Config) -> bool:
    return not hasattr(config, "workerinput")


def _folder(factory: pytest.TempPathFactory) -> Path:
    return factory.mktemp("stack") / "var"
