"""Places that the text names: known ones, and those whose ending says what they are. People are masked first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from yoroku import patterns
from yoroku.briefing.model import Event, Lines, Mention
from yoroku.bulletin import places_rules
from yoroku.bulletin.facts_pattern import lazy, searched
from yoroku.bulletin.facts_text import Passage, Taken, spans
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.names import HAN, kana_head, runs

_ENDINGS = tuple(
    str.split(
        "航空基地 基地 駐屯地 空港 料金所 会議場 会館 発電所 原発 ダム 駅 港 諸島 半島 海峡 湾 島 沖 岬 岳 "
        "動物園 水族館 植物園 遊園地 牧場 球技場 市場 会議室 講堂 展望台 キャンプ場 温泉 商店街 団地 公園 広場 "
        "宮殿 迎賓館 総理大臣官邸 首相官邸 公邸 体育館 競技場 "
        "スタジアム アリーナ ドーム ターミナル 灯台 高原 平野 盆地 海岸 海域 漁港 トンネル 大橋 林道 街道 道路 国道 "
        "県道 ふ頭 埠頭 岸壁 グラウンド 球場 プール 役場 市役所 県庁 議事堂 保健センター 文化センター 公民館 資料館 "
        "博物館 美術館 図書館 川 灘 峠 神社 山脈 火山 湖 地方 沿岸 海溝 トラフ 渓谷 峡谷 湿原 砂丘 高地 台地 "
        "丘陵 運河 滝 橋 浜 "
        "沼 潟 遺跡 古墳 城跡 天満宮 教会 大聖堂 市民会館 公会堂 劇場 インターチェンジ ジャンクション 交差点 "
        "演習場 射場 変電所 浄水場 "
        "製油所 製鉄所 刑務所"
    )
)
_BY_LAST = {last: tuple(word for word in _ENDINGS if word[-1] == last) for last in {word[-1] for word in _ENDINGS}}
_ADDRESS = lazy(
    rf"(?P<pref>北海道|東京都|京都府|大阪府|"
    rf"[{HAN}]{{2,3}}県)?(?P<mid>[{HAN}]{{1,5}}郡)?(?P<city>[{HAN}ツ]{{1,6}}?[市区町村])(?P<rest>[{HAN}]{{1,8}}?(?:町|"
    rf"丁目)?)?"
)
_PREFECTURE = lazy(rf"(?P<n>北海道|東京都|京都府|大阪府|[{HAN}]{{2,3}}県)(?P<part>[{HAN}]{{1,8}}(?:地方|部|沖|沿岸))?")
_NOT_KEN = ("北海道", "東京都", "京都府", "大阪府")
# 蓮見市中心部, 三ツ又町役場: a town at the head of a longer word; 都市計画 and 市場 are none.
_TOWN = lazy(
    rf"(?:[{HAN}ツノ]{{1,4}}?[^都朝令の]市(?![場民販況価街部])|[{HAN}ツノ]{{1,4}}?[町村](?=役場|議会|立|内|教育|"
    rf"役所|民|公民館)|[{HAN}]{{2,4}}県(?=立|警|議会|庁|内|南|北|東|西|教育|知事))"
)
_STATION = lazy(rf"(?P<n>[{HAN}ァ-ヴーノ]{{1,8}}駅)(?:[東西南北中]?口|前|構内|周辺|付近|近く|近辺|ビル|間|南側|北側)+$")
_GOVERNED = searched(
    r"(?<![ァ-ヴー・])(?P<n>[ァ-ヴー]{3,})(?=政府|中央銀行|中銀|外務省|国防省|国営|当局|国内|議会(?!談)|人(?:の|が|は|を)|首相府|大統領府|駐在|(?:共和)?国境)"
)
_HIRAGANA_SITE = searched(
    r"(?:^|[\s、。「『（(・:：])(?P<n>[ぁ-ん]{2,6}[一-龥々]{0,4}(?:公民館|公園|会館|体育館|図書館|資料館|博物館|美術館|小学校|中学校|動物園|ホール|センター|広場|団地|駅))"
)
_BLOCK = lazy(r"\d{1,2}丁目")
_AREA = lazy(
    r"(?:地|学|校|管|選挙|全|各|同|該当|対象)区$|[^市]区分|(?:寄|入|出|開|帰|同)港$|(?:列|離|本|全|各)島$|区別|"
    r"(?:各|最寄り|始発|終着|当該)駅$"
)
# A name begins where its katakana does: tried at every letter, a long run would cost its length squared.
_WORD_START = r"(?<![ァ-ヴー])(?<![ァ-ヴー]{2}・)"
_VISITED = searched(
    rf"{_WORD_START}(?P<n>[ァ-ヴー]{{2,}}(?:・[ァ-ヴー]+)*)(?=寄港|を訪|に到着|訪問|市内|市(?![場長民])|で開|において|港|州|県|島)"
)
_STATE = searched(rf"{_WORD_START}(?P<n>[ァ-ヴー]{{2,}}(?:・[ァ-ヴー]+)*(?:首長国連邦|共和国|王国|連邦|首長国|公国))")
_MONTHS = str.split("January February March April May June July August September October November December")
_WEST_IN = lazy(
    r"\b(?:in|at|near|across|off) (?:the )?(?P<n>[A-Z][a-z]+(?:-[A-Z][a-z]+)?(?: (?:[A-Z][a-z]+|"
    r"of [A-Z][a-z]+)){0,2})(?=[ ,.;:)]|$)"
)
# at the Ostrel Energy refinery
_SITE_OF_FIRM = lazy(
    r" (?:refinery|plant|factory|mine|site|headquarters|office|store|shipyard|mill|brewery|warehouse)\b"
)
_AND_IN = lazy(
    r"(?:, |,? and )(?P<n>[A-Z][a-z]{3,})(?=[ ,.;]|$)(?! [A-Z])"
    r"(?!(?: \w+)? (?:said|told|will|has|have|was|is|were|are)\b)"
)
_GENERIC_FIRST = lazy(r"\b(?P<n>(?:Lake|Mount|Port|Cape|Fort|River|Gulf|Isle) (?:of )?[A-Z][a-z]+)")
_CITY_DATE = lazy(
    r"^(?!(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,)"
    r"(?P<n>[A-Z][a-z]+(?: [A-Z][a-z]+)?), (?=\d{1,2}[- ]|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
)
_LATIN_SITE = lazy(
    r"\b(?P<n>(?:[A-Z][\w'-]* ){1,3}(?:House|Hall|Palace|Airport|Port|Harbour|Harbor|Station|Bridge|Park|Stadium|"
    r"Square|Island|Islands|Bay|Strait|River|Lake|Dam|Base|Province|County|District|Street|Valley|Coast|Lane|Road|Avenue|"
    r"Annex|Pier|Quay|Wharf|Beach|Mountains?|Hills|Forest|Canyon|Falls|Desert|Peninsula|Sea|Canal|Tunnel))\b"
)
_DATELINE = lazy(
    r"^\(?(?P<n>[A-Z][A-Z'.-]+(?:[ -][A-Z'.-]+){0,3})(?:,? [A-Z][a-z.]+){0,2},? (?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|"
    r"Aug|Sep|Oct|Nov|Dec)[a-z.]* \d|\(|-)"
)
_REPUBLIC = lazy(r"\b(?:Republic|Kingdom|State|Commonwealth|Federation) of (?P<n>[A-Z][a-z]+)")
_AGENCY = lazy(
    r"^【(?P<n>[^【】\d=＝]{2,10}?)(?:共同|時事|AFP|ロイター|AP|[=＝][^】]{1,8}|(?<=[ァ-ヴー])[一-龥]{1,4}通信|時報社|新聞社|通信社)[^】]*】"
)
_SHOUTED = frozenset(str.split("URGENT BREAKING UPDATE CORRECTION EXCLUSIVE ALERT ADVISORY SOURCE"))
_SMALL = frozenset({"country", "city", "prefecture", "region", "place", "office-place"})


def places(
    passages: tuple[Passage, ...],
    masks: dict[int, tuple[tuple[int, int], ...]],
    bodies: frozenset[str],
    events: tuple[Event, ...],
    gazetteer: Gazetteer,
    *,
    lang: str,
) -> tuple[Mention, ...]:
    """Every place once. In `bodies`, the forms of organisations, no place is seen but the event's venue."""
    found: dict[str, list[tuple[str, Lines]]] = {}
    names: dict[str, str] = {}
    hide = _hider(bodies)
    for passage in passages:
        if passage.place in {"dropped", "reference"}:
            continue
        inside = hide(passage.text)
        hidden = (*masks.get(id(passage), ()), *inside)
        for start, end in inside:
            # The council of a town is in that town.
            seat = _seat(passage.folded[start:end], lang)
            if seat and seat["n"] not in gazetteer.words["not-place"] and not _AREA.search(seat["n"]):
                form = passage.text[start : start + len(seat["n"])]
                names.setdefault(form, form)
                found.setdefault(form, []).append((form, passage.lines))
        for start, end, key in _in_passage(passage, gazetteer, lang, hidden):
            form = passage.text[start:end].strip("・ ")
            # A dateline's SANTORA is Santora.
            same = key or (form.title() if form.isascii() and form.isupper() and len(form) > 3 else form)
            names.setdefault(same, form)
            found.setdefault(same, []).append((form, passage.lines))
    for at, passage in enumerate(passages[1:], 1):
        # A line under the heading 場所 is the venue.
        if (
            passage.place in {"paragraph", "item"}
            and places_rules.VENUE_HEADING.match(passages[at - 1].folded)
            and places_rules.VENUE_LINE.match(passage.folded)
        ):
            form = passage.text.strip("・■●○◆ 　")
            names.setdefault(form, form)
            found.setdefault(form, []).append((form, passage.lines))
    for event in events:
        if event.place and event.place not in {form for items in found.values() for form, _ in items}:
            names.setdefault(event.place, event.place)
            found.setdefault(event.place, []).append((event.place, event.lines))
    return tuple(
        Mention(names[key], tuple(dict.fromkeys(form for form, _ in items)), spans(*(lines for _, lines in items)))
        for key, items in found.items()
    )


