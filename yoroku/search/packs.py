"""The shards' indexes joined into the files that a browser loads.

A *pack* holds, for one stretch of words, that part of every shard's index: one request brings a word of the whole
site. Packs are cut by the words' first letters and their size, in blocks of 64 letters that do not influence each
other, so that an edit changes few files. Inside, everything stays as Pagefind wrote it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from yoroku.records import dataclass
from yoroku.search import cbor
from yoroku.search.cbor import Entries

_BLOCK = 64
_END = b"\xff"
# Before compression; about 40 % of it goes over the wire.
PACK_BYTES = 16_000


@dataclass(frozen=True, slots=True)
class Pack:
    """A file of index parts. `first` is the first word it may hold; it ends where the next pack begins."""

    first: str
    data: bytes


def packs(shards: Sequence[Entries]) -> Iterator[Pack]:
    """The packs of one kind of shards, in order of their words. A pack lists the length of every shard's part first."""
    bounds = [*_bounds(shards), _END]
    cuts = [[bisect_left(shard.words, bound) for bound in bounds] for shard in shards]
    for number, first in enumerate(bounds[:-1]):
        pieces = [_piece(shard, cut[number], cut[number + 1]) for shard, cut in zip(shards, cuts, strict=True)]
        lengths = b"".join(len(piece).to_bytes(4, "big") for piece in pieces)
        yield Pack(first=first.decode(), data=lengths + b"".join(pieces))


def _piece(shard: Entries, low: int, high: int) -> bytes:
    if low == high:
        return b""
    return b"\x81" + cbor.head(4, high - low) + shard.data[shard.starts[low] : shard.starts[high]]


def _bounds(shards: Sequence[Entries]) -> Iterator[bytes]:
    """The first words of all packs."""
    letters = sorted({letter for shard in shards for letter in _letters(shard.words)})
    cuts = [[bisect_left(shard.words, letter) for letter in letters] + [len(shard.words)] for shard in shards]
    block, filled = -1, 0
    for number, letter in enumerate(letters):
        stretches = [(shard, cut[number], cut[number + 1]) for shard, cut in zip(shards, cuts, strict=True)]
        size = sum(shard.starts[high] - shard.starts[low] for shard, low, high in stretches)
        here = ord(letter.decode()) // _BLOCK
        if here != block or filled + size > PACK_BYTES:
            block, filled = here, 0
            yield letter
        filled += size
        if size > PACK_BYTES:
            yield from _split(stretches)
            filled = PACK_BYTES


def _letters(words: Sequence[bytes]) -> Iterator[bytes]:
    """The different first characters of sorted words, found without looking at every word.

    A word of nothing but stray marks is empty by the time Pagefind writes it; nobody can look for it.
    """
    at = bisect_right(words, b"")
    while at < len(words):
        letter = words[at].decode()[0]
        yield letter.encode()
        at = bisect_left(words, chr(ord(letter) + 1).encode("utf-8", "surrogatepass"), at)


def _split(stretches: Sequence[tuple[Entries, int, int]]) -> Iterator[bytes]:
    """Where to cut the words that begin with a letter that fills more than one pack."""
    sizes: dict[bytes, int] = {}
    for shard, low, high in stretches:
        starts = shard.starts
        for number in range(low, high):
            word = shard.words[number]
            sizes[word] = sizes.get(word, 0) + starts[number + 1] - starts[number]
    filled = 0
    for word in sorted(sizes):
        if filled and filled + sizes[word] > PACK_BYTES:
            yield word
            filled = 0
        filled += sizes[word]
