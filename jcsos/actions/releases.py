"""Trying an edition on the open trips before it takes effect, and publishing it. Not here: the judging (rules)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from jcsos.models import EditionRelease, EditionVerdict
from jcsos.queries.releases import PREVIEW, get_release, newest_revisions, officers_of_authorities, open_trips
from jcsos.queries.window import open_part
from jcsos.rules.releases import Change, change_under
from mofa_requests.models import MofaRequest, Revision
from portal.audit.events import EventName
from portal.audit.record import Actor, Subject, record
from portal.dossier.types import Edition
from portal.jobs.enqueue import Notice, enqueue, post_many
from portal.kit import clock
from portal.kit.machine import Refused

_FRESH_FOR = dt.timedelta(days=7)


@dataclass(frozen=True)
class Judged:
    """What the run over the open trips found: how many it looked at, and the change of each that changes."""

    looked_at: int
    changes: tuple[tuple[MofaRequest, Change], ...]


@transaction.atomic
def plan_release(
    org_id: UUID, edition: Edition, *, takes_effect_on: dt.date, note: str = "", by: Actor
) -> EditionRelease:
    """Open a release and have it tried on the open trips. Nobody outside JCSOS learns of it yet."""
    if takes_effect_on <= clock.today():
        raise Refused(gettext("始まる日には、明日か、それより後の日を入れてください"))
    release = EditionRelease.objects.create(
        org_id=org_id, edition=edition.value, takes_effect_on=takes_effect_on, note=note, opened_by_id=by.person_id
    )
    ask_preview(release)
    return release


def ask_preview(release: EditionRelease) -> None:
    """Have the release tried once more; the trips may have changed since."""
    enqueue(PREVIEW, key=f"{release.pk}:{clock.now().isoformat()}", subject_id=release.pk)


def judge_open_trips(release: EditionRelease) -> Judged:
    """Judge every open trip under its own edition and the release's. Slow; nothing is written."""
    requests = list(open_trips(release.edition))
    revisions = newest_revisions(requests)
    judged = [(one, _change(release, one, revisions[one.pk])) for one in requests if one.pk in revisions]
    changes = tuple((one, change) for one, change in judged if change.turns or change.came or change.gone)
    return Judged(len(judged), changes)


@transaction.atomic
def store_preview(release_id: UUID, judged: Judged, *, by: Actor) -> EditionRelease:
    """Keep what the run found in place of an earlier one. A published release keeps what it was published with."""
    release = _lock(release_id)
    if release.published_at is not None:
        return release
    EditionVerdict.objects.filter(release=release).delete()
    EditionVerdict.objects.bulk_create(_verdict(release, request, change) for request, change in judged.changes)
    release.previewed_at, release.looked_at = clock.now(), judged.looked_at
    release.save(update_fields=["previewed_at", "looked_at"])
    figures = {"looked_at": judged.looked_at, "changed": len(judged.changes)}
    record(EventName.EDITION_PREVIEWED, by=by, about=Subject(), edition=release.edition, **figures)
    return release


@transaction.atomic
def publish_release(release: EditionRelease, *, by: Actor) -> EditionRelease:
    """Tell members and authorities from which day the edition holds; the authorities by mail, whose desk it changes.

    Refused without a preview of the last week.
    """
    release = _lock(release.pk)
    if release.published_at is not None:
        raise Refused(gettext("この版は知らせてあります。画面を読み込み直してください"))
    if release.previewed_at is None or clock.now() - release.previewed_at > _FRESH_FOR:
        raise Refused(gettext("影響の確かめが済んでいないか、1週間を過ぎています。確かめ直してから知らせてください"))
    if release.takes_effect_on <= clock.today():
        raise Refused(gettext("始まる日を過ぎています。新しい日で企画し直してください"))
    release.published_at, release.published_by_id = clock.now(), by.person_id
    release.save(update_fields=["published_at", "published_by"])
    told = {"edition": release.edition, "on": release.takes_effect_on.isoformat()}
    record(EventName.EDITION_PUBLISHED, by=by, about=Subject(), **told)
    link, officers = "/inbox/", officers_of_authorities()
    post_many("edition_published", [Notice(to, org_id, str(release.pk), link) for org_id, to in officers])
    return release


def _lock(release_id: UUID) -> EditionRelease:
    EditionRelease.objects.select_for_update(of=("self",)).get(pk=release_id)
    return get_release(release_id)


def _change(release: EditionRelease, request: MofaRequest, revision: Revision) -> Change:
    return change_under(
        open_part(revision),
        edition=release.edition,
        on=revision.submitted_at.astimezone(clock.TOKYO).date(),
        municipal=request.endorser_org_id is not None,
    )


def _verdict(release: EditionRelease, request: MofaRequest, change: Change) -> EditionVerdict:
    return EditionVerdict(
        school_id=request.school_id,
        release=release,
        request=request,
        before=change.before.value,
        after=change.after.value,
        came=list(change.came),
        gone=list(change.gone),
    )
