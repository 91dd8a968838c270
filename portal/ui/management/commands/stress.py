"""``stress``: what a grave accident costs and what the cover does not pay, from a dossier or a scenario file.

Not here: the arithmetic (insurance.stress). Needs no server. Exit 2: a file or a name that cannot be used.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand

from insurance.stress.accident import Accident
from insurance.stress.named import scenario, scenarios
from insurance.stress.outcome import run
from insurance.stress.plan import Plan
from insurance.stress.reading import read_file
from insurance.stress.report import as_json, as_text
from insurance.stress.trip import chosen_plans, people_of, plans_of
from portal.dossier import files
from portal.kit.text import Refused

UNUSABLE = 2


class Command(BaseCommand):
    help = "大事故の費用を保険に当てはめ、払われない額を円で計算します。"
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        listed = "、".join(f"{each.name}({each.title})" for each in scenarios().values())
        parser.add_argument("file", nargs="?", help="旅行のファイル(JSON)。- なら標準入力")
        parser.add_argument("--scenario", metavar="NAME", help=f"想定する事故: {listed}")
        parser.add_argument(
            "--policy",
            action="extend",
            nargs="+",
            default=[],
            metavar="NAME",
            help="比べる保険契約(記号、証券番号、名称の一部)。jet なら公表されたJETプログラム傷害保険",
        )
        parser.add_argument("--scenario-file", metavar="FILE", help="事故の数字と保険を書いたJSONだけで計算します")
        parser.add_argument("--json", action="store_true", help="JSONで出力します")

    def handle(self, *, json: bool, **options: Any) -> None:
        try:
            title, accident, plans, more = self._asked(**options)
        except (Refused, files.DossierError) as refusal:
            self.stderr.write(str(refusal))
            sys.exit(UNUSABLE)
        outcomes = [run(accident, plan) for plan in plans]
        if json:
            self._print_json({**as_json(accident, outcomes), **more})
        else:
            self.stdout.write(as_text(title, accident, outcomes))

    def _asked(
        self, *, file: str | None, scenario: str | None, policy: list[str], scenario_file: str | None, **options: Any
    ) -> tuple[str, Accident, Sequence[Plan], dict[str, Any]]:
        if scenario_file:
            _refuse_both(file, scenario, policy)
            accident, plans = read_file(scenario_file)
            return "ファイルの想定事故", accident, plans, {}
        if not file and len(policy) > 1:
            *policy, file = policy  # --policy takes every word up to the next option, the file among them
        if not file or not scenario:
            raise Refused(
                "旅行のファイルと --scenario を指定するか、--scenario-file だけを指定してください",
                "Give a dossier file and --scenario, or --scenario-file alone",
            )
        return _of_trip(sys.stdin.buffer.read() if file == "-" else file, scenario, policy)

    def _print_json(self, value: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=2))


def _refuse_both(file: str | None, scenario: str | None, policy: list[str]) -> None:
    if file or scenario or policy:
        raise Refused(
            "--scenario-file は、ほかの指定といっしょに使えません。想定も保険もそのファイルから読みます",
            "--scenario-file stands alone",
        )


def _of_trip(source: str | bytes, name: str, wanted: list[str]) -> tuple[str, Accident, Sequence[Plan], dict[str, Any]]:
    """The named accident, no greater than the party, with the covers of the trip."""
    chosen = scenario(name)
    dossier = files.load(source)
    people = people_of(dossier)
    accident = chosen.accident.fitted_to(people) if people else chosen.accident
    plans = chosen_plans(dossier, chosen.cause, wanted) if wanted else plans_of(dossier, chosen.cause)
    more = {"name": chosen.name, "cause": chosen.cause.value, "people": people}
    return chosen.title, accident, plans, more
