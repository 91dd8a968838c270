"""The authority's desk: inbox, check, remarks, decisions, sending, schools. Not here: the steps (mofa_requests)."""
