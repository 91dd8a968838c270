"""One accident as figures: who is hurt, what each thing costs, and what all of it comes to. Money is integer yen.

Not here: named accidents (named), limits (plan), who pays (outcome).
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from portal.kit.text import Refused

MOST_PEOPLE = 10_000
MOST_YEN = 10**12
People = Annotated[int, Field(strict=True, ge=0, le=MOST_PEOPLE)]
Nights = Annotated[int, Field(strict=True, ge=0, le=3660)]
Yen = Annotated[int, Field(strict=True, ge=0, le=MOST_YEN)]


class Accident(BaseModel):
    """Figures of one accident; the names are those of ``accident_stress.json``."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    dead: People
    badly_hurt: People
    need_platelets: People
    platelet_nights: Nights
    platelet_per_night: Yen
    charter: Yen
    medical_team: Yen
    icu_per_badly_hurt: Yen
    relatives_per_victim: People
    relative_air_fare: Yen
    relative_hotel_night: Yen
    relative_hotel_nights: Nights
    local_office: Yen
    settlement_per_death: Yen
    settlement_per_badly_hurt: Yen

    @model_validator(mode="after")
    def _someone_is_hurt(self) -> Self:
        if not self.victims:
            raise Refused(
                "死亡者(dead)と重傷者(badly_hurt)が両方0人です。どちらかを1人以上にしてください",
                "Nobody is dead or badly hurt; put one person at least",
            )
        if self.need_platelets > self.badly_hurt:
            raise Refused(
                f"高額な治療を受ける人(need_platelets {self.need_platelets}人)が重傷者"
                f"(badly_hurt {self.badly_hurt}人)より多くなっています。重傷者の内数で書いてください",
                "More people need platelets than are badly hurt",
            )
        return self

    @property
    def victims(self) -> int:
        return self.dead + self.badly_hurt

    @property
    def transported(self) -> int:
        """Those among whom charter and medical team are shared: the hurt, or the dead where nobody is hurt."""
        return self.badly_hurt or self.dead

    @property
    def relatives_per_family(self) -> int:
        """Air fares and hotel of one victim's relatives."""
        stay = self.relative_hotel_night * self.relative_hotel_nights
        return self.relatives_per_victim * (self.relative_air_fare + stay)

    @property
    def transport(self) -> int:
        return self.charter + self.medical_team

    @property
    def transport_share(self) -> int:
        """One person's share of the transport; the yen that do not divide stay with the organiser."""
        return self.transport // self.transported

    @property
    def transport_rest(self) -> int:
        return self.transport % self.transported

    @property
    def rescue_per_badly_hurt(self) -> int:
        return self.transport_share + self.relatives_per_family if self.badly_hurt else 0

    @property
    def rescue_per_dead(self) -> int:
        return self.relatives_per_family + (0 if self.badly_hurt else self.transport_share)

    @property
    def platelets(self) -> int:
        """The costly treatment of one person."""
        return self.platelet_nights * self.platelet_per_night

    @property
    def treatment(self) -> int:
        return self.badly_hurt * self.icu_per_badly_hurt + self.need_platelets * self.platelets

    @property
    def relatives(self) -> int:
        return self.victims * self.relatives_per_family

    @property
    def settlements(self) -> int:
        return self.dead * self.settlement_per_death

    @property
    def organisers_own(self) -> int:
        """What no cover of the travellers pays: the office at the place, settlements with the injured, odd yen."""
        return self.local_office + self.badly_hurt * self.settlement_per_badly_hurt + self.transport_rest

    @property
    def total(self) -> int:
        injured = self.badly_hurt * self.settlement_per_badly_hurt
        return self.transport + self.treatment + self.relatives + self.local_office + self.settlements + injured

    def fitted_to(self, people: int) -> Accident:
        """The same accident for a party of ``people`` (1 or more): never more victims than travellers.

        The dead keep their part of the victims, rounded up; so do those who need the costly treatment.
        """
        if self.victims <= people:
            return self
        dead = min(people, -(-self.dead * people // self.victims))
        hurt = people - dead
        costly = min(hurt, -(-self.need_platelets * hurt // self.badly_hurt)) if self.badly_hurt else 0
        return self.model_copy(update={"dead": dead, "badly_hurt": hurt, "need_platelets": costly})
