"""The component gallery: every component once, with specimen values. Absent in production.

Not here: the components (templatetags/components).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.access import public
from portal.dossier.types import HomeContact, Outline, Stay
from portal.ui.messages import announce
from portal.ui.part_forms import part_form, part_formset
from portal.ui.shapes import Bar, Citation, Entry, Happening, Remark, Rung, ShownFinding, Tab, Task, Tile
from portal.ui.states import DossierState, SectionState


class FileForm(forms.Form):
    roster = forms.FileField(label=gettext_lazy("名簿のファイル"), required=False)


def gallery_urls() -> list[URLPattern]:
    """The gallery's URL where it is wanted: debugging, development and tests."""
    if settings.DEBUG or settings.PORTAL_ENV != "prod":
        return [path("gallery/", gallery, name="gallery")]
    return []


@public("部品見本")
def gallery(request: HttpRequest) -> HttpResponse:
    """All components on one page; the confirm dialog posts here and leaves a toast with undo."""
    if request.method == "POST" and "act" in request.GET:
        undone = request.GET["act"] == "undo"
        again = reverse("ui:gallery") + "?act=undo"
        announce(request, _("元に戻しました") if undone else _("削除しました"), undo_url="" if undone else again)
        return redirect("ui:gallery")
    return render(request, "ui/gallery/page.html", {**_states(), **_texts(), **_figures(), **_forms(request)})


def _states() -> dict[str, Any]:
    day = dt.date(2026, 11, 20)
    return {
        "section_states": list(SectionState),
        "dossier_states": list(DossierState),
        "day": day,
        "tones": ["info", "warn", "error", "success", "emergency"],
        "tasks": [
            Task("概要", "#tasks", "done", on=day, key="outline"),
            Task("日程・便", "#tasks", "in_progress", "4便のうち1便の時刻が未確定", day, "itinerary"),
            Task("留守校・緊急連絡体制", "#tasks", "needs_fix", "休日の連絡先がありません", day, "home"),
            Task("保険", "#tasks", "not_started", key="insurance"),
        ],
    }


def _texts() -> dict[str, Any]:
    steps = (
        ("出発日は2027年1月6日(水)", ""),
        ("その一か月前の応当日は2026年12月6日(日)", "領保第六一五七号 記二(二)"),
        ("閉庁日なので、手前の開庁日に繰り上げ", ""),
    )
    quote = "留守校における連絡責任者の氏名及び夜間、休日等の連絡先が記載されているか。"
    now = timezone.now()
    return {
        "rungs": [
            Rung(_("学校の提出期限"), dt.date(2026, 11, 20), -2),
            Rung(_("経由機関の発送期限"), dt.date(2026, 11, 27), 5),
            Rung(_("外務省必着"), dt.date(2026, 12, 4), 12, steps=steps),
        ],
        "findings": [
            ShownFinding(
                "A303",
                "留守校の夜間・休日の連絡先",
                "休日の連絡先が空欄です。夜間と同じ番号なら「同じ」を選んでください。",
                citations=(Citation("別添三 三", quote),),
                url="#f-holiday_phone",
            ),
            ShownFinding("CO12", "引率教員の宿泊先", "まだ書かれていません。", verdict="unknown", url="#forms"),
            ShownFinding("LT01", "提出期限に間に合う", "", verdict="pass"),
        ],
        "entries": [
            Entry("旅行名", "第2学年 台湾修学旅行(見本)", "#dlist"),
            Entry("生徒数", "161人", "#dlist"),
            Entry("下見の実施日", None, "#dlist"),
        ],
        "happenings": [
            Happening("校長が提出しました", now - dt.timedelta(days=3), "校長・見本高等学校", "send"),
            Happening("担当が確認を始めました", now - dt.timedelta(days=2), "担当・見本県教育委員会", "eye"),
            Happening("差し戻しました", now, "担当・見本県教育委員会", "back", note="指摘が2件あります。"),
        ],
        "remarks": [
            Remark(
                "見本県教育委員会 担当",
                now,
                "夜間の連絡先が学校の代表番号です。\n自宅か携帯の番号にしてください。",
                "誤り",
            ),
            Remark("見本県教育委員会 担当", now, "昨年も同じ欠落があった。", internal=True),
        ],
    }


def _figures() -> dict[str, Any]:
    return {
        "tabs": [
            Tab("すべて", "#tabs", count=12),
            Tab("要注意", "#tabs", current=True, count=3),
            Tab("期限後", "#tabs", count=1),
        ],
        "tiles": [
            Tile("期限内", 12, "件", "ok", "#tiles"),
            Tile("要注意", 3, "件", "warn", "#tiles"),
            Tile("期限後", 1, "件", "error", "#tiles"),
        ],
        "bars": [Bar("台湾", 12), Bar("オーストラリア", 7), Bar("シンガポール", 4, "warn"), Bar("大韓民国", 0)],
        "page": Paginator(range(95), 10).page(4),
    }


def _forms(request: HttpRequest) -> dict[str, Any]:
    data = {"holiday_phone": "なし\u200b", "night_phone": "03-0000-0101", "role": "chief"}
    contact = part_form(HomeContact)(data, part=HomeContact(key="h1"))
    contact.is_valid()
    stays = part_formset(Stay, only=("kind", "name", "checks_in", "checks_out", "phone"))
    return {
        "contact_form": contact,
        "outline_form": part_form(
            Outline, only=("title", "kind", "purpose", "departs_on", "assembles_at", "cost_per_head", "contract")
        )(part=Outline(title="台湾修学旅行(見本)", cost_per_head=128000)),
        "stays": stays(request.POST or None, parts=[Stay(key="s1", name="見本大飯店")], prefix="stays"),
        "file_form": FileForm(),
    }
