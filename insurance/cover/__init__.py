"""What one or more covers pay for one event, a line a cost, each with the clause that decides. Pure, whole yen.

Not here: the terms (catalogue), grave accidents of a whole party (stress).
"""
