"""Roster files: what a school sends becomes rows that are kept, refused or skipped, each with its reason.

Pure: no database and no Django. Not here: storing participants (trips.actions), sealing health data (portal.vault).
"""
