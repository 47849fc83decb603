"""The documents that a bulletin carries or quotes: publisher, title, address, and what says so.

Publishers are looked for in the order of the `SIGNS` table; a second sign that agrees makes the finding sure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from urllib.parse import urlsplit

from yoroku import patterns
from yoroku.briefing.model import Evidence, Review, Source, Span, Sure
from yoroku.bulletin import openings, publisher_signs, publishers
from yoroku.bulletin.facts_text import fold, spans
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.lines import SPACE, flat, key
from yoroku.bulletin.matter import DATED, ISSUER, RELEASE, SPACED
from yoroku.bulletin.messages import reason, say
from yoroku.bulletin.outline import Block, Line, Outline, Part
from yoroku.bulletin.page_owner import Sign, is_name, masthead, owners, seat
from yoroku.bulletin.source_patterns import (
    ABOUT,
    ANSWERS,
    CALLING,
    CREDIT_HEAD,
    CREDIT_TAIL,
    DESK,
    POINTED,
    POSTAL,
    RESIDENT,
    SECTION_OF,
    SITE_OF,
)
from yoroku.fields import Moment
from yoroku.records import dataclass

FOOT = 14  # lines at the end in which a page names its owner


Rule = Callable[[Outline, tuple[Block, ...]], Iterator["Sign"]]


@dataclass(frozen=True, slots=True)
class Found:
    """The sources with what is known and doubtful about them."""

    sources: tuple[Source, ...]
    evidence: tuple[Evidence, ...]
    review: tuple[Review, ...]


def find(outline: Outline, gazetteer: Gazetteer, *, dates: tuple[Moment | None, ...]) -> Found:
    """The bulletin's sources in order. `dates` are those of its parts."""
    sources: list[Source] = []
    evidence: list[Evidence] = []
    review: list[Review] = []
    blocks: dict[int, list[Block]] = {}
    for block in outline.blocks:
        blocks.setdefault(block.part, []).append(block)
    whole = {rule: tuple(rule(outline, ())) for rule in _OF_THE_WHOLE}
    for at, part in enumerate(outline.parts):
        if at == 0 and len(outline.parts) > 1 and not part.url and 0 not in blocks:
            continue  # a collection's own headline is no document
        # The name of a section alone (財政課) says less than any other sign.
        own = tuple(blocks.get(at, ()))
        found = _signs(outline, part, at, blocks=own, whole=whole, gazetteer=gazetteer)
        named = (Sign(publisher_signs.cleaned(sign.name), sign.lines, sign.why) for sign in found)
        signs = _ranked(tuple(sign for sign in named if is_name(sign.name)), latin=outline.lang not in _NATIVE)
        if not signs and not part.url and len(outline.parts) > 1:
            continue
        publisher = _short(signs[0].name) if signs else ""
        # All lines of the document, not only those that name it: how much of them may be shown follows from this.
        lines = spans(part.matter, part.lines)
        moment = dates[at] if at < len(dates) else None
        if publisher or part.url:
            sources.append(
                Source(
                    publisher=_authorised(publisher, gazetteer),
                    title=part.title,
                    url=part.url,
                    date=moment,
                    lines=lines,
                )
            )
        for also in _joint(signs) if at == 0 and len(outline.parts) == 1 else ():
            sources.append(Source(publisher=also.name, title=part.title, date=moment, lines=also.lines))
        if publisher:
            agree = len({sign.why for sign in signs if _same(sign.name, publisher)})
            sure: Sure = "high" if agree > 1 else "medium"
            evidence.append(
                Evidence(
                    f"sources[{len(sources) - 1}].publisher",
                    lines=signs[0].lines,
                    sure=sure,
                    why=reason(signs[0].why, outline.lang),
                )
            )
            other = next((sign for sign in signs if not _same(sign.name, publisher) and sign.why != signs[0].why), None)
            if other is not None and agree < 2:
                review.append(
                    Review(
                        "sources",
                        say("publisher-differs", outline.lang),
                        f"{publisher} / {other.name}",
                        signs[0].lines + other.lines,
                    )
                )
        else:
            review.append(Review("sources", say("no-publisher", outline.lang), part.url, part.matter[:1]))
    sources.extend(_referenced(outline, {source.url for source in sources}))
    return Found(tuple(sources), tuple(evidence), tuple(review))


