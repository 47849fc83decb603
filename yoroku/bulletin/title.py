"""The title: candidates near the head of the bulletin, scored by independent signs; never words of our own."""

from __future__ import annotations

from yoroku import patterns
from yoroku.briefing.model import Sure
from yoroku.bulletin.boilerplate_patterns import menu_words
from yoroku.bulletin.headings import BYLINE, SECTION
from yoroku.bulletin.lines import URL, Look, key
from yoroku.bulletin.matter import dated, issuer, release
from yoroku.bulletin.title_layout import labelled_below, layout
from yoroku.bulletin.title_page import page_titles
from yoroku.bulletin.title_patterns import (
    ACT,
    BRACKETS,
    CAPTIONED,
    COLON_END,
    DASHED,
    DECORATED,
    DETAIL,
    DOCUMENT,
    EDITION,
    GLUED,
    GREETING,
    KANA_PAIR,
    LABEL,
    LABELLED,
    MARKDOWN,
    NAMED,
    OF_PAGE,
    OPENING,
    PERSON,
    PLACE_LINE,
    ROUND,
    ROUND_END,
    RULED,
    SEPARATED,
    SIGNED,
    SITE,
    SPACED_CELLS,
    STAMPED,
    SUFFIX,
    TITULAR,
    VALUE_EN,
    VERBAL,
)
from yoroku.records import dataclass

HEAD = 40  # lines looked at in a bulletin that is no copied page
LONGEST_CJK, LONGEST_LATIN = 90, 220
BELOW_ACT = 6  # lines below an act's first sentence in which its title may stand
ENOUGH = 3.0  # a candidate below this is no title


@dataclass(frozen=True, slots=True)
class Title:
    """The title's words, the lines that carry it, the line that stands as the headline, and how it was found."""

    text: str
    lines: tuple[int, ...]
    headline: int | None
    sure: Sure
    why: str
    site: str = ""
    echoes: tuple[int, ...] = ()


def find(looks: tuple[Look, ...], dropped: dict[int, str], *, folded: frozenset[int], first: int, page: bool) -> Title:
    """The best title among `looks`. `first` is the line where the text begins in a page that was copied whole.

    Folded lines are no candidates but count as repetition.
    """
    live = [at for at, look in enumerate(looks) if look.number not in dropped and look.number not in folded]
    opening = next(
        (
            at
            for at in live
            if looks[at].sentence and looks[at].size >= 30 and looks[at].number >= (first if page else 0)
        ),
        None,
    )
    begin = first if page else 0
    body = "".join(look.key for look in looks if look.sentence and look.number not in dropped and look.number >= begin)
    body = body[:6000]
    counts: dict[str, int] = {}
    for look in looks:
        counts[look.key] = counts.get(look.key, 0) + 1
    heads = page_titles(looks)
    headed = frozenset((*heads, *(key(head) for head in heads)))
    # A text that brings its own front matter does not get to fill in ours.
    forged = bool(looks) and looks[0].text == "---"
    best: tuple[float, Look, str, str, list[str]] | None = None
    limit = (
        (opening + 3 if opening is not None else len(looks)) if page else (opening + 1 if opening is not None else HEAD)
    )
    limit += BELOW_ACT if any(ACT.fullmatch(looks[at].flat) for at in live[:3]) else 0
    order = 0
    until = live.index(opening) if opening is not None else -1
    for place, at in enumerate(live):
        look = looks[at]
        if at > limit and not look.line.hint.startswith("h1"):
            break
        found = _candidate(look, forged=forged)
        if found is None:
            continue
        near = until - place if place <= until else None
        below = [looks[other] for other in live[place + 1 : place + 4]]
        after = next(
            (other for other in below if STAMPED.search(other.flat) and not other.sentence), below[0] if below else None
        )
        above = looks[live[place - 1]] if place else None
        under = above is not None and bool(SECTION.fullmatch(above.flat.strip(BRACKETS)))
        score, signs, text, site = _score(
            looks,
            at,
            found,
            body=body,
            counts=counts,
            heads=heads,
            headed=headed,
            near=near,
            after=after,
            below=below,
            order=order,
            page=page,
            under=under,
        )
        order += _faults(look, text, key(text), page=page, under=under) < 3
        if best is None or score > best[0] + 1e-9:
            best = (score, look, text, site, signs)
    if best is not None and best[0] >= ENOUGH:
        _, look, text, site, signs = best
        return _title(looks, heads, look=look, text=text, site=site, signs=signs)
    return _from_sentence(looks, [at for at in live if not page or looks[at].number >= first] or live)


def _title(
    looks: tuple[Look, ...], heads: dict[str, str], *, look: Look, text: str, site: str, signs: list[str]
) -> Title:
    """The title that a candidate makes, with all lines that say it."""
    same = key(text)
    sure: Sure = "high" if len(signs) >= 2 else "medium"
    says = {other.number for other in looks if other.key == look.key or (text and other.key == same)}
    numbers = tuple(sorted({*says, look.number}))
    return Title(text, numbers, look.number, sure, "、".join(signs), site, _echoes(looks, heads, same, numbers))


