"""Names of people and places for searching, sorting and measuring. The name itself is stored exactly as typed.

Not here: romaji (a passport's own spelling is the authority), which characters are refused (text).
"""

from __future__ import annotations

import unicodedata

from portal.kit.text import is_variation_selector

# Character forms used in names → the form people search by. Both forms of a pair fold alike; only for searching.
_FORMS = (
    "髙高 﨑崎 嵜崎 𠮷吉 邉辺 邊辺 濵浜 濱浜 德徳 瀨瀬 齊斉 齋斉 斎斉 栁柳 桺柳 曻昇 靏鶴 靍鶴 𡈽土 𣘺橋 槗橋 "
    "𠮟叱 澤沢 嶋島 嶌島 冨富 廣広 國国 圀国 櫻桜 眞真 惠恵 壽寿 龍竜 圓円 萬万 與与 學学 實実 榮栄 豐豊 禮礼 "
    "彌弥 檜桧 條条 將将 曾曽 增増 黑黒 穗穂 峯峰 埜野 舘館 羣群 戶戸 吳呉 敎教 淸清 靑青 緖緒 靜静 藏蔵 應応 "
    "樂楽 縣県 關関 顯顕 溫温 緣縁 來来 亞亜 爲為 驛駅 鷗鴎 檢検 劍剣 劔剣 釼剣 釰剣 巖巌 籔薮 藪薮 莊荘 濤涛 "
    "燈灯 禱祷 衞衛 槇槙 桒桑 渕淵 渊淵 讓譲 鐵鉄 鐡鉄 晉晋 收収 參参 團団 圖図 寬寛 寶宝 專専 對対 屬属 廳庁 "
    "彥彦 拂払 擴拡 數数 昻昂 曉暁 會会 橫横 歷歴 每毎 氣気 澁渋 瀧滝 狹狭 獨独 珎珍 畫画 當当 發発 盡尽 眾衆 "
    "硏研 祕秘 稻稲 絲糸 經経 續続 綠緑 總総 縱縦 繪絵 聰聡 聲声 肅粛 舊旧 艷艶 蘆芦 虛虚 號号 螢蛍 譽誉 讀読 "
    "變変 豫予 賴頼 辭辞 邨村 郞郎 醫医 釋釈 錄録 鎭鎮 鍊錬 陷陥 隱隠 雜雑 靈霊 顏顔 飮飲 餘余 騷騒 驗験 髮髪 "
    "鷄鶏 麥麦 黃黄 點点 齒歯 齡齢 龜亀 凉涼 凛凜 堯尭 遙遥 瑤瑶 祿禄 葊庵 菴庵 蔣蒋 蘓蘇 薗園 裵裴 諫諌 逹達 "
    "邇迩 頴穎 鯵鰺 鶯鴬 麴麹 﨔欅 櫸欅 簞箪 俠侠 俱倶 噓嘘 姸妍 屛屏 幷并 摑掴 攢攅 "
)
_FOLD = str.maketrans({pair[0]: pair[1] for pair in _FORMS.split()})
_IGNORED = frozenset(" \u3000\u00a0・･‧·,.'’-‐゠=＝")
_LATIN_MARKS = range(0x0300, 0x0370)
_FIRST_KANA = "\u3041"
_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
_SMALL_TO_FULL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
_VOICING_MARKS = "\u3099\u309a"
_VOWEL_ROWS = {
    "あ": "あかさたなはまやらわ",
    "い": "いきしちにひみりゐ",
    "う": "うくすつぬふむゆる",
    "え": "えけせてねへめれゑ",
    "お": "おこそとのほもよろを",
}
_VOWEL_OF = {kana: vowel for vowel, row in _VOWEL_ROWS.items() for kana in row}
_LONG = "ー"


def fold(name: str) -> str:
    """The search form: 髙→高, 﨑→崎, 𠮷→吉, variation selectors dropped, NFKC, katakana→hiragana, no spaces or dots.

    Latin letters lose case and accents. Apply to both the stored name and what is searched for; never store it as
    the name. Idempotent.
    """
    plain = "".join(char for char in name if not is_variation_selector(char)).translate(_FOLD)
    plain = _without_latin_marks(unicodedata.normalize("NFKC", plain).casefold())
    plain = plain.translate(_FOLD).translate(_KATAKANA_TO_HIRAGANA)
    return "".join(char for char in plain if char not in _IGNORED and not char.isspace())


def kana_sort_key(kana: str) -> tuple[bool, str, str]:
    """Key for 五十音順: voicing, small kana and long marks matter only between otherwise equal readings; blank last."""
    folded = fold(kana)
    return (not folded, _bare_kana(folded), folded)


def grapheme_length(text: str) -> int:
    """How many characters a reader sees: 葛 with a selector is one, か with a mark is one, a joined emoji is one."""
    length, joined = 0, False
    for char in unicodedata.normalize("NFC", text):
        if char == "\u200d":
            joined = length > 0
        elif not _extends(char):
            length += not joined
            joined = False
    return length


def _without_latin_marks(text: str) -> str:
    if text.isascii() or min(text.replace(" ", "") or _FIRST_KANA) >= _FIRST_KANA:
        return text  # nothing from kana upwards comes apart into Latin marks
    apart = unicodedata.normalize("NFKD", text)
    kept = "".join(char for char in apart if ord(char) not in _LATIN_MARKS)
    return unicodedata.normalize("NFKC", kept)


def _bare_kana(folded: str) -> str:
    apart = unicodedata.normalize("NFD", folded)
    plain = "".join(char for char in apart if char not in _VOICING_MARKS).translate(_SMALL_TO_FULL)
    bare: list[str] = []
    for char in plain:
        bare.append(_VOWEL_OF.get(bare[-1], char) if char == _LONG and bare else char)
    return "".join(bare)


def _extends(char: str) -> bool:
    return (
        unicodedata.category(char) in ("Mn", "Me")
        or is_variation_selector(char)
        or char in "\uff9e\uff9f\u200c"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
    )
