"""The estates the matrix is played on, and for every hand which of them is its own, a sibling's and a foreign one.

Not here: routes and calls (matrix), how an estate comes to life (estates).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from allauth.mfa.models import Authenticator
from fido2.cose import CoseKey
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from insurance.actions.listed import Firm, Offer, list_firm, list_product
from insurance.models import ListedFirm, ListedProduct
from portal.accounts import actions as accounts
from portal.accounts.models import Invitation
from portal.directory.kinds import OrgKind
from portal.dossier.types import FounderType
from portal.kit import clock
from portal.kit.roles import Audience, Role
from portal.tenancy.models import Org
from tests.access.estates import Estate, build_estate
from tests.factories.cast import Seat, board, school, seat

ENDORSING = "endorsing_"
"""Prefix of the two roles of an authority when its board only endorses."""


class Whose(StrEnum):
    """Whose object a URL names. ``UNKNOWN`` names nothing at all: every foreign answer must equal its answer.

    ``UNSENT`` is a draft of the authority's own school, ``CROSSED`` a foreign child under an own parent.
    """

    OWN = "own"
    SIBLING = "sibling"
    FOREIGN = "foreign"
    UNSENT = "unsent"
    CROSSED = "crossed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Lands:
    """``here`` is the school everybody looks at; the others are its neighbours, near and far.

    ``hands`` are who calls: one person per role by its value, and two hands of a board that only endorses.
    """

    here: Estate
    sibling: Estate
    private: Estate
    municipal: Estate
    far: Estate
    university: Org
    jcsos: Seat
    platform: Seat
    jcsos_invitation: Invitation
    platform_invitation: Invitation
    listed: ListedFirm
    offered: ListedProduct
    hands: dict[str, Seat]
    passkeys: dict[int, Authenticator]

    @property
    def estates(self) -> tuple[Estate, ...]:
        return (self.here, self.sibling, self.private, self.municipal, self.far)

    def estate(self, hand: str, whose: Whose) -> Estate:
        """The estate that is ``whose`` to a hand. A board's sibling is the governor's office of its prefecture."""
        if whose is Whose.FOREIGN:
            return self.far
        if whose is Whose.SIBLING:
            return self._sibling(hand)
        return self.municipal if hand.startswith(ENDORSING) else self.here

    def _sibling(self, hand: str) -> Estate:
        if hand.startswith(ENDORSING):
            return self.here
        return self.private if audience_of(hand) is Audience.AUTHORITY else self.sibling

    def closed_to(self, hand: str) -> tuple[Estate, ...]:
        """Estates of which a hand may never read a mark: all but its own, for a board all but those it forwards."""
        if audience_of(hand) is Audience.PLATFORM:
            return self.estates
        mine = [self.estate(hand, Whose.OWN)]
        if audience_of(hand) is Audience.AUTHORITY and not hand.startswith(ENDORSING):
            mine = [self.here, self.sibling, self.municipal]
        return tuple(estate for estate in self.estates if estate not in mine)


def audience_of(hand: str) -> Audience:
    """The window of a hand, endorsing or not."""
    return Role(hand.removeprefix(ENDORSING)).audience


def build_lands() -> Lands:
    """Two prefectures: one with a board, a governor's office and a town, another far away; JCSOS and the platform."""
    prefecture, distant = board("渡里県教育委員会(見本)"), board("彼方県教育委員会(見本)")
    governor = board("渡里県私学課(見本)", OrgKind.GOVERNOR_OFFICE)
    town = board("渡里町教育委員会(見本)", OrgKind.MUNICIPAL_BOARD, prefecture)
    jcsos = seat(Role.JCSOS_MEMBERS, Org.objects.create(kind=OrgKind.JCSOS.value, name="JCSOS(見本)"))
    platform = seat(Role.PLATFORM_OPERATOR, Org.objects.create(kind=OrgKind.PLATFORM.value, name="運用(見本)"))
    here = build_estate(_school(prefecture, "渡里"), sign="鵠", forwarder=prefecture, jcsos=jcsos, consents=True)
    municipal = build_estate(
        _school(town, "渡里町立", FounderType.MUNICIPAL), sign="鶇", forwarder=prefecture, endorser=town
    )
    sibling = build_estate(_school(prefecture, "隣里"), sign="鷲", forwarder=prefecture, jcsos=jcsos)
    private = build_estate(_school(governor, "私立", FounderType.PRIVATE), sign="鷗", forwarder=governor)
    far = build_estate(_school(distant, "彼方"), sign="鸛", forwarder=distant)
    hands = _hands(here, town, jcsos.org, platform.org)
    listed, offered = _list(jcsos)
    neighbours = [estate.drafter for estate in (here, sibling, private, far)]
    return Lands(
        here=here,
        sibling=sibling,
        private=private,
        municipal=municipal,
        far=far,
        university=_school(None, "大学", FounderType.UNIVERSITY),
        jcsos=jcsos,
        platform=platform,
        jcsos_invitation=_invite(jcsos, Role.JCSOS_NEWS),
        platform_invitation=_invite(platform, Role.PLATFORM_OPERATOR),
        listed=listed,
        offered=offered,
        hands=hands,
        passkeys={held.membership.user_id: _passkey(held) for held in (*hands.values(), *neighbours)},
    )


def _school(parent: Org | None, name: str, founder: FounderType = FounderType.PREFECTURAL) -> Org:
    return school(parent, founder, f"{name}学校(見本)")


def _hands(here: Estate, town: Org, jcsos: Org, platform: Org) -> dict[str, Seat]:
    homes = {
        Audience.SCHOOL: here.school,
        Audience.AUTHORITY: here.board,
        Audience.JCSOS: jcsos,
        Audience.PLATFORM: platform,
    }
    hands = {role.value: seat(role, homes[role.audience]) for role in Role}
    return hands | {f"{ENDORSING}{role.value}": seat(role, town) for role in Role.of(Audience.AUTHORITY)}


def _list(jcsos: Seat) -> tuple[ListedFirm, ListedProduct]:
    """An insurer and its product in the list that everybody reads."""
    said = ("例示損保(見本)", "会社案内(見本)", clock.today())
    with jcsos.at_work() as by:
        insurer = list_firm(Firm(*said), by=by)
        return insurer, list_product(Offer(*said, insurer=insurer.subject), by=by)


def _invite(host: Seat, role: Role) -> Invitation:
    with host.at_work():
        email = f"guest-of-{host.org.kind}@test.example"
        return accounts.invite(host.org, email=email, role=role, by=host.membership)


def _passkey(held: Seat) -> Authenticator:
    """A passkey as allauth keeps it; nobody has its private half."""
    key = {1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32}
    credential = AttestedCredentialData.create(Aaguid.NONE, held.membership.pk.bytes, CoseKey.parse(key))
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    known = AuthenticatorData.create(b"r" * 32, flags, 0, credential)
    challenge = CollectedClientData.create("webauthn.create", b"challenge", "https://portal.example")
    answer = {
        "type": "public-key",
        "id": websafe_encode(held.membership.pk.bytes),
        "rawId": websafe_encode(held.membership.pk.bytes),
        "response": {
            "clientDataJSON": websafe_encode(challenge),
            "attestationObject": websafe_encode(AttestationObject.create("none", known, {})),
        },
        "clientExtensionResults": {"credProps": {"rk": False}},
    }
    data = {"name": "見本の鍵", "credential": answer}
    return Authenticator.objects.create(user=held.membership.user, type=Authenticator.Type.WEBAUTHN, data=data)
