"""The life of an invitation, and every way to abuse one."""

from __future__ import annotations

import datetime as dt
import re
from types import SimpleNamespace

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from portal.accounts import actions, queries
from portal.accounts.models import Invitation, Membership, User
from portal.audit.models import Event
from portal.kit.roles import Role
from portal.tenancy.scope import acting_as
from tests.accounts.cast import PASSWORD, member, person, sign_in_fully

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "atarashii@school.example"


def invite(org, role: Role, by: Membership, email: str = NEW) -> str:
    """Invites and returns the path of the mailed link."""
    from portal.accounts.acting import scope_of

    with acting_as(scope_of(by)):
        actions.invite(org, email=email, role=role, by=by)
    return mailed_path()


def mailed_path() -> str:
    found = re.search(r"https://portal\.example(/accounts/invitation/[\w-]{40,}/)", mail.outbox[-1].body)
    assert found is not None, mail.outbox[-1].body
    return found.group(1)


def test_a_principal_invites_a_teacher_who_registers_and_starts(client: Client, principal: Membership) -> None:
    sign_in_fully(client, principal.user)
    form = {"email": "Atarashii@School.example", "role": "school_drafter", "title": "教諭"}
    answer = client.post("/accounts/members/invite/", form)
    assert answer["Location"] == "/accounts/members/"
    assert "atarashii@school.example" in client.get("/accounts/members/").content.decode()

    newcomer = Client()
    assert newcomer.get(mailed_path())["Location"] == "/accounts/invitation/"
    assert "見本県立葛󠄀西高等学校" in newcomer.get("/accounts/invitation/").content.decode()
    joined = newcomer.post("/accounts/invitation/", {"name": "𠮷野 髙子", "password1": PASSWORD, "password2": PASSWORD})

    assert joined["Location"] == "/accounts/second-factor/"
    user = User.objects.get(email=NEW)
    assert user.name == "𠮷野 髙子"
    assert user.emailaddress_set.get().verified
    held = Membership.objects.get(user=user)
    assert (held.role, held.title, held.org_id) == ("school_drafter", "教諭", principal.org_id)
    told = Event.objects.filter(name__startswith="member.")
    assert [event.name for event in told] == ["member.invited", "member.joined"]


def test_the_mail_names_no_person_and_holds_the_only_copy_of_the_token(principal: Membership) -> None:
    path = invite(principal.org, Role.SCHOOL_AGENT, principal)
    token = path.rstrip("/").rpartition("/")[2]
    message = mail.outbox[-1]
    assert message.to == [NEW]
    assert principal.user.name not in message.body
    assert message.subject == "【渡り鳥】見本県立葛󠄀西高等学校への招待"
    stored = Invitation.objects.get()
    assert stored.token_hash == queries.hash_token(token)
    assert stored.sent_at is not None
    assert token not in str(Invitation.objects.values())


def test_an_existing_person_joins_after_signing_in(world: SimpleNamespace, principal: Membership) -> None:
    colleague = member(world.sibling, Role.SCHOOL_ESCORT, "doryo@school.example")
    path = invite(principal.org, Role.SCHOOL_ESCORT, principal, colleague.user.email)
    browser = Client()
    browser.get(path)
    assert "アカウントはすでにあります" in browser.get("/accounts/invitation/").content.decode()
    sign_in_fully(browser, colleague.user)

    answer = browser.post("/accounts/invitation/")

    assert answer["Location"] == "/"
    joined = Membership.objects.get(user=colleague.user, org=principal.org)
    assert browser.session["membership"] == str(joined.pk), "now acting for the organisation just joined"


def test_a_used_link_is_dead(principal: Membership) -> None:
    path = invite(principal.org, Role.SCHOOL_DRAFTER, principal)
    register(Client(), path)
    assert_dead(path)


