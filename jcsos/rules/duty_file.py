"""What a duty-of-care file tells: one line a measure, with its day, its hand and its evidence, done or not on record.

Pure. No traveller's name, no health data and no free text gets in. Not here: rows, screens, paper.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from portal.dossier.types import Dossier, Policy
from portal.kit.choices import LabelledEnum
from portal.lawbook.words import day_words
from trips.enums import CallOutcome

FORMAT = "wataridori-duty-file/1"
TOKYO = ZoneInfo("Asia/Tokyo")


class Chapter(LabelledEnum):
    """The parts of a file, in the order of a journey."""

    PLAN = "plan", "計画と提出", "Plan and submission"
    RULING = "ruling", "所管庁・外務省", "Authority and ministry"
    TEACHING = "teaching", "下見と事前指導", "Pre-visit and orientation"
    CONTACT = "contact", "緊急連絡体制と電話の試し掛け", "Contacts and test calls"
    COVER = "cover", "保険", "Cover"
    ROSTER = "roster", "参加者の人数", "Numbers of travellers"
    NEWS = "news", "危険情報と通信", "Danger information and circulars"
    RETURN = "return", "帰国後", "After the return"


@dataclass(frozen=True)
class Hand:
    """Who did it: the account's id (a name is looked up where it may be shown), the role and the organisation."""

    user: int | None = None
    role: str = ""
    org: str = ""


@dataclass(frozen=True)
class Line:
    """One measure. ``on`` is its day, empty where none is on record; ``evidence`` says where it stands."""

    chapter: Chapter
    text: str
    english: str
    on: dt.date | None = None
    by: Hand = Hand()
    evidence: str = ""
    done: bool = True

    def as_json(self) -> dict[str, object]:
        """For the frozen document."""
        by = {"user": self.by.user, "role": self.by.role, "org": self.by.org}
        return {
            "chapter": self.chapter.value, "text": self.text, "english": self.english,
            "on": self.on.isoformat() if self.on else None, "by": by, "evidence": self.evidence, "done": self.done,
        }  # fmt: skip


@dataclass(frozen=True)
class Filing:
    """One submitted revision."""

    number: int
    at: dt.datetime
    by: Hand
    sha256: str
    due_on: dt.date | None


@dataclass(frozen=True)
class Ruling:
    """One decision, receipt or dispatch on the authority's side, in words."""

    text: str
    english: str
    at: dt.datetime
    by: Hand


@dataclass(frozen=True)
class TestCall:
    """One test call; the number is not told."""

    place: str
    called_on: dt.date
    outcome: CallOutcome
    by: Hand


@dataclass(frozen=True)
class News:
    """One circular that went to the school, and when it was opened there."""

    told_on: dt.date
    read_on: dt.date | None
    by: Hand


@dataclass(frozen=True)
class Homecoming:
    """The report of the return, and how many incidents were noted."""

    reported_on: dt.date
    by: Hand
    returned_on: dt.date | None
    all_back: bool | None
    version: int
    incidents: int


@dataclass(frozen=True)
class Story:
    """Everything a file is told from. ``dossier`` is the open part of the revision in force at departure."""

    dossier: Dossier
    revision: int
    filings: tuple[Filing, ...]
    rulings: tuple[Ruling, ...]
    calls: tuple[TestCall, ...]
    news: tuple[News, ...]
    homecoming: Homecoming | None = None


def departure_of(dossier: Dossier) -> dt.datetime | None:
    """The instant of leaving: the first carriage of the journey, else the end of the day of departure in Japan."""
    first = [
        leg.departs_at.replace(tzinfo=ZoneInfo(leg.departs_zone or TOKYO.key)) for leg in dossier.legs if leg.departs_at
    ]
    if first:
        return min(first)
    day = dossier.outline.departs_on
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(0), TOKYO) if day else None


def lines_of(story: Story) -> tuple[Line, ...]:
    """The whole file, chapter by chapter."""
    return (
        *_plan(story),
        *_rulings(story),
        *_teaching(story),
        *_contacts(story),
        *_cover(story),
        *_roster(story),
        *_news(story),
        *_return(story),
    )


