"""Agreements on what is printed for a character that no face has: kept sealed, ended, let hold again.

Not here: what may be agreed and where it is printed (mofa_requests.actions.characters).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from portal.audit.record import Actor
from portal.kit import clock
from portal.vault.keyring import TripCipher
from trips.enums import AgreedWith
from trips.models import AgreedCharacter, Trip


@transaction.atomic
def keep_agreement(
    trip: Trip, terms: Mapping[str, Any], *, agreed_with: AgreedWith, by: Actor, cipher: TripCipher
) -> AgreedCharacter:
    """A new row; ``terms`` (JSON: the character, what is printed, the fields) are sealed."""
    row = AgreedCharacter(school_id=trip.school_id, trip=trip, agreed_with=agreed_with.value, agreed_by_id=by.user_id)
    row.agreed_at = clock.now()
    text = json.dumps(dict(terms), ensure_ascii=False)
    row.agreement = cipher.seal(text, table=row._meta.db_table, column="agreement", row=row.pk)
    row.save(force_insert=True)
    return row


@transaction.atomic
def set_end(row: AgreedCharacter, *, ended: bool, by: Actor) -> bool:
    """End an agreement or let it hold again; whether this changed it."""
    now = {"ended_at": clock.now(), "ended_by_id": by.user_id} if ended else {"ended_at": None, "ended_by_id": None}
    return bool(AgreedCharacter.objects.filter(pk=row.pk, ended_at__isnull=ended).update(**now))
