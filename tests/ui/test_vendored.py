"""What is vendored is what its VERSION says, and the colours built on it keep their contrast."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "static"
TOKENS = STATIC / "vendor" / "dads-tokens"


def test_the_tokens_are_untouched() -> None:
    lines = (TOKENS / "VERSION").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "@digital-go-jp/design-tokens 1.1.9"
    sums = dict(reversed(line.split()) for line in lines[1:])
    assert set(sums) == {"tokens.css", "LICENSE"}
    for name, digest in sums.items():
        assert hashlib.sha256((TOKENS / name).read_bytes()).hexdigest() == digest


def aliases(theme: str) -> dict[str, str]:
    """The colour aliases of a theme, resolved to hexadecimal."""
    base = (STATIC / "css" / "base.css").read_text(encoding="utf-8")
    tokens = dict(re.findall(r"(--color-[\w-]+): (#[0-9a-f]{6})", (TOKENS / "tokens.css").read_text(encoding="utf-8")))
    blocks = [base.split(":root {")[1].split("}")[0]]
    if theme == "dark":
        blocks.append(base.split(':root[data-theme="dark"] {')[1].split("}")[0])
    found: dict[str, str] = {}
    for block in blocks:
        found |= dict(re.findall(r"--c-([\w-]+): ([^;]+);", block))
    return {name: tokens.get(value.removeprefix("var(").removesuffix(")"), value) for name, value in found.items()}


def luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


PAIRS = [
    *[("text", ground) for ground in ("page", "surface", "sunken", "tint", "ok-tint", "error-tint", "warn-tint")],
    *[("sub", ground) for ground in ("page", "surface", "sunken", "tint")],
    *[("key", ground) for ground in ("page", "surface", "tint", "sunken")],
    *[("link", ground) for ground in ("page", "surface", "tint", "sunken", "warn-tint", "error-tint")],
    ("on-key", "key"),
    ("ok", "ok-tint"),
    ("error", "error-tint"),
    ("error", "surface"),
    ("warn", "warn-tint"),
    ("warn", "surface"),
]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), PAIRS)
def test_text_contrast_is_at_least_four_and_a_half(theme: str, front: str, ground: str) -> None:
    colours = aliases(theme)
    assert contrast(colours[front], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_edges_of_controls_are_seen(theme: str) -> None:
    colours = aliases(theme)
    assert contrast(colours["edge"], colours["surface"]) >= 3


def test_the_dark_theme_by_system_and_by_choice_are_the_same() -> None:
    base = (STATIC / "css" / "base.css").read_text(encoding="utf-8")
    by_system = base.split(':root:not([data-theme="light"]) {')[1].split("}")[0].split()
    by_choice = base.split(':root[data-theme="dark"] {')[1].split("}")[0].split()
    assert by_system == by_choice
