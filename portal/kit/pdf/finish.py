"""The last step of every document: archive form, its data inside, a manifest over every byte, a signature with a key.

Not here: pages (press), judging a finished file (verify). Same input, same bytes: no clock and no chance is asked.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Dictionary, Name, String

from portal.kit.digest import canonical_json
from portal.kit.pdf import data, seal
from portal.kit.pdf.archive import LANGUAGE, UNDATED, AttachedFile, Bookmark, make_accessible, make_archival
from portal.kit.pdf.keys import Signer
from portal.kit.pdf.press import PartSource, Running

# A second mark, far from the manifest: a file that lost one of the two is still known as an altered packet.
MARK = seal.FORMAT.encode()


def finish(
    pdf: bytes,
    parts: Sequence[PartSource],
    counts: Sequence[int],
    *,
    running: Running,
    title: str,
    key: str,
    signer: Signer | None = None,
    dated_on: dt.date | None = None,
    tagged: bool = False,
    language: str = LANGUAGE,
    substitutes: Sequence[tuple[str, str]] = (),
) -> bytes:
    """The finished file of laid-out pages: PDF/A-3b with the printed data, the manifest and the seal.

    ``parts``, ``counts`` and ``running`` are what was laid out; ``key`` names the packet's inputs; ``substitutes`` are
    code points that no face has, each with the text that is printed for it.
    Without ``signer`` the manifest says so; the paper itself must say 署名なし.
    """
    placed = data.place(parts, counts)
    told = data.printed_data(placed, running=running, title=title, key=key, substitutes=substitutes)
    printed = canonical_json(told)
    draft = seal.draft_manifest(packet=key, data=printed, signer=signer)
    files = (
        AttachedFile(data.NAME, printed, "この書類に印字した内容", "Data"),
        AttachedFile(seal.NAME, draft.write(), "この書類の封印", "Supplement", plain=True),
    )
    bookmarks = [Bookmark(each.source.title, each.first_page) for each in placed]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        make_archival(document, title=title, bookmarks=bookmarks, files=files, dated_on=dated_on, language=language)
        if tagged:
            make_accessible(document, title=title)
        _mark(document, on=dated_on or UNDATED)
        written = io.BytesIO()
        document.save(
            written,
            deterministic_id=True,
            fix_metadata_version=False,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return seal.close(written.getvalue(), draft, signer=signer)


def _mark(document: pikepdf.Pdf, *, on: dt.date) -> None:
    moment = String(f"D:{on:%Y%m%d}000000+09'00'")
    own = Dictionary(LastModified=moment, Private=String(seal.FORMAT))
    document.Root.PieceInfo = Dictionary()
    document.Root.PieceInfo[Name.Wataridori] = own
