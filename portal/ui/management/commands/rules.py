"""``rules``: list every rule, as lines or (--json) as data; ``--markdown`` prints docs/rules.md. Needs no server."""

from __future__ import annotations

import argparse
import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from mofa_requests.rules import BOOK
from portal.lawbook.catalogue import catalogue
from portal.lawbook.explain import rules_markdown


class Command(BaseCommand):
    help = "すべての規則の一覧を出します。"
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="JSONで出力します")
        form.add_argument("--markdown", action="store_true", help="docs/rules.md の内容を出力します")

    def handle(self, *, json: bool, markdown: bool, **options: Any) -> None:
        if markdown:
            self.stdout.write(rules_markdown(BOOK, root=settings.BASE_DIR), ending="")
        elif json:
            self.stdout.write(_json())
        else:
            for rule in BOOK.rules:
                self.stdout.write(f"{rule.code} {rule.title}〔{'、'.join(rule.citation)}〕")


def _json() -> str:
    return json.dumps(catalogue(BOOK), ensure_ascii=False, indent=2)
