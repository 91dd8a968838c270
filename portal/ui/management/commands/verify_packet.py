"""``verify_packet FILE.pdf [--keys FILE] [--json]``: is a packet as it was sealed, and by whom; without any server.

Exit 0: intact, 1: altered or text differs from data, 2: no packet. Not here: judging (portal.kit.pdf.verify).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from portal.kit.pdf.keys import KeyFileError, PublicKey, read_key_file
from portal.kit.pdf.verify import Standing, Verdict, verify

INTACT, ALTERED, NO_PACKET = 0, 1, 2
SAID = {
    Standing.UNSIGNED: "署名なし。作られたときのままですが、だれが作ったかは確かめられません",
    Standing.NO_KEYS: "署名はありますが、鍵ファイルがないので署名者を確かめられません(--keys で指定してください)",
    Standing.UNLISTED: "署名に使われた鍵が鍵ファイルにありません。署名者は不明です",
    Standing.OUT_OF_DATE: "署名に使われた鍵は、文書の日付には有効ではありません。署名者は不明です",
    Standing.IMPOSTOR: "名乗っている機関の鍵による署名ではありません。偽物の疑いがあります",
    Standing.PROVEN: "鍵ファイルの公開鍵で署名を確かめました",
}


class Command(BaseCommand):
    help = "送付用PDFが作られたときのままか、だれの署名かを確かめます(0: そのまま、1: 変更あり、2: 送付用PDFではない)。"
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", help="送付用PDF。- なら標準入力")
        parser.add_argument("--keys", type=Path, help="公開鍵のファイル(/.well-known/wataridori-keys.json の内容)")
        parser.add_argument("--json", action="store_true", help="JSONで出力します")

    def handle(self, *, file: str, keys: Path | None, **options: Any) -> None:
        pdf = self._read(file)
        verdict = verify(pdf, keys=self._keys(keys))
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(verdict), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_lines(verdict)))
        sys.exit(_exit_code(verdict))

    def _read(self, file: str) -> bytes:
        try:
            return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        except OSError as error:
            self.stderr.write(f"{file} を読めません({error.strerror})。ファイルの名前を確かめてください")
            sys.exit(NO_PACKET)

    def _keys(self, path: Path | None) -> tuple[PublicKey, ...] | None:
        if path is None:
            return None
        try:
            return read_key_file(path.read_bytes())
        except (OSError, KeyFileError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            self.stderr.write(f"鍵ファイル {path} を使えません: {reason}")
            sys.exit(NO_PACKET)


def _exit_code(verdict: Verdict) -> int:
    if not verdict.packet:
        return NO_PACKET
    return INTACT if verdict.intact and verdict.text_equals_data else ALTERED


def _as_json(verdict: Verdict) -> dict[str, Any]:
    return {
        "packet": verdict.packet,
        "signed": verdict.signed,
        "signer": verdict.signer,
        "claimed_signer": verdict.claimed,
        "standing": verdict.standing.value,
        "intact": verdict.intact,
        "text_equals_data": verdict.text_equals_data,
        "genuine": verdict.genuine,
        "key": verdict.key,
        "missing_from_text": list(verdict.missing),
    }


def _lines(verdict: Verdict) -> list[str]:
    """The four facts, one a line, and one sentence of what they mean."""
    text = "not checked" if verdict.text_equals_data is None else _yes(verdict.text_equals_data)
    return [
        f"signed: {_yes(verdict.signed)}",
        f"signer: {_signer(verdict)}",
        f"intact: {_yes(verdict.intact)}",
        f"text_equals_data: {text}",
        _meaning(verdict),
    ]


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


def _signer(verdict: Verdict) -> str:
    if verdict.signer or not verdict.signed:
        return verdict.signer or "none (署名なし)"
    return f"unknown (claims {verdict.claimed})"


def _meaning(verdict: Verdict) -> str:
    if not verdict.packet:
        return "このファイルは送付用PDFではありません"
    if not verdict.intact and verdict.standing is not Standing.IMPOSTOR:
        return "作られた後に変更されています。発行した機関に送り直しを求めてください"
    if verdict.intact and not verdict.text_equals_data:
        return f"紙面の文字と中のデータが{len(verdict.missing)}か所で違います。発行した機関に確かめてください"
    return SAID[verdict.standing]
