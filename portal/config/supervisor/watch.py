"""Watch running children: restart those that may be restarted, ever more slowly; stop everything if the database ends.

Here: the rule of who comes back and when. Not here: how a process is started (``child``).
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from portal.config.refusal import Refusal, say
from portal.config.supervisor.child import Child

SHORTEST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
SETTLED = 60.0
"""Seconds of running after which an earlier crash is forgiven."""


@dataclass
class Watched:
    """A child that comes back after it ended; ``pause`` doubles with every quick death."""

    child: Child
    pause: float = SHORTEST_PAUSE
    started_at: float = 0.0
    return_at: float | None = None

    def look(self, now: float) -> None:
        """Notice an end, announce it once, and start again when its pause is over."""
        if self.child.runs:
            return
        if self.return_at is None:
            self._announce(now)
        elif now >= self.return_at:
            self.child.start()
            self.started_at, self.return_at = now, None

    def _announce(self, now: float) -> None:
        if now - self.started_at > SETTLED:
            self.pause = SHORTEST_PAUSE
        child, seconds = self.child, round(self.pause)
        say(
            f"{child.name} が止まりました（終了コード {child.exit_code}）。{seconds}秒後に起動し直します。",
            f"{child.name} ended (exit code {child.exit_code}) and starts again in {seconds} s. End of its log:\n"
            f"{child.log_tail()}",
        )
        self.return_at = now + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)


def watch(children: list[Child], *, vital: Child | None, seconds: float | None = None) -> None:
    """Look after ``children`` until interrupted (or for ``seconds``). Raises ``Refusal`` when ``vital`` ends."""
    began = time.monotonic()
    watched = [Watched(child, started_at=began) for child in children]
    while seconds is None or time.monotonic() - began < seconds:
        if vital is not None and not vital.runs:
            raise Refusal(
                f"{vital.name} が止まったので全体を止めます。データは無事です。もう一度 `make run` としてください:\n"
                f"{vital.log_tail()}",
                f"{vital.name} ended, so everything stops. No data is lost: type `make run` again.",
            )
        for one in watched:
            one.look(time.monotonic())
        time.sleep(0.3)
