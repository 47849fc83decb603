"""Letters without which a line cannot match a pattern, read off the pattern itself.

A table of hundreds of patterns is tried on every line of a bulletin; most rows are out at a glance. What this reader
does not know makes a row one that is always tried: the answer stays the same, only later.
"""

from __future__ import annotations

import re
import zlib
from functools import cache, lru_cache
from pathlib import Path

from yoroku.patterns import late, remembered
from yoroku.records import dataclass

# Whatever may stand here: a dot, a negated set.
ANY: frozenset[str] | None = None
_ZERO_WIDTH = frozenset("bB")
_CLASSES = frozenset("dDsSwW")


@dataclass(frozen=True, slots=True)
class Needed:
    """`first`: a match begins with one of these; `inside`: it holds one of them. None: nothing is known."""

    first: frozenset[str] | None
    inside: frozenset[str] | None


@lru_cache(maxsize=1024)
def same(char: str) -> str:
    """The letter for all that equal it when case is ignored."""
    return {"ı": "i", "ſ": "s"}.get(char, char.casefold()[:1])


def letters(text: str) -> frozenset[str]:
    """The letters of a text, case ignored."""
    found = frozenset(text.casefold())
    return found | {"i"} if "ı" in found else found


@cache
def _rules() -> int:
    """What this module reads patterns by: what was read by other rules is not remembered."""
    return zlib.crc32(Path(__file__).read_bytes())


def fence(pattern: str) -> str:
    """A look ahead at what a match of `pattern` begins with, to stand before it; empty when that is not known."""
    return remembered(("fence", _rules(), pattern), lambda: _fence(pattern))


def _fence(pattern: str) -> str:
    try:
        found, end = _either(pattern, 0)
    except (ValueError, IndexError):
        return ""
    if found.first is None or found.empty or end != len(pattern):
        return ""
    return f"(?=[{''.join(sorted(_shown(sign) for sign in found.first))}])"


def _shown(sign: str) -> str:
    """A letter in both cases, as it stands in a set; a class or range as it is."""
    if len(sign) > 1:
        return sign
    return "".join(re.escape(char) for char in sorted({sign, sign.lower(), sign.upper()[:1]}))


def needed(pattern: str) -> Needed:
    """What a match of `pattern` begins with and holds. A sign that is not understood makes both unknown."""
    first, inside = remembered(("needed", _rules(), pattern), lambda: _needed(pattern))
    return Needed(ANY if first is None else frozenset(first), ANY if inside is None else frozenset(inside))


def _needed(pattern: str) -> tuple[str | None, str | None]:
    try:
        found, end = _either(pattern, 0)
    except (ValueError, IndexError):
        return None, None
    if end != len(pattern) or found.empty:
        return None, None
    first, inside = (_only_letters(signs) for signs in (found.first, found.inside))
    return None if first is None else "".join(sorted(first)), None if inside is None else "".join(sorted(inside))


def _only_letters(signs: frozenset[str] | None) -> frozenset[str] | None:
    return ANY if signs is None or any(len(sign) > 1 for sign in signs) else signs


@dataclass(frozen=True, slots=True)
class _Seen:
    """A part of a pattern: what it begins with and holds, and whether it may be empty."""

    first: frozenset[str] | None
    inside: frozenset[str] | None
    empty: bool


def _either(pattern: str, at: int) -> tuple[_Seen, int]:
    """Branches up to the closing bracket or the end."""
    seen, at = _sequence(pattern, at)
    while at < len(pattern) and pattern[at] == "|":
        other, at = _sequence(pattern, at + 1)
        seen = _Seen(
            _or(seen.first, other.first),
            ANY if seen.empty or other.empty else _or(seen.inside, other.inside),
            seen.empty or other.empty,
        )
    return seen, at


