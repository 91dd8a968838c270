"""Every column of a tenant table has a class, and the class is kept: what is P3 or P4 rests sealed."""

from __future__ import annotations

import pytest
from django.db import models

from portal.dossier.pointers import properties
from portal.dossier.types import Dossier, Part
from portal.vault.models import SealedField
from portal.vault.registry.classes import TREATMENTS, DataClass
from portal.vault.registry.entries import everywhere, table_of, tables
from portal.vault.registry.page import fields_page
from tests.tenancy.ground import tenant_models

MODELS = [pytest.param(model, id=model._meta.label) for model in tenant_models()]
STRICTER = {DataClass.P1: 0, DataClass.P2S: 1, DataClass.P2: 2, DataClass.P3: 3, DataClass.P4: 4}


def test_every_tenant_table_is_declared() -> None:
    labels, known = {model._meta.label for model in tenant_models()}, {table.label for table in tables()}
    assert not labels - known, "add the table to portal/vault/registry/fields.yaml, then run `make docs`"


@pytest.mark.parametrize("model", MODELS)
def test_every_column_is_declared_once(model: type[models.Model]) -> None:
    declared = set(table_of(model._meta.label).fields)
    columns = {field.name for field in model._meta.concrete_fields}
    missing = columns - declared - set(everywhere())
    assert not missing, f"{sorted(missing)}: give each a class in portal/vault/registry/fields.yaml"
    assert not declared - columns, f"{sorted(declared - columns)}: no such column of {model._meta.label}"


@pytest.mark.parametrize("model", MODELS)
def test_what_is_sealed_has_the_class_it_says_and_nothing_else_needs_a_seal(model: type[models.Model]) -> None:
    for field in model._meta.concrete_fields:
        how = table_of(model._meta.label).treatment(field.name)
        assert how.sealed == isinstance(field, SealedField), (model._meta.label, field.name)
        if isinstance(field, SealedField):
            assert how is TREATMENTS[DataClass(field.data_class)], (model._meta.label, field.name)


def test_a_column_is_at_least_as_protected_as_its_property_of_the_plan() -> None:
    compared = 0
    for model in tenant_models():
        for name, cls in table_of(model._meta.label).fields.items():
            if (prop := _part(model).get(name)) is not None:
                compared += 1
                assert STRICTER[cls] >= STRICTER[DataClass(prop.cls)], (model._meta.label, name)
    assert compared > 150


def _part(model: type[models.Model]) -> dict:  # type: ignore[type-arg]
    """The properties of the dossier's part that a table mirrors, by the name in its docstring."""
    whole = properties(Dossier)
    words = (model.__doc__ or "").split("``")
    part: type[Part] | None = whole[words[1]].part if words[0] == "Dossier " and words[1] in whole else None
    return dict(properties(part)) if part else {}


def test_the_page_shows_every_table_and_class() -> None:
    page = fields_page()
    assert all(f"`{table.label}`" in page for table in tables())
    assert all(f"| {cls} |" in page for cls in DataClass)


def test_an_undeclared_table_or_column_is_an_error() -> None:
    with pytest.raises(LookupError):
        table_of("trips.Nothing")
    with pytest.raises(KeyError):
        table_of("trips.Trip").treatment("nothing")
