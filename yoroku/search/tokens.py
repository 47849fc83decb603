"""The tokeniser, build side. `templates/assets/search/tokens.js` is the same thing in the browser.

Pagefind finds words between spaces; Japanese has none. So a page is indexed as *coded bigrams*: text is folded to
units (one character each), and every unit becomes one word: itself and its right neighbour, written in letters that
neither Pagefind nor a browser can cut, stem or strip of accents. Word position = unit index.

Folding is per character (after composing a base with its marks), so that it needs no dictionary and the browser
can keep offsets into the original text. What is folded is listed in docs/search.md.
Any change to what this module returns must raise `VERSION` and be made in tokens.js too.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from collections.abc import Iterator

VERSION = 2

# Characters whose folding changed, or may change, with the Unicode version of the platform are left alone:
# Python and the browser must agree on every one of them.
_UNSTABLE = re.compile("[\u0897\u1c80-\u1c8f\u1dfa\ua720-\ua7ff\uab5b-\uab6b\ufdfa-\ufdff]")
_STABLE_ASTRAL = re.compile("[\U0001d400-\U0001d7ff\U0001f100-\U0001f251\U0002f800-\U0002fa1d]")

_MARKS = "\u0300-\u036f\u3099\u309a\uff9e\uff9f"
_CLUSTER = re.compile(rf"[^{_MARKS}\n][{_MARKS}]+")
_COMPOSES = re.compile("[\u0020-\u024f\u0370-\u04ff\u1e00-\u1eff\u3041-\u30ff\uff66-\uff9d]")
_MARK = re.compile("[\u0300-\u036f]")
_DIACRITIC = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_SPACE = frozenset("\t\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000") | frozenset(
    map(chr, range(0x2000, 0x200B))
)
_DROPPED = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e"
                      "\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]")  # fmt: skip

# One line: the form that is kept, then the forms that are folded to it.
VARIANTS = """
0〇 1一 2二 3三 4四 5五 6六 7七 8八 9九 -‐‑‒–−⁃﹣ ―—─━⸺ ~〜∼〰 ,、 .。 ・·•‧∙⋅ "“”„‟〝〞〟″ '‘’‚‛′ ケヶ
カヵ 亜亞 悪惡 圧壓 囲圍 医醫 為爲 壱壹 隠隱 栄榮 営營 衛衞 駅驛 円圓 塩鹽 縁緣 艶艷 応應 欧歐 殴毆
桜櫻 奥奧 横橫 温溫 穏穩 仮假 価價 画畫 会會 壊壞 懐懷 絵繪 拡擴 殻殼 覚覺 学學 岳嶽 楽樂 缶罐 巻卷
陥陷 勧勸 寛寬 関關 歓歡 観觀 気氣 帰歸 器噐 偽僞 戯戲 犠犧 旧舊 拠據 挙擧 虚虛 峡峽 挟挾 狭狹 郷鄕
暁曉 区區 駆驅 勲勳 薫薰 径徑 恵惠 掲揭 渓溪 経經 継繼 茎莖 蛍螢 軽輕 鶏鷄 芸藝 撃擊 県縣 倹儉 剣劍
険險 圏圈 検檢 献獻 権權 顕顯 験驗 厳嚴 広廣 効效 恒恆 黄黃 鉱鑛 号號 国國 黒黑 済濟 砕碎 斎齋斉齊 剤劑
冴冱 桟棧 蚕蠶 惨慘 賛贊 残殘 糸絲 歯齒 児兒 辞辭 湿濕 実實 写寫 舎舍 釈釋 寿壽 収收 従從 渋澁 獣獸
縦縱 粛肅 処處 緒緖 諸諸 叙敍 奨奬 将將 渉涉 焼燒 称稱 証證 乗乘 剰剩 壌壤 嬢孃 条條 浄淨 畳疊 状狀
譲讓 醸釀 嘱囑 触觸 寝寢 慎愼 晋晉 真眞 刃刄 尽盡 図圖 粋粹 酔醉 随隨 髄髓 数數 枢樞 瀬瀨 声聲
静靜 窃竊 摂攝 専專 戦戰 浅淺 潜潛 繊纖 践踐 銭錢 禅禪 双雙 壮壯 捜搜 挿插 争爭 荘莊 装裝 総總 聡聰
騒騷 増增 臓臟 蔵藏 属屬 続續 堕墮 体體 対對 帯帶 滞滯 台臺 滝瀧 択擇 沢澤 単單 担擔 胆膽 団團 弾彈
断斷 遅遲 昼晝 虫蟲 鋳鑄 庁廳 徴徵 聴聽 鎮鎭 逓遞 鉄鐵 転轉 点點 伝傳 党黨 盗盜 灯燈 当當 闘鬪 徳德
独獨 読讀 届屆 縄繩 弐貳 悩惱 脳腦 覇霸 拝拜 廃廢 売賣 麦麥 発發 髪髮 抜拔 蛮蠻 秘祕 浜濱濵 瓶甁 払拂
仏佛 並竝 変變 辺邊邉 弁辨辯瓣 舗舖 穂穗 宝寶 豊豐 翻飜 没沒 毎每 万萬 満滿 槙槇 麺麵 黙默 弥彌 薬藥
訳譯 予豫 与與 余餘 誉譽 揺搖 様樣 謡謠 遥遙 瑶瑤 来來 頼賴 覧覽 乱亂 竜龍 両兩 猟獵 緑綠 塁壘 励勵
礼禮 霊靈 齢齡 恋戀 炉爐 労勞 楼樓 郎郞 禄祿 録錄 湾灣 高髙 崎﨑碕嵜 島嶋嶌 吉𠮷 清淸 青靑
"""
_VARIANT = {form: entry[0] for entry in VARIANTS.split() for form in entry[1:] if form != entry[0]}


def _fold_char(char: str) -> str:
    """The folded form of one character of NFKC text: usually one character, sometimes none."""
    if char in _SPACE:
        return " "
    if _DROPPED.match(char) or _MARK.match(char):
        return ""
    if not _stable(char):
        return _VARIANT.get(char, char)
    folded = ""
    for low in char.lower():
        base = unicodedata.normalize("NFD", low)[0] if _DIACRITIC.match(low) else low
        if not _MARK.match(base):
            folded += _VARIANT.get(base, base)
    return folded


def _stable(char: str) -> bool:
    if char < "\U00010000":
        return not _UNSTABLE.match(char)
    return _STABLE_ASTRAL.match(char) is not None


def _compatible(cluster: str) -> str:
    """NFKC of a character with its marks, where every platform agrees on it; else of each by itself."""
    if len(cluster) == 1 or _COMPOSES.match(cluster):
        return unicodedata.normalize("NFKC", cluster) if all(map(_stable, cluster)) else cluster
    return "".join(map(_compatible, cluster))


class _Table(dict[int, str]):
    """Character → folded form, filled on first sight (`str.translate` then runs at C speed)."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        folded = "\n" if char == "\n" else "".join(map(_fold_char, _compatible(char))).replace("\n", " ")
        self[point] = folded
        return folded