# A zoo or a hall is a body and a place.
_FACILITIES = (
    "動物園",
    "水族館",
    "植物園",
    "博物館",
    "美術館",
    "図書館",
    "資料館",
    "会館",
    "公民館",
    "センター",
    "試験場",
    "病院",
)
_SEAT = lazy(
    r"^(?P<n>[^都道府県市区町村]{1,6}?[都道府県市区町村])(?:議会|役所|役場|教育委員会|消防|水道局|警|選挙管理|農業委員会|社会福祉|商工会|観光|立|災害|健康|福祉|環境|建設|総務|企画|土木|防災|危機|市民|"
    r"保健|農林|水産|産業|都市|上下水道|監査|会計|税務|財政|政策|広報|消費|感染症|県土|地域|文化|スポーツ|子ども|こども|生活|人事|交通|"
    r"港湾|河川|砂防|道路|住宅|建築|土砂|病院|保育|図書館|博物館|美術館|まち|くらし|ごみ)"
)
_SEAT_KANA = lazy(r"^(?P<n>[ァ-ヴー]{3,})(?=中央銀行|国立|政府|外務省|国防省|大学|議会|軍|王立)")
_SEAT_EN = lazy(
    r"^(?P<n>[A-Z][A-Za-z]+(?: [A-Z][a-z]+)?) (?:(?:City|County|Town|Parish|Borough|District|TOWN|CITY|COUNTY|PARISH|"
    r"BOROUGH|DISTRICT) (?:Council|COUNCIL)|(?:(?:city|county|town|borough|district|parish) )?council|(?:Fire|"
    r"Police) Department)$"
)
_SEAT_ZH = lazy(r"^(?P<n>[\u4e00-\u9fff]{2,4}[省市县縣])(?=[\u4e00-\u9fff])")


