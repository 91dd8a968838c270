"""The other engines of bench/packet.py: naive WeasyPrint, warm headless Chromium, typst, each in a process of its own.

``python bench/packet_peers.py NAME`` reads jobs from stdin, one JSON a line ({"html", "blocks", "out"}), and answers
each with its seconds. Here: drawing the same sheets. Not here: rounds, ratios, memory (packet).
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

CHROMIUM = "/usr/bin/chromium"
HOW_TO_INSTALL = {
    "weasyprint": "pip install -r requirements.txt",
    "chromium": "apt-get install chromium; pip install -r requirements-dev.txt",
    "typst": "pip install typst",
}
Draw = Callable[[dict[str, Any]], None]
# The same blocks as the packet's own data: headings, labels with values, tables, lines; sizes as packet.css has them.
TYPST = """
#let sheets = json(bytes(sys.inputs.at("blocks")))
#set page(paper: "a4", margin: (x: 16mm, top: 23mm, bottom: 22mm), numbering: "1/1")
#set text(font: "BIZ UDGothic", size: 10.5pt, lang: "ja")
#set par(leading: 0.4em, spacing: 0.6em)
#set table(stroke: 0.5pt, inset: (x: 1.5mm, y: 0.9mm))
#let words(texts) = texts.join("\\n")
#for (i, sheet) in sheets.enumerate() {
  if i > 0 { pagebreak() }
  for b in sheet.blocks {
    if "heading" in b { text(size: 12pt, weight: "bold", words(b.heading)); parbreak() }
    else if "text" in b { par(words(b.text)) }
    else if "label" in b { table(columns: (50mm, 1fr), words(b.label), words(b.values)) }
    else if "columns" in b and b.rows.len() > 0 {
      let heads = b.columns
      let wide = calc.max(..b.rows.map(row => row.len()))
      let cells = b.rows.map(row => row.map(words) + ("",) * (wide - row.len())).flatten()
      let head = heads.slice(calc.max(0, heads.len() - wide)).map(words)
      table(columns: (1fr,) * wide, table.header(..(head + ("",) * (wide - head.len()))), ..cells)
    }
  }
}
"""


def weasyprint() -> Draw:
    """As anybody would call it: the whole packet as one HTML document with its style sheet."""
    engine = importlib.import_module("weasyprint")

    def draw(job: dict[str, Any]) -> None:
        engine.HTML(filename=job["html"]).write_pdf(job["out"])

    return draw


def chromium() -> Draw:
    """One browser, one page, kept open; the page prints to PDF."""
    playwright = importlib.import_module("playwright.sync_api").sync_playwright().start()
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
    page = browser.new_page()

    def draw(job: dict[str, Any]) -> None:
        page.goto(Path(job["html"]).as_uri(), wait_until="load")
        page.pdf(path=job["out"], prefer_css_page_size=True, print_background=True)

    return draw


def typst() -> Draw:
    """One compiler, kept; the blocks of the sheets go in as data."""
    compiler = importlib.import_module("typst").Compiler()

    def draw(job: dict[str, Any]) -> None:
        blocks = Path(job["blocks"]).read_text(encoding="utf-8")
        Path(job["out"]).write_bytes(compiler.compile(TYPST.encode(), sys_inputs={"blocks": blocks}, pdf_tags=False))

    return draw


PEERS: dict[str, Callable[[], Draw]] = {"weasyprint": weasyprint, "chromium": chromium, "typst": typst}


def lacking(name: str) -> str:
    """How to install what this peer lacks; empty when it can run."""
    module = {"weasyprint": "weasyprint", "chromium": "playwright.sync_api", "typst": "typst"}[name]
    try:
        importlib.import_module(module)
    except ImportError:
        return HOW_TO_INSTALL[name]
    return HOW_TO_INSTALL[name] if name == "chromium" and not Path(CHROMIUM).exists() else ""


def main() -> None:
    draw = PEERS[sys.argv[1]]()
    for line in sys.stdin:
        job = json.loads(line)
        began = time.perf_counter()
        draw(job)
        print(json.dumps({"seconds": time.perf_counter() - began}), flush=True)


if __name__ == "__main__":
    main()
