"""The renderer's own process: nothing in a document makes it read a file, open a connection or start a program."""

from __future__ import annotations

import subprocess
import sys

import pytest

from portal.kit.pdf import PartSource, Running, press

STYLE = "@page { size: A4 }"
RUNNING = Running('<p style="break-after: page">1</p>', STYLE)
FILE, WEB = "file:///etc/passwd", "http://127.0.0.1:9/x"
VECTORS = [
    f'<img src="{FILE}">',
    f'<img src="{WEB}">',
    '<img src="data:image/svg+xml,<svg/>">',
    f'<link rel="stylesheet" href="{FILE}">',
    f'<link rel="attachment" href="{FILE}">',
    f'<a rel="attachment" href="{FILE}">x</a>',
    f'<object data="{FILE}">x</object>',
    f'<embed src="{FILE}">',
    f'<iframe src="{WEB}"></iframe>',
    f'<svg><image href="{FILE}" width="9" height="9"/></svg>',
    f'<svg><use href="{WEB}#a"/></svg>',
    f"<style>@import '{FILE}';</style>",
    f"<style>@font-face {{ font-family: x; src: url({FILE}) }} p {{ font-family: x }}</style><p>x</p>",
    f'<p style="background: url({WEB})">x</p>',
    f'<p style="list-style-image: url({FILE}); display: list-item">x</p>',
    f'<p style="border-image-source: url({FILE}); border: 1px solid">x</p>',
    f"<style>p::before {{ content: url({FILE}) }}</style><p>x</p>",
    f'<base href="file:///etc/"><img src="passwd"><video poster="{WEB}"></video>',
]
PROBES = {
    "read a file": "open('/etc/passwd')",
    "write a file": "open('portal/kit/pdf/x', 'w')",
    "write by descriptor": "os.open('/tmp/x', os.O_CREAT | os.O_WRONLY)",
    "look up a host": "socket.getaddrinfo('localhost', 80)",
    "connect": "socket.create_connection(('127.0.0.1', 9))",
    "start a program": "subprocess.run(['true'])",
    "shell": "os.system('true')",
    "fork": "os.fork()",
}


def test_no_vector_reaches_outside() -> None:
    parts = [PartSource(f"v{number}", vector[:20], vector) for number, vector in enumerate(VECTORS)]
    outcome = press.print_parts(parts, title="見本", style=STYLE, running=RUNNING)
    assert outcome.page_counts == (1,) * len(VECTORS)
    assert set(outcome.refused) == {"fetch"}, "the fetcher refuses first, so that the guard behind it stays idle"
    assert b"/EmbeddedFile" not in outcome.pdf


@pytest.mark.parametrize("probe", PROBES.values(), ids=PROBES.keys())
def test_guard_refuses(probe: str) -> None:
    code = (
        "import os, socket, subprocess, sys\nfrom portal.kit.pdf.child import Guard\nsys.addaudithook(Guard())\n"
        f"try:\n    {probe}\nexcept PermissionError as refused:\n    sys.exit('renderer may not' not in str(refused))\n"
        "sys.exit(2)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=press.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_guard_lets_code_and_fonts_through() -> None:
    code = (
        "import sys\nfrom portal.kit.pdf import fonts\nfrom portal.kit.pdf.child import Guard\n"
        "font = fonts.font_file('BIZUDGothic-Regular.ttf')\nguard = Guard()\nsys.addaudithook(guard)\n"
        "open(font, 'rb').close()\nopen(fonts.__file__).close()\nimport html.parser\nsys.exit(len(guard.refused))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=press.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
