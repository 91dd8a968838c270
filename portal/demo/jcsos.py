"""JCSOS's part of the specimens: a campaign half way and J-TAS cases, by the product's own actions, each on its day.

Not here: membership (load), the trips themselves (story). What people write is marked as a specimen by its school.
"""

from __future__ import annotations

import datetime as dt

from jcsos.actions import assist, audits, campaigns, evidence, figures, findings, releases
from jcsos.enums import AssistCategory, Cover, Gravity, Party, Population, Verdict
from jcsos.models import Finding, TripAudit
from jcsos.queries.audits import assessments_of, audits_of, population_of, readings_of
from portal.accounts.models import Membership
from portal.audit.record import Actor
from portal.demo.hands import acting, on_day
from portal.dossier.types import Edition
from portal.kit import clock
from portal.kit.roles import Role

_WEEK = dt.timedelta(weeks=1)
_SEED = 20261122
_OPENED_BEFORE = 4 * _WEEK
_TAIWAN, _TAIPEI, _HAWAII, _HONOLULU = "0886", "Asia/Taipei", "1808", "Pacific/Honolulu"
_TROUBLES = (
    ("食事のあと、腹痛と吐き気を訴える人がいる(見本)", AssistCategory.ILLNESS),
    ("道を渡るときに車と接触し、足を痛めた(見本)", AssistCategory.ACCIDENT),
)
_STATEMENTS = {
    "AC01": "指導の資料を配り、欠席者には翌週に補講した。",
    "AC04": "夜間の番号に試しに掛け、3回の呼出しでつながった。",
}


def play_audits(seats: list[Membership], *, on: dt.date) -> int:
    """One campaign over the trips in the window: announced, and the first ones carried further. How many were drawn.

    Nothing is drawn where the moved calendar leaves nobody in the window.
    """
    assessor, second = _hands(seats)
    day = on - _OPENED_BEFORE
    with on_day(day), acting(assessor) as by:
        plan = campaigns.Plan(
            title=f"{day.year}年度 海外旅行の備えの監査(見本)",
            period_from=on - 30 * _WEEK,
            period_to=on + 40 * _WEEK,
            population=Population.ALL,
            rule_set="full-1",
            percent=100,
            floor=1,
            cap=6,
            seed=_SEED,
        )
        campaign = campaigns.open_campaign(assessor.org_id, plan, by=by)
        if not population_of(campaign).exists():
            return 0
        drawn = campaigns.draw_sample(campaign, by=by)
        for audit in audits_of(campaign):
            audits.announce(audit, due_on=on + _WEEK, by=by)
    with acting(assessor):
        for turn, audit in enumerate(list(audits_of(campaign))):
            _carry_on(audit, turn, _school_hands(seats, audit), assessor, second, on=on)
    return len(drawn)


def play_assistance(seats: list[Membership], *, on: dt.date) -> int:
    """Two cases of one place and day, not joined yet, and one closed with its lessons. Nobody in them exists."""
    desk = next(seat for seat in seats if seat.role_kind is Role.JCSOS_CASES)
    with on_day(on - 2 * _WEEK), acting(desk, health=True) as by:
        old = assist.open_case(desk.org_id, "旅券を入れたかばんを置き忘れた(見本)", by=by)
        assist.describe(old, assist.Details(category=AssistCategory.DOCUMENTS, country=_TAIWAN, zone=_TAIPEI), by=by)
        assist.move(old, "take", by=by)
        assist.note(old, "在外公館に紛失を届け、渡航書を申し込んだ(見本)", party=Party.MISSION, by=by)
        assist.close(
            old, outcome="翌日に渡航書を受け取り、予定どおり帰国した", lessons="旅券の写しを別に持たせる", by=by
        )
    with on_day(on), acting(desk, health=True) as by:
        for line, category in _TROUBLES:
            case = assist.open_case(desk.org_id, line, by=by)
            known = assist.Details(category=category, country=_HAWAII, zone=_HONOLULU, cover=Cover.PROPER)
            assist.describe(case, known, by=by)
        assist.move(case, "take", by=by)
        assist.note(case, "病院に着いた。意識あり(見本)", party=Party.HOSPITAL, by=by)
        due = clock.now() + dt.timedelta(hours=2)
        assist.plan_task(case, "保護者に折り返す(見本)", due_at=due, call_back=True, by=by)
    return len(_TROUBLES) + 1


