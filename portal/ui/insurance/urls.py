"""The catalogue of published cover and the calculator without a trip."""

from __future__ import annotations

from django.urls import path

from portal.ui.insurance import calculator, catalogue

app_name = "insurance"
urlpatterns = [
    path("", catalogue.catalogue, name="catalogue"),
    path("calculator/", calculator.alone, name="calculator"),
    path("<slug:code>/", catalogue.one_product, name="product"),
]
