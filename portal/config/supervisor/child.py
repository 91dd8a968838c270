"""One child process with its own log: start, watch, stop, and tell why it ended.

Here: a single process. Not here: which processes there are (``processes``, ``postgres``, ``valkey``).
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from portal.config.refusal import Refusal
from portal.config.supervisor.privilege import death_bond

LARGEST_LOG = 5 * 1024 * 1024
TAIL_LINES = 12


@dataclass
class Child:
    """``privilege``: words before the command; ``stop_signal`` asks for an orderly end within ``patience`` seconds."""

    name: str
    command: Sequence[str]
    log: Path
    privilege: Sequence[str] = ()
    environment: Mapping[str, str] | None = None
    folder: Path = Path("/")
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 20
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start in a session of its own, so that Ctrl-C reaches us first and we stop it in order."""
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        bond = death_bond(self.stop_signal.name.removeprefix("SIG"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                # The bond comes last: entering a user namespace or changing the uid would untie it.
                [*self.privilege, *bond, *self.command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env=dict(os.environ if self.environment is None else self.environment),
                start_new_session=True,
            )

    @property
    def exit_code(self) -> int | None:
        """``None`` while it runs or before it was started."""
        return None if self.process is None else self.process.poll()

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        """Send the orderly signal; does not wait."""
        if self.runs and self.process is not None:
            self.process.send_signal(self.stop_signal)

    def stop(self) -> None:
        """End it: orderly, and after ``patience`` by force."""
        if self.process is None:
            return
        self.ask_to_stop()
        try:
            self.process.wait(self.patience)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def wait_until(self, is_ready: Callable[[], bool], *, seconds: float) -> None:
        """Wait for ``is_ready``. Raises ``Refusal`` with the log's tail if it ends first or takes too long."""
        last_moment = time.monotonic() + seconds
        while not is_ready():
            if not self.runs or time.monotonic() > last_moment:
                raise self.refuse_to_go_on()
            time.sleep(0.03)

    def refuse_to_go_on(self) -> Refusal:
        """What a person is told when this process did not come up."""
        tail = self.log_tail()
        return Refusal(
            f"{self.name} が起動しませんでした。記録 {self.log} の終わりを見て原因を直してください:\n{tail}",
            f"{self.name} did not start: the end of its log {self.log} (above) names the cause to mend.",
        )

    def log_tail(self) -> str:
        """The last lines it wrote."""
        if not self.log.exists():
            return ""
        with self.log.open("rb") as log:
            log.seek(max(0, self.log.stat().st_size - 8192))
            lines = log.read().decode("utf-8", errors="replace").splitlines()
        return "\n".join(f"  {line[:300]}" for line in lines[-TAIL_LINES:])
