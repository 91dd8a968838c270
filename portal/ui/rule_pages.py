"""The rulebook to read: all rules by chapter, and one rule with the sentences of the notices it stands on."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from mofa_requests.rules import BOOK
from portal.accounts.access import public
from portal.dossier.types import Edition
from portal.ui.labels import label_of


@public("規則の一覧")
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule, by chapter."""
    crumbs = [(gettext("規則一覧"), "")]
    return render(request, "rules/list.html", {"chapters": BOOK.chapters, "count": len(BOOK.rules), "crumbs": crumbs})


@public("規則の説明")
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule: what it asks, on which words it stands, how heavy it weighs under each edition."""
    try:
        found = BOOK.get(code)
    except LookupError:
        raise Http404 from None
    weights = [(label_of(Edition(edition)), label_of(severity)) for edition, severity in found.severities.items()]
    crumbs = [(gettext("規則一覧"), reverse("ui:rules")), (found.code, "")]
    return render(request, "rules/one.html", {"rule": found, "weights": weights, "crumbs": crumbs})
