"""Logs as JSON lines that carry ids and never what people typed: no names, no query strings, no row values.

Here: how a record is written. Not here: what is worth a record (each module), the request line (``request_log``).
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from types import TracebackType
from typing import Any

import structlog

LINES_OF_A_FAILURE = 12
EventDict = MutableMapping[str, Any]
"""A record on its way to the line; ``_record`` is the standard library's own."""


def logging_settings(*, with_messages: bool) -> dict[str, Any]:
    """Django's LOGGING. ``with_messages`` adds the texts of exceptions, which may quote data: never in production."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": json_formatter, "with_messages": with_messages}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            # Django attaches handlers of its own to this one; ours on the root is enough.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # The sweep runs every few seconds; that it did is a sign of life (``portal.ui.health``), not a record.
            "celery.beat": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            "fontTools": {"level": "WARNING"},
            # Else it greets whoever types `make run` with a line about its own bridge to C++.
            "pikepdf": {"level": "WARNING"},
            "weasyprint": {"level": "ERROR"},
        },
    }


def json_formatter(*, with_messages: bool) -> logging.Formatter:
    """One JSON object per record."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_shared_steps()],
        processors=[
            tell_responses_by_route,
            tell_tasks_by_id,
            FailureByPlace(with_messages=with_messages),
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def configure_structlog() -> None:
    """Send structlog's own loggers through the standard library, so that there is one stream."""
    structlog.configure(
        processors=[*_shared_steps(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def tell_responses_by_route(_: Any, __: str, event: EventDict) -> EventDict:
    """Django names the path of a refused request; a path can carry a one-time token, so the route stands for it."""
    request = getattr(event.get("_record"), "request", None)
    if request is not None and hasattr(request, "resolver_match"):
        match = request.resolver_match
        status = getattr(event["_record"], "status_code", None)
        event.update(event="refused response", route=match.route if match else None, status=status)
    return event


def tell_tasks_by_id(_: Any, __: str, event: EventDict) -> EventDict:
    """Celery writes arguments and errors into its lines; the task's name, id and outcome are enough."""
    record = event.get("_record")
    facts = getattr(record, "data", None)
    if getattr(record, "name", "") == "celery.app.trace" and isinstance(facts, dict):
        outcome = facts.get("description", "succeeded")
        event.update(event=f"task {outcome}", task=facts.get("name"), task_id=facts.get("id"))
    return event


class FailureByPlace:
    """Replace a traceback by exception types and source lines; the message may quote a row, so it is opt-in."""

    def __init__(self, *, with_messages: bool) -> None:
        self.with_messages = with_messages

    def __call__(self, _: Any, __: str, event: EventDict) -> EventDict:
        failure = _exception_of(event.pop("exc_info", None))
        event.pop("exception", None)
        if failure is not None:
            event["failure"] = [self._describe(error) for error in _with_causes(failure)]
        return event

    def _describe(self, error: BaseException) -> dict[str, Any]:
        told = {"type": f"{type(error).__module__}.{type(error).__qualname__}", "at": _places(error.__traceback__)}
        return told | ({"message": str(error)} if self.with_messages else {})


def _shared_steps() -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _exception_of(given: Any) -> BaseException | None:
    if isinstance(given, BaseException):
        return given
    if isinstance(given, tuple):
        return given[1]
    return sys.exc_info()[1] if given else None


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-LINES_OF_A_FAILURE:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
