"""The catalogue of published cover, the list that JCSOS keeps, and the calculator without a trip."""

from __future__ import annotations

from django.urls import path

from portal.ui.insurance import calculator, catalogue, listed

app_name = "insurance"
urlpatterns = [
    path("", catalogue.catalogue, name="catalogue"),
    path("calculator/", calculator.alone, name="calculator"),
    path("list/", listed.listed, name="listed"),
    path("list/firms/new/", listed.new_firm, name="firm_new"),
    path("list/firms/<uuid:subject>/", listed.firm, name="firm"),
    path("list/firms/<uuid:subject>/change/", listed.change_firm, name="firm_change"),
    path("list/products/new/", listed.new_product, name="product_new"),
    path("list/products/<uuid:subject>/", listed.listed_product, name="listed_product"),
    path("list/products/<uuid:subject>/change/", listed.change_product, name="product_change"),
    path("list/entries/<uuid:entry_id>/settle/", listed.settle, name="settle"),
    path("<slug:code>/", catalogue.one_product, name="product"),
]