def test_a_link_is_dead_after_seven_days(principal: Membership, time_machine) -> None:
    path = invite(principal.org, Role.SCHOOL_DRAFTER, principal)
    start = dt.datetime.now(dt.UTC)
    time_machine.move_to(start + dt.timedelta(days=7) - dt.timedelta(minutes=1))
    browser = Client()
    browser.get(path)
    assert browser.get("/accounts/invitation/").status_code == 200
    time_machine.move_to(start + dt.timedelta(days=7))
    assert_dead(path)


def test_a_withdrawn_link_is_dead(client: Client, principal: Membership) -> None:
    path = invite(principal.org, Role.SCHOOL_DRAFTER, principal)
    sign_in_fully(client, principal.user)
    client.post(f"/accounts/invitations/{Invitation.objects.get().pk}/revoke/")
    assert_dead(path)
    assert Event.objects.filter(name="invitation.revoked").exists()


def test_a_made_up_link_is_dead(db: None) -> None:
    assert_dead("/accounts/invitation/" + "A" * 43 + "/")
    assert Client().get("/accounts/invitation/").status_code == 410


def test_a_second_invitation_replaces_the_first(principal: Membership) -> None:
    first = invite(principal.org, Role.SCHOOL_DRAFTER, principal)
    second = invite(principal.org, Role.SCHOOL_DRAFTER, principal)
    assert_dead(first)
    register(Client(), second)
    assert Membership.objects.filter(user__email=NEW).count() == 1


def test_a_link_withdrawn_while_the_form_is_open_changes_nothing(principal: Membership) -> None:
    path = invite(principal.org, Role.SCHOOL_DRAFTER, principal)
    browser = Client()
    browser.get(path)
    browser.get("/accounts/invitation/")
    Invitation.objects.update(revoked_at=timezone.now())
    answer = browser.post("/accounts/invitation/", {"name": "誰か", "password1": PASSWORD, "password2": PASSWORD})
    assert answer.status_code == 410
    assert not User.objects.filter(email=NEW).exists()


def test_another_person_cannot_use_the_link(world: SimpleNamespace, principal: Membership) -> None:
    thief = member(world.sibling, Role.SCHOOL_DRAFTER, "hoka@school.example")
    person(NEW)
    path = invite(principal.org, Role.SCHOOL_PRINCIPAL, principal)
    browser = sign_in_fully(Client(), thief.user)
    browser.get(path)
    for answer in (browser.get("/accounts/invitation/"), browser.post("/accounts/invitation/")):
        assert answer.status_code == 403
        assert NEW not in answer.content.decode(), "the true address stays unknown"
    assert not Membership.objects.filter(user=thief.user, org=principal.org).exists()
    with pytest.raises(actions.Refused):
        actions.accept_invitation(Invitation.objects.get().token_hash, by=thief.user)


def test_a_stranger_cannot_take_over_an_existing_account(principal: Membership) -> None:
    owner = person(NEW)
    path = invite(principal.org, Role.SCHOOL_DRAFTER, principal)
    browser = Client()
    browser.get(path)
    browser.post(
        "/accounts/invitation/", {"name": "誰か", "password1": "別のパスワード2027", "password2": "別のパスワード2027"}
    )
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)
    assert not Membership.objects.filter(user=owner).exists()


def test_the_token_leaves_the_address_bar_at_once(principal: Membership) -> None:
    path = invite(principal.org, Role.SCHOOL_DRAFTER, principal)
    browser = Client()
    answer = browser.get(path)
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/invitation/"
    assert path.rstrip("/").rpartition("/")[2] not in str(dict(browser.session.items()))


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"name": "  ", "password1": PASSWORD, "password2": PASSWORD}, "氏名を入れてください"),
        ({"name": "葛󠄀西 誠", "password1": PASSWORD, "password2": "違う"}, "二つのパスワードが違います"),
        ({"name": "葛󠄀西 誠", "password1": "短い", "password2": "短い"}, "12 文字以上"),
    ],
)
def test_a_wrong_registration_says_what_to_mend(principal: Membership, form: dict[str, str], message: str) -> None:
    browser = Client()
    browser.get(invite(principal.org, Role.SCHOOL_DRAFTER, principal))
    answer = browser.post("/accounts/invitation/", form)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not User.objects.filter(email=NEW).exists()


