"""What lives as long as its process is set aside from the garbage collector.

Not here: how much memory a process may take (serve), sharing it between a worker's processes (celery).
"""

from __future__ import annotations

import gc

YOUNG = 20_000
"""New objects before the young ones are looked through; one request over 400 travellers makes several thousand."""
OLDER = 20


def set_aside() -> None:
    """Leave modules, rules and tables out of every later collection. Called once, when everything is loaded.

    Some 200,000 objects: a full collection walks them for a tenth of a second, in the middle of somebody's request.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, OLDER, OLDER)
