"""Reading a roster of 1,000 people against the bare reading of the same file; with ``--corpus`` the hostile files too.

Prints times in milliseconds and ratios. Run: ``python -m bench.roster_import [--corpus]``.
"""

from __future__ import annotations

import datetime as dt
import io
import statistics
import sys
import time
from collections.abc import Callable

import openpyxl
import python_calamine

from tests.trips.roster.builders import csv_text, workbook
from trips.roster.launch import read_confined
from trips.roster.limits import CHILD_MEMORY_BYTES
from trips.roster.preview import read_roster
from trips.roster.refusals import FileRefused
from trips.roster.sniff import sniff

TODAY = dt.date(2026, 11, 22)
ROUNDS = 7
HEADINGS = [
    *("No", "学年", "組", "番号", "氏名", "フリガナ", "性別", "生年月日", "血液型", "食物アレルギー"),
    *("保護者氏名", "続柄", "電話番号", "備考"),
]


def _people(count: int) -> list[list[str]]:
    rows = [HEADINGS]
    for n in range(count):
        name = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(n))
        seat = [str(n + 1), "2", str(n % 8 + 1), str(n // 8 + 1)]
        kin = ["AB-", "卵", "髙橋　太郎", "父", "09000001111", ""]
        rows.append([*seat, f"髙橋　{name}", "ﾀｶﾊｼ ﾊﾅｺ", "女", "平成21年4月2日", *kin])
    return rows


def _median(action: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def _slow(data: bytes) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True).worksheets[0]
    return list(sheet.iter_rows(values_only=True))


def compare(count: int = 1_000) -> None:
    """Print bare and full reading of ``count`` people as .xlsx and as cp932 text."""
    rows = _people(count)
    for name, data in (("名簿.xlsx", workbook(rows)), ("名簿.csv", csv_text(rows).encode("cp932"))):
        sniffed = sniff(data)
        bare = _median(lambda data=data, sniffed=sniffed: read_confined(data, sniffed))
        whole = _median(lambda data=data, name=name: read_roster(data, name, on=TODAY))
        kept = len(read_roster(data, name, on=TODAY).kept)
        print(f"{name}: {kept} people, bare {bare:.0f} ms, import {whole:.0f} ms, ratio {whole / bare:.2f} (bar 3)")
    data = workbook(rows)
    fast = _median(lambda: python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python())
    print(f"for comparison, unconfined: calamine {fast:.0f} ms, openpyxl {_median(lambda: _slow(data)):.0f} ms")


def run_corpus() -> None:
    """Print the slowest files of the hostile corpus ."""
    from tests.trips.roster.corpus import CASES  # noqa: PLC0415 - builds nothing unless asked

    times = []
    for case in CASES:
        data = case.build()
        start = time.perf_counter()
        try:
            read_roster(data, case.filename, on=TODAY, **case.options)
        except FileRefused as refused:
            verdict = refused.code
        else:
            verdict = "read"
        times.append((time.perf_counter() - start, str(case), verdict))
    for seconds, case, verdict in sorted(times, reverse=True)[:8]:
        print(f"{seconds:5.2f} s  {case}: {verdict}")
    # No memory figure: a child's ru_maxrss counts the parent it was forked from. The kernel holds RLIMIT_AS.
    cap = CHILD_MEMORY_BYTES // 1024 // 1024
    print(f"{len(times)} files, slowest {max(times)[0]:.2f} s (bar 10), address space of each child capped at {cap} MB")


if __name__ == "__main__":
    compare()
    if "--corpus" in sys.argv:
        run_corpus()
