"""Editions of the procedure on JCSOS's desk: planning a release, what it changes for open trips, publishing it.

Not here: judging (jcsos.rules.releases), the run over the trips (jcsos.tasks).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from jcsos.actions.releases import ask_preview, plan_release, publish_release
from jcsos.models import EditionRelease, EditionVerdict
from jcsos.queries import releases as queries
from jcsos.rules.releases import per_rule
from portal.accounts.access import members
from portal.accounts.acting import actor_at, actor_of
from portal.dossier.types import Edition
from portal.kit.machine import Refused
from portal.kit.roles import Audience, Role
from portal.lawbook.edition import load_edition
from portal.lawbook.finding import Standing
from portal.ui.fields import ChoiceField
from portal.ui.jcsos.audit_forms import PlainForm, day, prose
from portal.ui.jcsos.figures_shown import rule_title
from portal.ui.labels import choices_of, label_of, speaks_english
from portal.ui.messages import announce, refuse
from portal.ui.shapes import Entry, Tile
from portal.ui.typed import sentence_of

EVERY_DESK = Role.of(Audience.JCSOS)
PUBLISHERS = (Role.JCSOS_NEWS,)
READERS = (Role.JCSOS_MEMBERS, Role.JCSOS_AUDITOR)
A_PAGE = 50
NEWEST = max(Edition, key=lambda edition: edition.value)


@dataclass(frozen=True)
class Shown:
    """One trip that a release changes, in the page's language."""

    verdict: EditionVerdict
    before: str
    after: str
    turns: bool
    came: str
    gone: str


class ReleaseForm(PlainForm):
    """Which edition from which day."""

    edition = ChoiceField(
        choices=partial(choices_of, Edition),
        coerce=Edition,
        label=_("手続きの版"),
        required=True,
        error_messages={"required": _("どれか一つを選んでください")},
    )
    takes_effect_on = day(_("始まる日"), hint=_("この日から後に提出する計画に使います"))
    note = prose(_("知らせる文"), missing=_("何が変わるかを書いてください"), rows=3)


@members(EVERY_DESK, purpose="手続きの版の一覧と、新しい版の企画")
def editions(request: HttpRequest) -> HttpResponseBase:
    """Every release, newest first; those who publish plan a new one."""
    acting = request.membership  # type: ignore[attr-defined]
    form = ReleaseForm(request.POST or None, initial={"edition": NEWEST}) if acting.role_kind in PUBLISHERS else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            made = plan_release(acting.org_id, by=actor_of(acting), **form.cleaned_data)
        except Refused as reason:
            form.add_error("takes_effect_on", sentence_of(reason))
        else:
            announce(request, gettext("出発前の旅行への影響を確かめています。数が出るまで少しお待ちください。"))
            return redirect("jcsos:edition", release_id=made.pk)
    rows = [(release, label_of(Edition(release.edition))) for release in queries.releases(acting.org_id)]
    status = 422 if form is not None and form.errors else 200
    return render(request, "jcsos/editions.html", {"rows": rows, "form": form}, status=status)


@members(EVERY_DESK, purpose="手続きの版で結果が変わる旅行")
def edition(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """What a release changes: counts by rule, and the trips without names."""
    found = _found(release_id)
    acting = request.membership  # type: ignore[attr-defined]
    verdicts = list(queries.changed_trips(found))
    context = {
        "release": found,
        "title": label_of(Edition(found.edition)),
        "facts": _facts(found),
        "tiles": _tiles(found, verdicts),
        "rules": [(rule_title(code), came, gone) for code, came, gone in per_rule((v.came, v.gone) for v in verdicts)],
        "page": Paginator([_shown(verdict) for verdict in verdicts], A_PAGE).get_page(request.GET.get("page")),
        "may_read": acting.role_kind in READERS,
        "may_publish": acting.role_kind in PUBLISHERS and found.published_at is None,
        "crumbs": [(gettext("手続きの版"), reverse("jcsos:editions")), (label_of(Edition(found.edition)), "")],
    }
    return render(request, "jcsos/edition.html", context)


@members(PUBLISHERS, purpose="手続きの版の影響を確かめ直す")
@require_POST
def preview(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """Try it again on the trips as they are now."""
    ask_preview(_found(release_id))
    announce(request, gettext("出発前の旅行への影響を確かめています。数が出るまで少しお待ちください。"))
    return redirect("jcsos:edition", release_id=release_id)


@members(PUBLISHERS, purpose="手続きの版を会員校と所管庁に知らせる")
@require_POST
def publish(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """Make it known."""
    try:
        publish_release(_found(release_id), by=actor_at(request))
        announce(request, gettext("会員校と所管庁に知らせました。"))
    except Refused as reason:
        refuse(request, sentence_of(reason))
    return redirect("jcsos:edition", release_id=release_id)


def _found(release_id: UUID) -> EditionRelease:
    try:
        return queries.get_release(release_id)
    except EditionRelease.DoesNotExist:
        raise Http404 from None


def _facts(release: EditionRelease) -> list[Entry]:
    """What the edition says, from the lawbook; what no source supports is said to be so."""
    known = load_edition(release.edition)
    unsure = gettext("(未確認)")
    period = known.deadline.english if speaks_english() else known.deadline.words
    addressee, roster = known.addressee, known.roster
    papers = [paper.english if speaks_english() else paper.title for paper in known.documents]
    return [
        Entry(gettext("通知"), "、".join(notice.number for notice in known.notices)),
        Entry(gettext("外務省必着"), period + ("" if known.deadline.verified else unsure)),
        Entry(gettext("宛先"), addressee.as_written + ("" if addressee.verified else unsure)),
        Entry(gettext("名簿"), label_of(roster.form) + ("" if roster.verified else unsure)),
        Entry(gettext("書類"), "、".join(papers)),
    ]


def _tiles(release: EditionRelease, verdicts: list[EditionVerdict]) -> list[Tile]:
    if release.previewed_at is None:
        return []
    turned = [verdict for verdict in verdicts if verdict.before != verdict.after]
    worse = sum(verdict.after == Standing.BLOCKED.value for verdict in turned)
    return [
        Tile(gettext("確かめた旅行"), release.looked_at or 0, gettext("件")),
        Tile(gettext("結果が変わる旅行"), len(turned), gettext("件"), "warn" if turned else "ok"),
        Tile(gettext("提出できなくなる旅行"), worse, gettext("件"), "error" if worse else ""),
        Tile(gettext("項目だけが変わる旅行"), len(verdicts) - len(turned), gettext("件")),
    ]


def _shown(verdict: EditionVerdict) -> Shown:
    return Shown(
        verdict=verdict,
        before=label_of(Standing(verdict.before)),
        after=label_of(Standing(verdict.after)),
        turns=verdict.before != verdict.after,
        came="、".join(verdict.came),
        gone="、".join(verdict.gone),
    )
