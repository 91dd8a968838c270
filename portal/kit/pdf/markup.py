"""Reading our own HTML with the fast parser of libxml2, wherever its tree is that of an HTML5 parser.

Not here: what is written in it (each app's templates). A test reads every sheet of every demo packet both ways.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from lxml import etree, html

# Left to the HTML5 parser: comments, which part a text; drawings, whose names have capitals; lines whose first end is
# dropped; signs that XML has no way to write; line ends other than our own.
_FOR_HTML5 = re.compile("<!--|<svg|<pre|[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_ROWS_OUTSIDE_BODY = etree.XPath("//table/tr | //table/th | //table/td | //table/col")


def read_markup(page: str) -> ElementTree.Element | None:
    """The tree of a whole page of HTML; None when only an HTML5 parser may say what it means."""
    if _FOR_HTML5.search(page):
        return None
    tree = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    if _ROWS_OUTSIDE_BODY(tree):  # HTML5 puts a tbody or a colgroup around them
        return None
    return ElementTree.fromstring(etree.tostring(tree, encoding="utf-8"))  # noqa: S314 # nosec - just written by lxml
