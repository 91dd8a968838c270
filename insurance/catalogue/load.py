"""Reads the catalogue's files once. Not here: the shape (types)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

from insurance.catalogue.types import Product
from portal.kit.text import Refused

_FOLDER = Path(__file__).parent


@cache
def products() -> Mapping[str, Product]:
    """Every published product by its code."""
    found = (Product.model_validate(yaml.safe_load(path.read_text("utf-8"))) for path in sorted(_FOLDER.glob("*.yaml")))
    return MappingProxyType({product.code: product for product in found})


def product(code: str) -> Product:
    """The product of that code; raises :class:`Refused` naming those there are."""
    try:
        return products()[code]
    except KeyError:
        listed = "、".join(each.title for each in products().values())
        raise Refused(
            f"「{code}」という保険は一覧にありません。ある保険: {listed}",
            f"There is no product {code} in the catalogue",
        ) from None
