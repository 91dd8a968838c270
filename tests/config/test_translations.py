"""Catalogues are compiled without gettext, and only when their source is newer."""

from __future__ import annotations

import gettext

from portal.config.translations import compile_catalogues

CATALOGUE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "計画書"\nmsgstr "Plan"\n'


def test_a_catalogue_is_compiled_once(tmp_path):
    folder = tmp_path / "portal" / "ui" / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(CATALOGUE, encoding="utf-8")
    assert compile_catalogues(tmp_path) == [folder / "django.mo"]
    with (folder / "django.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("計画書") == "Plan"
    assert compile_catalogues(tmp_path) == []
