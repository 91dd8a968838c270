"""The authority's letterhead on the 依頼書: lines below its name, and its seal drawn as black rectangles.

Not here: where they are kept (actions.letterhead). A drawing, no picture: the renderer fetches nothing, and a fax gets
every dot as it was saved.
"""

from __future__ import annotations

import dataclasses

from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.kit.digest import digest_of, sha256_hex
from portal.kit.pictures import Bitmap

SIDE_MM = 24
DOTS = 283  # 300 dpi over 24 mm


@dataclasses.dataclass(frozen=True)
class Head:
    """What a letter prints beside its words; ``seal`` None leaves the place for the stamp."""

    text: str = ""
    seal: Bitmap | None = None

    @property
    def digest(self) -> str:
        """Changes with anything that is printed."""
        return digest_of({"text": self.text, "seal": sha256_hex(self.seal.write()) if self.seal else None})

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def drawing(self) -> SafeString | None:
        return draw_seal(self.seal) if self.seal else None


def draw_seal(seal: Bitmap) -> SafeString:
    """The seal as SVG, its longer side ``SIDE_MM``."""
    scale = SIDE_MM / max(seal.width, seal.height)
    path = "".join(f"M{x} {y}h{wide}v{high}h-{wide}z" for x, y, wide, high in seal.rectangles())
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{}mm" height="{}mm" viewBox="0 0 {} {}">'
        '<title>公印</title><path fill="#000" d="{}"/></svg>',
        f"{seal.width * scale:.2f}",
        f"{seal.height * scale:.2f}",
        seal.width,
        seal.height,
        path,
    )
