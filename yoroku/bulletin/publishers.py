"""Who published a text: how titles, credits, heads and feet of bulletins name them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from yoroku import patterns
from yoroku.bulletin.facts_pattern import lazy, searched
from yoroku.bulletin.lines import Look

AGENCY = (
    r"共同(?:通信)?|時事(?:通信)?|ロイター|AFP(?:時事|=時事|通信)?|AP(?:通信)?|新華社|聯合ニュース|NHK|CNN|BBC|"
    r"ブルームバーグ|タス通信|[^\s（）()【】「」=＝・、。]{1,12}(?:新聞|通信|日報|新報|時報|放送|テレビ|タイムズ|"
    r"ニュース)社?"
)
WIRE = lazy(
    rf"(?:^|"
    rf"(?<=[。」』\s]))[（(【\[](?:[^（）()【】\[\]。、]{{0,14}}?[\s=＝])??(?P<place>[^（）()【】\[\]。、=＝]{{0,10}}?)(?P<name>{AGENCY})(?:[\s=＝][^（）()【】\[\]。]{{0,14}})?[)）】\]]"
)
PREFIX = lazy(
    r"^(?:【(?P<a>[^【】]{2,20})】|(?P<b>[^\s:：「」]{2,20}(?:新聞|日報|新報|通信|テレビ|放送|ニュース|"
    r"タイムス|タイムズ|TV|NHK|省|庁|県|市|機構|協会|会社|社|局|誌|紙|オンライン|[Nn]ews))\s?[:：])"
)
ANY = lazy(r"^(?!所在地|住所|会社名|設立|電話|代表者|資本金|事業内容|URL)(?P<a>[^\s:：「」、。]{2,12})：(?=\S{6,})")
SUFFIX = lazy(r"[（(](?P<a>[^（）()]{2,30})[)）]\s?(?:発表|より|公表|提供|資料)?$")
ISSUED = lazy(
    r"^(?P<a>[^「」、。（）()]{2,24}?)(?:[（(][^（）()]{1,12}[)）])?\s?(?:発表|の?(?:公式)?(?:発表|"
    r"プレスリリース|ニュースリリース|リリース|声明))$"
)
DATE_OFF = lazy(
    r"^.{0,4}?(?:\d{4}\s?[年/.-]\s?\d{1,2}\s?[月/.-]\s?\d{1,2}\s?日?|(?:令和|平成|昭和)\s?(?:\d{1,2}|"
    r"元)年\d{1,2}月\d{1,2}日|"
    r"\d{1,2}月\d{1,2}日)(?:\s?[（(][月火水木金土日][)）])?(?:\s?\d{1,2}[:時]\d{2}分?)?\s?(?:付け?)?(?:の|、|"
    r"\s)*"
)
CREDITED = lazy(
    r"^(?P<a>[^\s、。「」]{2,30}?(?:\s[A-Za-z][\w.]*){0,3})(?:(?:の記事|の報道|の配信)?(?:より|から)(?:転載|"
    r"引用|抜粋)?|配信|提供|による|付(?:朝刊|夕刊)|(?:朝|夕)刊)$"
)
SOURCE = lazy(
    r"^(?:出典|引用元?|出所|転載元|提供元?|配信元?|情報源|発表者?|発行|発信元|source|publisher|来源|출처|"
    r"via)\s?[:：]\s?(?!https?:)(?P<a>\S.{0,58}?)$",
    re.I,
)


def of_part(words: str, credits: Iterable[Look]) -> str:
    """The publisher that a document's title or credit line names; empty when neither does."""
    for text in (words, *(credit.text for credit in credits)):
        found = of_dated_head(text) or (of_credit(text) if text is not words else "")
        if found:
            return found
    return (of_headed(words) if words[:1] in "◆■●◇▼○◎★【〈＜<" else "") or of_title(words)


# 〈南潮テレビ〉2024年3月29日 6時30分, 西海タイムス（2024年3月29日 朝刊）, Skyline Daily, March 28, 2024.
DATED_HEAD = lazy(
    r"^[〈＜<【\[■◆●]?\s?(?P<a>[^\d\s〈〉＜＞<>【】\[\]（）()、。「」,:：][^\d〈〉＜＞<>【】\[\]（）()、。「」,:：]{1,24}?)"
    r"(?:[〉＞>】\]][\s　]*|[\s　]*[（(]\s?|[\s　]+|,\s)"
    r"(?:(?:\d{4}\s?[年/.-]\s?\d{1,2}\s?[月/.-]\s?\d{1,2}|(?:令和|平成)\s?[\d元]{1,2}年\d{1,2}月\d{1,2})日?"
    r"(?:\s?[（(][月火水木金土日][)）])?|(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December) \d{1,2}, \d{4})"
    r"(?:[\s　]*(?:\d{1,2}[:時]\d{2}分?|朝刊|夕刊|配信|付け?|電子版|掲載|公開|[AP]M))*\s?[)）]?$"
)
_OUTLET = lazy(
    r"(?:新聞社?|新報|日報|通信社?|放送|テレビ|ニュース|タイムズ|タイムス|ラジオ|オンライン|TV|省|庁|県|市|機構|協会|"
    r"Daily|News|Times|Post|Herald|Tribune|Agency|Press|Journal|Ministry|日报|通讯社|신문|일보|뉴스)$"
)


