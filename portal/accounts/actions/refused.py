"""The one exception of these actions. Not here: answers to requests stopped at the door (gates)."""

from __future__ import annotations


class Refused(Exception):
    """Not done, and why: the message is for the person, and says how to mend it."""
