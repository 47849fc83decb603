"""Places that no list has, by the words around them: a state by its capital, a quarter by its town, a venue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.names import HAN

# テルマ国の国防大臣, 首都リマル, 訪問先のカルメラで, ベルゴニア情勢, 【オストヴェル＝協和】
_FOREIGN = (
    lazy(r"(?<![ァ-ヴー・])(?P<n>[ァ-ヴー]{2,}(?:・[ァ-ヴー]+)*国)(?![民境内際会防営立家王連土名])"),
    lazy(r"(?:首都|訪問先の|訪問中の|滞在先の|訪れた|隣国)(?P<n>[ァ-ヴー]{3,})(?![ァ-ヴー・])"),
    lazy(r"(?<![ァ-ヴー・])(?P<n>[ァ-ヴー]{3,})(?=情勢|の首都|の停戦|首都|大使館|駐留|の(?:外相|首相|大統領|国防相))"),
    # サルヴェニア共和国国防大臣, 日・サルヴェニア防衛相会談
    lazy(r"(?<![ァ-ヴー])(?P<n>[ァ-ヴー]{3,})(?=(?:人民|民主|連邦|首長)?(?:共和国|王国|公国|連邦))"),
    lazy(
        r"(?:^|[^ァ-ヴー])日・?(?P<n>[ァ-ヴー]{3,})(?=(?:防衛相|国防相|外相|首脳|閣僚|経済|両国)[^。]{0,4}(?:会談|協議|対話))"
    ),
    lazy(r"^\s*[【(](?P<n>[ァ-ヴー]{3,})(?=[= ]?[一-龥]{2,6}[】)])"),
)
# 羽黒沢地区, 同町滝ノ沢
_QUARTER = lazy(rf"(?<![{HAN}ァ-ヴー])(?P<n>[{HAN}ノヶ]{{2,5}}地区)(?!本部|大会|予選|計画|協議)")
_NO_QUARTER = re.compile(
    r"^(?:対象|全|各|同|当|該|両|本|被災|周辺|住宅|商業|工業|重点|警戒|関係|担当|一部|居住|立ち|選挙|開発|整備|景観|モデル|他の?|隣接|"
    r"沿岸|都市|農村|中心)"
)
_UNDER = lazy(rf"(?:同[市町村区]|町内|市内)(?P<n>[{HAN}ノヶ]{{2,6}})(?=[のでにへを、。])")
_NO_UNDER = re.compile(
    r"[都道府県市町村区内外民長議役員会部局課所者等側全各]|中心|全域|各地|住民|[一二三四五六七八九十]"
)


def japanese(folded: str) -> Iterator[tuple[int, int]]:
    """What the words around a name of katakana or a quarter's ending say."""
    if re.search(r"[ァ-ヴ]{2}", folded):
        for pattern in _FOREIGN:
            for found in pattern.finditer(folded):
                yield found.span("n")
    if "地区" in folded:
        for found in _QUARTER.finditer(folded):
            if not _NO_QUARTER.match(found["n"]):
                yield found.span("n")
    for found in _UNDER.finditer(folded):
        if not _NO_UNDER.search(found["n"]):
            yield found.span("n")


_OFFICE = (
    r"(?:Foreign|Defen[cs]e|Prime|Trade|Finance|Interior) Minister|Minister (?:of|for)|Ambassador|President|"
    r"Prime Minister"
)
_OF_STATE = (
    lazy(rf"\b(?P<n>[A-Z][a-z]{{2,}}(?:ia|land|stan|ica|ova|ovia))(?= (?:{_OFFICE}))"),
    lazy(
        r"\b(?P<n>[A-Z][a-z]{3,})"
        r"(?='s (?:capital|economy|government|parliament|coast|army|military|contributions|central bank))"
    ),
    lazy(
        r"\b(?:visit(?:ed|ing)?|arriv(?:ed|ing) in|travel(?:led|ed|ing)? to|flew to|corridor opened \w+ in|capital,) "
        r"(?P<n>[A-Z][a-z]{3,})\b"
    ),
    lazy(rf"\b(?:{_OFFICE})(?: [A-Z][\w’'-]+){{1,3}} of (?P<n>[A-Z][a-z]{{3,}})\b"),
    lazy(
        r"\bof (?P<n>[A-Z][a-z]{3,}), (?:Norway|Sweden|Denmark|Finland|Germany|France|Italy|Spain|Japan|China|Canada|"
        r"Australia|England|Scotland)\b"
    ),
    lazy(r"^(?P<n>[A-Z]{4,}), [A-Z]{4,}$"),
)


def english(folded: str) -> Iterator[tuple[int, int]]:
    """Tolvania Minister of Defence, Tarvia's economy, visited Anduran."""
    for pattern in _OF_STATE:
        for found in pattern.finditer(folded):
            yield found.span("n")


_CHINESE = lazy(
    r"(?P<n>[\u4e00-\u9fff]{2,6}?(?:省|市|县|縣|自治区|机场|機場|港|岛|島|大桥|大橋|隧道|大会堂|国际会议中心|湖|山|河))"
    r"(?![\u4e00-\u9fff]?[长長委政民])"
)
_BEFORE_NAME = re.compile(
    r".*(?:召开|召開|举行|舉行|访问|訪問|前往|抵达|抵達|位于|位於|来自|來自|消息称|称|稱|记者|全|该|該|本|各|在|和|与|與|及|对|對|向|从|從|"
    r"到|由|至|近日|日前|往|赴|的|了|将|將|是|于|於|等|为|為|[0-9年月日])"
)


def chinese(folded: str) -> Iterator[tuple[int, int]]:
    """临泽市 of 在临泽市, without the words that run into it."""
    for found in _CHINESE.finditer(folded):
        start, end = found.span("n")
        lead = _BEFORE_NAME.match(found["n"])
        start += lead.end() if lead else 0
        if end - start > 2:
            yield start, end


VENUE_HEADING = lazy(r"^(?:■|●|○|◆|\d+ ?[.、]? ?)? ?(?:開催)?(?:場 ?所|会 ?場)$")
VENUE_LINE = lazy(r"^[^。、!?]{3,24}$")
