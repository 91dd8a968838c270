"""A3: 別添三「当方へ必ず連絡していただきたい点」, items 1 to 7 with every sub-item. The second digit is the item.

Not here: what only 別添一 asks for (annex1_contacts), whether the entries agree with each other (trips.rules).
"""

from mofa_requests.rules.annex3_must_report import companies, itinerary, lodging, roster, school
from mofa_requests.rules.annex3_must_report.chapter import BOOK

__all__ = ["BOOK", "companies", "itinerary", "lodging", "roster", "school"]
