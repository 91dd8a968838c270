"""One person's way over every page that a link leads to, without clicking anything that changes a thing.

Here: following links. Not here: judging the pages (test_every_page).
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from lxml import html
from lxml.html import HtmlElement

from tests.flows.people import Person

PATIENCE_MS = 180_000
"""A PDF is drawn while one waits."""
LINKS = "//a[@href] | //link[@href] | //script[@src] | //img[@src] | //iframe[@src] | //form[@action]"
OUTSIDE_THE_URLS = ("/static/", "#")
Shape = frozenset[tuple[str, ...]]


@dataclass
class Walk:
    """``alike`` pages of one kind are opened at most; ``pages`` holds the path of each kind first met.

    ``shapes`` holds how that page is built: two readers whose pages of one kind are built alike see the same page.
    ``papers`` holds what has been opened and is no page, a PDF or a picture: it is not drawn again.
    """

    person: Person
    alike: int
    papers: set[str] = field(default_factory=set)
    pages: dict[str, str] = field(default_factory=dict)
    shapes: dict[str, Shape] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    _met: Counter[str] = field(default_factory=Counter)

    def from_home(self) -> Walk:
        """Follow every link from the home page on; returns itself."""
        waiting, seen = deque([("/", "")]), {"/"}
        while waiting:
            path, origin = waiting.popleft()
            for found in self._open(path, origin):
                if found not in seen and self._is_wanted(found):
                    seen.add(found)
                    waiting.append((found, path))
        return self

    def _open(self, path: str, origin: str) -> list[str]:
        if path in self.papers:
            return []
        answer = self.person.page.request.get(f"{self.person.url}{path}", timeout=PATIENCE_MS)
        if not answer.ok:
            self.broken.append(f"{answer.status} {path} (linked from {origin or 'nowhere'})")
            return []
        if "text/html" not in answer.headers.get("content-type", ""):
            self.papers.add(path)
            return []
        tree = html.fromstring(answer.text())
        kind = kind_of(path)
        if kind not in self.pages:
            self.pages[kind], self.shapes[kind] = path, _shape(tree)
        return list(_links(tree, answer.url, path))

    def _is_wanted(self, path: str) -> bool:
        kind = kind_of(path)
        self._met[kind] += 1
        return self._met[kind] <= self.alike


def _shape(tree: HtmlElement) -> Shape:
    """Which elements stand inside which, by tag and class: without words, and however often each of them comes."""
    shape: set[tuple[str, ...]] = set()
    waiting: list[tuple[HtmlElement, tuple[str, ...]]] = [(tree, ())]
    while waiting:
        element, around = waiting.pop()
        if isinstance(element.tag, str):
            inside = (*around, f"{element.tag}.{element.get('class', '')}")
            shape.add(inside)
            waiting.extend((child, inside) for child in element)
    return frozenset(shape)


def _links(tree: HtmlElement, url: str, path: str) -> Iterator[str]:
    """Paths on this portal; the targets of forms that post are only looked up, never sent."""
    tree.make_links_absolute(url, resolve_base_href=False)
    here = urlsplit(url)
    for element in tree.xpath(LINKS):
        target = urlsplit(element.get("href") or element.get("src") or element.get("action"))
        if target.netloc != here.netloc:
            continue
        if element.tag == "form" and element.get("method", "get").lower() == "post":
            assert kind_of(target.path), f"a form on {path} posts to nowhere: {target.path}"
            continue
        yield target.path + (f"?{target.query}" if target.query else "")


def kind_of(path: str) -> str:
    """The URL's pattern, a section's with its name; ids and codes are left out. Static files are kinds of their own."""
    bare = urlsplit(path).path
    if bare.startswith(OUTSIDE_THE_URLS):
        return bare
    try:
        match = resolve(bare)
    except Resolver404:
        return bare
    return f"{match.route} {match.kwargs.get('section', '')}".strip()
