"""Submitted plans before the specimen prefecture's board, made by the product's own actions in one go.

Twelve under ``make proof``, four usually. ``python -m tests.flows.prepared COUNT`` writes them into a running portal as
the owner of its tables, COUNT of them ordinary, and prints one line of JSON. Not here: what the officer does with them
(desk), the order (test_desk_browser).
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from portal.config.supervisor.places import ROOT
from portal.demo.organisations import demo_organisation
from portal.dossier.shift import shift
from portal.dossier.types import Dossier, FounderType
from tests.flows.small_trip import small_trip
from tests.sizes import size
from tests.stack import LiveStack, environment_of

PREFECTURAL, MUNICIPAL = "mihon-kita-high", "mihon-daiichi-jhs"
WEEKS_LATE = 9
"""How much sooner than the others the late trip departs: inside the month that the notice asks for."""
ORDINARY = size(2, proof=10)
REASON = "交流校の都合で日程が10月末に決まったため"


@dataclass(frozen=True)
class Plan:
    """One plan on the desk: its name, and the paths of its pages at the authority and at the school."""

    title: str
    desk: str
    workspace: str


def prepare(stack: LiveStack) -> subprocess.Popen[str]:
    """Begin to write the plans; ``prepared`` waits for them."""
    owner = {"PORTAL_AS_OWNER": "1", "DATABASE_POOL_SIZE": "0", "DJANGO_SETTINGS_MODULE": "portal.config.settings.dev"}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.flows.prepared", str(ORDINARY)],
        cwd=ROOT,
        env=environment_of(stack.places) | owner,
        stdout=subprocess.PIPE,
        text=True,
    )


def prepared(begun: subprocess.Popen[str]) -> list[Plan]:
    """The plans: the ordinary ones, one of a municipal school, one that comes late."""
    said, _ = begun.communicate()
    assert begun.returncode == 0, "the plans could not be written"
    return [Plan(*line) for line in json.loads(said)]


def dossiers(ordinary: int, *, on: dt.date) -> Iterator[tuple[str, Dossier]]:
    """Each plan with the key of its school."""
    trip = small_trip(on=on)
    for number in range(1, ordinary + 1):
        yield PREFECTURAL, _of(PREFECTURAL, trip, f"台北研修 第{number}班(鵠)")
    yield MUNICIPAL, _of(MUNICIPAL, trip, "台北研修 市立(鵠)")
    late = shift(trip, -WEEKS_LATE).model_copy(update={"late_filing_reason": REASON})
    yield PREFECTURAL, _of(PREFECTURAL, late, "台北研修 急ぎ(鵠)")


def _of(key: str, trip: Dossier, title: str) -> Dossier:
    org = demo_organisation(key)
    founder = FounderType(org.founder) if org.founder else None
    school = trip.school.model_copy(
        update={"name": org.name, "kana": org.kana, "english_name": org.english_name, "founder": founder}
    )
    outline = trip.outline.model_copy(update={"title": title})
    return trip.model_copy(update={"school": school, "outline": outline})


def main() -> None:
    import django

    django.setup()

    from mofa_requests.actions.plan import open_plan, store_dossier
    from mofa_requests.actions.submit import submit
    from portal.accounts.models import Membership
    from portal.demo.hands import acting
    from portal.kit import clock
    from portal.kit.roles import Role

    def seat(key: str, role: Role) -> Membership:
        held = Membership.objects.select_related("org", "user").filter(role=role.value)
        return held.filter(org__name=demo_organisation(key).name).order_by("id")[0]

    lines = []
    for key, dossier in dossiers(int(sys.argv[1]), on=clock.today()):
        with acting(seat(key, Role.SCHOOL_DRAFTER)) as by:
            request = open_plan(seat(key, Role.SCHOOL_DRAFTER).org, by=by, demo=True)
            store_dossier(request.trip, dossier, by=by)
        with acting(seat(key, Role.SCHOOL_PRINCIPAL)) as by:
            submit(request, by=by, title="校長", on=clock.today())
        lines.append((dossier.outline.title, f"/inbox/{request.pk}/", f"/trips/{request.trip_id}/"))
    sys.stdout.write(json.dumps(lines) + "\n")


if __name__ == "__main__":
    main()
