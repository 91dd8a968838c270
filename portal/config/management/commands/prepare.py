"""Bring the database to where the portal can serve: migrations, and the demo where nobody has an account yet."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand

from portal.config.memory import set_aside
from portal.demo.accounts import featured_accounts


class Command(BaseCommand):
    help = "Migrate as the owner role; load the demo into an empty database; print the demo accounts as JSON."

    # The serving processes run every check before they serve; here they would only cost seconds of each start.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-demo", action="store_false", dest="demo")

    def handle(self, *args: Any, **options: Any) -> None:
        # A first migration makes every model some hundred times over: a quarter of it went into collecting.
        set_aside()
        call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
        users = get_user_model()._default_manager
        if options["demo"] and not users.exists():
            self.stderr.write("見本のデータを入れています… / Loading the demo…")
            call_command("load_demo", stdout=self.stderr)
        offered = featured_accounts()
        present = set(users.filter(email__in=[one.email for one in offered]).values_list("email", flat=True))
        rows = [[one.role.label, one.email, one.password] for one in offered if one.email in present]
        self.stdout.write(json.dumps({"accounts": rows}, ensure_ascii=False))
