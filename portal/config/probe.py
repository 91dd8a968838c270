"""``python -m portal.config.probe web|worker|scheduler``: exit 0 when that part is well. For container health checks.

Here: asking from outside. Not here: what health means (``portal.ui.health``).
"""

from __future__ import annotations

import os
import sys

from django.conf import settings

from portal.config.settings.parts import cache
from portal.config.supervisor.ports import unhealthy_parts
from portal.ui.health import shows_life


def is_well(part: str) -> bool:
    """The web answers for itself and all it needs; worker and scheduler are known by their signs of life."""
    if part == "web":
        return unhealthy_parts(int(os.environ.get("PORT", "8000")), host=_served_host()) == []
    settings.configure(CACHES={"default": cache(os.environ["CACHE_URL"])})
    return shows_life(part)


def _served_host() -> str:
    return os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]


if __name__ == "__main__":
    sys.exit(0 if is_well(sys.argv[1]) else 1)