def of_dated_head(words: str) -> str:
    """The outlet of a line that only names it and its day."""
    found = DATED_HEAD.match(words)
    name = found.group("a").strip() if found else ""
    return name if _OUTLET.search(name) else ""


def of_headed(words: str) -> str:
    """The publisher in a marked line over its text: `◆○○新聞　2026年5月12日付１面`, `◆通信会社「○○」プレスリリース`."""
    bare = words.lstrip("◆■●◇▼○◎★【〈＜< 　")
    quoted = patterns.match(r"[^「」\s]{0,10}「([^「」]{2,20})」(?:プレスリリース|ニュースリリース|発表|の発表)", bare)
    plain = patterns.match(
        r"(\S{2,24}?)(?:[\s　]+(?:\d{4}年)?\d{1,2}月\d{1,2}日|プレスリリース|ニュースリリース|発表資料|の発表|の報道)",
        bare,
    )
    found = quoted or plain
    return found.group(1) if found else ""


def of_title(words: str) -> str:
    """The publisher in a title: `北方日報：…`, `…（防衛省）`, `○○機構（ABC）発表`."""
    for pattern in (PREFIX, ANY, ISSUED, SUFFIX):
        match = pattern.search(words)
        if match:
            found = next((group for group in match.groups() if group), "")
            if found and not patterns.search(
                r"\d{1,2}日|^第?\d+[報回]?$|前編|後編|上|下|PDF|写真|動画|更新|速報|続報|詳報|訂正|まとめ|上編|下編",
                found,
            ):
                return found
    return ""


def of_credit(text: str) -> str:
    """The publisher in a credit line: `2023年1月13日の○○ニュースより転載`, `出典：○○`."""
    match = SOURCE.match(text)
    if match:
        return patterns.sub(r"\s*https?://\S+$", "", match.group("a")).strip()
    bare = DATE_OFF.sub("", text.strip())
    match = CREDITED.match(bare)
    return match.group("a") if match else ""


DATELINE = lazy(
    r"^[A-Z][A-Za-z.'’ -]{2,40}(?:, [A-Z][A-Za-z. ]{2,20})?,? (?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|"
    r"Nov|Dec)[a-z]*\.? "
    r"\d{1,2}(?:, \d{4})? )?\((?P<name>[A-Z][A-Za-z. ]{1,24})\) ?[-–—―]"
)


# ポルナ東洋通信: the town that a dateline puts before its agency.
_TOWN_OF_WIRE = lazy(r"^[ァ-ヴー・]{2,}(?=[\u4e00-\u9fff]{2,6}通信社?$)")


def of_wire(text: str) -> str:
    """The agency of `【ジュネーブ共同】…`, `…（共同）` or `PORT ELLERY (Reuters) -`."""
    match = DATELINE.match(text) or WIRE.search(text)
    return _TOWN_OF_WIRE.sub("", match.group("name")) if match else ""


