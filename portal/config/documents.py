"""The documents that are drawn from the code: written by ``make docs``, compared by ``make check``.

Here: which they are. Not here: how each is drawn (the module that owns its facts).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from mofa_requests.rules import BOOK
from portal.config.glossary_page import glossary_page
from portal.config.machine_page import machine_page
from portal.dossier.schema import schema_text
from portal.lawbook.explain import rules_markdown
from portal.vault.registry.page import fields_page

ROOT = Path(__file__).resolve().parents[2]

DOCUMENTS: dict[str, Callable[[], str]] = {
    "docs/rules.md": lambda: rules_markdown(BOOK, root=ROOT),
    "docs/machine.md": machine_page,
    "docs/glossary.md": lambda: glossary_page(ROOT),
    "docs/fields.md": fields_page,
    "docs/dossier.schema.json": schema_text,
}


def outdated(root: Path = ROOT) -> list[str]:
    """Documents that are missing or differ from what the code says now."""
    return list(_drawn_anew(root))


def write(root: Path = ROOT) -> list[str]:
    """Bring every document up to date; returns those that changed."""
    changed = _drawn_anew(root)
    for name, text in changed.items():
        (root / name).write_text(text, encoding="utf-8")
    return list(changed)


def _drawn_anew(root: Path) -> dict[str, str]:
    """What each outdated document has to say; drawn once, the glossary takes seconds."""
    drawn = {name: draw() for name, draw in DOCUMENTS.items()}
    return {name: text for name, text in drawn.items() if _read(root / name) != text}


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def main() -> int:
    """``--check`` only compares."""
    if "--check" not in sys.argv:
        sys.stdout.writelines(f"{name}\n" for name in write())
        return 0
    stale = outdated()
    sys.stdout.writelines(f"{name} is out of date: run `make docs`\n" for name in stale)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
