"""Organisations and the base of every tenant row. Not here: people (accounts), plans (trips)."""

from __future__ import annotations

from django.db import models

from portal.directory.kinds import OrgKind
from portal.dossier.types import FounderType, SchoolKind
from portal.kit.ids import uuid7


class Org(models.Model):
    """A school, an authority or JCSOS. ``parent`` is the next authority up; the route follows the founder type."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=40, choices=OrgKind.choices())
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    founder = models.CharField(max_length=40, blank=True, choices=FounderType.choices())
    school_kind = models.CharField(max_length=40, blank=True, choices=SchoolKind.choices())
    name = models.CharField(max_length=200)
    kana = models.CharField(max_length=200, blank=True)
    english_name = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    fax = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    head_title = models.CharField(max_length=80, blank=True)
    head_name = models.CharField(max_length=80, blank=True)
    section = models.CharField(max_length=200, blank=True)
    edition = models.CharField(max_length=8, default="2003")
    demo = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                name="school_has_founder",
                condition=models.Q(kind=OrgKind.SCHOOL.value, founder__gt="") | ~models.Q(kind=OrgKind.SCHOOL.value),
            ),
        )

    def __str__(self) -> str:
        return self.name


class TenantOwned(models.Model):
    """Base of rows that belong to one school; the owner column is stamped on insert and never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    school = models.ForeignKey(Org, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True
