"""A person of an authority arranges the own desk: saved views of the inbox. Not here: any request."""

from __future__ import annotations

from django.db import transaction

from mofa_requests.models import SavedView
from portal.accounts.models import Membership
from portal.kit import clock
from portal.kit.machine import Refused

MOST_VIEWS = 12
"""Each saved view is counted on every look at the inbox."""


@transaction.atomic
def save_view(membership: Membership, name: str, *, query: str) -> SavedView:
    """Keep a view under a name; the same name again keeps the newer one. Raises ``Refused``."""
    called = name.strip()
    if not called:
        raise Refused("絞り込みに名前を付けてください", "Give the view a name.")
    mine = SavedView.objects.filter(membership=membership)
    known = mine.filter(name=called).first()
    if known is None and mine.count() >= MOST_VIEWS:
        raise Refused(
            f"保存できる絞り込みは{MOST_VIEWS}件までです。使わないものを外してください",
            f"At most {MOST_VIEWS} views can be kept. Forget one you do not use.",
        )
    if known is None:
        return SavedView.objects.create(membership=membership, name=called, query=query)
    known.query, known.saved_at = query, clock.now()
    known.save(update_fields=["query", "saved_at"])
    return known


@transaction.atomic
def drop_view(membership: Membership, name: str) -> bool:
    """Forget a saved view; whether there was one."""
    dropped, _ = SavedView.objects.filter(membership=membership, name=name).delete()
    return bool(dropped)
