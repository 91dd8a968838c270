"""別添一 一(三)(ロ)(ハ): who leads abroad, and how homestays are reached. Not here: hotels (annex3)."""

from __future__ import annotations

from mofa_requests.rules.annex1_contacts.chapter import BOOK
from portal.dossier.types import Homestay, Host, Leader, ParticipantRole
from portal.lawbook.outcome import (
    Fault,
    Missing,
    NotApplicable,
    Outcome,
    Outcomes,
    Several,
    Subject,
    ToFollow,
    Unanswered,
)
from portal.lawbook.rule import ADVICE, BLOCK, WARN
from portal.lawbook.rulebook import Law
from portal.lawbook.words import day_words
from trips.facts import HOMESTAY, HOSTS, LEADER, TripFacts
from trips.facts.phones import phone_faults


@BOOK.rule(
    "A121",
    "旅行団責任者が決まっている",
    "The leader of the party is named",
    cites=("別添一 一(三)(ロ)",),
    severity=BLOCK,
    each=LEADER,
    needs=("participant",),
    remedy="leader#participant",
    hint=("いっしょに旅行する引率者の中から選んでください。", "Choose one of the escorts who travel."),
)
def leader_is_grown_up(leader: Subject[Leader], facts: TripFacts, law: Law) -> Outcomes:
    person = facts.person(leader.value.participant)
    if person is None or person.value.role is not ParticipantRole.STUDENT:
        return None
    return Fault(
        f"旅行団責任者に生徒({person.ja})が選ばれています。引率者の中から選んでください。",
        f"The leader is a pupil ({person.en}). Choose one of the escorts.",
    )


@BOOK.rule(
    "A122",
    "旅行団責任者に現地で電話がつながる",
    "The leader can be telephoned abroad",
    cites=("別添一 一(三)(ロ)",),
    severity=WARN,
    each=LEADER,
    needs=("mobile",),
    remedy="leader#mobile",
    hint=("現地で鳴る携帯電話の番号を書いてください。例: +81 90 ○○○○ ○○○○", "A mobile that rings there."),
)
def leader_mobile(leader: Subject[Leader], facts: TripFacts, law: Law) -> Outcomes:
    return phone_faults(leader, "mobile", facts)


@BOOK.rule(
    "A123",
    "責任者の携帯電話が現地で使えるか確かめてある",
    "It was checked that the leader's mobile works there",
    cites=("別添一 一(三)(ロ)",),
    severity=ADVICE,
    each=LEADER,
    needs=("roaming",),
    remedy="leader#roaming",
    hint=("国際ローミングの契約を確かめて「はい」「いいえ」を選んでください。", "Check the roaming contract."),
)
def mobile_works_there(leader: Subject[Leader], facts: TripFacts, law: Law) -> Outcomes:
    if leader.value.roaming:
        return None
    return Fault(
        "旅行団責任者の携帯電話は現地で使えないことになっています。使える番号を書くか、レンタルを手配してください。",
        "The leader's mobile does not work there. Give one that does, or hire one.",
    )


def _no_homestay(homestay: Subject[Homestay], facts: TripFacts, law: Law) -> Outcomes:
    if facts.homestay_used:
        return None
    return NotApplicable("ホームステイは行いません", "No homestay")


@BOOK.rule(
    "A124",
    "ホームステイの有無が書いてある",
    "It is said whether there is a homestay",
    cites=("別添一 一(三)(ハ)",),
    severity=BLOCK,
    each=HOMESTAY,
    needs=("used",),
    remedy="homestay#used",
    hint=("行わないときは「いいえ」を選んでください。", "Choose “no” if there is none."),
)
def homestay_said(homestay: Subject[Homestay], facts: TripFacts, law: Law) -> Outcomes:
    if homestay.value.used or not facts.homestay_entered:
        return None
    return Fault(
        "ホームステイを「行わない」としていますが、宿泊の欄か受入家庭一覧にホームステイがあります。どちらかを直してください。",
        "Homestay is answered “no”, but homestay nights or host families are entered. Mend one of the two.",
    )


