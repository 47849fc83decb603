"""Definition lists: a term on one line, `: definition` on the next ones."""

from __future__ import annotations

import re

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock

_MARKER = re.compile(r":[ \t]+(?=[^ \t\n])")


def _definition(state: StateBlock, line: int, end_line: int) -> int | None:
    """The position of the definition's text when the line begins one."""
    if line >= end_line or not 0 <= state.sCount[line] - state.blkIndent < 4:
        return None
    return _marker(state, line)


def _marker(state: StateBlock, line: int) -> int | None:
    if state.isEmpty(line):
        return None
    begin = state.bMarks[line] + state.tShift[line]
    if state.src[begin] != ":":
        return None
    found = _MARKER.match(state.src, begin, state.eMarks[line])
    return found.end() if found else None


def _after_term(state: StateBlock, term: int, end_line: int) -> int | None:
    """The line of the first definition of the term: the next one, or the one after a blank line."""
    line = term + 1
    if line < end_line and state.isEmpty(line):
        line += 1
    return line if _definition(state, line, end_line) is not None else None


def definition_list(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Block rule. Silently (may it end a paragraph?) it answers only for a further definition."""
    if silent:
        return 0 <= state.sCount[start_line] < state.ddIndent and _marker(state, start_line) is not None
    first = _after_term(state, start_line, end_line)
    if first is None or state.is_code_block(start_line):
        return False
    opening = len(state.tokens)
    state.push("dl_open", "dl", 1).map = lines = [start_line, 0]
    term: int | None = start_line
    loose = False
    line = first
    while term is not None:
        _push_term(state, term)
        definition: int | None = line
        while definition is not None:
            loose |= _push_definition(state, definition, end_line)
            line = state.line
            definition = line if _definition(state, line, end_line) is not None else None
        term = None
        if line < end_line and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
            following = _after_term(state, line, end_line)
            if following is not None and not state.is_code_block(line):
                term, line = line, following
    state.push("dl_close", "dl", -1)
    lines[1] = state.line
    if not loose:
        _hide_paragraphs(state, opening)
    return True


def _push_term(state: StateBlock, line: int) -> None:
    state.push("dt_open", "dt", 1).map = [line, line + 1]
    token = state.push("inline", "", 0)
    token.map = [line, line + 1]
    token.content = mdTrim(state.getLines(line, line + 1, state.blkIndent, False))
    token.children = []
    state.push("dt_close", "dt", -1)


def _push_definition(state: StateBlock, line: int, end_line: int) -> bool:
    """Parse the blocks of one definition; tell whether it is loose. Leaves `state.line` after it."""
    content = _definition(state, line, end_line)
    assert content is not None, "the caller has looked"
    state.push("dd_open", "dd", 1).map = lines = [line, 0]
    kept = (state.tight, state.ddIndent, state.blkIndent, state.tShift[line], state.sCount[line], state.parentType)
    marker = state.bMarks[line] + state.tShift[line]
    width = sum(4 if char == "\t" else 1 for char in state.src[marker + 1 : content])
    state.blkIndent = state.ddIndent = state.sCount[line] + 2
    state.tShift[line] = content - state.bMarks[line]
    # Up to three more spaces are alignment; with four it is code, as in a list item.
    state.sCount[line] += 1 + (width if width > 4 else 1)
    state.tight = True
    state.parentType = "deflist"
    state.md.block.tokenize(state, line, end_line)
    ended_empty = state.line - line > 1 and state.isEmpty(state.line - 1)
    loose = not state.tight
    state.tight, state.ddIndent, state.blkIndent, state.tShift[line], state.sCount[line], state.parentType = kept
    state.push("dd_close", "dd", -1)
    lines[1] = state.line
    return loose or (ended_empty and _definition(state, state.line, end_line) is not None)


def _hide_paragraphs(state: StateBlock, opening: int) -> None:
    """A tight list shows its definitions without `<p>`."""
    level = state.level + 2
    for at in range(opening, len(state.tokens) - 2):
        token = state.tokens[at]
        if token.type == "paragraph_open" and token.level == level:
            token.hidden = state.tokens[at + 2].hidden = True
