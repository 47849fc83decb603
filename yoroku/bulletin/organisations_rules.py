"""Bodies that no ending shows: by the word before their name, by who heads them, by what they are called in short."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.names import HAN

# 遊覧船会社「なぎさクルーズ」, 反政府勢力「夜明け戦線」
_CALLED = lazy(
    r"(?:会社|法人|団体|企業|メーカー|勢力|組織|サークル|クラブ|チーム|グループ|ＮＰＯ|NPO|劇団|楽団|事業者|バンド|同好会)"
    r"「(?P<n>[^「」。、]{2,20})」(?!と(?:述べ|話|語|訴|呼び)|を(?:掲|合言葉))"
)
# 環境部 ごみ減量課: an office whose name begins in hiragana.
_KANA_OFFICE = lazy(
    rf"(?:^|(?<=[ 部局市町村区県]))(?P<n>[ぁ-ん]{{2,6}}[{HAN}・]{{1,10}}(?:課|室|係|センター))(?=$|[ )、。はのが])"
)
# 地域防災情報連携会議（以下「会議」という。）
_DEFINED = lazy(
    rf"(?P<n>[{HAN}ァ-ヴーA-Za-z・]{{4,24}}(?:会議|会|本部|機構|チーム|組合|社|センター|省|庁|局|団|法人|連合|銀行|大学|所|室|課))"
    r" ?\(以下、?「"
)
# ○海洋環境省告示第四十二号, 令和元年海洋環境省告示第十五号
_ACTING = lazy(rf"(?:^[○◯]?|(?:令和|平成|昭和)[元\d]{{1,3}}年|(?<=[ (]))(?P<n>[{HAN}]{{2,12}}[省庁])(?=告示|令第|訓令)")
_HEAD_OF_DEFINED = re.compile(r"(?:[年月日回次号及並]|又は)(?=[^年月日回次号及並]{4})")


def japanese(folded: str) -> Iterator[tuple[int, int]]:
    """What the words around a name say of it."""
    for found in _ACTING.finditer(folded) if "告示" in folded or "令" in folded else ():
        yield found.span("n")
    if "「" in folded:
        for found in _CALLED.finditer(folded):
            yield found.span("n")
        for found in _DEFINED.finditer(folded) if "以下" in folded else ():
            start, end = found.span("n")
            leads = list(_HEAD_OF_DEFINED.finditer(found["n"]))
            yield start + (leads[-1].end() if leads else 0), end
    if folded.find("課") >= 0 or "センター" in folded or "室" in folded or "係" in folded:
        for found in _KANA_OFFICE.finditer(folded):
            yield found.span("n")


_TRADES = (
    r"Robotics|Therapeutics|Pharmaceuticals|Pharma|Biosciences|Biotech|Aerospace|Automation|Electronics|Industries|"
    r"Logistics|Shipping|Telecom|Energy|Petroleum|Steel|Chemicals|Ventures|Entertainment|Studios|Analytics|"
    r"Insurance|Mobility|Instruments|(?:Fire|Police|Sheriff's|Water) (?:Department|Service|Brigade|Office)|"
    r"Police|Water"
)
_BY_TRADE = lazy(
    rf"(?<![\w.-])(?P<n>(?P<first>[A-Z][\w&'-]*) (?:[A-Z][\w&'-]* ){{0,2}}(?:{_TRADES}))"
    r"(?![\w-]|,? (?:Co\.|Inc|Ltd|plc|PLC|LLC|Corp|GmbH|AG|of |Union|Group|Holdings))"
)
_HAS_TRADE = lazy(_TRADES)
# Renewable Energy, Cyber Insurance: common words before a trade name no company.
_COMMON = frozenset(
    str.split(
        "Renewable Clean National Natural Solar Wind Nuclear Atomic Green New Global Home Homeland World Local Public "
        "Private Modern Heavy Light Key Major Other International Advanced Consumer Creative Cyber Data Digital Human "
        "The Our Their Its Chief Senior Director Head Vice Strategic Industrial Medical Food Life Marine Supply Social "
        "Financial Secretary Minister President Affordable Sustainable Geothermal Fossil Hydrogen Electric Drinking "
        "Clean Fresh Surface Ground Waste High Low Safe Secure Critical Military Civil Urban Rural Offshore Maritime "
        "On In At For From With By Of To And A An This That These All More Cheap Bulk Dry Deep Coastal State Federal "
        "About Join Joins Acquires Meet Contact City County Town Metropolitan Department Ministry Office "
        "Commission Agency Energy Water Police Fire Bottled"
    )
)
_COUNCIL = lazy(
    r"\b(?P<n>(?P<first>[A-Z][a-z]+)(?: [A-Z][a-z]+)?(?: (?:city|county|town|borough|district|parish))? council)\b"
)
_JOINED = lazy(
    r"(?:^|(?<=the )|(?<=The ))(?P<n>(?:[A-Z][a-z]+ ){1,2}and (?:[A-Z][a-z]+ ){1,2}"
    r"(?:Committee|Commission|Board|Association|Authority|Agency|Union))(?!\w)"
)
# Department for Rivers and Land and The Rt Hon Harriet Lowestone: a minister is no part of the ministry's name.
AND_MINISTER = lazy(r",? and (?:The |the )?(?:Rt|Right|Hon)\b")


def english(folded: str) -> Iterator[tuple[int, int]]:
    """Ostrel Energy, Havenport Fire Department, Wexbridge council, Planning and Highways Committee."""
    for found in _JOINED.finditer(folded):
        yield found.span("n")
    if _HAS_TRADE.search(folded) and not _headline(folded):
        for found in _BY_TRADE.finditer(folded):
            if found["first"] not in _COMMON:
                yield found.span("n")
    if " council" in folded:
        for found in _COUNCIL.finditer(folded):
            if found["first"] not in _COMMON and found["first"] not in {
                "Each",
                "Every",
                "Parish",
                "District",
                "Borough",
            }:
                yield found.span("n")


def _headline(folded: str) -> bool:
    """Whether nearly every word has a capital: then capitals say nothing of names."""
    words = [word for word in folded.split(" ") if word[:1].isalpha() and len(word) > 3]
    return len(words) > 3 and sum(word[0].isupper() for word in words) > 0.7 * len(words)


# 海岸管理署, 高浦消防局, 花蓮縣政府
_CHINESE = lazy(
    r"(?P<n>[\u4e00-\u9fff]{2,8}?(?:(?<![部签簽公])署|(?<![当當结結布格全大时時僵破战戰变變残殘定开開出邮郵书書])局|"
    r"[省市县縣区區]政府|消防队|消防隊))(?![面势勢])"
)


def chinese(folded: str) -> Iterator[re.Match[str]]:
    """Offices and governments by their last letters; what runs into them is still to be cut off."""
    if "署" in folded or "局" in folded or "政府" in folded or "消防" in folded:
        yield from _CHINESE.finditer(folded)


# 새론모빌리티(대표 윤서하), 해양안전처(처장 고은결)
_KOREAN = lazy(
    r"(?<![가-힣A-Za-z])(?P<n>[가-힣A-Za-z]{2,14})"
    r"(?=\((?:이하 |대표이?사?|사장|회장|처장|청장|장관|이사장|원장|총장|위원장|본부장|시장|군수|도지사|소장|"
    r"관장|구청장|행장)[ ,:]?)"
)


def korean(folded: str) -> Iterator[tuple[int, int]]:
    """A body with who heads it in brackets."""
    if "(" in folded:
        for found in _KOREAN.finditer(folded):
            yield found.span("n")
