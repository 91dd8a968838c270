"""The protection classes: what each holds, how it rests, who sees it, and when it goes.

Here: the classes. Not here: which column has which (fields.yaml), sealing (portal.vault.seal).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DataClass(StrEnum):
    """From what may be published to what the law on personal information calls special-care data."""

    P0 = "P0"
    P1 = "P1"
    P2S = "P2s"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


@dataclass(frozen=True)
class Treatment:
    """What a class means in practice, in our users' words."""

    holds: str
    at_rest: str
    seen_by: str
    goes: str
    sealed: bool = False


TREATMENTS: dict[DataClass, Treatment] = {
    DataClass.P0: Treatment("使い方・国の情報", "そのまま", "だれでも", "消さない"),
    DataClass.P1: Treatment(
        "計画の文・承認・指摘・書類のハッシュ", "行の壁(RLS)の内側", "役割による", "5年(各団体の文書規程による)"
    ),
    DataClass.P2S: Treatment(
        "日付のある行程・便・宿泊先(未成年の居場所)",
        "行の壁(RLS)の内側",
        "学校・所管庁・JCSOS。帰国までほかのだれにも見せない",
        "5年(参加者の氏名は含まない)",
    ),
    DataClass.P2: Treatment(
        "氏名・年齢・性別・組・部屋",
        "行の壁(RLS)の内側。提出版では封をする",
        "学校。所管庁には提出版だけ",
        "その年度の終わり",
    ),
    DataClass.P3: Treatment(
        "旅券の氏名・生年月日・血液型・自宅と保護者の連絡先・夜間休日の番号",
        "旅行ごとの鍵で封をする",
        "学校の旅行担当者と、渡す相手の書類だけ",
        "帰国から90日",
        sealed=True,
    ),
    DataClass.P4: Treatment(
        "アレルギー・病気・薬・障害・宗教上の食事・けがと事故の記録",
        "旅行ごとの鍵で封をし、別の表に置く",
        "引率責任者・養護教諭・校長。ほかは理由を書いて開いたときだけ",
        "帰国から30日(事故の記録は保全し、毎年見直す。保険の請求は、終えてから1年。学校が1年ずつ延ばせる)",
        sealed=True,
    ),
}
