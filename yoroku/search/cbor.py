"""The little of CBOR that Pagefind's files need. Decoding is for small files; big ones are cut at their words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import TypeAlias

from yoroku.records import dataclass

Value: TypeAlias = "int | str | list[Value]"

_LENGTHS = {24: 1, 25: 2, 26: 4, 27: 8}


def head(major: int, number: int) -> bytes:
    """The first bytes of a value of a major type with a length, or of a number."""
    if number < 24:
        return bytes([major << 5 | number])
    for code, size in _LENGTHS.items():
        if number < 1 << 8 * size:
            return bytes([major << 5 | code]) + number.to_bytes(size, "big")
    raise ValueError(f"{number} does not fit")


def encode(value: Value) -> bytes:
    """A value as CBOR, in the shortest form."""
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, str):
        data = value.encode()
        return head(3, len(data)) + data
    return head(4, len(value)) + b"".join(map(encode, value))


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    major, number = data[at] >> 5, data[at] & 31
    at += 1
    if number >= 24:
        size = _LENGTHS[number]
        number = int.from_bytes(data[at : at + size], "big")
        at += size
    return major, number, at


def decode(data: bytes, at: int = 0) -> tuple[Value, int]:
    """The value that begins at `at`, and where it ends. Raises ValueError, KeyError or IndexError on other bytes."""
    major, number, at = _head(data, at)
    if major == 0:
        return number, at
    if major == 1:
        return -1 - number, at
    if major == 3:
        return data[at : at + number].decode(), at + number
    if major != 4:
        raise ValueError(f"unexpected CBOR type {major}")
    items: list[Value] = []
    for _ in range(number):
        item, at = decode(data, at)
        items.append(item)
    return items, at


# A coded word is a text of 4 to 12 bytes that begins with an ideograph or a Yi syllable. Between words there are only
# numbers and arrays, and no sequence of those can spell this.
_CODED = re.compile(rb"\x83([\x64-\x6c](?:[\xe3-\xea][\x80-\xbf]{2})+0?)")


@dataclass(frozen=True, slots=True)
class Entries:
    """The words of index chunks in UTF-8, and where each one's entry begins in `data`; one more offset ends it."""

    words: tuple[bytes, ...]
    starts: tuple[int, ...]
    data: bytes


def join(chunks: Iterable[bytes]) -> Entries:
    """The entries of all chunks of an index, in the order of their words."""
    parts = sorted(map(_entries, chunks))
    words: list[bytes] = []
    sizes: list[int] = []
    for more, lengths, _ in parts:
        words += more
        sizes += lengths
    return Entries(tuple(words), (0, *accumulate(sizes)), b"".join(data for _, _, data in parts))


def _entries(chunk: bytes) -> tuple[list[bytes], list[int], bytes]:
    _, _, at = _head(chunk, 0)
    _, count, at = _head(chunk, at)
    pieces = _CODED.split(chunk[at:])
    texts, rests = pieces[1::2], pieces[2::2]
    if len(texts) == count and not pieces[0] and all(len(text) == (text[0] & 31) + 1 for text in texts):
        lengths = [1 + len(text) + len(rest) for text, rest in zip(texts, rests, strict=True)]
        return [text[1:] for text in texts], lengths, chunk[at:]
    return _walk(chunk, at, count)


def _walk(chunk: bytes, at: int, count: int) -> tuple[list[bytes], list[int], bytes]:
    """The same by reading every value: for words of languages with spaces, which may look like anything."""
    words: list[bytes] = []
    starts = [at]
    for _ in range(count):
        _, size, text = _head(chunk, starts[-1] + 1)
        words.append(chunk[text : text + size])
        starts.append(decode(chunk, starts[-1])[1])
    return words, [end - start for start, end in pairwise(starts)], chunk[at:]
