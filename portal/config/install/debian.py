"""The system parts that no wheel brings: which are missing, and how they come onto a Debian machine.

Here: the list, the probes and apt-get. Not here: the Python environment (``venv``). Standard library only.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.config.refusal import Refusal, say


@dataclass(frozen=True)
class Part:
    """A Debian package and the question whether this machine already has what it brings."""

    package: str
    purpose: str
    is_present: Callable[[], bool]


def _library(name: str) -> Callable[[], bool]:
    def loads() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return loads


def _module(name: str) -> Callable[[], bool]:
    return lambda: importlib.util.find_spec(name) is not None


def _program(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


def _font(family: str) -> Callable[[], bool]:
    return lambda: family in _font_families()


def _tesseract_language(name: str) -> Callable[[], bool]:
    return lambda: any(Path("/usr/share/tesseract-ocr").glob(f"*/tessdata/{name}.traineddata"))


@cache
def _font_families() -> frozenset[str]:
    if shutil.which("fc-list") is None:
        return frozenset()
    shown = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=True).stdout
    return frozenset(name.strip() for line in shown.splitlines() for name in line.split(","))


RUN_PARTS = (
    Part("python3-venv", "Python environment", _module("ensurepip")),
    Part("libpango-1.0-0", "PDF layout", _library("libpango-1.0.so.0")),
    Part("libpangoft2-1.0-0", "PDF layout", _library("libpangoft2-1.0.so.0")),
    Part("libharfbuzz-subset0", "PDF fonts", _library("libharfbuzz-subset.so.0")),
    Part("fonts-morisawa-bizud-gothic", "Japanese text of the packet", _font("BIZ UDPGothic")),
    Part("fonts-noto-cjk", "characters outside BIZ UD", _font("Noto Sans CJK JP")),
    Part("fonts-noto-core", "names in other scripts", _font("Noto Sans Thai")),
    Part("fonts-ipamj-mincho", "variants of kanji in names", _font("IPAmjMincho")),
)
TEST_PARTS = (
    Part("chromium", "browser tests", _program("chromium")),
    Part("poppler-utils", "reading PDFs back", _program("pdftotext")),
    Part("tesseract-ocr", "reading faxes back", _program("tesseract")),
    Part("tesseract-ocr-jpn", "reading faxes back", _tesseract_language("jpn")),
    Part("ghostscript", "fax images", _program("gs")),
)


def missing_parts(parts: Iterable[Part]) -> list[Part]:
    """Those of ``parts`` whose probe fails here."""
    return [part for part in parts if not part.is_present()]


def apt_line(parts: Iterable[Part]) -> str:
    """The one line an ordinary user types."""
    return "sudo apt-get install --no-install-recommends " + " ".join(part.package for part in parts)


def require(parts: Iterable[Part]) -> None:
    """Install what is missing when root; otherwise refuse with the one line to type."""
    missing = missing_parts(parts)
    if not missing:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise refuse_missing(missing)
    _install(missing)
    _font_families.cache_clear()
    if still := missing_parts(missing):
        raise refuse_missing(still)


def refuse_missing(missing: list[Part]) -> Refusal:
    """The refusal that names the missing packages and the line that brings them."""
    line = apt_line(missing)
    return Refusal(
        f"必要なシステム部品がありません。次の1行を実行してから、もう一度お試しください: {line}",
        f"System parts are missing. Type this one line, then try again: {line}",
        code=3,
    )


def _install(parts: list[Part]) -> None:
    names = [part.package for part in parts]
    say(f"システム部品を入れます: {' '.join(names)}", f"Installing system parts: {' '.join(names)}")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-qy", "--no-install-recommends", *names]):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            tail = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no message"]
            raise Refusal(
                f"apt-get でシステム部品を入れられませんでした（{tail[0]}）。手で実行してください: {apt_line(parts)}",
                f"apt-get could not install the system parts ({tail[0]}). Type it by hand: {apt_line(parts)}",
                code=3,
            )
