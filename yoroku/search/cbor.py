"""The little of CBOR that Pagefind's files need. Decoding is for small files; big arrays are cut by `entries`."""

from __future__ import annotations

import re
from typing import TypeAlias

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
_CODED = re.compile(rb"\x83[\x64-\x6c](?=[\xe3-\xea])")


def entries(chunk: bytes) -> list[tuple[str, bytes]]:
    """The words of an index chunk with the bytes of their entries, in the chunk's order."""
    _, _, at = _head(chunk, 0)
    _, count, at = _head(chunk, at)
    starts = [match.start() for match in _CODED.finditer(chunk, at)]
    if len(starts) != count:
        starts = _walk(chunk, at, count)
    starts.append(len(chunk))
    return [(_word(chunk, here), chunk[here:end]) for here, end in zip(starts, starts[1:], strict=False)]


def _word(chunk: bytes, entry: int) -> str:
    _, size, at = _head(chunk, entry + 1)
    return chunk[at : at + size].decode()


def _walk(chunk: bytes, at: int, count: int) -> list[int]:
    starts: list[int] = []
    for _ in range(count):
        starts.append(at)
        _, at = decode(chunk, at)
    return starts
