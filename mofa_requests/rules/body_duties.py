"""BD: the bodies of the notices: the school's own hand, the route, and the authority's two duties.

Not here: the annexes, the time of submission (lead_time), an authority's own approval rules (local_rules).
"""

from __future__ import annotations

from dataclasses import replace

from portal.directory.routes import route_for
from portal.dossier.types import Confirmation, Dossier, Edition, FounderType, Judgement, School, TickResult
from portal.lawbook.citation import cite
from portal.lawbook.outcome import Fault, Missing, NotApplicable, Outcomes, Several, Subject
from portal.lawbook.rule import ADVICE, BLOCK, WARN, Chapter
from portal.lawbook.rulebook import Law
from portal.lawbook.words import day_words
from trips.facts import PLAN_BY_STAFF, SCHOOL, SECTIONS_BY_AGENT, SECTIONS_BY_STAFF, WHOLE, TripFacts
from trips.facts.subjects import joined

BOOK = Chapter("BD", "通知の本文", "The bodies of the notices", facts=TripFacts.of)

_OWN_HAND = ("15初国教第25号",)
_ROUTE = ("文初高第七五号 記一",)
_CHECK = ("領保第六一五七号 記二(一)",)
_JUDGE = (
    cite(
        "領保第六一五七号 記二(一)",
        "当該修学旅行が各自治体から見て問題がないかどうかの判断も行って頂くようお願いします。",
    ),
)
_ITEMS = "1234567"


# --- the school's own hand ------------------------------------------------------------------------------------


@BOOK.rule(
    "BD01",
    "旅行会社が入力した欄を学校の職員が確認している",
    "Staff have confirmed what an agent entered",
    cites=_OWN_HAND,
    severity=BLOCK,
    each=SECTIONS_BY_AGENT,
    needs=("confirmed_on",),
    remedy="submit#confirmations",
    hint=(
        "旅行会社に任せたままにせず、内容を見て「確認しました」を押してください。",
        "Do not leave it to the agent: read it and confirm.",
    ),
)
def agent_is_not_the_only_source(section: Subject[Confirmation], facts: TripFacts, law: Law) -> Outcomes:
    return _confirmed_later(section, law)


