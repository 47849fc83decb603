"""Any YAML, by PyYAML: its nodes as ours, what is not plain refused, its complaints in words for writers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from yoroku.problems import Place, Problem, Problems
from yoroku.remedies import yaml_slips
from yoroku.yaml_nodes import Items, Node, Scalar, Table

MAX_DEPTH = 40

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PLAIN_TAGS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map", "!", None, "")


def read(text: str, *, path: str, first_line: int) -> tuple[Node | None, tuple[Problem, ...]]:
    """One document, None when it is empty, and a problem for each key that stands twice. Raises `Problems`."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        slips = yaml_slips(text, path=path, first_line=first_line)
        raise Problems(*(slips or (_syntax_problem(error, path, first_line),))) from None
    finally:
        loader.dispose()
    if node is None:
        return None, ()
    converter = _Converter(path, first_line, text.split("\n"))
    return converter.convert(node, 0), tuple(converter.problems)


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

    def __init__(self, path: str, first_line: int, lines: list[str]) -> None:
        self.path = path
        self.first_line = first_line
        self.lines = lines
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
            plain = node.style in (None, "")
            if plain and node.end_mark.line > node.start_mark.line:
                self.problems += self._swallowed(node)
            return Scalar(node.value, line, column, plain=plain)
        if isinstance(node, yaml.SequenceNode):
            return Items(tuple(self.convert(item, depth + 1) for item in node.value), line, column)
        if isinstance(node, yaml.MappingNode):
            return Table(tuple(self._pairs(node, depth)), line, column)
        raise Problems(Problem(at, "yaml-syntax", "the YAML cannot be read here"))

    def _swallowed(self, node: yaml.ScalarNode) -> Iterator[Problem]:
        """What looks like an item of a list and is, by its indentation, more of the value above."""
        for number in range(node.start_mark.line + 1, min(node.end_mark.line + 1, len(self.lines))):
            item = self.lines[number].lstrip()
            if item.startswith("- "):
                at = Place(self.path, self.first_line + number, len(self.lines[number]) - len(item) + 1)
                what = f"'{item.rstrip()}' is indented below a value, and becomes a part of it"
                yield Problem(at, "wrong-indent", what, "begin it in the same column as the items above")

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
