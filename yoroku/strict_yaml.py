"""YAML with places and without surprises: every scalar stays the text that the writer wrote.

PyYAML's own resolver turns ``no`` into false, ``16:30`` into 990 and ``0113`` into 75; here nothing is resolved, the
reader of a field decides what its text means. Anchors, aliases, tags and repeated keys are refused, and size and depth
are bounded, so a hostile file cannot grow in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from yoroku.problems import Place, Problem, Problems
from yoroku.records import dataclass
from yoroku.remedies import yaml_slips

MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 40

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PLAIN_TAGS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map", "!", None, "")
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A piece of text. `plain` says that it stood without quotes."""

    text: str
    line: int
    column: int
    plain: bool = True

    @property
    def empty(self) -> bool:
        """True for nothing at all: an empty plain value, ``~`` or ``null``."""
        return self.plain and self.text in ("", "~", "null")


@dataclass(frozen=True, slots=True)
class Items:
    """A sequence."""

    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping, its keys unique and in the writer's order."""

    pairs: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int

    def get(self, key: str) -> Node | None:
        """The value under `key`, or None."""
        for name, value in self.pairs:
            if name.text == key:
                return value
        return None


Node = Scalar | Items | Table


def parse(text: str, *, path: str, first_line: int = 1, problems: list[Problem] | None = None) -> Node:
    """Read one YAML document. `first_line` is the file's line on which `text` begins.

    Keys that stand twice are added to `problems` where it is given, so that the rest can be checked as well.

    Raises `Problems` with the place for anything that is not plain, bounded YAML.
    """
    if len(text) > MAX_CHARACTERS:
        raise Problems(
            Problem(
                Place(path), "yaml-too-large", f"the YAML has {len(text)} characters", f"keep it under {MAX_CHARACTERS}"
            )
        )
    bad = _UNPRINTABLE.search(text)
    if bad:
        line = text.count("\n", 0, bad.start())
        column = bad.start() - (text.rfind("\n", 0, bad.start()) + 1)
        raise Problems(
            Problem(
                Place(path, first_line + line, column + 1),
                "yaml-character",
                f"the character U+{ord(bad.group()):04X} is not allowed in YAML",
                'remove it, or write it as "\\u…" in double quotes',
            )
        )
    if _bracket_depth(text) > MAX_DEPTH * 5:
        raise Problems(Problem(Place(path, first_line), "yaml-too-deep", "the YAML is nested too deeply", "flatten it"))
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        slips = yaml_slips(text, path=path, first_line=first_line)
        raise Problems(*(slips or (_syntax_problem(error, path, first_line),))) from None
    finally:
        loader.dispose()
    if node is None:
        return Table((), first_line, 1)
    converter = _Converter(path, first_line)
    found = converter.convert(node, 0)
    if problems is not None:
        problems += converter.problems
    elif converter.problems:
        raise Problems(*converter.problems)
    return found


def _bracket_depth(text: str) -> int:
    depth = deepest = 0
    for bracket in re.finditer(r"[\[\]{}]", text):
        depth = depth + 1 if bracket.group() in "[{" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest


def _syntax_problem(error: yaml.MarkedYAMLError, path: str, first_line: int) -> Problem:
    # What is never closed is to be mended where it begins, not at the end of the file.
    at_end = "end of stream" in (error.problem or "") or "parsing a flow" in (error.context or "")
    mark = (error.context_mark if at_end else None) or error.problem_mark or error.context_mark
    at = Place(path, first_line + mark.line, mark.column + 1) if mark else Place(path, first_line)
    what = (error.problem or error.context or "the YAML cannot be read").strip()
    return Problem(at, "yaml-syntax", f"the YAML cannot be read here: {what}", _syntax_fix(what))


def _syntax_fix(what: str) -> str:
    if "mapping values are not allowed" in what:
        return "put a value that contains ': ' in quotes"
    if "could not find expected ':'" in what:
        return "write 'key: value', and indent the lines of a longer value"
    if "tab" in what or "cannot start any token" in what:
        return "indent with spaces, and put a value that starts with a special character in quotes"
    return "check the indentation and the quotes"


class _Converter:
    """Turns PyYAML's nodes into ours and refuses what is not plain."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.seen: set[int] = set()
        self.problems: list[Problem] = []

    def convert(self, node: yaml.Node, depth: int) -> Node:
        line, column = self.first_line + node.start_mark.line, node.start_mark.column + 1
        at = Place(self.path, line, column)
        if id(node) in self.seen:
            raise Problems(Problem(at, "yaml-alias", "aliases (*name) are not read here", "write the value out"))
        self.seen.add(id(node))
        if depth > MAX_DEPTH:
            raise Problems(Problem(at, "yaml-too-deep", "the YAML is nested too deeply", "flatten it"))
        if node.tag not in _PLAIN_TAGS:
            raise Problems(Problem(at, "yaml-tag", f"the tag '{node.tag}' is not read here", "remove it"))
        if isinstance(node, yaml.ScalarNode):
            return Scalar(node.value, line, column, plain=node.style in (None, ""))
        if isinstance(node, yaml.SequenceNode):
            return Items(tuple(self.convert(item, depth + 1) for item in node.value), line, column)
        if isinstance(node, yaml.MappingNode):
            return Table(tuple(self._pairs(node, depth)), line, column)
        raise Problems(Problem(at, "yaml-syntax", "the YAML cannot be read here"))

    def _pairs(self, node: yaml.MappingNode, depth: int) -> Iterator[tuple[Scalar, Node]]:
        names: set[str] = set()
        for key, value in node.value:
            name = self.convert(key, depth + 1)
            at = Place(self.path, name.line, name.column)
            if not isinstance(name, Scalar):
                raise Problems(Problem(at, "yaml-key", "a key must be plain text", "put it in quotes"))
            if name.text in names:
                what = f"the key '{name.text}' stands twice"
                self.problems.append(Problem(at, "repeated-key", what, "keep one of them"))
                continue
            names.add(name.text)
            yield name, self.convert(value, depth + 1)
