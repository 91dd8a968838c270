"""The machine interface /api/v1/: the same queries, actions and doors as the screens. Not here: issuing tokens."""
