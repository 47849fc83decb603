"""A saved page as lines: one for each block of text, with its tag as a hint. Nothing of the markup survives.

What the page itself marks as not its text (scripts, hidden elements, navigation, forms, footers) still becomes lines,
with the reason, so that it is listed as dropped; scripts and styles are no text and leave nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from yoroku import patterns
from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.outline import Line
from yoroku.records import dataclass, field

IS_HTML = lazy(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|meta|div|article|main|section|"
    r"table|h1|p)\b",
    re.I | re.S,
)
TAG = lazy(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*>")
SPACES = lazy(r"[ \t\r\n\f]+")
MAX_DEPTH = 1500  # the parser's time grows with the square of the depth; no written page comes near
SAFE_LINK = lazy(r"(?:https?://|mailto:)", re.I)


def _table(sort: str) -> dict[str, str]:
    """The words of one sort in `data/page_parts.tsv`, with what they mean."""
    rows = (line.split("\t") for line in _DATA.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {word: meaning for kind, words, meaning in rows if kind == sort for word in words.split()}


_DATA = Path(__file__).parent / "data" / "page_parts.tsv"
SKIPPED, BLOCKS, HINTS = (frozenset(_table(sort)) for sort in ("skipped", "block", "hint"))
DROPPED_TAGS, AROUND = _table("dropped"), _table("around")
HIDDEN_STYLE = lazy(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


@dataclass(slots=True)
class _Page:
    """The line being collected, and those that are finished."""

    lines: list[Line] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    hint: str = ""
    drop: str = ""
    quoted: bool = False

    def end(self) -> None:
        """Finish the line, if there is anything on it."""
        text = SPACES.sub(" ", "".join(self.pieces)).strip() if self.hint != "tr" else _row(self.pieces)
        if text.strip():
            whole = self.links[0][1] if len(self.links) == 1 and self.links[0][0] == text else ""
            hint = f"drop:{self.drop}" if self.drop else ("a" if whole and not self.hint else self.hint)
            links = tuple(link for link in self.links if link[0] and SAFE_LINK.match(link[1]))
            href = whole if SAFE_LINK.match(whole) else ""
            self.lines.append(Line(len(self.lines) + 1, text, hint, href, links, self.quoted))
        self.pieces, self.links = [], []


def is_html(text: str, *, name: str) -> bool:
    """Whether a bulletin is a saved page: by its file's name or by its beginning."""
    return name.lower().endswith((".html", ".htm", ".xhtml")) or bool(IS_HTML.match(text[:4096]))


def split(text: str) -> tuple[Line, ...]:
    """The lines of a saved page, numbered from 1."""
    if _depth(text) > MAX_DEPTH:
        return _stripped(text)
    # Loaded only when there is a page to read: a build and a plain bulletin never need it.
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415

    page = _Page()
    tree = LexborHTMLParser(text)
    title = tree.css_first("title")
    if title is not None:
        page.pieces, page.hint = [title.text()], "title"
        page.end()
        page.hint = ""
    if tree.body is not None:
        _walk(tree.body, page)
    page.end()
    return tuple(page.lines)


def _walk(root: object, page: _Page) -> None:
    """Collect lines from `root`. A loop and a stack, not recursion: pages nest as deep as they like."""
    stack: list[tuple[object, bool]] = [(root, False)]
    restore: list[tuple[str, str, bool]] = []
    links: list[tuple[str, int]] = []
    while stack:
        node, leaving = stack.pop()
        tag = node.tag or ""  # type: ignore[attr-defined]
        if leaving:
            _leave(tag, page, restore, links)
            continue
        if tag == "-text":
            if node.text_content:  # type: ignore[attr-defined]
                page.pieces.append(node.text_content.replace("\t", " "))  # type: ignore[attr-defined]
            continue
        if tag.startswith(("-", "_")) or tag in SKIPPED:
            continue
        if tag == "br":
            if page.hint == "tr":
                page.pieces.append(" ")
            else:
                page.end()
            continue
        _enter(node, tag, page, restore, links)
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(list(_children(node))))


def _children(node: object) -> Iterator[object]:
    child = node.child  # type: ignore[attr-defined]
    while child is not None:
        yield child
        child = child.next


