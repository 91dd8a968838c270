"""What insurance keeps: a plan's contracts and papers, claims, and the list of firms. No writes here; see actions."""

from insurance.models.claims import Claim, ClaimAmount, ClaimFile
from insurance.models.listed import ListedFirm, ListedProduct
from insurance.models.papers import HandoverRecord, OptOutPaper
from insurance.models.plan import HandoverSheet, OptOut, Policy

__all__ = [
    "Claim",
    "ClaimAmount",
    "ClaimFile",
    "HandoverRecord",
    "HandoverSheet",
    "ListedFirm",
    "ListedProduct",
    "OptOut",
    "OptOutPaper",
    "Policy",
]
