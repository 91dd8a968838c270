"""Reading members: terms and standing, documents, associates, and a letter by its public code. No writes."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from jcsos.models import Associate, MemberPaper, Membership
from portal.directory.kinds import OrgKind
from portal.tenancy.models import Org
from portal.tenancy.scope import Audience, Scope, acting_as
from portal.vault.keyring import TripCipher, WrappedKey, open_key


def schools_to_enrol() -> QuerySet[Org]:
    """Schools that are no members today, by name."""
    members = Membership.objects.filter(left_on=None).values("school_id")
    return Org.objects.filter(kind=OrgKind.SCHOOL.value, active=True).exclude(pk__in=members).order_by("kana", "name")


def associates() -> QuerySet[Associate]:
    """Associate members, present ones first, by name."""
    return Associate.objects.order_by("left_on", "name")


def get_associate(associate_id: UUID) -> Associate:
    """One associate in view, or ``Associate.DoesNotExist``."""
    return Associate.objects.get(pk=associate_id)


def papers_of(held: Membership | Associate) -> QuerySet[MemberPaper]:
    """The documents of a membership, newest first."""
    rows = MemberPaper.objects.select_related("given_by", "school", "membership")
    if isinstance(held, Membership):
        return rows.filter(membership=held)
    return rows.filter(associate_id=held.pk)


def letter_by_code(code: UUID) -> MemberPaper | None:
    """The letter that carries this code, whoever asks: its page is public, and shows what the letter says."""
    with acting_as(Scope(Audience.WORKER)):
        return MemberPaper.objects.filter(code=code).first()


def cipher_of(row: MemberPaper) -> TripCipher:
    """The cipher of one kept document. Raises ``SealBroken`` for a letter, which has none."""
    owner = row.school_id or row.associate_id
    assert owner is not None
    held = WrappedKey(row.key_master, bytes(row.key_wrapped or b""))
    return open_key(held, owner_id=owner, subject_id=row.pk)
