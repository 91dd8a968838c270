"""The authority's page for its own approval rules. Not here: which version counts when (mofa_requests.board_rules)."""
