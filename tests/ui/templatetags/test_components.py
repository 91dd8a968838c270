"""The component kit: what each tag prints, escaped, in words and never by colour alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils.translation import override

from portal.ui.messages import UNDO
from portal.ui.shapes import Bar, Citation, Entry, Happening, Remark, Rung, ShownFinding, Tab, Task, Tile
from portal.ui.states import DossierState, SectionState

HOSTILE = '"><script>alert(1)</script>'
DAY = dt.date(2027, 1, 6)


def render(source: str, **context: Any) -> str:
    with override("ja"):
        return " ".join(Template(source).render(Context(context)).split())


@pytest.mark.parametrize("state", list(SectionState))
def test_a_section_chip_has_icon_word_and_date(state: SectionState) -> None:
    html = render("{% section_chip state on=day id='c1' %}", state=state.value, day=DAY)
    assert f"#{state.icon}" in html
    assert f"<span>{state.label}</span>" in html
    assert '<time datetime="2027-01-06">1月6日(水)</time>' in html
    assert 'id="c1"' in html


@pytest.mark.parametrize("state", list(DossierState))
def test_the_state_banner_says_what_it_means(state: DossierState) -> None:
    html = render("{% state_banner state %}", state=state.value)
    assert state.label in html
    assert "<p>" in html


def test_the_two_vocabularies_never_mix() -> None:
    assert {state.label for state in SectionState} & {state.label for state in DossierState} == set()
    with pytest.raises(ValueError, match="done"):
        render("{% dossier_chip 'done' %}")


@pytest.mark.parametrize("tone", ["info", "warn", "error", "success", "emergency"])
def test_banners_escape_their_title_and_keep_their_content(tone: str) -> None:
    html = render("{% banner tone title %}<p>{{ words }}</p>{% endbanner %}", tone=tone, title=HOSTILE, words=HOSTILE)
    assert "<script>" not in html
    assert "<p>&quot;&gt;&lt;script&gt;" in html


def test_a_task_row_names_its_state_for_readers() -> None:
    tasks = [
        Task("日程・便", "/t/", "needs_fix", hint="休日の連絡先がありません", key="itinerary"),
        Task("保険", "/i/", "done"),
    ]
    html = render("{% task_list tasks '項目' %}", tasks=tasks)
    assert 'href="/t/" aria-describedby="task-itinerary"' in html
    assert 'id="task-itinerary"' in html
    assert 'aria-describedby="task-2"' in html
    assert 'id="task-2"' in html
    assert "休日の連絡先がありません" in html


def test_the_meter_speaks_in_words() -> None:
    html = render("{% meter 5 7 label='別添三' %}")
    assert "別添三: 7項目のうち5項目が完了" in html
    assert '<progress max="7" value="5"' in html
    assert "data-full" not in html
    assert "data-full" in render("{% meter 7 7 %}")


def test_the_ladder_shows_weekday_days_left_and_why() -> None:
    steps = [("出発日は2027年2月6日(土)", "領保第六一五七号 記二(二)")]
    rungs = [
        Rung("外務省必着", DAY, 12, steps=steps),
        Rung("学校の提出期限", DAY, -1),
        Rung("発送期限", DAY, 3, done_on=DAY),
        Rung("未定", None),
    ]
    html = render("{% deadline_ladder rungs ics_url='/x.ics' %}", rungs=rungs)
    assert "2027年1月6日(水)" in html
    assert "あと12日" in html
    assert "1日超過" in html
    assert "なぜこの日?" in html
    assert "領保第六一五七号 記二(二)" in html
    assert "出発日を入れると計算します" in html
    assert 'href="/x.ics"' in html


@pytest.mark.parametrize(
    ("verdict", "blocks", "word"),
    [
        ("fail", True, "要修正"),
        ("fail", False, "確認"),
        ("unknown", True, "未入力"),
        ("pass", True, "適合"),
        ("not_applicable", True, "該当なし"),
    ],
)
def test_a_finding_shows_code_words_citation_and_link(verdict: str, blocks: bool, word: str) -> None:
    cite = Citation("別添三 三", "留守校における連絡責任者", notice="領保第六一五七号")
    finding = ShownFinding("A303", "夜間の連絡先", HOSTILE, verdict, blocks, (cite,), "/x/#f-night_phone")
    html = render("{% finding_card finding %}", finding=finding)
    for part in ("A303", word, "別添三 三", "<blockquote", "留守校における連絡責任者", 'href="/x/#f-night_phone"'):
        assert part in html
    assert "<script>" not in html


def test_tables_scroll_inside_a_reachable_box() -> None:
    html = render("{% table '便' %}<tbody></tbody>{% endtable %}")
    assert 'role="region" tabindex="0" aria-label="便"' in html
    assert "<caption>便</caption>" in html


def test_a_description_list_says_what_is_missing_and_where_to_change_it() -> None:
    html = render("{% description_list entries %}", entries=[Entry("人数", None, "/c/"), Entry("氏名", HOSTILE)])
    assert "未入力" in html
    assert 'href="/c/"' in html
    assert "<script>" not in html


def test_tabs_are_links_with_one_current() -> None:
    html = render("{% tabs tabs '絞り込み' %}", tabs=[Tab("すべて", "?all", count=3), Tab("開", "?open", current=True)])
    assert html.count("aria-current") == 1
    assert '<span class="count">3</span>' in html


def test_timeline_and_comments() -> None:
    at = dt.datetime(2027, 1, 6, 0, 15, tzinfo=dt.UTC)
    html = render("{% timeline events %}", events=[Happening("提出しました", at, "校長", "send", note="版1")])
    assert "2027年1月6日(水) 9:15" in html
    assert "版1" in html
    html = render(
        "{% remark_card remark %}", remark=Remark("担当", at, "直して", "誤り", "夜間の連絡先", "/f/", True, True)
    )
    for part in ("庁内のみ", "修正済", "誤り", 'href="/f/"', "直して"):
        assert part in html


def test_tiles_and_bars() -> None:
    html = render("{% stat_tiles tiles %}", tiles=[Tile("期限後", 1, "件", "error", "/late/")])
    assert 'href="/late/"' in html
    html = render("{% bar_chart '渡航先' bars '件' 'b' %}", bars=[Bar("台湾", 200), Bar("豪州", 1), Bar("韓国", 0)])
    assert [f'width="{length}%"' in html for length in (100, 1, 0)] == [True, True, True]
    assert '<th scope="row">台湾</th>' in html


def test_an_empty_chart_is_no_accident() -> None:
    assert "<tbody></tbody>" in render("{% bar_chart '渡航先' bars '件' 'b' %}", bars=[])


def test_pagination_only_where_there_are_pages() -> None:
    assert render("{% pagination page %}", page=Paginator(range(5), 10).page(1)) == ""
    html = render("{% pagination page 'q=台湾' %}", page=Paginator(range(95), 10).page(4))
    assert 'href="?q=台湾&amp;page=3"' in html
    assert 'aria-current="page">4<' in html


def test_a_confirm_dialog_posts_with_token_and_membership() -> None:
    html = render(
        "{% confirm_dialog 'd' '削除しますか' '/x/' '削除する' danger=True %}<p>班</p>{% endconfirm_dialog %}",
        csrf_token="abc",
        shell={"acting_for": "m1"},
    )
    assert '<dialog class="dialog" id="d" aria-labelledby="d-title">' in html
    assert 'value="abc"' in html
    assert 'name="acting_for" value="m1"' in html
    assert "btn--danger" in html


def test_a_deletion_offers_the_way_back() -> None:
    message = Message(25, "削除しました", extra_tags=UNDO + "/trips/1/restore/")
    html = render("{% toasts messages %}", messages=[message], csrf_token="abc")
    assert 'action="/trips/1/restore/"' in html
    assert "元に戻す" in html
    assert "<form" not in render("{% toasts messages %}", messages=[Message(25, "保存しました")])


def test_cards_buttons_and_empty_states() -> None:
    assert 'class="card card--link"' in render("{% card '旅行' url='/t/' %}<p>x</p>{% endcard %}")
    assert "まだありません" in render("{% empty_state 'まだありません' %}<p>作る</p>{% endempty_state %}")
    assert "<summary>なぜ?</summary>" in render("{% why 'なぜ?' %}x{% endwhy %}")
