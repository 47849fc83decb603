"""Places that the text names: known ones, and those whose ending says what they are. People are masked first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yoroku.briefing.model import Event, Lines, Mention
from yoroku.bulletin.facts_text import Passage, spans
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.names import HAN

_END = (
    "航空基地|基地|駐屯地|空港|料金所|会議場|会館|発電所|原発|ダム|駅|港|島|諸島|半島|海峡|湾|沖|岬|山|川|湖|峠|橋|トンネル|公園|広場|宮殿|離宮|迎賓館|官邸|公邸|体育館|競技場|"
    "スタジアム|ホール|アリーナ|ドーム|神社|城|港湾|ターミナル|インターチェンジ|ジャンクション|灯台|高原|盆地|平野|地方|地域|丁目|町|村|市|区|県|郡|州|省"
)
_SUFFIX = re.compile(
    rf"(?P<n>[{HAN}ァ-ヴー・]{{1,12}}?(?:航空基地|基地|駐屯地|空港|料金所|会議場|会館|発電所|原発|ダム|駅|港|諸島|半島|海峡|湾|島|沖|岬|公園|広場|宮殿|迎賓館|総理大臣官邸|首相官邸|"
    rf"公邸|体育館|競技場|スタジアム|アリーナ|ドーム|ターミナル|灯台|高原|平野))(?![{HAN}ァ-ヴー]|する|し)"
)
_JAPAN = re.compile(
    rf"(?P<pref>北海道|東京都|京都府|大阪府|[{HAN}]{{2,3}}県)?(?P<mid>[{HAN}]{{1,5}}郡)?(?P<city>[{HAN}ヶケノ]{{1,6}}?[市区町村])(?P<rest>[{HAN}]{{1,8}}?(?:\d+丁目|町))?(?![{HAN}]?[長民立内営議政役外域街会場]|[民長立内営議政役外域街会場])"
)
_REGION = re.compile(
    rf"(?P<n>[{HAN}]{{2,3}}[県])(?P<part>[{HAN}]{{2,8}}?(?:地方|南部|北部|東部|西部|中部|沖|沿岸|南東沖|北西沖))?"
)
_BLOCK = re.compile(rf"(?P<n>[{HAN}]{{1,6}}(?:町|台|丘)?\d{{1,2}}丁目)")
_VISITED = re.compile(
    r"(?P<n>[ァ-ヴー]{2,}(?:・[ァ-ヴー]+)*)(?=寄港|を訪|に到着|訪問|市内|市(?![場長民])|で開|において|港|州|県|島)"
)
_STATE = re.compile(r"(?P<n>[ァ-ヴー]{2,}(?:・[ァ-ヴー]+)*(?:共和国|王国|連邦|首長国|公国))")
_LATIN_SITE = re.compile(
    r"\b(?P<n>(?:[A-Z][\w'-]* ){1,3}(?:House|Hall|Palace|Airport|Port|Harbour|Harbor|Station|Bridge|Park|Stadium|Square|Island|Islands|Bay|Strait|River|Lake|Dam|Base|Province|County|District|Street|Valley|Coast))\b"
)
_DATELINE = re.compile(
    r"^\(?(?P<n>[A-Z][A-Z'.-]+(?:[ -][A-Z'.-]+){0,3})(?:,? [A-Z][a-z.]+){0,2},? (?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z.]* \d|\(|-)"
)
_REPUBLIC = re.compile(r"\b(?:Republic|Kingdom|State|Commonwealth|Federation) of (?P<n>[A-Z][a-z]+(?: [A-Z][a-z]+)?)")
_AGENCY = re.compile(r"^【(?P<n>[^【】\d]{2,10}?)(?:共同|時事|AFP|ロイター|AP|[^】]{0,6}(?:通信|=|＝))[^】]*】")
_NOT = frozenset(
    [
        "同市",
        "本市",
        "当市",
        "各市",
        "両市",
        "同県",
        "本県",
        "当県",
        "各県",
        "同町",
        "同村",
        "同区",
        "全県",
        "県",
        "市",
        "町",
        "村",
        "区",
        "近県",
        "他県",
        "都市",
        "政令市",
        "同島",
        "離島",
        "列島",
        "半島",
        "諸島",
        "本島",
        "全島",
        "同港",
        "入港",
        "出港",
        "寄港",
        "開港",
        "帰港",
        "空港",
        "駅",
        "各駅",
        "公園",
        "基地",
        "市区町村",
        "市町村",
        "城下町",
        "下町",
        "港町",
        "門前町",
        "農村",
        "漁村",
        "山村",
        "選挙区",
        "地区",
        "学区",
        "校区",
        "管区",
        "区",
        "この島",
        "その島",
        "会館",
        "体育館",
        "競技場",
        "ダム",
        "発電所",
        "原発",
        "会議場",
        "総理大臣官邸沖",
        "沖",
        "湾",
        "港",
        "島",
        "朝市",
        "蚤の市",
        "日本市",
        "現町",
        "新市",
        "旧市",
        "旧町",
        "全市",
        "全町",
        "全区",
        "該当区",
        "対象区",
        "一部地区",
    ]
)
_SMALL = frozenset({"country", "city", "prefecture", "region", "place", "office-place"})


def places(
    passages: tuple[Passage, ...],
    masks: dict[int, tuple[tuple[int, int], ...]],
    bodies: frozenset[str],
    events: tuple[Event, ...],
    gazetteer: Gazetteer,
    lang: str,
) -> tuple[Mention, ...]:
    """Every place once. `bodies` are the organisations' forms, in which no place is seen unless it is the event's venue."""
    found: dict[str, list[tuple[str, Lines]]] = {}
    names: dict[str, str] = {}
    hide = _hider(bodies)
    for passage in passages:
        if passage.place in {"dropped", "reference"}:
            continue
        hidden = (*masks.get(id(passage), ()), *hide(passage))
        for start, end, key in _in_passage(passage, gazetteer, lang, hidden):
            form = passage.text[start:end].strip("・ ")
            key = key or form
            names.setdefault(key, form)
            found.setdefault(key, []).append((form, passage.lines))
    for event in events:
        if event.place and event.place not in {form for items in found.values() for form, _ in items}:
            names.setdefault(event.place, event.place)
            found.setdefault(event.place, []).append((event.place, event.lines))
    return tuple(
        Mention(names[key], tuple(dict.fromkeys(form for form, _ in items)), spans(*(lines for _, lines in items)))
        for key, items in found.items()
    )


def _hider(bodies: frozenset[str]):  # type: ignore[no-untyped-def]
    words = sorted((word for word in bodies if len(word) > 2), key=lambda word: (-len(word), word))
    pattern = re.compile("|".join(re.escape(word) for word in words)) if words else None

    def hide(passage: Passage) -> tuple[tuple[int, int], ...]:
        return tuple(found.span() for found in pattern.finditer(passage.text)) if pattern else ()

    return hide


def _in_passage(
    passage: Passage, gazetteer: Gazetteer, lang: str, hidden: tuple[tuple[int, int], ...]
) -> Iterator[tuple[int, int, str]]:
    taken = list(hidden)

    def free(start: int, end: int) -> bool:
        if any(start < last and first < end for first, last in taken):
            return False
        taken.append((start, end))
        return True

    folded = passage.folded
    for rule in _PATTERNS.get(lang, _PATTERNS["ja"]):
        for start, end in rule(folded):
            if folded[start:end] not in _NOT and free(start, end):
                yield start, end, ""
    for hit in gazetteer.hits(folded):
        if hit.entry.kind in _SMALL and not _is_language(folded, hit.end) and free(hit.start, hit.end):
            yield hit.start, hit.end, hit.entry.name


def _is_language(folded: str, end: int) -> bool:
    """日本語 and 日本人 are no places."""
    return folded[end : end + 1] in {"語", "人", "製", "酒", "円", "株"} or folded[end : end + 2] in {"時間", "国籍"}


def _japanese(folded: str) -> Iterator[tuple[int, int]]:
    for found in _REGION.finditer(folded):
        if found["part"]:
            yield found.span()
    for found in _JAPAN.finditer(folded):
        city = found["city"]
        if len(city) > 2 or found["pref"]:
            yield found.span()
    for found in _BLOCK.finditer(folded):
        yield found.span()
    for found in _SUFFIX.finditer(folded):
        start, end = found.span("n")
        name = folded[start:end]
        if len(name) >= 3:
            yield start, end
    for found in _REGION.finditer(folded):
        yield found.span("n")
    for pattern in (_STATE, _VISITED):
        for found in pattern.finditer(folded):
            yield found.span("n")
    agency = _AGENCY.match(folded)
    if agency:
        yield agency.span("n")


def _english(folded: str) -> Iterator[tuple[int, int]]:
    found = _DATELINE.match(folded)
    if found:
        yield found.span("n")
    for pattern in (_REPUBLIC, _LATIN_SITE):
        for found in pattern.finditer(folded):
            start, end = found.span("n")
            lead = re.match(r"(?:The|At|In|From|To|Near) ", folded[start:end])
            yield start + (lead.end() if lead else 0), end


def _chinese(folded: str) -> Iterator[tuple[int, int]]:
    for found in re.finditer(
        r"(?P<n>[\u4e00-\u9fff]{2,4}?(?:省|市|县|自治区|机场|港|岛|大会堂|国际会议中心))(?![\u4e00-\u9fff]?[长委政民])",
        folded,
    ):
        if not re.search(r"[的在和与是了将向对由从到]", found["n"]):
            yield found.span("n")


def _korean(folded: str) -> Iterator[tuple[int, int]]:
    for found in re.finditer(
        r"(?<![가-힣])(?P<n>[가-힣]{2,6}(?:특별시|광역시|특별자치시|특별자치도|시|도|군|구|읍|면|동|항|섬|공항|역))(?=[은는이가을를와과의에서,. )]|$)",
        folded,
    ):
        if len(found["n"]) > 2:
            yield found.span("n")


_PATTERNS = {"ja": (_japanese,), "en": (_english,), "zh": (_chinese,), "ko": (_korean,)}
