"""Reading notices: what an authority sent with who has read it, and what a house was told. No writes."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from mofa_requests.models import BoardNotice, NoticeReading
from portal.directory.kinds import OrgKind
from portal.tenancy.models import Org


def houses_below(org_id: UUID) -> QuerySet[Org]:
    """Every school and municipal board an authority may tell something: its own, and the schools of its boards."""
    kinds = (OrgKind.SCHOOL.value, OrgKind.MUNICIPAL_BOARD.value)
    below = Org.objects.filter(kind__in=kinds, active=True)
    return below.filter(Q(parent_id=org_id) | Q(parent__parent_id=org_id)).order_by("kind", "kana", "name")


def sent_by(org_id: UUID) -> QuerySet[BoardNotice]:
    """The notices of an authority, newest first, with ``told`` and ``read`` houses counted."""
    sent = BoardNotice.objects.filter(org_id=org_id).select_related("sent_by")
    read = Count("readings", filter=Q(readings__read_at__isnull=False))
    return sent.annotate(told=Count("readings"), read=read).order_by("-sent_at", "-id")


def readings_of(notice: BoardNotice) -> QuerySet[NoticeReading]:
    """Every house that was told, the unread ones first."""
    rows = NoticeReading.objects.filter(notice_id=notice.pk).select_related("to_org", "read_by")
    return rows.order_by(F("read_at").asc(nulls_first=True), "to_org__kana", "to_org__name")


def told_to(org_id: UUID) -> QuerySet[NoticeReading]:
    """What a house was told, the newest first."""
    rows = NoticeReading.objects.filter(to_org_id=org_id).select_related("notice__org", "notice__sent_by", "read_by")
    return rows.order_by("-notice__sent_at")
