"""Which key signs an authority's packets, and which public keys are published. The secret lives in settings.

Not here: the seal itself (portal.kit.pdf), sealing personal data (keyring).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from portal.kit.pdf.keys import KeyFileError, PublicKey, Secret, Signer, parse_secrets, public_keys_of, signer_of
from portal.tenancy.models import Org


def packet_secrets() -> tuple[Secret, ...]:
    """``PORTAL_PACKET_KEYS``: ``2026-04-01:base64[,…]``; empty means that packets go out 署名なし."""
    try:
        return parse_secrets(settings.PORTAL_PACKET_KEYS)
    except KeyFileError as error:
        raise ImproperlyConfigured(f"PORTAL_PACKET_KEYS: {error}") from error


def signer_for(authority: Org, *, on: dt.date | None) -> Signer | None:
    """Who signs a packet whose letter is dated ``on``: by the organisation's id, never by a name somebody typed."""
    return signer_of(authority.name, identity=str(authority.pk), secrets=packet_secrets(), on=on)


def published_keys(authorities: Iterable[Org]) -> tuple[PublicKey, ...]:
    """The public keys of these authorities for every span of dates, in their order."""
    secrets = packet_secrets()
    return tuple(
        key for each in authorities for key in public_keys_of(each.name, identity=str(each.pk), secrets=secrets)
    )
