"""What an authority prints on its letters beside their words: lines below its name, the image of its seal.

Not here: saving (actions.letterhead), drawing (documents.letterhead).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from portal.kit import clock
from portal.kit.ids import uuid7
from portal.tenancy.rls import TenantIsolation

# More would push the letter over its one page.
MOST_LINES, MOST_OF_A_LINE, MOST_TEXT = 2, 50, 240


class Letterhead(models.Model):
    """One version of an authority's letterhead. Versions are added, never changed: a letter prints the version that
    was there when it was fixed, whatever came later.

    The seal is a sealed file of black dots (``portal.kit.pictures``) under a key of its own; without one the paper
    keeps the place for the stamp.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    org = models.ForeignKey("tenancy.Org", on_delete=models.PROTECT, related_name="+", editable=False)
    version = models.PositiveIntegerField()
    text = models.CharField(max_length=MOST_TEXT, blank=True)
    key_master = models.CharField(max_length=40, blank=True)
    key_wrapped = models.BinaryField(null=True)
    stored_name = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    saved_at = models.DateTimeField(default=clock.now)
    saved_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-version",)
        constraints = (
            models.UniqueConstraint(fields=("org", "version"), name="mofa_letterhead_version_once"),
            models.CheckConstraint(name="mofa_letterhead_counts_from_one", condition=Q(version__gte=1)),
            models.CheckConstraint(
                name="mofa_letterhead_seal_is_whole",
                condition=Q(stored_name="", sha256="", key_master="", key_wrapped=None)
                | ~Q(stored_name="") & ~Q(sha256="") & ~Q(key_master="") & Q(key_wrapped__isnull=False),
            ),
            TenantIsolation(
                name="mofa_requests_letterhead_rls",
                rules=(("endorser", "org_id", "select,insert"), ("forwarder", "org_id", "select,insert")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.org_id} {self.version}"
