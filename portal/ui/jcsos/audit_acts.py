"""What an assessor may do with an audit and with a finding, by the name in the URL: form, act, and what is said then.

Not here: whether an act is open now (jcsos.machine), the pages (audits).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext

from jcsos.actions import audits as acts
from jcsos.actions import findings as finding_acts
from jcsos.enums import Due, FindingState
from jcsos.models import TripAudit
from jcsos.queries import audits as queries
from jcsos.rules.criteria import criteria_of
from portal.audit.record import Actor
from portal.ui.jcsos.audit_forms import (
    DueForm,
    FindingForm,
    MoreForm,
    MoveDayForm,
    MoveForm,
    ReasonForm,
    RefuseForm,
    UpholdForm,
)


def _announce(found: TripAudit, given: dict[str, Any], by: Actor) -> Any:
    return acts.announce(found, due_on=given["due_on"], by=by)


def _move(found: TripAudit, given: dict[str, Any], by: Actor) -> Any:
    return acts.move_deadline(found, Due(given["due"]), to=given["to"], reason=given["reason"], by=by)


def _send(found: TripAudit, given: dict[str, Any], by: Actor) -> Any:
    return acts.send_result(found, reply_due_on=given.get("due_on"), by=by)


def _write(found: TripAudit, given: dict[str, Any], by: Actor) -> Any:
    return finding_acts.write_finding(found, given["criterion"], given["gravity"], given["text"], by=by)


def _finding_form(found: TripAudit, data: Any) -> FindingForm:
    return FindingForm(data, criteria=list(criteria_of(found.campaign.rule_set)))


def _send_form(found: TripAudit, data: Any) -> Any:
    drafts = queries.findings_of(found).filter(state=FindingState.DRAFT.value).exists()
    return DueForm(data) if drafts else forms.Form(data)


ACTS: dict[str, tuple[Callable[[TripAudit, Any], Any], Callable[..., Any], Callable[[], str]]] = {
    "announce": (lambda found, data: DueForm(data), _announce, lambda: gettext("学校に通知しました。")),
    "move": (lambda found, data: MoveForm(data), _move, lambda: gettext("期限を変え、学校に知らせました。")),
    "remind": (
        lambda found, data: forms.Form(data),
        lambda found, given, by: acts.remind(found, by=by),
        lambda: gettext("期限が過ぎたことを学校に知らせました。"),
    ),
    "take_up": (
        lambda found, data: forms.Form(data),
        lambda found, given, by: acts.take_up(found, by=by),
        lambda: gettext("評価を始めました。"),
    ),
    "ask_more": (
        lambda found, data: MoreForm(data),
        lambda found, given, by: acts.ask_more(found, given["what"], due_on=given["due_on"], by=by),
        lambda: gettext("資料の追加を学校にお願いしました。"),
    ),
    "send": (_send_form, _send, lambda: gettext("結果を学校に送りました。")),
    "settle": (
        lambda found, data: forms.Form(data),
        lambda found, given, by: acts.settle(found, by=by),
        lambda: gettext("意見の確認を終え、学校に知らせました。"),
    ),
    "finding": (_finding_form, _write, lambda: gettext("指摘を残しました。学校にはまだ見えません。")),
}
FINDING_ACTS: dict[str, tuple[Callable[[Any], Any], Callable[..., Any], Callable[[], str]]] = {
    "confirm": (
        forms.Form,
        lambda row, given, by: finding_acts.confirm_finding(row, by=by),
        lambda: gettext("重大な指摘を確かめました。"),
    ),
    "drop": (
        ReasonForm,
        lambda row, given, by: finding_acts.drop_finding(row, reason=given["reason"], by=by),
        lambda: gettext("指摘を取り下げました。"),
    ),
    "uphold": (
        UpholdForm,
        lambda row, given, by: finding_acts.uphold(row, by=by, **given),
        lambda: gettext("指摘を維持し、是正を求めました。"),
    ),
    "move": (
        MoveDayForm,
        lambda row, given, by: finding_acts.move_correction(row, to=given["to"], reason=given["reason"], by=by),
        lambda: gettext("期限を変え、学校に知らせました。"),
    ),
    "verify": (
        forms.Form,
        lambda row, given, by: finding_acts.verify_correction(row, by=by),
        lambda: gettext("是正を確認しました。"),
    ),
    "refuse": (
        RefuseForm,
        lambda row, given, by: finding_acts.refuse_correction(row, by=by, **given),
        lambda: gettext("是正のやり直しを学校にお願いしました。"),
    ),
}
"""Name in the URL → its form, its act, and what is said afterwards."""
