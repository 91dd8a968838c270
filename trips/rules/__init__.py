"""The cross-consistency chapter CO: do the entries of one plan agree with each other?

Not here: whether an entry is there at all (mofa_requests.rules), how good the cover is (insurance.rules).
"""

from trips.rules import beds, carriage, contacts, days, papers, party
from trips.rules.chapter import BOOK

__all__ = ["BOOK", "beds", "carriage", "contacts", "days", "papers", "party"]
