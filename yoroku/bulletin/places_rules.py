"""Places that no list has, by the words around them: a state by its capital, a quarter by its town, a venue."""

from __future__ import annotations

from collections.abc import Iterator

from yoroku import patterns
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.names import HAN

# テルマ国の国防大臣, 首都リマル, 訪問先のカルメラで, ベルゴニア情勢, 【オストヴェル＝協和】
_FOREIGN = (
    lazy(r"(?<![ァ-ヴー・])(?P<n>[ァ-ヴー]{2,}(?:・[ァ-ヴー]+)*国)(?![民境内際会防営立家王連土名])"),
    lazy(r"(?:首都|訪問先の|訪問中の|滞在先の|訪れた|隣国)(?P<n>[ァ-ヴー]{3,})(?![ァ-ヴー・])"),
    lazy(
        r"(?<![ァ-ヴー・])(?P<n>[ァ-ヴー]{3,})(?=情勢|の首都|の停戦|首都|大使館|駐留|の(?:外相|首相|大統領|国防相)|"
        r"の[ァ-ヴ][ァ-ヴー]*・[ァ-ヴー・]+(?:大統領|首相|外相|国防相|国王))"
    ),
    # サルヴェニア共和国国防大臣, 日・サルヴェニア防衛相会談
    lazy(r"(?<![ァ-ヴー])(?P<n>[ァ-ヴー]{3,})(?=(?:人民|民主|連邦|首長)?(?:共和国|王国|公国|連邦))"),
    lazy(
        r"(?:^|[^ァ-ヴー])日・?(?P<n>[ァ-ヴー]{3,})(?=(?:防衛相|国防相|外相|首脳|閣僚|経済|両国)[^。]{0,4}(?:会談|協議|対話))"
    ),
    lazy(r"^\s*[【(](?P<n>[ァ-ヴー]{3,})(?=[= ]?[一-龥]{2,6}[】)])"),
    # 南部の要衝セベットに, 港湾都市ラグナで, 西ドラヴァ地域
    lazy(r"(?:要衝|都市|州都|主都|港町|激戦地|拠点)の?(?P<n>[ァ-ヴー]{3,})(?=[にでをのへが、]|から|近郊|郊外)"),
    lazy(r"(?<![ァ-ヴー・])(?P<n>[東西南北]?[ァ-ヴー]{3,})(?=地域の|の在留邦人|沖(?:[のでに、。]|$)|近海)"),
)
# タルガン、レムリア、ヴォストニアの3カ国
_STATES_LISTED = lazy(
    r"(?<![ァ-ヴー・])(?P<l>[ァ-ヴー]{2,}(?:[、と][ァ-ヴー]{2,})+)(?:の|など)?(?:\d{1,2}|[一二三四五六七八九十両])[カヵケヶか箇]?国"
)
# 羽黒沢地区, 同町滝ノ沢
# 三ツ又川左岸, 鳶川の氾濫, 津野湖マラソン, 中央ふ頭
_WATERS = (
    lazy(
        rf"(?<![{HAN}ァ-ヴー])(?P<n>(?!河川|小川|各川)[{HAN}ツ]{{1,5}}川)(?=左岸|右岸|上流|下流|河口|水系|流域|沿い|の(?:氾濫|水位|堤防|土手|増水|河川敷|流域))"
    ),
    lazy(rf"(?:(?<![{HAN}ァ-ヴー])|(?<=回))(?P<n>(?!回)[{HAN}]{{2,4}}湖)(?=マラソン|畔|岸|一周|周辺)"),
    lazy(rf"(?<![{HAN}ァ-ヴー])(?P<n>[{HAN}]{{1,6}}[ふ埠]頭)"),
)
# 福島県会津: an area of the weather agency on a line of its own.
_AREA_LINE = lazy(rf"^(?P<n>(?:北海道|東京都|京都府|大阪府|[{HAN}]{{2,3}}県)[{HAN}]{{1,6}})$")
_NO_AREA = patterns.late(r"[部課局室会署隊庁長員校園館院所社店線議警立営民内外産人]$|[都府県市区町村郡]$")
_QUARTER = lazy(rf"(?<![{HAN}ァ-ヴー])(?P<n>[{HAN}ノヶ]{{2,5}}地区)(?!本部|大会|予選|計画|協議)")
_NO_QUARTER = patterns.late(
    r"^(?:対象|全|各|同|当|該|両|本|被災|周辺|住宅|商業|工業|重点|警戒|関係|担当|一部|居住|立ち|選挙|開発|整備|景観|モデル|他の?|隣接|"
    r"沿岸|都市|農村|中心)"
)
_UNDER = lazy(rf"(?:同[市町村区]|町内|市内)(?P<n>[{HAN}ノヶ]{{2,6}})(?=[のでにへを、。])")
_NO_UNDER = patterns.late(
    r"[都道府県市町村区内外民長議役員会部局課所者等側全各]|中心|全域|各地|住民|[一二三四五六七八九十]"
)


