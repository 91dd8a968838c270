"""Published cover as dated data with the words it rests on: policies, numbers, periods, terms, claims, contacts.

Not here: a trip's own contracts (models), judging events (cover).
"""
