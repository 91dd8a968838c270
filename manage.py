#!/usr/bin/env python
"""Django's command line. Chooses the settings: pure commands need no server, the rest are dev unless told otherwise."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError

from portal.config.refusal import Refusal, exit_on_refusal, settings_of

PURE_COMMANDS = {
    "run",
    "roles_sql",
    "dossier_schema",
    "check_dossier",
    "render_dossier",
    "verify_packet",
    "packet_keys",
    "deadlines",
    "rule",
    "rules",
    "stress",
    "jet_cover_end",
}

OWNER_COMMANDS = {"migrate", "prepare", "load_demo", "import_dossier", "export_dossier"}
HELP_FLAGS = {"--help", "-h", "--version"}


def choose_settings(arguments: list[str]) -> None:
    """Pure commands always get the pure settings; ``PORTAL_ENV`` (dev, test or prod) decides for the others.

    Who asks what there is, or how a command is called, needs neither secrets nor servers.
    """
    if arguments and arguments[0] in PURE_COMMANDS:
        os.environ["DJANGO_SETTINGS_MODULE"] = "portal.config.settings.pure"
    if arguments and arguments[0] in OWNER_COMMANDS:
        os.environ["PORTAL_AS_OWNER"] = "1"
    if not arguments or arguments[0] in {"help", "version"} or HELP_FLAGS & set(arguments):
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.config.settings.build")
    if "DJANGO_SETTINGS_MODULE" not in os.environ:
        os.environ["DJANGO_SETTINGS_MODULE"] = settings_of(os.environ.get("PORTAL_ENV", "dev"))


def main() -> int:
    """Run the command; a refusal is shown as its sentence."""
    choose_settings(sys.argv[1:])
    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        raise _out_of_reach(error) from error
    return 0


def _out_of_reach(error: OperationalError) -> Exception:
    """Nobody answered at all: told in a sentence. What a database says of its work (it has a code) stays as it is."""
    if getattr(error.__cause__, "sqlstate", None) is not None:
        return error
    reason = str(error).strip().splitlines()[0]
    return Refusal(
        f"データベースにつながりません（{reason}）。動いているか、接続先の設定が正しいかを確かめてください。",
        f"The database cannot be reached ({reason}): check that it runs and that its address is right.",
        code=5,
    )


if __name__ == "__main__":
    sys.exit(exit_on_refusal(main))
