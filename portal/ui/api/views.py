"""The operations: trips and their dossiers for schools, requests and receipts for authorities, a window for JCSOS."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from jcsos.actions import note_view
from jcsos.queries import open_part, trip_in_window, trips_of_members
from mofa_requests import queries
from mofa_requests.actions.plan import NotEditable, export_dossier, store_dossier
from mofa_requests.actions.sending import acknowledge
from mofa_requests.actions.submit import judge_plan
from mofa_requests.models import Dispatch, MofaRequest
from portal.accounts.access import members
from portal.accounts.acting import actor_of
from portal.audit.record import Actor
from portal.dossier.files import DossierError, dump, load
from portal.dossier.types import Dossier, Edition
from portal.kit import clock
from portal.kit.machine import Refused
from portal.kit.roles import Role
from portal.ui.api.doors import RawJson
from portal.ui.api.shapes import ProblemShape, ReceiptInput, ReceiptShape, RequestShape, TripShape, WindowShape
from trips.queries import Trip, get_trip, outlines_of, trips_of

SCHOOL_STAFF = (Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL, Role.SCHOOL_HOME_CONTACT, Role.SCHOOL_ESCORT)
SCHOOL_WRITERS = (Role.SCHOOL_DRAFTER, Role.SCHOOL_PRINCIPAL)
AUTHORITY = (Role.AUTHORITY_OFFICER, Role.AUTHORITY_APPROVER)
AUDITORS = (Role.JCSOS_MEMBERS, Role.JCSOS_AUDITOR)
DOSSIER = OpenApiResponse(OpenApiTypes.OBJECT, description="docs/dossier.schema.json の形の計画")
PROBLEM = OpenApiResponse(ProblemShape)


class Operation(APIView):
    """Base of all operations: the seat of the caller."""

    @property
    def actor(self) -> Actor:
        return actor_of(self.request.auth)  # type: ignore[arg-type]

    @property
    def org_id(self) -> UUID:
        return self.request.auth.org_id  # type: ignore[union-attr]

    def trip(self, trip_id: UUID) -> Trip:
        try:
            return get_trip(self.org_id, trip_id)
        except Trip.DoesNotExist:
            raise Http404 from None

    def found(self, request_id: UUID) -> MofaRequest:
        try:
            return queries.get_for(request_id)
        except MofaRequest.DoesNotExist:
            raise Http404 from None


@members(SCHOOL_STAFF, purpose="API: 学校の旅行一覧")
class TripList(Operation):
    @extend_schema(operation_id="trips_list", responses=TripShape(many=True))
    def get(self, request: Request) -> Response:
        """The school's own trips, newest first."""
        pages = LimitOffsetPagination()
        trips = list(pages.paginate_queryset(trips_of(self.org_id), request, view=self) or ())
        ids = [trip.pk for trip in trips]
        outlines, requests = outlines_of(ids), queries.latest_by_trip(ids)
        for trip in trips:
            outline, found = outlines.get(trip.pk), requests[trip.pk]
            extra = {
                "title": outline.title if outline else None,
                "departs_on": outline.departs_on if outline else None,
                "returns_on": outline.returns_on if outline else None,
                "request_id": found.pk,
                "request_state": found.state,
            }
            for name, value in extra.items():
                setattr(trip, name, value)
        return pages.get_paginated_response(TripShape(trips, many=True).data)


@members(SCHOOL_STAFF, purpose="API: 計画を書き出す")
class TripDossier(Operation):
    @extend_schema(operation_id="trip_dossier", responses={200: DOSSIER})
    def get(self, request: Request, trip_id: UUID) -> HttpResponse:
        """The live plan as a dossier file."""
        dossier = export_dossier(self.trip(trip_id), by=self.actor)
        return HttpResponse(dump(dossier), content_type="application/json")


@members(SCHOOL_WRITERS, purpose="API: 計画を取り込む")
class TripImport(Operation):
    parser_classes = (RawJson,)

    @extend_schema(
        operation_id="trip_dossier_import",
        request=OpenApiTypes.OBJECT,
        responses={204: None, 409: PROBLEM, 422: PROBLEM},
    )
    def put(self, request: Request, trip_id: UUID) -> Response:
        """Replace the live plan by a dossier; the authority's part of the file is not taken over."""
        trip = self.trip(trip_id)
        try:
            content: Any = request.data
            store_dossier(trip, load(content), by=self.actor)
        except DossierError as error:
            problems = [problem.as_json() for problem in error.problems]
            return _problem(status.HTTP_422_UNPROCESSABLE_ENTITY, str(error), problems)
        except NotEditable as refused:
            return _problem(status.HTTP_409_CONFLICT, f"いまは書き換えられません({refused})")
        except Refused as refused:
            return _problem(status.HTTP_409_CONFLICT, str(refused))
        return Response(status=status.HTTP_204_NO_CONTENT)