_REPRESENTATIVE = {
    "cites": ("別添一 一(三)(ハ)",),
    "severity": BLOCK,
    "each": HOMESTAY,
    "when": _no_homestay,
}

BOOK.require(
    "A125",
    "ホームステイの代表者の氏名が書いてある",
    "The homestay's representative is named",
    needs=("representative",),
    remedy="homestay#representative",
    hint=(
        "受入家庭一覧が後になるときも、代表者だけは出発前に必要です。",
        "Needed before departure even when the list of families comes later.",
    ),
    **_REPRESENTATIVE,
)


@BOOK.rule(
    "A126",
    "ホームステイの代表者の連絡先が書いてある",
    "The homestay's representative can be reached",
    needs=("representative_phone",),
    remedy="homestay#representative_phone",
    hint=("国番号から書いてください。例: +61 4 ○○○○ ○○○○", "Write it from the country code, e.g. +61 4 …"),
    **_REPRESENTATIVE,
)
def representative_phone(homestay: Subject[Homestay], facts: TripFacts, law: Law) -> Outcomes:
    return phone_faults(homestay, "representative_phone", facts)


@BOOK.rule(
    "A127",
    "受入家庭一覧があるか、提出予定日が書いてある",
    "The list of host families is there, or the day it will be",
    remedy="homestay#list_due_on",
    hint=(
        "現地到着後でもかまいません。いつまでに出すかを書いてください。",
        "It may follow after arrival; say by when.",
    ),
    **_REPRESENTATIVE,
)
def host_list(homestay: Subject[Homestay], facts: TripFacts, law: Law) -> Outcomes:
    due = homestay.value.list_due_on
    if facts.dossier.hosts:
        return None
    if due is None:
        return Missing(
            "受入家庭一覧も、その提出予定日も未入力です。決まっていなければ予定日を書いてください。例: 到着の翌日",
            "Neither the list of host families nor the day it will follow is filled in.",
            "list_due_on",
        )
    if law.on > due:
        return Unanswered(
            f"受入家庭一覧は{day_words(due)}までに出す予定でしたが、まだ入力されていません。一覧を入れてください。",
            f"The list of host families was to follow by {due} and is still empty. Enter it.",
            "list_due_on",
        )
    return ToFollow(
        f"受入家庭一覧は{day_words(due)}までに提出", f"List of host families to follow by {due}", due, "/hosts"
    )


_HOST_ENTRIES = (
    ("family", "受入家庭", "Host family"),
    ("address", "住所", "Address"),
    ("phone", "電話番号", "Telephone"),
)


@BOOK.rule(
    "A128",
    "受入家庭ごとの連絡先が書いてある",
    "Every host family can be reached",
    cites=("別添一 一(三)(ハ)",),
    severity=WARN,
    each=HOSTS,
    remedy="homestay#hosts",
    hint=("家庭の名前・住所・電話番号を書いてください。", "Family, address and telephone."),
)
def host_can_be_reached(host: Subject[Host], facts: TripFacts, law: Law) -> Several:
    for at, ja, en in _HOST_ENTRIES:
        if getattr(host.value, at) is None:
            yield _host_entry_open(f"{host.ja}の「{ja}」", f"{host.en}: “{en}”", at, facts, law)
    if host.value.phone:
        yield from phone_faults(host, "phone", facts, country=facts.homestay_country)


def _host_entry_open(ja: str, en: str, at: str, facts: TripFacts, law: Law) -> Outcome:
    due = facts.dossier.homestay.list_due_on
    if due and law.on <= due:
        return ToFollow(f"{ja}は{day_words(due)}までに確定", f"{en} to follow by {due}", due, at)
    return Missing(
        f"{ja}が未入力です。受入団体に確かめて書いてください。",
        f"{en} is not filled in. Ask the host organisation.",
        at,
    )