def play_figures(seats: list[Membership], *, on: dt.date) -> int:
    """Read the trips in the window as the job would, and compare the schools; how many trips were read."""
    assessor, _ = _hands(seats)
    with acting(assessor):
        read = figures.read_figures()
        figures.compare_recent(assessor.org_id, on=on)
    return read


def play_handbook(seats: list[Membership], *, on: dt.date) -> int:
    """The edition of 2024 planned for a month later and tried on the open trips; how many it was tried on."""
    news = next(seat for seat in seats if seat.role_kind is Role.JCSOS_NEWS)
    with acting(news) as by:
        note = "2024年の通知の様式に切り替えます(見本)"
        release = releases.plan_release(news.org_id, Edition.Y2024, takes_effect_on=on + 4 * _WEEK, note=note, by=by)
        judged = releases.judge_open_trips(release)
        releases.store_preview(release.pk, judged, by=by)
    return judged.looked_at


def _carry_on(
    audit: TripAudit, turn: int, school: tuple[Membership, Membership], assessor: Membership, second: Membership,
    *, on: dt.date,
) -> None:  # fmt: skip
    """The first audit reaches corrections, the second the school's reply, the third its assessment."""
    drafter, head = school
    if turn > 2:
        return
    with on_day(on - 3 * _WEEK), acting(drafter) as by:
        evidence.give_evidence(
            audit, "AC01", statement="指導の資料を配り、欠席者には翌週に補講した。", upload=None, by=by
        )
        evidence.give_evidence(
            audit, "AC04", statement="夜間の番号に試しに掛け、3回の呼出しでつながった。", upload=None, by=by
        )
        audits.hand_in(audit, by=by)
    if turn == 2:
        return
    with on_day(on - 2 * _WEEK), acting(assessor) as by:
        _judge(audit, by=by)
        grave = _write(audit, Gravity.GRAVE if turn == 0 else Gravity.MAJOR, by=by)
    if turn == 0:
        with on_day(on - 2 * _WEEK), acting(second) as by:
            findings.confirm_finding(grave, by=by)
    with on_day(on - 2 * _WEEK), acting(assessor) as by:
        audits.send_result(audit, reply_due_on=on + _WEEK, by=by)
    if turn == 0:
        _settle(audit, head, assessor, on=on)


def _judge(audit: TripAudit, *, by: Actor) -> None:
    """Every criterion as its known facts propose; what the plan cannot prove is left unproven with a note."""
    for criterion, reading in readings_of(audit):
        audits.assess(audit, criterion.code, reading.proposes, note="計画の記載と資料による。", by=by)


def _write(audit: TripAudit, gravity: Gravity, *, by: Actor) -> Finding:
    """A finding for every fault, the first one with ``gravity``; without a fault, one on the test calls."""
    faulty = (Verdict.NOT_MET.value, Verdict.PARTLY.value)
    codes = [code for code, row in assessments_of(audit).items() if row.verdict in faulty] or ["AC04"]
    text = "備えを確かめられる記録が足りません。だれが見ても分かる形で残してください。"
    written = [findings.write_finding(audit, code, gravity, text, by=by) for code in codes[:1]]
    for code in codes[1:]:
        findings.write_finding(audit, code, Gravity.MINOR, text, by=by)
    return written[0]


def _settle(audit: TripAudit, head: Membership, assessor: Membership, *, on: dt.date) -> None:
    with on_day(on - _WEEK), acting(head) as by:
        for row in Finding.objects.filter(audit=audit):
            findings.reply_to(row, "指摘のとおりです。様式を改め、記録を残します。", by=by)
    with on_day(on - _WEEK), acting(assessor) as by:
        for row in Finding.objects.filter(audit=audit):
            findings.uphold(row, correction="記録の様式を作り、写しを出す", owner="教頭", due_on=on + 2 * _WEEK, by=by)
        audits.settle(audit, by=by)


def _hands(seats: list[Membership]) -> tuple[Membership, Membership]:
    """Two assessors; a grave finding needs both."""
    first, second = [seat for seat in seats if seat.role_kind is Role.JCSOS_AUDITOR][:2]
    return first, second


def _school_hands(seats: list[Membership], audit: TripAudit) -> tuple[Membership, Membership]:
    mine = [seat for seat in seats if seat.org_id == audit.school_id]
    head = next(seat for seat in mine if seat.role_kind is Role.SCHOOL_PRINCIPAL)
    return next((seat for seat in mine if seat.role_kind is Role.SCHOOL_DRAFTER), head), head