def _seat(body: str, lang: str) -> re.Match[str] | None:
    """The town or state that a body's name begins with."""
    if lang == "en":
        return _SEAT_EN.match(body)
    return _SEAT_ZH.match(body) if lang == "zh" else _SEAT.match(body) or _SEAT_KANA.match(body)


_FEW = 64  # beginnings of names that are quicker looked for one by one


def _hider(bodies: frozenset[str]) -> Callable[[str], list[tuple[int, int]]]:
    """Finds the bodies in a text, leftmost and longest first; what that costs does not grow with their number."""
    index: dict[str, list[str]] = {}
    for word in sorted(bodies, key=len, reverse=True):
        if len(word) > 2 and not word.endswith(_FACILITIES):
            index.setdefault(word[:2], []).append(word)
    few = tuple(index) if len(index) < _FEW else ()

    def hide(text: str) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        if few and not any(begin in text for begin in few):
            return found
        at = 0
        while at < len(text) - 2:
            words = index.get(text[at : at + 2])
            word = next((word for word in words if text.startswith(word, at)), None) if words else None
            if word:
                found.append((at, at + len(word)))
            at += len(word) if word else 1
        return found

    return hide if index else lambda _text: []


def _in_passage(
    passage: Passage, gazetteer: Gazetteer, lang: str, hidden: tuple[tuple[int, int], ...]
) -> Iterator[tuple[int, int, str]]:
    folded = passage.folded
    free = Taken(len(folded)).take
    for start, end in hidden:
        free(start, end)

    def by_pattern() -> Iterator[tuple[int, int, str]]:
        # A table of shelters has hundreds of addresses, and none is what the bulletin is about.
        for rule in _PATTERNS.get(lang, _PATTERNS["ja"]) if passage.place != "row" else ():
            for start, end in rule(folded, gazetteer):
                if folded[start:end] not in gazetteer.words["not-place"] and free(start, end):
                    yield start, end, ""

    def by_name() -> Iterator[tuple[int, int, str]]:
        for hit in gazetteer.hits(folded):
            if hit.entry.kind in _SMALL and not _is_language(folded, hit.end) and free(hit.start, hit.end):
                yield hit.start, hit.end, hit.entry.name

    # Republic of Korea is one name; 兵庫県西浜市 is one place although 兵庫県 is known.
    for rule in (by_name, by_pattern) if lang == "en" else (by_pattern, by_name):
        yield from rule()


