"""Deadlines in people's own calendars: the page of the secret address, and the feed behind it.

Not here: the dates (mofa_requests.due_dates), whose address it is (mofa_requests.feeds).
"""
