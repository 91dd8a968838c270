"""Who may call the URLs of other people's packages: one explicit line each, by URL name.

Our own views declare themselves where they are written (``access``); nothing here widens such a declaration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver

from portal.accounts.access import Access, Gate, access_of

_OPEN = {
    "account_login": "サインイン",
    "account_logout": "サインアウト",
    "account_inactive": "使えない利用者への説明",
    "account_signup": "登録は招待からだけであることの説明",
    "account_request_login_code": "メールで届くコードでのサインイン",
    "account_confirm_login_code": "メールで届いたコードの確認",
    "account_reset_password": "パスワードの再設定",
    "account_reset_password_done": "パスワードの再設定",
    "account_reset_password_from_key": "パスワードの再設定(メールのリンク)",
    "account_reset_password_from_key_done": "パスワードの再設定",
    "account_confirm_email": "メールアドレスの確認(メールのリンク)",
    "account_email_verification_sent": "メールアドレスの確認",
    "mfa_authenticate": "サインイン途中の2段階目",
    "mfa_login_webauthn": "パスキーでのサインイン",
    "idp:oidc:configuration": "機械利用の入口の案内",
    "idp:oidc:jwks": "機械利用の公開鍵",
    "idp:oidc:token": "機械利用のトークン発行(クライアントの秘密で確かめる)",
    "idp:oidc:revoke": "機械利用のトークン失効(クライアントの秘密で確かめる)",
    "idp:oidc:device_code": "機械利用の端末コード(登録した利用種別だけ)",
    "idp:oidc:userinfo": "トークンの持ち主(トークンで確かめる)",
}
_SIGNED_IN = {
    "account_reauthenticate": "本人の再確認",
    "account_email": "自分のメールアドレスの表示",
    "account_change_password": "自分のパスワードの変更",
    "account_set_password": "自分のパスワードの設定",
    "mfa_index": "自分の2段階認証",
    "mfa_reauthenticate": "本人の再確認",
    "mfa_activate_totp": "認証アプリの設定",
    "mfa_deactivate_totp": "認証アプリの解除",
    "mfa_view_recovery_codes": "自分の予備コード",
    "mfa_generate_recovery_codes": "自分の予備コード",
    "mfa_download_recovery_codes": "自分の予備コード",
    "mfa_list_webauthn": "自分のパスキー",
    "mfa_add_webauthn": "自分のパスキー",
    "mfa_reauthenticate_webauthn": "本人の再確認",
    "mfa_remove_webauthn": "自分のパスキー",
    "mfa_edit_webauthn": "自分のパスキー",
    "usersessions_list": "自分のサインイン中の端末",
    "idp:oidc:authorization": "機械利用の同意",
    "idp:oidc:device_authorization": "機械利用の端末の同意",
    "idp:oidc:logout": "機械利用の終了",
}
THIRD_PARTY: dict[str, Access] = {
    **{name: Access(Gate.PUBLIC, purpose=purpose) for name, purpose in _OPEN.items()},
    **{name: Access(Gate.SIGNED_IN, purpose=purpose) for name, purpose in _SIGNED_IN.items()},
}
"""URL name → access. A name that no URL carries is reported at start-up as well."""


def declared_access(callback: Callable[..., Any], name: str) -> Access | None:
    """The declaration of a view: its own, or the line of its URL name here."""
    return access_of(callback) or THIRD_PARTY.get(name)


def every_view(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, str, Callable[..., Any]]]:
    """``(full name, pattern, callback)`` of each URL below ``resolver``."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            name = f"{namespace}{entry.name}" if entry.name else ""
            yield name, str(entry.pattern), entry.callback
        else:
            yield from every_view(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
