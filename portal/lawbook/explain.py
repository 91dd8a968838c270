"""Rules and reports as plain text for a terminal, and the generated chapter list docs/rules.md.

Not here: screens (portal.ui), the rows of ``rules --json`` (catalogue).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from portal.lawbook.finding import Finding, Report, Severity, Verdict
from portal.lawbook.rule import Rule
from portal.lawbook.rulebook import Rulebook

_HEADINGS = {
    Severity.BLOCK: "■ 提出の前に直すところ",
    Severity.WARN: "▲ 気を付けるところ",
    Severity.ADVICE: "・ 助言",
}


def report_text(report: Report, *, everything: bool = False) -> str:
    """A report for the terminal: the verdict first, then what to mend, worst first, then what may follow."""
    return "\n".join(_report_lines(report, everything=everything)) + "\n"


def _report_lines(report: Report, *, everything: bool) -> Iterator[str]:
    yield f"【{report.verdict.label}】 {report.edition}年の通知による点検({report.on}現在、規則{len(report.ran)}件)"
    if report.deadlines is not None:
        yield f"  外務省必着 {report.deadlines.receipt} / 学校の提出の目安 {report.deadlines.school_submission}"
    for severity, heading in _HEADINGS.items():
        found = report.of(severity)
        if found:
            yield f"{heading}({len(found)}件)"
            yield from map(_finding_line, found)
    if report.follow_ups:
        yield f"○ 後から出すもの({len(report.follow_ups)}件)"
        yield from map(_finding_line, report.follow_ups)
    if everything:
        yield f"○ 適合・該当なし({len(report.passed)}件)"
        yield from map(_finding_line, report.passed)


def _finding_line(finding: Finding) -> str:
    doubt = "" if finding.verified else "【目安】"
    shown = "" if finding.verdict is Verdict.FAIL else f"[{finding.verdict.label}] "
    return f"  {finding.code} {shown}{doubt}{finding.message}〔{'、'.join(finding.citation)}〕{finding.field}"


def rule_text(rule: Rule, *, root: Path, cases: Path) -> str:
    """Everything about one rule: its words, citations with the quoted lines, weights, place in the code, cases."""
    return "\n".join(_rule_lines(rule, root=root, cases=cases)) + "\n"


def _rule_lines(rule: Rule, *, root: Path, cases: Path) -> Iterator[str]:
    yield f"{rule.code} {rule.title}"
    yield f"     {rule.english}"
    yield f"章: {rule.chapter.title} / {rule.chapter.english}"
    for citation in rule.cites:
        heading = f"「{citation.passage.heading}」" if citation.passage.heading else ""
        quote = f"「{citation.quote}」" if citation.quote else "(全文は資料にない)"
        yield f"根拠: {citation.label} {heading}{quote} — {citation.passage.notice}({citation.source})"
    yield f"重さ: {_weights(rule)}"
    if not rule.verified:
        yield "注意: 通知に書かれた義務ではなく、目安(本ポータルの提案)です"
    if rule.needs:
        yield f"要る欄: {'、'.join(f'{rule.labels(need)[0]}({need})' for need in rule.needs)}"
    yield f"直す所: {rule.remedy}"
    if rule.hint[0]:
        yield f"書き方: {rule.hint[0]}"
        yield f"        {rule.hint[1]}"
    yield f"定義: {_relative(rule.file, root)}:{rule.line}"
    yield f"例: {_relative(cases / f'{rule.code}.yaml', root)}"


def _weights(rule: Rule) -> str:
    return "、".join(f"{edition}年通知 {weight.label}" for edition, weight in rule.severities.items())


def _relative(path: str | Path, root: Path) -> str:
    path = Path(path)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def rules_markdown(book: Rulebook, *, root: Path) -> str:
    """docs/rules.md: every rule by chapter with its title, citation, quoted line, weights and place in the code."""
    return "\n".join(_markdown_lines(book, root=root)) + "\n"


def _markdown_lines(book: Rulebook, *, root: Path) -> Iterator[str]:
    yield "# 規則の一覧 / Rules"
    yield ""
    yield "この頁は規則の定義から作られます(`make docs`)。直すときは定義を直してください。"
    yield "Generated from the declarations; `python manage.py rule CODE` explains one rule."
    for chapter in book.chapters:
        rules = list(chapter)
        yield ""
        yield f"## {chapter.prefix} {chapter.title} ({chapter.english}) — {len(rules)}"
        yield ""
        yield "| 番号 | 規則 | 根拠 | 引用 | 重さ 2003 / 2016 / 2024 | 定義 |"
        yield "|---|---|---|---|---|---|"
        yield from (_markdown_row(rule, root) for rule in rules)


def _markdown_row(rule: Rule, root: Path) -> str:
    weights = " / ".join(rule.severities[e].value if e in rule.severities else "–" for e in ("2003", "2016", "2024"))
    doubt = "" if rule.verified else " 【目安】"
    cells: Sequence[str] = (
        rule.code,
        f"{rule.title}{doubt}<br>{rule.english}",
        "<br>".join(_unique(rule.citation)),
        "<br>".join(_unique(f"「{citation.quote}」" for citation in rule.cites if citation.quote)),
        weights,
        f"`{_relative(rule.file, root)}`",
    )
    return f"| {' | '.join(cell.replace('|', '／') for cell in cells)} |"


def _unique(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
