"""PD: what only the present procedure asks for (domain §2, marked '24). Under the 2003 notices these are advice.

The full text of the notices of 2016 and 2024 is not in our hands: each rule cites them by number, without a quote,
beside the sentence of 2003 it serves. Not here: duties that the notices of 2003 already state.
"""

from __future__ import annotations

from portal.directory.countries import country
from portal.dossier.types import Destination, Dossier, Homestay, Readiness, School
from portal.lawbook.citation import cite
from portal.lawbook.outcome import Fault, Missing, NotApplicable, Outcomes, Several, Subject
from portal.lawbook.rule import ADVICE, BLOCK, WARN, Chapter
from portal.lawbook.rulebook import Law
from portal.lawbook.words import day_words
from trips.facts import DESTINATIONS, HOMESTAY, READINESS, SCHOOL, WHOLE, TripFacts
from trips.facts.subjects import joined

BOOK = Chapter("PD", "今の手続(令和6年通知)", "The present procedure", facts=TripFacts.of)

_CARE = cite(
    "15初国教第25号",
    "海外修学旅行の実施には、細心かつ周到な準備が必要であり、生徒の安全と健康保持には万全を期すことが極めて重要であることは"
    "申すまでもありません。",
)
_PRESENT = (_CARE, "6教国教第156号")
_SINCE_2016 = (_CARE, "27文科初第1621号", "6教国教第156号")
_BLOCKS_NOW, _WARNS_NOW = {"2024": BLOCK}, {"2024": WARN}
_FEW = 5


@BOOK.rule(
    "PD01",
    "学校のメールアドレスが書いてある",
    "The school's e-mail is given",
    cites=_PRESENT,
    severity=ADVICE,
    under=_BLOCKS_NOW,
    each=SCHOOL,
    needs=("email",),
    remedy="school#email",
    hint=("外務省からの返信を受けるアドレスです。例: office@○○.ed.jp", "Where the ministry replies to."),
)
def email_has_a_form(school: Subject[School], facts: TripFacts, law: Law) -> Outcomes:
    name, _, host = (school.value.email or "").partition("@")
    if name and "." in host and " " not in host and "@" not in host:
        return None
    return Fault(
        f"学校のメールアドレス「{school.value.email}」はアドレスの形ではありません。例: office@○○.ed.jp",
        f"“{school.value.email}” is not an e-mail address.",
    )


@BOOK.rule(
    "PD02",
    "訪問先ごとに危険情報を確かめてある",
    "The danger level of every destination was checked",
    cites=_PRESENT,
    severity=ADVICE,
    under=_WARNS_NOW,
    each=DESTINATIONS,
    needs=("country", "danger_level", "infection_level", "level_checked_on"),
    remedy="destinations#danger_level",
    hint=("外務省海外安全ホームページで見た日とレベルを入れてください。", "Level and day, from the ministry's page."),
)
def level_checked_lately(place: Subject[Destination], facts: TripFacts, law: Law) -> Outcomes:
    checked, limit = place.value.level_checked_on, law.amount("danger_checked_within")
    if checked is None or (law.on - checked).days <= limit:
        return None
    return Fault(
        f"{place.ja}の危険情報を確かめたのは{day_words(checked)}で、{limit}日より前です。もう一度確かめてください。",
        f"{place.en}: the level was checked on {checked}, more than {limit} days ago. Check again.",
        "level_checked_on",
    )


@BOOK.rule(
    "PD03",
    "危険情報のある訪問先の検討結果が書いてある",
    "Destinations with a danger level are assessed",
    cites=_PRESENT,
    severity=ADVICE,
    under=_BLOCKS_NOW,
    each=DESTINATIONS,
    remedy="destinations#assessment",
    hint=("安全対策と、実施すると判断した理由を書いてください。", "Measures, and why the trip takes place."),
)
def danger_is_assessed(place: Subject[Destination], facts: TripFacts, law: Law) -> Outcomes:
    level = max(place.value.danger_level or 0, place.value.infection_level or 0)
    if level == 0:
        return NotApplicable("危険情報は出ていません", "No danger level")
    if level >= law.amount("danger_level_to_refuse"):
        return Fault(
            f"{place.ja}にレベル{level}(渡航中止勧告・退避勧告)が出ています。行き先か時期を変えてください。",
            f"{place.en} has level {level}: do not travel. Change the destination or the time.",
            "danger_level",
        )
    if place.value.assessment is None:
        return Missing(
            f"{place.ja}にレベル{level}が出ていますが、「危険情報の検討結果」が未入力です。安全対策と実施の理由を書いてください。"
            "例: 夜間は外出せず、移動は貸切バスに限る",
            f"{place.en} has level {level}, but “Assessment” is not filled in. Write measures and reasons.",
            "assessment",
        )
    return None


@BOOK.rule(
    "PD04",
    "受入家庭が未定の間の引率教員の宿泊先が書いてある",
    "Where escorts stay is given while host families are open",
    cites=(cite("別添一 一(三)(ハ)"), "6教国教第156号"),
    severity=ADVICE,
    under=_BLOCKS_NOW,
    each=HOMESTAY,
    remedy="homestay#escort_lodging",
    hint=("生徒の家庭が決まるまで、引率教員の宿泊先に連絡が来ます。", "Until families are known, calls go there."),
)
def escorts_can_be_found(homestay: Subject[Homestay], facts: TripFacts, law: Law) -> Outcomes:
    if not facts.homestay_used:
        return NotApplicable("ホームステイは行いません", "No homestay")
    placed = {guest for host in facts.dossier.hosts for guest in host.guests}
    left = [student for student in facts.students if student.value.key not in placed]
    if facts.dossier.hosts and not left:
        return NotApplicable("生徒全員の受入家庭が決まっています", "Every pupil has a family")
    lodging = homestay.value.escort_lodging
    if lodging is None:
        return Missing(
            "受入家庭が決まっていない生徒がいますが、「引率教員の宿泊先」が未入力です。名称・住所・電話番号を書いてください。",
            "Some pupils have no family yet, but “Escorts' lodging” is not filled in.",
            "escort_lodging",
        )
    if any(char.isdecimal() for char in lodging):
        return None
    return Fault(
        f"引率教員の宿泊先「{lodging}」に住所か電話番号の数字がありません。連絡のつく番号まで書いてください。",
        f"The escorts' lodging “{lodging}” has neither number nor telephone. Write how to reach it.",
        "escort_lodging",
    )


