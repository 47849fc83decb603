"""Three-way merge of a briefing's file: what the importer wrote, what the editor made of it, what it would write now.

Untouched pieces take the new import, edited pieces stay as the editor left them, letter by letter. Where both changed
the same piece, the editor's stays and a `Conflict` tells what the import would have written. The merge works on the
text, not on the values, so comments and layout of the front matter survive too.

A *piece* is a key of the front matter, an item of a list in it, or a block of the body. Pieces are matched by what they
say, not by their line marks: one more line at the head of a bulletin moves every mark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from yoroku.briefing.file import split
from yoroku.briefing.schema import BRIEFING
from yoroku.patterns import late
from yoroku.records import dataclass

_MARK = late(r" \^L\d+(?:-\d+)?$", re.MULTILINE)
_LINES = late(r"^\s*(?:- )?lines: \[[^\]]*\]\n?", re.MULTILINE)
_KEY = late(r"([A-Za-z_]+):")
_ORDER = {field.key: place for place, field in enumerate(BRIEFING.fields)}
# The importer's own account of what it did; nobody else's words stand there.
_IMPORTERS = frozenset({"provenance"})
_SIMILAR = 0.6


@dataclass(frozen=True, slots=True)
class Conflict:
    """A piece that the editor and the import both changed.

    The editor's version stands in the file, but for the provenance, which is the importer's own account.
    """

    where: str
    base: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The file's new text and what could not be decided."""

    text: str
    conflicts: tuple[Conflict, ...] = ()


def merge(base: str, ours: str, theirs: str) -> Merged:
    """Merge three texts of one briefing's file. `ours` is returned as it is when nothing is new in `theirs`.

    Raises `Problems` when one of them has no front matter.
    """
    base_front, base_body, _ = split(base, path="")
    our_front, our_body, _ = split(ours, path="")
    their_front, their_body, _ = split(theirs, path="")
    if (base_front, base_body) == (their_front, their_body):
        return Merged(ours)
    conflicts: list[Conflict] = []
    front = _merge_front(base_front, our_front, their_front, conflicts)
    body = _merge_pieces(_blocks(base_body), _blocks(our_body), _blocks(their_body), "body", conflicts)
    return Merged(f"---\n{front}---\n{''.join(body)}", tuple(conflicts))


def conflict_page(path: str, conflicts: Sequence[Conflict]) -> str:
    """The conflicts as a page that an editor can read and then delete."""
    parts = [
        f"# {path}\n\n"
        "この取り込みでは、次の箇所が編集者の版とぶつかりました。ファイルには編集者の版が残っています。\n"
        "必要な変更を書き写したら、このファイルを消してください。\n\n"
        "The new import and the editor changed the same places. The file keeps the editor's version.\n"
        "Copy over what is wanted, then delete this file.\n"
    ]
    for number, conflict in enumerate(conflicts, 1):
        parts.append(f"\n## {number}. {conflict.where}\n")
        versions = (
            ("編集者の版 (in the file)", conflict.ours),
            ("新しい取り込み (new import)", conflict.theirs),
            ("前の取り込み (former import)", conflict.base),
        )
        for label, text in versions:
            fence = "~" * max(3, *(len(run) + 1 for run in re.findall(r"~+", text)), 3)
            parts.append(f"\n{label}:\n\n{fence}\n{text.strip() or '—'}\n{fence}\n")
    return "".join(parts)


def _merge_front(base: str, ours: str, theirs: str, conflicts: list[Conflict]) -> str:
    pieces = [_keys(text) for text in (base, ours, theirs)]
    in_base, in_ours, in_theirs = pieces
    result: dict[str, str] = {}
    for key in dict.fromkeys((*in_ours, *in_theirs)):
        was, own, new = in_base.get(key, ""), in_ours.get(key, ""), in_theirs.get(key, "")
        if key in _IMPORTERS:
            result[key] = new or own
            if own not in (was, result[key]):
                conflicts.append(Conflict(key, was, own, new))
        elif own == was:
            result[key] = new
        elif new in (was, own):
            result[key] = own
        elif _is_list(own) and _is_list(new):
            (was_head, was_items), (own_head, own_items), (new_head, new_items) = map(_items, (was, own, new))
            items = _merge_pieces(was_items, own_items, new_items, key, conflicts)
            result[key] = (own_head if own_head != was_head else new_head) + "".join(items)
        else:
            result[key] = _decide(was, own, new, key, conflicts)
    at_end = in_ours.get("", "")
    ordered = sorted((key for key in result if key), key=lambda key: _rank(key, list(in_ours)))
    return "".join(result[key] for key in ordered) + at_end


def _rank(key: str, ours: list[str]) -> tuple[int, int]:
    """The schema's order; keys that it does not know come last, in the editor's order."""
    return (_ORDER.get(key, len(_ORDER)), ours.index(key) if key in ours else len(ours))


