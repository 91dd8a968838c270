"""The URLs about people, and allauth's beside them under their own names."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from portal.accounts.views import invitations, members, self_service, sign_ins

_own: list[URLPattern | URLResolver] = [
    path("members/", members.members_page, name="members"),
    path("members/invite/", members.invite_member, name="invite_member"),
    path("members/sign-ins/", sign_ins.sign_ins, name="sign_ins"),
    path("members/<uuid:membership_id>/remove/", members.remove_member, name="remove_member"),
    path("organisations/", members.organisations_page, name="organisations"),
    path("organisations/<uuid:org_id>/", members.organisation_page, name="organisation"),
    path("invitations/<uuid:invitation_id>/revoke/", members.revoke, name="revoke_invitation"),
    path("invitation/", invitations.invitation, name="invitation"),
    path("invitation/<str:token>/", invitations.open_invitation, name="open_invitation"),
    path("memberships/", self_service.memberships_page, name="memberships"),
    path("sign-ins/", sign_ins.own_sign_ins, name="own_sign_ins"),
    path("switch/", self_service.switch, name="switch"),
    path("profile/", self_service.profile, name="profile"),
    path("second-factor/", self_service.second_factor_page, name="second_factor"),
    path("returned/", self_service.returned, name="returned"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((_own, "accounts"))),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