@BOOK.rule(
    "PD05",
    "旅券のローマ字が全員分ある",
    "Everybody's passport name is given",
    cites=(cite("別添三 七"), "6教国教第156号"),
    severity=ADVICE,
    under=_WARNS_NOW,
    each=WHOLE,
    needs=("participants",),
    remedy="roster#passport",
    hint=("大きな事故のときに名簿(漢字とローマ字)を出します。旅券のとおりに写してください。", "As in the passport."),
)
def passport_names(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    blank = [person for person in facts.people if not (person.value.passport_surname or person.value.passport_given)]
    if len(blank) > _FEW:
        some = joined(person.ja for person in blank[:3])
        yield Missing(
            f"参加者{len(blank)}人の旅券のローマ字が未入力です({some}ほか)。旅券のとおりに入れてください。",
            f"The passport name of {len(blank)} people is not filled in.",
            f"{blank[0].pointer}/passport_surname",
        )
    else:
        for person in blank:
            yield Missing(
                f"{person.ja}の旅券のローマ字が未入力です。旅券のとおりに入れてください。例: KITAMURA SETSUKO",
                f"{person.en}: the passport name is not filled in, e.g. KITAMURA SETSUKO.",
                f"{person.pointer}/passport_surname",
            )
    for person in facts.people:
        for at, text in (
            ("passport_surname", person.value.passport_surname),
            ("passport_given", person.value.passport_given),
        ):
            if text and not (text.isascii() and text.replace(" ", "").replace("-", "").replace("'", "").isalpha()):
                yield Fault(
                    f"{person.ja}の旅券のローマ字に、英字でない文字が入っています。旅券のとおりに半角の英字で書いてください。",
                    f"{person.en}: the passport name holds something else than letters. Write it as in the passport.",
                    f"{person.pointer}/{at}",
                )


@BOOK.rule(
    "PD06",
    "たびレジに登録している",
    "The trip is registered in Tabireji",
    cites=_PRESENT,
    severity=ADVICE,
    under=_WARNS_NOW,
    each=READINESS,
    needs=("tabireji_on", "tabireji_by"),
    remedy="readiness#tabireji_on",
    hint=("出発の前に登録し、登録した日と人を書いてください。", "Register before departure; say when and who."),
)
def registered_before_departure(readiness: Subject[Readiness], facts: TripFacts, law: Law) -> Outcomes:
    done, leaving = readiness.value.tabireji_on, facts.departs_on
    if done is None or leaving is None or done <= leaving:
        return None
    return Fault(
        f"たびレジの登録日{day_words(done)}が出発日{day_words(leaving)}より後です。出発の前に登録してください。",
        f"Tabireji was registered on {done}, after departure on {leaving}. Register before.",
    )


@BOOK.rule(
    "PD07",
    "文部科学省にも提出している",
    "A copy goes to the ministry of education",
    cites=_SINCE_2016,
    severity=ADVICE,
    under={"2003": None},
    each=READINESS,
    needs=("mext_copy_on",),
    remedy="readiness#mext_copy_on",
    hint=("提出先の宛先は資料にありません。所管庁に確かめてください。", "Ask the authority for the address."),
)
def copied_before_departure(readiness: Subject[Readiness], facts: TripFacts, law: Law) -> Outcomes:
    sent, leaving = readiness.value.mext_copy_on, facts.departs_on
    if sent is None or leaving is None or sent <= leaving:
        return None
    return Fault(
        f"文部科学省への提出日{day_words(sent)}が出発日{day_words(leaving)}より後です。日付を確かめてください。",
        f"The copy of {sent} is later than departure on {leaving}. Check the date.",
    )


@BOOK.rule(
    "PD08",
    "現地エージェントのある国が書いてある",
    "The local agents' countries are given",
    cites=(cite("別添一 一(二)(イ)"), "6教国教第156号"),
    severity=ADVICE,
    each=WHOLE,
    needs=("agents",),
    remedy="agents#country",
    hint=("国が分かると、現地の時刻と国番号を示せます。", "It gives the local time and the country code."),
)
def local_agents_are_there(dossier: Subject[Dossier], facts: TripFacts, law: Law) -> Several:
    from_trip = facts.countries
    for agent in facts.agents:
        if agent.value.role.value != "local":
            continue
        if agent.value.country is None:
            yield Missing(
                f"{agent.ja}の「国・地域」が未入力です。訪問先から選んでください。",
                f"{agent.en}: “Country” is not filled in.",
                f"{agent.pointer}/country",
            )
        elif from_trip and agent.value.country not in from_trip:
            visited = joined(country(code).ja for code in sorted(from_trip))
            yield Fault(
                f"{agent.ja}は{country(agent.value.country).ja}にありますが、訪問先は{visited}です。現地で動けるか確かめてください。",
                f"{agent.en} is in {country(agent.value.country).en}, which is not visited. Check it can act there.",
                f"{agent.pointer}/country",
            )