def _or(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    return ANY if one is None or other is None else one | other


def _sequence(pattern: str, at: int) -> tuple[_Seen, int]:
    first: frozenset[str] | None = frozenset()
    inside: frozenset[str] | None = ANY
    empty = True
    while at < len(pattern) and pattern[at] not in "|)":
        atom, at = _atom(pattern, at)
        least, at = _times(pattern, at)
        may_miss = atom.empty or least == 0
        if empty:
            first = _or(first, atom.first)
        # The first thing that must stand there and is known: what a match begins with, if that is known.
        if inside is ANY and not may_miss:
            inside = _only_letters(atom.inside)
        empty = empty and may_miss
        begins = ANY if empty else _only_letters(first)
        if begins is not ANY or inside is not ANY:
            return _Seen(first, inside if begins is ANY else begins, empty=False), _end_of_branch(pattern, at)
    return _Seen(first, inside, empty), at


# What parts branches, and what hides it: an escaped sign, a set.
_SIGN = late(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]")
_OPENING = late(r"\((?:\?(?:(?P<around><?[=!])|:|P<\w+>)|(?!\?))")


def _end_of_branch(pattern: str, at: int) -> int:
    """Where the branch ends in which `at` lies: the rest of it says nothing more."""
    depth = 0
    for sign in _SIGN.finditer(pattern, at):
        if sign.group() == "(":
            depth += 1
        elif depth and sign.group() == ")":
            depth -= 1
        elif not depth and sign.group() in "|)":
            return sign.start()
    return len(pattern)


def _times(pattern: str, at: int) -> tuple[int, int]:
    """How often an atom stands at least, and where what says so ends."""
    least = 1
    if at < len(pattern) and pattern[at] in "?*+{":
        end = pattern.index("}", at) if pattern[at] == "{" else at
        least = int(pattern[at + 1 : end].partition(",")[0] or 0) if pattern[at] == "{" else int(pattern[at] == "+")
        at = end + 1
        at += at < len(pattern) and pattern[at] in "?+"
    return least, at


def _atom(pattern: str, at: int) -> tuple[_Seen, int]:
    char = pattern[at]
    if char == "(":
        opening = _OPENING.match(pattern, at)
        if opening is None:
            raise ValueError(pattern[at:])
        seen, end = _either(pattern, opening.end())
        if pattern[end] != ")":
            raise ValueError(pattern[end:])
        return (_Seen(frozenset(), ANY, empty=True) if opening["around"] else seen), end + 1
    if char == "[":
        return _set(pattern, at + 1)
    if char == "\\":
        return _escaped(pattern[at + 1]), at + 2
    if char in "^$":
        return _Seen(frozenset(), ANY, empty=True), at + 1
    if char == ".":
        return _Seen(ANY, ANY, empty=False), at + 1
    return _letter(char), at + 1


def _letter(char: str) -> _Seen:
    own = frozenset((same(char),))
    return _Seen(own, own, empty=False)


def _escaped(char: str) -> _Seen:
    if char in _ZERO_WIDTH:
        return _Seen(frozenset(), ANY, empty=True)
    if char.isalnum():
        if char not in _CLASSES:
            raise ValueError(char)
        signs = frozenset((f"\\{char}",))
        return _Seen(signs, signs, empty=False)
    return _letter(char)


def _set(pattern: str, at: int) -> tuple[_Seen, int]:
    """A set in square brackets, from the sign after the opening one."""
    found: frozenset[str] | None = frozenset()
    known = pattern[at] != "^"
    at += not known
    start = at
    while pattern[at] != "]" or at == start:
        char = pattern[at]
        if char == "\\":
            at += 1
            found = _or(found, _escaped(pattern[at]).first)
        elif pattern[at + 1] == "-" and pattern[at + 2] != "]":
            found = _or(found, frozenset((f"{char}-{pattern[at + 2]}",)))
            at += 2
        else:
            found = _or(found, frozenset((same(char),)))
        at += 1
    letters_known = found if known else ANY
    return _Seen(letters_known, letters_known, empty=False), at + 1
