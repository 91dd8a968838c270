"""The list of insurers, assistance companies and products: read by everybody, kept by JCSOS, each line with its source.

Not here: the published policies word by word (catalogue), the queue of lines that want a look (portal.ui.jcsos).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from insurance import queries
from insurance.actions.listed import list_firm, list_product, retire_listed, verify_listed
from insurance.enums import FirmKind
from insurance.models import ListedFirm, ListedProduct
from portal.accounts.access import members
from portal.accounts.acting import actor_at
from portal.dossier.types import Benefit
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Role
from portal.ui.insurance.doors import READERS
from portal.ui.insurance.listed_forms import DayForm, FirmForm, ProductForm
from portal.ui.insurance.words import limit_words, told
from portal.ui.labels import label_of
from portal.ui.messages import announce
from portal.ui.places import country_name
from portal.ui.typed import sentence_of

LISTERS = (Role.JCSOS_MEMBERS, Role.JCSOS_NEWS)
"""Who keeps the list."""


@dataclass(frozen=True)
class Line:
    """One entry in the language of the page; ``cells`` are what is said of it beside its name."""

    entry: ListedFirm | ListedProduct
    name: str
    url: str
    cells: list[tuple[str, str]]


@members(READERS, purpose="保険会社・アシスタンス会社・商品の一覧")
def listed(request: HttpRequest) -> HttpResponseBase:
    """What holds today."""
    today = clock.today()
    firms = queries.firms_on(today)
    context = {
        "insurers": [_firm_line(firm) for firm in firms if firm.kind == FirmKind.INSURER.value],
        "helpers": [_firm_line(firm) for firm in firms if firm.kind == FirmKind.ASSISTANCE.value],
        "products": [product_line(product, firms) for product in queries.products_on(today)],
        "may_keep": _may_keep(request),
        "crumbs": [*_way(), (gettext("保険会社などの一覧"), "")],
    }
    return render(request, "insurance/listed.html", context)


@members(READERS, purpose="一覧の一社の記載と履歴")
def firm(request: HttpRequest, subject: UUID) -> HttpResponseBase:
    """Every entry of one firm; JCSOS verifies, renews and retires the newest."""
    return _entry_page(request, queries.firm_history(subject), _firm_line, "insurance:firm_change")


@members(READERS, purpose="一覧の一商品の記載と履歴")
def listed_product(request: HttpRequest, subject: UUID) -> HttpResponseBase:
    """Every entry of one product."""
    firms = queries.firms_on(clock.today())
    rows = queries.product_history(subject)
    return _entry_page(request, rows, lambda row: product_line(row, firms), "insurance:product_change")


@members(LISTERS, purpose="保険会社・アシスタンス会社を一覧に載せる")
def new_firm(request: HttpRequest) -> HttpResponseBase:
    return _firm_form(request, None)


@members(LISTERS, purpose="保険会社・アシスタンス会社の記載を新しくする")
def change_firm(request: HttpRequest, subject: UUID) -> HttpResponseBase:
    rows = queries.firm_history(subject)
    if not rows:
        raise Http404
    return _firm_form(request, rows[0])


@members(LISTERS, purpose="保険の商品を一覧に載せる")
def new_product(request: HttpRequest) -> HttpResponseBase:
    return _product_form(request, None)


@members(LISTERS, purpose="保険の商品の記載を新しくする")
def change_product(request: HttpRequest, subject: UUID) -> HttpResponseBase:
    rows = queries.product_history(subject)
    if not rows:
        raise Http404
    return _product_form(request, rows[0])


@members(LISTERS, purpose="一覧の記載を確かめた日を記録する、終わりにする")
def settle(request: HttpRequest, entry_id: UUID) -> HttpResponseBase:
    """POST: the entry was verified (``act=verify``) or holds no more (``act=retire``)."""
    entry = _entry(entry_id)
    url = _url(entry)
    form = DayForm(request.POST)
    acts: dict[str, Callable[..., None]] = {"verify": verify_listed, "retire": retire_listed}
    act = acts.get(request.POST.get("act", ""))
    if request.method != "POST" or act is None:
        return redirect(url)
    if form.is_valid():
        try:
            act(entry, on=form.cleaned_data["on"], by=actor_at(request))
        except Refused as refused:
            form.add_error("on", sentence_of(refused))
        else:
            announce(request, gettext("記録しました。"))
            return redirect(url)
    if isinstance(entry, ListedFirm):
        rows: Any = queries.firm_history(entry.subject)
        return _entry_page(request, rows, _firm_line, "insurance:firm_change", form=form)
    firms = queries.firms_on(clock.today())
    rows = queries.product_history(entry.subject)
    return _entry_page(request, rows, lambda row: product_line(row, firms), "insurance:product_change", form=form)


def _entry(entry_id: UUID) -> ListedFirm | ListedProduct:
    for model in (ListedFirm, ListedProduct):
        found = model.objects.filter(pk=entry_id).first()
        if found is not None:
            return found  # type: ignore[return-value]
    raise Http404


def _entry_page(
    request: HttpRequest, rows: list[Any], line: Callable[[Any], Line], change: str, *, form: DayForm | None = None
) -> HttpResponse:
    if not rows:
        raise Http404
    newest = rows[0]
    context = {
        "lines": [line(row) for row in rows],
        "newest": newest,
        "form": form or DayForm(initial={"on": clock.today()}),
        "may_keep": _may_keep(request) and newest.org_id == request.membership.org_id,  # type: ignore[attr-defined]
        "change_url": reverse(change, args=[newest.subject]),
        "settle_url": reverse("insurance:settle", args=[newest.pk]),
        "today": clock.today(),
        "heading": told(newest.name, newest.english_name or newest.name),
        "crumbs": [*_way(), (gettext("保険会社などの一覧"), reverse("insurance:listed")), (newest.name, "")],
    }
    return render(request, "insurance/listed_entry.html", context, status=422 if form else 200)


def _firm_form(request: HttpRequest, known: ListedFirm | None) -> HttpResponseBase:
    initial = {"valid_from": clock.today(), "kind": "insurer", "zone": "Asia/Tokyo"} if known is None else _said(known)
    form = FirmForm(request.POST if request.method == "POST" else None, initial=initial)
    return _keep(
        request,
        form,
        lambda by: list_firm(form.firm, by=by, subject=known.subject if known else None),
        gettext("会社を載せる") if known is None else gettext("記載を新しくする"),
    )


def _product_form(request: HttpRequest, known: ListedProduct | None) -> HttpResponseBase:
    firms = queries.firms_on(clock.today())
    initial = {"valid_from": clock.today()} if known is None else _offered(known)
    form = ProductForm(request.POST if request.method == "POST" else None, firms=firms, initial=initial)
    return _keep(
        request,
        form,
        lambda by: list_product(form.offer, by=by, subject=known.subject if known else None),
        gettext("商品を載せる") if known is None else gettext("記載を新しくする"),
    )


def _keep(request: HttpRequest, form: forms.Form, act: Callable[[Any], Any], heading: str) -> HttpResponseBase:
    if request.method == "POST" and form.is_valid():
        try:
            entry = act(actor_at(request))
        except Refused as refused:
            form.add_error(None, sentence_of(refused))
        else:
            announce(request, gettext("一覧に載せました。確かめた日は、確かめてから記録してください。"))
            return redirect(_url(entry))
    crumbs = [*_way(), (gettext("保険会社などの一覧"), reverse("insurance:listed")), (heading, "")]
    context = {"form": form, "heading": heading, "crumbs": crumbs, "back": reverse("insurance:listed")}
    return render(request, "insurance/listed_edit.html", context, status=422 if form.errors else 200)


def _url(entry: ListedFirm | ListedProduct) -> str:
    name = "insurance:firm" if isinstance(entry, ListedFirm) else "insurance:listed_product"
    return reverse(name, args=[entry.subject])


def _said(firm: ListedFirm) -> dict[str, Any]:
    names = ("name", "english_name", "source", "kind", "address", "phone", "hours", "zone", "strong_in")
    return {name: getattr(firm, name) for name in names} | {"valid_from": clock.today()}


def _offered(product: ListedProduct) -> dict[str, Any]:
    names = ("name", "english_name", "source", "holder", "number", "exclusions")
    said = {name: getattr(product, name) for name in names} | {"valid_from": clock.today()}
    said |= {"insurer": str(product.insurer), "assistance": str(product.assistance or "")}
    for benefit in _benefits(product):
        said[f"limit_{benefit.kind.value}"] = benefit.limit
        said[f"unlimited_{benefit.kind.value}"] = benefit.unlimited
    return said


def _benefits(product: ListedProduct) -> list[Benefit]:
    return [Benefit.model_validate(each) for each in product.benefits]


def _firm_line(firm: ListedFirm) -> Line:
    hours = " ".join(part for part in (firm.hours, firm.zone) if part)
    cells = [
        (gettext("電話番号"), firm.phone),
        (gettext("受付時間"), hours),
        (gettext("住所"), firm.address),
    ]
    if firm.kind == FirmKind.ASSISTANCE.value:
        strong = "、".join(country_name(code) for code in firm.strong_in)
        cells.append((gettext("強い国・地域"), strong))
    return Line(firm, told(firm.name, firm.english_name or firm.name), _url(firm), cells)


def product_line(product: ListedProduct, firms: list[ListedFirm]) -> Line:
    """A product with the names of its firms, its limits and what else is said of it."""
    names = {each.subject: told(each.name, each.english_name or each.name) for each in firms}
    told_of = ((gettext("団体契約の契約者"), product.holder), (gettext("団体契約の証券番号"), product.number))
    group = [(label, text) for label, text in told_of if text]
    limits = [(label_of(each.kind), limit_words(each.limit, unlimited=each.unlimited)) for each in _benefits(product)]
    cells = [
        (gettext("保険会社"), names.get(product.insurer, "")),
        (gettext("アシスタンス会社"), names.get(product.assistance, "") if product.assistance else ""),
        *group,
        *limits,
        (gettext("支払われない場合"), product.exclusions),
    ]
    return Line(product, told(product.name, product.english_name or product.name), _url(product), cells)


def _may_keep(request: HttpRequest) -> bool:
    return request.membership.role_kind in LISTERS  # type: ignore[attr-defined]


def _way() -> list[tuple[str, str]]:
    return [(gettext("公表されている保険"), reverse("insurance:catalogue"))]
