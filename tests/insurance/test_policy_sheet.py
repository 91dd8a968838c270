"""Policy sheets: the template read back, every problem named by its row, and nothing taken over in part."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insurance.contracts import is_pooled
from insurance.policy_sheet import Sheet, lines_of, read_sheet, read_yen, template_rows
from portal.dossier.types import BenefitKind

FULL = [
    ("項目", "内容・支払限度額(円)", "免責金額(円)"),
    ("保険会社", "例示損害保険株式会社(見本)"),
    ("証券番号", "MS-000-1"),
    ("保険期間の開始(日本時間)", "2027-01-19 05:00"),
    ("保険期間の終了(日本時間)", "令和9年1月23日 23時59分"),
    ("24時間つながる", "はい"),
    ("アシスタンス会社", "見本アシスタンス(見本)"),
    ("傷害治療費用", "3,000万", "5,000円"),
    ("疾病治療費用", "無制限"),
    ("賠償責任", "100,000,000円"),
    ("携行品", "なし"),
    ("救援者費用", "3,000万"),
    ("治療費用と救援者費用の限度額は一つ(治療・救援費用)", "はい"),
    ("事故の連絡の期限(日)", "60日以内"),
    ("日数の出典(約款の条など)", "約款 第27条"),
    ("", "", ""),
]


def read(*rows: tuple[str, ...]) -> Sheet:
    return read_sheet(lines_of(list(enumerate(rows, start=1))), key="p9")


def test_a_whole_sheet_becomes_a_contract() -> None:
    sheet = read(*FULL)
    assert sheet.problems == ()
    policy = sheet.policy
    assert policy is not None
    assert (policy.key, policy.insurer, policy.phone_24h) == ("p9", "例示損害保険株式会社(見本)", True)
    assert (policy.starts_at, policy.ends_at) == (dt.datetime(2027, 1, 19, 5), dt.datetime(2027, 1, 23, 23, 59))
    assert [(part.kind, part.limit, part.unlimited, part.deductible) for part in policy.benefits] == [
        (BenefitKind.INJURY_TREATMENT, 30_000_000, False, 5000),
        (BenefitKind.ILLNESS_TREATMENT, None, True, None),
        (BenefitKind.LIABILITY, 100_000_000, False, None),
        (BenefitKind.RESCUE, 30_000_000, False, None),
    ]
    assert policy.assistance.company == "見本アシスタンス(見本)"


def test_the_template_names_every_kind_and_its_examples_are_not_taken_over() -> None:
    labels = [row[0] for row in template_rows()]
    assert {kind.label for kind in BenefitKind} <= set(labels)
    sheet = read(*template_rows(), ("証券番号", "MS-1"))
    assert sheet.policy is not None
    assert (sheet.policy.insurer, sheet.policy.benefits, sheet.policy.number) == (None, (), "MS-1")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("傷害治療費用", "USD 50,000"), "円ではありません"),
        (("傷害治療費用", "-5"), "負の金額"),
        (("傷害治療費用", "1.5"), "金額として読めません"),
        (("傷害治療費用", "9999999999999"), "1兆円まで"),
        (("傷害治療費用", "30000000", "ドル"), "円ではありません"),
        (("宇宙旅行費用", "1"), "「宇宙旅行費用」という項目・補償はありません"),
        (("24時間つながる", "たぶん"), "はい か いいえ"),
        (("保険期間の開始(日本時間)", "2027-02-30 05:00"), "2027-02-30"),
        (("保険期間の開始(日本時間)", "2027-02-20 25:00"), "0時から23時"),
        (("保険会社", "あ" * 201), "「保険会社」が使えません"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_nothing_is_taken_over(row: tuple[str, ...], words: str) -> None:
    sheet = read(("証券番号", "MS-1"), row)
    assert sheet.policy is None
    (problem,) = sheet.problems
    assert words in problem.ja
    assert problem.en


def test_all_problems_are_told_at_once_with_their_rows() -> None:
    sheet = read(("携行品", "-1"), ("証券番号", "A"), ("証券番号", "B"), ("救援者費用", "多い"))
    assert [problem.row for problem in sheet.problems] == [1, 3, 4]
    assert "二度" in sheet.problems[1].ja


def test_an_empty_sheet_and_a_backwards_period_are_refused() -> None:
    assert "一つもありません" in read(*template_rows()[:1]).problems[0].ja
    backwards = read(("保険期間の開始(日本時間)", "2027-01-23"), ("保険期間の終了(日本時間)", "2027-01-19"))
    assert "開始より前" in backwards.problems[0].ja


@given(st.integers(0, 10**12))
def test_amounts_in_any_dress_are_read(amount: int) -> None:
    assert {read_yen(dress) for dress in (str(amount), f"{amount:,}円", f"¥{amount:,}")} == {amount}


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    sheet = read(("傷害治療費用", text), (text, "1"), ("保険会社", text), ("保険期間の開始(日本時間)", text))
    assert (sheet.policy is None) is bool(sheet.problems)
    assert all(problem.ja and problem.en for problem in sheet.problems)


def test_the_days_for_claims_and_the_shared_limit_are_read() -> None:
    policy = read(*FULL).policy
    assert policy is not None
    assert (policy.claim_notice_days, policy.claim_cost_days, policy.claim_days_source) == (60, None, "約款 第27条")
    assert is_pooled(policy.benefits)
    rescue = next(benefit for benefit in policy.benefits if benefit.kind is BenefitKind.RESCUE)
    assert set(rescue.shared_with) == {BenefitKind.INJURY_TREATMENT, BenefitKind.ILLNESS_TREATMENT}


@pytest.mark.parametrize("typed", ["0", "-30", "1001", "三十", "1か月", "30.5"])
def test_days_that_are_none_are_named(typed: str) -> None:
    (problem,) = read(("事故の連絡の期限(日)", typed)).problems
    assert typed in problem.ja
    assert "1から1,000まで" in problem.ja
