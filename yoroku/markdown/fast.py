"""Shortcuts around markdown-it's general loops. They change its speed and nothing else, which a test holds.

1. A rule is only asked at the characters it can begin with.
2. A block of text without any such character never enters the inline parser.
3. A line of text whose only markup are plain links to the web, emphasis of words and code of words is not parsed into
   tokens at all (`simple`): its markup is found again when it is written.
4. A paragraph whose lines begin no other block, and a list of such lines, are taken in one step; outside other
   blocks each becomes one token (`prose`, `item`) instead of three to five.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import MD_TRIM_CHARS
from markdown_it.parser_block import ParserBlock, RuleFuncBlockType
from markdown_it.parser_inline import ParserInline, RuleFuncInlineType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from yoroku.markdown.flanking import InlineState

# The characters with which each inline rule begins.
_INLINE_STARTS: Final = {
    "text": "",
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "footnote_ref": "[",
    "wikilink": "[",
    "link": "[",
    "embed": "!",
    "image": "!",
    "autolink": "<",
    "bare_url": ":",
    "ruby": "{",
    "entity": "&",
}
# `]` begins nothing but ends a link's text. Characters that only matter in company are looked at with it.
_SPECIAL = re.compile(r"[\n\\`*_\[\]<{&]|~(?=~)|!(?=\[)|:(?=//)")
_DELIMITERS = re.compile(r"[*_~]")


# Text in which nothing begins, and words whose first and last character are letters or digits: beside those, emphasis
# always opens and closes. Only single characters are repeated possessively: before 3.11.5 Python forgets what a group's
# lookahead said when the group is. The pieces begin with different characters, so giving them back costs little.
_PIECE = r"[^\n\\`*_\[\]<{&~!:^]++|~(?!~)|!(?!\[)|:(?!//)"
_TEXT = rf"(?:{_PIECE})+"
_LETTER = r"[^\W_]"
_WORDS = rf"(?={_LETTER})({_TEXT})(?<={_LETTER})"
# The groups are: a link's text and address, strong words, emphasised words, code.
SIMPLE_MARKUP: Final = re.compile(
    rf"\[({_TEXT})\]\((https?://[a-z0-9.-]++(?:/[A-Za-z0-9\-_./]*+)?)\)"
    rf"|\*\*{_WORDS}\*\*(?!\*)|\*{_WORDS}\*(?!\*)|`{_WORDS}`(?!`)"
)
_SIMPLE = re.compile(rf"(?:{_PIECE}|{SIMPLE_MARKUP.pattern})+\Z")


def is_plain(token: Token, *, may_be_simple: bool) -> bool:
    """Whether an inline token needs no children: one run of text, or text with simple markup; then it is told so."""
    if not _SPECIAL.search(token.content):
        token.info = "plain"
    elif may_be_simple and _SIMPLE.match(token.content):
        token.info = "simple"
    else:
        return False
    return True


class Inline(ParserInline):
    """The inline parser, asking rules by first character."""

    def __init__(self) -> None:
        super().__init__()
        self.terminator_re = _SPECIAL
        self.by_char: dict[str, tuple[RuleFuncInlineType, ...]] = {}

    def index(self) -> None:
        """Note which rules may begin with which character. To be called when the rules are complete."""
        rules: defaultdict[str, list[RuleFuncInlineType]] = defaultdict(list)
        for name, rule in zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True):
            for char in _INLINE_STARTS[name]:
                rules[char].append(rule)
        self.by_char = {char: tuple(found) for char, found in rules.items()}

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        """Parse a block's text; without delimiters there is nothing to balance."""
        state = InlineState(src, md, env, tokens)
        self.tokenize(state)
        if _DELIMITERS.search(src):
            for rule in self.ruler2.getRules(""):
                rule(state)
        return state.tokens

    def tokenize(self, state: StateInline) -> None:
        """Make tokens of the text between `pos` and `posMax`."""
        src, end, by_char, search = state.src, state.posMax, self.by_char, _SPECIAL.search
        deep = state.level >= state.md.options["maxNesting"]
        while state.pos < end:
            pos = state.pos
            special = None if deep else search(src, pos, end)
            stop = special.start() if special else end
            if stop > pos:
                state.append_pending(src[pos:stop])
                state.pos = stop
                if stop == end:
                    break
            for rule in by_char.get(src[stop], ()):
                if rule(state, False):
                    break
            else:
                state.append_pending(src[stop])
                state.pos = stop + 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - markdown-it's own name
        """Step over one token without making it."""
        pos, cache = state.pos, state.cache
        if pos in cache:
            state.pos = cache[pos]
            return
        if state.level >= state.md.options["maxNesting"]:
            state.pos = state.posMax
        else:
            rules = self.by_char.get(state.src[pos])
            if rules is None:
                special = _SPECIAL.search(state.src, pos)
                state.pos = max(pos + 1, special.start() if special else state.posMax)
            else:
                state.level += 1
                for rule in rules:
                    if rule(state, True):
                        break
                else:
                    state.pos = pos + 1
                state.level -= 1
        cache[pos] = state.pos