BODY = (
    r"省|庁|局|県|府|都|市|区|町|村|警察署|警察本部|警察|消防本部|消防署|消防局|銀行|大学|研究所|機構|協会|"
    r"委員会|議会|気象台|裁判所|"
    r"検察庁|本部|会社|公社|財団|法人|センター|連盟|連合会|組合|新聞社?|新報社?|日報社?|通信社?|放送|テレビ|"
    r"タイムズ|タイムス|"
    r"ニュース|役場|役所|学会|病院|博物館|美術館|図書館|研究院|政府|町内会|自治会|商工会|振興会|クラブ|新聞網|"
    r"日报|晚报|[가-힣](?<!신)청|신문|통신|일보|뉴스|방송"
)
CORPORATE = (
    r"株式会社|㈱|㈲|\(株\)|（株）|有限会社|合同会社|一般社団法人|一般財団法人|公益財団法人|公益社団法人|"
    r"独立行政法人|国立研究開発法人|国立大学法人|学校法人|特定非営利活動法人|ＮＰＯ法人|NPO法人|認定NPO法人|"
    r"社会福祉法人|医療法人|宗教法人|一般法人"
)
NAME = lazy(
    rf"(?P<a>(?:{CORPORATE})[^\s「」（）()。、:：]{{2,24}}|[^\s「」（）()。、:：=]{{1,20}}(?:株式会社|㈱)|"
    rf"[^\s「」（）()。、:：=・]{{1,20}}?(?:{BODY}))(?:長|知事)?(?:発表|提供|配信|掲載)?(?=$|\s|[（(、,]|民事|刑事|第)"
)
READING = lazy(r"[（(][ぁ-んァ-ヶー]{1,20}[)）]")
DATES = searched(
    r"[（(]?(?:(?:\d{4}|令和\s?[\d元]{1,2}|"
    r"平成\s?[\d元]{1,2})\s?[年/.-]\s?)?\d{1,2}\s?[月/.-]\s?\d{1,2}\s?日?(?:\s?[（(][月火水木金土日](?:曜日?)?[)）])?"
    r"(?:\s?(?:午前|午後)?\s?\d{1,2}\s?[:時]\s?(?:\d{1,2}分?)?)?\s?(?:現在|付け?|発表|配信|更新|更新日|掲載)?、?[)）]?"
)
DATED_NAME = lazy(
    r"^[（(=＝\[［]\s?(?:\d{4}\s?年\s?)\d{1,2}月\s?\d{1,2}日(?:\s?付け?)?[、\s]+(?P<a>[^\s、（）()]{2,16})[）)\]］]?$"
)
LABELLED = lazy(
    r"^(?:(?:上場)?会\s*社\s*名|商\s*号|法人名|団体名|発行者?|発信者?|発表者?|主催者?|事務局|發稿單位|发稿单位|发布单位|"
    r"發布單位|發布機關|信息来源|"
    r"发布机构|담당부서|배포기관|출처|issued by|issuer)"
    r"\s*[:：\s]\s*(?P<a>[^\s、（(:：／/]{2,30})",
    re.I,
)
INLINE = lazy(
    r"(?:来源|來源|출처)\s?[:：]\s?(?P<a>[^\s|｜，,]{2,20})|^[（(](?P<b>[^\s（）()]{1,8}?(?:社|报|報|网|"
    r"台))(?:记者|記者)|^[（(][^()=（）]{1,10}=(?P<c>[^()=（）]{2,12})[)）]|"
    r"^[\[［【（(][^\[\]［］、，,。]{2,10}[，,、/／]\s?(?P<d>[^\[\]［］、，,。\d][^\[\]［］、，,。]{1,15})[\]］】）)]$"
)
OWNED = searched(
    r"(?:著作権は)(?P<a>[^\s、。]{2,24}?)に帰属|^(?P<b>[^\s、。]{2,20}?)(?:社)?に(?:掲載|記載)の|(?:저작권자|"
    r"copyright|ⓒ|©)\s*(?:ⓒ|©|\(c\))?\s*(?:\d{4}(?:\s?[-–~]\s?\d{4})?)?\s*(?:by\s)?"
    r"(?!Policy|Notice|Law)"
    r"(?P<c>[^\s.,|。、\d][^.,|。、\d]{1,38}?)(?=\s*(?:[.,|。、]|all rights|版权所有|무단|株式会社$|$))",
    re.I,
)
BYLINED = lazy(r"^by [A-Z][^,]{3,60}, (?P<a>[A-Z][\w’'.&-]+(?: [A-Z][\w’'.&-]+){0,3})$", re.I)
PROVIDES = lazy(r"^(?P<a>[^\s「」、。]{2,24}?(?:株式会社|社|法人|財団))が提供する")
OFFICIAL = lazy(
    r"予算|議会|会議録|議事|定例会|会見|演説|お知らせ|募集|まつり|計画|公告|について|案内|広報|概要|例行|政府"
)
TITLED = lazy(
    r"(?P<a>[^\s「」、。（）()年度月日第回\d０-９]{1,8}?(?:(?:[都府県市区町村](?<!政府)|北海道)(?:議会|教育委員会)?|(?:省|市|县|"
    r"縣)(?:人民)?政府))(?![場民内長営立域街道])"
)
ENGLISH = lazy(
    r"\b(?P<a>(?:[A-Z][\w&’'-]+ ){0,3}(?:Ministry|Department|Office|Council|Agency|Bureau|Commission|"
    r"Authority|Institute|University|Committee|Court|Board|Centre|Center|Service(?: Office)?|Association)"
    r"(?: (?:of|for) (?:the )?[A-Z][\w-]+(?:(?:,| and) [A-Z][\w-]+| [A-Z][\w-]+){0,3}| [A-Z][a-z]+)?)\b"
)


def of_line(text: str) -> str:
    """The body that a short line at the head or foot names, its date, office and reading aside."""
    found = LABELLED.match(text)
    if found:
        return found.group("a")
    dated = DATED_NAME.match(text)
    if dated:
        return dated.group("a")
    bare = DATES.sub(" ", READING.sub("", text)).strip(" 　=＝、（）()[]【】★◆■●-―─")
    if not bare or len(bare) > 44 or patterns.search(r"[。：:]", bare):
        return ""
    if ENGLISH.fullmatch(bare):
        return bare
    match = NAME.match(bare)
    return match.group("a") if match and text.find(match.group("a")) >= 0 else ""


def of_owner(text: str) -> str:
    """The owner that a copyright line or a notice of rights names."""
    match = OWNED.search(text)
    return next((group for group in match.groups() if group), "").strip() if match else ""


def of_inline(text: str) -> str:
    """The source that stands inside a line: `来源：…`, `（嶺南社記者…電）`, `(한빛=가람통신)`."""
    match = INLINE.search(text)
    return next((group for group in match.groups() if group), "") if match else ""


def of_official(title: str) -> str:
    """The municipality or government whose own paper a title shows this to be."""
    if not OFFICIAL.search(title):
        return ""
    match = TITLED.search(title)
    return match.group("a") if match else ""
