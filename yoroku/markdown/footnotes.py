"""Footnotes: `[^name]` in the text, `[^name]: ...` anywhere; shown at the end in the order of first reference."""

from __future__ import annotations

import re

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from yoroku.records import dataclass, field

_LABEL = r"\[\^([^\[\]\s]{1,100}+)\]"
_REFERENCE = re.compile(_LABEL)
_DEFINITION = re.compile(_LABEL + r":[ \t]*")


@dataclass(slots=True)
class Footnotes:
    """The footnotes of one document while it is parsed, by label: definitions, numbers from 1, times referred to.

    `order` has the labels in the order of first reference; it grows while the notes themselves are parsed. `repeated`
    are the opening tokens of definitions that another of the same label precedes.
    """

    bodies: dict[str, list[Token]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    repeated: list[Token] = field(default_factory=list)


def definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Block rule for `[^name]: text`, with further blocks indented by four."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    if state.src[begin : begin + 2] != "[^" or state.is_code_block(start_line):
        return False
    found = _DEFINITION.match(state.src, begin, state.eMarks[start_line])
    if found is None:
        return False
    if silent:
        return True
    opening = state.push("footnote_open", "li", 1)
    opening.meta = {"label": normalizeReference(found[1]), "written": found[1]}
    kept = (state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line], state.parentType)
    state.bMarks[start_line], state.tShift[start_line] = found.end(), 0
    state.blkIndent += 4
    state.sCount[start_line] = state.blkIndent
    state.parentType = "footnote"
    state.line = start_line + 1
    state.md.block.tokenize(state, start_line, end_line)
    state.bMarks[start_line], state.tShift[start_line], state.sCount[start_line], state.parentType = kept
    state.blkIndent -= 4
    state.line = max(state.line, start_line + 1)
    opening.map = [start_line, state.line]
    state.push("footnote_close", "li", -1)
    return True


def reference(state: StateInline, silent: bool) -> bool:
    """Inline rule for `[^name]`; a name without a definition stays text."""
    footnotes: Footnotes = state.env["footnotes"]
    if not footnotes.bodies or state.src[state.pos : state.pos + 2] != "[^":
        return False
    found = _REFERENCE.match(state.src, state.pos, state.posMax)
    if found is None or (label := normalizeReference(found[1])) not in footnotes.bodies:
        return False
    if not silent:
        number = footnotes.numbers.setdefault(label, len(footnotes.numbers) + 1)
        if number > len(footnotes.order):
            footnotes.order.append(label)
        footnotes.times[label] = times = footnotes.times.get(label, 0) + 1
        token = state.push("footnote_ref", "sup", 0)
        token.meta = {"number": number, "times": times}
    state.pos = found.end()
    return True


def take_definitions(tokens: list[Token], footnotes: Footnotes) -> list[Token]:
    """Move the definitions out of the stream, into `footnotes`; return the rest. The first of two namesakes counts."""
    rest: list[Token] = []
    stack: list[list[Token]] = []
    for token in tokens:
        if token.type == "footnote_open":
            stack.append([token])
        elif token.type == "footnote_close" and stack:
            body = stack.pop()
            if footnotes.bodies.setdefault(body[0].meta["label"], body) is not body:
                footnotes.repeated.append(body[0])
        elif stack:
            stack[-1].append(token)
        else:
            rest.append(token)
    return rest