# The characters with which each block rule begins; None is any.
_BLOCK_STARTS: Final = {
    "callout_title": "[",
    "table": None,
    "code": None,
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*-+0123456789",
    "footnote": "[",
    "reference": "[",
    "heading": "#",
    "lheading": None,
    "deflist": None,
    "paragraph": None,
}
# How a line begins that may be something other than a paragraph, or change the paragraph above it.
_NOT_PROSE = re.compile(
    r"[\-=>|: \t\n]|[*+](?:[ \t]|$)|[*_][*_ \t]*$|[`~]{3}|\[(?!\[|[^\n\\\[\]^]+\]\()|#{1,6}(?:[ \t]|$)"
    r"|[0-9]{1,9}[.)](?:[ \t]|$)"
)
_ANY_ITEM = re.compile(r"(?:[-+*]|[0-9]{1,9}[.)])(?=[ \t\n]|\Z)")
_HEADING = re.compile(r"#{1,6} (?=[^ \t#])")
_ITEM = re.compile(r"(?:[-+*]|([0-9]{1,9})[.)]) (?=[^ \t\n])")


class Block(ParserBlock):
    """The block parser, asking rules by the first character of the line."""

    def __init__(self) -> None:
        super().__init__()
        self.any: tuple[RuleFuncBlockType, ...] = ()
        self.by_char: dict[str, tuple[RuleFuncBlockType, ...]] = {}

    def index(self) -> None:
        """Note which rules may begin with which character. To be called when the rules are complete."""
        rules = list(zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True))
        chars = {char for name, _ in rules for char in _BLOCK_STARTS[name] or ""}
        self.any = tuple(rule for name, rule in rules if _BLOCK_STARTS[name] is None)
        self.by_char = {
            char: tuple(rule for name, rule in rules if char in (_BLOCK_STARTS[name] or char)) for char in chars
        }

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 - markdown-it's names
        """Make tokens of the lines; the loop is markdown-it's, but for telling of what is dropped as too deep."""
        line = startLine
        max_nesting = state.md.options["maxNesting"]
        has_empty_lines = False
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            if state.level >= max_nesting:
                state.tokens.append(Token("too_deep", "", 0, map=[line, endLine], block=True))
                state.line = endLine
                break
            if not _prose(state, line) and not _tight_list(state, line) and not _heading(state, line):
                char = state.src[state.bMarks[line] + state.tShift[line]]
                for rule in self.by_char.get(char, self.any):
                    if rule(state, line, endLine, False):
                        break
            state.tight = not has_empty_lines
            line = state.line
            if line - 1 < endLine and state.isEmpty(line - 1):
                has_empty_lines = True
            if line < endLine and state.isEmpty(line):
                has_empty_lines = True
                line += 1
                state.line = line


