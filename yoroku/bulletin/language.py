"""The language of a bulletin, from its letters and commonest words."""

from __future__ import annotations

from collections.abc import Iterable

from yoroku import patterns
from yoroku.bulletin.decode import COMMON_JA, COMMON_ZH
from yoroku.bulletin.facts_pattern import Lazy, lazy

MOST = 20_000  # characters looked at
KANA = lazy(r"[\u3041-\u3096\u30a1-\u30fa]+")
HAN = lazy(r"[\u4e00-\u9fff]+")
HANGUL = lazy(r"[\uac00-\ud7a3]+")
LATIN = lazy(r"[A-Za-zÀ-ɏ]+")
SCRIPTS: tuple[tuple[str, Lazy], ...] = (
    ("ru", lazy(r"[\u0400-\u04ff]+")),
    ("ar", lazy(r"[\u0600-\u06ff]+")),
    ("th", lazy(r"[\u0e00-\u0e7f]+")),
    ("hi", lazy(r"[\u0900-\u097f]+")),
    ("el", lazy(r"[\u0370-\u03ff]+")),
    ("he", lazy(r"[\u0590-\u05ff]+")),
)
WORDS: tuple[tuple[str, str], ...] = (
    ("en", "the of and to in for on with that is was by from at as an are be has will this said it"),
    ("fr", "le la les des et du en une est pour dans que qui sur au avec par ce il été plus"),
    ("de", "der die das und den von zu mit im für ist auf des dem ein eine nicht sich als werden"),
    ("es", "el la los las de y en que del para por con una un se es al su como más"),
    ("pt", "o os as de e em que do da para por com uma um no na não se ao mais"),
    ("it", "il lo la i gli di e che del della per con una un è nel alla sono si più"),
    ("vi", "và của các là có được cho trong với những một người không tại đã này"),
    ("id", "yang dan di dari untuk dengan pada ini dalam tidak akan itu oleh telah"),
)
SIMPLIFIED = frozenset("的这们为说时会对过发后种经么现当没动还进样开从实与无长机关点业将两间问应议员党报导务总统华")
JAPANESE_ONLY = frozenset("県発会対関円売込働気経験総変実験駅応広庁戦権検観覧様歳読鉄脳沢辺斉浜徳桜価")

_COMMON = tuple((code, frozenset(words.split())) for code, words in WORDS)


def _letters(pattern: Lazy, sample: str) -> int:
    """How many letters the runs have that the pattern finds."""
    return sum(map(len, pattern.findall(sample)))


def of(texts: Iterable[str]) -> str:
    """An ISO 639 code. Text in two languages has the one whose letters carry more of it, Japanese before Latin."""
    sample = "".join(texts)[:MOST]
    kana, han, hangul, latin = (_letters(pattern, sample) for pattern in (KANA, HAN, HANGUL, LATIN))
    other = max(((_letters(pattern, sample), code) for code, pattern in SCRIPTS), default=(0, ""))
    # What takes one Japanese letter takes about four Latin ones.
    wide = kana + han + hangul
    if other[0] * 2 > latin and other[0] > wide * 2:
        return other[1]
    if wide and wide * 4 >= latin:
        if hangul > kana + han * 0.5 and hangul > kana:
            return "ko"
        if kana * 12 >= wide:
            return "ja"
        return _without_kana(sample, han)
    return _latin(sample) if latin else "ja"


def _without_kana(sample: str, han: int) -> str:
    chinese = sum(char in SIMPLIFIED or (char in COMMON_ZH and char not in COMMON_JA) for char in sample)
    japanese = sum(char in JAPANESE_ONLY for char in sample) + 3 * len(
        patterns.findall(r"令和|平成|昭和|[都道府県庁]の", sample)
    )
    return "zh" if chinese > japanese and chinese * 40 >= han else "ja" if japanese or han < 12 else "zh"


def _latin(sample: str) -> str:
    words = patterns.findall(r"[^\W\d_]+", sample.lower())
    scores = [(sum(word in common for word in words), -at, code) for at, (code, common) in enumerate(_COMMON)]
    best = max(scores)
    return best[2] if best[0] else "en"
