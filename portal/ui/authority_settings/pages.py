"""The page of an authority's own rules: what counts now, the history, and (for the approver) a new version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from mofa_requests import board_rules
from mofa_requests.actions.authority import choose_working_edition, may_set_rules, save_authority_rules
from mofa_requests.models import AuthoritySettings
from portal.accounts.access import members
from portal.accounts.acting import actor_of
from portal.accounts.models import Membership
from portal.dossier.types import Edition
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Role
from portal.lawbook.edition import load_edition
from portal.tenancy.models import Org
from portal.ui.authority_settings.forms import RulesForm
from portal.ui.board_rules import entries_of
from portal.ui.labels import label_of, speaks_english
from portal.ui.messages import announce, refuse
from portal.ui.shapes import Entry

OFFICERS = (Role.AUTHORITY_OFFICER, Role.AUTHORITY_APPROVER)


@dataclass(frozen=True)
class VersionRow:
    """One version of the history. ``standing`` says whether it counts now, will count, or did."""

    version: AuthoritySettings
    entries: list[Entry]
    in_force: bool
    to_come: bool


@dataclass(frozen=True)
class ShownEdition:
    """One edition of the notices: what it asks for, whether its text could be read, whether it is worked with."""

    edition: Edition
    title: str
    deadline: str
    verified: bool
    chosen: bool


@members(OFFICERS, purpose="審査の基準を見る")
@require_safe
def settings_page(request: HttpRequest) -> HttpResponse:
    """The rules in force, every version before and after, and the form for the approver."""
    return _page(request, None)


@members((Role.AUTHORITY_APPROVER,), purpose="審査の基準を決める")
@require_POST
def save_settings(request: HttpRequest) -> HttpResponse:
    """Add a version."""
    membership: Membership = request.membership  # type: ignore[attr-defined]
    newest = board_rules.versions_of(membership.org_id).first()
    form = _form(newest, request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        saved = save_authority_rules(
            membership.org,
            form.rules,
            dated_from=form.cleaned_data["dated_from"],
            base_version=form.cleaned_data["base_version"],
            by=actor_of(membership),
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, form)
    announce(request, gettext("第%(n)d版を保存しました。学校の点検にも表示されます。") % {"n": saved.version})
    return redirect("mofa_requests:settings")


@members((Role.AUTHORITY_APPROVER,), purpose="受け付ける通知を選ぶ")
@require_POST
def save_edition(request: HttpRequest) -> HttpResponse:
    """Choose the edition of the notices that new plans are written under."""
    membership: Membership = request.membership  # type: ignore[attr-defined]
    wanted = next((edition for edition in Edition if edition.value == request.POST.get("edition")), None)
    if wanted is None:
        refuse(request, gettext("受け付ける通知を一つ選んでください"))
        return redirect("mofa_requests:settings")
    try:
        many = choose_working_edition(membership.org, wanted, by=actor_of(membership))
    except Refused as refused:
        refuse(request, str(refused))
        return redirect("mofa_requests:settings")
    words = gettext("受け付ける通知を「%(edition)s」にしました。学校%(n)d校の新しい計画から使います。")
    announce(request, words % {"edition": label_of(wanted), "n": many})
    return redirect("mofa_requests:settings")


def _editions(org: Org) -> list[ShownEdition]:
    return [
        ShownEdition(
            edition,
            rules.title if not speaks_english() else rules.english,
            rules.deadline.words,
            rules.verified,
            edition.value == org.edition,
        )
        for edition in Edition
        for rules in (load_edition(edition.value),)
    ]


def _form(newest: AuthoritySettings | None, data: Any = None) -> RulesForm:
    return RulesForm(data, current=newest.rules if newest else None, version=newest.version if newest else 0)


def _page(request: HttpRequest, form: RulesForm | None) -> HttpResponse:
    membership: Membership = request.membership  # type: ignore[attr-defined]
    own = may_set_rules(membership.org)
    org = membership.org if own else _forwarding(membership.org)
    versions = list(board_rules.versions_of(org.pk)) if org else []
    in_force = board_rules.rules_in_force(org.pk, on=clock.today()) if org else None
    may_write = own and membership.role_kind is Role.AUTHORITY_APPROVER
    context = {
        "org": org,
        "own": own,
        "rows": [_row(version, in_force) for version in versions],
        "in_force": in_force,
        "entries": entries_of(in_force.rules) if in_force else [],
        "editions": _editions(org) if org else [],
        "may_choose": may_write,
        "form": (form or _form(versions[0] if versions else None)) if may_write else None,
    }
    return render(request, "authority_settings/settings.html", context, status=422 if form else 200)


def _forwarding(board: Org) -> Org | None:
    """The authority that sends on what a municipal board endorsed."""
    return next((org for org in board_rules.authorities_above(board) if may_set_rules(org)), None)


def _row(version: AuthoritySettings, in_force: AuthoritySettings | None) -> VersionRow:
    return VersionRow(
        version,
        entries_of(version.rules),
        in_force=in_force is not None and version.pk == in_force.pk,
        to_come=version.dated_from > clock.today(),
    )
