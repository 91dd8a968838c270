"""A1: 別添一「緊急連絡体制について」, parts 1 to 3, beyond what 別添三 already asks for (those rules cite both).

Not here: the school, home contacts, hotels and companies' addresses (annex3), agreement of entries (trips.rules).
"""

from mofa_requests.rules.annex1_contacts import agents, conduct, knowledge, ministry, party
from mofa_requests.rules.annex1_contacts.chapter import BOOK

__all__ = ["BOOK", "agents", "conduct", "knowledge", "ministry", "party"]
