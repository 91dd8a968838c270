"""Whose key signs a packet: the authority that sends it, whatever name somebody typed into the letter."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from mofa_requests.actions import sending
from mofa_requests.actions.packets import freeze_packet_input
from mofa_requests.documents.packet import PacketInput
from mofa_requests.models import MofaRequest
from portal.kit.pdf.keys import read_key_file
from portal.tenancy.models import Org
from portal.vault.signing import published_keys, signer_for
from tests.factories.cast import World, board, world
from tests.mofa_requests.test_story import LETTER, approved

pytestmark = pytest.mark.django_db
SIGNED = LETTER.model_copy(update={"sender_name": "髙﨑　德子"})


@pytest.fixture
def here() -> World:
    return world()


def forwarder(here: World) -> Org:
    org = MofaRequest.objects.select_related("forwarder_org").get(pk=here.request.pk).forwarder_org
    assert org is not None
    return org


def frozen(here: World, **changed: str | None) -> PacketInput:
    revision = approved(here)
    with here.officer.at_work() as by:
        letter = sending.fix_letter(revision, SIGNED.model_copy(update=changed), by=by)
        return freeze_packet_input(letter.pk)


def test_packet_is_signed_by_the_authority_that_sends_it(here: World) -> None:
    source = frozen(here, sender_body="例示県教育委員会")
    sender = forwarder(here)
    assert source.signer is not None
    assert source.signer.authority == sender.name != "例示県教育委員会"
    assert [key.key for key in published_keys([sender])] == [source.signer.key]


def test_letter_with_a_gap_is_a_draft_and_is_not_signed(here: World) -> None:
    assert frozen(here, sender_name=None).signer is None


def test_without_a_secret_nobody_signs(here: World, settings: Any) -> None:
    settings.PORTAL_PACKET_KEYS = ""
    assert frozen(here).signer is None
    assert published_keys([forwarder(here)]) == ()


def test_bad_secret_is_said_without_quoting_it(settings: Any) -> None:
    settings.PORTAL_PACKET_KEYS = "2026-04-01:c2VjcmV0"
    with pytest.raises(ImproperlyConfigured, match="PORTAL_PACKET_KEYS") as refused:
        published_keys([])
    assert "c2VjcmV0" not in str(refused.value)


def test_public_keys_of_all_authorities_are_open_to_everybody(here: World, client: Client) -> None:
    approved(here)
    other = board()
    answer = client.get("/.well-known/wataridori-keys.json")
    listed = read_key_file(answer.content)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    for authority in (other, forwarder(here)):
        signer = signer_for(authority, on=LETTER.dated_on)
        assert signer is not None
        assert signer.key in {key.key for key in listed if key.authority == authority.name}
    assert here.request.school.name not in json.dumps(json.loads(answer.content), ensure_ascii=False)
