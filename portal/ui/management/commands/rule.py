"""``rule CODE``: explain one rule with its citation, quoted line, place in the code and cases. Needs no server."""

from __future__ import annotations

import argparse
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mofa_requests.rules import BOOK
from portal.lawbook.explain import rule_text


class Command(BaseCommand):
    help = "規則を一つ説明します。例: python manage.py rule A321"
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("code", help="規則の番号。例: A321")

    def handle(self, *, code: str, **options: Any) -> None:
        try:
            rule = BOOK.get(code)
        except LookupError as error:
            raise CommandError(str(error), returncode=2) from error
        text = rule_text(rule, root=settings.BASE_DIR, cases=settings.BASE_DIR / "tests" / "rules")
        self.stdout.write(text, ending="")