def _prose(state: StateBlock, start: int) -> bool:
    """Take a paragraph of lines that begin nothing else; leave anything less plain to the rules."""
    if state.sCount[start] - state.blkIndent > 3:
        return False
    line, last, src = start, state.lineMax, state.src
    while line < last:
        begin, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
        if begin >= end:
            break
        if _NOT_PROSE.match(src, begin, end) or (line > start and state.sCount[line] < state.blkIndent):
            return False
        line += 1
    if line == start + 1:
        # A definition may follow its term after a blank line.
        if line + 1 < last and src.startswith(":", state.bMarks[line + 1] + state.tShift[line + 1]):
            return False
        content = src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    else:
        content = state.getLines(start, line, state.blkIndent, False)
    content = content.strip(MD_TRIM_CHARS)
    state.line = line
    level = state.level
    # A note shown by itself takes no <p>, so its paragraph must have a token of its own.
    if level == 0 and not content.startswith("![["):
        state.tokens.append(Token("prose", "p", 0, {}, [start, line], 0, None, content, block=True))
        return True
    opening = Token("paragraph_open", "p", 1, {}, [start, line], level, block=True)
    inline = Token("inline", "", 0, {}, [start, line], level + 1, [], content, block=True)
    state.tokens += (opening, inline, Token("paragraph_close", "p", -1, {}, None, level, block=True))
    return True


def _heading(state: StateBlock, line: int) -> bool:
    """Take a heading that ends in neither a space nor a `#`, above a line that cannot make it the head of a table."""
    if state.level or state.tShift[line]:
        return False
    src, begin, end = state.src, state.bMarks[line], state.eMarks[line]
    found = _HEADING.match(src, begin, end)
    if found is None or src[end - 1] in "# \t":
        return False
    following = state.bMarks[line + 1] + state.tShift[line + 1] if line + 1 < state.lineMax else len(src)
    if src[following : following + 1] in ("|", "-", ":"):
        return False
    tag, lines = f"h{found.end() - begin - 1}", [line, line + 1]
    content = src[found.end() : end].strip(MD_TRIM_CHARS)
    opening = Token("heading_open", tag, 1, {}, lines, 0, block=True)
    inline = Token("inline", "", 0, {}, [line, line + 1], 1, [], content, block=True)
    state.tokens += (opening, inline, Token("heading_close", tag, -1, {}, None, 0, block=True))
    state.line = line + 1
    return True


def _tight_list(state: StateBlock, start: int) -> bool:
    """Take a list, outside everything else, whose items are one line of prose each."""
    if state.level or state.sCount[start]:
        return False
    src, last = state.src, state.lineMax
    marker: str | None = None
    number = ""
    items: list[Token] = []
    line = start
    while line < last and not state.isEmpty(line):
        begin, end = state.bMarks[line], state.eMarks[line]
        found = _ITEM.match(src, begin, end)
        if found is None or state.sCount[line] or _NOT_PROSE.match(src, found.end(), end):
            return False
        if marker is None:
            marker, number = src[found.end() - 2], found[1] or ""
        elif src[found.end() - 2] != marker:
            return False
        content = src[found.end() : end].strip(MD_TRIM_CHARS)
        items.append(Token("item", "li", 0, {}, [line, line + 1], 1, None, content, block=True))
        line += 1
    line = state.skipEmptyLines(line)
    if not items or (line < last and (state.sCount[line] or _ANY_ITEM.match(src, state.bMarks[line]))):
        return False
    kind, tag = ("ordered_list", "ol") if number else ("bullet_list", "ul")
    attrs: dict[str, str | int | float] = {"start": int(number)} if number and int(number) != 1 else {}
    state.tokens.append(Token(kind + "_open", tag, 1, attrs, [start, line], 0, block=True))
    state.tokens += items
    state.tokens.append(Token(kind + "_close", tag, -1, {}, None, 0, block=True))
    state.line = line
    return True