_NATIVE = frozenset({"ja", "zh", "ko"})


def _ranked(signs: tuple[Sign, ...], *, latin: bool) -> list[Sign]:
    """Signs in order, a section alone (財政課), or a bureau where its ministry is named too, after all others.

    `latin`: the text's own language is written so. Otherwise Kitahama Broadcasting Corp. comes after 北浜放送.
    """
    ministry = any(sign.name.endswith(("省", "庁")) for sign in signs)

    def part_of(sign: Sign) -> bool:
        return bool(SECTION_OF.fullmatch(sign.name)) or (
            (ministry and sign.name.endswith("局") and not patterns.search("[省庁]|水道局|消防局", sign.name))
            or (not latin and sign.name.isascii() and " " in sign.name)
        )

    return sorted(signs, key=part_of)


def _short(name: str) -> str:
    """NHK of NHK (Japan Broadcasting Corporation): what a copyright line adds in brackets is no part of the name."""
    found = patterns.fullmatch(r"(\S[^()（）]{1,30}?)\s?[（(][A-Za-z .,&]{6,60}[)）]", name)
    return found[1] if found else name


def _authorised(name: str, gazetteer: Gazetteer) -> str:
    """NHK of NHKニュース: the site's own authority file says how a publisher that it knows is called."""
    entry = gazetteer.find(fold(name)) if name else None
    return entry.name if entry is not None and entry.id and entry.kind in {"organisation", "news"} else name


def _joint(signs: list[Sign]) -> Iterator[Sign]:
    """Further bodies that issued the text together: on lines of their own right below the first."""
    heads = [sign for sign in signs if sign.why == "文頭の発表者" and not SECTION_OF.fullmatch(sign.name)]
    taken = [signs[0]] if signs and signs[0].why == "文頭の発表者" else []
    for sign in heads:
        near = taken and sign.lines and taken[-1].lines and 0 <= sign.lines[0].first - taken[-1].lines[-1].last <= 1
        if near and not any(_same(sign.name, other.name) for other in taken):
            taken.append(sign)
            yield sign


def _same(name: str, other: str) -> bool:
    return bool(name) and (key(name) in key(other) or key(other) in key(name))


def _signs(
    outline: Outline,
    part: Part,
    index: int,
    *,
    blocks: tuple[Block, ...],
    whole: Mapping[Rule, tuple[Sign, ...]],
    gazetteer: Gazetteer,
) -> Iterator[Sign]:
    """Every name that some sign gives as this part's publisher, the most telling first.

    `blocks` are the part's own, `whole` what the rules say that look at the bulletin as a whole.
    """
    if part.publisher:
        yield Sign(part.publisher, part.matter or part.lines[:1], "題か転載元の行に記載")
    host = of_host(part.url, gazetteer)
    for rule in SIGNS[:3]:
        yield from rule(outline, blocks)
    if index == 0:
        yield from _site(outline, blocks)
        yield from _head(outline, blocks)
    if host:
        yield Sign(host, part.matter, "URLのドメイン")
    if index == 0:
        yield from owners(outline, gazetteer)
    for rule in SIGNS[3:] if index == 0 or not part.url else ():
        yield from whole[rule] if rule in whole else rule(outline, blocks)


def _wire(_: Outline, blocks: tuple[Block, ...]) -> Iterator[Sign]:
    for block in (*blocks[:4], *blocks[-3:]):
        # 【共立通信　坪井記者】 asks a question: nobody's text.
        name = publishers.of_wire(block.text) if block.kind != "turn" else ""
        if name:
            yield Sign(name, (block.span,), "配信元の表示")


