"""On one's own machine mail stays in a folder until a mail server is named."""

from __future__ import annotations

import os
import subprocess
import sys

from portal.config.supervisor.places import ROOT

SHOW = (
    "from portal.config.settings import dev; print(dev.EMAIL_BACKEND, getattr(dev, 'EMAIL_HOST', dev.EMAIL_FILE_PATH))"
)


def _mail(folder, **given: str) -> list[str]:
    servers = {"DATABASE_URL": "postgres://portal_app:x@db.example/portal", "BROKER_URL": "redis://broker.example/0"}
    done = subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PORTAL_VAR": str(folder), **servers, **given},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_mail_stays_in_a_folder_until_a_server_is_named(tmp_path):
    (tmp_path / "keys").mkdir()
    kept = _mail(tmp_path)
    assert kept == ["django.core.mail.backends.filebased.EmailBackend", str(tmp_path / "mail")]
    sent = _mail(tmp_path, EMAIL_URL="smtp+tls://portal:x@mail.example")
    assert sent == ["django.core.mail.backends.smtp.EmailBackend", "mail.example"]