def test_an_officer_invites_the_head_of_a_school_below(client: Client, world, officer: Membership) -> None:
    sign_in_fully(client, officer.user)
    listed = client.get("/accounts/organisations/").content.decode()
    assert "見本県立髙﨑高等学校" in listed
    assert "見本町立中学校" not in listed, "the town's school is the town's"
    assert "見本町" not in client.get("/accounts/organisations/?q=髙﨑").content.decode()

    answer = client.post(f"/accounts/organisations/{world.sibling.pk}/", {"email": NEW, "role": "school_principal"})

    assert answer["Location"] == "/accounts/organisations/"
    assert Invitation.objects.get().org == world.sibling


def test_an_officer_offers_no_other_role_of_a_school(client: Client, world, officer: Membership) -> None:
    sign_in_fully(client, officer.user)
    answer = client.post(f"/accounts/organisations/{world.sibling.pk}/", {"email": NEW, "role": "school_drafter"})
    assert answer.status_code == 422
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("target", ["town_school", "university", "other_board", "jcsos", "board"])
def test_organisations_not_below_do_not_exist(client: Client, world, officer: Membership, target: str) -> None:
    sign_in_fully(client, officer.user)
    answer = client.post(
        f"/accounts/organisations/{getattr(world, target).pk}/", {"email": NEW, "role": "school_principal"}
    )
    assert answer.status_code == 404
    assert not Invitation.objects.exists()


def test_an_action_called_for_a_wrong_parent_is_refused(world, officer: Membership) -> None:
    for org, role in ((world.town_school, Role.SCHOOL_PRINCIPAL), (world.school, Role.SCHOOL_DRAFTER)):
        with pytest.raises(actions.Refused, match="権限がありません"):
            actions.invite(org, email=NEW, role=role, by=officer)


def test_nobody_invites_themselves(world, officer: Membership) -> None:
    with pytest.raises(actions.Refused, match="ご自身"):
        actions.invite(world.school, email=officer.user.email.upper(), role=Role.SCHOOL_PRINCIPAL, by=officer)


def test_a_role_already_held_is_not_offered_again(principal: Membership, drafter: Membership) -> None:
    with pytest.raises(actions.Refused, match="すでに同じ役割"):
        actions.invite(principal.org, email=drafter.user.email, role=Role.SCHOOL_DRAFTER, by=principal)


def test_a_drafter_sees_neither_members_nor_the_form(client: Client, drafter: Membership) -> None:
    sign_in_fully(client, drafter.user)
    for path in ("/accounts/members/", "/accounts/members/invite/", "/accounts/organisations/"):
        assert client.get(path).status_code == 404


def test_a_foreign_invitation_cannot_be_withdrawn(client: Client, world, principal: Membership) -> None:
    invite(principal.org, Role.SCHOOL_DRAFTER, principal)
    foreign = member(world.sibling, Role.SCHOOL_PRINCIPAL, "tonari@school.example")
    sign_in_fully(client, foreign.user)
    client.post(f"/accounts/invitations/{Invitation.objects.get().pk}/revoke/")
    assert Invitation.objects.get().revoked_at is None


def test_a_mail_server_that_refuses_is_shown_in_the_list(client: Client, principal: Membership, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    sign_in_fully(client, principal.user)
    client.post("/accounts/members/invite/", {"email": NEW, "role": "school_drafter"})
    assert Invitation.objects.get().sent_at is None
    assert "メールを送れていません" in client.get("/accounts/members/").content.decode()


def register(browser: Client, path: str) -> None:
    browser.get(path)
    answer = browser.post("/accounts/invitation/", {"name": "葛󠄀西 誠", "password1": PASSWORD, "password2": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()


def assert_dead(path: str) -> None:
    browser = Client()
    browser.get(path)
    answer = browser.get("/accounts/invitation/")
    assert answer.status_code == 410
    assert "この招待は使えません" in answer.content.decode()
