"""Preparing a claim: what to tell the insurer, by which day, with which papers, in both languages.

Nothing typed here is kept: health stays with the people concerned. Not here: the counting (insurance.claims).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from icalendar import Alarm, Calendar, Event

from insurance.catalogue.types import Clause
from insurance.claims import Balance, Due, Notice, Terms, clause_of, dues_of, papers_for, steps_for
from insurance.enums import ClaimFact
from insurance.stress.trip import name_of
from mofa_requests.queries import gather_dossier
from portal.dossier.types import Dossier, Policy
from portal.kit import clock
from portal.ui.files_out import attachment
from portal.ui.insurance.claim_forms import ClaimForm
from portal.ui.insurance.doors import cover_context
from portal.ui.insurance.words import money, told
from portal.ui.labels import label_of
from portal.ui.school.doors import STAFF, TripPage, trip_page
from portal.vault.keyring import cipher_for

PRODUCT = "-//Wataridori//Claims//JA"
_AHEAD = (7, 1)
"""How many days before a last day the calendar reminds."""


@dataclass(frozen=True)
class ShownDue:
    title: str
    on: dt.date
    days_left: int
    clause: str
    quote: str
    own: bool


@dataclass(frozen=True)
class NoticeLine:
    """One fact in both languages; ``text`` is empty where it is still missing."""

    ja: str
    en: str
    text: str


@trip_page(STAFF, purpose="保険金の請求の準備")
def claim(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """The form; once it can be used the days, the notice, the papers, the steps and the sums."""
    dossier = gather_dossier(page.trip, cipher=cipher_for(page.trip.pk))
    policies = {policy.key: policy for policy in dossier.policies}
    names = [(key, name_of(policy)) for key, policy in policies.items()]
    form = ClaimForm(request.POST if request.method == "POST" else None, policies=names, initial=_initial(dossier))
    context = {"form": form, "contacts": [_contact(policy) for policy in dossier.policies]}
    if request.method == "POST" and form.is_valid() and form.notice:
        terms = terms_in(dossier, form.cleaned_data["policy"] or "")
        if "ics" in request.POST:
            content = reminders(form.notice, terms, link=request.build_absolute_uri(request.path))
            return attachment(content, "claim-dates.ics", media_type="text/calendar; charset=utf-8")
        context |= _shown(form.notice, terms, form.balance, dossier)
    return render(request, "insurance/claim.html", cover_context(page, "claim", gettext("請求の準備"), **context))


def terms_in(dossier: Dossier, policy: str) -> Terms:
    """What the plan copied of the contract's days; of all contracts together while none is chosen."""
    chosen = [each for each in dossier.policies if each.key == policy]
    return Terms.of(chosen[0]) if chosen else Terms.earliest(dossier.policies)


def _initial(dossier: Dossier) -> dict[str, Any]:
    ends = [policy.ends_at.date() for policy in dossier.policies if policy.ends_at]
    return {
        "policy": dossier.policies[0].key if len(dossier.policies) == 1 else "",
        "cause": "injury",
        "place": "abroad",
        "on": dossier.outline.departs_on,
        "cover_ends": min(ends) if ends else None,
    }


def _contact(policy: Policy) -> tuple[str, str, str, str]:
    """Insurer, number of the policy, and the telephones of insurer and assistance company as typed."""
    return (
        policy.insurer or policy.key,
        policy.number or "",
        policy.phone or "",
        " ".join(part for part in (policy.assistance.company, policy.assistance.phone) if part),
    )


def _shown(notice: Notice, terms: Terms, balance: Balance | None, dossier: Dossier) -> dict[str, Any]:
    return {
        "notice": notice,
        "dues": [due_shown(due) for due in dues_of(notice, terms)],
        "missing": [label_of(fact) for fact in notice.missing],
        "lines": notice_lines(notice, dossier),
        "papers": [words(clause_of(paper.clause)) for paper in papers_for(notice.place)],
        "steps": [words(clause_of(step.clause)) for step in steps_for(notice.place)],
        "sums": _sums(balance) if balance else [],
    }


def due_shown(due: Due) -> ShownDue:
    """A day with what is left of it, and the clause it rests on, in the language of the page."""
    title, quote = words(due.clause)
    days_left = (due.on - clock.today()).days
    return ShownDue(told(due.ja, due.en), due.on, days_left, title, quote, own=due.own)


def words(clause: Clause) -> tuple[str, str]:
    """A clause's title in the language of the page, and its words."""
    return told(clause.title, clause.english), clause.quote


def notice_lines(notice: Notice, dossier: Dossier, *, policy: str = "") -> list[NoticeLine]:
    """The notice that is read out on the telephone or sent, each line in both languages; of one contract if given."""
    policies = [each for each in dossier.policies if policy in ("", each.key)]
    head = [
        NoticeLine("学校名", "School", dossier.school.name or ""),
        NoticeLine("旅行名", "Trip", dossier.outline.title or ""),
        NoticeLine("証券番号", "Policy number", "、".join(each.number or "" for each in policies)),
        NoticeLine("けが・病気の別", "Injury or illness", f"{notice.cause.label} / {notice.cause.english}"),
        NoticeLine("起きた日", "Day", notice.on.isoformat()),
    ]
    return [*head, *(NoticeLine(fact.label, fact.english, notice.facts.get(fact, "")) for fact in ClaimFact)]


def _sums(balance: Balance) -> Sequence[tuple[str, str]]:
    return [
        (gettext("払った費用"), money(balance.billed)),
        (gettext("健康保険から"), money(balance.social)),
        (gettext("保険会社から"), money(balance.paid)),
        (gettext("まだ払われていない"), money(balance.open)),
    ]


def reminders(notice: Notice, terms: Terms, *, link: str) -> bytes:
    """The last days as a calendar with reminders; it names no person and no illness."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for due in dues_of(notice, terms):
        calendar.add_component(_event(due, link))
    return calendar.to_ical()


def _event(due: Due, link: str) -> Event:
    event = Event()
    event.add("uid", f"claim-{due.name}-{due.on.isoformat()}@wataridori")
    event.add("dtstamp", clock.now())
    event.add("dtstart", due.on)
    event.add("dtend", due.on + dt.timedelta(days=1))
    event.add("summary", gettext("【保険】%(due)s") % {"due": told(due.ja, due.en)})
    event.add("url", link)
    for days in _AHEAD:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", told(due.ja, due.en))
        alarm.add("trigger", dt.timedelta(days=-days))
        event.add_component(alarm)
    return event
