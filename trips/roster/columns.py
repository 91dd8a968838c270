"""The columns a roster may have: what each is called here, and what schools and agents call it in their files.

Here: vocabulary only. Not here: finding the header row (headers), reading values (values).
"""

from __future__ import annotations

import re
import unicodedata

from portal.kit.choices import LabelledEnum


class RosterField(LabelledEnum):
    """What a column of the file can mean; names of ``Participant`` where it has the field."""

    KEY = "key", "整理番号", "Reference"
    NAME = "name", "氏名", "Name"
    SURNAME = "surname", "姓", "Surname (as written)"
    GIVEN = "given", "名", "Given name (as written)"
    KANA = "kana", "かな", "Kana"
    KANA_SURNAME = "kana_surname", "かな(姓)", "Kana of surname"
    KANA_GIVEN = "kana_given", "かな(名)", "Kana of given name"
    PASSPORT_NAME = "passport_name", "旅券の氏名(ローマ字)", "Passport name"
    PASSPORT_SURNAME = "passport_surname", "旅券の姓(ローマ字)", "Passport surname"
    PASSPORT_GIVEN = "passport_given", "旅券の名(ローマ字)", "Passport given name"
    ROLE = "role", "区分", "Role"
    BORN_ON = "born_on", "生年月日", "Date of birth"
    BORN_YEAR = "born_year", "生年月日の年", "Year of birth"
    BORN_MONTH = "born_month", "生年月日の月", "Month of birth"
    BORN_DAY = "born_day", "生年月日の日", "Day of birth"
    AGE = "age", "年齢(確かめるだけ)", "Age (checked only)"
    SEX = "sex", "性別", "Sex"
    GRADE = "grade", "学年", "Grade"
    CLASS_NAME = "class_name", "組", "Class"
    NUMBER = "number", "番号", "Number"
    CLASS_CODE = "class_code", "年組番号", "Grade, class and number"
    NATIONALITY = "nationality", "国籍", "Nationality"
    PASSPORT_EXPIRES_ON = "passport_expires_on", "旅券の有効期限", "Passport expires on"
    GROUP = "group", "班", "Group"
    ROOM = "room", "部屋", "Room"
    CONSENTED_ON = "consented_on", "保護者の同意日", "Guardian consented on"
    CONSENT_VERSION = "consent_version", "同意書の版", "Version of the consent form"
    GUARDIAN_NAME = "guardian_name", "保護者氏名", "Guardian"
    GUARDIAN_RELATION = "guardian_relation", "続柄", "Relation"
    GUARDIAN_PHONE1 = "guardian_phone1", "保護者の電話1", "Guardian's telephone 1"
    GUARDIAN_PHONE2 = "guardian_phone2", "保護者の電話2", "Guardian's telephone 2"
    BLOOD_TYPE = "blood_type", "血液型", "Blood type"
    BLOOD_RH = "blood_rh", "血液型(Rh)", "Blood type (Rh)"
    ALLERGY = "allergy", "アレルギー", "Allergy"
    ILLNESS = "illness", "持病・既往症", "Illness"
    MEDICINE = "medicine", "服薬", "Medicine"
    HEALTH_NOTE = "health_note", "健康上の配慮", "Health note"
    SERIAL = "serial", "通し番号(読まない)", "Running number (not read)"
    FORBIDDEN = "forbidden", "集めない項目(読まない)", "Never collected (not read)"


FIELD_OF = {field.value: field for field in RosterField}
GUARDIAN = (
    RosterField.GUARDIAN_NAME,
    RosterField.GUARDIAN_RELATION,
    RosterField.GUARDIAN_PHONE1,
    RosterField.GUARDIAN_PHONE2,
)
HEALTH = (RosterField.ALLERGY, RosterField.ILLNESS, RosterField.MEDICINE, RosterField.HEALTH_NOTE)
NOT_READ = frozenset({RosterField.SERIAL, RosterField.FORBIDDEN})
NAMING = frozenset({RosterField.NAME, RosterField.SURNAME, RosterField.GIVEN})

