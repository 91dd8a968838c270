"""Papers that people upload: pages and pictures, known by their first bytes, sealed under a trip's or an audit's key.

Not here: reading roster files (trips.roster), which row a paper belongs to (each app's models).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from portal.kit.machine import Refused
from portal.vault import files
from portal.vault.keyring import TripCipher

MAX_BYTES = 10 * 1024 * 1024
_KINDS = ((b"%PDF-", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
ENDINGS = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Upload:
    """A file as it came: the name is only shown, never believed."""

    name: str
    content: bytes

    @property
    def shown_name(self) -> str:
        """The last part of the sender's name for it."""
        return self.name.replace("\\", "/").rsplit("/", 1)[-1][-_LONGEST_NAME:]


@dataclass(frozen=True)
class KeptFile:
    """What a row remembers of a sealed file."""

    stored_name: str
    media_type: str
    sha256: str
    size: int


def media_type_of(content: bytes) -> str | None:
    """PDF, PNG or JPEG by the first bytes; ``None`` for anything else."""
    return next((kind for head, kind in _KINDS if content.startswith(head)), None)


def keep_upload(upload: Upload, *, name: str, cipher: TripCipher) -> KeptFile:
    """Seal and store a page or a picture under ``name``. Raises ``Refused`` for what is too large or something else."""
    if len(upload.content) > MAX_BYTES:
        raise Refused(gettext("ファイルが10MBを超えています。分けるか、画像の大きさを下げてください"))
    kind = media_type_of(upload.content)
    if kind is None:
        raise Refused(
            gettext("PDF・JPEG・PNGのファイルだけを受け付けます。ほかの形のときは、PDFにして保存し直してください")
        )
    digest = files.keep(upload.content, name=name, cipher=cipher)
    return KeptFile(name, kind, digest, len(upload.content))
