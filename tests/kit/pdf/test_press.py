"""Parts in, one A4 file out: numbers on every page, true counts, equal bytes, errors that name the part."""

from __future__ import annotations

import multiprocessing

import pytest

from portal.kit.pdf import (
    Caps,
    PartSource,
    Printed,
    RenderError,
    RendererUnavailableError,
    Running,
    fonts,
    marks,
    press,
)
from tests.kit.pdf import paper

A4 = (595, 842)
STYLE = f"@page {{ size: A4; margin: 25mm }} html {{ font: 11pt {fonts.STACK} }}"
RUNNING = Running(
    f'<p style="break-after: page">見本学校 {marks.NUMBER}/{marks.TOTAL} {marks.PART}</p>',
    f"@page {{ size: A4; margin: 15mm }} html {{ font: 9pt {fonts.STACK} }}",
)
LETTER = PartSource("letter", "依頼書", f"<p>名簿 {marks.count_of('roster')}枚、合計 {marks.COUNT_OF_ALL}枚</p>")
ROSTER = PartSource("roster", "名簿", "".join(f"<p>髙橋 {number}</p>" for number in range(90)))


def press_parts(*parts: PartSource, caps: Caps | None = None) -> Printed:
    return press.print_parts(parts, title="見本", style=STYLE, running=RUNNING, caps=caps)


@pytest.fixture(scope="module")
def printed() -> Printed:
    return press_parts(LETTER, ROSTER)


def test_every_page_is_a4_and_carries_its_number_and_part(printed: Printed) -> None:
    pages = paper.pages_of(printed.pdf)
    total = sum(printed.page_counts)
    titles = ["依頼書"] * printed.page_counts[0] + ["名簿"] * printed.page_counts[1]
    assert paper.page_sizes(printed.pdf) == {A4}
    assert len(pages) == total > 2
    for number, (text, title) in enumerate(zip(pages, titles, strict=True), start=1):
        assert paper.plain(f"見本学校 {number}/{total} {title}") in paper.plain(text)


def test_counts_on_paper_are_the_counts_of_the_file(printed: Printed) -> None:
    first = paper.plain(paper.pages_of(printed.pdf)[0])
    assert f"名簿{printed.page_counts[1]}枚、合計{sum(printed.page_counts)}枚" in first


def test_all_fonts_are_embedded(printed: Printed) -> None:
    embedded = paper.font_files(printed.pdf)
    assert any("BIZ-UDGothic" in name for name in embedded)
    assert all(embedded.values())


def test_same_parts_give_same_bytes(printed: Printed) -> None:
    assert press_parts(LETTER, ROSTER).pdf == printed.pdf


def test_character_that_no_font_has_is_reported() -> None:
    outcome = press_parts(PartSource("a", "名簿", "<p>渡\ue000邉 𠮷田 \U0010fffd</p>"))
    assert outcome.missing == {"\ue000", "\U0010fffd"}


def test_names_of_other_scripts_are_drawn() -> None:
    scripts = ["서울 호텔", "Khách sạn Đường Nguyễn Huệ", "โรงแรม", "होटल", "فندق", "សណ្ឋាគារ", "𠮷𡈽𣘺", "Škoda Łódź"]
    assert press_parts(PartSource("a", "宿泊先", "".join(f"<p>{each}</p>" for each in scripts))).missing == frozenset()


def test_endless_text_ends_at_the_cap_and_names_its_part() -> None:
    endless = PartSource("plan", "計画書", "<p>" + "が\u0301\u0302\u0303" * 100_000 + "</p>")
    with pytest.raises(RenderError, match="「計画書」を2秒以内に") as caught:
        press_parts(LETTER, endless, caps=Caps(seconds=2))
    assert "もう一度作成してください" in str(caught.value)


def test_document_larger_than_the_memory_cap_names_its_part() -> None:
    large = PartSource("roster", "名簿", "<p>あ</p>" * 200_000)
    with pytest.raises(RenderError, match="「名簿」が大きすぎて"):
        press_parts(LETTER, large, caps=Caps(memory=300 << 20))


def test_missing_font_is_one_sentence_with_the_line_to_type() -> None:
    with pytest.raises(RendererUnavailableError) as caught:
        press.require_fonts(("NoSuchFont-Regular.ttf",))
    assert "NoSuchFont-Regular.ttf" in str(caught.value)
    assert fonts.mend() in str(caught.value)
    press.require_fonts(fonts.REQUIRED_FILES)


def test_renderer_gets_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "value-of-a-secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://value-of-a-secret")
    assert "value-of-a-secret" not in str(press.bare_environment())


def count_pages_of_letter() -> tuple[int, ...]:
    return press_parts(LETTER, ROSTER).page_counts


def test_daemonic_worker_may_print(printed: Printed) -> None:
    """Celery's prefork workers are daemonic and may not have children of multiprocessing."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(count_pages_of_letter) == printed.page_counts
