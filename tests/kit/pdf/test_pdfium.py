"""Two threads of one web process read and draw the same file at the same time, and both get all of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from portal.kit.pdf.fax import fax_file
from portal.kit.pdf.reading import page_texts
from tests.kit.pdf import sealing


def test_threads_take_turns() -> None:
    packet = sealing.unsigned_packet()
    with ThreadPoolExecutor(4) as threads:
        faxes = [threads.submit(fax_file, packet) for _ in range(4)]
        texts = [threads.submit(page_texts, packet) for _ in range(4)]
    assert {each.result() for each in faxes} == {fax_file(packet)}
    assert [each.result() for each in texts] == [page_texts(packet)] * 4
