#!/usr/bin/env python
"""Django's command line. Chooses the settings: pure commands need no server, the rest are dev unless told otherwise."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

from portal.config.refusal import exit_on_refusal

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
    surroundings = os.environ.get("PORTAL_ENV", "dev")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"portal.config.settings.{surroundings}")


def main() -> int:
    """Run the command; a refusal is shown as its sentence."""
    choose_settings(sys.argv[1:])
    execute_from_command_line(sys.argv)
    return 0


if __name__ == "__main__":
    sys.exit(exit_on_refusal(main))
