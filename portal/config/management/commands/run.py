"""Start database, broker, web, worker and scheduler; see ``portal.config.supervisor``."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from portal.config.environment import check_overrides
from portal.config.supervisor.places import places_of_this_tree
from portal.config.supervisor.run import run


class Command(BaseCommand):
    help = "Run the whole portal on this machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-demo", action="store_false", dest="demo", help="leave an empty database empty")

    def handle(self, *args: Any, **options: Any) -> None:
        check_overrides()
        run(places_of_this_tree(), host=options["host"], port=options["port"], demo=options["demo"])
