"""``import_dossier FILE --org SCHOOL``: a dossier file becomes a new draft plan of a school.

Exit 0: imported, 1: refused, 2: no dossier. Not here: storing (mofa_requests.actions), reading files (portal.dossier).
"""

from __future__ import annotations

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand

from mofa_requests.actions.plan import open_plan, store_dossier
from portal.accounts.operators import NoSuchSchool, at_command_line, school_called
from portal.dossier import files
from portal.dossier.types import Dossier
from portal.kit.machine import Refused
from portal.tenancy.models import Org
from trips.queries import Trip, trips_of

REFUSED, NO_DOSSIER = 1, 2


class Command(BaseCommand):
    help = (
        "旅行のファイルを、学校の新しい計画(未提出)として取り込みます(0: 取込み、1: 取り込めない、2: ファイルの誤り)。"
        "所管庁の記入欄(request)は取り込みません。旅行番号は、その学校で空いていればファイルの番号、"
        "使われていれば次の番号になります。ほかはすべてファイルのままで、export_dossier で同じ内容に戻ります。"
        "取込みは学校の経過に「システム運用者」の操作として残ります。"
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", help="旅行のファイル(JSON)。- なら標準入力")
        parser.add_argument("--org", required=True, help="学校の名前(一部でも一校に決まればよい)か番号(id)")

    def handle(self, *, file: str, org: str, **_: Any) -> None:
        try:
            dossier = files.load(sys.stdin.buffer.read() if file == "-" else file)
            trip = import_plan(dossier, school_called(org))
        except files.DossierError as error:
            self.stderr.write(f"{file}: 旅行のファイルとして読めません\n{error}")
            sys.exit(NO_DOSSIER)
        except (NoSuchSchool, Refused) as error:
            self.stderr.write(str(error))
            sys.exit(REFUSED)
        self.stdout.write(f"{trip.pk}")
        self.stderr.write(
            f"旅行番号 {trip.trip_no} として取り込みました: {dossier.outline.title or '(旅行名は未入力)'}"
        )


def import_plan(dossier: Dossier, school: Org) -> Trip:
    """A new trip of ``school`` whose plan equals ``dossier``."""
    with at_command_line(school.pk) as by:
        wanted = dossier.trip_no
        taken = wanted is None or trips_of(school.pk).filter(trip_no=wanted).exists()
        request = open_plan(school, by=by, trip_no=None if taken else wanted, demo=school.demo)
        store_dossier(request.trip, dossier, by=by)
        return request.trip
