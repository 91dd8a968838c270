"""The specimen news of JCSOS: circulars sent, read by some, one draft; a seminar held and one filling up.

Nothing in them is a real warning, and nobody named in them exists.

Not here: audits and cases (jcsos), the tales of single trips (story).
"""

from __future__ import annotations

import datetime as dt

from jcsos.actions import circulars, seats, seminars
from jcsos.enums import Presence
from jcsos.models import Circular, Seminar, SeminarAttendee
from jcsos.models import Membership as JcsosMembership
from jcsos.queries.circulars import receipt_of
from portal.accounts.models import Membership
from portal.demo.hands import acting, on_day
from portal.kit import clock
from portal.kit.roles import Role

_MORNING = dt.time(9)
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

_HELD = (
    "はじめての海外旅行の危機管理(見本)",
    "引率の前に知っておくこと: 夜間の連絡、保険会社への連絡、在外公館への連絡を、机の上で練習しました。",
)
_COMING = (
    "ホームステイの安全と連絡(見本)",
    "受入れ家庭の確かめ方、連絡先の配り方、困ったときの相談の流れを、例で考えます。\n対象: 引率する教職員、留守責任者",
)
_TODAY = (
    "現地の事故と保険: 机上の訓練(見本)",
    "現地でけが人が出たときに、だれがどこへ電話するかを、順に練習します。当日の申込みも受け付けます。",
)
_STAFF = (("見本 圭子", "教頭"), ("例示 髙志", "教諭"), ("見本 﨑子", "養護教諭"), ("例示 吉﨑", "教諭"))


def play_news(seats: list[Membership], *, on: dt.date) -> int:
    """Circulars written, checked by a second person and sent; some members opened them. How many were sent."""
    writer = next(seat for seat in seats if seat.role_kind is Role.JCSOS_NEWS)
    checker = next(seat for seat in seats if seat.role_kind is Role.JCSOS_MEMBERS)
    readers = [seat for seat in seats if seat.role_kind is Role.SCHOOL_PRINCIPAL]
    for turn, (before, text) in enumerate(_SENT):
        with on_day(on - before * _DAY, _MORNING):
            sent = _send(text, writer, checker)
            for reader in readers[turn:]:
                _read(sent, reader)
    with on_day(on, _MORNING), acting(writer) as by:
        circulars.propose(circulars.write_circular(writer.org_id, _DRAFT, by=by), by=by)
    return len(_SENT)


def play_seminars(seats_held: list[Membership], *, on: dt.date) -> int:
    """One seminar held, with certificates, one today, and one with more registrations than places. How many."""
    writer = next(seat for seat in seats_held if seat.role_kind is Role.JCSOS_NEWS)
    schools = {seat.org_id: seat for seat in seats_held if seat.role_kind is Role.SCHOOL_PRINCIPAL}
    with acting(writer):
        present = sorted(JcsosMembership.objects.filter(left_on=None).values_list("school_id", flat=True))
    heads = [schools[school_id] for school_id in present if school_id in schools]
    day = on - 30 * _DAY
    with on_day(day - 20 * _DAY, _MORNING):
        past = _announce(_HELD, day, writer, places=20)
        rows = [_register(past, head, name, duty) for head, (name, duty) in zip(heads, _STAFF, strict=False)]
    with clock.stopped_at(past.starts_at + dt.timedelta(minutes=5)), acting(writer) as by:
        for turn, row in enumerate(rows):
            seats.attend(row, presence=Presence.TICKET if turn % 2 else Presence.LIST, by=by)
    with clock.stopped_at(past.ends_at), acting(writer) as by:
        seminars.end_seminar(past, by=by)
    with on_day(on - 3 * _DAY, _MORNING):
        coming = _announce(_COMING, on + 25 * _DAY, writer, places=2)
        for head, (name, duty) in zip(heads, _STAFF, strict=False):
            _register(coming, head, name, duty)
    with on_day(on - 12 * _DAY, _MORNING):
        now = _announce(_TODAY, on, writer, places=20, until=on)
        for head, (name, duty) in zip(heads[:2], _STAFF, strict=False):
            _register(now, head, name, duty)
    return 3


def _announce(
    said: tuple[str, str], day: dt.date, writer: Membership, *, places: int, until: dt.date | None = None
) -> Seminar:
    start = dt.datetime.combine(day, dt.time(14), clock.TOKYO)
    announcement = seminars.Announcement(
        title=said[0],
        text=said[1],
        venue="オンライン",
        starts_at=start,
        ends_at=start + dt.timedelta(hours=2),
        places=places,
        apply_until=until or day - 5 * _DAY,
    )
    with acting(writer) as by:
        return seminars.open_seminar(seminars.write_seminar(writer.org_id, announcement, by=by), by=by)


def _register(seminar: Seminar, head: Membership, name: str, duty: str) -> SeminarAttendee:
    with acting(head) as by:
        return seats.register(seminar, head.org_id, name=name, duty=duty, by=by)


def _send(text: circulars.Text, writer: Membership, checker: Membership) -> Circular:
    with acting(writer) as by:
        circular = circulars.propose(circulars.write_circular(writer.org_id, text, by=by), by=by)
    with acting(checker) as by:
        circular = circulars.approve(circular, by=by)
    with acting(writer) as by:
        circular = circulars.order(circular, by=by)
        # At once, as a worker would: the loader must not depend on one.
        circulars.deliver(circular.pk, key=circulars.job_key(circular), by=by)
    return circular


def _read(circular: Circular, reader: Membership) -> None:
    """Opened by somebody of the school, where it was told."""
    with acting(reader) as by:
        receipt = receipt_of(circular, reader.org_id)
        if receipt is not None:
            circulars.note_opening(receipt, by=by)
