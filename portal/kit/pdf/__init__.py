"""HTML parts → one PDF, laid out in a child process that reads only fonts and calls nobody.

Not here: what the paper says (each app's documents). Start reading at press.print_parts.
"""

from portal.kit.pdf.press import (
    Caps,
    PartSource,
    Printed,
    Progress,
    RenderError,
    RendererUnavailableError,
    Running,
    print_parts,
)

__all__ = [
    "Caps",
    "PartSource",
    "Printed",
    "Progress",
    "RenderError",
    "RendererUnavailableError",
    "Running",
    "print_parts",
]
