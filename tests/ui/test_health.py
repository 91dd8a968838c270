"""The health page: green only when every part is, and silent about everything else."""

from __future__ import annotations

import time

import pytest
from django.core.cache import cache
from django.db.migrations.recorder import MigrationRecorder

from portal.ui import health

# The signs of life lie in the one cache of the run: two processes would wipe each other's.
pytestmark = pytest.mark.xdist_group("health")


@pytest.fixture
def _fresh(servers, monkeypatch):
    """No sign of life is left from another test, and migrations are looked at anew."""
    cache.clear()
    monkeypatch.setattr(health, "_migrated", False)


@pytest.fixture
def _alive(_fresh):
    health.mark_alive(health.WORKER)
    health.mark_alive(health.SCHEDULER)


@pytest.mark.django_db
@pytest.mark.usefixtures("_alive")
def test_all_green(client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["ok"] is True
    assert set(answer.json()["parts"].values()) == {True}
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.usefixtures("_fresh")
def test_a_silent_worker_and_scheduler_are_named(client):
    answer = client.get("/healthz")
    assert answer.status_code == 503
    down = {name for name, well in answer.json()["parts"].items() if not well}
    assert down == {"worker", "scheduler"}


@pytest.mark.django_db
@pytest.mark.usefixtures("_alive")
def test_an_old_sign_of_life_does_not_count(time_machine):
    time_machine.move_to(time.time() + health.SILENCE_ALLOWED + 1)
    assert not health.shows_life(health.WORKER)


@pytest.mark.django_db
@pytest.mark.usefixtures("_alive")
def test_a_missing_migration_is_seen():
    MigrationRecorder.Migration.objects.filter(app="jobs").delete()
    assert health.examine()["migrations"] is False


@pytest.mark.django_db
@pytest.mark.usefixtures("_alive")
def test_a_cache_that_does_not_answer_is_no_error(settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "unix:///tmp/nobody-listens-here.sock"}}
    parts = health.examine()
    assert parts == {"database": True, "migrations": True, "broker": True, "worker": False, "scheduler": False}


@pytest.mark.django_db
@pytest.mark.usefixtures("_alive")
def test_it_may_only_be_read(client):
    assert client.post("/healthz").status_code == 405
