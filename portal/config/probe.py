"""``python -m portal.config.probe web|worker|scheduler``: exit 0 when that part is well. For container health checks.

Here: asking from outside. Not here: what health means (``portal.ui.health``).
"""

from __future__ import annotations

import importlib
import os
import sys

from portal.config.supervisor.ports import unhealthy_parts


def is_well(part: str) -> bool:
    """The web answers for itself and all it needs; worker and scheduler are known by their signs of life."""
    if part == "web":
        return unhealthy_parts(int(os.environ.get("PORT", "8000")), host=_served_host()) == []
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"portal.config.settings.{os.environ.get('PORTAL_ENV', 'prod')}")
    return bool(importlib.import_module("portal.ui.health").shows_life(part))


def _served_host() -> str:
    return os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]


if __name__ == "__main__":
    sys.exit(0 if is_well(sys.argv[1]) else 1)