def _enter(
    node: object, tag: str, page: _Page, restore: list[tuple[str, str, bool]], links: list[tuple[str, int]]
) -> None:
    attributes: dict[str, str | None] = node.attributes  # type: ignore[attr-defined]
    inside_row = page.hint == "tr"
    if tag == "tr" and _lays_out(node):
        tag = "div"
    elif tag in ("td", "th") and not inside_row:
        page.end()
    if tag in BLOCKS and not (inside_row and tag != "tr"):
        page.end()
    restore.append((page.hint, page.drop, page.quoted))
    if tag in ("td", "th") and inside_row:
        page.pieces.append("\t")
    if tag == "a":
        links.append((attributes.get("href") or "", len(page.pieces)))
    if not page.drop:
        page.drop = _why(tag, attributes, node)
    if tag == "blockquote":
        page.quoted = True
    if not inside_row and tag in HINTS:
        nested = patterns.fullmatch(r"li(\d?)", page.hint)
        page.hint = f"li{min(int(nested.group(1) or 1) + 1, 5)}" if tag == "li" and nested else tag


def _leave(tag: str, page: _Page, restore: list[tuple[str, str, bool]], links: list[tuple[str, int]]) -> None:
    if tag == "a" and links:
        href, start = links.pop()
        words = SPACES.sub(" ", "".join(page.pieces[start:])).strip()
        if words:
            page.links.append((words, href))
    before = restore.pop()
    if (tag in BLOCKS and not (before[0] == "tr" and tag != "tr")) or page.drop != before[1]:
        page.end()
    page.hint, page.drop, page.quoted = before


def _why(tag: str, attributes: dict[str, str | None], node: object) -> str:
    """Why the page itself says that this element is not its text; empty when it does not."""
    if tag in DROPPED_TAGS:
        return DROPPED_TAGS[tag]
    if (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or HIDDEN_STYLE.search(attributes.get("style") or "")
    ):
        return "隠されている要素"
    if attributes.get("role") in ("navigation", "search", "banner", "complementary", "contentinfo"):
        return "ナビゲーション"
    if tag == "header" and node.css_first("h1, h2") is None:  # type: ignore[attr-defined]
        return "ページの上部"
    if tag in ("body", "html", "article", "main", "tr", "p", "h1", "h2"):
        return ""
    words = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower().split()
    why = next((AROUND[word] for word in words if word in AROUND), "")
    # A wrapper that holds the article is not what stands around it, whatever it is called.
    if why and (node.css_first("h1, article, main") is not None):  # type: ignore[attr-defined]
        return ""
    return why


def _lays_out(node: object) -> bool:
    """Whether a table's row only places things on the page: headings, lists, tables or paragraphs in its cells."""
    if node.css_first("h1, h2, h3, h4, h5, h6, table, ul, ol, blockquote, form, hr") is not None:  # type: ignore[attr-defined]
        return True
    return any(len(cell.css("p, br")) >= 3 for cell in node.css("td"))  # type: ignore[attr-defined]


def _row(pieces: list[str]) -> str:
    cells = "".join(pieces).split("\t")[1:]
    return "\t".join(SPACES.sub(" ", cell).strip() for cell in cells)


def _depth(text: str) -> int:
    """About how deep the page nests: open tags less closed ones, at the deepest."""
    depth = deepest = 0
    for tag in TAG.finditer(text):
        depth += -1 if tag.group(1) else 1
        deepest = max(deepest, depth)
        depth = max(depth, 0)
    void = len(patterns.findall(r"<(?:br|img|input|meta|link|hr|p|li|td|tr|col|wbr|source)\b", text, re.I))
    return deepest - void


def _stripped(text: str) -> tuple[Line, ...]:
    """The text of a page that nests absurdly deep, with its tags taken out and nothing else understood."""
    bare = patterns.sub(r"(?is)<(script|style|template|noscript)\b.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)", "\n", text)
    parts = (SPACES.sub(" ", part).strip() for part in patterns.sub(r"<[^>]*>?", "\n", bare).split("\n"))
    return tuple(Line(number, part) for number, part in enumerate((part for part in parts if part), 1))
