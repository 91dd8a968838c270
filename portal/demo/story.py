"""What happens to each specimen trip, read from YAML as typed steps. Data only: firing the actions is the loader's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from mofa_requests.documents.annex3 import Annex3Item
from mofa_requests.enums import Completeness, RemarkKind, ReplySource, RequestKind, RequestState, Topic
from portal.demo.accounts import DemoAccount
from portal.demo.organisations import DemoOrganisation
from portal.directory.desks import mofa_desk
from portal.dossier import files
from portal.dossier.types import Channel, Dossier, Judgement, Letter, Tick, TickResult


class Step(BaseModel):
    """Base of every step: whose hand (an account's e-mail) and on which day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: str
    day: dt.date


class Submit(Step):
    do: Literal["submit"]


class Endorse(Step):
    do: Literal["endorse"]


class Claim(Step):
    do: Literal["claim"]


class TickAll(Step):
    """The officer's ticks: every item present but the ``exceptions``; ``items`` narrows it to work under way."""

    do: Literal["tick"]
    items: tuple[Annex3Item, ...] = tuple(Annex3Item)
    exceptions: tuple[Tick, ...] = ()

    def ticks(self) -> tuple[Tick, ...]:
        """The ticks in the order of 別添三."""
        odd = {tick.item: tick for tick in self.exceptions}
        return tuple(odd.get(item.value, Tick(item=item.value, result=TickResult.PRESENT)) for item in self.items)


class WriteRemark(Step):
    """A comment on one place (JSON pointer) of the submitted dossier."""

    do: Literal["remark"]
    pointer: str
    kind: RemarkKind
    text: str
    internal: bool = False


class Decide(Step):
    """One of the two decisions; incomplete or refused returns the request."""

    do: Literal["decide"]
    topic: Topic
    verdict: Completeness | Judgement
    reasons: str = ""


class FixLetter(Step):
    """The covering letter, dated on the day of the step."""

    do: Literal["letter"]
    number: str
    channel: Channel
    wanted: str

    def letter(self, authority: DemoOrganisation, officer: DemoAccount) -> Letter:
        """The letter of ``authority`` as ``officer`` fixes it, to the ministry's desk of that day."""
        return Letter(
            number=self.number,
            dated_on=self.day,
            channel=self.channel,
            addressee=mofa_desk(on=self.day).addressee,
            sender_body=authority.name,
            sender_title=authority.head_title,
            sender_name=authority.head_name,
            section=authority.section,
            person=officer.name,
            phone=authority.phone,
            email=authority.email,
            wanted=self.wanted,
        )


class CallMofa(Step):
    do: Literal["call"]
    note: str


class Forward(Step):
    do: Literal["forward"]
    channel: Channel
    evidence: str


class Acknowledge(Step):
    do: Literal["acknowledge"]
    received_on: dt.date
    evidence: str


class RecordReply(Step):
    do: Literal["reply"]
    source: ReplySource
    source_name: str
    text: str


class Withdraw(Step):
    do: Literal["withdraw"]
    reason: str


class Edit(BaseModel):
    """One value of a dossier replaced, by JSON pointer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pointer: Annotated[str, Field(pattern="^/")]
    value: Any


class Amend(Step):
    """Opens an amendment and writes ``edits`` into its draft; edit before shifting, their dates are the file's."""

    do: Literal["amend"]
    edits: tuple[Edit, ...]


AnyStep = Annotated[
    Submit
    | Endorse
    | Claim
    | TickAll
    | WriteRemark
    | Decide
    | FixLetter
    | CallMofa
    | Forward
    | Acknowledge
    | RecordReply
    | Withdraw
    | Amend,
    Field(discriminator="do"),
]


class DemoTrip(BaseModel):
    """One specimen trip: its dossier file, its school, and the steps that bring it to ``state``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    dossier: str
    organisation: str
    kind: RequestKind
    state: RequestState
    about: str
    steps: tuple[AnyStep, ...]

    @property
    def path(self) -> Path:
        """The dossier file."""
        return dossier_folder() / f"{self.dossier}.json"

    @property
    def submitted_on(self) -> dt.date | None:
        """The day of the first submission; ``None`` for a plan that was never submitted."""
        return next((step.day for step in self.steps if isinstance(step, Submit)), None)

    def load(self) -> Dossier:
        """The dossier as it was written first, before any amendment."""
        return files.load(self.path)


def dossier_folder() -> Path:
    """Where the specimen dossiers lie."""
    return Path(str(resources.files("portal.demo"))) / "dossiers"


@cache
def demo_trips() -> tuple[DemoTrip, ...]:
    """Every specimen trip."""
    text = resources.files("portal.demo").joinpath("trips.yaml").read_text(encoding="utf-8")
    return TypeAdapter(tuple[DemoTrip, ...]).validate_python(yaml.safe_load(text))


def edited(dossier: Dossier, edits: Iterable[Edit]) -> Dossier:
    """``dossier`` with the edits applied and checked again; ``KeyError``/``IndexError`` for a pointer to nothing."""
    document = dossier.model_dump(mode="json")
    for edit in edits:
        *path, last = edit.pointer[1:].split("/")
        place: Any = document
        for step in path:
            place = place[int(step)] if isinstance(place, list) else place[step]
        if last not in place:
            raise KeyError(edit.pointer)
        place[last] = edit.value
    return Dossier.model_validate(document)
