"""What every new row of a case carries. Not here: any particular row."""

from __future__ import annotations

from typing import Any

from mofa_requests.models import MofaRequest


def case_columns(request: MofaRequest) -> dict[str, Any]:
    """The owner and route columns that every row of a case carries."""
    return {
        "school_id": request.school_id,
        "request_id": request.pk,
        "endorser_org_id": request.endorser_org_id,
        "forwarder_org_id": request.forwarder_org_id,
    }
