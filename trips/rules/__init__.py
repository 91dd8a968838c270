"""The cross-consistency chapter CO: do the entries of one plan agree with each other?

Not here: whether an entry is there at all (mofa_requests.rules), how good the cover is (insurance.rules).
"""
