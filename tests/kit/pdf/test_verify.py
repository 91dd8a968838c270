"""A sealed packet against everything somebody may do to it: flips, cuts, additions, other keys, other attachments."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import random
import re

import pikepdf
import pytest

from portal.kit.pdf import PartSource, seal
from portal.kit.pdf.data import NAME
from portal.kit.pdf.finish import MARK
from portal.kit.pdf.keys import PublicKey
from portal.kit.pdf.verify import Standing, Verdict, unbroken_manifest, verify
from tests.kit.pdf import sealing
from tests.sizes import size

ALTERED = Verdict(packet=True)


def holds(pdf: bytes) -> bool:
    """Ranges, digest and signature alone: fast enough to ask for every byte."""
    try:
        unbroken_manifest(pdf)
    except seal.BrokenSealError:
        return False
    return True


def places() -> list[int]:
    """Every offset of manifest and slot, and some of the rest; all of them in the proof."""
    packet = sealing.signed_packet()
    start = packet.index(seal.OPENING)
    end = packet.index(b"endstream", start)
    everywhere = range(len(packet))
    rest = random.Random(4).sample(everywhere, size(400, proof=len(packet)))
    return sorted({*range(start - 40, end + 12), *range(60), *range(len(packet) - 60, len(packet)), *rest})


def resealed(pdf: bytes) -> bytes:
    """What a forger without any key can do: the digest made anew, the rest left."""
    manifest = re.search(re.escape(seal.OPENING) + rb'.*?"slot":"[0-9a-f]{192}"\}', pdf)
    assert manifest is not None
    slot = manifest.end() - len(seal.ENDING) - seal.SLOT
    draft = dataclasses.replace(
        seal.read_manifest(manifest[0]), ranges=((0, slot), (slot + seal.SLOT, len(pdf) - slot - seal.SLOT))
    )
    opened = pdf[: manifest.start()] + draft.write() + pdf[manifest.end() :]
    return opened[:slot] + seal.digest_outside(opened, slot=slot).encode() + opened[slot + seal.DIGEST :]


def test_signed_packet_is_proven_by_its_key_file() -> None:
    verdict = verify(sealing.signed_packet(), keys=sealing.keys())
    assert verdict.genuine
    assert (verdict.intact, verdict.signed, verdict.text_equals_data) == (True, True, True)
    assert (verdict.signer, verdict.standing, verdict.key) == (sealing.AUTHORITY, Standing.PROVEN, sealing.KEY)


def test_unsigned_packet_is_intact_and_never_genuine() -> None:
    for keys in (None, (), sealing.keys()):
        verdict = verify(sealing.unsigned_packet(), keys=keys)
        assert (verdict.intact, verdict.signed, verdict.text_equals_data) == (True, False, True)
        assert (verdict.signer, verdict.claimed, verdict.genuine) == (None, None, False)


def test_same_input_same_bytes() -> None:
    assert sealing.finished(by=sealing.signer()) == sealing.signed_packet()
    assert sealing.signed_packet() != sealing.unsigned_packet()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n%%EOF", b"a letter, no file at all", bytes(1000)])
def test_other_file_is_no_packet(content: bytes) -> None:
    assert verify(content) == Verdict(packet=False)


def test_pages_before_finishing_are_no_packet() -> None:
    assert verify(sealing.printed().pdf) == Verdict(packet=False)


def test_every_flipped_byte_is_seen() -> None:
    """Also one that only changes the case of a hexadecimal digit or a space into a tab; the file stays a packet."""
    packet = bytearray(sealing.signed_packet())
    for at in places():
        for bit in (0x01, 0x20, 0x80):
            packet[at] ^= bit
            assert not holds(bytes(packet)), f"offset {at}, bit {bit:#x}"
            assert MARK in packet, f"offset {at}"
            packet[at] ^= bit
    assert holds(bytes(packet))


def test_flipped_byte_of_an_unsigned_slot_is_seen() -> None:
    packet = bytearray(sealing.unsigned_packet())
    slot, _ = seal.find_manifest(bytes(packet))
    for at in range(slot, slot + seal.SLOT):
        packet[at] ^= 0x01
        assert not holds(bytes(packet))
        packet[at] ^= 0x01


@pytest.mark.parametrize(
    "added", [b"\n", b"\0", b"%%EOF", b"1 0 obj\n<< >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"]
)
def test_added_bytes_are_seen(added: bytes) -> None:
    packet = sealing.signed_packet()
    half = len(packet) // 2
    for changed in (packet + added, added + packet, packet[:half] + added + packet[half:]):
        assert verify(changed, keys=sealing.keys()) == ALTERED


@pytest.mark.parametrize("kept", [0.5, 0.9, 0.999])
def test_cut_file_is_seen(kept: float) -> None:
    packet = sealing.signed_packet()
    assert verify(packet[: int(len(packet) * kept)], keys=sealing.keys()) == ALTERED


def test_two_packets_in_one_file_are_seen() -> None:
    packet = sealing.signed_packet()
    assert verify(packet + packet, keys=sealing.keys()) == ALTERED


def test_ranges_that_leave_something_out_are_seen() -> None:
    """Digest and signature are right for the ranges the manifest names, but the ranges skip the last hundred bytes."""
    by = sealing.signer()
    packet = sealing.signed_packet()
    slot, manifest = seal.find_manifest(packet)
    (_, first), (second, length) = manifest.ranges
    short = dataclasses.replace(manifest, ranges=((0, first), (second, length - 100)))
    body = packet.replace(manifest.write(), short.write())
    digest = seal.digest_outside(body[:-100], slot=slot)
    signature = by.private.sign(seal.signed_message(digest)).hex()
    forged = body[:slot] + (digest + signature).encode() + body[slot + seal.SLOT :]
    assert verify(forged, keys=sealing.keys()) == ALTERED


def swapped(pdf: bytes) -> bytes:
    """The attached data exchanged for other data, by rewriting the file."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.attachments[NAME].get_file().obj.write(b'{"every_page":[],"sheets":[]}')
        out = io.BytesIO()
        document.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return out.getvalue()


