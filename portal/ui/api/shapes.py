"""What the interface answers, as serializers: one set for schools, one for authorities, one for JCSOS; never shared."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from mofa_requests.enums import RequestKind, RequestState
from mofa_requests.models import MofaRequest
from trips.queries import Trip


class TripShape(serializers.ModelSerializer[Trip]):
    """One trip of the school's own."""

    request_id = serializers.UUIDField(read_only=True)
    request_state = serializers.ChoiceField(choices=RequestState.choices(), read_only=True)
    title = serializers.CharField(read_only=True, allow_null=True)
    departs_on = serializers.DateField(read_only=True, allow_null=True)
    returns_on = serializers.DateField(read_only=True, allow_null=True)

    class Meta:
        model = Trip
        fields = (
            "id",
            "trip_no",
            "state",
            "edition",
            "title",
            "departs_on",
            "returns_on",
            "request_id",
            "request_state",
            "created_at",
        )
        read_only_fields = fields


class RequestShape(serializers.ModelSerializer[MofaRequest]):
    """One request as its school and the authorities on its route see it in lists."""

    school = serializers.StringRelatedField()  # type: ignore[var-annotated]
    kind = serializers.ChoiceField(choices=RequestKind.choices(), read_only=True)
    state = serializers.ChoiceField(choices=RequestState.choices(), read_only=True)

    class Meta:
        model = MofaRequest
        fields = (
            "id",
            "school",
            "kind",
            "state",
            "edition",
            "revision_number",
            "title",
            "places",
            "departs_on",
            "returns_on",
            "party_total",
            "danger_level",
            "late",
            "school_due_on",
            "dispatch_due_on",
            "receipt_due_on",
            "submitted_at",
            "endorsed_at",
            "approved_at",
            "forwarded_at",
            "received_on",
        )
        read_only_fields = fields


class WindowShape(serializers.ModelSerializer[MofaRequest]):
    """One request as JCSOS sees it: no dates of the authority's own work."""

    school = serializers.StringRelatedField()  # type: ignore[var-annotated]

    class Meta:
        model = MofaRequest
        fields = ("id", "school", "state", "title", "places", "departs_on", "returns_on", "party_total", "submitted_at")
        read_only_fields = fields


class ReceiptInput(serializers.Serializer[Any]):
    """The day on which the ministry held the papers, and what shows it."""

    received_on = serializers.DateField()
    evidence = serializers.CharField(max_length=4000)


class ReceiptShape(serializers.Serializer[Any]):
    received_on = serializers.DateField()
    in_time = serializers.BooleanField()


class ProblemShape(serializers.Serializer[Any]):
    """What was wrong and how to mend it."""

    detail = serializers.CharField()
    problems = serializers.ListField(child=serializers.DictField(), required=False)