def _credit(_: Outline, blocks: tuple[Block, ...]) -> Iterator[Sign]:
    for block in (*blocks[:6], *blocks[-6:]):
        name = publishers.of_credit(block.text) if len(block.text) < 70 else ""
        if name:
            yield Sign(name, (block.span,), "出典の記載")


def _head(_: Outline, blocks: tuple[Block, ...]) -> Iterator[Sign]:
    """An issuer on a line of its own at the head of a release."""
    for block in blocks[:8]:
        text = flat(block.text)
        spaced = SPACED.fullmatch(text)
        text = text.replace(" ", "") if spaced else text
        if block.kind in ("dateline", "byline", "item") and not DATED.fullmatch(text) and not RELEASE.fullmatch(text):
            name = block.text[len(block.marker) :].strip() if block.marker else block.text
            if text.endswith("共同発表"):
                names = [part for part in patterns.split(r"[\s　・]+", block.text.strip()) if part != "共同発表"]
                yield from (Sign(part, (block.span,), "文頭の発表者") for part in names if ISSUER.fullmatch(part))
                continue
            name = SPACE.sub("", name) if spaced else name
            name = patterns.split(r"\s/\s", name)[0]
            name = patterns.sub(r"(大臣|会議|委員会)決定$", r"\1", name)
            name = name if spaced else publishers.of_line(flat(name)) or name
            name = publishers.DATES.sub("", name).strip() or name
            name = name if key(name) in key(block.text) else block.text
            if ISSUER.fullmatch(flat(name)) or spaced or patterns.search(r"大臣$", name):
                yield Sign(name, (block.span,), "文頭の発表者")


def _site(outline: Outline, _: tuple[Block, ...]) -> Iterator[Sign]:
    if outline.site:
        yield Sign(outline.site, outline.title_lines[:1], "ページの題のサイト名")


def _foot(outline: Outline, blocks: tuple[Block, ...]) -> Iterator[Sign]:
    """The owner that the foot of a page or release names, dropped lines included."""
    for line in _last_lines(outline):
        text = flat(line.text.strip())
        for pattern, why in (
            (CALLING, "連絡先"),
            (DESK, "連絡先"),
            (RESIDENT, "ページの下部の所在地"),
            (POSTAL, "ページの下部の所在地"),
            (ABOUT, "会社の紹介"),
        ):
            match = pattern.search(text)
            if match and not (pattern is DESK and ANSWERS.search(text)):
                start, end = match.span("name")
                yield Sign(line.text.strip()[start:end].strip(), (Span(line.number, line.number),), why)
    for block in blocks[-4:]:
        match = CALLING.search(patterns.split(r"。", block.text)[-1])
        if match:
            yield Sign(match.group("name"), (block.span,), "連絡先")


def _short_lines(_: Outline, blocks: tuple[Block, ...]) -> Iterator[Sign]:
    """A body named alone on one of the first or last lines."""
    for block, why in (*((b, "文頭の発表者") for b in blocks[:5]), *((b, "文末の発表者") for b in blocks[-5:])):
        if block.kind not in ("row", "turn", "reference", "item", "caption") and len(block.text) <= 60:
            if POINTED.search(block.text):
                continue
            name = publishers.of_line(flat(block.text).strip())
            if name and key(name) in key(block.text):
                yield Sign(name, (block.span,), why)


def _inline(outline: Outline, blocks: tuple[Block, ...]) -> Iterator[Sign]:
    for block in blocks[: 8 if outline.lang == "zh" else 4]:
        name = publishers.of_inline(block.text)
        if name:
            yield Sign(name, (block.span,), "出典の記載")
        byline = publishers.BYLINED.match(block.text)
        if byline:
            yield Sign(byline.group("a"), (block.span,), "署名の所属")


def _owner(outline: Outline, _: tuple[Block, ...]) -> Iterator[Sign]:
    for line in _last_lines(outline):
        name = publishers.of_owner(line.text.strip())
        if name:
            yield Sign(name, (Span(line.number, line.number),), "著作権表示")


