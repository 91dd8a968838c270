"""What JCSOS's window shows and what it never shows, when it closes, and that the school sees every look."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import resolve

from insurance.stress.trip import cover_facts
from jcsos.actions import leave, set_consent
from jcsos.models import Membership
from jcsos.queries import open_part
from mofa_requests.actions.submit import freeze_revision, judge_plan
from mofa_requests.models import MofaRequest, Revision
from portal.accounts.acting import scope_of
from portal.dossier.pointers import Property, properties
from portal.dossier.privacy import join
from portal.dossier.types import Dossier, Part
from portal.kit import clock
from portal.tenancy.scope import acting_as
from portal.vault.keyring import cipher_for
from tests.factories.cast import World
from tests.jcsos.audits import started
from tests.jcsos.conftest import Office
from tests.kit.pdf import paper
from tests.ui.authority.conftest import signed_in
from trips.actions import roster
from trips.models import Participant

CANARY = "鵠﨑𠮷葛󠄀"
LINK = re.compile(r'href="([^"]+)"')
KEYS = ("group", "nationality")
"""Personal all the same, but codes: no text can be planted there."""
_number = count(1)


def with_canaries(value: Any, part: type[Part]) -> Any:
    """A part's document with a canary in every personal value that is a text, also in those nobody filled in."""
    return {**value, **{name: _planted(value.get(name), prop) for name, prop in properties(part).items()
                        if name in value or _takes_text(part, name, prop)}}  # fmt: skip


def _planted(value: Any, prop: Property) -> Any:
    if prop.part is not None:
        many = isinstance(value, list)
        planted = [with_canaries(entry or {}, prop.part) for entry in (value if many else [value])]
        return planted if many else planted[0]
    if not prop.sealed or prop.name in KEYS or not isinstance(value, str | None) or prop.vocabulary is not None:
        return value
    return f"090-0000-{9000 + next(_number)}" if prop.name.endswith(("phone", "mobile")) else _text(value, prop)


def _text(value: Any, prop: Property) -> Any:
    return value if prop.name.endswith("_on") else f"{CANARY}{next(_number)}"


def _takes_text(part: type[Part], name: str, prop: Property) -> bool:
    return (
        prop.sealed
        and prop.name not in KEYS
        and prop.vocabulary is None
        and "str" in str(part.model_fields[name].annotation)
    )


def personal_texts(document: Any) -> Iterator[str]:
    """Every text that carries a canary."""
    if isinstance(document, dict | list):
        for inner in document.values() if isinstance(document, dict) else document:
            yield from personal_texts(inner)
    elif isinstance(document, str) and (CANARY in document or document.startswith("090-0000-9")):
        yield document


@pytest.fixture
def planted(here: World, revision: Revision) -> list[str]:
    """A second revision with canaries in every personal field, and canaries in health notes and guardians."""
    document = here.dossier.model_dump(mode="json", exclude_none=True)
    document["participants"] = document["participants"][:12]
    dossier = Dossier.model_validate(with_canaries(document, Dossier))
    with here.principal.at_work() as by:
        request = MofaRequest.objects.get(pk=here.request.pk)
        request.revision_number = 2
        request.save()
        report = judge_plan(request, dossier, on=here.on)
        cipher = cipher_for(request.trip_id)
        freeze_revision(request, dossier, report, by=by, title="校長", cipher=cipher, settings=None)
    with acting_as(scope_of(here.drafter.membership, health=True)):
        person = Participant.objects.filter(trip_id=here.request.trip_id).first()
        by = here.drafter.actor
        roster.save_guardian(person, {"name": f"{CANARY}保護者", "phone1": "090-0000-9991"}, by=by, cipher=cipher)
        roster.save_health(person, {"allergy": f"{CANARY}卵", "note": f"{CANARY}喘息"}, by=by, cipher=cipher)
    return sorted({*personal_texts(dossier.model_dump(mode="json")), "090-0000-9991"})


def addresses(member: Membership, request: MofaRequest) -> list[str]:
    """Every address of the window."""
    return [
        "/jcsos/",
        f"/jcsos/members/{member.pk}/",
        f"/jcsos/trips/{request.pk}/",
        "/api/v1/member-trips/",
        f"/api/v1/member-trips/{request.pk}/dossier/",
    ]


def test_no_name_and_no_health_note_ever_reaches_jcsos(
    office: Office, here: World, member: Membership, planted: list[str]
) -> None:
    assert len(planted) > 100
    read = 0
    for hand in office.everybody:
        client = signed_in(hand)
        for address in addresses(member, here.request):
            answer = client.get(address)
            body = answer.content.decode()
            read += answer.status_code == 200
            assert CANARY not in body, address
            assert [text for text in planted if text in body] == [], address
    assert read >= 3 * 5, "the auditors and the membership desk must have read something"