def _plan(story: Story) -> Iterator[Line]:
    for filing in story.filings:
        on = filing.at.astimezone(TOKYO).date()
        due, due_en = ("", "")
        if filing.due_on:
            due, due_en = f"(学校の提出期限{day_words(filing.due_on)})", f" (school's deadline {filing.due_on})"
        yield Line(
            Chapter.PLAN,
            f"計画の第{filing.number}版を{_clock(filing.at)}に提出{due}",
            f"Revision {filing.number} of the plan filed at {_clock(filing.at)} (Japan){due_en}",
            on=on,
            by=filing.by,
            evidence=f"提出版 照合符号 {filing.sha256[:16]}",
        )


def _rulings(story: Story) -> Iterator[Line]:
    for ruling in story.rulings:
        on = ruling.at.astimezone(TOKYO).date()
        yield Line(Chapter.RULING, ruling.text, ruling.english, on=on, by=ruling.by, evidence="所管庁の記録")
    if not story.rulings:
        yield _missing(Chapter.RULING, "所管庁の判断の記録はありません", "No decision of an authority on record")


def _teaching(story: Story) -> Iterator[Line]:
    outline, ready = story.dossier.outline, story.dossier.readiness
    where = _place(story, "準備")
    if outline.previsit_on:
        place = _place(story, "旅行概要")
        yield Line(Chapter.TEACHING, "下見を実施", "Pre-visit made", on=outline.previsit_on, evidence=place)
    else:
        why = bool(outline.previsit_none_reason)
        text = "下見は行っていない(理由の記入あり)" if why else "下見の記録はありません"
        yield _missing(Chapter.TEACHING, text, "No pre-visit; reason given" if why else "No pre-visit on record")
    if ready.orientation_on:
        came = f"、出席{ready.orientation_attended}人" if ready.orientation_attended is not None else ""
        made = "、欠席者への補講の記載あり" if ready.orientation_makeup else ""
        english = f"Safety orientation held; attended {ready.orientation_attended}"
        yield Line(Chapter.TEACHING, f"事前指導を実施{came}{made}", english, on=ready.orientation_on, evidence=where)
    else:
        yield _missing(Chapter.TEACHING, "事前指導の実施日の記録はありません", "No orientation on record")
    if ready.orientation_syllabus:
        size = len(ready.orientation_syllabus)
        text, english = f"指導内容の記載あり({size}字)", f"Syllabus on record ({size} characters)"
        yield Line(Chapter.TEACHING, text, english, on=ready.orientation_on, evidence=where)
    else:
        yield _missing(Chapter.TEACHING, "指導内容の記録はありません", "No syllabus on record")
    if ready.parents_meeting_on:
        text, on = "保護者説明会を実施", ready.parents_meeting_on
        yield Line(Chapter.TEACHING, text, "Parents' meeting held", on=on, evidence=where)


def _contacts(story: Story) -> Iterator[Line]:
    told = story.dossier.emergency.told_all_on
    if told:
        text, place = "緊急時の連絡先を参加者全員に周知", _place(story, "緊急連絡体制")
        yield Line(Chapter.CONTACT, text, "Emergency contacts told to everybody", on=told, evidence=place)
    else:
        text = "連絡先を全員に周知した記録はありません"
        yield _missing(Chapter.CONTACT, text, "Not on record that contacts were told to all")
    for call in story.calls:
        ja, en = _whose(call.place)
        yield Line(
            Chapter.CONTACT,
            f"電話の試し掛け({ja}): {call.outcome.label}",
            f"Test call ({en}): {call.outcome.english}",
            on=call.called_on,
            by=call.by,
            evidence="電話の試し掛けの記録",
            done=call.outcome is CallOutcome.REACHED,
        )
    if not story.calls:
        yield _missing(Chapter.CONTACT, "電話の試し掛けの記録はありません", "No test calls on record")