def _echoes(looks: tuple[Look, ...], heads: dict[str, str], same: str, numbers: tuple[int, ...]) -> tuple[int, ...]:
    """The page's own title lines: the headline again, with the site's name."""
    if same not in heads:
        return ()
    return tuple(
        look.number for look in looks[:3] if same in look.key and look.key != same and look.number not in numbers
    )


def _candidate(look: Look, *, forged: bool) -> str | None:
    """The words of a line that could be the title; None when it is a date, a label, an address or a menu."""
    text = look.text
    marked = MARKDOWN.match(text) or (LABEL.match(text) if not forged else None)
    if marked:
        return marked.group("title")
    if (
        look.size < 3
        or ("://" in text and URL.search(text))
        or BYLINE.fullmatch(look.flat)
        or release(look)
        or dated(look)
        or OF_PAGE.fullmatch(look.flat)
        or ACT.fullmatch(look.flat)
        or SIGNED.fullmatch(look.flat)
    ):
        return None
    if look.sentence and text.endswith("다.") and not look.line.hint.startswith("h"):
        return None
    if look.sentence and look.cjk and "。" in text and not look.line.hint.startswith("h"):
        return None
    if EDITION.search(text) or CAPTIONED.match(text) or RULED.match(look.flat) or GREETING.match(text):
        return None
    if text.startswith(
        ("|", "・", "△", "〔", "-----", "<<<", "▽", "※", "▶", ">", "- ", "* ", "(注", "（注")
    ) or patterns.match(r"[QA問答]\s?[:：.)）]", look.flat):
        return None
    text = patterns.sub(r"^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[ 　]+(?=\S{6})", "", text)  # a day before the headline
    bare = text.strip("■□◆◇●★☆▼▲◎=＝*＊-―─━~〜 　") if DECORATED.match(text) else text
    return bare if key(bare) else None


def _site_like(words: str, site: str) -> bool:
    """Whether what stands after a separator names a site rather than the matter."""
    if len(site) > 40 or len(site) >= len(words) * 1.2:
        return False
    return bool(SITE.search(site))


def _unsuffixed(words: str, body: str) -> tuple[str, str]:
    """The words without a trailing site name, and that name."""
    site = ""
    for _ in range(3):
        cuts = list(SUFFIX.finditer(words)) if SEPARATED.search(words) else []
        if not cuts or cuts[-1].start() < 4:
            break
        last = cuts[-1]
        head, tail = words[: last.start()].rstrip(), words[last.end() :].strip(" 】")
        bar = "|" in last.group() or "｜" in last.group()
        if not tail or not (
            _site_like(head, tail) or (bar and len(tail) <= 30 and len(tail) < len(head) and key(tail) not in body)
        ):
            break
        words, site = head, site or tail
    return words, site


def _score(
    looks: tuple[Look, ...],
    at: int,
    words: str,
    *,
    body: str,
    counts: dict[str, int],
    heads: dict[str, str],
    headed: frozenset[str],
    near: int | None,
    after: Look | None,
    below: list[Look],
    order: int,
    page: bool,
    under: bool,
) -> tuple[float, list[str], str, str]:
    """A candidate's score, the independent signs for it, its words without the site's name, and that name.

    `near` counts the kept lines down to the first sentence of the text (None below it), `after` is the next kept line,
    `below` are the next three.
    """
    look = looks[at]
    text, site = _unsuffixed(words, body)
    same = key(text)
    score, signs = 0.0, []
    hint = look.line.hint
    if hint == "h1" or (text != look.text and look.text.startswith("# ")):
        score += 4
        signs.append("見出しの標識")
    elif hint == "title":
        score -= 1.5  # what a browser shows; the page's own headline is better where there is one
    elif hint in ("h2", "h3") or look.text.startswith("## "):
        score += 1.5
    if LABEL.match(look.text) and text != look.text:
        score += 5
        signs.append("題名の標識")
    if same in headed:
        score += 5
        signs.append("ページの題と一致")
        site = site or heads.get(same, "")
    support = _support(same, body, look.cjk)
    # In a copied page menus repeat too: a repetition counts only for words that the text takes up.
    seen = counts.get(same, 0) + (counts.get(look.key, 0) if same != look.key else 0)
    if (not page or support >= 0.3) and same not in heads and seen > 1:
        score += 2
        signs.append("繰り返し現れる")
    again = at + 1 < len(looks) and looks[at + 1].key == look.key
    if again and look.size >= (6 if not page or support >= 0.3 else 20):
        score += 4
        signs.append("題が続けて二度ある")
    if order == 0:
        score += 2 if page else 3.5
        signs.append("案内を除いた最初の行" if page else "最初の行")
    elif order < 4:
        score += (0.6 if page else 1.5) - 0.2 * order
    if near is not None and near <= 6:
        score += 2.5 - 0.35 * near
        signs.append("本文のすぐ前")
    elif near is None and page:
        score -= 4
    score += 4 * support
    if support >= 0.4:
        signs.append("本文の語と重なる")
    if TITULAR.search(text) or OPENING.match(text):
        score += 1.2
    score += layout(looks, at, signs, page=page)
    followed = _followed(after, below)
    score += followed
    signs += ["日付・出典が続く"] * bool(followed)
    score -= 4 if _shortens(looks, at, text, same) else 0
    score -= _faults(look, text, same, page=page, under=under, named=labelled_below(looks, at)) + (
        2.5 if DOCUMENT.fullmatch(text) and same not in heads else 0
    )
    return score, signs, text, site


