"""``manage.py register_machine ORG ROLE --name NAME [--write]``: an OAuth2 client for one organisation."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from portal.accounts.actions import Refused, register_machine
from portal.kit.roles import Role
from portal.tenancy.models import Org


class Command(BaseCommand):
    help = "Registers a machine client; prints its id and secret once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("org", help="id of the organisation it acts for")
        parser.add_argument("role", choices=[role.value for role in Role])
        parser.add_argument("--name", required=True, help="what it is, for the list of clients")
        parser.add_argument("--write", action="store_true", help="may write, not only read")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            org = Org.objects.get(pk=options["org"])
            made = register_machine(org, role=Role(options["role"]), name=options["name"], may_write=options["write"])
        except (Org.DoesNotExist, ValidationError) as error:
            raise CommandError(f"no organisation has the id {options['org']}") from error
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"client_id: {made.client_id}\nclient_secret: {made.secret}")
