"""Organisations that the text names: those known by name, and those whose ending says what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from yoroku import patterns
from yoroku.briefing.model import Lines, Mention
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.facts_text import Passage, Taken, spans
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.names import HAN, kana_head, runs
from yoroku.bulletin.organisations_rules import AND_MINISTER, chinese, english, japanese, korean

_ENDINGS = tuple(
    str.split(
        "精機 工機 鉱機 精工 電装 鋼業 興業 商船 乳業 地所 通運 急便 紡績 化成 工務店 信金 生協 "
        "公社 公団 事業団 機構 協会 連盟 連合会 連絡会 協議会 審議会 委員会 研究会 研究所 研究センター 財団 社団 "
        "組合 連合 会議所 銀行 信用金庫 新聞 新聞社 新報 日報 時報 "
        "タイムス タイムズ テレビ 放送 通信 通信社 ラジオ 対策本部 警戒本部 推進本部 警察署 消防署 消防本部 消防局 "
        "警察本部 県警 府警 道警 気象台 大学 大学院 高等学校 高校 "
        "中学校 小学校 病院 センター 保健所 汽船 電鉄 鉄道 航空 電力 電機 電気 電工 製作所 製薬 化学 工業 重工 建設 "
        "地裁 高裁 家裁 簡裁 地検 高検 税関 取引所 大使館 総領事館 領事館 海上保安部 海上保安本部 労組 医師会 "
        "財務局 法務局 経済産業局 "
        "総合通信局 在留管理局 消防団 教育庁 企業庁 水道局 交通局 環境局 音楽隊 師団 旅団 航空隊 艦隊 司令部 "
        "研究院 学園 学院 幼稚園 保育園 球団 "
        "運輸 海運 証券 生命 保険 ホールディングス グループ 観測所 議会 "
        "拠点 検疫所 税務署 労働局 整備局 運輸局 農政局 事務局 自動車 製鉄 水産 食品 ガス 電子 物産 商事 商会 薬品 "
        "試験場 動物園 水族館 植物園 保険局 振興局 企画庁 保護団体 実行委 消防庁 公安委 教委 選管 "
        "構想会議 推進会議 戦略会議 連絡会議 対策会議 有識者会議 国民会議 "
        "諮問会議 評議会 懇談会 検討会 作業部会 分科会 専門家会議 安全保障会議 裁判所 検察庁 管理署 事務所 営業所 "
        "診療所 町内会 自治会 企業体 同好会 実行委員会 保存会 振興会 友の会 気象台 図書館 資料館 博物館 美術館 製菓 "
        "造船 造船所 製鋼所 鉄工 鉄工所 計器 光学 セメント 窯業 紡織 製粉 製糖 製油 倉庫 百貨店 書店 出版社 "
        "書房 書院 不動産 "
        "電器 火災 損害保険 海上保険 フェリー クルーズ エアライン エンジニアリング システムズ テクノロジーズ "
        "エレクトロニクス "
        "フィナンシャルグループ 連携会議 円卓会議 市民会議 調整会議 青年会議所 法律事務所 監査法人 "
        "製麺 製紙 製鋼 印刷 酒造 交通 観光 開発 商店 牧場 農協 漁協 省 庁 局 課 室"
    )
)
_BY_LAST = {last: tuple(word for word in _ENDINGS if word[-1] == last) for last in {word[-1] for word in _ENDINGS}}
# Endings that are words of their own: only with a name before them do they name a company.
_TRADES = tuple(
    str.split(
        "開発 観光 交通 建設 化学 工業 重工 印刷 食品 水産 鉄道 航空 保険 生命 ガス 電子 電力 電気 電機 自動車 "
        "運輸 海運 証券 放送 通信 新聞 "
        "グループ センター 組合 連合 大学 病院 銀行 学校 財団 機構 委員会 協議会 事務局 事務所 営業所 拠点 "
        "研究会 連絡会 検討会 対策本部 "
        "製薬 薬品 物産 商店 酒造 製紙 製鋼 製鉄 造船 造船所 製鋼所 鉄工所 計器 光学 倉庫 百貨店 書店 出版社 "
        "不動産 電器 火災 フェリー "
        "クルーズ エンジニアリング 調整会議 連携会議 局 課 室"
    )
)
_COMPANY = lazy(
    r"(?:(?:株式会社|有限会社|合同会社|合資会社|(?:一般|公益)?(?:社団|財団)法人|(?:国立|独立行政|地方独立行政|"
    r"特定非営利活動|学校|社会福祉|医療|国立研究開発)法人|NPO法人) ?"
    rf"[{HAN}ァ-ヴーA-Za-z0-9・&.-]{{1,30}}(?: [A-Z][A-Za-z]+)*"
    rf"|(?:\(株\)|㈱|\(一社\)|\(公財\)) ?[{HAN}ァ-ヴーｦ-ﾟA-Za-z0-9・&]{{2,20}}"
    rf"|(?:(?<![ぁ-ん])[ぁ-ん]{{2,4}})?[{HAN}ァ-ヴーｦ-ﾟA-Za-z0-9・&]{{1,24}}(?:株式会社|\(株\)|㈱)|"
    rf"[ァ-ヴー・A-Za-z]{{3,20}}社(?=[はがのとをに、。(]))"
)
_LATIN = lazy(
    r"(?<![\w.-])(?P<n>(?:[A-Z][\w&.-]*,? (?:of |for |and |the |on )*){1,7}?(?:Inc\.|Ltd\.?|plc|PLC|LLC|Corp\.|"
    r"Corporation|GmbH|AG|Co\., Ltd\.)"
    r"|(?:[A-Z][\w&-]* ){0,4}(?:Ministry|Department|Office|Bureau|University|Institute|College) (?:of|"
    r"for)(?: (?:the )?[A-Z][\w-]*,?(?= |\.|,|$)(?: and| of)?){1,5}"
    r"|(?:[A-Z][\w&-]* ){1,4}(?:(?:Bank|University|Council|Institute|Association|Assembly) of [A-Z][a-z]+|"
    r"Ministry|Agency|Authority|Commission|Committee|Council|Association|Foundation|"
    r"Institute|University|College|Union|Bank|"
    r"Gazette|Times|Post|Herald|Tribune|Chronicle|Observer|News|Press|Group|Holdings|Federation|Organization|"
    r"Organisation|Coalition|Alliance|Network|Board|Bureau|Division|Service|Partnership|Company|Society|Hospital|"
    r"Airlines|Railway|Courier|Ledger|Journal|Networks|Systems|Technologies|Software|Laboratories|Labs|Ferries|Motors|"
    r"Airways|Turbines|Semiconductors?|Fleet|Coast Guard|Army|Navy))(?!\w)"
)
# Without one of these `_LATIN` finds nothing.
_LATIN_ENDING = lazy(
    r"Inc\.|Ltd|plc|PLC|LLC|Corp|GmbH|AG|Ministry|Department|Office|Bureau|University|Institute|College|Agency|"
    r"Authority|Commission|Committee|Council|Association|Foundation|Union|Bank|Gazette|Times|Post|Herald|Tribune|"
    r"Chronicle|Observer|News|Press|Group|Holdings|Federation|Organi|Coalition|Alliance|Network|Board|Division|"
    r"Service|Partnership|Company|Society|Hospital|Airlines|Railway|Courier|Ledger|Journal|Systems|Technologies|"
    r"Software|Laboratories|Labs|Ferries|Motors|Airways|Turbines|Semiconductor|Fleet|Coast Guard|Army|Navy|Assembly"
)
_ACRONYM = lazy(rf"(?P<n>[{HAN}ァ-ヴー]{{4,20}}) ?\((?P<a>[A-Z][A-Za-z-]{{1,9}})\)")
_CHINESE = lazy(
    r"(?P<n>[\u4e00-\u9fff]{2,5}[省市县縣区區州](?:人民)?(?:政府)?[\u4e00-\u9fff]{1,6}(?:局|厅|廳|委|处|處|署|中心)(?![长長面势勢部])|"
    r"[\u4e00-\u9fff]{2,12}?(?:部|委员会|委員會|总局|管理局|公司|集团|大学|研究院|研究所|银行|协会|学会|法院|"
    r"检察院|外交部|商务部|国务院|组织|基金会|通讯社|日报|晚报|时报|新闻网|办公室))(?<!安排部)(?![\u4e00-\u9fff]?长)"
)
_KOREAN = lazy(
    r"(?<![가-힣])(?P<n>[가-힣A-Z]{2,14}(?:부|청|처|위원회|공사|공단|협회|대학교|연구원|연구소|은행|그룹|전자|신문|"
    r"일보|방송|통신|본부|재단|시청|도청|경찰서|소방서|모빌리티|중공업|에너지|제약|바이오|건설|물산|화재|증권|텔레콤|식품|제과|"
    r"조선해양|법원|검찰청|의회|노조|노동조합|학회|연합회|조합|병원|박물관|미술관|"
    r"센터))(?=[은는이가을를와과의도에께,. )(·]|$)"
)
_HOLDER = lazy(
    r"(?<=.{4})(?:次長|長官|局長|課長|部長|理事長|理事|会長|教授|准教授|職員|委員長|署長|所長|院長|学長|主任研究員|"
    r"研究員|発表|提供|主催|共催|後援|調べ|協力|作成|公表|担当)$"
)
_HEADS = frozenset({"局長", "課長", "部長", "署長", "所長", "院長"})
_HOLDER_ENDINGS = tuple("長官授事員表供催援べ力成当")
_SECTION = lazy(r"^(?P<m>.{2,8}?[省庁])(?P<s>.{2,8}[課室局])$")
_PART = lazy(
    r"^(?:一|同|各|当|全|両|本|この)[^大]{0,2}(?:部|課|局|室|省|庁|会|社)$|(?:記者会見|待合|地下|宿直|控|相談|会議|"
    r"会見|応接|教|病|客|個|研究|談話|事務)室$"
)
_LEADING = lazy(r"^(?:及び|又は|[同自両各]国|同|各|当|両|・|[独仏伊露豪印](?=[ァ-ヴ]))")
_LISTED = lazy(
    rf"(?P<n>[{HAN}ァ-ヴーA-Za-z0-9・&]{{2,24}}) ?"
    rf"\((?:証券コード|コード番号?)? ?[:：]?(?!\d{{4}}[/年]\d)\d{{3}}[\dA-Z](?: "
    rf"?[・/、].{{0,8}})?\)"
)
_ABROAD = lazy(
    r"[独仏伊米英中韓豪印](?P<n>[ァ-ヴー]{2,}(?:・[ァ-ヴー]+)*・(?:ホールディングス|グループ|コーポレーション|カンパニー|バンク|エナジー|モーターズ|テクノロジーズ|インターナショナル))"
)


_Rule = Callable[[str, Gazetteer], Iterator[tuple[int, int]]]


def organisations(
    passages: tuple[Passage, ...], masks: dict[int, tuple[tuple[int, int], ...]], gazetteer: Gazetteer, lang: str
) -> tuple[Mention, ...]:
    """Every organisation once, under the first form used. `masks` are the names of people, by passage id."""
    found: dict[str, list[tuple[str, Lines]]] = {}
    names: dict[str, str] = {}
    for passage in passages:
        if passage.place in {"dropped", "reference"}:
            continue
        hidden = Taken(len(passage.folded))
        for start, end in masks.get(id(passage), ()):
            hidden.take(start, end)
        for start, end, key in _in_passage(passage, gazetteer, lang):
            if not hidden.free(start, end):
                continue
            form = passage.text[start:end]
            names.setdefault(key or form, form)
            found.setdefault(key or form, []).append((form, passage.lines))
    return tuple(
        Mention(
            _with_state(names[key], items),
            tuple(dict.fromkeys(form for form, _ in items)),
            spans(*(lines for _, lines in items)),
        )
        for key, items in found.items()
    )


# 米国防省 rather than 国防総省: of two forms the one that says whose it is.
_OF_STATE = lazy(r"^(?:[米英仏独伊露豪](?=[^\x00-\x7f]{3})|アメリカ|イギリス|ロシア|中国|韓国)")


def _with_state(name: str, items: list[tuple[str, Lines]]) -> str:
    if name.isascii() or _OF_STATE.match(name):
        return name
    return next((form for form, _ in items if _OF_STATE.match(form)), name)


def _in_passage(passage: Passage, gazetteer: Gazetteer, lang: str) -> Iterator[tuple[int, int, str]]:
    folded = passage.folded
    free = Taken(len(folded)).take

    def by_pattern() -> Iterator[tuple[int, int, str]]:
        for rule in _PATTERNS.get(lang, _PATTERNS["ja"]):
            for start, end in rule(folded, gazetteer):
                last = end
                # Department of State INL Rewards: the known name is the organisation.
                if lang == "en" and (known := _known_at(folded, start, gazetteer)) and known < end:
                    last = known
                if last - start > 1 and free(start, last):
                    yield start, last, ""

    def by_name() -> Iterator[tuple[int, int, str]]:
        for hit in gazetteer.hits(folded):
            if hit.entry.kind in {"organisation", "news"} and free(hit.start, hit.end):
                yield hit.start, hit.end, hit.entry.name

    yield from by_pattern()
    yield from by_name()


def _known_at(folded: str, start: int, gazetteer: Gazetteer) -> int:
    """Where a known name that begins at `start` ends, or 0."""
    hit = next((hit for hit in gazetteer.hits(folded) if hit.start == start), None)
    return hit.end if hit is not None and hit.entry.kind == "organisation" else 0


def _companies(folded: str, _gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    if (
        "会社" not in folded
        and "法人" not in folded
        and "株)" not in folded
        and "㈱" not in folded
        and "社" not in folded
    ):
        return
    for found in _COMPANY.finditer(folded):
        if found.group() not in {"株式会社", "有限会社"} and not found.group().startswith(("会社", "式会社")):
            yield found.span()


def _head(folded: str, start: int, run: str) -> int:
    """Where a name begins that `run` ends: みどり県警察本部."""
    kana = run[0] in "県市町村" and "ぁ" <= folded[start - 1 : start] <= "ん"
    return kana_head(folded, start) if kana else start


def _suffixes(folded: str, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """湾岸高速道路公社, 水無瀬市災害対策本部, 産業経済安全省: a run of letters that ends like an organisation."""
    for first, last, whole in runs(folded):
        start = _head(folded, first, whole)
        run = folded[start:last]
        if (named := _university(folded, start, last, run)) is not None:
            yield named
            continue
        end, word = last, run
        held = _HOLDER.search(run) if run.endswith(_HOLDER_ENDINGS) else None
        if held:
            # 気候適応庁次長, 雪代地方気象台発表: the body stands before the office or the verb.
            end, word = last - len(held.group()), run[: held.start()]
        if word.endswith("支局") or (held and held.group() in _HEADS and word.endswith(_TRADES)):
            # 佐波支局 is a part of a paper, 運輸交通 a part of 運輸交通局長.
            continue
        assembly = _ASSEMBLY.search(run) if "議会" in run else None
        if assembly:
            yield start + assembly.start("n"), start + assembly.end("n")
            continue
        if word.endswith("署") and len(word) > 2 and word not in _NO_STATION:
            # 潮路署は…: a police or fire station by its short name.
            yield end - len(word), end
            continue
        if (
            not word.endswith(_BY_LAST.get(word[-1:], ()))
            or len(word) > 24
            or folded[start - 1 : start] in {"お", "ご"}
        ):
            continue
        lead = _LEADING.match(word)
        name = word[lead.end() :] if lead and len(word) - lead.end() > (2 if word[-1] in "省庁" else 3) else word
        if (
            len(name) < (3 if name[-1] in "省庁" else 4)
            or name in _ENDINGS
            or name in gazetteer.words["not-organisation"]
        ):
            continue
        if name[0] in "回期次日年月号" and folded[end - len(name) - 1 : end - len(name)].isdecimal():
            if patterns.search("[都道府県市区町村]", name[3:]) and name[0] in "回期次":
                # 第12回美浜田市図書館協議会: the body of a town stands after the count.
                yield end - len(name) + 1, end
            # 第2回検討会 names a session, not a body.
            continue
        if _PART.search(name) or gazetteer.find(name) is not None or _generic(name, gazetteer):
            continue
        at = end - len(name)
        if (before := _OF_BEFORE.search(folded, max(0, at - 8), at)) and len(name) < 12 and name == word:
            # 学びの地図研究所: what stands before the の belongs to the name.
            yield end - len(name) - len(before["w"]), end
            continue
        section = _SECTION.match(name)
        if section:
            yield end - len(name), end - len(section["s"])
        else:
            yield end - len(name), end


# 令和4年第2回篠ノ原市議会定例会
_ASSEMBLY = lazy(
    r"(?:^|[年月日回号])(?P<n>[^年月日回号]{1,7}[都道府県市区町村]議会)(?:定例会|臨時会|議員|議長|会議録|事務局|全員協議会|だより)*$"
)
_NO_STATION = frozenset(
    str.split("部署 本署 同署 各署 両署 支署 消防署 警察署 税務署 分署 自署 他署 関係署 所轄署 当署")
)
_OF_BEFORE = lazy(r"(?:^|[、。「『(【\s])(?P<w>[一-龥]{1,4}[ぁ-ん]{1,2}の)$")
_UNIVERSITY = lazy(r"の[一-龥々ァ-ヴー・ ]{1,12}(?:教授|准教授|名誉教授|特任教授|講師|助教|学長|総長|研究員)")


def _university(folded: str, start: int, last: int, run: str) -> tuple[int, int] | None:
    """霧ケ峰大の○○教授: a university by its short name."""
    if run.endswith("大") and 2 < len(run) < 9 and _UNIVERSITY.match(folded, last):
        return start, last
    return None


def _generic(name: str, gazetteer: Gazetteer) -> bool:
    """研究開発, 共同研究・開発, 地域交通: a trade's word after common words is no company."""
    held = next((word for word in _TRADES if name.endswith(word)), "")
    return bool(held) and all(
        part in gazetteer.words["common"] or part in gazetteer.words["notname"]
        for part in patterns.split("・|及|並", name.removesuffix(held))
        if part
    )


