"""What a log line carries: ids, routes and places in the code; never what somebody typed."""

from __future__ import annotations

import json
import logging
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.http import HttpResponse

from portal.config.logs import json_formatter
from portal.config.request_log import RequestLogMiddleware

NAME = "髙﨑 葛󠄀子"
TRIP = UUID("01890000-0000-7000-8000-000000000001")


def _record(name="portal.test", message="text", **extra):
    record = logging.LogRecord(name, logging.WARNING, __file__, 1, message, (), extra.pop("exc_info", None))
    record.__dict__.update(extra)
    return record


def _line(record, *, with_messages=False):
    return json.loads(json_formatter(with_messages=with_messages).format(record))


def _failure():
    try:
        try:
            raise KeyError(NAME)
        except KeyError as cause:
            raise ValueError(f"bad row: {NAME}") from cause
    except ValueError as error:
        return (type(error), error, error.__traceback__)


def test_a_failure_is_told_by_type_and_place_not_by_its_message():
    line = _line(_record(exc_info=_failure()))
    assert [part["type"] for part in line["failure"]] == ["builtins.ValueError", "builtins.KeyError"]
    assert "test_logs.py" in line["failure"][0]["at"][0]
    assert NAME not in json.dumps(line, ensure_ascii=False)


def test_on_one_s_own_machine_the_message_is_shown():
    assert NAME in _line(_record(exc_info=_failure()), with_messages=True)["failure"][0]["message"]


def test_a_refused_response_is_told_by_its_route():
    request = SimpleNamespace(resolver_match=SimpleNamespace(route="invitations/<str:key>/"))
    line = _line(
        _record("django.request", "Not Found: /invitations/one-time-secret/", request=request, status_code=404)
    )
    assert (line["route"], line["status"]) == ("invitations/<str:key>/", 404)
    assert "one-time-secret" not in json.dumps(line)


def test_a_failed_task_is_told_by_name_and_id():
    data = {"id": "7c1e", "name": "portal.jobs.tasks.run_job", "description": "raised unexpected", "exc": NAME}
    line = _line(_record("celery.app.trace", f"Task raised: {NAME}", data=data, exc_info=_failure()))
    assert (line["task"], line["task_id"], line["event"]) == (
        "portal.jobs.tasks.run_job",
        "7c1e",
        "task raised unexpected",
    )
    assert NAME not in json.dumps(line, ensure_ascii=False)


@pytest.fixture
def told(monkeypatch):
    """What the request line says, as keyword arguments."""
    lines = []
    monkeypatch.setattr("portal.config.request_log.log.info", lambda event, **facts: lines.append(facts))
    return lines


def _request(rf, path, route, **kwargs):
    request = rf.get(path)
    request.resolver_match = SimpleNamespace(route=route, kwargs=kwargs)
    return request


def test_a_request_is_told_by_route_and_ids_and_can_be_quoted(rf, told):
    request = _request(rf, f"/trips/{TRIP}/?q={NAME}", "trips/<uuid:trip>/<str:word>", trip=TRIP, word=NAME)
    answer = RequestLogMiddleware(lambda given: HttpResponse(status=204))(request)
    assert len(answer.headers["X-Request-ID"]) == 12
    assert [(line["route"], line["ids"], line["status"]) for line in told] == [
        ("trips/<uuid:trip>/<str:word>", {"trip": str(TRIP)}, 204)
    ]
    assert NAME not in str(told)


def test_green_health_checks_fill_no_log(rf, told):
    RequestLogMiddleware(lambda given: HttpResponse())(_request(rf, "/healthz", "healthz"))
    assert told == []
    RequestLogMiddleware(lambda given: HttpResponse(status=503))(_request(rf, "/healthz", "healthz"))
    assert [line["status"] for line in told] == [503]


def test_libraries_do_not_talk_to_whoever_starts_the_portal():
    chatty = ["pikepdf._core", "fontTools.subset", "celery.app.trace", "celery.worker.strategy", "celery.beat"]
    assert [name for name in chatty if logging.getLogger(name).isEnabledFor(logging.INFO)] == []
