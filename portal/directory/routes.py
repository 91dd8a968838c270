"""The route table: which authority endorses and which forwards a school's request, and over whose title.

Not here: the organisations themselves and the refusal of a wrong route (portal.tenancy).
"""

from __future__ import annotations

from functools import cache

from portal.directory.files import Row, read_table
from portal.directory.kinds import OrgKind
from portal.dossier.types import Edition, FounderType

_EVERY_EDITION = "*"


class Route(Row):
    """The way of one founder's requests. No ``forwarder``: the founder sends no 依頼書 (a university itself).

    ``sender_titles`` are the titles that may sign the letter, the usual one first; empty where no letter is sent.
    """

    founder: FounderType
    editions: tuple[str, ...]
    endorser: OrgKind | None = None
    forwarder: OrgKind | None = None
    sender_titles: tuple[str, ...] = ()
    verified: bool
    source: str

    @property
    def steps(self) -> tuple[OrgKind, ...]:
        """The authorities in order: endorser (if any), forwarder (if any)."""
        return tuple(kind for kind in (self.endorser, self.forwarder) if kind is not None)

    def accepts_sender(self, title: str) -> bool:
        """Whether ``title`` (``見本県教育委員会教育長``) ends in a title of the forwarding authority."""
        return title.strip().endswith(self.sender_titles)


@cache
def routes() -> tuple[Route, ...]:
    """Every row of the table."""
    return read_table("routes.yaml", Route)


def route_for(founder: FounderType, *, edition: Edition = Edition.Y2003) -> Route:
    """The route of a founder's schools under one edition of the procedure."""
    rows = [row for row in routes() if row.founder is founder]
    exact = [row for row in rows if edition.value in row.editions]
    general = [row for row in rows if _EVERY_EDITION in row.editions]
    return (exact + general)[0]
