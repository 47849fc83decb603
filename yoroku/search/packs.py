"""The shards' indexes joined into the files that a browser loads.

A *pack* holds, for one stretch of words, that part of every shard's index: one request brings a word of the whole
site. Packs are cut by the words' first letters and their size, in blocks of 64 letters that do not influence each
other, so that an edit changes few files. Inside, everything stays as Pagefind wrote it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from yoroku.search import cbor
from yoroku.search.pagefind import Indexed

_BLOCK = 64
# Before compression; about 40 % of it goes over the wire.
PACK_BYTES = 16_000


@dataclass(frozen=True, slots=True)
class Pack:
    """A file of index parts. `first` is the first word it may hold; it ends where the next pack begins."""

    first: str
    data: bytes


class _Part:
    """One shard's words with running sizes, to cut and measure stretches without touching every word."""

    def __init__(self, indexed: Indexed) -> None:
        self.words, self.entries = indexed.words, indexed.entries
        self.ends = [0, *accumulate(map(len, indexed.entries))]

    def size(self, start: str, end: str) -> int:
        return self.ends[bisect_left(self.words, end)] - self.ends[bisect_left(self.words, start)]

    def piece(self, start: str, end: str) -> bytes:
        low, high = bisect_left(self.words, start), bisect_left(self.words, end)
        if low == high:
            return b""
        return b"\x81" + cbor.head(4, high - low) + b"".join(self.entries[low:high])


def packs(shards: Sequence[Indexed]) -> Iterator[Pack]:
    """The packs of one kind of shards, in order of their words. A pack lists the length of every shard's part first."""
    parts = [_Part(indexed) for indexed in shards]
    bounds = [*_bounds(parts), "\U0010ffff"]
    for start, end in zip(bounds, bounds[1:], strict=False):
        pieces = [part.piece(start, end) for part in parts]
        lengths = b"".join(len(piece).to_bytes(4, "big") for piece in pieces)
        yield Pack(first=start, data=lengths + b"".join(pieces))


def _bounds(parts: Sequence[_Part]) -> Iterator[str]:
    """The first words of all packs."""
    letters = sorted({word[0] for part in parts for word in part.words})
    block, filled = -1, 0
    for letter in letters:
        size = sum(part.size(letter, chr(ord(letter) + 1)) for part in parts)
        if ord(letter) // _BLOCK != block or filled + size > PACK_BYTES:
            block, filled = ord(letter) // _BLOCK, 0
            yield letter
        filled += size
        if size > PACK_BYTES:
            yield from _split(parts, letter)
            filled = PACK_BYTES


def _split(parts: Sequence[_Part], letter: str) -> Iterator[str]:
    """Where to cut the words that begin with a letter that fills more than one pack."""
    sizes: dict[str, int] = {}
    for part in parts:
        low = bisect_left(part.words, letter)
        high = bisect_left(part.words, chr(ord(letter) + 1))
        for word, entry in zip(part.words[low:high], part.entries[low:high], strict=True):
            sizes[word] = sizes.get(word, 0) + len(entry)
    filled = 0
    for word in sorted(sizes):
        if filled and filled + sizes[word] > PACK_BYTES:
            yield word
            filled = 0
        filled += sizes[word]
