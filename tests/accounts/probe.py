"""Views that tell in which scope they ran, behind each kind of door. Used as ROOT_URLCONF of tests."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import include, path

from portal.accounts.access import members, public, signed_in
from portal.kit.roles import Audience, Role

EVERY_ROLE = tuple(Role)


def _scope() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('role'), current_setting('app.org', true), "
            "current_setting('app.user', true), current_setting('app.health', true)"
        )
        return dict(zip(("role", "org", "user", "health"), cursor.fetchone(), strict=True))


@public("試験")
def open_to_all(request: HttpRequest) -> HttpResponse:
    return JsonResponse(_scope())


@signed_in("試験")
def for_persons(request: HttpRequest) -> HttpResponse:
    return JsonResponse(_scope())


@members(EVERY_ROLE, purpose="試験")
def for_members(request: HttpRequest) -> HttpResponse:
    return JsonResponse({**_scope(), "membership": str(request.membership.pk or "")})


@members(Role.of(Audience.SCHOOL), purpose="試験", health=True)
def with_health(request: HttpRequest) -> HttpResponse:
    return JsonResponse(_scope())


@members(EVERY_ROLE, purpose="試験", step_up=True)
def export(request: HttpRequest) -> HttpResponse:
    return HttpResponse("書き出しました")


@members(EVERY_ROLE, purpose="試験")
def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


@members(EVERY_ROLE, purpose="試験")
def streams(request: HttpRequest) -> StreamingHttpResponse:
    def chunks() -> Iterator[str]:
        for _ in range(2):
            with transaction.atomic():
                yield _scope()["role"] + "\n"

    return StreamingHttpResponse(chunks())


@members(EVERY_ROLE, purpose="試験")
def late(request: HttpRequest) -> TemplateResponse:
    template = engines["django"].from_string("{{ scope.role }}")
    return TemplateResponse(request, template, {"scope": _Late()})


class _Late:
    """Asks the database only when the template does."""

    @property
    def role(self) -> str:
        return _scope()["role"]


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("nobody said who may read this")


urlpatterns = [
    path("probe/open/", open_to_all, name="probe_open"),
    path("probe/person/", for_persons, name="probe_person"),
    path("probe/member/", for_members, name="probe_member"),
    path("probe/health/", with_health, name="probe_health"),
    path("probe/export/", export, name="probe_export"),
    path("probe/breaks/", breaks, name="probe_breaks"),
    path("probe/streams/", streams, name="probe_streams"),
    path("probe/late/", late, name="probe_late"),
    path("probe/undeclared/", undeclared, name="probe_undeclared"),
    path("api/v1/probe/", for_members, name="probe_api"),
    path("", include("portal.config.urls")),
]
