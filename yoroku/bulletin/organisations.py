"""Organisations that the text names: those known by name, and those whose ending says what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yoroku.briefing.model import Lines, Mention
from yoroku.bulletin.facts_text import Passage, spans
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.names import HAN

_KIND_WORD = (
    "公社|公団|事業団|機構|協会|連盟|連合会|連絡会|協議会|審議会|委員会|研究会|研究所|研究機構|研究センター|財団|社団|組合|連合|会議所|銀行|信用金庫|"
    "新聞|新聞社|新報|日報|時報|タイムス|タイムズ|テレビ|放送|通信社|ラジオ|対策本部|災害対策本部|警戒本部|推進本部|警察署|消防署|消防本部|消防局|警察本部|県警|気象台|"
    "大学|大学院|高等学校|高校|病院|医療センター|保健所|汽船|電鉄|鉄道|航空|電力|電機|電気|電工|製作所|製薬|化学|工業|重工|建設|運輸|海運|証券|生命|保険|"
    "ホールディングス|グループ|情報センター|支援センター|管理センター|観測所|教育委員会|議会|拠点|検疫所|税務署|労働局|地方整備局|運輸局|農政局|事務局|自動車|製鉄|水産|食品|ガス"
)
_SUFFIX = re.compile(
    rf"(?P<n>[{HAN}ァ-ヴーA-Za-z]{{1,20}}?(?:{_KIND_WORD})|[{HAN}]{{1,10}}(?:省|庁|局|課|室|部))(?![{HAN}ァ-ヴー]|長)"
)
_SECTION = re.compile(rf"^[{HAN}ァ-ヴー・]{{2,14}}(?:省|庁|局|課|室)$")
_COMPANY = re.compile(
    r"(?:(?:株式会社|有限会社|合同会社|合資会社|(?:一般|公益)?(?:社団|財団)法人|(?:国立|独立行政|地方独立行政|特定非営利活動|学校|社会福祉|医療|国立研究開発)法人|NPO法人) ?"
    rf"[{HAN}ァ-ヴーA-Za-z0-9・&.-]{{1,30}}(?: [A-Z][A-Za-z]+)*"
    rf"|[{HAN}ァ-ヴーA-Za-z0-9・&]{{1,24}}(?:株式会社|\(株\)|㈱))"
)
_LATIN = re.compile(
    r"\b(?P<n>(?:[A-Z][\w&'.-]*,? (?:of |for |and |the |on )*){1,7}?(?:Inc\.|Ltd\.?|plc|PLC|LLC|Corp\.|Corporation|GmbH|AG|Co\., Ltd\.)"
    r"|(?:[A-Z][\w&'-]* ){0,4}(?:Ministry|Department|Office|Bureau|University|Institute|College) (?:of|for)(?: (?:the )?[A-Z][\w'-]*,?(?= |\.|,|$)(?: and| of)?){1,5}"
    r"|(?:[A-Z][\w&'-]* ){1,4}(?:Ministry|Agency|Authority|Commission|Committee|Council|Association|Foundation|Institute|University|College|Union|Bank|"
    r"Gazette|Times|Post|Herald|Tribune|Chronicle|Observer|News|Press|Group|Holdings|Federation|Organization|Organisation|Coalition|Alliance|Network|Board|Bureau|Division|Service|Partnership|Company|Society|Hospital|Airlines|Railway))\b\.?"
)
_ACRONYM = re.compile(rf"(?P<n>[{HAN}ァ-ヴー]{{4,20}}) ?\((?P<a>[A-Z][A-Za-z-]{{1,9}})\)")
_CHINESE = re.compile(
    r"(?P<n>[\u4e00-\u9fff]{2,12}?(?:部|委员会|委員會|总局|管理局|公司|集团|大学|研究院|研究所|银行|协会|学会|法院|检察院|外交部|商务部|国务院|组织|基金会|通讯社|日报|办公室))(?![\u4e00-\u9fff]?长)"
)
_KOREAN = re.compile(
    r"(?<![가-힣])(?P<n>[가-힣A-Z]{2,14}(?:부|청|처|위원회|공사|공단|협회|대학교|연구원|연구소|은행|그룹|전자|신문|일보|방송|통신|본부|재단|시청|도청|경찰서|소방서))(?=[은는이가을를와과의도에께,. )·]|$)"
)
_NOT = frozenset(
    [
        "同社",
        "当社",
        "弊社",
        "両社",
        "各社",
        "会社",
        "一部",
        "全部",
        "内部",
        "外部",
        "本部",
        "支部",
        "幹部",
        "同局",
        "当局",
        "各局",
        "同省",
        "各省",
        "同庁",
        "各課",
        "同課",
        "教室",
        "会議室",
        "委員会",
        "同委員会",
        "本委員会",
        "審議会",
        "協議会",
        "議会",
        "同大学",
        "大学",
        "病院",
        "学部",
        "南部",
        "北部",
        "東部",
        "西部",
        "中部",
        "上部",
        "下部",
        "大部",
        "放送",
        "新聞",
        "テレビ",
        "鉄道",
        "航空",
        "電力",
        "銀行",
        "保険",
        "生命",
        "建設",
        "工業",
        "化学",
        "食品",
        "水産",
        "自動車",
        "ガス",
        "拠点",
        "事務局",
        "連合",
        "組合",
        "グループ",
        "同盟",
        "関係省庁",
        "省庁",
        "各省庁",
        "本省",
        "両省",
        "地下室",
        "宿直室",
        "待合室",
        "研究室",
        "個室",
        "浴室",
        "客室",
        "病室",
        "記者会見室",
        "本省会見室",
        "全国部",
        "警視",
        "薬局",
        "郵便局",
        "結局",
        "対局",
        "政局",
        "戦局",
        "破局",
        "難局",
        "当部",
        "部",
        "課",
        "室",
        "局",
        "日本部",
        "東北部",
        "災害対策本部",
        "対策本部",
        "内陸部",
        "沿岸部",
        "山間部",
        "都市部",
        "平野部",
        "中心部",
        "海岸部",
        "山沿い",
        "執行部",
        "司令部",
        "文部",
        "軍部",
        "首脳部",
        "底部",
        "頭部",
        "胸部",
        "腹部",
        "局部",
        "細部",
        "患部",
        "深部",
        "中央部",
        "西南部",
        "南西部",
        "北西部",
        "南東部",
        "北東部",
        "東南部",
        "中南部",
        "中北部",
        "地区本部",
        "정부",
        "일부",
        "전부",
        "내부",
        "외부",
        "본부",
        "간부",
    ]
)
_LEADING = re.compile(r"^(?:および|及び|または|又は|同|各|当|本|両|この|その|、|・|[\u3041-\u3096]+)")


def organisations(
    passages: tuple[Passage, ...], masks: dict[int, tuple[tuple[int, int], ...]], gazetteer: Gazetteer, lang: str
) -> tuple[Mention, ...]:
    """Every organisation once, under the first form that the text uses. `masks` are the names of people, by passage id."""
    found: dict[str, list[tuple[str, Lines]]] = {}
    names: dict[str, str] = {}
    for passage in passages:
        if passage.place in {"dropped", "reference"}:
            continue
        hidden = masks.get(id(passage), ())
        for start, end, key in _in_passage(passage, gazetteer, lang):
            if any(start < last and first < end for first, last in hidden):
                continue
            form = passage.text[start:end]
            key = key or form
            names.setdefault(key, form)
            found.setdefault(key, []).append((form, passage.lines))
    return tuple(
        Mention(names[key], tuple(dict.fromkeys(form for form, _ in items)), spans(*(lines for _, lines in items)))
        for key, items in found.items()
    )


def _in_passage(passage: Passage, gazetteer: Gazetteer, lang: str) -> Iterator[tuple[int, int, str]]:
    taken: list[tuple[int, int]] = []

    def free(start: int, end: int) -> bool:
        if any(start < last and first < end for first, last in taken):
            return False
        taken.append((start, end))
        return True

    folded = passage.folded
    for rule in _PATTERNS.get(lang, _PATTERNS["ja"]):
        for start, end in rule(folded, gazetteer):
            if end - start > 1 and free(start, end):
                yield start, end, ""
    for hit in gazetteer.hits(folded):
        if hit.entry.kind in {"organisation", "news"} and free(hit.start, hit.end):
            yield hit.start, hit.end, hit.entry.name


def _companies(folded: str, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    if "会社" not in folded and "法人" not in folded and "株)" not in folded and "㈱" not in folded:
        return
    for found in _COMPANY.finditer(folded):
        if found.group() not in {"株式会社", "有限会社"} and not found.group().startswith(("会社", "式会社")):
            yield found.span()


def _suffixes(folded: str, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    for found in _SUFFIX.finditer(folded):
        start, end = found.span("n")
        lead = _LEADING.match(folded[start:end])
        if lead and lead.end() < end - start - 2:
            start += lead.end()
        name = folded[start:end]
        entry = gazetteer.find(name)
        if entry is not None and entry.kind in {"organisation", "news"}:
            continue
        if len(name) < 4 and not (len(name) == 3 and name[-1] in "省庁"):
            continue
        if (
            name in _NOT
            or any(name == word for word in _KIND_WORD.split("|"))
            or (name[-1] in "部室" and not _SECTION.match(name))
        ):
            continue
        if name[-1] == "部" or re.search(r"(?:一|同|各|当|全|両|本)(?:部|課|局)$", name):
            continue
        yield start, end


def _latin(folded: str, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    for found in _LATIN.finditer(folded):
        start, end = found.span("n")
        while (lead := re.match(r"(?:The|A|An|And|In|At|On|For|From|With|By|Of|To) ", folded[start:end])) is not None:
            start += lead.end()
        while folded[start:end].endswith((",", " and", " of")):
            end -= 1 if folded[end - 1] == "," else 4 if folded[start:end].endswith(" and") else 3
        if " " in folded[start:end]:
            yield start, end


def _acronyms(folded: str, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """日米共同情報分析組織(BIAC), 国際食料備蓄機構（IFSO）."""
    if "(" not in folded:
        return
    for found in _ACRONYM.finditer(folded):
        name = found["n"]
        if re.search(
            r"(?:組織|機構|機関|連合|会議|協会|センター|委員会|本部|研究所|連盟|基金|銀行|庁|省|局|会|軍|隊|団|体)$",
            name,
        ):
            yield found.span("n")


def _chinese(folded: str, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    for found in _CHINESE.finditer(folded):
        name = found["n"]
        if (
            len(name) > 2
            and not re.search(r"[的在和与是了将向对由，]", name)
            and name not in {"全部", "一部", "内部", "外部", "干部", "总部"}
        ):
            yield found.span("n")


def _korean(folded: str, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    for found in _KOREAN.finditer(folded):
        if found["n"] not in _NOT and len(found["n"]) > 2:
            yield found.span("n")


_PATTERNS = {
    "ja": (_companies, _acronyms, _suffixes, _latin),
    "en": (_latin,),
    "zh": (_chinese, _latin),
    "ko": (_korean, _latin),
}
