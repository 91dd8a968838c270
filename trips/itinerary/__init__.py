"""Itinerary files: what a travel agent sends becomes legs, visits and stays, every row with its verdict.

Pure: no database and no Django. Not here: opening the file (trips.roster.launch), storing the plan (trips.actions).
"""
