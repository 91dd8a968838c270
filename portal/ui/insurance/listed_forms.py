"""The forms of the list: a firm, a product, the day of a verification. Not here: keeping (insurance.actions.listed)."""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from insurance.actions.listed import Firm, Offer
from insurance.enums import FirmKind
from insurance.models import ListedFirm
from portal.dossier.types import Benefit, BenefitKind
from portal.ui.country_fields import CountriesField
from portal.ui.fields import ChoiceField, DateField, PhoneField, RadioChoices, TextField, YenField
from portal.ui.labels import choices_of, label_of

SOURCE_HINT = gettext_lazy("例: 会社の公式サイト「海外のお客さま窓口」2026年11月20日")


class EntryForm(forms.Form):
    """What every entry says."""

    name = TextField(label=_("名称"), limit=200, required=True)
    english_name = TextField(label=_("英語の名称"), limit=200)
    source = TextField(label=_("出典"), limit=300, required=True, help_text=SOURCE_HINT)
    valid_from = DateField(label=_("この記載が有効になった日"), required=True)

    @property
    def entered(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "name": typed["name"],
            "english_name": typed["english_name"] or "",
            "source": typed["source"],
            "valid_from": typed["valid_from"],
        }


class FirmForm(EntryForm):
    """An insurer or an assistance company; what nobody knows stays empty."""

    kind = ChoiceField(label=_("種類"), required=True, widget=RadioChoices)
    address = TextField(label=_("住所"), limit=200)
    phone = PhoneField(label=_("電話番号"))
    hours = TextField(label=_("受付時間"), limit=200, help_text=_("例: 平日 9:00〜17:00"))
    zone = TextField(label=_("受付時間の時刻帯"), limit=60, help_text=_("例: Asia/Tokyo"))
    strong_in = CountriesField(label=_("強い国・地域(出典にあるものだけ)"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(choices_of(FirmKind))  # type: ignore[attr-defined]

    def clean_zone(self) -> str:
        """An IANA zone, as the clock of the telephone needs it."""
        zone: str = self.cleaned_data["zone"] or ""
        try:
            if zone:
                ZoneInfo(zone)
        except (KeyError, ValueError, OSError) as unknown:
            words = gettext("「%(zone)s」という時刻帯はありません。Asia/Tokyo のように書いてください")
            raise forms.ValidationError(words % {"zone": zone}) from unknown
        return zone

    @property
    def firm(self) -> Firm:
        typed = self.cleaned_data
        texts: dict[str, Any] = {name: typed[name] or "" for name in ("address", "phone", "hours", "zone")}
        return Firm(**self.entered, **texts, kind=FirmKind(typed["kind"]), strong_in=typed["strong_in"] or ())


class ProductForm(EntryForm):
    """A product with its limits; a limit left empty is unknown, and a benefit without any mark is not listed."""

    insurer = ChoiceField(label=_("保険会社"), required=True)
    assistance = ChoiceField(label=_("アシスタンス会社"))
    holder = TextField(label=_("団体契約の契約者"), limit=200)
    number = TextField(label=_("団体契約の証券番号"), limit=80)
    exclusions = TextField(label=_("支払われない場合"), limit=4000, long=True)

    def __init__(self, *args: Any, firms: list[ListedFirm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in (("insurer", FirmKind.INSURER), ("assistance", FirmKind.ASSISTANCE)):
            found = [(str(firm.subject), firm.name) for firm in firms if firm.kind == kind.value]
            self.fields[name].choices = [("", _("選んでください")), *found]  # type: ignore[attr-defined]
        for benefit in BenefitKind:
            self.fields[f"limit_{benefit.value}"] = YenField(
                label=gettext("%(benefit)s(円)") % {"benefit": label_of(benefit)}
            )
            self.fields[f"unlimited_{benefit.value}"] = forms.BooleanField(
                label=gettext("%(benefit)s: 無制限") % {"benefit": label_of(benefit)}, required=False
            )

    @property
    def offer(self) -> Offer:
        typed = self.cleaned_data
        return Offer(
            **self.entered,
            insurer=UUID(typed["insurer"]),
            assistance=UUID(typed["assistance"]) if typed["assistance"] else None,
            holder=typed["holder"] or "",
            number=typed["number"] or "",
            exclusions=typed["exclusions"] or "",
            benefits=tuple(self._benefits()),
        )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        for kind in BenefitKind:
            if typed.get(f"unlimited_{kind.value}") and typed.get(f"limit_{kind.value}") is not None:
                self.add_error(f"limit_{kind.value}", gettext("金額か「無制限」のどちらか一つにしてください"))
        return typed

    def _benefits(self) -> list[Benefit]:
        found = []
        for kind in BenefitKind:
            limit, unlimited = self.cleaned_data[f"limit_{kind.value}"], self.cleaned_data[f"unlimited_{kind.value}"]
            if limit is not None or unlimited:
                found.append(Benefit(kind=kind, limit=limit, unlimited=unlimited))
        return found


class DayForm(forms.Form):
    """The day of a verification, or the first day on which an entry no longer holds."""

    on = DateField(label=_("日付"), required=True)
