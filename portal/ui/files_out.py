"""Files given to the browser. Not here: making them (documents, trips.roster), who may have them (each view)."""

from __future__ import annotations

from django.http import HttpResponse


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """A PDF to be looked at in the browser; the name carries no person."""
    return _response(content, name, media_type="application/pdf", shown=True)


def attachment(content: bytes | str, name: str, *, media_type: str) -> HttpResponse:
    """A file to be kept; the name carries no person."""
    return _response(content, name, media_type=media_type, shown=False)


def _response(content: bytes | str, name: str, *, media_type: str, shown: bool) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'{"inline" if shown else "attachment"}; filename="{name}"'
    return response
