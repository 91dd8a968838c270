"""Handlers of the request's jobs: slow work outside transactions, one short effect inside."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from mofa_requests.actions.packets import freeze_packet_input, store_packet
from mofa_requests.documents.packet import build_packet
from mofa_requests.queries import RENDER_PACKET
from portal.audit.record import Actor
from portal.jobs.models import Job
from portal.jobs.worker import CannotBeDone, handles
from portal.kit.pdf import RenderError


@handles(RENDER_PACKET)
def render_packet(job: Job) -> Callable[[], None]:
    """Render the packet of the letter named by the job's key, in the scope of the authority that fixed it."""
    letter_id = UUID(job.key)
    source = freeze_packet_input(letter_id)
    try:
        rendered = build_packet(source)
    except RenderError as error:
        raise CannotBeDone(str(error)) from error
    actor = Actor(job.user_id, "worker", job.org_id)

    def effect() -> None:
        store_packet(letter_id, rendered, by=actor)

    return effect
