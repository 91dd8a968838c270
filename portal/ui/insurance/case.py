"""One claim: what comes next, the days, the notice, health insurance, papers, sums and files; each part a form.

Not here: its facts (claims), what a step asks for (insurance.actions.claims), its papers to take away (case_papers).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from insurance.actions import claims as acts
from insurance.actions.claim_erasure import prolong_claim
from insurance.claims import Notice, clause_of, dues_of, open_dues, papers_for, steps_for
from insurance.enums import AmountKind, ClaimPaperName
from insurance.machine import CLAIM, KEEPERS, SEAT
from insurance.models import Claim
from insurance.queries import (
    NOT_WANTED,
    amounts_of,
    end_of,
    files_of,
    notice_of,
    open_claim_text,
)
from mofa_requests.queries import gather_dossier
from portal.kit import clock
from portal.kit.machine import Refused
from portal.ui.insurance.case_end import erased, prolongs, sums_of
from portal.ui.insurance.claim import due_shown, notice_lines, terms_in, words
from portal.ui.insurance.claim_forms import AmountForm, PaperFileForm, PapersForm, SocialForm, StepForm
from portal.ui.insurance.claims import TONES, any_claim_of, case_url, names_of
from portal.ui.insurance.doors import cover_context, cover_url
from portal.ui.insurance.words import money, told
from portal.ui.labels import label_of
from portal.ui.messages import announce, refuse
from portal.ui.school.doors import TripPage, trip_page
from portal.ui.templatetags.shown import jdate
from portal.ui.typed import sentence_of
from portal.vault.keyring import TripCipher, cipher_for
from portal.vault.uploads import Upload

_WORRY = {"refuse", "withdraw"}


class LineKey(forms.Form):
    """Which line of the sums or files is meant."""

    line = forms.UUIDField()


@dataclass
class Desk:
    """One claim before one person; ``bound`` are the forms that could not be used, by act."""

    request: HttpRequest
    page: TripPage
    claim: Claim
    cipher: TripCipher
    notice: Notice
    bound: dict[str, forms.Form] = field(default_factory=dict)
    tried: tuple[str, forms.Form] | None = None

    def form(self, act: str, make: Callable[..., forms.Form], **kwargs: Any) -> Any:
        """The form of an act: as it was posted if it could not be used, else fresh."""
        return self.bound.get(act) or make(**kwargs, auto_id=f"{act}_%s")

    def posted(self, act: str, make: Callable[..., forms.Form], **kwargs: Any) -> Any:
        """The same, bound to what was posted; kept on the desk while it has errors."""
        form = make(self.request.POST, **kwargs, auto_id=f"{act}_%s")
        self.tried = act, form
        if not form.is_valid():
            self.bound[act] = form
        return form

    def say(self, refused: Refused) -> None:
        """Put a refusal beside what was typed, or into a message where nothing was."""
        if self.tried is None:
            refuse(self.request, sentence_of(refused))
            return
        act, form = self.tried
        form.add_error(None, sentence_of(refused))
        self.bound[act] = form

    @property
    def papers(self) -> list[tuple[str, str]]:
        """Name and title of each paper that this claim needs."""
        return [(paper.name, label_of(ClaimPaperName(paper.name))) for paper in papers_for(self.notice.place)]


@trip_page(KEEPERS, purpose="保険金の請求の一件を開き、手続きを記録する", health=True)
def case(request: HttpRequest, page: TripPage, claim_id: UUID) -> HttpResponseBase:
    """GET shows the case and leaves a trace; POST does what ``act`` says and shows it again."""
    cipher = cipher_for(page.trip.pk)
    claim = any_claim_of(page, claim_id)
    if claim.erased_at is not None:
        return erased(request, page, claim)
    desk = Desk(request, page, claim, cipher, notice_of(claim, cipher))
    act = _ACTS.get(request.POST.get("act", "")) if request.method == "POST" else None
    if act is None:
        acts.read_claim(claim, by=page.actor)
        return _show(desk)
    try:
        said, anchor = act(desk)
    except Refused as refused:
        desk.say(refused)
        return _show(desk, status=422)
    if desk.bound:
        return _show(desk, status=422)
    announce(request, said)
    return redirect(f"{case_url(page, claim.pk)}#{anchor}")


def _step(desk: Desk) -> tuple[str, str]:
    name = desk.request.POST.get("step", "")
    allowed = {step.name: step for step in _allowed(desk)}
    if name not in allowed:
        raise Refused("いまの状態ではできません。画面を読み込み直してください", "Not possible now; reload the page")
    form = desk.posted(f"step_{name}", StepForm)
    if form.is_valid():
        typed = form.cleaned_data
        acts.move_claim(
            desk.claim, name, on=typed["on"], reason=typed["reason"] or "", by=desk.page.actor, cipher=desk.cipher
        )
    return gettext("記録しました。"), "next"


def _social(desk: Desk) -> tuple[str, str]:
    form = desk.posted("social", SocialForm)
    if form.is_valid():
        acts.note_social(
            desk.claim, claimed_on=form.cleaned_data["claimed_on"], none=form.cleaned_data["none"], by=desk.page.actor
        )
    return gettext("健康保険の手続きを記録しました。"), "social"


def _papers(desk: Desk) -> tuple[str, str]:
    form = desk.posted("papers", PapersForm, papers=desk.papers)
    if form.is_valid():
        acts.tick_papers(desk.claim, form.got, unwanted=form.unwanted, by=desk.page.actor, cipher=desk.cipher)
    return gettext("書類の状況を記録しました。"), "papers"


def _amount(desk: Desk) -> tuple[str, str]:
    form = desk.posted("amount", AmountForm)
    if form.is_valid():
        typed = form.cleaned_data
        kind = AmountKind(typed["kind"])
        acts.note_amount(
            desk.claim, kind, typed["yen"], on=typed["on"], note=typed["note"] or "", by=desk.page.actor,
            cipher=desk.cipher,
        )  # fmt: skip
    return gettext("金額を記録しました。"), "sums"


def _amount_away(desk: Desk) -> tuple[str, str]:
    return _away(desk, acts.remove_amount, gettext("金額を取り消しました。")), "sums"


def _file(desk: Desk) -> tuple[str, str]:
    form = desk.posted("file", PaperFileForm, files=desk.request.FILES, papers=desk.papers)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        upload = Upload(sent.name, sent.read())
        acts.add_file(
            desk.claim, upload, paper=form.cleaned_data["paper"] or "", by=desk.page.actor, cipher=desk.cipher
        )
    return gettext("書類の写しを保管しました。"), "files"


def _file_away(desk: Desk) -> tuple[str, str]:
    return _away(desk, acts.remove_file, gettext("書類の写しを消しました。")), "files"


def _away(desk: Desk, take: Callable[..., bool], said: str) -> str:
    line = LineKey(desk.request.POST)
    if line.is_valid() and take(desk.claim, line.cleaned_data["line"], by=desk.page.actor):
        return said
    raise Refused("この行は見つかりません。画面を読み込み直してください", "There is no such line; reload the page")


def _prolong(desk: Desk) -> tuple[str, str]:
    claim = prolong_claim(desk.claim, by=desk.page.actor)
    return gettext("%(day)sまで残します。") % {"day": jdate(claim.prolonged_until)}, "end"


_ACTS: dict[str, Callable[[Desk], tuple[str, str]]] = {
    "step": _step,
    "social": _social,
    "papers": _papers,
    "amount": _amount,
    "amount_away": _amount_away,
    "file": _file,
    "file_away": _file_away,
    "prolong": _prolong,
}


def _allowed(desk: Desk) -> list[Any]:
    return list(CLAIM.allowed(desk.claim.state_kind, seat=SEAT, role=desk.page.role.value))


def _show(desk: Desk, *, status: int = 200) -> HttpResponse:
    desk.claim.refresh_from_db()
    page, claim, notice = desk.page, desk.claim, desk.notice
    dossier = gather_dossier(page.trip, cipher=desk.cipher)
    title = gettext("請求%(number)d") % {"number": claim.number}
    icon, tone = TONES[claim.state_kind]
    done = claim.reported_on is not None, claim.closed_on is not None
    terms = terms_in(dossier, claim.policy)
    left = {due.name for due in open_dues(notice, terms, reported=done[0], closed=done[1])}
    context = cover_context(
        page,
        "claims",
        title,
        heading=title,
        claim=claim,
        person=names_of(dossier).get(claim.participant, claim.participant),
        state_label=label_of(claim.state_kind),
        state_icon=icon,
        state_tone=tone,
        is_closed=done[1],
        kept_until=end_of(claim),
        may_prolong=prolongs(page, claim),
        steps=[(step, told(step.label, step.english), _step_form(desk, step.name)) for step in _allowed(desk)],
        worries=_WORRY,
        dues=[(due_shown(due), due.name in left) for due in dues_of(notice, terms)],
        missing=[label_of(fact) for fact in notice.missing],
        lines=notice_lines(notice, dossier, policy=claim.policy),
        reference=open_claim_text(claim, "reference", desk.cipher),
        closing=open_claim_text(claim, "closing", desk.cipher),
        how=[words(clause_of(step.clause)) for step in steps_for(notice.place)],
        bound=list(desk.bound.values()),
        **_parts(desk),
    )
    context["crumbs"] = page.crumbs(
        title, (gettext("保険の点検"), cover_url(page, "overview")), (gettext("請求の記録"), cover_url(page, "claims"))
    )
    return render(desk.request, "insurance/claim_case.html", context, status=status)


def _step_form(desk: Desk, name: str) -> Any:
    return desk.form(f"step_{name}", StepForm, initial={"on": clock.today()})


def _parts(desk: Desk) -> dict[str, Any]:
    """The forms of the parts, and what they hold."""
    claim = desk.claim
    got = {f"got_{name}": day for name, day in claim.papers.items() if day != NOT_WANTED}
    unwanted = {f"unwanted_{name}": True for name, day in claim.papers.items() if day == NOT_WANTED}
    papers = desk.form("papers", PapersForm, papers=desk.papers, initial=got | unwanted)
    clauses = [words(clause_of(paper.clause)) for paper in papers_for(desk.notice.place)]
    return {
        "social_form": desk.form(
            "social", SocialForm, initial={"claimed_on": claim.social_on, "none": claim.social_none}
        ),
        "papers_form": papers,
        "paper_rows": [
            (title, told_title, quote, papers[f"got_{name}"], papers[f"unwanted_{name}"])
            for (name, title), (told_title, quote) in zip(desk.papers, clauses, strict=True)
        ],
        "amount_form": desk.form("amount", AmountForm, initial={"on": clock.today()}),
        "amounts": [
            (row.pk, label_of(AmountKind(row.kind)), money(row.yen), row.on, open_claim_text(row, "note", desk.cipher))
            for row in amounts_of(claim)
        ],
        "sums": sums_of(claim),
        "file_form": desk.form("file", PaperFileForm, papers=desk.papers),
        "files": _files(desk),
    }


def _files(desk: Desk) -> list[tuple[UUID, str, str, Any]]:
    titles = dict(desk.papers)
    return [
        (
            row.pk,
            open_claim_text(row, "shown_name", desk.cipher),
            titles.get(row.paper, gettext("そのほか")),
            row.added_at,
        )
        for row in files_of(desk.claim)
    ]
