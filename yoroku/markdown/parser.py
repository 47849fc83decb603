"""The parser: CommonMark without raw HTML, GitHub's tables, strikethrough and tasks, and this package's own rules.

The rules stand in two ordered tables. `Parser(fast=False)` runs them exactly as markdown-it does; the default runs
the same rules through the shortcuts of `fast`, which change nothing in the outcome.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core.normalize import NEWLINES_RE
from markdown_it.rules_inline import StateInline, autolink, image, link
from markdown_it.token import Token

from yoroku.markdown import callouts, deflists, fast, footnotes, marks, ruby, urls, wikilinks
from yoroku.markdown.flanking import MAX_NESTING, InlineState

BlockRule = Callable[[StateBlock, int, int, bool], bool]
InlineRule = Callable[[StateInline, bool], bool]

# Tokens whose content is inline Markdown; the last two are made by `fast` alone.
TEXTS: Final = ("inline", "prose", "item")

# (before which rule, name, rule, which rules it may interrupt)
BLOCK_RULES: Final[tuple[tuple[str, str, BlockRule, tuple[str, ...]], ...]] = (
    ("table", "callout_title", callouts.callout_title, ()),
    ("reference", "footnote", footnotes.definition, ("paragraph", "reference")),
    ("paragraph", "deflist", deflists.definition_list, ("paragraph", "reference", "blockquote")),
)

INLINE_RULES: Final[tuple[tuple[str, str, InlineRule], ...]] = (
    ("link", "footnote_ref", footnotes.reference),
    ("link", "wikilink", wikilinks.wikilink),
    ("image", "embed", wikilinks.embed),
    ("entity", "bare_url", urls.bare_url),
    ("entity", "ruby", ruby.ruby),
)

# Rules of markdown-it's that are on besides the CommonMark preset, and those that are off.
_ON: Final = ("table", "strikethrough")
_OFF: Final = ("html_block", "html_inline")


def _placed(rule: InlineRule, char: str) -> InlineRule:
    """The rule, telling in its first token where in the block's text it began."""

    def placed(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if state.src[start] != char:
            return False
        if char != "<" and not cast(InlineState, state).may_close(start + (char == "!")):
            return False
        before = len(state.tokens)
        if not rule(state, silent):
            return False
        for token in state.tokens[before : before + 2]:
            if token.type in ("link_open", "image"):
                token.meta = {**token.meta, "at": start}
        return True

    return placed


class _Inline(ParserInline):
    """markdown-it's inline parser on our state."""

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        state = InlineState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class Parser(MarkdownIt):
    """A markdown-it for this site. Built once, used for every text; it holds no state of a text."""

    def __init__(self, *, fast_paths: bool = True) -> None:
        super().__init__("commonmark", {"html": False, "maxNesting": MAX_NESTING, "tasklists": True})
        self.inline = fast.Inline() if fast_paths else _Inline()
        self.block = fast.Block() if fast_paths else self.block
        self.fast_paths = fast_paths
        self.configure("commonmark", {"html": False, "maxNesting": MAX_NESTING, "tasklists": True})
        self.enable(_ON).disable(_OFF)
        for before, name, block_rule, interrupts in BLOCK_RULES:
            self.block.ruler.before(before, name, block_rule, {"alt": list(interrupts)})
        for name, rule, char in (("link", link, "["), ("image", image, "!"), ("autolink", autolink, "<")):
            self.inline.ruler.at(name, _placed(rule, char))
        for before, name, inline_rule in INLINE_RULES:
            self.inline.ruler.before(before, name, inline_rule)
        if isinstance(self.inline, fast.Inline):
            self.inline.index()
        if isinstance(self.block, fast.Block):
            self.block.index()

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's own name
        """Percent-encode a destination, remembering how it was written."""
        return urls.normalise(url)

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's own name
        """Refuse destinations that are not on the list; they stay text."""
        return urls.allowed(url)

    def blocks(self, source: str, notes: footnotes.Footnotes) -> list[Token]:
        """Parse a text; footnotes that it defines go into `notes`, the rest is returned."""
        text = NEWLINES_RE.sub("\n", source).replace("\0", "\ufffd")
        env: dict[str, Any] = {"footnotes": notes}
        tokens: list[Token] = []
        self.block.parse(text, self, env, tokens)
        callouts.close_callouts(tokens)
        tokens = footnotes.take_definitions(marks.take_marks(tokens), notes)
        self._inlines(tokens, env)
        for label in notes.order:
            self._inlines(notes.bodies[label], env)
        return tokens

    def _inlines(self, tokens: list[Token], env: dict[str, Any]) -> None:
        before = ""
        for token in tokens:
            if token.type in TEXTS:
                # What a heading holds goes to the contents, too, and its tokens say how.
                simple = before != "heading_open"
                if not (self.fast_paths and fast.is_plain(token, may_be_simple=simple)):
                    token.children = self.inline.parse(token.content, self, env, [])
            before = token.type
