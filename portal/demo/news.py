"""The specimen news of JCSOS: circulars sent, read by some, one draft. Nothing in them is a real warning.

Not here: audits and cases (jcsos), the tales of single trips (story).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from jcsos.actions import circulars
from jcsos.models import Circular
from jcsos.queries.circulars import receipt_of
from portal.accounts.acting import actor_of, scope_of
from portal.accounts.models import Membership
from portal.audit.record import Actor
from portal.kit import clock
from portal.kit.roles import Role
from portal.tenancy.scope import acting_as

_DAY = dt.timedelta(days=1)
_TAIWAN, _AUSTRALIA, _HAWAII = "0886", "0061", "1808"
_SAFETY_PAGES = "https://www.anzen.mofa.go.jp/"
_SENT = (
    (
        40,
        circulars.Text(
            title="夜間の連絡先は、出発前に一度かけてみてください(見本)",
            text="つながらない番号が、監査で何件も見つかりました。\n計画に書いた夜間・休日の番号に、出発の前に一度かけ、"
            "だれが出たかを記録してください。\n記録は、旅行の「電話の確認」に残せます。",
        ),
    ),
    (
        6,
        circulars.Text(
            title="台湾へ行く学校へ: 大雨のときの連絡の流れ(見本)",
            text="大雨で列車が止まったときの、学校・旅行会社・保護者への連絡の順を確かめてください。\n"
            "最新の情報は、外務省の海外安全ホームページで確かめてください。",
            countries=(_TAIWAN,),
            official_url=_SAFETY_PAGES,
        ),
    ),
    (
        2,
        circulars.Text(
            title="ホームステイ先の名簿は、出発の1か月前までに(見本)",
            text="ホームステイ先が決まらないまま出発の日が近づく旅行があります。\n"
            "決まらないときは、いつまでに決まるかと、決まるまでの宿泊先を計画に書いてください。",
            countries=(_AUSTRALIA, _HAWAII),
        ),
    ),
)
_DRAFT = circulars.Text(
    title="冬休みの旅行の前に(見本・下書き)",
    text="休みの間の、学校の留守番の決め方をまとめています。",
)


def play_news(seats: list[Membership], *, on: dt.date) -> int:
    """Circulars written, checked by a second person and sent; some members opened them. How many were sent."""
    writer = next(seat for seat in seats if seat.role_kind is Role.JCSOS_NEWS)
    checker = next(seat for seat in seats if seat.role_kind is Role.JCSOS_MEMBERS)
    readers = [seat for seat in seats if seat.role_kind is Role.SCHOOL_PRINCIPAL]
    for turn, (before, text) in enumerate(_SENT):
        with _at(on - before * _DAY):
            sent = _send(text, writer, checker)
            for reader in readers[turn:]:
                _read(sent, reader)
    with _at(on), _as(writer) as by:
        circulars.propose(circulars.write_circular(writer.org_id, _DRAFT, by=by), by=by)
    return len(_SENT)


def _send(text: circulars.Text, writer: Membership, checker: Membership) -> Circular:
    with _as(writer) as by:
        circular = circulars.propose(circulars.write_circular(writer.org_id, text, by=by), by=by)
    with _as(checker) as by:
        circular = circulars.approve(circular, by=by)
    with _as(writer) as by:
        circular = circulars.order(circular, by=by)
        # At once, as a worker would: the loader must not depend on one.
        circulars.deliver(circular.pk, key=circulars.job_key(circular), by=by)
    return circular


def _read(circular: Circular, reader: Membership) -> None:
    """Opened by somebody of the school, where it was told."""
    with _as(reader) as by:
        receipt = receipt_of(circular, reader.org_id)
        if receipt is not None:
            circulars.note_opening(receipt, by=by)


@contextmanager
def _as(seat: Membership) -> Iterator[Actor]:
    with acting_as(scope_of(seat)), transaction.atomic():
        yield actor_of(seat)


@contextmanager
def _at(day: dt.date) -> Iterator[None]:
    with clock.stopped_at(dt.datetime.combine(day, dt.time(9), clock.TOKYO)):
        yield