def test_no_page_or_file_an_auditor_reaches_carries_a_name_or_a_health_note(
    office: Office, here: World, member: Membership, planted: list[str], settings: Any, tmp_path: Path
) -> None:
    """Every link from the desk on, an audit with its report and a duty-of-care file among them."""
    settings.MEDIA_ROOT = str(tmp_path)
    started(office, here).announced().handed_in().assessed().sent()
    client, waiting, seen = signed_in(office.auditor), deque(["/jcsos/"]), set[str]()
    while waiting:
        path = waiting.popleft()
        answer = client.get(path)
        assert answer.status_code in (200, 302), path
        text = readable(answer)
        assert CANARY not in text, path
        assert [one for one in planted if one in text] == [], path
        links = {urljoin(path, link).partition("#")[0] for link in LINK.findall(text)}
        waiting.extend(found := sorted(link for link in links - seen if link.startswith("/jcsos/")))
        seen.update(found)
    kinds = {resolve(path.partition("?")[0]).url_name for path in seen}
    assert {"dashboard_trips", "dashboard_xlsx", "audit", "audit_report", "member_duty_file", "readiness"} <= kinds


def readable(answer: Any) -> str:
    """What a person reads of an answer: a page, a paper or a workbook."""
    content = answer.getvalue()
    kind = answer.headers.get("Content-Type", "")
    if kind == "application/pdf":
        return paper.text_of(content)
    if kind.startswith("application/vnd"):
        with ZipFile(BytesIO(content)) as book:
            return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    return str(content.decode())


def test_a_trip_counts_its_insured_and_opted_out_and_names_nobody(
    office: Office, here: World, member: Membership, revision: Revision
) -> None:
    document = {**revision.document, "opt_outs": [{"participant": revision.document["participants"][3]["key"]}]}
    with here.principal.at_work():
        people = len(document["participants"])
        heads = cover_facts(Dossier.model_validate(join(document, {}))).heads(open_part(revision).participants)
    assert (heads.total, heads.insured, heads.opted_out, heads.uninsured) == (people, people - 1, 1, 0)
    page = signed_in(office.auditor).get(f"/jcsos/trips/{here.request.pk}/")
    counts = {tile.label: tile.value for tile in page.context["cover_tiles"]}
    assert counts == {"参加者": people, "保険に入っている": people, "書面で加入しない": 0, "どちらでもない": 0}
    assert {code for code, _title, _url in page.context["cover_gaps"]} == {
        finding["code"] for finding in revision.findings if finding["code"].startswith("A2")
    }
    assert "だれかは表示しません" in page.content.decode()
    assert not [key for key in (person["key"] for person in document["participants"]) if key in page.content.decode()]


def test_the_sealed_persons_stay_shut_in_the_database_too(office: Office, planted: list[str]) -> None:
    from mofa_requests.models import RevisionPersons
    from portal.vault.models import TripKey
    from trips.models import Guardian, HealthNote

    for model in (RevisionPersons, TripKey, Participant, Guardian, HealthNote):
        with pytest.raises(Exception, match="permission denied"), office.auditor.at_work():
            list(model.objects.all()[:1])


@pytest.mark.parametrize("closing", ["consent", "membership"])
def test_the_window_closes_within_one_request(
    office: Office, here: World, member: Membership, revision: Revision, closing: str
) -> None:
    auditor = signed_in(office.auditor)
    trip, listed = f"/jcsos/trips/{here.request.pk}/", "/api/v1/member-trips/"
    dossier = f"/api/v1/member-trips/{here.request.pk}/dossier/"
    assert auditor.get(trip).status_code == 200
    assert auditor.get(listed).json()["count"] == 1
    if closing == "consent":
        with here.principal.at_work() as by:
            set_consent(member, consents=False, by=by)
    else:
        with office.members.at_work():
            leave(member, on=clock.today())
    assert auditor.get(trip).status_code == 404
    assert auditor.get(dossier).status_code == 404
    assert auditor.get(listed).json()["count"] == 0
    assert here.dossier.outline.title not in auditor.get("/jcsos/").content.decode()


def test_consent_opens_the_window_again(office: Office, here: World, member: Membership, revision: Revision) -> None:
    for consents, status in ((False, 404), (True, 200)):
        with here.principal.at_work() as by:
            set_consent(member, consents=consents, by=by)
        assert signed_in(office.auditor).get(f"/jcsos/trips/{here.request.pk}/").status_code == status


def test_a_draft_is_not_in_the_window(office: Office, here: World, member: Membership) -> None:
    assert signed_in(office.auditor).get(f"/jcsos/trips/{here.request.pk}/").status_code == 404


@pytest.mark.parametrize("address", ["/jcsos/trips/{}/", "/api/v1/member-trips/{}/dossier/"])
def test_the_school_sees_every_look(
    office: Office, here: World, member: Membership, revision: Revision, address: str
) -> None:
    timeline = f"/trips/{here.request.trip_id}/timeline/"
    school = signed_in(here.drafter)
    assert looks_shown(school, timeline) == 0
    for looks in (1, 2):
        assert signed_in(office.auditor).get(address.format(here.request.pk)).status_code == 200
        assert looks_shown(school, timeline) == looks


def looks_shown(school: Client, timeline: str) -> int:
    """How many looks the timeline tells of; several of one hand on one day stand there once with their number."""
    page = school.get(timeline).content.decode()
    if "JCSOSが旅行を閲覧しました" not in page:
        return 0
    return 2 if "この日に2回" in page else 1


def test_who_may_not_read_trips_reads_none(office: Office, here: World, revision: Revision) -> None:
    for hand in (office.news, office.cases):
        client = signed_in(hand)
        assert client.get(f"/jcsos/trips/{here.request.pk}/").status_code == 404
        assert client.get(f"/api/v1/member-trips/{here.request.pk}/dossier/").status_code in (403, 404)
