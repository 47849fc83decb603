"""Several documents in one bulletin: where each begins, and the lines that name it.

A document is named by a title, an address and a credit standing together; text must follow. The same pair under
`参考リンク`, or with no text after it, is a reference. Rules of punctuation part releases pasted one after another.
"""

from __future__ import annotations

import re

from yoroku import patterns
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.headings import BYLINE, mark
from yoroku.bulletin.lines import URL, Look
from yoroku.bulletin.matter import dated, issuer, release
from yoroku.records import dataclass, replace

CREDIT = lazy(
    r".{0,40}(?:より(?:転載|引用|抜粋)?|から(?:転載|引用)|転載元.{0,30}|配信|の記事|の報道|付(?:朝刊|夕刊|"
    r"電子版)|による)$|(?:出典|引用元?|出所|転載元|提供元?|配信元?|情報源|via|source|来源|"
    r"출처)\s?[:：].{1,60}|.{0,40}(?:新聞|通信|ニュース|放送|テレビ|news|times).{0,12}(?:\d{1,2}:\d{2}.{0,10}|"
    r"配信|掲載|報道|朝刊|夕刊)$",
    re.I,
)
LABELLED = lazy(
    r"^[-・*\s]*(?:source|出典|引用元?|元記事|出所|原文|記事(?:url)?|via|url|リンク元?|link|来源|链接|출처|"
    r"原文链接|(?:ニュース)?ソース)\s?[:：]\s?(?P<url>https?://\S+)$",
    re.I,
)
REFERENCES = lazy(
    r"(?:(?:[IVX]+|\d{1,2}|第?[一二三四五六七八九十]+)[.．、 ]\s?)?(?:[■□◆◇●○▼【\[〈＜<（(]\s?)?(?:参考|関連|"
    r"外部)(?:リンク|url|資料|サイト|情報|文献|ページ|文書)?(?:集|"
    r"一覧)?(?:[】\]〉＞>）)])?\s?[:：]?|リンク\s?[:：]?|related links?:?|references?:?|further (?:reading|"
    r"information):?|see also:?|links?:?|参考链接[:：]?|相关链接[:：]?|参考资料[:：]?|관련 ?링크[:：]?",
    re.I,
)
RULE = lazy(r"[=＝\-‐―─━＿_*＊~～〜・◇◆■□#＃+.…※☆★]{5,}$|(?:\s?[*＊※◇]\s?){3,}$")
# A marked line that says whose text follows: ◆○○新聞　5月12日付, ■○○社プレスリリース.
HEADED = lazy(
    r"[◆■●◇▼○◎★【〈＜<]\s?[^。]{2,30}?(?:[\s　]+(?:\d{4}年)?\d{1,2}月\d{1,2}日\s?(?:付|発表|配信|掲載|放送|朝刊|夕刊)|"
    r"(?:プレスリリース|ニュースリリース|発表資料|の発表|の報道))[^。]{0,10}$"
)
REACH = 4  # lines around an address that may name its document


@dataclass(frozen=True, slots=True)
class Piece:
    """One document as found: positions of the lines that name it (None: there is none) and of its text."""

    title: int | None
    url: int | None
    address: str
    credits: tuple[int, ...]
    start: int


@dataclass(frozen=True, slots=True)
class Pieces:
    """The documents in order, and the pairs of title and address that are only references."""

    pieces: tuple[Piece, ...]
    references: tuple[tuple[int | None, int, str], ...]
    rules: tuple[int, ...] = ()