_TABLE = _Table()
_KANA_DASH = re.compile("(?<=[ぁ-ゖァ-ヺー])-")
_MODEL_DASH = re.compile("(?<=[a-z])-(?=[0-9])")
_SPACES = re.compile(" {2,}")


def fold(text: str) -> str:
    """The text as search sees it; blocks stay lines. Two texts that fold to the same are the same to a reader."""
    composed = _CLUSTER.sub(lambda m: _compatible(m[0]), text)
    folded = composed.translate(_TABLE)
    if "-" in folded:
        while _KANA_DASH.search(folded):
            folded = _KANA_DASH.sub("ー", folded)
        folded = _MODEL_DASH.sub("", folded)
    if " " in folded:
        folded = _SPACES.sub(" ", folded)
        folded = "\n".join(line.strip(" ") for line in folded.split("\n"))
    return folded


# Every unit is written as a letter that nothing on the way can lower, cut, stem or strip of accents: an ideograph
# stays, other common characters move into a block of rare ideographs, all else becomes a Yi syllable and an ideograph.
_MOVED = ((0x0020, 0x0600, 0x3400), (0x2000, 0x2C00, 0x39E0), (0x3000, 0x3400, 0x45E0))
END = "0"
# A letter that no unit is written with.
GAP = "\ua4000"
_POINT = "I" if array("I").itemsize == 4 else "L"
_UTF32 = f"utf-32-{sys.byteorder[0]}e"


class _Letters(dict[int, str]):
    def __missing__(self, point: int) -> str:
        letter = chr(0xA000 + (point >> 12)) + chr(0x4E00 + (point & 0xFFF))
        if 0x4E00 <= point <= 0x9FFF:
            letter = chr(point)
        for first, end, to in _MOVED:
            if first <= point < end:
                letter = chr(point - first + to)
        self[point] = letter
        return letter