def _latin(folded: str, _gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    for found in _LATIN.finditer(folded) if _LATIN_ENDING.search(folded) else ():
        start, end = found.span("n")
        while (
            lead := patterns.match(
                r"(?:SOURCE|About|Acquire|Acquires|Joins|Sues|Buys|The|A|An|And|In|At|On|For|From|With|By|Of|To) ",
                folded[start:end],
            )
        ) is not None:
            start += lead.end()
        cut = AND_MINISTER.search(folded, start, end)
        end = cut.start() if cut else end
        while folded[start:end].endswith((",", " and", " of")):
            end -= 1 if folded[end - 1] == "," else 4 if folded[start:end].endswith(" and") else 3
        # Joint Press Conference is no body.
        if " " in folded[start:end] and not patterns.match(
            r" (?:Conference|Release|Secretary|Briefing|Statement|Gaggle|Kit|Availability|Note)", folded[end:]
        ):
            yield start, end


# 【テレビ東帝　三条記者】: the paper or station of who asks.
_ASKING = lazy(rf"^[【(](?P<n>[^【】() ]{{2,14}}) [{HAN}ァ-ヴー]{{1,8}}記者[】)]")


def _acronyms(folded: str, _gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """日米共同情報分析組織(BIAC), 国際食料備蓄機構（IFSO）."""
    asking = _ASKING.match(folded)
    if asking:
        yield asking.span("n")
    for found in _ABROAD.finditer(folded):
        yield found.span("n")
    if "(" not in folded:
        return
    for found in _LISTED.finditer(folded):
        yield found.span("n")
    for found in _ACRONYM.finditer(folded):
        name = found["n"]
        if patterns.search(
            r"(?:組織|機構|機関|連合|会議|協会|センター|委員会|本部|研究所|連盟|基金|銀行|庁|省|局|会|軍|隊|団|体)$",
            name,
        ):
            yield found.span("n")


# 近日国际海事组织: what runs into a name.
_LEAD_ZH = patterns.late(
    r".*(?:近日|日前|今天|昨天|记者从|根据|据|经|由|就|向|对|與|与|和|及|同|从|在|到|被|让|请|代表|针对|称|[0-9年月日])"
)


def _chinese(folded: str, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    for hit in gazetteer.open_hits(folded):
        if hit.entry.kind in {"organisation", "news"} and len(hit.form) > 2:
            yield hit.start, hit.end
    for found in (*_CHINESE.finditer(folded), *chinese(folded)):
        start, end = found.span("n")
        lead = _LEAD_ZH.match(found["n"])
        start += lead.end() if lead else 0
        name = folded[start:end]
        if (
            len(name) > 2
            and not patterns.search(r"[的在和是了将向对，开完息为等已把關关本該该]|[南北东西東中内外全下上]部$", name)
            and name not in {"全部", "一部", "内部", "外部", "干部", "总部"}
        ):
            # 5月22日外交部发言人: the letter belongs to the date.
            yield start + (name[0] in "日月年" and folded[start - 1 : start].isdecimal()), end


def _korean(folded: str, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    for found in _KOREAN.finditer(folded):
        if found["n"] not in gazetteer.words["not-organisation"] and len(found["n"]) > 2:
            yield found.span("n")


def _around(rule: Callable[[str], Iterator[tuple[int, int]]]) -> _Rule:
    return lambda folded, _gazetteer: rule(folded)


_PATTERNS: dict[str, tuple[_Rule, ...]] = {
    "ja": (_companies, _acronyms, _around(japanese), _suffixes, _latin),
    "en": (_around(english), _latin),
    "zh": (_chinese, _latin),
    "ko": (_around(korean), _korean, _latin),
}