def find(looks: tuple[Look, ...], *, headline: int | None) -> Pieces:
    """The documents and references among the lines that were kept."""
    pieces: list[Piece] = []
    references: list[tuple[int | None, int, str]] = []
    rules: list[int] = []
    listing = False
    used: set[int] = set()
    told = next((at for at, look in enumerate(looks) if look.sentence), len(looks))
    credited = {at for at, look in enumerate(looks[:-1]) if HEADED.match(look.text) and looks[at + 1].sentence}
    for at, look in enumerate(looks):
        if REFERENCES.fullmatch(look.flat):
            listing = True
            continue
        if at in credited and len(credited) >= 2:
            pieces.append(Piece(at, None, "", (), at + 1))
            used.add(at)
            continue
        address = _address(look)
        if not address:
            if listing and (look.sentence or (mark(look)[0] and not _near_address(looks, at))):
                listing = False
            piece = _ruled(looks, at) if told < at else None
            if piece is not None:
                pieces.append(piece)
                rules.append(at)
            continue
        title = _title_before(looks, at, used)
        credits = _credits(looks, at, title, used)
        after = max((at, *credits)) + 1
        labelled = LABELLED.match(look.text)
        if pieces and pieces[-1].url is None and pieces[-1].title in credited and title is None and not labelled:
            pieces[-1] = replace(pieces[-1], url=at, address=address)
            used.add(at)
            continue
        if not listing and not labelled and _text_follows(looks, after):
            if (title is not None and looks[title].number == headline) or (title is None and not pieces and at <= 3):
                pieces.insert(0, Piece(title, at, address, credits, min(after, len(looks))))
            elif title is not None:
                pieces.append(Piece(title, at, address, credits, after))
            else:
                references.append((None, at, address))
        elif labelled and not pieces and at < 8:
            pieces.append(Piece(None, at, address, credits, after))
        elif title is not None and looks[title].number == headline and not pieces:
            pieces.append(Piece(title, at, address, credits, min(after, len(looks))))
        else:
            references.append((title if title is None or looks[title].number != headline else None, at, address))
        used.update((at, *credits), {title} if title is not None else set())
    return Pieces(tuple(pieces), tuple(references), tuple(rules))


def _address(look: Look) -> str:
    labelled = LABELLED.match(look.text)
    if labelled:
        return labelled.group("url")
    match = URL.match(look.text)
    return look.text if match and match.end() == len(look.text) else ""


def _near_address(looks: tuple[Look, ...], at: int) -> bool:
    return any(_address(other) for other in looks[at + 1 : at + 3])


def _title_before(looks: tuple[Look, ...], at: int, used: set[int]) -> int | None:
    for before in range(at - 1, max(-1, at - 1 - REACH), -1):
        look = looks[before]
        if before in used or look.sentence or _address(look) or REFERENCES.fullmatch(look.flat):
            return None
        if dated(look) or CREDIT.fullmatch(look.flat) or release(look) or BYLINE.fullmatch(look.flat):
            continue
        return before
    return None


def _credits(looks: tuple[Look, ...], at: int, title: int | None, used: set[int]) -> tuple[int, ...]:
    found = []
    for before in range(at - 1, max(-1, at - 1 - REACH), -1):
        if before in used or (before == title and title < at - 1):
            break
        if before != title and _credit(looks[before]):
            found.append(before)
    if (
        title is not None
        and title == at - 1
        and title - 1 >= 0
        and title - 1 not in used
        and CREDIT.fullmatch(looks[title - 1].flat)
    ):
        found.append(title - 1)
    for after in range(at + 1, min(len(looks), at + 1 + REACH)):
        if not _credit(looks[after]):
            break
        found.append(after)
    return tuple(sorted(set(found)))


def _credit(look: Look) -> bool:
    if look.sentence or look.size > 60:
        return False
    return bool(
        CREDIT.fullmatch(look.flat)
        or dated(look)
        or BYLINE.fullmatch(look.flat)
        or (issuer(look) and not mark(look)[0])
    )


def _text_follows(looks: tuple[Look, ...], at: int) -> bool:
    for look in looks[at : at + 3]:
        if look.sentence or look.text.startswith(("「", "『", "“")):
            return True
        if _address(look):
            return False
        if patterns.match(r"[^。]{1,14}[:：]\s?\S", look.flat) and not dated(look):
            return True
    return False


def _ruled(looks: tuple[Look, ...], at: int) -> Piece | None:
    """A rule of punctuation, with a title and its date or issuer below."""
    if not RULE.fullmatch(looks[at].text):
        return None
    head = looks[at + 1 : at + 6]
    named = any(dated(look) or issuer(look) or release(look) for look in head)
    for offset, look in enumerate(head):
        if dated(look) or issuer(look) or release(look):
            continue
        if (
            look.sentence
            or not named
            or mark(look)[0]
            or patterns.search(r"[:：]", look.flat)
            or RULE.fullmatch(look.text)
        ):
            return None
        return (
            Piece(at + 1 + offset, None, "", (), at + 1)
            if any(other.sentence for other in looks[at + 2 + offset : at + 8 + offset])
            else None
        )
    return None
