"""JCSOS's office in the specimens: terms of members, associates, a letter, consultations and an article made of one.

By the product's own actions, each on its day. Not here: audits and J-TAS cases (jcsos), who is a member (load).
"""

from __future__ import annotations

import datetime as dt

from jcsos.actions import articles, consult, members
from jcsos.enums import AssociateKind, ContactDuty, Service, TicketTopic, VisitMeans
from jcsos.models import Membership as Member
from jcsos.rules.members import Contact, Terms
from portal.accounts.models import Membership
from portal.demo.hands import acting, on_day
from portal.kit import clock
from portal.kit.roles import Role

_DAY = dt.timedelta(days=1)
_BODIES = (
    ("見本損害保険株式会社(見本)", "Mihon Insurance (specimen)", AssociateKind.INSURER),
    ("見本危機管理サービス(見本)", "Mihon Risk Services (specimen)", AssociateKind.RISK_FIRM),
    ("見本国際教育協会(見本)", "Mihon International Education (specimen)", AssociateKind.EDUCATION),
)
_ARTICLE = articles.Text(
    TicketTopic.CONTRACT,
    "取消料の負担は、手配の契約に先に書く(見本)",
    "手配会社との契約には、取消しの時期ごとの取消料と、だれが負担するかを書きます。"
    "感染症や災害で中止したときの扱いは、別の条にします。保護者には募集の前に同じ表を配ります。",
)


def set_term(held: Member, services: tuple[str, ...], *, on: dt.date) -> None:
    """A specimen member's school year and services."""
    year = on.year if on.month >= 4 else on.year - 1
    held.term_from, held.term_until = dt.date(year, 4, 1), dt.date(year + 1, 3, 31)
    known = {"J-Basic": Service.SCHOOL_SUPPORT, "J-TAS": Service.J_TAS}
    held.services = [known[name].value for name in services]
    held.save(update_fields=["term_from", "term_until", "services"])


def play_office(seats: list[Membership], *, on: dt.date) -> int:
    """Associates, contacts and a letter of one member, two consultations. How many consultations there are."""
    desk, keeper = _of(seats, Role.JCSOS_CASES), _of(seats, Role.JCSOS_MEMBERS)
    with acting(keeper) as by:
        for name, english, kind in _BODIES:
            terms = Terms(on - 200 * _DAY, on + 165 * _DAY)
            members.enrol_associate(keeper.org, name, kind, terms, on=on - 200 * _DAY, by=by, english_name=english)
    asking = _first_member(seats)
    with on_day(on - 3 * _DAY), acting(asking) as by:
        held = Member.objects.select_related("school").get(school_id=asking.org_id, left_on=None)
        night = Contact(ContactDuty.NIGHT, "教頭(見本)", "", "night@school.example")
        members.set_contacts(held, [night], by=by)
        members.issue_letter(held, by=by)
    _answered(asking, desk, on=on)
    with on_day(on - _DAY), acting(asking) as by:
        text = "現地の手配会社から、夜の自由行動に付き添えないと連絡がありました。代わりの方法を相談したいです。"
        consult.ask(asking.org, TicketTopic.RISK, "夜の自由行動の付添い(見本)", text, by=by)
    return 2


def _answered(asking: Membership, desk: Membership, *, on: dt.date) -> None:
    """A question about a contract: asked, answered, visited, closed, and made into an article."""
    with on_day(on - 20 * _DAY), acting(asking) as by:
        text = "手配会社の契約書の案に、取消料の負担が書かれていません。どう直せばよいですか。"
        ticket = consult.ask(asking.org, TicketTopic.CONTRACT, "契約書の取消料(見本)", text, by=by)
    with on_day(on - 19 * _DAY), acting(desk, health=True) as by:
        consult.write(ticket, "取消しの時期ごとに、だれがいくら負担するかを表にして、契約に付けてください。", by=by)
        article = articles.begin_article(ticket, _ARTICLE, by=by, org_id=desk.org_id)
        articles.publish_article(article, by=by)
    with on_day(on - 12 * _DAY), acting(desk, health=True) as by:
        consult.note_visit(ticket, VisitMeans.ONLINE, clock.today(), "直した契約書を一緒に読んだ。", by=by)
    with on_day(on - 10 * _DAY), acting(asking) as by:
        consult.close(ticket, by=by)


def _first_member(seats: list[Membership]) -> Membership:
    """A drafter, or else a principal, of a member school with an English name."""
    schools = set(
        Member.objects.filter(left_on=None).exclude(school__english_name="").values_list("school_id", flat=True)
    )
    mine = [seat for seat in seats if seat.org_id in schools]
    wanted = (Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL)
    return next(seat for role in wanted for seat in mine if seat.role_kind is role)


def _of(seats: list[Membership], role: Role) -> Membership:
    return next(seat for seat in seats if seat.role_kind is role)