def _keys(front: str) -> dict[str, str]:
    """The text of each top-level key with the comments above it; the rest after the last key under the empty name."""
    pieces: dict[str, str] = {}
    waiting = ""
    key = ""
    for line in front.splitlines(keepends=True):
        named = _KEY.match(line)
        if named:
            key = named[1]
            pieces[key] = pieces.get(key, "") + waiting + line
            waiting = ""
        elif line.startswith("#") or not line.strip():
            waiting += line
        else:
            pieces[key] = pieces.get(key, "") + waiting + line
            waiting = ""
    if waiting:
        pieces[""] = pieces.get("", "") + waiting
    return pieces


def _is_list(piece: str) -> bool:
    return bool(re.search(r"^ *- ", piece, re.MULTILINE))


def _items(piece: str) -> tuple[str, list[str]]:
    """The line of the key, and the items of its list."""
    starts = [match.start() for match in re.finditer(r"^ {0,2}- ", piece, re.MULTILINE)]
    if not starts:
        return piece, []
    bounds = [*starts, len(piece)]
    return piece[: starts[0]], [piece[first:last] for first, last in pairwise(bounds)]


def _blocks(body: str) -> list[str]:
    """The body in pieces that join to itself: a block with the blank lines after it. Fenced code is one block."""
    pieces: list[str] = []
    fence = ""
    for line in body.splitlines(keepends=True):
        opens = re.match(r" {0,3}(`{3,}|~{3,})", line)
        continues = bool(pieces) and (bool(fence) or _continues(pieces[-1], line))
        if continues:
            pieces[-1] += line
        else:
            pieces.append(line)
        if opens and not fence:
            fence = opens[1]
        elif fence and line.strip().startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
    return pieces


def _continues(piece: str, line: str) -> bool:
    """Whether `line` belongs to `piece`: a blank line does, and a line under text whose block has not ended yet."""
    last = piece.rstrip("\n").rsplit("\n", 1)[-1]
    return not line.strip() or (bool(last.strip()) and not piece.endswith("\n\n") and not _MARK.search(last))


def _merge_pieces(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], where: str, conflicts: list[Conflict]
) -> list[str]:
    """Merge three lists of pieces; see the module's words for the rule."""
    of_ours, of_theirs = _align(base, ours), _align(base, theirs)
    their_of = {origin: place for place, origin in of_theirs.items()}
    our_of = {origin: place for place, origin in of_ours.items()}
    after: dict[int, list[str]] = {}  # new pieces of the import, by the piece of ours (or -1) that they follow
    position = -1
    for place, piece in enumerate(theirs):
        origin = of_theirs.get(place)
        if origin is None:
            if piece not in ours:
                after.setdefault(position, []).append(piece)
        elif origin in our_of:
            position = our_of[origin]
        elif _essence(piece) != _essence(base[origin]):
            conflicts.append(Conflict(where, base[origin], "", piece))
    result = list(after.get(-1, ()))
    for place, piece in enumerate(ours):
        origin = of_ours.get(place)
        if origin is None:
            result.append(piece)
        else:
            new = theirs[their_of[origin]] if origin in their_of else ""
            result.append(_decide(base[origin], piece, new, where, conflicts))
        result += after.get(place, ())
    return result


def _decide(base: str, ours: str, theirs: str, where: str, conflicts: list[Conflict]) -> str:
    if ours == base:
        return theirs
    if _essence(theirs) == _essence(base):
        return _with_lines_of(ours, base, theirs)
    if _essence(theirs) != _essence(ours) and not (not theirs and "done: true" in ours):
        conflicts.append(Conflict(where, base, ours, theirs))
    return ours


def _align(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Which piece of `base` each piece of `other` is: equal ones in order, then moved ones, then similar ones."""
    base_keys, other_keys = [_essence(piece) for piece in base], [_essence(piece) for piece in other]
    found: dict[int, int] = {}
    matcher = SequenceMatcher(None, base_keys, other_keys, autojunk=False)
    for first, second, size in matcher.get_matching_blocks():
        found.update({second + step: first + step for step in range(size)})
    free = {place for place in range(len(base)) if place not in set(found.values())}
    for place, key in enumerate(other_keys):
        if place not in found:
            same = next((origin for origin in sorted(free) if base_keys[origin] == key), None)
            if same is not None:
                found[place] = same
                free.discard(same)
    for place, key in enumerate(other_keys):
        if place not in found and free:
            best = max(sorted(free), key=lambda origin: _likeness(base_keys[origin], key))
            if _likeness(base_keys[best], key) >= _SIMILAR:
                found[place] = best
                free.discard(best)
    return found


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _SIMILAR and matcher.quick_ratio() >= _SIMILAR else 0.0


def _essence(piece: str) -> str:
    """What a piece says, without marks, line spans and space at its ends."""
    return _LINES.sub("", _MARK.sub("", piece)).strip()


def _with_lines_of(ours: str, base: str, theirs: str) -> str:
    """The editor's piece; its line marks and spans follow the bulletin where the editor has left them alone."""
    for pattern in (_MARK, _LINES):
        was, own, new = pattern.findall(base), pattern.findall(ours), pattern.findall(theirs)
        if was == own and len(new) == len(own):
            ours = _replaced(pattern, ours, new)
    return ours


def _replaced(pattern: re.Pattern[str], text: str, new: Sequence[str]) -> str:
    fresh = iter(new)
    return pattern.sub(lambda _: next(fresh), text)
