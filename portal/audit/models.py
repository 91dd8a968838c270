"""The append-only history. Not here: its vocabulary (events) and how it is written (record)."""

from __future__ import annotations

from django.db import models

from portal.audit.events import EventName
from portal.kit import clock
from portal.kit.ids import uuid7
from portal.tenancy.rls import ON_THE_ROUTE, TenantIsolation

_ORG = "nullif(current_setting('app.org', true), '')::uuid"
_BY_AND_OF_ITSELF = f"when:actor_org_id = {_ORG} AND coalesce(school_id, {_ORG}) = {_ORG}"
"""Else one school could plant a line in the history that another school and its board read."""


class Event(models.Model):
    """Who did what, when, in which capacity; ids and primitives only.

    The database grants insert and select, nothing else. ``school`` is empty only for events of an organisation itself.
    ``chain``, ``place`` and ``sha256`` are written by the database at the commit: see ``chain``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(default=clock.now)
    name = models.CharField(max_length=60, choices=EventName.choices)
    actor_user = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    actor_role = models.CharField(max_length=40, blank=True)
    actor_org = models.ForeignKey("tenancy.Org", null=True, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("tenancy.Org", null=True, on_delete=models.PROTECT, related_name="+")
    endorser_org = models.ForeignKey("tenancy.Org", null=True, on_delete=models.PROTECT, related_name="+")
    forwarder_org = models.ForeignKey("tenancy.Org", null=True, on_delete=models.PROTECT, related_name="+")
    trip_id = models.UUIDField(null=True)
    request_id = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)
    chain = models.UUIDField(null=True, editable=False)
    place = models.PositiveIntegerField(null=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(fields=("school", "trip_id", "id"), name="audit_event_school"),
            models.Index(fields=("forwarder_org", "request_id", "id"), name="audit_event_forwarder"),
            models.Index(fields=("endorser_org", "request_id", "id"), name="audit_event_endorser"),
            models.Index(fields=("actor_org", "id"), name="audit_event_actor_org"),
            models.Index(fields=("chain",), name="audit_event_unlinked", condition=models.Q(place=None)),
        )
        constraints = (
            models.UniqueConstraint(fields=("chain", "place"), name="audit_event_one_place"),
            TenantIsolation(
                name="audit_event_rls",
                rules=(
                    ("school", "school_id", "select"),
                    ("endorser", ON_THE_ROUTE, "select"),
                    ("forwarder", "forwarder_org_id", "select"),
                    ("jcsos", "actor_org_id", "select"),
                    ("platform", "actor_org_id", "select"),
                    # Everybody appends in the name of the organisation they act for, a school of itself alone.
                    ("school", _BY_AND_OF_ITSELF, "insert"),
                    ("endorser", "actor_org_id", "insert"),
                    ("forwarder", "actor_org_id", "insert"),
                    ("jcsos", "actor_org_id", "insert"),
                    ("platform", "actor_org_id", "insert"),
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.name}"

    def sentence(self, language: str = "ja") -> str:
        """The event in plain words, its facts filled in."""
        name = EventName(self.name)
        template = name.english if language == "en" else name.label
        return template.format_map(_Facts(self.facts))


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "—"
