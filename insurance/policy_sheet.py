"""A policy sheet as a table of labels and values: reading one with every problem named by its row, and the template.

Pure. Not here: reading the file itself (trips.roster), storing the contract (portal.ui.insurance).
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic import ValidationError

from insurance.contracts import pooled
from portal.dossier.types import Assistance, Benefit, BenefitKind, Policy
from portal.kit.era import parse_date
from portal.kit.text import Refused

HEADINGS = ("項目", "内容・支払限度額(円)", "免責金額(円)")
TEXTS = {
    "保険会社": "insurer",
    "保険種目・商品名": "product",
    "証券番号": "number",
    "住所": "address",
    "電話番号": "phone",
    "支払われない場合": "exclusions",
    "日数の出典(約款の条など)": "claim_days_source",
}
DAYS = {"事故の連絡の期限(日)": "claim_notice_days", "治療費が対象になる期間(日)": "claim_cost_days"}
POOLED = "治療費用と救援者費用の限度額は一つ(治療・救援費用)"
MOMENTS = {"保険期間の開始(日本時間)": "starts_at", "保険期間の終了(日本時間)": "ends_at"}
ASSISTANCE = {"アシスタンス会社": "company", "アシスタンス会社の電話番号": "phone", "強い地域の根拠": "strength_source"}
OPEN_24H = "24時間つながる"
KINDS = {kind.label: kind for kind in BenefitKind}
UNLIMITED, NONE = "無制限", "なし"
_EXAMPLES = {
    "保険会社": "例: ○○損害保険株式会社",
    "保険期間の開始(日本時間)": "例: 2027-01-19 05:00",
    OPEN_24H: "はい",
    "傷害治療費用": "例: 30,000,000(無制限、なし も書けます)",
}
_YEN = re.compile(r"^[0-9]{1,13}$")
_FOREIGN = re.compile(r"[$€£₩]|[A-Za-z]{2,}|ドル|ユーロ|ウォン|ポンド|バーツ|元")
_CLOCK = re.compile(r"^(?P<day>.+?)[ T](?P<hour>[0-2]?[0-9])[:時](?P<minute>[0-5][0-9])?(?::00)?分?$")
_MOST = 10**12


class Problem(NamedTuple):
    """What is wrong in one row (1 = first row of the file)."""

    row: int
    ja: str
    en: str


class Line(NamedTuple):
    """One row of the file: its number and its first three cells as text."""

    number: int
    label: str
    value: str
    deductible: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read: the contract, or the problems because of which there is none."""

    policy: Policy | None
    problems: tuple[Problem, ...]


def template_rows() -> list[tuple[str, str, str]]:
    """Every line that a sheet may have, with examples; the labels are those of the product."""
    labels = [*TEXTS, *DAYS, *MOMENTS, OPEN_24H, *ASSISTANCE, *KINDS, POOLED]
    return [HEADINGS, *((label, _EXAMPLES.get(label, ""), "") for label in labels)]


def read_sheet(lines: Iterable[Line], *, key: str) -> Sheet:
    """The contract of a sheet; every row that cannot be used is named, and then nothing is taken over."""
    found = _Found()
    for line in lines:
        label = _plain(line.label)
        if not label or label == HEADINGS[0] or not (line.value.strip() or line.deductible.strip()):
            continue
        if line.value.startswith("例:"):
            continue
        try:
            found.take(label, line)
        except Refused as refusal:
            found.problems.append(Problem(line.number, str(refusal), refusal.english))
    return found.sheet(key)


