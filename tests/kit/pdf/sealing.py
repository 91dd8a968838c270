"""A small finished packet and the keys around it, rendered once. Not here: what must hold of it."""

from __future__ import annotations

import base64
import datetime as dt
import functools

from portal.kit.pdf import PartSource, Printed, Running, fonts, marks, press
from portal.kit.pdf.finish import finish
from portal.kit.pdf.keys import PublicKey, Secret, Signer, parse_secrets, public_keys_of, signer_of

AUTHORITY = "見本県教育委員会"
ON = dt.date(2026, 12, 10)
KEY = "5e" * 32
STYLE = f"@page {{ size: A4; margin: 25mm }} html {{ font: 11pt {fonts.STACK} }}"
RUNNING = Running(
    f'<p style="break-after: page">見本学校 第2版 {marks.NUMBER}/{marks.TOTAL} {marks.PART}</p>',
    f"@page {{ size: A4; margin: 15mm }} html {{ font: 9pt {fonts.STACK} }}",
)
PARTS = (
    PartSource(
        "letter", "依頼書", f"<h1>依頼書</h1><p>名簿 {marks.count_of('roster')}枚、計 {marks.COUNT_OF_ALL}枚</p>"
    ),
    PartSource(
        "roster",
        "名簿",
        "<table><thead><tr><th>番号</th><th>氏名</th></tr></thead><tbody>"
        + "".join(f"<tr><td>{n}</td><td>髙橋 葛\U000e0100 {n}</td></tr>" for n in range(60))
        + "</tbody></table><table><tr><th>電話</th><td>03-0000-0001<span>国際 +81 3-0000-0001</span></td></tr></table>",
    ),
)


def secrets(*since: str) -> tuple[Secret, ...]:
    """One secret for each date, all different."""
    return parse_secrets(",".join(f"{day}:{base64.b64encode(day.encode().ljust(32)).decode()}" for day in since))


SECRETS = secrets("2026-04-01")


def signer(*, identity: str = "org-1", authority: str = AUTHORITY) -> Signer:
    made = signer_of(authority, identity=identity, secrets=SECRETS, on=ON)
    assert made is not None
    return made


def keys(*, identity: str = "org-1", authority: str = AUTHORITY) -> tuple[PublicKey, ...]:
    return public_keys_of(authority, identity=identity, secrets=SECRETS)


@functools.cache
def printed() -> Printed:
    return press.print_parts(PARTS, title="見本", style=STYLE, running=RUNNING)


def finished(*, by: Signer | None, parts: tuple[PartSource, ...] = PARTS, title: str = "見本学校 台湾") -> bytes:
    laid = printed()
    return finish(laid.pdf, parts, laid.page_counts, running=RUNNING, title=title, key=KEY, signer=by, dated_on=ON)


@functools.cache
def signed_packet() -> bytes:
    return finished(by=signer())


@functools.cache
def unsigned_packet() -> bytes:
    return finished(by=None)