def test_swapped_attachment_is_seen_even_with_a_new_digest() -> None:
    for packet in (sealing.signed_packet(), sealing.unsigned_packet()):
        exchanged = swapped(packet)
        assert verify(exchanged, keys=sealing.keys()) == ALTERED
        assert verify(resealed(exchanged), keys=sealing.keys()) == ALTERED


def test_signature_cannot_be_moved_to_another_packet() -> None:
    other = sealing.finished(by=sealing.signer(), title="別の旅行")
    slot, mine = seal.find_manifest(sealing.signed_packet())
    at, theirs = seal.find_manifest(other)
    moved = other[:at] + (theirs.digest + mine.signature).encode() + other[at + seal.SLOT :]
    assert len(moved) == len(other)
    assert slot
    assert verify(moved, keys=sealing.keys()) == ALTERED


def test_stripped_signature_is_seen_or_shown_as_unsigned() -> None:
    packet = sealing.signed_packet()
    slot, manifest = seal.find_manifest(packet)
    zeros = packet[:slot] + (manifest.digest + seal.UNSIGNED).encode() + packet[slot + seal.SLOT :]
    assert verify(zeros, keys=sealing.keys()) == ALTERED


def test_digest_alone_made_anew_does_not_help() -> None:
    packet = bytearray(sealing.signed_packet())
    packet[len(packet) - 3000] ^= 0x01
    assert not holds(resealed(bytes(packet)))


def test_without_a_key_file_the_signer_stays_unknown() -> None:
    verdict = verify(sealing.signed_packet())
    assert (verdict.intact, verdict.signed, verdict.signer, verdict.genuine) == (True, True, None, False)
    assert (verdict.standing, verdict.claimed) == (Standing.NO_KEYS, sealing.AUTHORITY)


def test_key_file_without_the_signer_proves_nothing() -> None:
    others = sealing.keys(identity="org-2", authority="例示県教育委員会")
    verdict = verify(sealing.signed_packet(), keys=others)
    assert (verdict.intact, verdict.signer, verdict.standing) == (True, None, Standing.UNLISTED)
    assert not verdict.genuine


