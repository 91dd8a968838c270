"""The windows that the walls are tried through: those on ``here``, and those of everybody else.

Here: which scopes. Not here: what each may do (rights), the rows (ground).
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.kit.ids import uuid7
from portal.tenancy.scope import Audience, Scope
from tests.factories.cast import Seat
from tests.tenancy.ground import Ground


def looking(audience: str, held: Seat, *, health: bool = False) -> Scope:
    """A person at work, in this audience."""
    return Scope(Audience(audience), held.org.pk, held.membership.user_id, health)


def own_scopes(ground: Ground) -> Iterator[Scope]:
    """Every window on ``here``."""
    here = ground.here
    assert here.endorser is not None
    yield looking("school", here.principal)
    yield looking("school", here.principal, health=True)
    yield looking("endorser", here.endorser)
    yield looking("endorser", here.officer)  # as a designated city does that forwards under the later notices
    yield looking("forwarder", here.officer)
    yield looking("jcsos", ground.jcsos)
    yield looking("jcsos", ground.cases, health=True)
    yield looking("platform", ground.platform)
    yield Scope(Audience.WORKER)


def foreign_scopes(ground: Ground) -> Iterator[Scope]:
    """Windows of other organisations: next door, across the prefecture, far away, of nobody."""
    sibling, private, far = ground.sibling, ground.private, ground.far
    assert far.endorser is not None
    for school in (sibling.principal, private.principal, far.principal):
        yield looking("school", school)
        yield looking("school", school, health=True)
    yield looking("forwarder", private.officer)
    yield looking("endorser", private.officer)
    yield looking("endorser", far.endorser)
    yield looking("forwarder", far.officer)
    yield from unnamed_scopes()


def crossed_scopes(ground: Ground) -> Iterator[Scope]:
    """The right organisation in the wrong audience."""
    here = ground.here
    assert here.endorser is not None
    yield looking("school", here.officer)
    yield looking("endorser", here.principal)
    yield looking("forwarder", here.endorser)
    yield looking("forwarder", here.principal)
    yield looking("jcsos", here.principal)
    yield looking("platform", here.principal)


def unnamed_scopes() -> Iterator[Scope]:
    """An audience without an organisation, and with one that does not exist."""
    for audience in (Audience.SCHOOL, Audience.ENDORSER, Audience.FORWARDER):
        yield Scope(audience)
        yield Scope(audience, uuid7())


def every_scope(ground: Ground) -> Iterator[Scope]:
    yield from own_scopes(ground)
    yield from foreign_scopes(ground)
    yield from crossed_scopes(ground)
