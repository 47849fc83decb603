"""Lines that are no text but say what the text is: dates, issuers, release banners at the head of a bulletin."""

from __future__ import annotations

import re
from functools import lru_cache

from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.lines import Look

RELEASE = lazy(
    r"(?:【?(?:報道発表|プレスリリース|プレス・リリース|ニュースリリース|news ?release|press ?release|release|"
    r"immediate release|for (?:immediate )?release|"
    r"お知らせ|発表資料|報道(?:発表)?(?:用)?資料|記者発表(?:資料)?|報道関係者?(?:各位|の皆様).{0,6}|\S{0,12}各位|"
    r"\S{2,12}の皆(?:様|さま)へ?|記者会見|media release|statement|readout|"
    r"transcript|advisory|speech|速報|号外|至急|重要|通知|事務連絡|.{0,16}新闻稿|.{0,16}新聞稿|.{0,12}보도자료|보도참고자료|"
    r"新着情報|トピックス|ニュース|news)】?\s*(?:\(.{1,30}\)|[・/／].{1,20})?)",
    re.I,
)
_MONTHS = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
# What stands beside a date on a line that only dates: times, weekdays, editions; no matter.
_STAMP = (
    r"[\s\d:：.,/()（）~～〜－–-]|午前|午後|[時分秒月火水木金土日曜祝・]|頃|ごろ|現在|付け?|朝刊|夕刊|号外|版|更新|公開|配信|"
    r"発表|掲載|最終|初出|放送|収録|公表|まで|から|開催|UTC|JST"
)
DATED = lazy(
    r"[\[(（【]?\s?(?:[^。:：]{0,14}[:：]\s?)?(?:(?:西暦)?\d{4}\s?[年/.-]|令和|平成|昭和|大正|明治|[rhs]\d{1,2}[.年])"
    r"[\s\d一二三四五六七八九十〇元年月日/.:：()（）\[\]【】時分秒頃ごろ月火水木金土日曜祝令和平成昭和現在午前後更新公開配信発表付け掲載最終tzTZJSTGMUC+~～〜,、\-]*(?:up|"
    r"配信|更新|公開|発表|掲載|現在)?[\])）】]?|"
    rf"(?:(?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s)?(?:published|updated|posted|"
    rf"released|date)?:?\s?(?:\d{{1,2}}\s)?{_MONTHS}\s(?:\d{{1,2}},?\s)?\d{{4}}.{{0,24}}|"
    rf"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s\d{{1,2}}\s[a-z]{{3,9}}\s\d{{4}}.*|\d{{1,2}}月\s?\d{{1,2}}日(?:{_STAMP}){{0,16}}|"
    rf"\d{{4}}-\d\d-\d\d(?:{_STAMP}|[A-Za-z|+]){{0,24}}|"
    r"[\d\s:/.-]+|(?:最終更新[:：]?)?\d{1,2}/\d{1,2}\s?\([月火水木金土日]\)\s?\d{1,2}:\d{2}.{0,6}|"
    r"(?:(?:등록일|작성일|게시일|배포일|보도일)\s?[:：]?\s?)?\d{4}[-.]\s?\d{1,2}[-.]\s?\d{1,2}.{0,16}|"
    r"\d{4}년\s?\d{1,2}월\s?\d{1,2}일.{0,16}|(?:입력|수정|发布时间|發布時間|时间|日期)\s?[:：]?\s?\d{4}.{6,30}",
    re.I,
)
ISSUER = lazy(
    r"(?:[^。、「」『』:：]{1,24}(?:省|庁|局|課|室|部|署|県|府|都|市|区|町|村|警察|本部|銀行|大学|研究所|機構|"
    r"協会|委員会|議会|気象台|統括官|新聞社?|新報社?|日報社?|通信社|放送局|裁判所|検察庁|官房|事務局|事務所|センター|院|会社|公社|財団|法人|大臣決定|閣議決定|会議決定|厅|办公室|"
    r"部门|[가-힣]{2}(?<!신)청|[가-힣]{3}부|[가-힣]{3}처|위원회))|"
    r"(?:[^。、「」]{2,20}[省庁県市町村]\s*/\s*[A-Z].{3,40})|(?:(?:株式会社|㈱|㈲|有限会社|合同会社|一般社団法人|一般財団法人|"
    r"公益財団法人|公益社団法人|独立行政法人|国立研究開発法人|国立大学法人|(?:認定)?NPO法人|"
    r"(?:認定)?特定非営利活動法人|社会福祉法人|医療法人|学校法人|宗教法人|\(株\))[^\s「」。、]{1,24})|"
    r"(?:office of (?:the )?.{3,50})|"
    r"(?:(?:the )?(?:embassy|consulate|consulate[- ]general|permanent mission) of .{3,50})|"
    r"(?:(?:[A-Z][\w’'-]+ ){0,3}(?:ministry|department|bureau|office|council|commission) (?:of|for) [A-Z].{2,50})|"
    r"(?:.{3,60}(?:inc|ltd|llc|plc|corp|corporation|ministry|department|agency|bureau)\.?)|(?:(?:ministry|"
    r"department|bureau) of .{3,50})",
    re.I,
)
_MEETING = lazy(r"第\s?[\d一二三四五六七八九十百]+回")
READING = lazy(r"[（(](?:[ぁ-ん]{1,20}|[^（）()]{1,12}(?:担当|課|係|室|班))[)）]")
SPACED = lazy(r"(?:\S{1,2} ){3,}\S{1,2}")


def bare(look: Look) -> str:
    """The line at half width, closed up when its letters were spaced out (`2 0 1 8 年`, `中 央 銀 行`)."""
    return look.flat.replace(" ", "") if look.cjk and " " in look.flat and SPACED.fullmatch(look.flat) else look.flat


@lru_cache(maxsize=4096)
def _dated(text: str) -> bool:
    return bool(DATED.fullmatch(text))


@lru_cache(maxsize=4096)
def _issuer(text: str) -> bool:
    return bool(ISSUER.fullmatch(READING.sub("", text)))


def dated(look: Look) -> bool:
    """Whether the line only dates the text."""
    return look.size <= 60 and not (look.sentence and look.size > 30) and _dated(bare(look))


def issuer(look: Look) -> bool:
    """Whether the line only names who issued the text."""
    # 第4回海洋資源開発本部 met: a meeting by its number issues nothing.
    return look.size <= 70 and not look.sentence and not _MEETING.match(look.flat) and _issuer(bare(look))


def release(look: Look) -> bool:
    """Whether the line is a banner: 報道発表資料, FOR IMMEDIATE RELEASE."""
    return look.size <= 50 and bool(RELEASE.fullmatch(look.flat))