def _cover(story: Story) -> Iterator[Line]:
    place = _place(story, "保険")
    for policy in story.dossier.policies:
        name = " ".join(filter(None, (policy.insurer, policy.product))) or "保険会社の記入なし"
        kinds = "、".join(benefit.kind.label for benefit in policy.benefits) or "補償項目の記入なし"
        text = f"保険: {name}({kinds}){_period(policy)}"
        yield Line(Chapter.COVER, text, f"Cover: {name}; {len(policy.benefits)} benefits", evidence=place)
    if not story.dossier.policies:
        yield _missing(Chapter.COVER, "保険契約の記録はありません", "No policy on record")
    opted = story.dossier.opt_outs
    if opted:
        signed = sum(bool(one.signed_on and one.guardian_signed) for one in opted)
        text = f"保険に入らない人{len(opted)}人、うち保護者の署名のある書面{signed}人"
        english = f"{len(opted)} not insured, {signed} with a statement signed by a guardian"
        yield Line(Chapter.COVER, text, english, evidence=place, done=signed == len(opted))


def _roster(story: Story) -> Iterator[Line]:
    party = story.dossier.outline.party
    parts = (
        ("生徒", "pupils", party.students), ("引率", "escorts", party.escorts), ("その他", "others", party.others),
        ("合計", "in all", party.total),
    )  # fmt: skip
    known = [(ja, en, many) for ja, en, many in parts if many is not None]
    if known:
        text = "、".join(f"{ja}{many}人" for ja, _, many in known)
        english = ", ".join(f"{many} {en}" for _, en, many in known)
        yield Line(Chapter.ROSTER, text, english, evidence=_place(story, "旅行概要"))
    else:
        yield _missing(Chapter.ROSTER, "人数の記録はありません", "No numbers on record")


def _news(story: Story) -> Iterator[Line]:
    ready = story.dossier.readiness
    if ready.tabireji_on:
        text, place = "たびレジに登録", _place(story, "準備")
        yield Line(Chapter.NEWS, text, "Registered with Tabireji", on=ready.tabireji_on, evidence=place)
    else:
        yield _missing(Chapter.NEWS, "たびレジの登録日の記録はありません", "No registration with Tabireji on record")
    read = [one for one in story.news if one.read_on]
    if story.news:
        text = f"JCSOSの通信{len(story.news)}件のうち{len(read)}件を出発前に読んだ"
        english = f"{len(read)} of {len(story.news)} circulars of JCSOS read before departure"
        last = max(read, key=lambda one: one.read_on or dt.date.min, default=None)
        yield Line(
            Chapter.NEWS, text, english, on=last.read_on if last else None, by=last.by if last else Hand(),
            evidence="通信の開封の記録", done=len(read) == len(story.news),
        )  # fmt: skip


def _return(story: Story) -> Iterator[Line]:
    home = story.homecoming
    if home is None:
        return
    back = {True: "全員が帰国", False: "帰国していない人がいる", None: "帰国の状況は未記入"}[home.all_back]
    back_en = {True: "everybody is back", False: "somebody is not back", None: "not said who is back"}[home.all_back]
    yield Line(
        Chapter.RETURN,
        f"帰国報告を保存({back}、第{home.version}稿)",
        f"Report of the return kept ({back_en}, draft {home.version})",
        on=home.reported_on,
        by=home.by,
        evidence="帰国報告",
        done=home.all_back is not False,
    )
    if home.returned_on:
        text = f"帰国日{day_words(home.returned_on)}"
        yield Line(Chapter.RETURN, text, f"Returned on {home.returned_on}", on=home.returned_on, evidence="帰国報告")
    text, english = f"旅行中のできごとの記録{home.incidents}件", f"{home.incidents} incidents noted on the way"
    yield Line(Chapter.RETURN, text, english, evidence="できごとの記録")


def _missing(chapter: Chapter, text: str, english: str) -> Line:
    """What is not on record is said too: a file that hides its gaps proves nothing."""
    return Line(chapter, text, english, done=False)


def _place(story: Story, section: str) -> str:
    return f"計画 第{story.revision}版 {section}"


def _whose(place: str) -> tuple[str, str]:
    """Whose number a place of the plan is, without a name."""
    agent = place.startswith("agents/")
    return ("現地の手配会社", "local agent") if agent else ("留守校の連絡先", "contact at home")


def _period(policy: Policy) -> str:
    if not (policy.starts_at and policy.ends_at):
        return ""
    return f"、期間{day_words(policy.starts_at.date())}から{day_words(policy.ends_at.date())}まで"


def _clock(at: dt.datetime) -> str:
    return f"{at.astimezone(TOKYO):%H:%M}"