@BOOK.rule(
    "BD02",
    "職員が入力した欄の確認日がある",
    "What staff entered is confirmed",
    cites=_OWN_HAND,
    severity=ADVICE,
    each=PLAN_BY_STAFF,
    remedy="submit#confirmations",
    hint=("別の職員が読み直してから確認すると安心です。", "Best read again by a colleague."),
)
def staff_have_confirmed(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    """One finding for all sections: twelve lines of the same advice would hide what matters."""
    sections = SECTIONS_BY_STAFF.of(facts)
    waiting = [section for section in sections if section.value.confirmed_on is None]
    if waiting:
        yield Missing(
            f"{joined(section.ja for section in waiting)}に確認日がありません。別の職員が読み直すと安心です。",
            f"{', '.join(section.en for section in waiting)}: no date of confirmation. Best read again by a colleague.",
            f"{waiting[0].pointer}/confirmed_on",
        )
    for section in sections:
        if early := _confirmed_later(section, law):
            yield replace(early, at=f"{section.pointer}/confirmed_on")


def _confirmed_later(section: Subject[Confirmation], law: Law) -> Fault | None:
    day = section.value.confirmed_on
    if day is None or day <= law.on:
        return None
    return Fault(
        f"{section.ja}を確認した日が{day_words(day)}で、今日({day_words(law.on)})より先です。確認してから日付を入れてください。",
        f"{section.en} is said to be confirmed on {day}, later than today, {law.on}.",
    )


@BOOK.rule(
    "BD03",
    "学校の職員が計画に手を入れている",
    "Somebody of the school had a hand in the plan",
    cites=_OWN_HAND,
    severity=ADVICE,
    each=WHOLE,
    needs=("confirmations",),
    remedy="submit#confirmations",
    hint=("だれがどの欄を入力し、確認したかを残してください。", "Record who entered and confirmed each section."),
)
def school_has_a_hand(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Outcomes:
    if SECTIONS_BY_STAFF.of(facts) or any(section.confirmed_on for section in dossier.value.confirmations):
        return None
    return Fault(
        "記録にあるのは旅行会社の入力だけで、職員の入力も確認もありません。学校が主体となって計画を確かめてください。",
        "Only the agent's entries are recorded, none of the school's. The school has to make the plan its own.",
        "/confirmations",
    )


# --- the route ------------------------------------------------------------------------------------------------


@BOOK.rule(
    "BD04",
    "設置者から依頼書の経路が決まる",
    "The founder decides the route of the request",
    cites=_ROUTE,
    severity=BLOCK,
    each=SCHOOL,
    needs=("founder",),
    remedy="school#founder",
    hint=(
        "設置者によって、教育委員会・知事・国立大学長のどこを経て外務省へ送るかが決まります。",
        "It decides whether the board, the governor or the president forwards the request.",
    ),
)
def founder_has_a_route(school: Subject[School], facts: TripFacts, law: Law) -> Outcomes:
    founder = school.value.founder or FounderType.UNIVERSITY
    if founder is not FounderType.UNIVERSITY:
        return None
    kind = school.value.kind
    if kind is None or kind.value in ("university", "vocational"):
        return NotApplicable("大学が自ら行う旅行には依頼書の経路がありません", "A university itself sends no request")
    return Fault(
        f"設置者が「大学」ですが、学校種は「{kind.label}」です。附属学校なら「国立大学附属」などを選んでください。",
        f"The founder is “university”, but the school is a “{kind.english}”. Choose the university's attached school.",
    )


def _not_begun(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Outcomes:
    """The authority's part is judged once the authority has begun to fill it in."""
    request = dossier.value.request
    if request == type(request)():
        return NotApplicable("提出の後に所管庁が記入する欄です", "Filled in by the authority after submission")
    return None


@BOOK.rule(
    "BD05",
    "依頼書の宛先と発信者が書いてある",
    "The letter has its addressee and sender",
    cites=_ROUTE,
    severity=WARN,
    each=WHOLE,
    needs=("request.letter.addressee", "request.letter.sender_title"),
    when=_not_begun,
    remedy="request#letter",
    hint=("例: 発信者 ○○県教育委員会教育長、宛先は日付に合う外務省の窓口", "e.g. the superintendent of the board."),
)
def sender_fits_the_route(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Outcomes:
    founder, title = dossier.value.school.founder, dossier.value.request.letter.sender_title or ""
    if founder is None or founder is FounderType.UNIVERSITY:
        return None
    route = route_for(founder, edition=Edition(law.edition))
    if route.accepts_sender(title):
        return None
    return Fault(
        f"設置者が「{founder.label}」の学校の依頼書は{'・'.join(route.sender_titles)}の名で出しますが、"
        f"発信者が「{title}」になっています。どちらかを直してください。",
        f"For a school founded by “{founder.english}” the letter is sent by {' or '.join(route.sender_titles)}, "
        f"not “{title}”. Mend either.",
        "/request/letter/sender_title",
    )


BOOK.require(
    "BD06",
    "希望する情報が書いてある",
    "The letter says which information is wanted",
    cites=(
        cite(
            "文初高第七五号 記一",
            "この依頼書の提出後、実施校より外務大臣官房領事移住部領事第二課に連絡をとり、希望する情報を求めることになる。",
        ),
    ),
    severity=ADVICE,
    each=WHOLE,
    needs=("request.letter.wanted",),
    when=_not_begun,
    remedy="request#letter",
    hint=("都市ごとに知りたいことを書いてください。例: 自由行動の地区の治安", "What you want to know of each city."),
)


# --- the authority's two duties -------------------------------------------------------------------------------


@BOOK.rule(
    "BD07",
    "所管庁が別添三の七項目を照合している",
    "The authority has checked the seven items of annex 3",
    cites=_CHECK,
    severity=WARN,
    each=WHOLE,
    needs=("request.ticks",),
    when=_not_begun,
    remedy="request#ticks",
    hint=("七項目すべてに「記載あり」「欠落」「該当なし」を付けてください。", "Tick all seven items."),
)
def seven_items_are_ticked(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    ticks = {tick.item: tick.result for tick in dossier.value.request.ticks}
    open_items = [item for item in _ITEMS if item not in ticks]
    lacking = [item for item in _ITEMS if ticks.get(item) is TickResult.MISSING]
    if open_items:
        yield Missing(
            f"別添三の第{'・'.join(open_items)}項の照合が記録されていません。七項目すべてを照合してください。",
            f"Items {', '.join(open_items)} of annex 3 are not ticked yet. Check all seven.",
            "/request/ticks",
        )
    if lacking and dossier.value.request.decision.judgement in (Judgement.CLEAR, Judgement.CONDITIONAL):
        yield Fault(
            f"別添三の第{'・'.join(lacking)}項が「欠落」ですが、判断は"
            f"「{dossier.value.request.decision.judgement.label}」です。そろえてから送ってください。",
            f"Items {', '.join(lacking)} of annex 3 are missing, but the trip was judged acceptable. Complete them.",
            "/request/ticks",
        )


@BOOK.rule(
    "BD08",
    "所管庁が実施の是非を判断している",
    "The authority has judged whether the trip may take place",
    cites=_JUDGE,
    severity=WARN,
    each=WHOLE,
    needs=("request.decision.judgement",),
    when=_not_begun,
    remedy="request#decision",
    hint=(
        "点検とは別に、地域から見て問題がないかを判断して記録してください。",
        "Judge the trip itself.",
    ),
)
def judged_by_the_authority(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    decision = dossier.value.request.decision
    if decision.judgement is Judgement.REFUSED:
        yield Fault(
            "所管庁の判断が「不可」です。計画を直して判断し直すまで外務省へは送れません。",
            "The authority judged the trip not acceptable. It cannot be forwarded.",
        )
    if decision.judgement is not Judgement.CLEAR and not decision.reasons:
        yield Missing(
            "「条件付き」「不可」の理由・条件が未入力です。学校に伝わるように書いてください。",
            "“Reasons and conditions” is not filled in. Write it for the school.",
            "/request/decision/reasons",
        )
    dated, decided = dossier.value.request.letter.dated_on, decision.decided_on
    if dated and decided and decided > dated:
        yield Fault(
            f"判断日{day_words(decided)}が依頼書の日付{day_words(dated)}より後です。どちらかを直してください。",
            f"The judgement of {decided} is later than the letter of {dated}. Mend either.",
            "/request/decision/decided_on",
        )


@BOOK.rule(
    "BD09",
    "危険情報のある訪問先について所管庁の判断を仰いでいる",
    "Destinations with a danger level are judged by the authority",
    cites=_JUDGE,
    severity=WARN,
    each=WHOLE,
    needs=("destinations",),
    remedy="destinations#danger_level",
    hint=(
        "レベル2以上の訪問先は、提出の前に所管庁に相談してください。",
        "Consult the authority from level 2.",
    ),
)
def danger_needs_judgement(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    asked_from = law.amount("danger_level_to_judge")
    for place in facts.destinations:
        level = max(place.value.danger_level or 0, place.value.infection_level or 0)
        if level >= asked_from and dossier.value.request.decision.judgement is None:
            yield Fault(
                f"{place.ja}に危険情報または感染症危険情報のレベル{level}が出ています。地域の児童生徒の安全に関わるので、"
                "提出の前に所管庁に相談してください。",
                f"{place.en} has level {level}. It concerns the safety of pupils: consult the authority first.",
                f"{place.pointer}/danger_level",
            )
