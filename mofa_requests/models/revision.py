"""Frozen submissions: the open document, and apart from it the sealed persons. Nobody may change either."""

from __future__ import annotations

from django.db import models

from mofa_requests.models.authority import AuthoritySettings
from mofa_requests.models.case import CaseRow, case_constraints, known_by_case, same_case
from portal.dossier.types import Edition
from portal.kit import clock
from portal.tenancy.rls import ON_THE_ROUTE
from portal.vault.models import SealedField


class Revision(CaseRow):
    """What the school attested: dossier without persons, findings without names, edition and digest.

    ``authority_settings`` is the version of the board's own rules it was judged under; empty when there were none.

    ``sha256`` covers the open document and ``commitment``, so it stays verifiable after the persons are erased.
    """

    number = models.PositiveIntegerField()
    edition = models.CharField(max_length=8, choices=Edition.choices())
    document = models.JSONField()
    findings = models.JSONField(default=list)
    verdict = models.CharField(max_length=10)
    lawbook_digest = models.CharField(max_length=64)
    authority_settings = models.ForeignKey(AuthoritySettings, null=True, on_delete=models.PROTECT, related_name="+")
    commitment = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    attested_by_title = models.CharField(max_length=80)
    submitted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(default=clock.now)
    jcsos_open = models.BooleanField(default=False)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("request", "number"), name="mofa_revision_number_once"),
            models.UniqueConstraint(fields=("school", "id"), name="mofa_revision_school_id"),
            known_by_case("mofa_requests_revision"),
            *case_constraints(
                "mofa_requests_revision",
                rules=(
                    ("school", "school_id", "select,insert"),
                    ("endorser", ON_THE_ROUTE, "select"),
                    ("forwarder", "forwarder_org_id", "select"),
                    ("jcsos", "when:jcsos_open", "select"),
                ),
            ),
        )


class RevisionPersons(CaseRow):
    """The personal values of one revision, and what was agreed to be printed for characters without a face, sealed
    under the trip's key; JCSOS has no right here at all.
    """

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="persons")
    sealed = SealedField()

    class Meta:
        constraints = (
            same_case("mofa_requests_revisionpersons", via="revision_id", to="Revision"),
            *case_constraints(
                "mofa_requests_revisionpersons",
                rules=(
                    ("school", "school_id", "select,insert"),
                    ("endorser", ON_THE_ROUTE, "select"),
                    ("forwarder", "forwarder_org_id", "select"),
                ),
            ),
        )
