"""The chapter A2: 別添二, the points of taking out travel insurance; the last two digits are domain I1 to I12.

Not here: whether the insurer's address is given (別添三 六, mofa_requests.rules), named accidents (scenarios).
"""

from insurance.rules import amounts, people
from insurance.rules.chapter import BOOK

__all__ = ["BOOK", "amounts", "people"]
