"""The chapter A2: 別添二, the points of taking out travel insurance.

Not here: whether the insurer's address is given (別添三 六, mofa_requests.rules), named accidents (scenarios).
"""
