"""The end of a claim: whether it is kept for one more year, and what stays once its facts are erased.

Not here: erasing (insurance.actions.claim_erasure), the open case (case).
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from insurance.enums import AmountKind
from insurance.machine import CLOSERS
from insurance.models import Claim
from insurance.queries import end_of, reckoning_of
from insurance.retention import may_prolong
from portal.kit import clock
from portal.ui.insurance.claims import TONES
from portal.ui.insurance.doors import cover_context, cover_url
from portal.ui.insurance.words import money
from portal.ui.labels import label_of
from portal.ui.school.doors import TripPage


def erased(request: HttpRequest, page: TripPage, claim: Claim) -> HttpResponse:
    """What stays of a claim whose retention is over: number, state, days and sums."""
    title = gettext("請求%(number)d") % {"number": claim.number}
    icon, tone = TONES[claim.state_kind]
    context = cover_context(
        page, "claims", title, heading=title, claim=claim, sums=sums_of(claim), state_label=label_of(claim.state_kind),
        state_icon=icon, state_tone=tone, back=cover_url(page, "claims"),
    )  # fmt: skip
    return render(request, "insurance/claim_erased.html", context)


def prolongs(page: TripPage, claim: Claim) -> bool:
    """Whether this person may now decide to keep a closed claim for one more year."""
    until = end_of(claim)
    return bool(until and page.role in CLOSERS and may_prolong(until, on=clock.today()))


def sums_of(claim: Claim) -> list[tuple[str, str, str]]:
    """What was billed, what came back, what is open: label, yen and tone."""
    found = reckoning_of(claim)
    rows = [
        (label_of(AmountKind.BILL), money(found.billed), ""),
        (label_of(AmountKind.SOCIAL), money(found.social), ""),
        (label_of(AmountKind.INSURER), money(found.insurer), ""),
        (label_of(AmountKind.OTHER), money(found.other), ""),
    ]
    left = found.open
    if left < 0:
        return [*rows, (gettext("費用より多く戻った額(定額の給付など)"), money(-left), "")]
    return [*rows, (gettext("まだ払われていない"), money(left), "error" if left else "")]
