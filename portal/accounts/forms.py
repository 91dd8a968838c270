"""What people type about people: invitations, a new account, the own profile. Not here: allauth's sign-in forms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.cache import cache
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Invitation, User
from portal.kit.roles import Role

NAME_LENGTH = User._meta.get_field("name").max_length
CODE_LIVES = 120
"""Seconds; longer than the three periods of 30 in which one code of an authenticator app can be accepted."""


class InviteForm(forms.Form):
    """One address and the role offered to it."""

    email = forms.EmailField(
        label=_("メールアドレス"),
        max_length=254,
        help_text=_("ここに招待のリンクを送ります。ご本人だけが読めるアドレスを入れてください。"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("役割"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("職名"),
        max_length=Invitation._meta.get_field("title").max_length,
        required=False,
        help_text=_("例: 教頭、学事課主査"),
    )

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        english = (get_language() or "ja").startswith("en")
        choices = [(role.value, role.english if english else role.label) for role in roles]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["role"].initial = choices[0][0]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class JoinForm(forms.Form):
    """A new person's name and password; the address comes from the invitation and cannot be changed."""

    name = forms.CharField(
        label=_("氏名"),
        max_length=NAME_LENGTH,
        strip=False,
        help_text=_("書類と履歴に表示します。戸籍や職員録の字体のまま入れてください。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password1 = forms.CharField(
        label=_("パスワード"),
        strip=False,
        help_text=password_validators_help_text_html,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("パスワード(確認)"),
        strip=False,
        help_text=_("同じパスワードをもう一度入れてください。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_name(self) -> str:
        return _not_blank(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("二つのパスワードが違います。同じものを入れてください。"))
        elif first:
            self._judge_password(first, cleaned.get("name", ""))
        return cleaned

    def _judge_password(self, password: str, name: str) -> None:
        try:
            validate_password(password, User(email=self.email, name=name))
        except forms.ValidationError as error:
            self.add_error("password1", error)


class ProfileForm(forms.Form):
    """The own name, exactly as typed, and the language of screens and notices."""

    name = forms.CharField(
        label=_("氏名"),
        max_length=NAME_LENGTH,
        strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("画面とお知らせの言語"), choices=settings.LANGUAGES, widget=forms.RadioSelect)

    def clean_name(self) -> str:
        return _not_blank(self.cleaned_data["name"])


class _CodeOnce(BaseAuthenticateForm):
    """A code is accepted a little early or late (``MFA_TOTP_TOLERANCE``), so it is remembered until it is dead."""

    def clean_code(self) -> str:
        code = super().clean_code()
        used = f"second-factor-used:{self.user.pk}:{normalize_user_code(code)}"
        if not cache.add(used, True, timeout=CODE_LIVES):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(_CodeOnce, AuthenticateForm):
    """The code during sign-in."""


class SecondFactorAgainForm(_CodeOnce, ReauthenticateForm):
    """The code before a delicate act."""


class PasskeyForm(AddWebAuthnForm):
    """allauth's form in our words; a passkey that replaces the password is the first choice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("この鍵の名前")
        self.fields["name"].help_text = _("例: 職員室のパソコン、青いセキュリティキー")
        self.fields["passwordless"].label = _("パスワードなしでサインインする")
        self.fields["passwordless"].help_text = _(
            "指紋・顔・暗証番号のある機器で使えます。ないときはチェックを外してください。"
        )
        self.fields["passwordless"].initial = True


def _not_blank(name: str) -> str:
    if not name.strip():
        raise forms.ValidationError(_("氏名を入れてください。"))
    return name
