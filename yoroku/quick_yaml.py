"""The YAML that our own writer makes, read line by line. Anything else is left to PyYAML.

A mapping has one key a line; a value is plain or in double quotes and ends with its line, or is a list of such values
in brackets, or a mapping or a list of items in the lines below, further in. Where a line is anything else, a comment,
a blank, a text over several lines, there is no answer, and no mistake is ever told from here. That the answers are
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
_LISTED = late(rf' *(?:("[^"\\]*")|({_BEGIN}(?:[^,\[\]{{}}:#"?]*[^,\[\]{{}}:#"? ])?)) *([,\]])')
_DEEPEST = 8


class _Other(Exception):
    """Something that is not of the writer's own kind."""


def read(text: str, *, first_line: int) -> Table | None:
    """The mapping, or None when PyYAML has to read it. `first_line` is the line on which `text` begins."""
    if not text.endswith("\n") or _ODD.search(text):
        return None
    reader = _Reader(text[:-1].split("\n"), first_line)
    try:
        found = reader.table(0, 0)
    except (_Other, IndexError):
        return None
    return found if reader.at == len(reader.rows) else None


class _Reader:
    """Goes through the rows once; `at` is the next one."""

    def __init__(self, rows: list[str], first_line: int) -> None:
        self.rows = rows
        self.first_line = first_line
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
            name, rest, line = entry[2], entry[3], self.first_line + self.at
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
        return Table(tuple(pairs), self.first_line + begin, indent + 1)

    def _below(self, row: str, indent: int, depth: int) -> Node:
        """The value that begins in the line after its key."""
        inner = _indent(row)
        if inner <= indent:
            raise _Other
        return self._items(inner, depth + 1) if row.startswith("- ", inner) else self.table(inner, depth + 1)

    def _items(self, indent: int, depth: int) -> Items:
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
            found.append(_value(row[indent + 2 :], self.first_line + self.at, indent + 3))
            self.at += 1
        return Items(tuple(found), self.first_line + begin, indent + 1)


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
    if head == "[":
        return _listed(text, line, column)
    if not _BEGINS.match(text) or ": " in text or " #" in text or text[-1] in ": ":
        raise _Other
    return Scalar(text, line, column)


def _listed(text: str, line: int, column: int) -> Items:
    """A list in brackets."""
    found: list[Node] = []
    at, end = 1, "]" if text == "[]" else ""
    while not end:
        item = _LISTED.match(text, at)
        if item is None:
            raise _Other
        if item[1] is not None:
            found.append(Scalar(item[1][1:-1], line, column + item.start(1), plain=False))
        else:
            found.append(Scalar(item[2], line, column + item.start(2)))
        at = item.end()
        end = "]" if item[3] == "]" else ""
    if at != len(text) and text != "[]":
        raise _Other
    return Items(tuple(found), line, column)
