"""What a bulletin looks like once its lines are read: the frozen values that the extractors work on.

Bytes become `Line`s (numbered as in the decoded bulletin), lines become `Block`s, blocks belong to `Part`s (one
document each: a news article, a ministry summary, a release). Every non-blank line is accounted for exactly once: it
stands in a block, in `Part` matter (title, URL, credit), in `folded` or in `dropped`.
"""

from __future__ import annotations

from typing import Literal

from yoroku.briefing.model import Dropped, Folded, Lines, Span, Sure
from yoroku.records import dataclass

BlockKind = Literal[
    "heading",  # a heading or sub-heading; `level` from 2
    "paragraph",
    "item",  # a list item; `level` is its nesting from 1, `marker` as written
    "row",  # a row of a table, cells in `cells`
    "turn",  # a speaker's turn in a press conference, interview or minutes; label in `speaker`
    "caption",  # a photo caption
    "byline",  # 【記者名】, By …, reporter's note
    "dateline",  # a line that only dates or places the text
    "remark",  # ※, (注), (了)-like notes that belong to the text
    "reference",  # a title with its address, or an address alone, for further reading
]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the decoded bulletin.

    Saved HTML gives `hint`, the line's tag (h2, li, tr, a, figcaption …) or, as `drop:REASON`, why the page itself
    says that it is no text; `links`, the words and address of each link in it; and `quoted` inside a block quote.
    The cells of a table's row are parted by tabs. `href` is set when the whole line is one link.
    """

    number: int
    text: str
    hint: str = ""
    href: str = ""
    links: tuple[tuple[str, str], ...] = ()
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the bulletin's text. `text` is verbatim (its lines joined as the source meant them).

    A turn's `speaker` is its label as written (`Q`, `記者`, `SECRETARY ODUYA`), without brackets and colon; `marker` is
    the label with them. A turn whose label is empty continues the speaker before. A row that is its table's head has
    level 1. A heading's `marker` is its number or sign; `text` always holds the whole line.
    """

    kind: BlockKind
    text: str
    span: Span
    level: int = 0
    marker: str = ""
    speaker: str = ""
    cells: tuple[str, ...] = ()
    part: int = 0
    quoted: bool = False
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One document inside the bulletin, with the lines that name it. Text fields are verbatim or empty.

    `lines` are the lines of its text, `matter` those that name it (title, address, credit) and stand in no block.
    """

    title: str = ""
    url: str = ""
    credit: str = ""
    publisher: str = ""
    lines: Lines = ()
    matter: Lines = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A bulletin read: all its lines, the blocks in order, its documents, what was folded and dropped.

    `title_sure` and `title_why` say how the title was found; `site` is the name that a page's title ends in.
    """

    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    parts: tuple[Part, ...]
    title: str = ""
    title_lines: Lines = ()
    lang: str = "ja"
    folded: tuple[Folded, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    title_sure: Sure = "high"
    title_why: str = ""
    site: str = ""
    encoding: str = ""
    damaged: int = 0