class _Found:
    """What the rows have said so far."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.assistance: dict[str, str] = {}
        self.benefits: dict[BenefitKind, Benefit] = {}
        self.pooled = False
        self.seen: set[str] = set()
        self.problems: list[Problem] = []

    def take(self, label: str, line: Line) -> None:
        if label in self.seen:
            raise Refused(
                f"「{label}」が二度書かれています。1行にしてください", f"“{label}” stands there twice; keep one row"
            )
        self.seen.add(label)
        value = line.value.strip()
        if label in TEXTS:
            self.values[TEXTS[label]] = value
        elif label in DAYS:
            self.values[DAYS[label]] = read_days(value)
        elif label == POOLED:
            self.pooled = _yes_or_no(value)
        elif label in MOMENTS:
            self.values[MOMENTS[label]] = read_moment(value)
        elif label in ASSISTANCE:
            self.assistance[ASSISTANCE[label]] = value
        elif label == OPEN_24H:
            self.values["phone_24h"] = _yes_or_no(value)
        elif label in KINDS:
            self._benefit(KINDS[label], line)
        else:
            raise Refused(
                f"「{label}」という項目・補償はありません。ひな形の言葉で書いてください(補償: {'、'.join(KINDS)})",
                f"There is no item or benefit called {label}; use the words of the template",
            )

    def _benefit(self, kind: BenefitKind, line: Line) -> None:
        value, deductible = line.value.strip(), line.deductible.strip()
        if value == NONE:
            return
        free = read_yen(deductible) if deductible else None
        if value == UNLIMITED:
            self.benefits[kind] = Benefit(kind=kind, unlimited=True, deductible=free)
            return
        limit = read_yen(value) if value else None
        self.benefits[kind] = Benefit(kind=kind, limit=limit, deductible=free)

    def sheet(self, key: str) -> Sheet:
        if not self.seen and not self.problems:
            self.problems.append(
                Problem(
                    1,
                    "書かれた項目が一つもありません。ひな形に写してください",
                    "Nothing is filled in; use the template",
                )
            )
        starts, ends = self.values.get("starts_at"), self.values.get("ends_at")
        if starts and ends and ends <= starts:
            self.problems.append(
                Problem(1, "保険期間の終了が開始より前です。日時を確かめてください", "Cover ends before it starts")
            )
        if self.problems:
            return Sheet(None, tuple(self.problems))
        try:
            return Sheet(self._policy(key), ())
        except ValidationError as error:
            return Sheet(None, tuple(_too_long(each) for each in error.errors()))

    def _policy(self, key: str) -> Policy:
        benefits = tuple(self.benefits[kind] for kind in BenefitKind if kind in self.benefits)
        shared = pooled(benefits, together=True) if self.pooled else benefits
        return Policy(key=key, benefits=shared, assistance=Assistance(**self.assistance), **self.values)


def _too_long(problem: Any) -> Problem:
    name = str(problem["loc"][-1]) if problem["loc"] else ""
    label = next((ja for ja, each in (TEXTS | ASSISTANCE).items() if each == name), name)
    return Problem(
        1,
        f"「{label}」が使えません。長すぎないか、改行や記号が入っていないか確かめてください",
        f"“{label}” cannot be used",
    )


def read_yen(typed: str) -> int:
    """Whole yen; raises :class:`Refused` for other currencies, negative and absurd amounts."""
    plain = unicodedata.normalize("NFKC", typed).replace("円", "").replace("¥", "").replace(",", "").strip()
    if _FOREIGN.search(plain):
        raise Refused(f"「{typed}」は円ではありません。円に直して書いてください", f"{typed} is not in yen; write yen")
    if plain.endswith("万") and plain[:-1].isdecimal():
        plain = plain[:-1] + "0000"
    if plain.startswith("-"):
        raise Refused(f"「{typed}」は負の金額です。0円以上で書いてください", f"{typed} is negative; write 0 or more")
    if not _YEN.match(plain) or int(plain) > _MOST:
        raise Refused(
            f"「{typed}」は金額として読めません。30,000,000 のように円の整数で、1兆円までで書いてください",
            f"{typed} is no amount; write whole yen such as 30,000,000, up to 10^12",
        )
    return int(plain)


def read_days(typed: str) -> int:
    """A period of a contract in days. Raises :class:`Refused`."""
    plain = unicodedata.normalize("NFKC", typed).strip().removesuffix("以内").removesuffix("日")
    if not re.fullmatch(r"[0-9]{1,4}", plain) or not 1 <= int(plain) <= 1_000:
        raise Refused(
            f"「{typed}」は日数として読めません。30 のように、1から1,000までの整数で書いてください",
            f"{typed} is no number of days; write a whole number from 1 to 1,000",
        )
    return int(plain)


def read_moment(typed: str) -> dt.datetime:
    """A day with a time; a day alone is its first minute. Raises :class:`Refused`."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    found = _CLOCK.match(plain)
    if found is None:
        return dt.datetime.combine(parse_date(plain), dt.time())  # a wall-clock time has no zone in the plan
    hour = int(found["hour"])
    if hour > 23:
        raise Refused(f"「{typed}」の時刻は0時から23時までで書いてください", f"The hour of {typed} is 0 to 23")
    return dt.datetime.combine(parse_date(found["day"]), dt.time(hour, int(found["minute"] or 0)))


def _yes_or_no(value: str) -> bool:
    if value in ("はい", "○", "yes", "Yes", "YES", "1"):
        return True
    if value in ("いいえ", "×", "no", "No", "NO", "0"):
        return False
    raise Refused(f"「{value}」は はい か いいえ で書いてください", f"Write はい or いいえ instead of {value}")


def _plain(label: str) -> str:
    """A label without outer blanks and with the brackets of the template."""
    return label.strip().replace("(", "(").replace(")", ")").lstrip("\ufeff")


def lines_of(rows: Sequence[tuple[int, Sequence[str]]]) -> list[Line]:
    """Rows of a file as lines; what stands beyond the third column is not read."""
    padded = ((number, [*cells, "", "", ""][:3]) for number, cells in rows)
    return [Line(number, *texts) for number, texts in padded]
