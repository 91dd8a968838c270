"""Print the SQL that makes the database roles on a server of one's own, or apply it there."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

import dj_database_url
import psycopg
from django.core.management.base import BaseCommand

from portal.config.refusal import Refusal
from portal.config.supervisor.addresses import Passwords
from portal.config.supervisor.roles import bootstrap_database, bootstrap_roles, psql_script, settle_database

NEEDED = ("DATABASE_ADMIN_URL", "DATABASE_OWNER_URL", "DATABASE_URL")


class Command(BaseCommand):
    help = "Roles, database and extensions for PostgreSQL: printed for psql, or applied with --apply."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--apply", action="store_true", help=f"run it now, using {', '.join(NEEDED)}")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["apply"]:
            self.stdout.write(psql_script())
            return
        apply_roles()
        self.stdout.write("roles and database are in place")


def apply_roles() -> None:
    """Use the superuser of DATABASE_ADMIN_URL; passwords and database name are those of the other two URLs."""
    if missing := [name for name in NEEDED if not os.environ.get(name)]:
        raise Refusal(
            f"{'、'.join(missing)} を設定してから、もう一度実行してください。",
            f"Set {', '.join(missing)}, then try again.",
            code=4,
        )
    app, owner = (dj_database_url.parse(os.environ[name]) for name in ("DATABASE_URL", "DATABASE_OWNER_URL"))
    admin, name = os.environ["DATABASE_ADMIN_URL"], app["NAME"]
    with psycopg.connect(admin, autocommit=True) as superuser:
        bootstrap_roles(superuser, Passwords(owner=owner["PASSWORD"], app=app["PASSWORD"]))
        bootstrap_database(superuser, database=name)
    with psycopg.connect(admin, dbname=name, autocommit=True) as inside:
        settle_database(inside, database=name)
