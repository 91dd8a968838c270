"""An authority's letterhead: what is saved prints on the letters fixed afterwards, and on no letter fixed before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from mofa_requests.actions.letterhead import save_letterhead
from mofa_requests.actions.packets import freeze_packet_input
from mofa_requests.documents.packet import packet_key
from mofa_requests.models import Letterhead
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Role
from tests.factories.cast import World, seat, world
from tests.kit.test_pictures import picture
from tests.ui.authority.conftest import signed_in
from tests.ui.authority.test_sending import approved, fixed
from tests.ui.posting import posted

pytestmark = pytest.mark.django_db
PAGE, SAVE = "/inbox/settings/letterhead/", "/inbox/settings/letterhead/save/"
LINES = "見本市見本町1番地\n電話 00-0000-0000(代表)"


@pytest.fixture(autouse=True)
def relaxed(settings: Any, tmp_path: Any) -> Iterator[None]:
    """Second factors have tests of their own; files go to a folder of this test."""
    settings.PORTAL_RELAX_MFA = True
    settings.MEDIA_ROOT = str(tmp_path)
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def here() -> Iterator[World]:
    made = world()
    with clock.stopped_at(made.on):
        yield made


def save(here: World, *, text: str = LINES, image: bytes | None = None, keep: bool = True) -> Letterhead:
    with here.approver.at_work() as by:
        base = Letterhead.objects.filter(org=here.approver.org).count()
        return save_letterhead(here.approver.org, text, picture=image, keep_seal=keep, base_version=base, by=by)


def test_page_takes_lines_and_a_seal_and_shows_both(here: World) -> None:
    client = signed_in(here.approver)
    typed = posted(client.get(PAGE).content.decode(), text=LINES).dict()
    sent = client.post(SAVE, typed | {"picture": SimpleUploadedFile("in.png", picture(), "image/png")})
    assert sent.status_code == 302
    page = client.get(PAGE).content.decode()
    assert "見本市見本町1番地" in page
    assert '<path fill="#000"' in page
    (row,) = Letterhead.objects.all()
    assert (row.version, bool(row.stored_name)) == (1, True)


def test_picture_that_is_no_seal_is_refused_beside_the_form(here: World) -> None:
    client = signed_in(here.approver)
    typed = posted(client.get(PAGE).content.decode(), text=LINES).dict()
    answer = client.post(SAVE, typed | {"picture": SimpleUploadedFile("in.png", b"%PDF-1.7", "image/png")})
    assert answer.status_code == 422
    assert "PNGかJPEGの画像を選んでください" in answer.content.decode()
    assert "見本市見本町1番地" in answer.content.decode()
    assert not Letterhead.objects.exists()


def test_officer_reads_and_may_not_write(here: World) -> None:
    client = signed_in(seat(Role.AUTHORITY_OFFICER, here.approver.org))
    assert "体裁を変えられるのは、決裁の担当者です" in client.get(PAGE).content.decode()
    assert client.post(SAVE, {"base_version": "0", "text": "x"}).status_code in (403, 404)


def test_seal_stays_until_it_is_dropped(here: World) -> None:
    first = save(here, image=picture())
    kept = save(here, text="電話 00-0000-0001")
    assert kept.sha256 == first.sha256
    assert kept.stored_name != first.stored_name, "each version has a file and a key of its own"
    assert not save(here, keep=False).stored_name


def test_two_people_at_once_and_too_much_text(here: World) -> None:
    save(here)
    with here.approver.at_work() as by:
        with pytest.raises(Refused, match="ほかの人が保存しました"):
            save_letterhead(here.approver.org, "", picture=None, keep_seal=True, base_version=0, by=by)
        with pytest.raises(Refused, match="2行まで、1行50字"):
            save_letterhead(here.approver.org, "a\nb\nc", picture=None, keep_seal=True, base_version=1, by=by)


def test_letter_prints_what_was_there_when_it_was_fixed(here: World) -> None:
    approved(here)
    noon = dt.datetime.combine(here.on, dt.time(12), clock.TOKYO)
    with clock.stopped_at(noon):
        before = fixed(here)
    with clock.stopped_at(noon + dt.timedelta(hours=1)):
        save(here, image=picture())
    with clock.stopped_at(noon + dt.timedelta(hours=2)):
        after, again = fixed(here), fixed(here)
    assert after.pk != before.pk, "the same words under a new letterhead are a new letter"
    assert again.pk == after.pk
    with here.officer.at_work():
        plain, headed = freeze_packet_input(before.pk), freeze_packet_input(after.pk)
    assert plain.head is None
    assert headed.head is not None
    assert (headed.head.text, headed.head.seal is not None) == (LINES, True)
    assert packet_key(plain) != packet_key(headed)
