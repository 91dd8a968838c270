"""The component kit as template tags; a built-in library, so no ``{% load %}``. Each has an entry in the gallery.

Not here: fields and forms (portal.ui.forms), filters for dates and money (shown), the shapes given to them (shapes).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.ui.charts import bar_lengths
from portal.ui.labels import label_of
from portal.ui.messages import UNDO
from portal.ui.shapes import Bar, Entry, Happening, Remark, Rung, ShownFinding, Tab, Task, Tile
from portal.ui.states import DossierState, SectionState, ShownState
from portal.ui.templatetags import shown

register = template.Library()
register.filters.update(shown.register.filters)

BANNER_ICONS = {"info": "info", "warn": "alert", "error": "error", "success": "success", "emergency": "alert"}
VERDICT_CHIPS = {
    "fail": ("error", "error"),
    "unknown": ("circle", "warn"),
    "pass": ("check", "ok"),
    "not_applicable": ("withdrawn", ""),
}


@register.simple_tag
def icon(name: str, css: str = "icon") -> SafeString:
    """One symbol of the sprite, hidden from readers: it always stands beside a word."""
    return _drawn(css, static("img/icons.svg"), name)


@lru_cache(maxsize=512)
def _drawn(css: str, sprite: str, name: str) -> SafeString:
    """A page of many findings draws the same few symbols hundreds of times."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', css, sprite, name
    )


# --- chips ----------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/chip.html")
def chip(text: str, icon: str = "info", tone: str = "", on: Any = None, id: str = "") -> dict[str, Any]:
    """Icon, word and date; ``tone`` is key, ok, warn, error or none."""
    return {"text": text, "icon": icon, "tone": tone, "on": on, "id": id, "kind": ""}


@register.inclusion_tag("components/chip.html")
def section_chip(state: str, on: Any = None, id: str = "") -> dict[str, Any]:
    """The state of one section (未着手・入力中・要修正・済)."""
    return _state_chip(SectionState.of(state), on=on, id=id, kind="section")


@register.inclusion_tag("components/chip.html")
def dossier_chip(state: str, on: Any = None, id: str = "") -> dict[str, Any]:
    """The state of the whole request (未提出 … 受領確認済)."""
    return _state_chip(DossierState.of(state), on=on, id=id, kind="dossier")


def _state_chip(state: ShownState, *, on: Any, id: str, kind: str) -> dict[str, Any]:
    return {"text": label_of(state), "icon": state.icon, "tone": state.tone, "on": on, "id": id, "kind": kind}


@register.inclusion_tag("components/chip.html")
def days_chip(days: int | None) -> dict[str, Any]:
    """Days left in words, as a chip."""
    tone = shown.days_tone(days)
    return {"text": shown.days_left(days), "icon": "alert" if tone else "clock", "tone": tone, "on": None, "id": ""}


@register.inclusion_tag("components/statebar.html")
def state_banner(state: str, on: Any = None, text: str = "") -> dict[str, Any]:
    """The permanent banner of a trip's pages: the dossier's state, so that 済 is never taken for 提出済."""
    return {"state": state, "on": on, "text": text}


# --- blocks with content --------------------------------------------------------------------------------------


@register.simple_block_tag
def banner(content: str, tone: str = "info", title: str = "", level: str = "p") -> str:
    """A box with a message; ``tone``: info, warn, error, success, emergency; ``level`` h2 or h3 makes a heading."""
    context = {"content": content, "tone": tone, "title": title, "level": level, "icon": BANNER_ICONS[tone]}
    return render_to_string("components/banner.html", context)


@register.simple_block_tag
def card(content: str, title: str = "", url: str = "", level: str = "h2", id: str = "") -> str:
    """A bordered box; with ``url`` its whole face is the link of its title."""
    return render_to_string(
        "components/card.html", {"content": content, "title": title, "url": url, "level": level, "id": id}
    )


@register.simple_block_tag
def table(content: str, caption: str, id: str = "", hide_caption: bool = False) -> str:
    """``thead`` and ``tbody`` in a table that scrolls inside its own, keyboard-reachable box."""
    return render_to_string(
        "components/table.html", {"content": content, "caption": caption, "id": id, "hide_caption": hide_caption}
    )


@register.simple_block_tag
def empty_state(content: str, title: str, icon: str = "file") -> str:
    """Says that a list is empty and what to do first."""
    return render_to_string("components/empty_state.html", {"content": content, "title": title, "icon": icon})


@register.simple_block_tag
def why(content: str, summary: str) -> str:
    """A disclosure: a question that unfolds its answer."""
    return render_to_string("components/why.html", {"content": content, "summary": summary})


@register.simple_block_tag(takes_context=True)
def confirm_dialog(
    context: Context, content: str, id: str, title: str, action: str, confirm: str, danger: bool = False
) -> str:
    """A question before an act. Opened by ``<a href="page twin" data-dialog="id">``; without JavaScript the twin opens.

    ``action`` is the URL that is posted to, ``confirm`` the verb on the button.
    """
    return render_to_string(
        "components/dialog.html",
        {
            "content": content,
            "id": id,
            "title": title,
            "action": action,
            "confirm": confirm,
            "danger": danger,
            "csrf_token": context.get("csrf_token"),
            "shell": context.get("shell"),
        },
    )


