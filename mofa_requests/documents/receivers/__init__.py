"""Papers for others than the ministry, each with its own list of fields: no other value may stand on it.

Not here: the packet (mofa_requests.documents.packet), who may open a paper (portal.ui). Start at papers.build_paper.
"""
