"""Ruby: `{漢字|かんじ}` over the whole word, `{漢字|かん|じ}` over each character."""

from __future__ import annotations

import re
from html import escape

from markdown_it.rules_inline import StateInline

from yoroku.markdown.chars import CJK, COMBINING

_PART = r"(?:[^{}|\\`\n]|\\[{}|\\])"
_RUBY = re.compile(rf"\{{({_PART}{{1,200}}+)((?:\|{_PART}{{0,200}}+){{1,200}})\}}")
_SEPARATOR = re.compile(r"(?<!\\)\|")
_ESCAPED = re.compile(r"\\([{}|\\])")
_GRAPHEME = re.compile(f".[{COMBINING}]*", re.DOTALL)


def ruby(state: StateInline, silent: bool) -> bool:
    """Inline rule. Braces without CJK are no ruby and stay as they are."""
    found = _RUBY.match(state.src, state.pos, state.posMax)
    if found is None or not CJK.search(found[0]):
        return False
    if not silent:
        base = _ESCAPED.sub(r"\1", found[1])
        readings = [_ESCAPED.sub(r"\1", part) for part in _SEPARATOR.split(found[2])[1:]]
        token = state.push("ruby", "ruby", 0)
        token.content = base
        token.meta = {"readings": readings, "at": state.pos}
        if not fits(base, readings):
            token.meta["shown"] = found[0]
    state.pos = found.end()
    return True


def fits(base: str, readings: list[str]) -> bool:
    """Whether there is one reading for the whole base, or one for each of its characters, with something to read."""
    if not base.strip() or not any(part.strip() for part in readings):
        return False
    return len(readings) in (1, len(_GRAPHEME.findall(base)))


def ruby_html(base: str, readings: list[str]) -> str:
    """The element. Brackets in `rp` are for software without ruby; an empty reading leaves its character bare."""
    bases = [base] if len(readings) == 1 else _GRAPHEME.findall(base)
    pairs = "".join(
        escape(over) + (f"<rp>（</rp><rt>{escape(part)}</rt><rp>）</rp>" if part else "<rt></rt>")
        for over, part in zip(bases, readings, strict=True)
    )
    return f"<ruby>{pairs}</ruby>"