def _is_language(folded: str, end: int) -> bool:
    """日本語 and 日本人 are no places."""
    return folded[end : end + 1] in {"語", "人", "製", "酒", "円", "株"} or folded[end : end + 2] in {"時間", "国籍"}


def _japanese(folded: str, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    blocks = "丁目" in folded
    for first, end, run in runs(folded):
        # 令和8年穂波野市…: the letter belongs to the date.
        dated = run[0] in "年月日時分回号期" and folded[first - 1 : first].isdecimal()
        start, word = (first + 1, run[1:]) if dated else (first, run)
        if dated and word.startswith("度"):
            start, word = start + 1, word[1:]  # 令和8年度町民税
        if not word:
            continue
        if word[0] in "県市町村" and len(word) > 2 and "ぁ" <= folded[start - 1 : start] <= "ん":
            # みどり県葉山台市: the first letters are hiragana, or the rest stands for itself.
            head = kana_head(folded, start)
            address = _ADDRESS.match(word, 1) if word[0] == "県" else None
            if head < start:
                yield head, start + (address.end("city") if address else 1)
                continue
            start, word = (start + 1, word[1:]) if address else (start, word)
        station = _STATION.match(word) if "駅" in word else None
        if station:
            yield start, start + station.end("n")
            continue
        if word[-1] in "市区町村" and not _AREA.search(word) and word not in gazetteer.words["surname-ja"]:
            address = _ADDRESS.fullmatch(word)
            if address and (len(address["city"]) > 2 or address["pref"]):
                block = _BLOCK.match(folded, end) if blocks else None
                yield start, block.end() if block else end
                continue
        if (
            (bare := word.rstrip("及並") or word).endswith(_BY_LAST.get(bare[-1], ()))
            and 3 <= len(word) <= 16
            and bare not in _ENDINGS
            and not (bare[-1] in "橋滝浜沼潟" and patterns.search("[市町村区県]", bare))
            and not _AREA.search(bare)
            and (bare[0] != "同" or bare.startswith("同志社"))
        ):
            yield start, start + len(bare)
            continue
        town = _TOWN.match(word) if "市" in word or "町" in word or "村" in word or "県" in word else None
        if town and town.end() < len(word) and word not in gazetteer.words["not-place"]:
            yield start, start + town.end()
        area = _PREFECTURE.match(word) if "県" in word or word.startswith(_NOT_KEN) else None
        if area and word[area.end() :][:1] not in {"長", "民", "議", "警", "立", "営", "政", "庁", "知"}:
            yield start, start + (area.end() if area["part"] else area.end("n"))
        block = _BLOCK.match(folded, end) if blocks else None
        if block and len(word) > 1:
            yield start, block.end()
    if "・" in folded or "ー" in folded or patterns.search(r"[ァ-ヴ]{2}", folded):
        for pattern in (_STATE, _VISITED, _GOVERNED):
            for found in pattern.finditer(folded):
                if found["n"] not in gazetteer.words["not-foreign"]:
                    yield found.span("n")
    yield from places_rules.japanese(folded)
    for found in _HIRAGANA_SITE.finditer(folded):
        yield found.span("n")
    agency = _AGENCY.match(folded)
    if agency:
        yield agency.span("n")


def _english(folded: str, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    found = _DATELINE.match(folded)
    if found and found["n"] not in _SHOUTED:
        yield found.span("n")
    dated = _CITY_DATE.match(folded)
    if dated:
        yield dated.span("n")
    for found in _WEST_IN.finditer(folded):
        words = found["n"].split(" ")
        if words[0] not in _MONTHS and not any(
            word in gazetteer.words["en-not-name"] or word in gazetteer.words["en-body"] for word in words
        ):
            if _SITE_OF_FIRM.match(folded, found.end()) or patterns.match(
                r" v?\d+\.\d", folded[found.end() : found.end() + 8]
            ):
                continue
            yield found.span("n")
            # rivers in Dorset, Hampshire and Kent
            at = found.end()
            while (more := _AND_IN.match(folded, at)) and more["n"] not in gazetteer.words["en-not-name"]:
                yield more.span("n")
                at = more.end()
    yield from places_rules.english(folded)
    for pattern in (_GENERIC_FIRST, _REPUBLIC, _LATIN_SITE):
        for found in pattern.finditer(folded):
            start, end = found.span("n")
            lead = patterns.match(r"(?:The|At|In|From|To|Near) ", folded[start:end])
            yield start + (lead.end() if lead else 0), end


def _chinese(folded: str, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    # Chinese writes its names without an edge: 访问北京, 在上海举行.
    for hit in gazetteer.open_hits(folded):
        if hit.entry.kind in _SMALL and not _is_language(folded, hit.end):
            yield hit.start, hit.end
    yield from places_rules.chinese(folded)


def _korean(folded: str, _gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    yield from places_rules.korean(folded)
    for found in patterns.finditer(
        r"(?<![가-힣])(?P<n>[가-힣]{2,6}(?:특별시|광역시|특별자치시|특별자치도|(?:경기|강원|제주|충청[남북]|전라[남북]|경상[남북])도|시|군|구|읍|면|동|항|섬|공항|역|"
        r"대교|대로|터널|산|강))(?=[은는이가을를와과의에서,. )]|$)",
        folded,
    ):
        if len(found["n"]) > 2 and not found["n"].endswith(_NO_PLACE_KO):
            yield found.span("n")


# Korean words that end as places do: 배포일시, 봉사활동, 해양수산.
_NO_PLACE_KO = tuple(
    str.split(
        "일시 실시 표시 개시 동시 즉시 게시 제시 지시 임시 예시 고시 명시 공시 중시 수시 "
        "감시 출시 전시 도시 무시 다시 역시 반드시 해군 공군 육군 미군 장군 적군 아군 "
        "연구 요구 청구 기구 복구 도구 친구 강구 추구 촉구 인구 활동 행동 운동 이동 공동 "
        "노동 자동 변동 아동 작동 시동 제도 정도 속도 보도 태도 지도 온도 연도 각도 밀도 "
        "강도 유도 시도 측면 방면 전면 화면 장면 반면 수면 서면 국면 당면 대면 지역 구역 "
        "해역 수역 권역 전역 무역 방역 영역 병역 번역 사항 조항 운항 취항 입항 출항 결항 "
        "예산 생산 자산 계산 확산 재산 해산 분산 국산 유산 축산 수산 청산 건강 보강 요강 "
        "그대로 제대로 마음대로 뜻대로"
    )
)

_PATTERNS = {"ja": (_japanese,), "en": (_english,), "zh": (_chinese,), "ko": (_korean,)}