def _followed(after: Look | None, below: list[Look]) -> float:
    """What the next line adds when it dates the text or names its source; most if two lines tell of the page itself."""
    if after is None:
        return 0.0
    if sum(bool(OF_PAGE.fullmatch(look.flat)) for look in below) > 1:
        return 3.0
    stamped = STAMPED.search(after.flat) and not after.sentence
    told = URL.match(after.text) or dated(after) or stamped or issuer(after) or BYLINE.fullmatch(after.flat)
    return 1.2 if told else 0.0


def _shortens(looks: tuple[Look, ...], at: int, text: str, same: str) -> bool:
    """Whether this is a banner in capitals below the headline that it shortens."""
    shouted = " " in text and text.isupper() and text.isascii()
    return shouted and any(same in other.key and not other.text.isupper() for other in looks[:at])


def _faults(look: Look, text: str, same: str, *, page: bool, under: bool, named: bool = False) -> float:
    """What speaks against a candidate.

    `under`: it stands right below the heading of a section; `named`: the label of a date stands right below it.
    """
    faults = 2.5 if under else 0.0
    if same in menu_words() or DETAIL.match(look.flat):
        faults += 6
    if look.sentence and look.cjk:
        faults += 6 if look.text.endswith(("。", "．")) else 3
    elif look.sentence:
        faults += 5
    if len(same) > (LONGEST_CJK if look.cjk else LONGEST_LATIN):
        faults += 4
    if len(same) < (6 if look.cjk else 12):
        faults += 2.0
    if issuer(look) and not TITULAR.search(text) and not (named and page):
        faults += 6
    if ROUND.match(text) and ROUND_END.search(text):
        faults += 3
    if PLACE_LINE.fullmatch(look.flat) or VALUE_EN.match(look.flat):
        faults += 5
    if DASHED.match(look.text):
        faults += 3
    if COLON_END.search(text) or (LABELLED.match(text) and not look.line.hint):
        faults += 1.5
    if patterns.match(r"(?:日程|議案|議題|資料)\s?第?\d|第\s?\d+\s|[(（【]?\d{1,2}[)）】.．、\s]", look.flat):
        faults += 2.5
    if SECTION.fullmatch(look.flat.strip(BRACKETS)):
        faults += 4
    if len(SPACED_CELLS.findall(look.text)) >= 2 or PERSON.fullmatch(look.text):
        faults += 4
    if look.line.hint != "h1" and NAMED.search(text) and not TITULAR.search(text) and len(same) < 20:
        faults += 2.5
    if page and not look.line.hint and len(same) < 12:
        faults += 1.5
    return faults


def _support(same: str, body: str, cjk: bool) -> float:
    """The share of a candidate's two-character pieces (Latin: words) that the text below uses."""
    if not body:
        return 0.0
    if cjk:
        pieces = {same[at : at + 2] for at in range(len(same) - 1)}
        pieces = {piece for piece in pieces if not KANA_PAIR.fullmatch(piece)}
    else:
        pieces = {same[at : at + 5] for at in range(0, len(same) - 4)}
    return sum(piece in body for piece in pieces) / len(pieces) if pieces else 0.0


def _from_sentence(looks: tuple[Look, ...], live: list[int]) -> Title:
    """No line is a title: the words before the first full stop, or the first sentence as far as a clause goes."""
    for at in live:
        look = looks[at]
        if dated(look) or URL.match(look.text) or release(look):
            continue
        glued = GLUED.match(look.text)
        if glued and not VERBAL.search(glued.group(1)):
            return Title(glued.group(1), (look.number,), None, "medium", "題名が本文と続けて書かれている")
        text = patterns.sub(r"^\s*【[^【】]{2,24}】", "", look.text)  # where and whose it is, no matter
        first = patterns.split(r"(?<=[。！？!?])|(?<=[a-z0-9)][.]) ", text)[0].strip()
        return Title(_clause(first), (look.number,), None, "low", "題名がないため、本文の最初の文から取った")
    look = looks[live[0] if live else 0]
    return Title(look.text[:80].strip(), (look.number,), None, "low", "題名がないため、最初の行から取った")


def _clause(sentence: str) -> str:
    """As many clauses of a sentence as a title can hold; the sentence itself when it is short."""
    most = 60 if patterns.search(r"[\u3040-\u30ff\u4e00-\u9fff]", sentence) else 120
    if len(sentence) <= most:
        return sentence.rstrip("。")
    cuts = [match.start() for match in patterns.finditer(r"[、，,;；:：]", sentence[:most])]
    if cuts and cuts[-1] >= most // 4:
        return sentence[: cuts[-1]]
    space = sentence.rfind(" ", 0, most)
    return sentence[: space if space > most // 3 else most]
