"""A name that a paper's template does not know: in the product it shows on the sheet, in tests it ends the drawing."""

from __future__ import annotations

from mofa_requests.documents import html


class _Refused(str):
    """What Django puts in place of an unknown name, by ``%``."""

    def __mod__(self, name: object) -> str:
        raise LookupError(f"the template asks for {name}, which nobody gives it")


def refuse_misspelt_names() -> None:
    """For all drawing of this process."""
    html.engine().string_if_invalid = _Refused(html.MISSPELT)
