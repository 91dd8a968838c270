"""What insurance keeps: a plan's contracts, and the list of insurers and products that JCSOS keeps. No writes here."""

from insurance.models.listed import ListedFirm, ListedProduct
from insurance.models.plan import HandoverSheet, OptOut, Policy

__all__ = ["HandoverSheet", "ListedFirm", "ListedProduct", "OptOut", "Policy"]