# --- lists and figures ----------------------------------------------------------------------------------------


@register.inclusion_tag("components/task_list.html")
def task_list(tasks: Sequence[Task], label: str) -> dict[str, Any]:
    """Sections in their order, each with its state; the whole row is the link."""
    return {"tasks": tasks, "label": label}


@register.inclusion_tag("components/meter.html")
def meter(done: int, total: int, label: str = "", id: str = "meter") -> dict[str, Any]:
    """Progress in words first, bar second: 「7項目のうち5項目が完了」."""
    return {"done": done, "total": total, "label": label, "id": id, "full": bool(total) and done >= total}


@register.inclusion_tag("components/deadline_ladder.html")
def deadline_ladder(rungs: Sequence[Rung], ics_url: str = "") -> dict[str, Any]:
    """School's date → forwarder's date → ministry's date, with weekday, days left and why."""
    return {"rungs": rungs, "ics_url": ics_url}


@register.inclusion_tag("components/finding.html")
def finding_card(finding: ShownFinding, id: str = "", brief: bool = False) -> dict[str, Any]:
    """One finding: code, plain words, citation with the quoted line, and the link that lands on the field.

    ``brief`` is for narrow columns: the title is the link, the quoted lines are folded away.
    """
    verdict = str(finding.verdict)
    icon_name, tone = VERDICT_CHIPS[verdict]
    tone = "warn" if verdict == "fail" and not finding.blocks else tone
    return {"finding": finding, "icon": icon_name, "tone": tone, "verdict": verdict, "id": id, "brief": brief}


@register.inclusion_tag("components/description_list.html")
def description_list(entries: Sequence[Entry]) -> dict[str, Any]:
    """Labels and values; with change links it is a check-your-answers page."""
    return {"entries": entries}


@register.inclusion_tag("components/tabs.html")
def tabs(tabs: Sequence[Tab], label: str) -> dict[str, Any]:
    """Links that look like tabs; each is a page of its own."""
    return {"tabs": tabs, "label": label}


@register.inclusion_tag("components/timeline.html")
def timeline(happenings: Sequence[Happening]) -> dict[str, Any]:
    """What happened, by whom and when, in the order given."""
    return {"happenings": happenings}


@register.inclusion_tag("components/comment.html")
def remark_card(remark: Remark) -> dict[str, Any]:
    """One remark; an internal one says so in words."""
    return {"remark": remark}


@register.inclusion_tag("components/tiles.html")
def stat_tiles(tiles: Sequence[Tile]) -> dict[str, Any]:
    """Figures side by side, each with its label and perhaps a link to its list."""
    return {"tiles": tiles}


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(title: str, bars: Sequence[Bar], unit: str, id: str) -> dict[str, Any]:
    """Horizontal bars drawn inside the table of their figures, so that the chart is its own table."""
    return {"title": title, "unit": unit, "id": id, "rows": bar_lengths(bars)}


@register.inclusion_tag("components/pagination.html")
def pagination(page: Page[Any], query: str = "") -> dict[str, Any]:
    """Links through the pages of a ``Paginator``; ``query`` is the rest of the query string, such as ``q=台湾``."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": numbers, "query": query, "gap": page.paginator.ELLIPSIS}


# --- forms and messages ---------------------------------------------------------------------------------------


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """All errors of the forms (or of a part formset) with links to their fields; takes the focus."""
    singles = [single for form in forms for single in (form.forms if hasattr(form, "forms") else [form])]
    return {"forms": [single for single in singles if single.errors]}


@register.inclusion_tag("components/file_drop.html")
def file_drop(field: Any, hint: str = "") -> dict[str, Any]:
    """A file input whose label is the drop zone; it works by click, key and drop."""
    return {"field": field, "hint": hint}


@register.inclusion_tag("components/toasts.html", takes_context=True)
def toasts(context: Context, messages: Any) -> dict[str, Any]:
    """The messages of this request; they stay until closed, and a deletion offers 元に戻す."""
    return {"messages": messages or (), "csrf_token": context.get("csrf_token")}


@register.filter
def undo_url(message: Any) -> str:
    """The POST URL that takes the announced act back, if the message carries one."""
    tags = message.extra_tags or ""
    return tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""


@register.simple_tag(takes_context=True)
def acting_for(context: Context) -> SafeString:
    """Beside ``{% csrf_token %}``: names the membership a form was opened for, so that it acts for no other."""
    shell = context.get("shell")
    held = shell["acting_for"] if shell else ""
    return format_html('<input type="hidden" name="acting_for" value="{}">', held) if held else SafeString("")


@register.simple_tag
def autosave(url: str) -> SafeString:
    """The attributes of an autosaving form: ``<form method="post" {% autosave url %}>``."""
    return format_html(
        'data-autosave hx-post="{}" hx-trigger="input delay:600ms, change delay:200ms" hx-sync="this:queue last"'
        ' hx-target="#save-state" hx-swap="innerHTML"',
        url,
    )
