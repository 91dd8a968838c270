"""The clock sends what a worker knows, lets nothing pile up, and needs neither Django nor a database."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from portal.config import celery
from portal.config.clock import SCHEDULE
from portal.config.delivery import DELIVERY, LONGEST_TASK
from portal.config.supervisor.places import ROOT


@pytest.mark.parametrize("name", sorted(SCHEDULE))
def test_every_line_of_the_schedule_is_a_task_of_the_worker(name):
    celery.app.loader.import_default_modules()
    assert SCHEDULE[name]["task"] in celery.app.tasks


@pytest.mark.parametrize("name", sorted(SCHEDULE))
def test_what_a_worker_missed_does_not_pile_up(name):
    assert SCHEDULE[name]["options"]["expires"] > 0


def test_the_clock_loads_without_django():
    check = "import portal.config.clock, sys; sys.exit('django.db' in sys.modules)"
    given = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "portal.config.settings.test"}
    assert subprocess.run([sys.executable, "-c", check], cwd=ROOT, env=given, check=False).returncode == 0


def test_a_slow_task_is_not_started_a_second_time():
    assert DELIVERY["broker_transport_options"]["visibility_timeout"] > 2 * LONGEST_TASK
    assert DELIVERY["task_time_limit"] == LONGEST_TASK


def test_the_worker_app_takes_json_only_and_acknowledges_late():
    conf = celery.app.conf
    assert (conf.accept_content, conf.task_serializer) == (["json"], "json")
    assert (conf.task_acks_late, conf.task_reject_on_worker_lost) == (True, True)
    assert (conf.worker_prefetch_multiplier, conf.task_ignore_result) == (1, True)


def test_the_broker_is_the_one_of_the_settings(settings):
    assert celery.app.conf.broker_url == settings.CELERY_BROKER_URL
