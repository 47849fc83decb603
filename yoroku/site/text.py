"""Comparing texts that may differ in width, spaces and punctuation."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# A run this long that stands in two texts is a copy, not chance: Japanese packs a clause into 12 characters,
# a language with spaces needs about three times as many letters.
CJK_RUN = 12
LATIN_RUN = 32


def folded(text: str) -> str:
    """`text` in NFKC and lower case, letters and digits only."""
    return "".join(mark for mark in unicodedata.normalize("NFKC", text).casefold() if mark.isalnum())


@lru_cache(maxsize=1024)
def runs(text: str) -> frozenset[str]:
    """Every run of `text` that is long enough to show a copy. Kept: a sentence is asked about several times."""
    return frozenset(_runs(folded(text)))


def _runs(bare: str) -> Iterator[str]:
    for at in range(len(bare) - CJK_RUN + 1):
        run = bare[at : at + CJK_RUN]
        if not run.isascii():
            yield run
        elif at + LATIN_RUN <= len(bare):
            yield bare[at : at + LATIN_RUN]


def squeezed(text: str) -> tuple[str, list[int]]:
    """`text` without white space, and where each character of it stood."""
    kept = [(mark, at) for at, mark in enumerate(text) if not mark.isspace()]
    return "".join(mark for mark, _ in kept), [at for _, at in kept]


def find(part: str, whole: str) -> tuple[int, int] | None:
    """Where `part` stands in `whole`, white space aside: start and end, or None."""
    bare, places = squeezed(whole)
    wanted, _ = squeezed(part)
    at = bare.find(wanted) if wanted else -1
    return None if at < 0 else (places[at], places[at + len(wanted) - 1] + 1)


def escaped(text: str) -> str:
    """`text` as Markdown that shows exactly these characters."""
    return "".join("\\" + mark if mark in "\\`*_[]<>#|~^&!:{}()$=+-" else mark for mark in text)
