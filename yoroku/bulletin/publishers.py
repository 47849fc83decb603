"""Who published a text: how titles, credits, heads and feet of bulletins name them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from yoroku.bulletin.lines import Look

AGENCY = (
    r"共同(?:通信)?|時事(?:通信)?|ロイター|AFP(?:時事|=時事|通信)?|AP(?:通信)?|新華社|聯合ニュース|NHK|CNN|BBC|"
    r"ブルームバーグ|タス通信|[^\s（）()【】「」=＝・、。]{1,12}(?:新聞|通信|日報|新報|放送|テレビ|タイムズ|"
    r"ニュース)"
)
WIRE = re.compile(
    rf"(?:^|"
    rf"(?<=[。」』\s]))[（(【\[](?:[^（）()【】\[\]。、]{{0,14}}?[\s=＝])??(?P<place>[^（）()【】\[\]。、=＝]{{0,10}}?)(?P<name>{AGENCY})(?:[\s=＝][^（）()【】\[\]。]{{0,14}})?[)）】\]]"
)
PREFIX = re.compile(
    r"^(?:【(?P<a>[^【】]{2,20})】|(?P<b>[^\s:：「」]{2,20}(?:新聞|日報|新報|通信|テレビ|放送|ニュース|"
    r"タイムス|タイムズ|TV|NHK|省|庁|県|市|機構|協会|会社|社|局|誌|紙|オンライン|[Nn]ews))\s?[:：])"
)
SUFFIX = re.compile(r"[（(](?P<a>[^（）()]{2,30})[)）]\s?(?:発表|より|公表|提供|資料)?$")
ISSUED = re.compile(
    r"^(?P<a>[^「」、。（）()]{2,24}?)(?:[（(][^（）()]{1,12}[)）])?\s?(?:発表|の?(?:公式)?(?:発表|"
    r"プレスリリース|ニュースリリース|リリース|声明))$"
)
DATE_OFF = re.compile(
    r"^.{0,4}?(?:\d{4}\s?[年/.-]\s?\d{1,2}\s?[月/.-]\s?\d{1,2}\s?日?|(?:令和|平成|昭和)\s?(?:\d{1,2}|"
    r"元)年\d{1,2}月\d{1,2}日|"
    r"\d{1,2}月\d{1,2}日)(?:\s?[（(][月火水木金土日][)）])?(?:\s?\d{1,2}[:時]\d{2}分?)?\s?(?:付け?)?(?:の|、|"
    r"\s)*"
)
CREDITED = re.compile(
    r"^(?P<a>[^\s、。「」]{2,30}?(?:\s[A-Za-z][\w.]*){0,3})(?:(?:の記事|の報道|の配信)?(?:より|から)(?:転載|"
    r"引用|抜粋)?|配信|提供|による|付(?:朝刊|夕刊)|(?:朝|夕)刊)$"
)
SOURCE = re.compile(
    r"^(?:出典|引用元?|出所|転載元|提供元?|配信元?|情報源|発表者?|発行|発信元|source|publisher|来源|출처|"
    r"via)\s?[:：]\s?(?!https?:)(?P<a>\S.{0,58}?)$",
    re.I,
)


def of_part(words: str, credits: Iterable[Look]) -> str:
    """The publisher that a document's title or credit line names; empty when neither does."""
    for credit in credits:
        found = of_credit(credit.text)
        if found:
            return found
    return of_title(words)


def of_title(words: str) -> str:
    """The publisher in a title: `北方日報：…`, `…（防衛省）`, `○○機構（ABC）発表`."""
    for pattern in (PREFIX, ISSUED, SUFFIX):
        match = pattern.search(words)
        if match:
            found = next((group for group in match.groups() if group), "")
            if found and not re.search(r"\d{1,2}日|^第?\d+[報回]?$|前編|後編|上|下|PDF|写真|動画|更新|速報", found):
                return found
    return ""


def of_credit(text: str) -> str:
    """The publisher in a credit line: `2023年1月13日の○○ニュースより転載`, `出典：○○`."""
    match = SOURCE.match(text)
    if match:
        return re.sub(r"\s*https?://\S+$", "", match.group("a")).strip()
    bare = DATE_OFF.sub("", text.strip())
    match = CREDITED.match(bare)
    return match.group("a") if match else ""


def of_wire(text: str) -> str:
    """The agency of `【ジュネーブ共同】…` or `…（共同）`."""
    match = WIRE.search(text)
    return match.group("name") if match else ""