def _last_lines(outline: Outline) -> list[Line]:
    """The last lines with text, in order."""
    return list(islice((line for line in reversed(outline.lines) if line.text.strip()), FOOT))[::-1]


def _title(outline: Outline, blocks: tuple[Block, ...]) -> Iterator[Sign]:
    """The body whose own paper the title shows this to be; in English, that the first sentence names too."""
    name = publishers.of_official(outline.title)
    if name:
        yield Sign(name, outline.title_lines[:1], "題に名のある機関")
    opening = next((block for block in blocks if len(block.text) > 40), None)
    if outline.lang == "en" and opening is not None:
        match = publishers.ENGLISH.search(outline.title) or publishers.ENGLISH.search(opening.text[:120])
        if match:
            yield Sign(match.group("a"), (opening.span,), "本文の書き出し")


def _wire_owner(outline: Outline, blocks: tuple[Block, ...]) -> Iterator[Sign]:
    """【ウィーン共栄】 over a text whose last lines say © 共栄通信社: the owner's name fits the credit."""
    head = next((match for block in blocks[:4] if (match := CREDIT_HEAD.match(block.text))), None)
    if head is None:
        return
    for sign in _owner(outline, blocks):
        short = patterns.sub(r"(?:通信社?|新聞社?|放送|社)$", "", sign.name)
        if len(short) > 1 and short in head["in"]:
            yield sign
    # 【ポルタベーラ北洋】 and （北洋）: an agency that no list has signs both ends.
    tail = CREDIT_TAIL.search(blocks[-1].text) if blocks else None
    if tail and head["in"].endswith(tail["name"]) and head["in"] != tail["name"]:
        yield Sign(tail["name"], (blocks[-1].span,), "配信元の表示")
    if patterns.search(r"(?:時報|通信|新聞|新報|タイムズ)$", head["in"]):
        at = next(block for block in blocks[:4] if CREDIT_HEAD.match(block.text))
        yield Sign(head["in"], (at.span,), "配信元の表示")


# These look at the bulletin as a whole: what they say is the same for each of its documents.
_OF_THE_WHOLE: tuple[Rule, ...] = (
    _site,
    _owner,
    masthead,
    publisher_signs.issuing,
    publisher_signs.labelled,
    publisher_signs.signed,
    publisher_signs.footed,
)
SIGNS: tuple[Rule, ...] = (
    _wire,
    _credit,
    _inline,
    publisher_signs.labelled,
    publisher_signs.signed,
    publisher_signs.together,
    publisher_signs.headed,
    _short_lines,
    _wire_owner,
    publisher_signs.far_agency,
    publisher_signs.issuing,
    publisher_signs.signing,
    publisher_signs.acting_alone,
    openings.company,
    openings.provider,
    masthead,
    _foot,
    publisher_signs.footed,
    _owner,
    _title,
    openings.acting,
    seat,
)


def of_host(url: str, gazetteer: Gazetteer) -> str:
    """The publisher of an address by the host table, the longest matching domain first; empty when unknown."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
    while host:
        if host in gazetteer.hosts:
            return gazetteer.hosts[host]
        host = host.partition(".")[2]
    return ""


def _referenced(outline: Outline, known: set[str]) -> Iterator[Source]:
    """References whose publisher is named beside them are documents that the bulletin stands on."""
    for block in outline.blocks:
        for words, url in block.links:
            if url in known or not url.startswith("http"):
                continue
            named = publishers.of_title(words) if block.kind == "reference" else ""
            said = SITE_OF.match(block.text)
            publisher = named or (said.group("name") if said else "")
            if not publisher:
                continue
            if said:
                publisher = patterns.split(r"[はが、]", publisher)[-1]
            known.add(url)
            yield Source(publisher=publisher, title=words if words != url else "", url=url, lines=(block.span,))
