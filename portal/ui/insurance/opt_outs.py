"""Who is not insured by their own will, and the signed paper that says so (別添二 一(三)).

The paper is kept sealed and the plan's own entry, which the rules read, is written in the same step.
Not here: judging (insurance.rules), keeping (insurance.actions.opt_outs).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from insurance.actions.opt_outs import Signed, keep_opt_out, open_opt_out, withdraw_opt_out
from insurance.enums import SignedBy
from insurance.facts import CoverFacts
from insurance.models import OptOutPaper
from insurance.queries import opt_out_paper, opt_out_papers_of
from insurance.stress.trip import cover_facts
from portal.dossier.types import OptOut, Participant
from portal.kit.machine import Refused
from portal.ui.fields import ChoiceField, DateField, RadioChoices
from portal.ui.files_out import attachment
from portal.ui.insurance.doors import cover_context, cover_url, save_beside
from portal.ui.labels import choices_of, label_of
from portal.ui.messages import announce, refuse, warn
from portal.ui.school.doors import DRAFTERS, STAFF, TripPage, trip_page
from portal.ui.school.standing import Standing, look_at
from portal.ui.typed import sentence_of
from portal.vault.files import FileLost
from portal.vault.keyring import cipher_for
from portal.vault.uploads import ENDINGS, Upload
from trips.actions.plan import StaleSection

ADULT = 18


class SignedForm(forms.Form):
    """A signed statement: whose, when, by whose hand, and the paper itself."""

    participant = ChoiceField(label=_("加入しない人"), required=True)
    signed_on = DateField(label=_("書面の日付"), required=True)
    signed_by = ChoiceField(label=_("署名した人"), required=True, widget=RadioChoices)
    file = forms.FileField(
        label=_("署名のある書面"),
        help_text=_("「自己の意志により保険には加入しない」と書いた書面。PDF・JPEG・PNG、10MBまで"),
        error_messages={"required": _("ファイルを選んでください"), "empty": _("ファイルが空です")},
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participant"].choices = [("", _("選んでください")), *people]  # type: ignore[attr-defined]
        self.fields["signed_by"].choices = list(choices_of(SignedBy))  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Person:
    """One traveller without cover: the paper that is kept, or what the plan says without one."""

    name: str
    role: str
    is_minor: bool
    signed_on: dt.date | None
    signed_by: str
    paper_id: UUID | None
    recorded_at: dt.datetime | None
    recorded_by: str
    opted_out: bool


@trip_page(STAFF, purpose="保険に加入しない人と署名のある書面")
def opt_outs(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Everybody without cover, those without a paper on top; the form for one more paper."""
    return _show(request, page, look_at(page), None)