_F = RosterField
_ALIASES: dict[RosterField, str] = {
    _F.KEY: "整理番号 参加者番号",
    _F.NAME: (
        "氏名 名前 お名前 氏名漢字 漢字氏名 漢字 生徒氏名 生徒名 児童氏名 児童生徒氏名 参加者氏名 "
        "参加者名 参加者 旅行者氏名 学生氏名 本人氏名 name fullname studentname"
    ),
    _F.SURNAME: "姓 氏 苗字 名字 氏名姓 姓漢字 漢字姓 生徒姓",
    _F.GIVEN: "名 氏名名 名漢字 漢字名 下の名前",
    _F.KANA: (
        "かな ふりがな 氏名かな かな氏名 よみ よみがな 読み 読み仮名 読みがな 仮名 氏名ふりがな "
        "氏名よみ 生徒氏名かな 参加者氏名かな kana furigana"
    ),
    _F.KANA_SURNAME: "せい 姓かな かな姓 ふりがな姓 姓ふりがな かなせい ふりがなせい 氏名かな姓 かな氏 せいかな",
    _F.KANA_GIVEN: "めい 名かな かな名 ふりがな名 名ふりがな かなめい ふりがなめい 氏名かな名 めいかな",
    _F.PASSPORT_NAME: (
        "ローマ字 ローマ字氏名 氏名ローマ字 英字氏名 氏名英字 氏名英語 英語氏名 パスポート氏名 旅券氏名 "
        "旅券名 パスポート名 アルファベット氏名 氏名アルファベット 航空券氏名 passportname "
        "nameinpassport nameasinpassport romaji ローマ字表記 パスポート表記 旅券のローマ字 旅券ローマ字 "
        "旅券の氏名ローマ字"
    ),
    _F.PASSPORT_SURNAME: (
        "surname lastname familyname ローマ字姓 姓ローマ字 旅券姓 パスポート姓 旅券の姓 "
        "旅券の姓ローマ字 英字姓 姓英字 旅券ローマ字姓 ローマ字氏名姓 氏名ローマ字姓 パスポート氏名姓 "
        "旅券氏名姓 姓surname 姓lastname"
    ),
    _F.PASSPORT_GIVEN: (
        "givenname givennames firstname forename ローマ字名 名ローマ字 旅券名前 旅券の名 "
        "旅券の名ローマ字 英字名 名英字 旅券ローマ字名 ローマ字氏名名 氏名ローマ字名 パスポート氏名名 "
        "旅券氏名名 名givenname 名firstname"
    ),
    _F.ROLE: "区分 役割 参加区分 参加者区分 種別 身分 続き役割 role 生徒引率区分",
    _F.BORN_ON: "生年月日 誕生日 誕生年月日 生年月日西暦 生年月日和暦 dob dateofbirth birthdate birthday birth",
    _F.BORN_YEAR: "生年月日年 生年 誕生年 birthyear",
    _F.BORN_MONTH: "生年月日月 生月 誕生月 birthmonth",
    _F.BORN_DAY: "生年月日日 生日 birthday日",
    _F.AGE: "年齢 満年齢 年令 歳 出発時年齢 出発日年齢 年齢出発日 age",
    _F.SEX: "性別 性 男女 男女別 sex gender 男女の別",
    _F.GRADE: "学年 年 年次 年生 grade",
    _F.CLASS_NAME: "組 クラス 学級 hr ホームルーム class 組名 クラス名",
    _F.NUMBER: "番号 出席番号 番 席次 名簿番号 クラス番号 number 出席no 出席",
    _F.CLASS_CODE: "年組番 年組番号 学年組番号 学年組番 学年クラス番号 クラス出席番号 hrno hr番号 組番号 組番 年組",
    _F.NATIONALITY: "国籍 国籍地域 nationality citizenship",
    _F.PASSPORT_EXPIRES_ON: (
        "旅券有効期限 パスポート有効期限 旅券の有効期限 有効期限 有効期間満了日 旅券期限 旅券満了日 "
        "パスポート期限 dateofexpiry expirydate passportexpiry expiry"
    ),
    _F.GROUP: "班 グループ 班名 班番号 行動班 group 組分け班",
    _F.ROOM: "部屋 部屋番号 室 ルーム 部屋割 部屋割り room roomno 宿泊室 部屋no",
    _F.CONSENTED_ON: "同意日 保護者同意日 保護者の同意日 同意書提出日 承諾日 同意書 承諾書提出日",
    _F.CONSENT_VERSION: "同意書の版 同意書版 同意書の版数 同意書版数 承諾書の版 consentversion versionoftheconsentform",
    _F.GUARDIAN_NAME: (
        "保護者 保護者氏名 保護者名 保護者の氏名 親権者 親権者氏名 緊急連絡先氏名 guardian guardianname parent"
    ),
    _F.GUARDIAN_RELATION: "続柄 保護者続柄 本人との続柄 本人との関係 関係 緊急連絡先続柄 relation relationship",
    _F.GUARDIAN_PHONE1: (
        "電話 電話番号 tel 連絡先 緊急連絡先 保護者電話 保護者電話番号 保護者の電話 保護者tel "
        "保護者連絡先 携帯 携帯電話 携帯番号 携帯電話番号 自宅電話 自宅電話番号 自宅tel 緊急連絡先電話 "
        "緊急連絡先電話番号 保護者携帯 phone telephone 保護者携帯電話 電話番号保護者 電話1 電話番号1 "
        "連絡先1 緊急連絡先1 保護者の電話1 保護者電話1 連絡先電話番号 mobile"
    ),
    _F.GUARDIAN_PHONE2: "電話2 電話番号2 連絡先2 緊急連絡先2 保護者の電話2 保護者電話2 第二連絡先",
    _F.BLOOD_TYPE: "血液型 血液型abo bloodtype blood 血液",
    _F.BLOOD_RH: "rh rh因子 rh式 血液型rh",
    _F.ALLERGY: "アレルギー 食物アレルギー 薬アレルギー 薬物アレルギー アレルギーの有無 allergy allergies",
    _F.ILLNESS: "持病 既往症 既往歴 病歴 病気 持病既往症 illness",
    _F.MEDICINE: "服薬 常備薬 内服薬 服用中の薬 薬 medicine medication",
    _F.HEALTH_NOTE: ("健康 健康アレルギー服薬 健康状態 健康上の配慮 配慮事項 健康面の配慮 医療上の配慮 health medical"),
    _F.SERIAL: "no 連番 通番 通し番号 項番 nr 行番号 s/n serial sn",
    _F.FORBIDDEN: (
        "旅券番号 パスポート番号 passportno passportnumber 旅券no パスポートno マイナンバー 個人番号 顔写真 写真"
    ),
}
# Tried in order when no alias fits; the earlier pattern wins.
_PATTERNS: tuple[tuple[str, RosterField], ...] = (
    (r"(旅券|ぱすぽーと|passport).*(番号|no|number)", _F.FORBIDDEN),
    (r"まいなんばー|個人番号", _F.FORBIDDEN),
    (r"(保護者|親権者|父母|緊急連絡先).*(ふりがな|かな|住所|めーる)", _F.SERIAL),
    (r"(保護者|親権者|緊急連絡先).*(続柄|関係)", _F.GUARDIAN_RELATION),
    (r"(保護者|親権者|緊急連絡).*(電話|携帯|tel|連絡先|番号)", _F.GUARDIAN_PHONE1),
    (r"(保護者|親権者|緊急連絡先).*(氏名|名前|名)", _F.GUARDIAN_NAME),
    (r"(有効期|満了)", _F.PASSPORT_EXPIRES_ON),
    (r"(ろーま字|英字|英語|旅券|ぱすぽーと|あるふぁべっと).*(姓|surname|lastname)", _F.PASSPORT_SURNAME),
    (r"(ろーま字|英字|英語|旅券|ぱすぽーと|あるふぁべっと).*([^氏]名|givenname|firstname)$", _F.PASSPORT_GIVEN),
    (r"(ろーま字|英字|旅券|ぱすぽーと|あるふぁべっと)", _F.PASSPORT_NAME),
    (r"健康.*あれるぎー|あれるぎー.*(持病|既往|服薬)", _F.HEALTH_NOTE),
    (r"あれるぎー", _F.ALLERGY),
    (r"既往|持病|病歴", _F.ILLNESS),
    (r"服薬|常備薬|内服", _F.MEDICINE),
    (r"健康|医療|配慮", _F.HEALTH_NOTE),
    (r"血液型", _F.BLOOD_TYPE),
    (r"(ふりがな|かな|よみ)(全角|半角)?(かたかな|ひらがな)?$", _F.KANA),
    (r"生年月日|誕生日", _F.BORN_ON),
    (r"性別", _F.SEX),
    (r"国籍", _F.NATIONALITY),
    (r"同意", _F.CONSENTED_ON),
    (r"氏名$", _F.NAME),
)
_BRACKETED = re.compile(r"[(\[【〔「<《].*?[)\]】〕」>》]")
_DECORATION = re.compile(r"[\s()\[\]【】〔〕「」<>《》・.,、。:;_*※★☆◎○●#/\\'\"\-]+")


def fold_label(label: str) -> str:
    """A heading reduced for comparison: NFKC, no blanks or brackets, small letters, katakana as hiragana."""
    narrow = unicodedata.normalize("NFKC", label).lower()
    return _to_hiragana(_DECORATION.sub("", narrow))


def guess_field(label: str) -> tuple[RosterField | None, bool]:
    """The field a heading names, and whether that is certain (an alias) rather than likely (a pattern)."""
    folded = fold_label(label)
    if folded in _BY_ALIAS:
        return _BY_ALIAS[folded], True
    shorter = fold_label(_BRACKETED.sub("", unicodedata.normalize("NFKC", label)))
    if shorter in _BY_ALIAS:
        return _BY_ALIAS[shorter], True
    if not 0 < len(folded) <= 30:
        return None, False
    for pattern, field in _PATTERNS:
        if re.search(pattern, folded):
            return field, False
    return None, False


def _to_hiragana(text: str) -> str:
    return "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in text)


def _index_aliases() -> dict[str, RosterField]:
    index: dict[str, RosterField] = {}
    for field, words in _ALIASES.items():
        for word in (*words.split(), field.label, field.english):
            index.setdefault(fold_label(word), field)
    return index


_BY_ALIAS = _index_aliases()
