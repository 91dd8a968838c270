"""依頼書: letterhead, seal, medium and address from the dated directory, on one sheet."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest

from mofa_requests.documents.letter import BUNDLES, sent_by
from mofa_requests.documents.packet import packet_input, packet_parts
from portal.directory.desks import mofa_desk
from portal.dossier.types import Channel, Dossier
from tests.documents.cases import numbered, specimen
from tests.kit.pdf.paper import plain


def letter_of(**updates: Any) -> str:
    """The text of the letter of a decided specimen with another letter record."""
    dossier = numbered(specimen())
    letter = dossier.request.letter.model_copy(update=updates)
    request = dossier.request.model_copy(update={"letter": letter})
    return text_of(dossier.model_copy(update={"request": request}))


def text_of(dossier: Dossier) -> str:
    body = packet_parts(packet_input(dossier))[0].body
    return plain(html.unescape(re.sub(r"<[^>]*>", "", body)))


def test_letterhead_names_the_authority_first() -> None:
    assert text_of(numbered(specimen())).startswith("見本県教育委員会見教高第123号令和8年(2026年)12月10日(木)")


def test_seal_is_omitted_or_has_its_place() -> None:
    assert "(公印省略)" in letter_of(seal_omitted=True)
    sealed = letter_of(seal_omitted=False)
    assert "公印省略" not in sealed
    assert "髙﨑德子公印海外修学旅行" in sealed


@pytest.mark.parametrize(
    ("channel", "on", "text"),
    [
        (Channel.EMAIL, dt.date(2026, 12, 10), "電子メール trip.ryousa@mofa.go.jp"),
        (Channel.FAX, dt.date(2010, 4, 1), "ファックス 03-6402-2636"),
        (Channel.FAX, dt.date(2026, 12, 10), "ファックス"),
        (Channel.EMAIL, dt.date(2010, 4, 1), "電子メール"),
        (Channel.POST, dt.date(2026, 12, 10), "郵送"),
    ],
)
def test_medium_has_the_address_that_the_directory_knows_on_the_day(channel: Channel, on: dt.date, text: str) -> None:
    assert sent_by(channel, desk=mofa_desk(on=on)).text == text


def test_medium_without_a_desk_stands_alone_and_an_open_one_is_blank() -> None:
    assert sent_by(Channel.FAX, desk=None).text == "ファックス"
    assert sent_by(None, desk=mofa_desk(on=dt.date(2026, 12, 10))).text == "未記入"
    assert sent_by(Channel.EMAIL, desk=mofa_desk(on=dt.date(2026, 12, 10))).small == "電話 03-3580-3311 内線2902、2903"


@pytest.mark.parametrize("channel", Channel)
def test_bundle_follows_the_medium(channel: Channel) -> None:
    assert plain(BUNDLES[channel]) in letter_of(channel=channel)
    assert ("クリップ止め" in letter_of(channel=channel)) is (channel is Channel.POST)


def test_letter_points_to_the_duty_officers_page() -> None:
    assert "まず緊急対応票(2枚目)" in text_of(numbered(specimen()))
