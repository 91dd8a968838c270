"""Nobody reads what is not theirs: every route, method and hand, against real objects of own, near and far tenants."""

from __future__ import annotations

import pytest

from tests.access.lands import Lands
from tests.access.matrix import CALLERS, Matrix, cells
import time

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("access")]


@pytest.mark.parametrize("caller", CALLERS)
def test_each_caller_reads_what_is_theirs_and_nothing_else(lands: Lands, caller: str) -> None:
    matrix = Matrix(lands)
    faults = []
    n=0;t=time.time(); slow={}
    for cell in cells(caller):
        if cell.method!='GET' and cell.number%10: continue
        t0=time.time()
        f= matrix.fault(cell); n+=1
        slow[str(cell)]=time.time()-t0
        if f: faults.append(f)
    print(caller,n,time.time()-t)
    for k,v in sorted(slow.items(),key=lambda x:-x[1])[:6]: print('   ',round(v,2),k)
    for f in faults: print('  FAULT',f)
