"""What people do at a running portal while a test wounds it, from a process of its own, as the owner of the tables.

``python -m tests.config.faults.hands`` reads one act a line and answers each with one line of JSON. Not here: what is
done through the pages (reader), what is wounded (test_faults).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from portal.config.supervisor.places import ROOT

PASSWORD = "渡り鳥は南の島へ2027年"


class Hands:
    """The other end: acts asked of the process, as a test writes them."""

    def __init__(self, environment: dict[str, str]) -> None:
        owner = {
            "PORTAL_AS_OWNER": "1",
            "DATABASE_POOL_SIZE": "0",
            "DJANGO_SETTINGS_MODULE": "portal.config.settings.dev",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.config.faults.hands"],
            cwd=ROOT,
            env=environment | owner,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, act: str, *given: str) -> dict[str, Any]:
        """Have it done; returns what the act tells."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([act, *given]) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, f"{act} ended the process"
        return dict(json.loads(answer))

    def leave(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def _acts() -> dict[str, Callable[..., dict[str, Any]]]:
    """The acts on one plan; built here, because Django has to be set up before its models are imported."""
    from allauth.account.models import EmailAddress

    from mofa_requests import queries
    from mofa_requests.actions import review, sending
    from mofa_requests.documents.annex3 import Annex3Item
    from mofa_requests.enums import Topic
    from mofa_requests.models import MofaRequest
    from portal.audit.chain import breaks
    from portal.dossier.types import Channel, FounderType, Letter, Tick, TickResult
    from portal.jobs.models import Job
    from portal.kit import clock
    from tests.factories.cast import Seat, world
    from tests.mofa_requests.reliability.world import assert_world

    made = world(FounderType.PRIVATE, on=clock.today())

    def address_of(seat: Seat) -> str:
        user = seat.membership.user
        user.set_password(PASSWORD)
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return str(user.email)

    def begin() -> dict[str, Any]:
        people = {"principal": made.principal, "approver": made.approver}
        found = {name: address_of(seat) for name, seat in people.items()}
        return {**found, "trip": str(made.request.trip_id), "request": str(made.request.pk)}

    def newest() -> queries.Revision:
        return queries.revision_of(MofaRequest.objects.get(pk=made.request.pk))

    def check() -> dict[str, Any]:
        revision = newest()
        ticks = [Tick(item=item.value, result=TickResult.PRESENT) for item in Annex3Item]
        with made.officer.at_work() as by:
            review.claim_review(queries.get_for(made.request.pk), by=by)
            review.save_ticks(revision, ticks, base_version=0, by=by)
        with made.approver.at_work() as by:
            review.decide(revision, Topic.COMPLETENESS, "complete", reasons="", by=by, title="課長")
        return {"revision": str(revision.pk)}

    def fix_letter(number: str) -> dict[str, Any]:
        body = made.officer.org.name
        text = Letter(number=number, dated_on=clock.today(), channel=Channel.EMAIL, sender_body=body)
        with made.officer.at_work() as by:
            letter = sending.fix_letter(newest(), text, by=by)
        return {"letter": str(letter.pk), "job": str(Job.objects.get(key=str(letter.pk)).pk)}

    def look() -> dict[str, Any]:
        assert_world()
        assert breaks() == [], "the history is whole"
        return {"state": MofaRequest.objects.get(pk=made.request.pk).state}

    return {act.__name__: act for act in (begin, check, fix_letter, look)}


def main() -> None:
    import django
    from django.db import connections

    django.setup()
    acts = _acts()
    for line in sys.stdin:
        act, *given = json.loads(line)
        connections.close_all()  # the database may have been away meanwhile
        sys.stdout.write(json.dumps(acts[act](*given)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
