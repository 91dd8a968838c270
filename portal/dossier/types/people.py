"""The travellers, without what is sealed: passport numbers, health, blood type, guardians' telephones.

Not here: those (trips.models.people).
"""

from __future__ import annotations

from portal.dossier.types.part import Part, item, required
from portal.dossier.types.scalars import CountryCode, Day, Key, Short
from portal.dossier.types.vocabularies import ParticipantRole, Sex


class Participant(Part):
    """One traveller; names exactly as typed. No passport number, health, blood type or guardian's telephone."""

    key: Key = required("記号", "Key")
    role: ParticipantRole = item("区分", "Role", default=ParticipantRole.STUDENT, remedy="roster#role")
    name: Short | None = item("氏名", "Name", cite=("別添三 七",), remedy="roster#name", cls="P2")
    kana: Short | None = item("かな", "Kana", remedy="roster#kana", cls="P2")
    passport_surname: Short | None = item("旅券の姓(ローマ字)", "Passport surname", remedy="roster#passport", cls="P3")
    passport_given: Short | None = item("旅券の名(ローマ字)", "Passport given name", remedy="roster#passport", cls="P3")
    born_on: Day | None = item("生年月日", "Date of birth", cite=("別添三 七",), remedy="roster#born_on", cls="P3")
    sex: Sex | None = item("性別", "Sex", cite=("別添三 七",), remedy="roster#sex", cls="P2")
    grade: Short | None = item("学年", "Grade", remedy="roster#grade", cls="P2")
    class_name: Short | None = item("組", "Class", remedy="roster#class_name", cls="P2")
    number: Short | None = item("番号", "Number", remedy="roster#number", cls="P2")
    nationality: CountryCode | None = item(
        "国籍(外務省コード)", "Nationality (MOFA code)", remedy="roster#nationality", cls="P3"
    )
    passport_expires_on: Day | None = item("旅券の有効期限", "Passport expires on", remedy="roster#passport", cls="P3")
    group: Key | None = item("班", "Group", remedy="roster#group", cls="P2")
    room: Short | None = item("部屋", "Room", remedy="roster#room", cls="P2")
    guardian_recorded: bool = item(
        "保護者の連絡先を登録済み", "Guardian recorded", default=False, remedy="roster#guardian", cls="P2"
    )
    consented_on: Day | None = item("保護者の同意日", "Guardian consented on", remedy="roster#consented_on", cls="P2")
    consent_version: Short | None = item(
        "同意書の版", "Version of the consent form", remedy="roster#consent_version", cls="P2"
    )
