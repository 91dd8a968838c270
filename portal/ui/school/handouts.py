"""Papers for others than the ministry: insurer, leader, families, missions and hosts, the school's own files.

Not here: what a paper may say (mofa_requests.documents.receivers), the packet in its forms (following, papers).
Two of them hold special-care data: they ask for a reason, which stands in the trip's history, and are kept nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mofa_requests import queries
from mofa_requests.actions.characters import substitutes_frozen, substitutes_of
from mofa_requests.documents.receivers.filing import Filing
from mofa_requests.documents.receivers.health import MOST_COPIES
from mofa_requests.documents.receivers.papers import Beside, PaperKind, build_paper
from mofa_requests.documents.receivers.sealed import SpecialCare
from mofa_requests.documents.substitutes import put_in
from mofa_requests.enums import RequestState
from mofa_requests.models import Revision
from portal.dossier.types import Channel, Dossier, Edition
from portal.kit.choices import LabelledEnum
from portal.kit.pdf import RenderError
from portal.kit.roles import Role
from portal.ui.files_out import pdf_response
from portal.ui.labels import choices_of, label_of
from portal.ui.messages import refuse
from portal.ui.school.doors import STAFF, TripPage, trip_page
from portal.ui.typed import sentence_of
from portal.vault.keyring import cipher_for
from trips.actions.health import open_health

HOLDERS = (Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL, Role.SCHOOL_ESCORT)
SEALED = (PaperKind.INSURER, PaperKind.HEALTH)
RECEIVERS = {
    PaperKind.CARD: _("参加者全員と保護者"),
    PaperKind.CONTACTS_EN: _("在外公館と受入家庭"),
    PaperKind.INSURER: _("保険会社を通じてアシスタンス会社へ"),
    PaperKind.HEALTH: _("引率の責任者"),
    PaperKind.FILING: _("学校の控え"),
}
CONTENTS = {
    PaperKind.CARD: _("電話番号、泊まるところ、現地での電話の掛け方を日本語と英語で載せます。A7判です。"),
    PaperKind.CONTACTS_EN: _("緊急のときの電話番号、宿泊先、便名を英語で載せます。電話番号は国外から掛ける形です。"),
    PaperKind.INSURER: _("日程・行程と、保護者の同意がある人の血液型を載せます。ほかの健康情報は載せません。"),
    PaperKind.HEALTH: _("配慮の必要な人だけを載せます。1部ずつ番号が付き、帰国後に集めて廃棄します。"),
    PaperKind.FILING: _("いつ、どの版を、だれが確認して提出したかと、その後の送付と受領を載せます。"),
}


class Reason(LabelledEnum):
    """Why special-care data is put on paper; it names no person, so it may stand in the history."""

    INSURER = "insurer", "保険会社へ渡すため", "To hand it to the insurer"
    CARRY = "carry", "引率者が旅行に持って行くため", "For the escorts to carry on the trip"
    BRIEFING = "briefing", "事前の打合せで使うため", "For a briefing before the trip"
    REPLACEMENT = "replacement", "内容が変わり、作り直すため", "To replace one that is out of date"


class SealedPaperForm(forms.Form):
    """Why the paper is made, and how many numbered copies."""

    reason = forms.ChoiceField(label=_("作る理由"), choices=lambda: choices_of(Reason))
    copies = forms.IntegerField(label=_("部数"), min_value=1, max_value=MOST_COPIES, initial=1)


@dataclass(frozen=True)
class Offer:
    """One paper as the page offers it; ``url`` is empty while it cannot be made."""

    title: str
    receiver: str
    content: str
    url: str
    is_sealed: bool
    lacking: str = ""


@trip_page(STAFF, purpose="外務省のほかへ渡す書類の一覧")
def handouts(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """Every paper with its receiver and what it holds."""
    offers = [_offer(page, kind) for kind in RECEIVERS]
    context = page.context("preview", offers=offers, crumbs=page.crumbs(gettext("渡す書類")))
    return render(request, "school/handouts.html", context)


def _offer(page: TripPage, kind: PaperKind) -> Offer:
    lacking = ""
    if kind is PaperKind.FILING and not page.request.revision_number:
        lacking = gettext("提出すると作れます。")
    elif kind in SEALED and page.role not in HOLDERS:
        lacking = gettext("計画の作成者、校長、引率者が作れます。")
    name = "sealed_handout" if kind in SEALED else "handout"
    return Offer(
        title=label_of(kind),
        receiver=str(RECEIVERS[kind]),
        content=str(CONTENTS[kind]),
        url="" if lacking else page.url(name, kind=kind.value),
        is_sealed=kind in SEALED,
        lacking=lacking,
    )


@trip_page(STAFF, purpose="外務省のほかへ渡す書類を開く(健康情報のないもの)")
@require_safe
def handout(request: HttpRequest, page: TripPage, kind: str) -> HttpResponseBase:
    """A paper without special-care data, made from the live plan."""
    wanted = _kind(kind, sealed=False)
    beside = Beside(filing=_filing(page)) if wanted is PaperKind.FILING else Beside()
    return _show(request, page, wanted, beside, back="handouts")


@trip_page(HOLDERS, purpose="血液型・健康上の配慮を含む書類を作る", step_up=True)
def sealed_handout(request: HttpRequest, page: TripPage, kind: str) -> HttpResponseBase:
    """Ask for the reason, then make the paper; the reason stands in the history, the paper nowhere."""
    wanted = _kind(kind, sealed=True)
    form = SealedPaperForm(request.POST or None)
    if wanted is not PaperKind.HEALTH:
        del form.fields["copies"]
    if request.method == "POST" and form.is_valid():
        reason = Reason(form.cleaned_data["reason"]).label
        opened = open_health(page.trip, reason=reason, by=page.actor, cipher=cipher_for(page.trip.pk))
        sealed = {key: SpecialCare(**values) for key, values in opened.items()}
        beside = Beside(sealed, copies=form.cleaned_data.get("copies", 1))
        return _show(request, page, wanted, beside, back="handouts")
    title = label_of(wanted)
    context = page.context(
        "preview",
        form=form,
        offer=_offer(page, wanted),
        crumbs=page.crumbs(title, (gettext("渡す書類"), page.url("handouts"))),
    )
    status = 422 if form.errors else 200
    return render(request, "school/sealed_handout.html", context, status=status)


def _kind(kind: str, *, sealed: bool) -> PaperKind:
    known = {each.value: each for each in PaperKind if (each in SEALED) is sealed}
    if kind not in known:
        raise Http404
    return known[kind]


def _show(request: HttpRequest, page: TripPage, kind: PaperKind, beside: Beside, *, back: str) -> HttpResponseBase:
    try:
        paper = build_paper(kind, _dossier(page, kind), beside=beside)
    except RenderError as error:
        refuse(request, sentence_of(error))
        return redirect(page.url(back))
    return pdf_response(paper.pdf, f"{page.trip.trip_no}-{kind.value}.pdf")


def _dossier(page: TripPage, kind: PaperKind) -> Dossier:
    """The live plan as it prints; the receipt of a filing speaks of the revision that was filed."""
    if kind is PaperKind.FILING:
        revision = _revision(page)
        return put_in(queries.open_dossier(revision), substitutes_frozen(revision))
    return put_in(queries.gather_dossier(page.trip), substitutes_of(page.trip))


def _revision(page: TripPage) -> Revision:
    if not page.request.revision_number:
        raise Http404
    return queries.revision_of(page.request)


def _filing(page: TripPage) -> Filing:
    revision, request = _revision(page), page.request
    letter, dispatch, receipt = queries.letter_of(revision), queries.dispatch_of(request), queries.receipt_of(request)
    desk = request.endorser_org or request.forwarder_org
    sent = request.state in (RequestState.FORWARDED.value, RequestState.ACKNOWLEDGED.value)
    return Filing(
        revision=revision.number,
        submitted_at=revision.submitted_at,
        attested_by=revision.attested_by_title,
        edition=Edition(revision.edition).label,
        sha256=revision.sha256,
        authority=str(desk) if desk else "",
        letter_number=letter.number if letter and sent else "",
        forwarded_on=dispatch.sent_on if dispatch else None,
        channel=Channel(dispatch.channel).label if dispatch else "",
        received_on=receipt.received_on if receipt else None,
    )
