"""Patterns that are compiled when first used: an import of one Japanese bulletin needs no Korean ones.

There are four hundred, and compiling one class of kanji alone costs up to a millisecond.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from yoroku.bulletin.needed_letters import fence
from yoroku.patterns import compiled

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub")


class Lazy:
    """A regular expression with the methods that the rules use; each is there after the first call."""

    __slots__ = ("_fenced", "_flags", "_text", "findall", "finditer", "fullmatch", "match", "search", "split", "sub")

    search: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    findall: Callable[..., list[Any]]
    split: Callable[..., list[str | Any]]
    sub: Callable[..., str]

    def __init__(self, text: str, flags: int, *, fenced: bool) -> None:
        self._text = text
        self._flags = flags
        self._fenced = fenced

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        pattern = compiled(fence(self._text) + self._text if self._fenced else self._text, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(pattern, method))
        return getattr(pattern, name)


def lazy(text: str, flags: int = 0) -> Lazy:
    """The pattern `text`, compiled when first used."""
    return Lazy(text, flags, fenced=False)


def searched(text: str, flags: int = 0) -> Lazy:
    """The same for a pattern of many branches that is looked for in whole sentences.

    What a match can begin with is checked first at each letter: the library tries every branch there.
    """
    return Lazy(text, flags, fenced=True)