_LETTERS = _Letters()


def coded(text: str) -> list[str]:
    """One word per unit of the text: the unit and the next one, or `END` behind the last of a block."""
    return coded_line(text)[0].split(" ")[:-1]


def coded_line(text: str, gap: str = "") -> tuple[str, int]:
    """The coded words of a text with a space behind each, and how many they are. `gap` is one more word for every line.

    With gaps the words of two lines never stand behind each other, so a phrase is not found across them.
    """
    parts: list[str] = []
    count = 0
    for line in _written(text).split("\n"):
        if not line:
            continue
        if _LONG.search(line):
            # A unit outside the common blocks takes two letters: pair by unit, not by letter.
            units = _UNIT.findall(line)
            parts += [f"{unit}{right} " for unit, right in zip(units, (*units[1:], END), strict=True)]
            count += len(units)
        else:
            parts.append(_pairs(line))
            count += len(line)
        if gap:
            parts.append(f"{gap} ")
            count += 1
    return "".join(parts), count


class _Written(dict[int, str]):
    """Character → the letters of its folded form: folding and writing in one pass over a text."""

    def __missing__(self, point: int) -> str:
        folded = _TABLE[point]
        written = folded if folded == "\n" else folded.translate(_LETTERS)
        self[point] = written
        return written


_WRITTEN = _Written()
_LONG = re.compile("[\ua000-\ua110]")
_UNIT = re.compile("[\ua000-\ua110]?.")


def _letter_class(pattern: str) -> str:
    return "".join(char if char == "-" and 0 < at < len(pattern) - 1 else _LETTERS[ord(char)]
                   for at, char in enumerate(pattern))  # fmt: skip


_DASH, _LONG_VOWEL, _BLANK = _LETTERS[ord("-")], _LETTERS[ord("ー")], _LETTERS[ord(" ")]
_KANA_DASH_WRITTEN = re.compile(f"(?<=[{_letter_class('ぁ-ゖァ-ヺー')}]){_DASH}")
_MODEL_DASH_WRITTEN = re.compile(f"(?<=[{_letter_class('a-z')}]){_DASH}(?=[{_letter_class('0-9')}])")
_SPACES_WRITTEN = re.compile(f"{_BLANK}{{2,}}")


def _written(text: str) -> str:
    """`fold` of a text, every unit as its letters: the same rules in one pass."""
    written = _CLUSTER.sub(lambda m: _compatible(m[0]), text).translate(_WRITTEN)
    if _DASH in written:
        while _KANA_DASH_WRITTEN.search(written):
            written = _KANA_DASH_WRITTEN.sub(_LONG_VOWEL, written)
        written = _MODEL_DASH_WRITTEN.sub("", written)
    if _BLANK in written:
        written = _SPACES_WRITTEN.sub(_BLANK, written)
        written = "\n".join(line.strip(_BLANK) for line in written.split("\n"))
    return written


def _pairs(letters: str) -> str:
    # "abc" → "ab bc c0 ", by strides over code points: ten times faster than a loop over characters.
    points = array(_POINT, letters.encode(_UTF32))
    words = array(_POINT, [32]) * (3 * len(points))
    words[0::3] = points
    words[1::3] = points[1:] + array(_POINT, [ord(END)])
    return words.tobytes().decode(_UTF32)


# A page in a language with spaces keeps its words; runs of characters without spaces in it are coded.
_CJK = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303b\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
_CJK += "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
_WHITE = "\t-\r \x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_PIECE = re.compile(rf"([{_CJK}]+)|[^{_WHITE}{_CJK}]+")
_WORDLIKE = re.compile("[0-9A-Za-z\u00aa-\u024f\u0370-\u1fff]")
_NARROW = {point: point - 0xFEE0 for point in range(0xFF01, 0xFF5F)}


def spaced(text: str) -> Iterator[str]:
    """The words of a text in a language with spaces, one per position; what has no letter or digit is no word."""
    for match in _PIECE.finditer(text):
        if match[1]:
            yield from coded(match[1])
        elif _WORDLIKE.search(word := match[0].translate(_NARROW)):
            yield word


def is_coded(lang: str) -> bool:
    """Whether pages in this language are indexed as coded bigrams (languages without spaces between words)."""
    return lang.split("-", maxsplit=1)[0].lower() in {"ja", "zh", "ko", "th", "lo", "km", "my", "yue"}
