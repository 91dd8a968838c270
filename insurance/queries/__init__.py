"""What insurance keeps, read for screens and actions: the list of firms, claims, papers. No writes."""

from insurance.queries.claims import (
    NOT_WANTED,
    STORY_COLUMNS,
    ClaimRow,
    amounts_of,
    claims_of,
    files_of,
    get_claim,
    notice_of,
    open_claim_text,
    reckoning_of,
    story_of,
)
from insurance.queries.listed import (
    STALE_AFTER,
    firm_history,
    firms_on,
    product_history,
    products_on,
    stale_firms,
    stale_products,
)
from insurance.queries.papers import handovers_of, opt_out_paper, opt_out_papers_of

__all__ = [
    "NOT_WANTED",
    "STALE_AFTER",
    "STORY_COLUMNS",
    "ClaimRow",
    "amounts_of",
    "claims_of",
    "files_of",
    "firm_history",
    "firms_on",
    "get_claim",
    "handovers_of",
    "notice_of",
    "open_claim_text",
    "opt_out_paper",
    "opt_out_papers_of",
    "product_history",
    "products_on",
    "reckoning_of",
    "stale_firms",
    "stale_products",
    "story_of",
]
