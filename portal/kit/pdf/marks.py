"""Marks in our HTML that only the finished layout can fill: page counts and page numbers.

Comments, because escaped text of a user can never form one. Not here: filling them (layout).
"""

NUMBER = "<!--n-->"
TOTAL = "<!--m-->"
PART = "<!--part-->"
COUNT_PREFIX = "<!--pages:"
COUNT_OF_ALL = f"{COUNT_PREFIX}*-->"


def count_of(key: str) -> str:
    """The mark that becomes the number of pages of the part ``key``."""
    return f"{COUNT_PREFIX}{key}-->"
