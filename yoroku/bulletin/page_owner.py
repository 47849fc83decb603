"""Whose a page is: known bodies named alone on a line of its menu, its foot or its title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yoroku.briefing.model import Lines, Span
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.facts_text import fold
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.outline import Block, Outline
from yoroku.records import dataclass

_NEAR = 16  # lines at either end of a page in which it says whose it is
_LONGEST = 60
_LATIN_TAIL = lazy(r"(?<=[^\x00-\x7f])[ /|()]+[A-Z][A-Za-z ,.'&-]+\)?$")
_NUMBERED = lazy(r"[ (]*法人番号.*$")
_STATE = lazy(r"^(?:U\.S\. |US )?(?P<n>Department of [A-Z][a-z]+(?: [A-Z][a-z]+)?|White House)$", re.IGNORECASE)
_EDGE = lazy(r" [-|/] |[|・/] ?| {2,}")
# ※第１報からの変更箇所は…, 場所　見本会館, 朝刊・: lines that end as a body's name does and are none.
_NO_NAME = lazy(
    r"^[※・(\[\d]|^第[\d一二三四五六七八九十]+回|^(?:開催)?(?:場所|会場|日時|日程|対象|出席者?|定員)(?:$|[\s:：　])|"
    r"から|について|、|。|・$|"
    r"^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d|"
    r"^(?:Environment|Transport|Political|Science|Health|Business|"
    r"Staff|Senior) (?:Reporter|Correspondent|Editor)|"
    r"^(?:朝刊|夕刊)\S{0,8}面$|^(?:総合|国際|経済|社会|政治|地域|文化|スポーツ|生活|科学)面$|"
    r"[:：]|^(?:所在地|設立|会社概要|關於|关于|About |Contact )|"
    r"^(?:information|"
    r"水道|情報|統計|朝刊|夕刊|政策|資料|広報|新聞|通信|放送|ニュース|テレビ|センター|事務局|"
    r"Press|News|"
    r"Office|MINISTRY|Department|Group|Policy|Notice|工程組|秘書室|"
    r"Crown copyright|本院|全国(?:の市区町村)?|審議会|国会|委員会|議会|教育委員会)$"
)
# The first lines of a page name whose it is: 北浜放送, 山波新報デジタル, 産業技術省, みずべの会.
_MASTHEAD = 8
_SITE_WORDS = lazy(
    r"[ 　]*(?:公式)?(?:ホームページ|公式サイト|ウェブサイト|サイト|デジタル|オンライン|電子版|ニュース|NEWS|WEB|Web|"
    r"プラス|ONLINE|Online|Homepage|homepage)$|^[^:：]{2,12}[:：]\s?"
)
_HEADED = lazy(
    r"[^\s　。、「」:：>＞\d（()）・]{1,16}(?:新聞社?|新報社?|日報社?|通信社?|タイムズ|タイムス|放送|テレビ|省|庁|官邸|"
    r"[都道府県市区町村]議会|協会|機構|研究所|大学|気象台|の会|東岛社|日报|晚报|신문|일보|뉴스|통신)|"
    r"[A-Z][\w&’'-]+(?: [A-Z][\w&’'-]+){0,3} (?:Broadcasting|News|Times|Tribune|Post|Herald|Agency)|"
    r"(?:Office|Department|Ministry) (?:of|for) (?:the )?[A-Z]\w+(?:(?:,| and)? [A-Z]\w+){0,3}"
)


# 桐野市公式ホームページ
_TOWN = lazy(r"[^\s　。、「」:：>＞\d（()）・]{1,8}[都道府県市区町村]")
_OUTLET = lazy(r"(?:新聞社?|新報社?|日報社?|タイムズ|タイムス|放送|テレビ)$")
_SEAT = lazy(r"^(?:開催)?(?:場所|会場)[ :]+(?P<n>\S{1,6}?[都道府県市区町村])(?:役所|役場|庁舎?)")


@dataclass(frozen=True, slots=True)
class Sign:
    """A publisher's name, where it stands, and which sign gave it."""

    name: str
    lines: Lines
    why: str


def is_name(name: str) -> bool:
    """Whether a string that a rule took for a body's name can be one."""
    return bool(name) and not _NO_NAME.search(fold(name))


def masthead(outline: Outline, _: tuple[Block, ...]) -> Iterator[Sign]:
    """The body that one of a page's first lines names, whose name stands elsewhere on the page too."""
    title = outline.title_lines[0].first if outline.title_lines else 0
    filled = [line for line in outline.lines if line.text.strip()]
    heads = [line for line in filled[:_MASTHEAD] if line.number < title]
    if len(heads) < 3 and not any(item for item in outline.dropped):
        return  # the head of a letter or release, not of a page
    found: list[Sign] = []
    for line in heads:
        words = _SITE_WORDS.sub("", line.text.strip()).strip()
        site = words != line.text.strip() and bool(_TOWN.fullmatch(words))
        if not (_HEADED.fullmatch(words) or site) or len(words) < 3:
            continue
        again = any(words in other.text for other in filled if other.number != line.number)
        # A paper's or a station's name among the very first lines is enough.
        outlet = line in heads[:4] and bool(_OUTLET.search(words))
        if again or words != line.text.strip() or line is heads[0] or outlet:
            found.append(Sign(words, (Span(line.number, line.number),), "ページの帯と下部の名"))
    yield from found[:1]


def seat(_: Outline, blocks: tuple[Block, ...]) -> Iterator[Sign]:
    """The town in whose hall a conference was held, when nothing else says whose the text is."""
    for block in blocks[:6]:
        found = _SEAT.match(fold(block.text))
        if found:
            yield Sign(found["n"], (block.span,), "会場の庁舎")


def owners(outline: Outline, gazetteer: Gazetteer) -> Iterator[Sign]:
    """Known bodies at the head of a page (title lines included), then at its foot; capitals after other spellings."""
    filled = [line for line in outline.lines if line.text.strip()]
    title = outline.title_lines[0].first if outline.title_lines else 0
    heads = [line for line in filled[:_NEAR] if line.number <= title]
    near = {line.number: line for line in (*heads, *filled[-_NEAR:])}
    dropped = {number for item in outline.dropped for span in item.lines for number in range(span.first, span.last + 1)}
    shouted: list[Sign] = []
    for number, line in sorted(near.items()):
        own = number in {span.first for span in outline.title_lines}
        if len(line.text) > _LONGEST + 40 or not (number in dropped or own):
            continue
        name = _known(line.text.strip(), gazetteer, whole=not own)
        if name:
            sign = Sign(name, (Span(number, number),), "ページの帯と下部の名")
            if name.isascii() and name.isupper():
                shouted.append(sign)
            else:
                yield sign
    yield from shouted


def _known(text: str, gazetteer: Gazetteer, *, whole: bool) -> str:
    """The known body that a line is, or (`whole` false, a title) that one of its parts is."""
    folded = fold(text)
    bare = _LATIN_TAIL.sub("", _NUMBERED.sub("", folded)).strip()
    parts = _EDGE.split(folded) if not whole else [bare, folded, *(_EDGE.split(folded)[:1])]
    if not whole:
        parts += folded.split(" ")
    for part in parts:
        words = part.strip()
        state = _STATE.match(words)
        if state:
            return text[folded.find(words) + state.start("n") :][: len(state["n"])]
        entry = gazetteer.find(words) if 1 < len(words) <= _LONGEST else None
        if entry is not None and entry.kind in {"organisation", "news"} and len(words) > 2:
            return text[folded.find(words) :][: len(words)]
    return ""
