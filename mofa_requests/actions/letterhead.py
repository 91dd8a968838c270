"""An authority's letterhead: saving a version with or without a seal, and what a fixed letter prints of it.

Not here: drawing it (documents.letterhead), reading pictures (portal.kit.pictures).
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from mofa_requests.actions.authority import may_set_rules
from mofa_requests.documents.letterhead import DOTS, Head
from mofa_requests.models import Letterhead, LetterRecord
from mofa_requests.models.letterhead import MOST_LINES, MOST_OF_A_LINE
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.kit.ids import uuid7
from portal.kit.machine import Refused
from portal.kit.pictures import Bitmap, PictureRefused, to_bitmap
from portal.kit.roles import Role
from portal.tenancy.models import Org
from portal.vault.files import fetch, keep
from portal.vault.keyring import WrappedKey, new_key, open_key

_FAULTS = {
    "kind": (
        "PNGかJPEGの画像を選んでください。ほかの形のときは、画像として保存し直してください",
        "Choose a PNG or JPEG picture. Save it again as a picture if it is something else.",
    ),
    "large": (
        "画像が大きすぎて読めませんでした。5MBまで、4,000万画素までの画像にしてください",
        "The picture is too large to be read. Use one of at most 5 MB and 40 million pixels.",
    ),
    "small": (
        "印影が小さすぎます。300dpi以上で読み取った画像を選んでください",
        "The seal is too small. Choose a picture scanned at 300 dpi or more.",
    ),
    "empty": (
        "画像に印影が見つかりません。白い紙に押した印を読み取った画像を選んでください",
        "No seal can be seen in the picture. Scan the seal as stamped on white paper.",
    ),
    "dark": (
        "画像がほとんど黒く、印影を読み取れません。白い紙に押した印を読み取り直してください",
        "The picture is almost all black. Scan the seal as stamped on white paper.",
    ),
}


def letterheads_of(org: Org) -> list[Letterhead]:
    """Every version, the newest first."""
    return list(Letterhead.objects.filter(org=org).select_related("saved_by"))


def save_letterhead(
    org: Org, text: str, *, picture: bytes | None, keep_seal: bool, base_version: int, by: Actor
) -> Letterhead:
    """Add a version: ``picture`` becomes the seal; without one the newest seal stays when ``keep_seal``, else none.

    Raises ``Refused`` for a wrong hand, too much text, a picture that is no seal, or when somebody saved in between.
    """
    if by.role != Role.AUTHORITY_APPROVER.value or by.org_id != org.pk or not may_set_rules(org):
        raise Refused(
            "依頼書の体裁は、外務省に送る所管庁の決裁の担当者が決めます",
            "The letterhead is set by the approver of the authority that sends to the ministry.",
        )
    words = _lines(text)
    newest = Letterhead.objects.filter(org=org).first()
    if (newest.version if newest else 0) != base_version:
        raise _somebody_was_faster()
    dots = _read(picture) if picture is not None else _kept(newest) if keep_seal else None
    saved = _add(org, words, dots, version=base_version + 1, by=by)
    record(EventName.LETTERHEAD_SAVED, by=by, about=Subject(forwarder_org_id=org.pk), version=saved.version)
    return saved


def head_of(letter: LetterRecord) -> Head | None:
    """What the letter prints: the version that was there when it was fixed. Raises ``FileLost``."""
    row = _senders(letter).filter(saved_at__lte=letter.fixed_at).first()
    return head_from(row) if row is not None else None


def head_from(row: Letterhead) -> Head:
    """One version as it prints. Raises ``FileLost``."""
    return Head(row.text, _kept(row))


def is_older_than_head(letter: LetterRecord) -> bool:
    """Whether the letterhead was saved anew since the letter was fixed."""
    newest = _senders(letter).first()
    return newest is not None and newest.saved_at > letter.fixed_at


def _senders(letter: LetterRecord) -> QuerySet[Letterhead]:
    """The versions of the authority that sends the letter, the newest first."""
    sender = letter.forwarder_org_id
    return Letterhead.objects.filter(org_id=sender) if sender else Letterhead.objects.none()


def _lines(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES or any(len(line) > MOST_OF_A_LINE for line in lines):
        raise Refused(
            f"発信機関の下の行は{MOST_LINES}行まで、1行{MOST_OF_A_LINE}字までにしてください",
            f"Write at most {MOST_LINES} lines of {MOST_OF_A_LINE} characters below the name of the authority.",
        )
    return "\n".join(lines)


def _read(picture: bytes) -> Bitmap:
    try:
        return to_bitmap(picture, most=DOTS)
    except PictureRefused as refused:
        raise Refused(*_FAULTS[refused.fault]) from refused


def _kept(row: Letterhead | None) -> Bitmap | None:
    if row is None or not row.stored_name or row.key_wrapped is None:
        return None
    held = WrappedKey(row.key_master, bytes(row.key_wrapped))
    cipher = open_key(held, owner_id=row.org_id, subject_id=row.pk)
    return Bitmap.read(fetch(name=row.stored_name, sha256=row.sha256, cipher=cipher))


def _add(org: Org, text: str, dots: Bitmap | None, *, version: int, by: Actor) -> Letterhead:
    row = Letterhead(pk=uuid7(), org=org, version=version, text=text, saved_by_id=by.person_id)
    if dots is not None:
        cipher, held = new_key(owner_id=org.pk, subject_id=row.pk)
        row.stored_name = f"letterheads/{org.pk}/{row.pk}.sealed"
        row.key_master, row.key_wrapped = held.master_id, held.wrapped
        row.sha256 = keep(dots.write(), name=row.stored_name, cipher=cipher)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as raced:
        raise _somebody_was_faster() from raced
    return row


def _somebody_was_faster() -> Refused:
    return Refused(
        "このページを開いたあとに、ほかの人が保存しました。いまの内容を確かめてから、もう一度保存してください",
        "Somebody saved after you opened this page. Look at what stands now and save again.",
    )