@trip_page(DRAFTERS, purpose="保険に加入しない書面を保管する")
def keep(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Keep one signed paper and write the plan's entry."""
    standing = look_at(page)
    form = _form(standing, request)
    if request.method != "POST":
        return redirect(cover_url(page, "opt_outs"))
    if not form.is_valid():
        return _show(request, page, standing, form, status=422)
    typed = form.cleaned_data
    facts = cover_facts(standing.dossier)
    signed = Signed(
        typed["participant"], typed["signed_on"], SignedBy(typed["signed_by"]), _is_minor(facts, typed["participant"])
    )
    sent = typed["file"]
    try:
        written = _keep(page, standing, signed, Upload(sent.name, sent.read()))
    except Refused as refused:
        form.add_error(None, sentence_of(refused))
        return _show(request, page, standing, form, status=422)
    except StaleSection:
        form.add_error(None, gettext("ほかの人が「保険」の欄を保存しました。もう一度保管してください。"))
        return _show(request, page, standing, form, status=409)
    _say(request, written, gettext("書面を保管し、計画の「保険未加入の意思表明」に書きました。"))
    return redirect(cover_url(page, "opt_outs"))


@trip_page(DRAFTERS, purpose="保険に加入しない書面を開く")
def paper(request: HttpRequest, page: TripPage, paper_id: UUID) -> HttpResponseBase:
    """The paper, as a file to keep; the look stands in the history."""
    row = _paper(page, paper_id)
    try:
        content = open_opt_out(row, by=page.actor, cipher=cipher_for(page.trip.pk))
    except FileLost:
        refuse(request, gettext("保管したファイルを読み出せません。書面をもう一度保管してください。"))
        return redirect(cover_url(page, "opt_outs"))
    return attachment(content, f"opt-out-{row.participant}{ENDINGS[row.media_type]}", media_type=row.media_type)


@trip_page(DRAFTERS, purpose="保険に加入しない書面を取り下げる")
def withdraw(request: HttpRequest, page: TripPage, paper_id: UUID) -> HttpResponseBase:
    """The paper goes, and with it the plan's entry while the plan may be written."""
    row = _paper(page, paper_id)
    if request.method != "POST":
        return redirect(cover_url(page, "opt_outs"))
    standing = look_at(page)
    try:
        with transaction.atomic():
            withdraw_opt_out(row, by=page.actor)
            kept = [each for each in standing.dossier.opt_outs if each.participant != row.participant]
            written = save_beside(standing, {"opt_outs": tuple(kept)})
    except StaleSection:
        refuse(request, gettext("ほかの人が「保険」の欄を保存しました。もう一度取り下げてください。"))
        return redirect(cover_url(page, "opt_outs"))
    _say(request, written, gettext("書面を取り下げました。保険に入ったことを「保険」の欄で確かめてください。"))
    return redirect(cover_url(page, "opt_outs"))


def missing_papers(standing: Standing) -> int:
    """How many opt-outs of the plan have no paper in the school's files."""
    kept = opt_out_papers_of(standing.page.trip.pk)
    return sum(each.participant not in kept for each in standing.dossier.opt_outs)


@transaction.atomic
def _keep(page: TripPage, standing: Standing, signed: Signed, upload: Upload) -> bool:
    keep_opt_out(
        page.trip.pk, signed, upload, school_id=page.trip.school_id, by=page.actor, cipher=cipher_for(page.trip.pk)
    )
    others = [each for each in standing.dossier.opt_outs if each.participant != signed.participant]
    guardian = signed.by is not SignedBy.SELF
    entry = OptOut(participant=signed.participant, signed_on=signed.on, guardian_signed=guardian)
    return save_beside(standing, {"opt_outs": (*others, entry)})


def _say(request: HttpRequest, written: bool, said: str) -> None:
    if written:
        announce(request, said)
        return
    warn(
        request,
        gettext("書面は記録しましたが、提出した計画は書き換えていません。計画も変わるときは変更届を出してください。"),
    )


def _paper(page: TripPage, paper_id: UUID) -> OptOutPaper:
    try:
        return opt_out_paper(page.trip.pk, paper_id)
    except OptOutPaper.DoesNotExist:
        raise Http404 from None


def _form(standing: Standing, request: HttpRequest | None) -> SignedForm:
    people = [(person.key, person.name or person.key) for person in standing.dossier.participants]
    posted = request is not None and request.method == "POST"
    return SignedForm(*((request.POST, request.FILES) if posted and request else ()), people=people)


def _show(
    request: HttpRequest, page: TripPage, standing: Standing, form: SignedForm | None, *, status: int = 200
) -> HttpResponse:
    context = cover_context(
        page,
        "opt_outs",
        gettext("加入しない人"),
        people=_people(standing),
        form=form or _form(standing, None),
        may_keep=page.role in DRAFTERS,
        editable=page.editable,
        missing=missing_papers(standing),
    )
    return render(request, "insurance/opt_outs.html", context, status=status)


def _people(standing: Standing) -> list[Person]:
    """Those without a paper first."""
    facts = cover_facts(standing.dossier)
    papers = opt_out_papers_of(standing.page.trip.pk)
    known = {each.participant: each for each in standing.dossier.opt_outs}
    uninsured = {person.value.key for person in facts.uninsured}
    wanted = [p for p in standing.dossier.participants if p.key in known or p.key in uninsured or p.key in papers]
    rows = [_person(person, facts, known.get(person.key), papers.get(person.key)) for person in wanted]
    return sorted(rows, key=lambda row: row.paper_id is not None)


def _person(person: Participant, facts: CoverFacts, entry: OptOut | None, kept: OptOutPaper | None) -> Person:
    signed_on = kept.signed_on if kept else entry.signed_on if entry else None
    return Person(
        name=person.name or person.key,
        role=label_of(person.role),
        is_minor=_is_minor(facts, person.key),
        signed_on=signed_on,
        signed_by=label_of(SignedBy(kept.signed_by)) if kept else "",
        paper_id=kept.pk if kept else None,
        recorded_at=kept.recorded_at if kept else None,
        recorded_by=kept.recorded_by.name if kept and kept.recorded_by else "",
        opted_out=entry is not None,
    )


def _is_minor(facts: CoverFacts, key: str) -> bool:
    person = facts.trip.person(key)
    age = facts.trip.age_of(person.value) if person else None
    return age is not None and age < ADULT
