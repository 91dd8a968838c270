"""One clear sentence, Japanese then English, when a command cannot go on, with the mend in it.

Here: the exception, how it is shown, and the one choice made before any setting is read. Standard library only.
Not here: what else is checked (``environment``).
"""

from __future__ import annotations

import sys
from collections.abc import Callable

SURROUNDINGS = ("dev", "test", "prod")


class Refusal(Exception):
    """A command stops: ``ja`` and ``en`` each say what is wrong, where, and how to mend it."""

    def __init__(self, ja: str, en: str, *, code: int = 1) -> None:
        super().__init__(f"{ja}\n{en}")
        self.ja, self.en, self.code = ja, en, code


def settings_of(surroundings: str) -> str:
    """The settings module of ``PORTAL_ENV``. Raises ``Refusal`` for a name that is none."""
    if surroundings not in SURROUNDINGS:
        raise Refusal(
            f"PORTAL_ENV は {'、'.join(SURROUNDINGS)} のどれかにしてください。本番は prod です。",
            f"PORTAL_ENV must be one of {', '.join(SURROUNDINGS)}; a real installation is prod.",
            code=4,
        )
    return f"portal.config.settings.{surroundings}"


def say(ja: str, en: str) -> None:
    """Tell the person at the terminal one thing in both languages."""
    sys.stderr.write(f"{ja}\n{en}\n")
    sys.stderr.flush()


def exit_on_refusal(main: Callable[[], int]) -> int:
    """Run ``main``; a refusal becomes its two lines and its exit code, never a traceback."""
    try:
        return main()
    except Refusal as refusal:
        say(refusal.ja, refusal.en)
        return refusal.code
