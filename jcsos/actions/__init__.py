"""Writes of JCSOS's work, each with its audit event in one transaction."""

from jcsos.actions.membership import join, leave, note_view, set_consent

__all__ = ["join", "leave", "note_view", "set_consent"]