@members(SCHOOL_STAFF, purpose="API: 計画の点検結果")
class TripFindings(Operation):
    @extend_schema(
        operation_id="trip_findings",
        parameters=[OpenApiParameter("edition", enum=[edition.value for edition in Edition])],
        responses={200: OpenApiTypes.OBJECT, 400: PROBLEM},
    )
    def get(self, request: Request, trip_id: UUID) -> Response:
        """Verdict, deadlines and findings of the live plan, under its own or another edition."""
        wanted = request.query_params.get("edition")
        if wanted is not None and wanted not in set(Edition):
            return _problem(status.HTTP_400_BAD_REQUEST, f"通知の版「{wanted}」はありません(2003、2016、2024)")
        trip = self.trip(trip_id)
        edition = Edition(wanted) if wanted else None
        dossier = queries.gather_dossier(trip)
        return Response(judge_plan(queries.latest_of(trip), dossier, on=clock.today(), edition=edition).as_json())


@members((*SCHOOL_STAFF, *AUTHORITY), purpose="API: 依頼の一覧")
class RequestList(Operation):
    @extend_schema(operation_id="requests_list", responses=RequestShape(many=True))
    def get(self, request: Request) -> Response:
        """Requests in view of the caller's organisation, nearest day of receipt first."""
        pages = LimitOffsetPagination()
        rows = pages.paginate_queryset(queries.visible_to().order_by("receipt_due_on", "id"), request, view=self)
        return pages.get_paginated_response(RequestShape(rows, many=True).data)


@members((*SCHOOL_STAFF, *AUTHORITY), purpose="API: 依頼")
class RequestDetail(Operation):
    @extend_schema(operation_id="request", responses=RequestShape)
    def get(self, request: Request, request_id: UUID) -> Response:
        return Response(RequestShape(self.found(request_id)).data)


@members(AUTHORITY, purpose="API: 提出された計画", step_up=False)
class RequestDossier(Operation):
    @extend_schema(operation_id="request_dossier", responses={200: DOSSIER})
    def get(self, request: Request, request_id: UUID) -> HttpResponse:
        """The newest frozen revision with the authority's own part, for the authorities on its route."""
        found = self.found(request_id)
        return _file(queries.full_dossier(found, queries.revision_of(found)))


@members(AUTHORITY, purpose="API: 外務省の受領を記録する")
class RequestReceipt(Operation):
    @extend_schema(
        operation_id="request_receipt", request=ReceiptInput, responses={201: ReceiptShape, 400: PROBLEM, 409: PROBLEM}
    )
    def post(self, request: Request, request_id: UUID) -> Response:
        """Record the day on which the ministry held the papers."""
        found = self.found(request_id)
        given = ReceiptInput(data=request.data)
        given.is_valid(raise_exception=True)
        dispatch = Dispatch.objects.filter(request_id=found.pk).first()
        if dispatch is None:
            return _problem(status.HTTP_409_CONFLICT, "まだ外務省へ送付していません")
        try:
            receipt = acknowledge(dispatch, by=self.actor, **given.validated_data)
        except Refused as refused:
            return _problem(status.HTTP_409_CONFLICT, str(refused))
        in_time = found.receipt_due_on is None or receipt.received_on <= found.receipt_due_on
        shown = ReceiptShape({"received_on": receipt.received_on, "in_time": in_time})
        return Response(shown.data, status=status.HTTP_201_CREATED)


@members(AUDITORS, purpose="API: 会員校の旅行(氏名を除く)")
class WindowList(Operation):
    @extend_schema(operation_id="member_trips_list", responses=WindowShape(many=True))
    def get(self, request: Request) -> Response:
        """Submitted trips of members who consent."""
        pages = LimitOffsetPagination()
        rows = pages.paginate_queryset(trips_of_members(), request, view=self)
        return pages.get_paginated_response(WindowShape(rows, many=True).data)


@members(AUDITORS, purpose="API: 会員校の計画(氏名を除く)")
class WindowDossier(Operation):
    @extend_schema(operation_id="member_trip_dossier", responses={200: DOSSIER})
    def get(self, request: Request, request_id: UUID) -> HttpResponse:
        """The newest frozen revision without names and contacts of persons; the school sees the look."""
        try:
            found, revision = trip_in_window(request_id)
        except MofaRequest.DoesNotExist:
            raise Http404 from None
        note_view(found, by=self.actor)
        return _file(open_part(revision))


def _file(dossier: Dossier) -> HttpResponse:
    return HttpResponse(dump(dossier), content_type="application/json")


def _problem(code: int, detail: str, problems: list[dict[str, Any]] | None = None) -> Response:
    return Response({"detail": detail, "problems": problems or []}, status=code)
