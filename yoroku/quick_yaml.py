"""The YAML that our own writer makes, read line by line. Anything else is left to PyYAML.

A mapping has one key a line; a value is plain or in double quotes and ends with its line, or is a list of such values
in brackets, or a mapping of those in braces, or a mapping or a list of items in the lines below, further in. Lines that
are blank or all comment are passed over: no value goes on behind them. Where a line is anything else, a text over
several lines, a comment behind a value, there is no answer, and no mistake is ever told from here. That the answers are
those of PyYAML, places included, is what a test holds.
"""

from __future__ import annotations

import re

from yoroku.patterns import late
from yoroku.yaml_nodes import Items, Node, Scalar, Table

# Tabs, and what YAML takes for the end of a line or does not allow at all.
_ODD = late("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_ENTRY = late(r"( *)([a-z_]{1,60}):(?: ([^ \n].*))?\Z")
_QUOTED = late(r'"([^"\\]*)"\Z')
_ESCAPED = late(r'"((?:[^"\\]|\\["\\])*)"\Z')
_BEGIN = r"[^\s\-?:,\[\]{}#&*!|>'\"%@`]"
_BEGINS = late(_BEGIN)
_WITHIN = rf'("[^"\\]*")|({_BEGIN}(?:[^,\[\]{{}}:#"?]*[^,\[\]{{}}:#"? ])?)'
_WRITTEN = late(_WITHIN)
_LISTED = late(rf" *(?:{_WITHIN}) *([,\]])")
_PAIR = late(r" *([a-z_]{1,60}): +")
_AFTER = late(r" *([,}])")
_SKIPPED = ("", "#")
_DEEPEST = 8


class _Other(Exception):
    """Something that is not of the writer's own kind."""


def read(text: str, *, first_line: int) -> Table | Items | None:
    """What is written, or None when PyYAML has to read it. `first_line` is the line on which `text` begins."""
    if not text.endswith("\n") or _ODD.search(text):
        return None
    rows = text[:-1].split("\n")
    lines = [line for line, row in enumerate(rows, first_line) if row.lstrip(" ")[:1] not in _SKIPPED]
    reader = _Reader([rows[line - first_line] for line in lines], lines)
    try:
        found = reader.items(0, 0) if reader.rows[0].startswith("- ") else reader.table(0, 0)
    except (_Other, IndexError):
        return None
    return found if reader.at == len(reader.rows) else None


class _Reader:
    """Goes through the rows once; `at` is the next one, `lines` says on which line each stands."""

    def __init__(self, rows: list[str], lines: list[int]) -> None:
        self.rows = rows
        self.lines = lines
        self.at = 0

    def table(self, indent: int, depth: int) -> Table:
        """The mapping whose keys stand `indent` characters from the edge."""
        if depth > _DEEPEST:
            raise _Other
        rows, begin, last = self.rows, self.at, len(self.rows)
        names: set[str] = set()
        pairs: list[tuple[Scalar, Node]] = []
        while self.at < last:
            row = self.rows[self.at]
            entry = _ENTRY.match(row)
            if entry is None or len(entry[1]) != indent:
                if _indent(row) >= indent:
                    raise _Other
                break
            name, rest, line = entry[2], entry[3], self.lines[self.at]
            if name in names:
                raise _Other
            names.add(name)
            self.at += 1
            if rest is None:
                value = self._below(rows[self.at], indent, depth)
            else:
                value = _value(rest, line, entry.start(3) + 1)
            pairs.append((Scalar(name, line, indent + 1), value))
        if not pairs:
            raise _Other
        return Table(tuple(pairs), self.lines[begin], indent + 1)

    def _below(self, row: str, indent: int, depth: int) -> Node:
        """The value that begins in the line after its key."""
        inner = _indent(row)
        if inner <= indent:
            raise _Other
        return self.items(inner, depth + 1) if row.startswith("- ", inner) else self.table(inner, depth + 1)

    def items(self, indent: int, depth: int) -> Items:
        """The list whose hyphens stand `indent` characters from the edge."""
        rows, begin, last = self.rows, self.at, len(self.rows)
        found: list[Node] = []
        dash, inside = " " * indent + "- ", " " * (indent + 2)
        while self.at < last:
            row = rows[self.at]
            if not row.startswith(dash):
                if _indent(row) >= indent:
                    raise _Other
                break
            if _ENTRY.match(row, indent + 2):
                # The item is a mapping: its first key stands where those below it do.
                rows[self.at] = inside + row[indent + 2 :]
                found.append(self.table(indent + 2, depth))
                continue
            found.append(_value(row[indent + 2 :], self.lines[self.at], indent + 3))
            self.at += 1
        return Items(tuple(found), self.lines[begin], indent + 1)


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


def _value(text: str, line: int, column: int) -> Node:
    """A value that ends with its line."""
    head = text[:1]
    if head == '"':
        quoted = _QUOTED.match(text)
        if quoted is not None:
            return Scalar(quoted[1], line, column, plain=False)
        quoted = _ESCAPED.match(text)
        if quoted is None:
            raise _Other
        return Scalar(re.sub(r"\\(.)", r"\1", quoted[1]), line, column, plain=False)
    if head in ("[", "{"):
        found, end = (_listed if head == "[" else _table)(text, 0, line, column)
        if end != len(text):
            raise _Other
        return found
    if not _BEGINS.match(text) or ": " in text or " #" in text or text[-1] in ": ":
        raise _Other
    return Scalar(text, line, column)


def _listed(text: str, at: int, line: int, column: int) -> tuple[Items, int]:
    """A list in brackets and where it ends; `text[at]` is its bracket, `text[0]` stands in `column`."""
    begin = column + at
    if text.startswith("[]", at):
        return Items((), line, begin), at + 2
    found: list[Node] = []
    at, end = at + 1, ""
    while end != "]":
        item = _LISTED.match(text, at)
        if item is None:
            raise _Other
        if item[1] is not None:
            found.append(Scalar(item[1][1:-1], line, column + item.start(1), plain=False))
        else:
            found.append(Scalar(item[2], line, column + item.start(2)))
        at, end = item.end(), item[3]
    return Items(tuple(found), line, begin), at


def _table(text: str, at: int, line: int, column: int) -> tuple[Table, int]:
    """A mapping in braces and where it ends."""
    begin = column + at
    pairs: dict[str, tuple[Scalar, Node]] = {}
    at, end = at + 1, ""
    while end != "}":
        pair = _PAIR.match(text, at)
        if pair is None or pair[1] in pairs:
            raise _Other
        name, at = Scalar(pair[1], line, column + pair.start(1)), pair.end()
        value: Node
        if text.startswith("[", at):
            value, at = _listed(text, at, line, column)
        else:
            written = _WRITTEN.match(text, at)
            if written is None:
                raise _Other
            quoted = written[1] is not None
            value = Scalar(written[1][1:-1] if quoted else written[2], line, column + at, plain=not quoted)
            at = written.end()
        pairs[name.text] = name, value
        after = _AFTER.match(text, at)
        if after is None:
            raise _Other
        at, end = after.end(), after[1]
    return Table(tuple(pairs.values()), line, begin), at
