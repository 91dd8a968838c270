"""CO7x and CO8x: cover spans the trip, its people are in the roster, passports hold until the return.

Not here: how good the cover is (insurance.rules).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from portal.dossier.types import Dossier, OptOut, Participant, Policy
from portal.lawbook.outcome import Fault, Missing, Outcomes, Several, Subject
from portal.lawbook.rule import ADVICE, BLOCK, WARN
from portal.lawbook.rulebook import Law
from portal.lawbook.words import day_words, moment_words
from trips.facts import OPT_OUTS, POLICIES, WHOLE, TripFacts
from trips.facts.subjects import joined
from trips.rules.chapter import BOOK

_COVER = ("別添二 一(三)", "別添二 五(一)")
_CARE = ("15初国教第25号",)
_FEW = 5
Span = tuple[dt.datetime, dt.datetime]


@BOOK.rule(
    "CO71",
    "保険期間が集合から解散までを覆う",
    "The cover spans assembly to dismissal",
    cites=_COVER,
    severity=BLOCK,
    each=POLICIES,
    needs=("starts_at", "ends_at"),
    remedy="insurance#starts_at",
    hint=(
        "集合の日の0時から、解散の日の翌日までなら安心です。",
        "From the day of assembly to the day after dismissal.",
    ),
)
def cover_spans_the_trip(policy: Subject[Policy], facts: TripFacts, law: Law) -> Several:
    span, trip = _spans(facts)[policy.value.insured if not policy.value.covers_all else ()], _trip(facts)
    if trip is None:
        return
    for ja, en, at, bad, cover, moment in (
        ("始まる", "begins", "starts_at", span[0] > trip[0], span[0], trip[0]),
        ("終わる", "ends", "ends_at", span[1] < trip[1], span[1], trip[1]),
    ):
        if bad:
            what = "集合・出発" if at == "starts_at" else "解散・帰国"
            yield Fault(
                f"{policy.ja}の保険期間が{ja}のは{day_words(cover.date())}{cover:%H:%M}ですが、"
                f"旅行の{what}は{moment_words(moment)}です。保険期間を延ばすか、日付を直してください。",
                f"{policy.en}: the cover {en} at {cover}, but the trip's own time is {moment}. Mend either.",
                at,
            )


def _spans(facts: TripFacts) -> dict[tuple[str, ...], Span]:
    """The cover of each set of insured people; contracts for the same people count as one."""
    spans: dict[tuple[str, ...], list[Span]] = defaultdict(list)
    for policy in facts.dossier.policies:
        if policy.starts_at and policy.ends_at:
            spans[policy.insured if not policy.covers_all else ()].append((policy.starts_at, policy.ends_at))
    return {people: (min(start for start, _ in cover), max(end for _, end in cover)) for people, cover in spans.items()}


def _trip(facts: TripFacts) -> Span | None:
    outline = facts.dossier.outline
    starts = outline.assembles_at or _at(facts.departs_on, dt.time.min)
    ends = outline.dismissed_at or _at(facts.returns_on, dt.time(23, 59))
    return (starts, ends) if starts and ends else None


def _at(day: dt.date | None, time: dt.time) -> dt.datetime | None:
    return dt.datetime.combine(day, time) if day else None


@BOOK.rule(
    "CO72",
    "被保険者が参加者名簿にいる",
    "The insured are in the roster",
    cites=_COVER,
    severity=WARN,
    each=POLICIES,
    needs=("covers_all",),
    remedy="insurance#insured",
    hint=("被保険者は名簿から選んでください。", "Choose the insured from the roster."),
)
def insured_travel(policy: Subject[Policy], facts: TripFacts, law: Law) -> Several:
    out = {opt_out.participant for opt_out in facts.dossier.opt_outs}
    for number, key in enumerate(policy.value.insured):
        person = facts.person(key)
        if person is None and facts.dossier.participants:
            yield Fault(
                f"{policy.ja}の被保険者({key})が参加者名簿にいません。選び直してください。",
                f"{policy.en}: the insured person ({key}) is not in the roster. Choose again.",
                f"insured/{number}",
            )
        elif person and key in out:
            yield Fault(
                f"{person.ja}は{policy.ja}の被保険者ですが、保険に加入しないとの書面もあります。どちらかを直してください。",
                f"{person.en} is insured by {policy.en}, but also opted out. Mend either.",
                f"insured/{number}",
            )


@BOOK.rule(
    "CO73",
    "保険に加入しない人が参加者名簿にいる",
    "Those who opted out are in the roster",
    cites=("別添二 一(三)",),
    severity=WARN,
    each=OPT_OUTS,
    needs=("signed_on",),
    remedy="insurance#opt_outs",
    hint=("参加しなくなった人の書面は消してください。", "Remove the paper of somebody who does not travel."),
)
def opted_out_travel(opt_out: Subject[OptOut], facts: TripFacts, law: Law) -> Outcomes:
    key = opt_out.value.participant
    if facts.person(key) or not facts.dossier.participants:
        return None
    return Fault(
        f"{opt_out.ja}の人({key})が参加者名簿にいません。名簿に入れるか、書面の記録を消してください。",
        f"{opt_out.en}: the person ({key}) is not in the roster. Enter them or remove the paper.",
        "participant",
    )


_PASSPORT = ("旅券の有効期限を入れてください。例: 2030年5月1日", "Enter when the passport expires.")


@BOOK.rule(
    "CO81",
    "旅券が帰国日まで有効である",
    "Passports hold until the return",
    cites=_CARE,
    severity=WARN,
    each=WHOLE,
    needs=("participants", "outline.returns_on"),
    remedy="roster#passport",
    hint=_PASSPORT,
)
def passports_hold(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    unknown = [person for person in facts.people if person.value.passport_expires_on is None]
    yield from _few_or_all(unknown, "passport_expires_on", "旅券の有効期限", "Passport expiry", _PASSPORT)
    for person in facts.people:
        expires, home = person.value.passport_expires_on, facts.returning_of(person.value)
        if expires and home and expires < home:
            yield Fault(
                f"{person.ja}の旅券の有効期限が、帰国日{day_words(home)}より前に切れます。更新してから期限を書き直してください。",
                f"{person.en}: the passport expires before the return on {home}. Renew it.",
                f"{person.pointer}/passport_expires_on",
            )


@BOOK.rule(
    "CO82",
    "旅券の残りの期間に余裕がある",
    "Passports hold for some time beyond",
    cites=_CARE,
    severity=ADVICE,
    each=WHOLE,
    needs=("participants", "outline.departs_on"),
    remedy="roster#passport",
    verified=False,
    hint=(
        "入国に必要な残りの期間は国によって違います。訪問先の大使館などで確かめてください。",
        "How long it must hold depends on the country; ask its embassy.",
    ),
)
def passports_hold_beyond(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    spare = dt.timedelta(days=law.amount("passport_days_spare"))
    short = [person for person in facts.people if _short(person.value, spare, facts)]
    unknown = [person for person in facts.people if person.value.passport_expires_on is None]
    yield from _few_or_all(unknown, "passport_expires_on", "旅券の有効期限", "Passport expiry", _PASSPORT)
    if short:
        yield Fault(
            f"{_some(short)}の旅券は、出発日から{spare.days}日以内に期限が切れます。訪問先の国が求める残りの期間を確かめてください。",
            f"{len(short)} passports expire within {spare.days} days of departure. Check what the country asks.",
            f"{short[0].pointer}/passport_expires_on" if len(short) == 1 else "/participants",
        )


def _short(person: Participant, spare: dt.timedelta, facts: TripFacts) -> bool:
    expires, leaves, home = person.passport_expires_on, facts.leaving_of(person), facts.returning_of(person)
    return bool(expires and leaves and expires < leaves + spare and not (home and expires < home))


def _few_or_all(people: list[Subject[Participant]], at: str, ja: str, en: str, hint: tuple[str, str]) -> Several:
    """One line each while only a few lack an entry; one line for all of them when many do."""
    if len(people) > _FEW:
        yield Missing(
            f"参加者{len(people)}人の「{ja}」が未入力です({_some(people)})。{hint[0]}",
            f"“{en}” is not filled in for {len(people)} people. {hint[1]}",
            f"{people[0].pointer}/{at}",
        )
        return
    for person in people:
        yield Missing(
            f"{person.ja}の「{ja}」が未入力です。{hint[0]}",
            f"{person.en}: “{en}” is not filled in. {hint[1]}",
            f"{person.pointer}/{at}",
        )


def _some(people: list[Subject[Participant]]) -> str:
    more = f"ほか{len(people) - 3}人" if len(people) > 3 else ""
    return joined(person.ja for person in people[:3]) + more
