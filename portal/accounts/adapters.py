"""Where allauth asks the portal: who may register, how attempts are counted, how secrets rest.

Not here: settings (portal.config.settings.base, block "accounts"), pages (templates).
"""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Iterable
from smtplib import SMTPException
from typing import Any, ClassVar, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import get_pending_stage
from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from portal.accounts import actions, sessions
from portal.accounts.answers import MailServerAway
from portal.accounts.machines import SCOPES
from portal.accounts.models import User
from portal.accounts.proof import FACTORS, is_fresh
from portal.vault.keyring import master_keys
from portal.vault.seal import seal, unseal

_PLACE = "mfa_authenticator|data"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from invitations alone; one account is one counter, however its address is spelled."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("メールアドレスかパスワードが正しくありません。両方を確かめてください。"),
        "too_many_login_attempts": _(
            "失敗が続いたため、いったん止めています。5分ほど待つか、メールで届くコードかパスキーを使ってください。"
        ),
        "incorrect_code": _("コードが正しくありません。期限が切れていないかも確かめてください。"),
        "incorrect_password": _("パスワードが正しくありません。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Raises ``MailServerAway``: what was asked for stays undone, and the form comes back to be sent again."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as error:
            raise MailServerAway(type(error).__name__) from error

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        with transaction.atomic():
            super().login(request, user)
            sessions.begin(request.session)
            actions.record_sign_in(cast(User, user))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        address = str(credentials.get("email", "")).lower()
        actions.record_failed_sign_in(User.objects.filter(email=address).first())

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            actions.record_sign_out(request.user)
        super().logout(request)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        set_language_cookie(response, cast(User, user).language)
        return response

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """A sign-in of the last five minutes is as good as a confirmation of it."""
        return not is_fresh(self.request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return f"{request.get_host()}:{fold_address(credentials.get('email', ''))}"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors rest sealed; the last factor of a member of staff cannot be taken away."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("2段階認証は一つ以上必要です。先に別の方法を設定してから外してください。"),
        "incorrect_code": _("コードが正しくありません。新しい数字が出るのを待って、もう一度入れてください。"),
    }

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """A wrong code on the way in is a failed sign-in like a wrong password."""
        waiting = get_pending_stage(self.request) if code == "incorrect_code" else None
        if waiting is not None:
            actions.record_failed_sign_in(waiting.login.user)
        return super().validation_error(code, *args)

    def encrypt(self, text: str) -> str:
        name, master = next(iter(master_keys().items()))
        return f"{name}:{base64.b64encode(seal(_factor_key(master), text.encode(), place=_PLACE)).decode('ascii')}"

    def decrypt(self, encrypted_text: str) -> str:
        name, _, sealed = encrypted_text.rpartition(":")
        master = master_keys().get(name)
        if master is None:
            raise ImproperlyConfigured(f"PORTAL_MASTER_KEYS lacks the key {name!r} that sealed a second factor")
        return unseal(_factor_key(master), base64.b64decode(sealed), place=_PLACE).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if settings.PORTAL_RELAX_MFA or authenticator.type not in FACTORS:
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
        return others.exclude(pk=authenticator.pk).exists()

    def _get_site_name(self) -> str:
        return settings.MFA_TOTP_ISSUER


class SessionsAdapter(DefaultUserSessionsAdapter):
    """Ending the sessions of other devices leaves a line in the history."""

    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        ended = list(sessions)
        super().end_sessions(ended)
        for user in {session.user for session in ended}:
            actions.record_ended_sessions(user, many=sum(session.user == user for session in ended))


class MachineAdapter(DefaultOIDCAdapter):
    """The scopes a machine client may ask for, in words."""

    scope_display = SCOPES


def fold_address(address: str) -> str:
    """One spelling for all variants of an address: width, case and accents folded, for counting attempts only."""
    decomposed = unicodedata.normalize("NFKD", address.strip())
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark)).casefold()


def set_language_cookie(response: HttpResponse, language: str) -> None:
    """Show the next pages in the language of the person's profile."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _factor_key(master: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"wataridori second factor").derive(master)
