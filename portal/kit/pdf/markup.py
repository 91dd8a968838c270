"""Reading our own HTML with the fast parser of libxml2, wherever its tree is that of an HTML5 parser.

Not here: what is written in it (each app's templates). A test reads every sheet of every demo packet both ways.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from lxml import etree, html

# Left to the HTML5 parser: comments, which part a text; a line's end right behind <pre>, which is dropped; signs that
# XML has no way to write; line ends other than our own.
_FOR_HTML5 = re.compile("<!--|<pre[^>]*>\n|[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_ROWS_OUTSIDE_BODY = etree.XPath("//table/tr | //table/th | //table/td | //table/col")
# Drawings of ours: these names alone, in the namespace that HTML5 gives them.
_SVG = "http://www.w3.org/2000/svg"
_DRAWN = {"svg", "path"}
_WITH_CAPITALS = {"viewbox": "viewBox"}


def read_markup(page: str) -> ElementTree.Element | None:
    """The tree of a whole page of HTML; None when only an HTML5 parser may say what it means."""
    if _FOR_HTML5.search(page):
        return None
    tree = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    if _ROWS_OUTSIDE_BODY(tree):  # HTML5 puts a tbody or a colgroup around them
        return None
    if not all(_name_as_html5(drawing) for drawing in list(tree.iter("svg"))):
        return None
    return ElementTree.fromstring(etree.tostring(tree, encoding="utf-8"))  # noqa: S314 # nosec - just written by lxml


def _name_as_html5(drawing: html.HtmlElement) -> bool:
    """Give a drawing the names that an HTML5 parser gives it; False when it has others than ours have."""
    if not all(part.tag in _DRAWN for part in drawing.iter()):
        return False
    for part in drawing.iter():
        part.tag = f"{{{_SVG}}}{part.tag}"
        part.attrib.pop("xmlns", None)  # the name says it
        for name in _WITH_CAPITALS.keys() & set(part.attrib):
            part.set(_WITH_CAPITALS[name], part.attrib.pop(name))
    return True
