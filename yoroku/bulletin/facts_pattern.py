"""Patterns that are compiled when first used: an import of one Japanese bulletin needs no Korean ones.

Compiling a class of kanji costs about a millisecond, and there are a hundred of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any


class Lazy:
    """A regular expression with the four methods that the extractors use; each is there after the first call."""

    __slots__ = ("_flags", "_text", "finditer", "fullmatch", "match", "search")

    search: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]

    def __init__(self, text: str, flags: int = 0) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in {"search", "match", "fullmatch", "finditer"}:
            raise AttributeError(name)
        compiled = re.compile(self._text, self._flags)
        self.search, self.match = compiled.search, compiled.match
        self.fullmatch, self.finditer = compiled.fullmatch, compiled.finditer
        return getattr(compiled, name)


def lazy(text: str, flags: int = 0) -> Lazy:
    """The pattern `text`, compiled when first used."""
    return Lazy(text, flags)
