"""The catalogue: published cover with every figure and the words it rests on. Not here: a trip's own contracts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from insurance.catalogue.load import products
from insurance.catalogue.types import BenefitTerm, Cap, Clause, Product
from insurance.enums import Circumstance
from portal.accounts.access import members
from portal.ui.insurance.doors import READERS
from portal.ui.insurance.words import limit_words, money, told
from portal.ui.labels import label_of


@dataclass(frozen=True)
class Quoted:
    """A title with the words it rests on."""

    title: str
    quote: str


@dataclass(frozen=True)
class BenefitRow:
    kind: str
    limit: str
    deductible: str
    conditions: list[str]
    clauses: list[Quoted]


@dataclass(frozen=True)
class Row:
    """A line of a smaller table: what, and the words behind it."""

    cells: list[str]
    clause: Quoted


@members(READERS, purpose="公表されている保険の一覧")
def catalogue(request: HttpRequest) -> HttpResponseBase:
    """Every published product."""
    shown = [
        (
            told(each.title, each.english),
            told(each.source_title, each.source_english),
            reverse("insurance:product", kwargs={"code": each.code}),
            each.quoted,
        )
        for each in products().values()
    ]
    crumbs = [(gettext("公表されている保険"), "")]
    return render(request, "insurance/catalogue.html", {"products": shown, "crumbs": crumbs})


@members(READERS, purpose="公表されている保険の内容")
def one_product(request: HttpRequest, code: str) -> HttpResponseBase:
    """Everything that the page of a product says, each line with its words."""
    found = products().get(code)
    if found is None:
        raise Http404
    title = told(found.title, found.english)
    context = {
        "product": found,
        "title": title,
        "source": told(found.source_title, found.source_english),
        "edition": told(found.edition, found.edition_english),
        "outline": [_quoted(clause) for key, clause in found.clauses.items() if key[0] == "O"],
        "benefits": [_benefit(found, benefit) for benefit in found.terms.benefits],
        "degrees": _degrees(found),
        "exclusions": list(_exclusions(found)),
        "time_rules": [_quoted(found.clause(key)) for key in _TIME_RULES if key in found.clauses],
        "numbers": [
            Row([label_of(row.season), str(row.year), row.number], _quoted(found.clause(row.clause)))
            for row in found.numbers
        ],
        "periods": [
            Row([label_of(row.season), label_of(row.status)], _quoted(found.clause(row.clause)))
            for row in found.periods
        ],
        "steps": list(_steps(found)),
        "contacts": [
            Row([told(row.title, row.english), row.phone, row.zone], _quoted(found.clause(row.clause)))
            for row in found.contacts
        ],
        "crumbs": [(gettext("公表されている保険"), reverse("insurance:catalogue")), (title, "")],
    }
    return render(request, "insurance/product.html", context)


_TIME_RULES = ("P1", "P6", "I1", "H1", "H2", "H3", "H4")


def _quoted(clause: Clause) -> Quoted:
    return Quoted(told(clause.title, clause.english), clause.quote)


def _benefit(found: Product, benefit: BenefitTerm) -> BenefitRow:
    codes = dict.fromkeys(
        [
            benefit.clause,
            *(cap.clause for cap in benefit.caps),
            benefit.after_clause,
            benefit.infection_clause,
            *(found.terms.triggers.values() if benefit.line.value == "rescue" else ()),
        ]
    )
    limit = limit_words(benefit.limit, unlimited=benefit.unlimited)
    if benefit.least is not None and benefit.limit is not None:
        limit = gettext("%(least)s〜%(most)s") % {"least": money(benefit.least), "most": money(benefit.limit)}
    return BenefitRow(
        label_of(benefit.line),
        limit,
        money(benefit.deductible) if benefit.deductible else "",
        [words for words in _conditions(benefit) if words],
        [_quoted(found.clause(code)) for code in codes if code],
    )


def _conditions(benefit: BenefitTerm) -> Iterator[str]:
    if benefit.window_days:
        yield gettext("%(days)d日以内(事故の日または初診の日を1日目と数えます)") % {"days": benefit.window_days}
    if benefit.after_hours:
        yield gettext("終了から%(hours)d時間以内の治療") % {"hours": benefit.after_hours}
    if benefit.after_days:
        yield gettext("終了日を1日目と数えて%(days)d日以内") % {"days": benefit.after_days}
    if benefit.hospital_days:
        yield gettext("続けて%(days)d日以上の入院") % {"days": benefit.hospital_days}
    if benefit.least_percent:
        yield gettext("程度により%(least)d〜%(most)d%%") % {
            "least": benefit.least_percent,
            "most": benefit.most_percent,
        }
    yield from (_cap_words(cap) for cap in benefit.caps)


def _cap_words(cap: Cap) -> str:
    items = "・".join(label_of(item) for item in cap.items)
    if cap.lost:
        return gettext("%(items)s: 上限額は写しから失われていて不明") % {"items": items}
    if cap.limit is not None and not cap.sure:
        return gettext("合わせて%(limit)sまで(どの費用に掛かるかは写しから失われていて不明)") % {
            "limit": money(cap.limit)
        }
    if cap.limit is not None:
        return gettext("%(items)s: %(limit)sまで") % {"items": items, "limit": money(cap.limit)}
    if cap.nights is not None:
        return gettext("%(items)s: %(persons)d人まで、1人%(nights)d泊まで") % {
            "items": items,
            "persons": cap.persons or 0,
            "nights": cap.nights,
        }
    return gettext("%(items)s: %(persons)d人まで") % {"items": items, "persons": cap.persons or 0}


def _degrees(found: Product) -> list[tuple[str, str]]:
    """What each degree of impediment comes to; which injury has which degree the page does not say."""
    benefit = next((each for each in found.terms.benefits if each.line.value == "impediment"), None)
    if benefit is None or benefit.limit is None:
        return []
    limit = benefit.limit
    steps = [benefit.least_percent, *range(5, 100, 5), benefit.most_percent]
    return [(f"{percent}%", money(limit * percent // 100)) for percent in dict.fromkeys(steps)]


def _exclusions(found: Product) -> Iterator[Row]:
    terms = found.terms
    for each in terms.exclusions:
        lines = "・".join(label_of(line) for line in each.lines)
        yield Row([label_of(Circumstance(each.circumstance)), lines], _quoted(found.clause(each.clause)))
    for line, code in terms.duty.items():
        yield Row([gettext("公務中"), label_of(line)], _quoted(found.clause(code)))
    for line, code in terms.not_covered.items():
        yield Row([gettext("補償しない"), label_of(line)], _quoted(found.clause(code)))


def _steps(found: Product) -> Iterator[Row]:
    places = {"japan": gettext("日本で"), "abroad": gettext("国外で"), "both": gettext("どこでも")}
    for step in found.claims.steps if found.claims else ():
        yield Row([places[step.where]], _quoted(found.clause(step.clause)))
