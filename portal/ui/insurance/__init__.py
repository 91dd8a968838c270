"""The screens of insurance: a trip's cover and its gaps, the stress test, the catalogue, the calculator.

Not here: arithmetic and terms (insurance), the form of the policies (portal.ui.school).
"""