def japanese(folded: str) -> Iterator[tuple[int, int]]:
    """What the words around a name of katakana or a quarter's ending say."""
    if patterns.search(r"[ァ-ヴ]{2}", folded):
        for pattern in _FOREIGN:
            for found in pattern.finditer(folded):
                yield found.span("n")
        for found in _STATES_LISTED.finditer(folded) if "国" in folded else ():
            for state in patterns.finditer(r"[ァ-ヴー]{2,}", found["l"]):
                yield found.start("l") + state.start(), found.start("l") + state.end()
    if "川" in folded or "湖" in folded or "頭" in folded:
        for pattern in _WATERS:
            for found in pattern.finditer(folded):
                yield found.span("n")
    area = _AREA_LINE.match(folded.strip()) if len(folded) < 14 else None
    if area and not _NO_AREA.search(area["n"]):
        start = folded.find(area["n"])
        yield start, start + len(area["n"])
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
        r"(?P<n>[A-Z][a-z]{3,}(?: (?:County|City|Island|Islands|Bay|Province|District|Valley|State))?)\b"
    ),
    lazy(
        r"\b(?:city|cities|town|towns|village|port|capital|island|province|[Gg]overnment) of "
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


# The letters with which Chinese writes foreign names: 卡斯蒂亚, 贝洛尼亚.
FOREIGN_ZH = (
    "斯蒂亚尼里利拉卡巴马尔特克罗洛诺莫贝伊布伦德加格哈赫基科库兰朗林鲁曼梅米穆内帕佩皮普奇乔瑞萨塞沙施索塔泰提图托瓦威维沃乌西希谢"
    "辛雅耶因尤约泽扎詹佐茨达代丹登迪顿多恩法费芬弗福甘戈古海汉霍吉杰凯坎肯莱劳雷列琳卢阿埃艾奥欧波切亞爾羅諾貝倫蘭魯馬烏維薩達費萊"
)
_FOREIGN_CHINESE = (
    lazy(
        rf"(?<![{FOREIGN_ZH}])(?P<n>[{FOREIGN_ZH}]{{3,6}})"
        r"(?=首都|总统|總統|总理|總理|外长|外長|政府|外交部|国防|议会|議會|军方|当局|共和国|王国|港口部|方面)"
    ),
    lazy(rf"(?:首都|访问|訪問|抵达|抵達)(?P<n>[{FOREIGN_ZH}]{{2,6}}[城市港]?)(?![{FOREIGN_ZH}])"),
    lazy(rf"[与與同和](?P<n>[{FOREIGN_ZH}]{{3,6}})(?=签|簽|举行|舉行|建|达成|在|的关系)"),
)
_RUN_ON = patterns.late(r"[签簽协協建署口的合同开開部司关關到把将將为為]")
_CHINESE = lazy(
    r"(?P<n>[\u4e00-\u9fff]{2,6}?(?:省|市|县|縣|自治区|机场|機場|港|岛|島|大桥|大橋|隧道|大会堂|国际会议中心|湖|山|河))"
    r"(?![\u4e00-\u9fff]?[长長委政民])"
)
_BEFORE_NAME = patterns.late(
    r".*(?:召开|召開|举行|舉行|访问|訪問|前往|抵达|抵達|位于|位於|来自|來自|消息称|称|稱|记者|全|该|該|本|各|在|和|与|與|及|对|對|向|从|從|"
    r"到|由|至|近日|日前|往|赴|的|了|将|將|是|于|於|等|为|為|[0-9年月日])"
)


def chinese(folded: str) -> Iterator[tuple[int, int]]:
    """临泽市 of 在临泽市, without the words that run into it."""
    for pattern in _FOREIGN_CHINESE:
        for found in pattern.finditer(folded):
            yield found.span("n")
    for found in _CHINESE.finditer(folded):
        start, end = found.span("n")
        lead = _BEFORE_NAME.match(found["n"])
        start += lead.end() if lead else 0
        if end - start > 2 and not _RUN_ON.search(folded, start, end):
            yield start, end


# 벨로니아에서, 한-베사리아
_KOREAN_STATE = lazy(
    r"(?<![가-힣])(?P<n>[가-힣]{1,4}(?:니아|리아|시아|키아|비아|디아|지아|티아|스탄|란드|랜드))(?=[ "
    r",.은는이가을를와과의에측로]|$)"
)
_NO_STATE = frozenset(
    str.split("코리아 아시아 갤러리아 브랜드 그랜드 동남아시아 동아시아 랜드 디즈니랜드 에버랜드 마니아 미디아")
)


def korean(folded: str) -> Iterator[tuple[int, int]]:
    """States by the endings that Korean gives them."""
    for found in _KOREAN_STATE.finditer(folded):
        if found["n"] not in _NO_STATE:
            yield found.span("n")


VENUE_HEADING = lazy(r"^(?:■|●|○|◆|\d+ ?[.、]? ?)? ?(?:開催)?(?:場 ?所|会 ?場)$")
VENUE_LINE = lazy(r"^[^。、!?]{3,24}$")
