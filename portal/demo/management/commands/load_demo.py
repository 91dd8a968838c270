"""Fill an empty database with the specimens. Refuses where real people may be."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mofa_requests import tasks  # noqa: F401 - registers the handlers of the jobs the loader runs itself
from portal.accounts.models import User
from portal.demo.load import load
from portal.kit import clock


class Command(BaseCommand):
    help = "見本の機関・職員・旅行を、空のデータベースに入れます"

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PORTAL_ENV == "prod":
            raise CommandError("本番の設定では見本を入れられません")
        if User.objects.exists():
            raise CommandError("すでに職員が登録されています。見本は空のデータベースにだけ入れられます")
        load(on=clock.today(), say=self.stdout.write)
