"""CO1x: the figures, the roster and the groups agree. Not here: people on legs and in beds (carriage, beds)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from portal.dossier.types import Dossier, Outline, Participant, ParticipantRole, PartyFigures, SchoolKind, Sex
from portal.lawbook.outcome import Fault, Missing, Outcomes, Several, Subject
from portal.lawbook.rule import ADVICE, BLOCK, WARN
from portal.lawbook.rulebook import Law
from trips.facts import OUTLINE, PARTY, PEOPLE, STUDENTS, WHOLE, TripFacts
from trips.facts.names import spaceless
from trips.facts.subjects import joined
from trips.rules.chapter import BOOK

_ROSTER = ("別添三 七",)
# The present procedure keeps the roster at the school (domain §1.3): a gap in it must not stop the request there.
_ROSTER_KEPT_BACK = {"2016": WARN, "2024": WARN}
_OTHER_ROLES = (ParticipantRole.CONDUCTOR, ParticipantRole.NURSE, ParticipantRole.OTHER)
_ADULT = 18
# Ages on the last day of the school years from April to March that each kind of school has, loosely: people repeat.
_AGES = {
    SchoolKind.ELEMENTARY: (5, 13),
    SchoolKind.JUNIOR_HIGH: (11, 17),
    SchoolKind.COMPULSORY: (5, 17),
    SchoolKind.SECONDARY: (11, 20),
    SchoolKind.HIGH: (14, 25),
    SchoolKind.SPECIAL_NEEDS: (5, 25),
}
_FIRST_GRADE_ENDS_AT = {
    SchoolKind.ELEMENTARY: 7,
    SchoolKind.COMPULSORY: 7,
    SchoolKind.JUNIOR_HIGH: 13,
    SchoolKind.SECONDARY: 13,
    SchoolKind.HIGH: 16,
}


@BOOK.rule(
    "CO11",
    "合計参加者数と名簿の人数が合う",
    "The total is the number of people in the roster",
    cites=_ROSTER,
    severity=BLOCK,
    under=_ROSTER_KEPT_BACK,
    each=WHOLE,
    needs=("outline.party.total", "participants"),
    remedy="outline#total",
    hint=("名簿に入れた全員の数を合計参加者数に書いてください。", "The total is everybody in the roster."),
)
def total_is_the_roster(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Outcomes:
    total, listed = dossier.value.outline.party.total, len(dossier.value.participants)
    if total == listed:
        return None
    return Fault(
        f"合計参加者数は{total}人ですが、参加者名簿には{listed}人います。名簿か人数を直してください。",
        f"The total is {total}, but the roster has {listed} people. Mend the roster or the figure.",
    )


@BOOK.rule(
    "CO12",
    "生徒・引率・その他の人数と名簿が合う",
    "The figures by role are those of the roster",
    cites=_ROSTER,
    severity=BLOCK,
    under=_ROSTER_KEPT_BACK,
    each=WHOLE,
    needs=("outline.party.students", "outline.party.escorts", "participants"),
    remedy="outline#students",
    hint=("名簿の区分ごとの人数を書いてください。", "Count the roster by role."),
)
def figures_by_role(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    party, roles = dossier.value.outline.party, facts.roles
    others = sum(roles[role] for role in _OTHER_ROLES)
    for at, ja, en, stated, listed in (
        ("students", "生徒数", "pupils", party.students, roles[ParticipantRole.STUDENT]),
        ("escorts", "引率者数", "escorts", party.escorts, roles[ParticipantRole.ESCORT]),
        ("others", "添乗員・看護・その他の人数", "others", party.others or 0, others),
    ):
        if stated != listed:
            yield Fault(
                f"{ja}は{stated}人ですが、参加者名簿の区分では{listed}人です。名簿か人数を直してください。",
                f"{stated} {en} are stated, but the roster has {listed}. Mend the roster or the figure.",
                f"outline.party.{at}",
            )


@BOOK.rule(
    "CO13",
    "男女の人数と名簿が合う",
    "The figures by sex are those of the roster",
    cites=_ROSTER,
    severity=BLOCK,
    under=_ROSTER_KEPT_BACK,
    each=WHOLE,
    needs=("outline.party.male", "outline.party.female", "participants"),
    remedy="outline#male",
    hint=("名簿の性別ごとの人数を書いてください。", "Count the roster by sex."),
)
def figures_by_sex(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    party, sexes = dossier.value.outline.party, facts.sexes
    if sexes[None]:
        return  # an empty sex is reported where it is missing (A372)
    for at, ja, en, stated, listed in (
        ("male", "男", "male", party.male, sexes[Sex.MALE]),
        ("female", "女", "female", party.female, sexes[Sex.FEMALE]),
    ):
        if stated != listed:
            yield Fault(
                f"{ja}は{stated}人ですが、参加者名簿では{listed}人です。名簿か人数を直してください。",
                f"{stated} {en} are stated, but the roster has {listed}. Mend the roster or the figure.",
                f"outline.party.{at}",
            )


@BOOK.rule(
    "CO14",
    "人数の内訳を足すと合計になる",
    "The figures by role add up to the total",
    cites=_ROSTER,
    severity=BLOCK,
    each=PARTY,
    needs=("total", "students", "escorts"),
    remedy="outline#total",
    hint=("生徒・引率・その他を足した数が合計です。", "Pupils, escorts and others make the total."),
)
def figures_add_up(party: Subject[PartyFigures], facts: TripFacts, law: Law) -> Outcomes:
    figures = party.value
    parts = (figures.students or 0, figures.escorts or 0, figures.others or 0)
    if sum(parts) == figures.total:
        return None
    return Fault(
        f"生徒{parts[0]}人・引率{parts[1]}人・その他{parts[2]}人を足すと{sum(parts)}人で、"
        f"合計参加者数の{figures.total}人と合いません。",
        f"{parts[0]} pupils, {parts[1]} escorts and {parts[2]} others make {sum(parts)}, not {figures.total}.",
    )


@BOOK.rule(
    "CO15",
    "参加者の班が班の一覧にある",
    "Every traveller belongs to a group of the list",
    cites=_ROSTER,
    severity=WARN,
    each=PEOPLE,
    remedy="roster#group",
    hint=("班ごとに便や宿泊先が分かれるときは、全員の班を選んでください。", "Choose everybody's group."),
)
def group_exists(person: Subject[Participant], facts: TripFacts, law: Law) -> Outcomes:
    groups = facts.group_names
    if person.value.group in groups or not (groups or person.value.group):
        return None
    if person.value.group is None:
        return Missing(
            f"{person.ja}の「班」が未入力です。どの班と行動するかを選んでください。例: {next(iter(groups.values()))}",
            f"{person.en}: “Group” is not filled in. Choose the group, e.g. {next(iter(groups.values()))}.",
            "group",
        )
    return Fault(
        f"{person.ja}の班「{person.value.group}」が班の一覧にありません。一覧から選び直してください。",
        f"{person.en}: there is no group “{person.value.group}”. Choose one of the list.",
        "group",
    )


@BOOK.rule(
    "CO20",
    "便・宿泊・行程の班が班の一覧にある",
    "The groups of legs, stays and activities are in the list",
    cites=("別添三 一", "別添三 四"),
    severity=BLOCK,
    each=WHOLE,
    needs=("legs", "stays"),
    remedy="outline#groups",
    hint=("消した班が残っていれば選び直してください。", "Choose again where a removed group is left."),
)
def groups_exist(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    known = facts.group_names
    listed = joined(f"「{name}」" for name in known.values()) or "なし"
    entries: tuple[Subject[Any], ...] = (*facts.legs, *facts.stays, *facts.activities)
    for entry in entries:
        for key in entry.value.groups:
            if key not in known:
                yield Fault(
                    f"{entry.ja}の対象の班「{key}」が班の一覧({listed})にありません。選び直してください。",
                    f"{entry.en} is for group “{key}”, which is not in the list. Choose again.",
                    f"{entry.pointer}/groups",
                )


@BOOK.rule(
    "CO16",
    "参加者の年齢が区分に合う",
    "Every traveller's age fits the role",
    cites=_ROSTER,
    severity=WARN,
    each=PEOPLE,
    needs=("born_on",),
    remedy="roster#born_on",
    hint=("生年月日の年を確かめてください。", "Check the year of birth."),
)
def age_fits_role(person: Subject[Participant], facts: TripFacts, law: Law) -> Outcomes:
    age = facts.age_of(person.value)
    youngest, oldest = _ages_for(person.value.role, facts, law)
    if age is None or youngest <= age <= oldest:
        return None
    role = person.value.role
    return Fault(
        f"{person.ja}は区分が「{role.label}」で、出発日に{age}歳です。生年月日か区分を確かめてください。",
        f"{person.en} has the role “{role.english}” and is {age} years old at departure. Check birth date or role.",
    )


def _ages_for(role: ParticipantRole, facts: TripFacts, law: Law) -> tuple[int, int]:
    if role is ParticipantRole.OTHER:
        return 0, law.amount("traveller_age_most")
    if role is not ParticipantRole.STUDENT:
        return _ADULT, law.amount("traveller_age_most")
    kind = facts.dossier.school.kind
    widest = law.amount("pupil_age_least"), law.amount("pupil_age_most")
    if kind in (SchoolKind.UNIVERSITY, SchoolKind.VOCATIONAL):
        return widest[0], law.amount("traveller_age_most")
    return _AGES.get(kind, widest) if kind else widest


@BOOK.rule(
    "CO17",
    "生徒の学年と生年月日が合う",
    "Every pupil's grade fits the birth date",
    cites=_ROSTER,
    severity=ADVICE,
    each=STUDENTS,
    needs=("born_on", "grade"),
    remedy="roster#born_on",
    verified=False,
    hint=("帰国生など学年の違う生徒はそのままでかまいません。", "Pupils of another age are fine as they are."),
)
def grade_fits_birth(student: Subject[Participant], facts: TripFacts, law: Law) -> Outcomes:
    expected = _births_of_grade(student.value.grade or "", facts)
    born = student.value.born_on
    if expected is None or born is None or expected[0] <= born <= expected[1]:
        return None
    return Fault(
        f"{student.ja}は{student.value.grade}ですが、その学年の生まれた年と合いません。学年か生年月日を確かめてください。",
        f"{student.en} is in grade {student.value.grade}, but was not born in that school year. Check either.",
    )


def _births_of_grade(grade: str, facts: TripFacts) -> tuple[dt.date, dt.date] | None:
    """First and last birthday of a grade: those born from 2 April to 1 April (小1 is 7 at its end)."""
    number = next((int(char) for char in grade if char.isdecimal()), 0)
    ends_at = facts.dossier.school.kind and _FIRST_GRADE_ENDS_AT.get(facts.dossier.school.kind)
    if not number or not ends_at or facts.departs_on is None:
        return None
    leaving = facts.departs_on
    closes = leaving.year + (leaving.month >= 4)  # the calendar year in which this school year ends
    year = closes - ends_at - number + 1
    return dt.date(year - 1, 4, 2), dt.date(year, 4, 1)


@BOOK.rule(
    "CO18",
    "同じ人が名簿に二度いない",
    "Nobody is in the roster twice",
    cites=_ROSTER,
    severity=WARN,
    each=WHOLE,
    needs=("participants",),
    remedy="roster",
    hint=("二度入っている人を一方消してください。", "Remove one of the two entries."),
)
def nobody_twice(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    seen: dict[tuple[object, ...], Subject[Participant]] = {}
    for person in facts.people:
        for key in _identities(person.value):
            first = seen.setdefault(key, person)
            if first is not person:
                yield Fault(
                    f"{first.ja}と{person.ja}は{key[0]}が同じです。同じ人なら一方を消し、違う人なら書き直してください。",
                    f"{first.en} and {person.en} are the same by {key[1]}. Remove one, or correct it.",
                    person.pointer,
                )
                break


def _identities(person: Participant) -> list[tuple[object, ...]]:
    keys: list[tuple[object, ...]] = []
    if person.name and person.born_on:
        keys.append(("氏名と生年月日", "name and birth date", spaceless(person.name), person.born_on))
    if person.class_name and person.number and person.role is ParticipantRole.STUDENT:
        keys.append(("学年・組・番号", "grade, class and number", person.grade, person.class_name, person.number))
    return keys


@BOOK.rule(
    "CO19",
    "在籍者数と不参加者数から生徒数が出る",
    "Enrolled less those who stay makes the pupils",
    cites=_ROSTER,
    severity=WARN,
    each=OUTLINE,
    needs=("enrolled", "non_participants", "party.students"),
    remedy="outline#enrolled",
    hint=("在籍者数から不参加者数を引くと生徒数になります。", "Enrolled less not taking part makes the pupils."),
)
def enrolled_less_absent(outline: Subject[Outline], facts: TripFacts, law: Law) -> Outcomes:
    enrolled, absent = outline.value.enrolled or 0, outline.value.non_participants or 0
    students = outline.value.party.students
    if enrolled - absent == students:
        return None
    return Fault(
        f"在籍者{enrolled}人から不参加者{absent}人を引くと{enrolled - absent}人で、生徒数の{students}人と合いません。",
        f"{enrolled} enrolled less {absent} not taking part makes {enrolled - absent}, not {students} pupils.",
    )
