"""GET /.well-known/wataridori-keys.json: the public keys of every authority, for whoever receives a packet.

Here: the address. Not here: the keys themselves (portal.vault.signing), checking a packet (``verify_packet``).
"""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portal.accounts.access import public
from portal.directory.kinds import OrgKind
from portal.kit.pdf.keys import key_file
from portal.kit.roles import Audience
from portal.tenancy.models import Org
from portal.vault.signing import published_keys

AUTHORITIES = [kind.value for kind in OrgKind if kind.audience in (Audience.AUTHORITY, Audience.JCSOS)]
"""JCSOS signs its letters of membership as authorities sign their packets."""


@public("送付用PDFの署名を確かめるための公開鍵")
@cache_control(public=True, max_age=3600)
@require_safe
def packet_keys(request: HttpRequest) -> JsonResponse:
    """The key file that ``verify_packet --keys`` reads: names of authorities and public keys, by date."""
    authorities = Org.objects.filter(kind__in=AUTHORITIES).order_by("name", "id")
    return JsonResponse(key_file(published_keys(authorities)), json_dumps_params={"ensure_ascii": False, "indent": 2})
