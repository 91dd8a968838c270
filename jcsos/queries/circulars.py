"""Reading circulars: both archives, whom one goes to, who has read it, whose mail came back. No writes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from jcsos.enums import CircularState, Reach
from jcsos.models import Circular, CircularReceipt, Membership
from jcsos.rules.circulars import words_of
from mofa_requests.models import Revision
from mofa_requests.queries import visible_to
from portal.accounts.models import Membership as Seat
from portal.jobs.bounces import base_and_try, every_try, mails_of
from portal.jobs.models import Job, MailState, OutboundMail
from portal.kit import clock
from portal.kit.roles import Role

SEND_CIRCULAR = "send_circular"
TOLD, UNREAD = "circular", "circular_unread"
"""Events of the outbox: the first mail and the reminders."""
TELLS = (Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL)
"""Who at a member school gets the mail."""


def archive(*, query: str = "", country: str = "") -> QuerySet[Circular]:
    """Circulars in view that contain every word of ``query`` and concern ``country``, newest first."""
    rows = Circular.objects.select_related("written_by")
    for word in words_of(query):
        rows = rows.filter(folded__contains=word)
    if country:
        rows = rows.filter(countries__contains=[country])
    return rows.order_by(F("sent_at").desc(nulls_first=True), "-written_at")


def with_readings(rows: QuerySet[Circular]) -> QuerySet[Circular]:
    """The same with ``told`` and ``read`` members counted."""
    read = Count("receipts", filter=Q(receipts__read_at__isnull=False))
    return rows.annotate(told=Count("receipts"), read=read)


def get_circular(circular_id: UUID) -> Circular:
    """One circular in view, or ``Circular.DoesNotExist``."""
    people = ("written_by", "proposed_by", "approved_by", "ordered_by")
    return Circular.objects.select_related(*people).get(pk=circular_id)


def on_countries(countries: Collection[str], *, most: int = 5) -> list[Circular]:
    """The newest circulars sent that concern one of these countries; none for no country."""
    if not countries:
        return []
    sent = Circular.objects.filter(state=CircularState.SENT.value, countries__has_any_keys=list(countries))
    return list(sent.order_by("-sent_at")[:most])


def receipt_of(circular: Circular, school_id: UUID) -> CircularReceipt | None:
    """What a school was told of a circular; ``None`` for one it finds in the archive alone."""
    return CircularReceipt.objects.filter(circular=circular, school_id=school_id).select_related("read_by").first()


def receipts_by_circular(school_id: UUID) -> dict[UUID, CircularReceipt]:
    """The receipts of a school by circular."""
    return {row.circular_id: row for row in CircularReceipt.objects.filter(school_id=school_id)}


def addressed(circular: Circular) -> list[UUID]:
    """The members a circular goes to today, as schools, in a fixed order."""
    members = Membership.objects.filter(left_on=None)
    if circular.kinds:
        members = members.filter(school__school_kind__in=circular.kinds)
    if circular.reach == Reach.GOING.value:
        members = members.filter(school_id__in=schools_going(circular.countries))
    return list(members.order_by("school_id").values_list("school_id", flat=True))


def schools_going(countries: Iterable[str]) -> set[UUID]:
    """Schools in JCSOS's window with a submitted trip to one of these countries that is not over yet."""
    open_trips = visible_to().filter(returns_on__gte=clock.today()).exclude(state="withdrawn")
    goes = Q()
    for code in countries:
        goes |= Q(document__destinations__contains=[{"country": code}])
    if not goes:
        return set()
    found = Revision.objects.filter(goes, request_id__in=open_trips.values("pk")).filter(_newest())
    return set(found.values_list("school_id", flat=True))


def _newest() -> Q:
    """Only the revision a request stands at: a former destination is none."""
    return Q(number=F("request__revision_number"))


def receipts_of(circular: Circular) -> QuerySet[CircularReceipt]:
    """The members told of a circular, those that have not read it first."""
    rows = CircularReceipt.objects.filter(circular=circular).select_related("school", "read_by")
    return rows.order_by(F("read_at").asc(nulls_first=True), "school__kana", "school__name")


def people_of(school_ids: Collection[UUID]) -> dict[UUID, list[int]]:
    """School → the people (user ids) who get the mail."""
    held = Seat.objects.filter(org_id__in=school_ids, active=True, user__is_active=True)
    found: dict[UUID, list[int]] = {}
    wanted = held.filter(role__in=[role.value for role in TELLS]).order_by("org_id", "user_id")
    for school_id, user_id in wanted.values_list("org_id", "user_id").distinct():
        found.setdefault(school_id, []).append(user_id)
    return found


@dataclass
class Told:
    """One member with its mails, the last one of each person; ``people`` (user ids) are to have one today."""

    receipt: CircularReceipt
    people: list[int]
    mails: list[OutboundMail] = field(default_factory=list)

    @property
    def newcomers(self) -> list[int]:
        """Who joined the school since, for instance under a corrected address, and has no mail."""
        return [person for person in self.people if person not in {mail.recipient_id for mail in self.mails}]

    @property
    def troubled(self) -> list[OutboundMail]:
        """The mails a person has to look after."""
        return [mail for mail in self.mails if mail.state in (MailState.BOUNCED.value, MailState.UNKNOWN.value)]


def told_with_mails(receipts: Collection[CircularReceipt]) -> list[Told]:
    """These members with the last mail to each of their people."""
    people = people_of([receipt.school_id for receipt in receipts])
    told = {str(receipt.pk): Told(receipt, people.get(receipt.school_id, [])) for receipt in receipts}
    last: dict[tuple[str, int], OutboundMail] = {}
    for mail in mails_of((TOLD,), [key for base in told for key in every_try(base)]):
        last[(base_and_try(mail.key)[0], mail.recipient_id)] = mail
    for (base, _), mail in last.items():
        told[base].mails.append(mail)
    return list(told.values())


def job_of(circular: Circular) -> Job | None:
    """The job that sends a circular, or sent it, if one was ordered."""
    return Job.objects.filter(kind=SEND_CIRCULAR, subject_id=circular.pk).order_by("-created_at").first()
