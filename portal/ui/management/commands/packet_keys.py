"""``packet_keys NAME…``: the key file of packets that ``render_dossier --sign-as`` signs for them; needs no server.

The portal's own packets are signed by organisation, not by name: their key file is its ``/.well-known/`` address.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.kit.pdf.keys import KeyFileError, identity_of_name, key_file, parse_secrets, public_keys_of

NO_KEY = 2


class Command(BaseCommand):
    help = "環境変数 PORTAL_PACKET_KEYS の鍵で署名した送付用PDFを確かめるための、公開鍵のファイルを出力します。"
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("names", nargs="+", help="発信機関の名前(依頼書と同じ文字)")

    def handle(self, *, names: list[str], **_: Any) -> None:
        try:
            secrets = parse_secrets(settings.PORTAL_PACKET_KEYS)
        except KeyFileError as error:
            self.stderr.write(f"PORTAL_PACKET_KEYS を使えません: {error}")
            sys.exit(NO_KEY)
        if not secrets:
            self.stderr.write(
                "署名の鍵がありません。環境変数 PORTAL_PACKET_KEYS に 2026-04-01:base64 の形で入れてください"
            )
            sys.exit(NO_KEY)
        keys = [key for name in names for key in public_keys_of(name, identity=identity_of_name(name), secrets=secrets)]
        self.stdout.write(json.dumps(key_file(keys), ensure_ascii=False, indent=2))
