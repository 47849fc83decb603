"""Lines to blocks: an ordered table of rules, each of which knows one thing that a line can be.

The rules look at a line, its kept neighbours and what the whole bulletin's marks were judged to mean.
"""

from __future__ import annotations

from collections.abc import Callable

from yoroku import patterns
from yoroku.briefing.model import Span
from yoroku.bulletin import headings, joins, tables, turns
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.lines import Look
from yoroku.bulletin.matter import dated, issuer, release
from yoroku.bulletin.outline import Block, BlockKind
from yoroku.records import dataclass, field

MARKDOWN_ROW = lazy(r"^\|.*\|\s*$")
MARKDOWN_RULE = lazy(r"[\s:|-]+")
PAIR = lazy(r"^[^。「」:：]{1,20}\s?[:：]\s?\S")
ISO = lazy(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
STAGE = lazy(r"[（(][^（）()]{1,60}[)）]")
# 情報産業課長 牛山, 代表者名　代表取締役社長　松波　達郎: whom to ask, or who signs.
_DESK = lazy(
    r"(?:課長|室長|係長|班長|部長|局長|主査|社長|理事長|会長|所長|担当)(?:補佐)?[\s:：]+[\u4e00-\u9fff々]{1,4}(?:[\s、][\u4e00-\u9fff々ぁ-ん]{1,4}){0,3}$|"
    r"^(?:担当|代表者名|会社名|問い?合わせ先?|連絡先)[\s:：]"
)
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
HEADLESS = ("remark", "caption", "byline", "dateline")


@dataclass(slots=True)
class Reading:
    """What is known of the whole bulletin while its lines are read, and the blocks so far."""

    looks: tuple[Look, ...]
    headline: int | None
    styles: dict[int, tuple[str, str, bool]]
    labels: dict[int, turns.Label]
    rows: dict[int, tables.Table]
    telegram: bool
    first_sentence: int
    width: int
    led: frozenset[int]
    rounds: frozenset[int]
    heads: frozenset[int]
    wordy: frozenset[str] = frozenset()
    blocks: list[Block] = field(default_factory=list)
    speaker: str = ""
    levels: list[str] = field(default_factory=list)


Rule = Callable[[Reading, int], Block | None]


def build(
    looks: tuple[Look, ...],
    *,
    headline: int | None,
    led: frozenset[int] = frozenset(),
    heads: frozenset[int] = frozenset(),
    gone: frozenset[int] = frozenset(),
) -> tuple[Block, ...]:
    """The blocks of the kept lines, in order; every line stands in exactly one.

    `led`: numbers of lines that stand right before a reference, which is no line here. `heads`: of the lines that may
    date or name a further document. `gone`: of the lines that are not blank and not here.
    """
    flattened = tables.find(
        looks,
        frozenset(
            at
            for at, look in enumerate(looks)
            if headings.ITEM.match(look.text) or PAIR.match(look.flat) or headings.known_words(look)
        ),
        gone=gone,
    )
    rows = {at: table for table in flattened for at in range(table.start, table.end)}
    labels = turns.find(looks)
    free = [at for at in range(len(looks)) if at not in rows and not looks[at].line.hint.startswith("h")]
    reading = Reading(
        looks=looks,
        headline=headline,
        styles=headings.styles(looks, [at for at in free if at not in labels]),
        labels=labels,
        rows=rows,
        telegram=sum(1 for look in looks if ISO.match(look.text) and look.size < 30) >= 2,
        first_sentence=next((at for at, look in enumerate(looks) if look.sentence and look.size >= 20), len(looks)),
        width=joins.wrap_width(looks),
        led=led,
        rounds=frozenset() if labels else _rounds(looks),
        heads=heads,
    )
    reading.wordy = frozenset(style for at, (style, _, _) in reading.styles.items() if looks[at].size > 60)
    at = 0
    while at < len(looks):
        block, at = _next(reading, at)
        reading.blocks.append(block)
    whole = joins.joined(reading.blocks, looks, width=reading.width, gone=gone)
    return joins.quoted(whole, looks)


def _rounds(looks: tuple[Look, ...]) -> frozenset[int]:
    """Positions of short lines in round brackets that stand over text, if there are several."""
    found = frozenset(
        at
        for at, look in enumerate(looks[:-1])
        if headings.ROUND_HEAD.fullmatch(look.text) and looks[at + 1].sentence and (not at or looks[at - 1].stops)
    )
    return found if len(found) > 1 else frozenset()


def _next(reading: Reading, at: int) -> tuple[Block, int]:
    table = reading.rows.get(at)
    if table is not None and (at - table.start) % table.width == 0:
        cells = tuple(look.text for look in reading.looks[at : at + table.width])
        span = Span(reading.looks[at].number, reading.looks[at + table.width - 1].number)
        level = 1 if table.head and at == table.start else 0
        reading.speaker = ""
        return Block("row", "\t".join(cells), span, level=level, cells=cells), at + table.width
    for _, rule in RULES:
        block = rule(reading, at)
        if block is not None:
            return block, at + 1
    raise AssertionError("the last rule takes every line")


def _made(
    reading: Reading,
    at: int,
    kind: BlockKind,
    *,
    text: str = "",
    level: int = 0,
    marker: str = "",
    speaker: str = "",
    cells: tuple[str, ...] = (),
) -> Block:
    look = reading.looks[at]
    span = Span(look.number, look.number)
    return Block(
        kind,
        text or look.text,
        span,
        level=level,
        marker=marker,
        speaker=speaker,
        cells=cells,
        quoted=look.line.quoted,
        links=look.line.links,
    )


def _hinted(reading: Reading, at: int) -> Block | None:
    look = reading.looks[at]
    hint = look.line.hint
    if hint in _HEADS:
        return _heading(reading, at, hint, level=max(2, int(hint[1])))
    if hint == "tr":
        cells = tuple(cell.strip() for cell in look.line.text.split("\t"))
        before = reading.blocks[-1] if reading.blocks else None
        head = before is None or before.kind != "row" or len(before.cells) != len(cells)
        return _made(
            reading,
            at,
            "row",
            level=1 if head and not any(patterns.search(r"\d", cell) for cell in cells) else 0,
            cells=cells,
        )
    if hint in ("figcaption", "caption"):
        return _made(reading, at, "caption")
    if (hint.startswith("li") or hint == "dd") and not reading.styles.get(at) and not reading.labels.get(at):
        sign = headings.ITEM.match(look.text)
        return _made(
            reading,
            at,
            "item",
            level=int(hint[2:] or 1) if hint.startswith("li") else 1,
            marker=look.text[: sign.end()].strip() if sign else "",
        )
    return None


def _markdown(reading: Reading, at: int) -> Block | None:
    look = reading.looks[at]
    if _is_rule(look.text) and reading.blocks and reading.blocks[-1].kind == "row":
        # The rule under a table's head belongs to the head's line.
        return _made(reading, at, "row", cells=("",), level=1)
    if not MARKDOWN_ROW.match(look.text):
        return None
    cells = tuple(cell.strip() for cell in look.text.strip().strip("|").split("|"))
    follows = reading.looks[at + 1] if at + 1 < len(reading.looks) else None
    head = follows is not None and _is_rule(follows.text)
    return _made(reading, at, "row", level=1 if head else 0, cells=cells)


def _is_rule(text: str) -> bool:
    """Whether a line is the rule under a Markdown table's head: hyphens and, after one of them, a bar."""
    return 0 <= text.find("-") < text.rfind("|") and MARKDOWN_RULE.fullmatch(text) is not None


def _tabbed(reading: Reading, at: int) -> Block | None:
    """Cells parted by tabs, with another such line beside."""
    look = reading.looks[at]
    count = look.text.count("\t")
    beside = [other.text.count("\t") for other in reading.looks[max(0, at - 1) : at + 2]]
    if not count or beside.count(count) < 2:
        return None
    cells = tuple(cell.strip() for cell in look.text.split("\t"))
    before = reading.blocks[-1] if reading.blocks else None
    head = (before is None or before.kind != "row") and not any(patterns.search(r"\d", cell) for cell in cells)
    return _made(reading, at, "row", level=1 if head else 0, cells=cells)


def _end(reading: Reading, at: int) -> Block | None:
    if not headings.END.match(reading.looks[at].flat):
        return None
    reading.speaker = ""
    return _made(reading, at, "remark")


def _label(reading: Reading, at: int) -> Block | None:
    label = reading.labels.get(at)
    if label is None:
        return None
    reading.speaker = label.who
    return _made(reading, at, "turn", marker=label.shown, speaker=label.who)


def _release(reading: Reading, at: int) -> Block | None:
    look = reading.looks[at]
    if (at <= reading.first_sentence and (release(look) or dated(look))) or (
        look.number in reading.heads and (dated(look) or issuer(look))
    ):
        return _made(reading, at, "dateline")
    if at < reading.first_sentence and issuer(look) and not reading.styles.get(at) and not headings.known_words(look):
        return _made(reading, at, "dateline")
    if reading.telegram and ISO.match(look.text) and look.size < 30:
        return _made(reading, at, "dateline")
    return None


def _remark(reading: Reading, at: int) -> Block | None:
    look = reading.looks[at]
    if reading.labels and reading.blocks and headings.SITTING.fullmatch(look.flat):
        return _made(reading, at, "remark")
    if reading.speaker and reading.labels and STAGE.fullmatch(look.flat) and not headings.bracketed(reading.looks, at):
        return _made(reading, at, "remark")
    if not headings.REMARK.match(look.flat):
        return None
    spoken = reading.speaker if reading.labels and look.flat[0] not in "※＊*" else ""
    return _made(reading, at, "turn" if spoken else "remark", speaker=spoken)


def _marked(reading: Reading, at: int) -> Block | None:
    found = reading.styles.get(at)
    look = reading.looks[at]
    if found is None:
        return None
    style, sign, heads = found
    if heads:
        if style == "markdown":
            return _heading(
                reading, at, style, level=max(2, sign.count("#")), text=look.text[len(sign) :], marker=sign.strip()
            )
        return _heading(reading, at, style, marker=sign.strip())
    if reading.speaker and reading.labels:
        return _made(reading, at, "turn", speaker=reading.speaker)
    dotted = style == "number" and bool(patterns.match(r"\d{1,2}[.．、)]", look.flat))
    # Numbered sentences of a statement stay paragraphs, all of them, when one is too long for a list.
    long = style in reading.wordy
    if style in ("circle", "full circle", "double circle", "square", "diamond", "triangle", "star") or (
        dotted and not long
    ):
        return _made(reading, at, "item", level=1, marker=sign.strip())
    return _made(reading, at, "paragraph", marker=sign.strip())


def _item(reading: Reading, at: int) -> Block | None:
    look = reading.looks[at]
    sign = headings.ITEM.match(look.text)
    if sign is None or headings.VALUE.fullmatch(look.flat):
        return None
    depth = (len(look.line.text) - len(look.line.text.lstrip())) // 2
    before = reading.blocks[-1] if reading.blocks else None
    level = min(depth, before.level + 1 if before and before.kind == "item" else 1, 4) if depth else 1
    return _made(reading, at, "item", level=max(1, level), marker=sign.group().strip())


def _bracketed(reading: Reading, at: int) -> Block | None:
    if at in reading.rounds:
        return _heading(reading, at, "round")
    if headings.bracketed(reading.looks, at):
        return _heading(reading, at, "bracketed" if reading.looks[at].text[0] not in "（(" else "round")
    if headings.subheadline(reading.looks, at) and at > reading.first_sentence:
        return _heading(reading, at, "subheadline")
    return None


def _caption(reading: Reading, at: int) -> Block | None:
    look = reading.looks[at]
    if headings.BYLINE.fullmatch(look.flat) and at + 1 != reading.first_sentence + 1:
        return _made(reading, at, "byline")
    if look.stops or look.sentence or look.size > 90:
        return None
    if headings.CAPTION.fullmatch(look.flat):
        return _made(reading, at, "caption")
    if (
        at > reading.first_sentence
        and look.cjk
        and headings.PERSONAL.fullmatch(look.text)
        and _state_before(reading, at) == "closed"
    ):
        # A person's name alone between sentences: what stands under a photo.
        after = reading.looks[at + 1] if at + 1 < len(reading.looks) else None
        if after is None or not after.text.startswith(("「", "『")):
            return _made(reading, at, "caption")
    return None


def _plain(reading: Reading, at: int) -> Block | None:
    look = reading.looks[at]
    if reading.telegram or (reading.headline is not None and look.number < reading.headline) or _DESK.search(look.flat):
        return None
    before, after = _state_before(reading, at), _after(reading, at)
    if not headings.plain(reading.looks, at, after=after, before=before, headline=reading.headline):
        return None
    return _heading(reading, at, "plain")


def _paragraph(reading: Reading, at: int) -> Block | None:
    if reading.speaker and reading.labels:
        return _made(reading, at, "turn", speaker=reading.speaker)
    return _made(reading, at, "paragraph")


RULES: tuple[tuple[str, Rule], ...] = (
    ("saved page's tag", _hinted),
    ("markdown table", _markdown),
    ("cells parted by tabs", _tabbed),
    ("end mark", _end),
    ("speaker's label", _label),
    ("release, date or issuer at the head", _release),
    ("remark", _remark),
    ("mark", _marked),
    ("list item", _item),
    ("brackets", _bracketed),
    ("caption or byline", _caption),
    ("plain heading", _plain),
    ("paragraph", _paragraph),
)


def _heading(reading: Reading, at: int, style: str, *, level: int = 0, text: str = "", marker: str = "") -> Block:
    """A heading at the level of its style: a style seen before closes what opened after it."""
    if style in reading.levels:
        del reading.levels[reading.levels.index(style) + 1 :]
    else:
        reading.levels.append(style)
    reading.speaker = ""
    return _made(reading, at, "heading", level=level or min(1 + len(reading.levels), 6), text=text, marker=marker)


def _state_before(reading: Reading, at: int) -> str:
    if not reading.blocks:
        return "start"
    block = reading.blocks[-1]
    look = reading.looks[at - 1]
    cut = headings.PARTICLE.search(look.text) or (
        reading.width and joins.columns(look) >= reading.width * 0.8 and not look.stops
    )
    if block.kind in ("paragraph", "turn") and cut:
        return "open"
    return "closed"


def _after(reading: Reading, at: int) -> str:
    if reading.looks[at].number in reading.led:
        return "item"
    if at + 1 >= len(reading.looks):
        return "end"
    look = reading.looks[at + 1]
    if at + 1 in reading.rows or look.line.hint == "tr" or MARKDOWN_ROW.match(look.text):
        return "row"
    if at + 1 in reading.labels:
        return "turn"
    if headings.ITEM.match(look.text) or look.line.hint[:2] in ("li", "dd"):
        return "item"
    if at + 1 in reading.styles:
        return "numbered"
    if look.sentence or look.stops:
        return "sentence"
    if PAIR.match(look.flat):
        return "pair"
    return "other"
