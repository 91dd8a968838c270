"""How far a paper is that somebody waits for at a page: figures in the cache for two minutes, for that person alone.

Not here: work in the ledger (progress). Nothing that the paper says is kept, and a paper is made without a cache too.
"""

from __future__ import annotations

import dataclasses
import logging
import time
from uuid import UUID

from django.core.cache import cache
from redis.exceptions import RedisError

from portal.jobs.progress import OFTEN_ENOUGH

LIVES = 120
"""Seconds a figure is kept: longer than any paper may take."""
logger = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True)
class HowFar:
    """``done`` of ``total`` pieces and the ``pages`` they made; ``ended`` once the paper was given out or refused."""

    done: int = 0
    total: int = 0
    pages: int = 0
    ended: bool = False


class LiveTeller:
    """Tells one person's page how far the paper of ``subject`` is; falls silent when the cache cannot be reached."""

    def __init__(self, subject: UUID, *, by: int | None) -> None:
        self._key, self._told_at, self._reached = _key(subject, by), 0.0, True
        self._far = HowFar()
        self._put()

    def tell(self, *, done: int, total: int, pages: int) -> None:
        self._far = HowFar(done, total, pages)
        now = time.monotonic()
        if now - self._told_at >= OFTEN_ENOUGH or done == total:
            self._told_at = now
            self._put()

    def end(self, *, pages: int) -> None:
        """The last word; no pages mean that there is no paper."""
        self._far = dataclasses.replace(self._far, pages=pages, ended=True)
        self._put()

    def _put(self) -> None:
        """The paper counts for more than its figures: without the cache it is made in silence."""
        if not self._reached:
            return
        try:
            cache.set(self._key, dataclasses.astuple(self._far), timeout=LIVES)
        except RedisError as error:
            self._reached = False
            logger.warning("progress of a paper cannot be told: %s", type(error).__name__)


def how_far(subject: UUID, *, by: int | None) -> HowFar | None:
    """The last figures that ``by`` may see of the paper of ``subject``; None when none was asked for lately."""
    try:
        kept = cache.get(_key(subject, by))
    except RedisError as error:
        logger.warning("progress of a paper cannot be read: %s", type(error).__name__)
        return None
    return HowFar(*kept) if kept else None


def _key(subject: UUID, by: int | None) -> str:
    return f"how-far:{subject.hex}:{by}"
