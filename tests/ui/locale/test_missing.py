"""English is complete: every sentence of templates and code has a translation with the same placeholders."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.utils.translation import gettext, ngettext, override

from portal.ui.locale import compile as catalogues
from portal.ui.locale.extract import python_sentences, template_sentences
from portal.ui.locale.missing import missing_english

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%")


def test_nothing_lacks_english() -> None:
    assert [f"{sentence.place} {sentence.msgid}" for sentence in missing_english()] == []


def test_translations_keep_their_placeholders() -> None:
    for entry in catalogues.joined():
        wanted = set(PLACEHOLDER.findall(entry.msgid))
        for text in entry.msgstr_plural.values() or [entry.msgstr]:
            assert set(PLACEHOLDER.findall(text)) == wanted, entry.msgid


def test_templates_are_read_with_plurals_and_contexts() -> None:
    source = (
        "{% load i18n %}\n{% translate '次へ' %}{% translate '月' context '曜日' %}\n"
        "{% blocktranslate count n=n %}{{ n }}件{% plural %}{{ n }}件{% endblocktranslate %}"
    )
    read = [(s.msgid, s.plural, s.context, s.place) for s in template_sentences(source, "x.html")]
    assert read == [
        ("次へ", "", "", "x.html:2"),
        ("月", "", "曜日", "x.html:2"),
        ("%(n)s件", "%(n)s件", "", "x.html:3"),
    ]


def test_python_is_read_with_its_aliases() -> None:
    source = 'a = _("旅行")\nb = ngettext("%(n)d件", "%(n)d件ずつ", 2)\nc = other("無関係")\nd = pgettext("曜日", "月")'
    read = [(s.msgid, s.plural, s.context) for s in python_sentences(source, "x.py")]
    assert read == [("旅行", "", ""), ("%(n)d件", "%(n)d件ずつ", ""), ("月", "", "曜日")]


def test_the_compiled_catalogue_speaks() -> None:
    with override("en"):
        assert gettext("渡り鳥") == "Wataridori"
        many = "下書きを保存しました %(time)s。読み取れない欄が%(many)sつあり、それらの欄だけ保存していません。"
        one = "下書きを保存しました %(time)s。読み取れない欄が%(many)sつあり、その欄だけ保存していません。"
        assert "1 field could" in ngettext(one, many, 1) % {"time": "14:32", "many": 1}
        assert "2 fields could" in ngettext(one, many, 2) % {"time": "14:32", "many": 2}
    with override("ja"):
        assert gettext("渡り鳥") == "渡り鳥"


def source(folder: Path, name: str, english: str) -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (folder / "sources").mkdir(exist_ok=True)
    (folder / "sources" / name).write_text(f'{head}msgid "旅行"\nmsgstr "{english}"\n', encoding="utf-8")


def test_two_translations_of_one_sentence_are_refused(tmp_path: Path) -> None:
    source(tmp_path, "a.po", "Trip")
    source(tmp_path, "b.po", "Journey")
    with pytest.raises(ValueError, match=r"b\.po: 「旅行」"):
        catalogues.joined(tmp_path)


def test_an_outdated_catalogue_is_made_anew(tmp_path: Path) -> None:
    source(tmp_path, "a.po", "Trip")
    catalogues.compile_if_outdated(tmp_path)
    catalogue = catalogues.catalogue_of(tmp_path)
    assert polib.mofile(str(catalogue)).find("旅行").msgstr == "Trip"
    source(tmp_path, "a.po", "Journey")
    os.utime(catalogue, (0, 0))
    catalogues.compile_if_outdated(tmp_path)
    assert polib.mofile(str(catalogue)).find("旅行").msgstr == "Journey"
    assert [path.name for path in catalogue.parent.iterdir()] == ["django.mo"]


def test_the_command_prints_what_is_open() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "portal.ui.locale", "portal/ui/theme"], capture_output=True, text=True, check=True
    )
    assert done.stdout == ""
