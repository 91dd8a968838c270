"""The forms of membership: joining, renewing, services, contacts by duty, leaving. Not here: acts (actions.members)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jcsos.enums import AssociateKind, ContactDuty, PaperKind, Service
from jcsos.queries.roll import schools_to_enrol
from jcsos.rules.members import Contact, Terms, contacts_from
from portal.kit import clock
from portal.ui.fields import CheckboxChoices, ChoiceField, DateField, PhoneField, TextField
from portal.ui.jcsos.audit_forms import PlainForm, day, one_of, prose
from portal.ui.jcsos.consult_forms import PaperField
from portal.ui.labels import choices_of, label_of

_NAME = 120


def services_field() -> forms.TypedMultipleChoiceField:
    """Which services a member holds; none is possible."""
    return forms.TypedMultipleChoiceField(
        label=_("利用するサービス"),
        choices=lambda: choices_of(Service),
        coerce=Service,
        required=False,
        widget=CheckboxChoices,
    )


class TermForm(PlainForm):
    """Base: a period and services."""

    on = day(_("入会日"))
    term_from = DateField(label=_("会員期間の始まり"))
    term_until = DateField(
        label=_("会員期間の終わり"), help_text=_("例: 2027/3/31。決まっていなければ空のままにします。")
    )
    services = services_field()

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial={"on": clock.today(), "term_from": clock.today()})

    @property
    def terms(self) -> Terms:
        given = self.cleaned_data
        return Terms(given["term_from"], given["term_until"], tuple(given["services"]))


class EnrolForm(TermForm):
    """A school joins."""

    school = ChoiceField(label=_("学校"), required=True, error_messages={"required": _("学校を選んでください")})
    file = PaperField(label=_("入会の書類"))
    field_order = ("school", "on", "term_from", "term_until", "services", "file")

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        schools = [(str(school.pk), str(school)) for school in schools_to_enrol()]
        self.fields["school"].choices = [("", _("選んでください")), *schools]  # type: ignore[attr-defined]


class AssociateForm(TermForm):
    """A body joins as an associate member."""

    name = TextField(
        limit=_NAME,
        label=_("団体の名前"),
        required=True,
        error_messages={"required": _("団体の名前を書いてください")},
    )
    english_name = TextField(limit=200, label=_("英語名"))
    kind = one_of(AssociateKind, _("種別"))
    field_order = ("name", "english_name", "kind", "on", "term_from", "term_until", "services")


class RenewForm(PlainForm):
    """A new term."""

    until = day(_("新しい期間の終わり"))
    file = PaperField(label=_("継続の書類"))


class ServicesForm(PlainForm):
    """Services held."""

    services = services_field()


class KeepForm(PlainForm):
    """One more document."""

    kind = ChoiceField(
        label=_("書類の種類"),
        choices=lambda: [(kind.value, label_of(kind)) for kind in PaperKind if kind is not PaperKind.LETTER],
        coerce=PaperKind,
        required=True,
    )
    file = PaperField(required=True, error_messages={"required": _("ファイルを選んでください")})


class ResignForm(PlainForm):
    """Leaving."""

    reason = prose(_("退会する理由"), missing=_("退会する理由を書いてください"), rows=2)
    file = PaperField(label=_("退会の書類"))


class LeaveForm(PlainForm):
    """An associate leaves."""

    file = PaperField(label=_("退会の書類"))


class ContactsForm(PlainForm):
    """A name, a telephone and a mail address for each duty."""

    def __init__(self, data: Any = None, files: Any = None, *, stored: Any = ()) -> None:
        super().__init__(data)
        for duty, known in contacts_from(stored).items():
            title = {"duty": label_of(duty)}
            rows: dict[str, forms.Field] = {
                "name": TextField(limit=_NAME, label=_("%(duty)s: 氏名・部署") % title),
                "phone": PhoneField(label=_("%(duty)s: 電話") % title),
                "email": forms.EmailField(label=_("%(duty)s: メール") % title, required=False),
            }
            for name, field in rows.items():
                field.initial = getattr(known, name)
                self.fields[f"{duty.value}_{name}"] = field

    @property
    def contacts(self) -> list[Contact]:
        given = self.cleaned_data
        return [
            Contact(duty, **{name: given.get(f"{duty.value}_{name}") or "" for name in ("name", "phone", "email")})
            for duty in ContactDuty
        ]
