"""What the sending page shows of a fax. Not here: its acts (faxing), the page (sending)."""

from __future__ import annotations

from typing import Any

from mofa_requests import queries
from mofa_requests.enums import FaxState
from portal.directory.desks import mofa_desk
from portal.kit import clock
from portal.ui.authority.desk_forms import FaxForm, FaxOutcomeForm
from portal.ui.authority.doors import RequestPage


def fax_context(page: RequestPage, bound: dict[str, Any]) -> dict[str, Any]:
    """What the sending page shows of the fax: the order there is, the form to make one or to say what became of it."""
    packet = queries.packet_of(page.revision)
    order = queries.fax_order_of(packet) if packet else None
    asking = order is not None and order.state in (FaxState.OUT.value, FaxState.UNKNOWN.value)
    may_make = packet is not None and "forward" in page.steps and not asking
    may_settle = asking and "forward" in page.steps
    number = mofa_desk(on=clock.today()).fax
    return {
        "fax_order": order,
        "fax_form": bound.get("fax_form") or (FaxForm(initial={"number": number}) if may_make else None),
        "fax_outcome_form": bound.get("fax_outcome_form")
        or (FaxOutcomeForm(initial={"sent_on": clock.today()}) if may_settle else None),
    }
