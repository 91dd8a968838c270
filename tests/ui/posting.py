"""What a browser would post for a rendered form: the successful controls of its HTML, read off the markup itself."""

from __future__ import annotations

from html.parser import HTMLParser

from django.http import QueryDict


class _Controls(HTMLParser):
    """Collects ``(name, value)`` of inputs, text areas and selects in document order."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self._select: dict[str, str | None] = {}
        self._first: str | None = None
        self._chosen = 0
        self._area: dict[str, str | None] | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        if tag == "input" and self._is_successful(has):
            self.pairs.append((has["name"] or "", has.get("value") or ("on" if has.get("type") == "checkbox" else "")))
        elif tag == "select":
            self._select, self._first, self._chosen = has, None, 0
        elif tag == "option" and self._select:
            self._option(has)
        elif tag == "textarea":
            self._area, self._text = has, ""

    def _is_successful(self, has: dict[str, str | None]) -> bool:
        if has.get("type") in ("checkbox", "radio"):
            return "checked" in has
        return "name" in has and has.get("type") not in ("submit", "button", "file")

    def _option(self, has: dict[str, str | None]) -> None:
        self._first = has.get("value") if self._first is None else self._first
        if "selected" in has:
            self._chosen += 1
            self.pairs.append((self._select["name"] or "", has.get("value") or ""))

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            if not self._chosen and "multiple" not in self._select and self._first is not None:
                self.pairs.append((self._select["name"] or "", self._first))
            self._select = {}
        elif tag == "textarea" and self._area is not None:
            self.pairs.append((self._area["name"] or "", self._text.removeprefix("\n").replace("\n", "\r\n")))
            self._area = None


def posted(html: str, **changes: str) -> QueryDict:
    """The body an unchanged form sends, with ``changes`` typed over it."""
    controls = _Controls()
    controls.feed(html)
    data = QueryDict(mutable=True)
    for name, value in controls.pairs:
        data.appendlist(name, value)
    for name, value in changes.items():
        data[name] = value
    return data
