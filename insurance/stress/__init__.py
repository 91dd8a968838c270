"""What a grave accident costs and who pays it: pure arithmetic in whole yen, rescue eating treatment.

Not here: single claims by the clauses of one policy (cover), judging limits (rules), pictures and pages (portal.ui).
"""
