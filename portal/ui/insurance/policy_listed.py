"""A contract begun from the list that JCSOS keeps: names, telephones and limits are copied, days and number are typed.

Not here: the list itself (listed), adding a contract to a plan (policies).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from insurance.models import ListedFirm, ListedProduct
from insurance.queries import firms_on, products_on
from portal.dossier.types import Assistance, Benefit, Policy
from portal.kit import clock
from portal.kit.machine import Refused
from portal.ui.insurance.doors import cover_context
from portal.ui.insurance.listed import product_line
from portal.ui.insurance.policies import add_policy, next_key
from portal.ui.messages import announce, refuse
from portal.ui.school.doors import DRAFTERS, TripPage, trip_page
from portal.ui.school.standing import look_at
from portal.ui.typed import sentence_of
from trips.enums import Section


class ChosenForm(forms.Form):
    """Which product."""

    product = forms.UUIDField()


@trip_page(DRAFTERS, purpose="一覧の商品から契約を写す")
def policy_listed(request: HttpRequest, page: TripPage) -> HttpResponseBase:
    """GET lists the products of today, POST copies one into the plan."""
    firms, products = firms_on(clock.today()), products_on(clock.today())
    standing = look_at(page)
    if request.method == "POST":
        form = ChosenForm(request.POST)
        chosen = next((p for p in products if form.is_valid() and p.subject == form.cleaned_data["product"]), None)
        try:
            add_policy(standing, _policy(chosen, firms, key=next_key(standing.dossier)))
        except Refused as refused:
            refuse(request, sentence_of(refused))
        else:
            announce(request, gettext("契約を1件写しました。証券番号と保険期間を書き、証券と見比べてください。"))
            return redirect(standing.section_url(Section.INSURANCE))
    lines = [product_line(product, firms) for product in products]
    heading = gettext("一覧の商品から写す")
    context = cover_context(page, "import", heading, lines=lines, heading=heading)
    return render(request, "insurance/policy_listed.html", context, status=409 if request.method == "POST" else 200)


def _policy(product: ListedProduct | None, firms: list[ListedFirm], *, key: str) -> Policy:
    if product is None:
        raise Refused(
            "選んだ商品は、いまの一覧にありません。もう一度選んでください",
            "The product is not in the list; choose again",
        )
    known: dict[UUID | None, ListedFirm] = {firm.subject: firm for firm in firms}
    insurer, helper = known.get(product.insurer), known.get(product.assistance)
    return Policy(
        key=key,
        product=product.name,
        number=product.number or None,
        exclusions=product.exclusions or None,
        benefits=tuple(Benefit.model_validate(each) for each in product.benefits),
        assistance=Assistance(**_helper(helper)) if helper else Assistance(),
        **_insurer(insurer),
    )


def _insurer(firm: ListedFirm | None) -> dict[str, Any]:
    if firm is None:
        return {}
    return {"insurer": firm.name, "phone": firm.phone or None, "address": firm.address or None}


def _helper(firm: ListedFirm) -> dict[str, Any]:
    return {
        "company": firm.name,
        "phone": firm.phone or None,
        "strong_in": tuple(firm.strong_in),
        "strength_source": firm.source[:200] if firm.strong_in else None,
    }