def test_listed_name_with_another_key_is_an_impostor() -> None:
    forged = sealing.finished(by=sealing.signer(identity="a key of my own"))
    assert verify(forged).intact, "without a key file nobody can tell"
    verdict = verify(forged, keys=sealing.keys())
    assert (verdict.intact, verdict.signer, verdict.standing) == (False, None, Standing.IMPOSTOR)


def test_name_of_the_signer_is_the_key_files_not_the_papers() -> None:
    """The holder of a listed key cannot sign in another authority's name."""
    forged = sealing.finished(by=sealing.signer(identity="org-2", authority=sealing.AUTHORITY))
    keys = (*sealing.keys(), *sealing.keys(identity="org-2", authority="例示県教育委員会"))
    assert verify(forged, keys=keys).signer == "例示県教育委員会"


@pytest.mark.parametrize(
    ("since", "until", "standing"),
    [
        (sealing.ON, sealing.ON, Standing.PROVEN),
        (sealing.ON - dt.timedelta(days=9), None, Standing.PROVEN),
        (sealing.ON + dt.timedelta(days=1), None, Standing.OUT_OF_DATE),
        (sealing.ON - dt.timedelta(days=9), sealing.ON - dt.timedelta(days=1), Standing.OUT_OF_DATE),
    ],
)
def test_key_counts_only_for_letters_of_its_dates(since: dt.date, until: dt.date | None, standing: Standing) -> None:
    key = PublicKey(sealing.AUTHORITY, sealing.keys()[0].key, since, until)
    verdict = verify(sealing.signed_packet(), keys=(key,))
    assert (verdict.standing, verdict.signer is not None) == (standing, standing is Standing.PROVEN)
    assert verdict.intact


def test_data_that_the_paper_does_not_say_is_seen() -> None:
    """Signed by the right key and whole in every byte, yet the attached data tells another number than the paper."""
    other = (
        sealing.PARTS[0],
        dataclasses.replace(sealing.PARTS[1], body=sealing.PARTS[1].body.replace("0001", "0002")),
    )
    verdict = verify(sealing.finished(by=sealing.signer(), parts=other), keys=sealing.keys())
    assert (verdict.intact, verdict.text_equals_data, verdict.genuine) == (True, False, False)
    assert verdict.missing == ("03-0000-0002", "国際 +81 3-0000-0002")


@pytest.mark.parametrize(
    "title", ['{"manifest":"<(wataridori-packet/1)>"', "wataridori-packet/1", "\\(\\<(\n)", "x" * 999]
)
def test_title_cannot_pass_for_a_manifest(title: str) -> None:
    assert verify(sealing.finished(by=sealing.signer(), title=title), keys=sealing.keys()).genuine


def test_sealed_file_of_foreign_making_is_no_intact_packet() -> None:
    """Right seal around data that is not ours: nothing of it is believed, and nothing fails."""
    for content in (b"[]", b"{", b'{"every_page":1,"sheets":2}', b"[" * 100_000):
        draft = seal.draft_manifest(packet=sealing.KEY, data=content, signer=sealing.signer())
        with pikepdf.new() as document:
            document.add_blank_page()
            document.attachments[NAME] = pikepdf.AttachedFileSpec(document, content)
            document.Root.Held = pikepdf.Stream(document, draft.write())
            document.attachments[seal.NAME] = pikepdf.AttachedFileSpec(document, b"x")
            out = io.BytesIO()
            document.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        sealed = seal.close(out.getvalue(), draft, signer=sealing.signer())
        assert holds(sealed)
        assert verify(sealed, keys=sealing.keys()) == ALTERED


def test_wrapped_text_is_found_across_pages() -> None:
    part = PartSource("long", "長文", "<p>" + "海外修学旅行の安全、" * 900 + "</p>")
    laid = sealing.press.print_parts((part,), title="x", style=sealing.STYLE, running=sealing.RUNNING)
    pdf = sealing.finish(laid.pdf, (part,), laid.page_counts, running=sealing.RUNNING, title="x", key=sealing.KEY)
    assert laid.page_counts[0] > 2
    assert verify(pdf).text_equals_data
