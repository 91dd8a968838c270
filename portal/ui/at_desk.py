"""Who has a request in hand, in words for both sides; while that person is away, with the deputy.

Not here: on which organisation's desk it lies (the school's cards), naming deputies (authority.deputies).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from mofa_requests.deputies import in_force
from mofa_requests.enums import RequestState
from mofa_requests.models import Deputy, MofaRequest
from portal.kit import clock
from portal.ui.templatetags.shown import jday

_IN_HAND = (RequestState.IN_REVIEW.value,)


@dataclass(frozen=True)
class Hands:
    """Who stands in for whom at some authorities today: asked once for a whole page."""

    standing_in: Mapping[tuple[UUID, int], Deputy]

    def of(self, request: MofaRequest) -> str:
        """The person who has the request in hand, with the deputy of today; empty when nobody has."""
        if request.state not in _IN_HAND or request.claimed_by is None:
            return ""
        row = self.deputy_of(request)
        name = str(request.claimed_by)
        if row is None:
            return name
        words = gettext("%(name)s(%(until)sまで不在。代理 %(deputy)s)")
        return words % {"name": name, "until": jday(row.until_on), "deputy": row.deputy}

    def deputy_of(self, request: MofaRequest) -> Deputy | None:
        """Who stands in today for the person who has the request in hand."""
        if request.forwarder_org_id is None or request.claimed_by_id is None:
            return None
        return self.standing_in.get((request.forwarder_org_id, request.claimed_by_id))


def hands_of(requests: Iterable[MofaRequest], *, on: dt.date | None = None) -> Hands:
    """The hands at the authorities of these requests, in one query."""
    held = {each.forwarder_org_id for each in requests if each.state in _IN_HAND}
    return Hands(in_force(held, on=on or clock.today()) if held else {})


def in_whose_hands(request: MofaRequest) -> str:
    """The same for one request."""
    return hands_of([request]).of(request)
