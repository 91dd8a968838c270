"""Marks in our HTML that only the finished layout can fill: page counts and page numbers.

Comments, because escaped text of a user can never form one. Not here: when they are filled (layout).
"""

NUMBER = "<!--n-->"
TOTAL = "<!--m-->"
PART = "<!--part-->"
CUT = "<!--cut-->"
COUNT_PREFIX = "<!--pages:"
COUNT_OF_ALL = f"{COUNT_PREFIX}*-->"


def count_of(key: str) -> str:
    """The mark that becomes the number of pages of the part ``key``."""
    return f"{COUNT_PREFIX}{key}-->"


def fill_counts(body: str, counts: dict[str, int]) -> str:
    """``body`` with the number of pages of each part, and of all, in place of their marks."""
    for key, count in counts.items():
        body = body.replace(count_of(key), str(count))
    return body.replace(COUNT_OF_ALL, str(sum(counts.values())))


def without_numbers(running: str) -> str:
    """Running lines with a gap where each page has something of its own: number, total, part."""
    for mark in (NUMBER, TOTAL, PART):
        running = running.replace(mark, "<wbr>")
    return running
