"""``render_dossier FILE --out packet.pdf``: the A4 packet of a dossier file, without any server.

Exit 0: written, 1: could not be laid out, 2: no dossier. Not here: laying out (mofa_requests.documents).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from mofa_requests.documents.packet import TITLES, Packet, PacketInput, build_packet, packet_input, preview_sheet
from portal.dossier import files
from portal.dossier.types import Dossier
from portal.kit.pdf import RenderError
from portal.kit.pdf.fax import FINE, STANDARD, fax_file
from portal.kit.pdf.keys import KeyFileError, Signer, identity_of_name, parse_secrets, signer_of

NOT_RENDERED, NO_DOSSIER = 1, 2


class NotTheirLetterError(ValueError):
    """Somebody asked to sign as a body that does not send this letter, or has no key for its date."""


def signer_of_letter(dossier: Dossier, *, body: str) -> Signer:
    """The body whom the person at the keyboard names, if it is the one that sends the letter: a file alone, whoever
    wrote it, gets no signature. Raises ``NotTheirLetterError``.
    """
    letter = dossier.request.letter
    if letter.sender_body != body:
        written = letter.sender_body or "未記入"
        raise NotTheirLetterError(f"依頼書の発信機関は「{written}」です。「{body}」の署名は付けられません")
    secrets = parse_secrets(settings.PORTAL_PACKET_KEYS)
    signer = signer_of(body, identity=identity_of_name(body), secrets=secrets, on=letter.dated_on)
    if signer is None:
        raise NotTheirLetterError(
            "文書日付に使える署名の鍵がありません。文書日付と、環境変数 PORTAL_PACKET_KEYS の日付を確かめてください"
        )
    return signer


def _faxes(packet: Packet, *, fine: Path | None, standard: Path | None) -> dict[Path, bytes]:
    """Where to write → the packet as a fax server takes it, for those that were asked for."""
    asked = ((fine, FINE), (standard, STANDARD))
    return {place: fax_file(packet.pdf, resolution=resolution) for place, resolution in asked if place}


class Command(BaseCommand):
    help = "旅行のファイルから外務省に送る書類一式(A4判のPDF)を作ります(0: 作成、1: 作成できない、2: ファイルの誤り)。"
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", help="旅行のファイル(JSON)。- なら標準入力")
        parser.add_argument("--out", required=True, type=Path, help="作るPDFの名前(例: packet.pdf)")

        parser.add_argument("--fax", type=Path, help="ファックスの高画質(204×196)のTIFFも作ります(例: packet.tif)")
        parser.add_argument("--fax-standard", type=Path, help="ファックスの標準画質(204×98)のTIFFも作ります")
        parser.add_argument(
            "--sheet",
            choices=[key for key in TITLES if key != "changes"],
            help="この書類だけを確認用に作ります(封印はしません)",
        )
        parser.add_argument(
            "--sign-as", metavar="発信機関", help="この機関の鍵で署名します(依頼書の発信機関と同じ文字)"
        )
        parser.add_argument("--tagged", action="store_true", help="読み上げソフト向けの構造を付けます(PDF/UA-1)")

    def handle(self, *, file: str, out: Path, tagged: bool, sheet: str | None, **options: Any) -> None:
        try:
            dossier = files.load(sys.stdin.buffer.read() if file == "-" else file)
        except files.DossierError as error:
            self.stderr.write(f"{file}: 旅行のファイルとして読めません\n{error}")
            sys.exit(NO_DOSSIER)
        try:
            body = options["sign_as"]
            source = packet_input(dossier, signer=signer_of_letter(dossier, body=body) if body is not None else None)
            if sheet is not None:
                self._show_sheet(source, sheet, out)
                return
            packet = build_packet(source, tagged=tagged)
            written = {out: packet.pdf} | _faxes(packet, fine=options["fax"], standard=options["fax_standard"])
            for place, content in written.items():
                place.write_bytes(content)
        except (RenderError, NotTheirLetterError) as error:
            self.stderr.write(str(error))
            sys.exit(NOT_RENDERED)
        except KeyFileError as error:
            self.stderr.write(f"PORTAL_PACKET_KEYS を使えません: {error}")
            sys.exit(NOT_RENDERED)
        except OSError as error:
            place = error.filename or out
            self.stderr.write(f"{place} に書き込めません({error.strerror})。別の場所を --out などで指定してください")
            sys.exit(NOT_RENDERED)
        self._tell(packet, out, signer=source.signer)

    def _show_sheet(self, source: PacketInput, key: str, out: Path) -> None:
        """One part alone, to look at while the plan is written."""
        pdf, pages = preview_sheet(source, key=key)
        out.write_bytes(pdf)
        self.stdout.write(f"{out}: {TITLES[key]} {pages}枚(確認用。封印はありません)")

    def _tell(self, packet: Packet, out: Path, *, signer: Signer | None) -> None:
        self.stdout.write(f"{out}: {packet.pages}枚 照合符号 {packet.key}")
        self.stdout.write(f"電子署名: {signer.authority} 鍵 {signer.key}" if signer else "署名なし")
        for part in packet.parts:
            self.stdout.write(f"  {part.title}: {part.pages}枚({part.first_page}枚目から)")
        for glyph in packet.missing:
            self.stderr.write(glyph.message)
