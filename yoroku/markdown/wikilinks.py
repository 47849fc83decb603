"""Obsidian's links between notes: `[[page]]`, `[[page#heading|label]]`, `![[embed]]`."""

from __future__ import annotations

import re

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline

# Bounded, so that a long run of brackets costs no more than it is long.
_LINK = re.compile(r"\[\[([^\[\]|#\n]{0,300}+)(?:#([^\[\]|\n]{0,300}+))?(?:\|([^\[\]\n]{0,500}+))?\]\]")
_SIZE = re.compile(r"(?:(?P<alt>.*)\|)?(?P<width>\d{1,5})(?:x(?P<height>\d{1,5}))?\Z", re.DOTALL)


def wikilink(state: StateInline, silent: bool) -> bool:
    """Inline rule for `[[...]]`. A link reference with the same label wins: that is CommonMark's own meaning."""
    if not state.src.startswith("[[", state.pos) or state.linkLevel:
        return False
    return _wiki(state, silent, start=state.pos, embed=False)


def embed(state: StateInline, silent: bool) -> bool:
    """Inline rule for `![[...]]`."""
    if not state.src.startswith("![[", state.pos):
        return False
    return _wiki(state, silent, start=state.pos + 1, embed=True)


def _wiki(state: StateInline, silent: bool, *, start: int, embed: bool) -> bool:
    found = _LINK.match(state.src, start, state.posMax)
    if found is None:
        return False
    target, heading, label = ((part or "").strip() for part in found.groups())
    if not target and not heading:
        return False
    references = state.env.get("references")
    if references and any(normalizeReference(found[0][cut:-cut]) in references for cut in (1, 2)):
        return False
    if not silent:
        target = target.removesuffix("\\")
        token = state.push("wikilink", "a", 0)
        token.content = label
        token.meta = {
            "target": target,
            "heading": heading,
            "embed": embed,
            "at": state.pos,
            "shown": label or target or heading,
        }
    state.pos = found.end()
    return True


def size_in_label(label: str) -> tuple[str, int | None, int | None]:
    """Split an embed's label into alternative text, width and height: `alt|300x200`, `300`."""
    found = _SIZE.match(label)
    if found is None:
        return label, None, None
    height = found["height"]
    return found["alt"] or "", int(found["width"]), int(height) if height else None
