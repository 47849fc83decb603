"""The tag ``{% kept f.root, f.section %} … {% endkept %}``: a piece of a page that many pages share, rendered once.

The piece may rest on what the tag names, on the words and formats of the language and on the macros ``m``; anything
else is an error with a line, so nothing on a page can be another page's. Links are relative, so a piece is kept for
pages of the same folder, and only where none of its links leads into that page's own folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from jinja2 import TemplateSyntaxError, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

from yoroku.site.here import HERE, NOT_FOUND

_MOST = 4096  # pieces that are kept before all are forgotten
_MACROS = "m"
# A method of the frame, and the field that its answer rests on.
_RESTS_ON: dict[tuple[str, ...], tuple[str, ...]] = {("f", "link"): ("f", "root")}


class Piece(NamedTuple):
    """A rendered piece, the targets of its links, and the folders as deep as the page's own that these lie in."""

    html: str
    targets: tuple[str, ...]
    folders: frozenset[str]


class Kept(Extension):
    """The tag. Pieces are kept as long as the theme is."""

    tags = {"kept"}  # noqa: RUF012 (as Jinja has it)

    def __init__(self, environment: Any) -> None:
        super().__init__(environment)
        self._pieces: dict[tuple[object, ...], Piece] = {}

    def parse(self, parser: Parser) -> nodes.Node:
        """The tag as a call that is given its body."""
        at = next(parser.stream).lineno
        given = parser.parse_tuple()
        names = given.items if isinstance(given, nodes.Tuple) else [given]
        body = parser.parse_statements(("name:endkept",), drop_needle=True)
        known = {path for name in names if (path := _path(name))}
        for path, line in _paths(body):
            if path not in known and _RESTS_ON.get(path, path) not in known and not self._is_common(path[0], body):
                what = f"'{'.'.join(path)}' is used in a kept piece that does not name it"
                raise TemplateSyntaxError(what, line, parser.name, parser.filename)
        mark = nodes.Const(f"{parser.name}:{at}")
        call = self.call_method("_piece", [mark, nodes.Tuple(list(names), "load")])
        return nodes.CallBlock(call, [], [], body).set_lineno(at)

    def _is_common(self, name: str, body: list[nodes.Node]) -> bool:
        """Whether a name means the same on every page of a language, or is set in the body itself."""
        if name == _MACROS or name in self.environment.globals:
            return True
        return any(found.name == name for node in body for found in _names(node) if found.ctx == "store")

    def _piece(self, mark: str, values: tuple[object, ...], caller: Callable[[], str]) -> str:
        here = HERE.get()
        if here.page_url == NOT_FOUND:
            return caller()
        depth = here.folder.count("/")
        key = (mark, here.parent, depth, here.base_url, values)
        piece = self._pieces.get(key)
        if piece is not None and here.folder not in piece.folders:
            if here.asked is not None:
                here.asked += piece.targets
            return piece.html
        outer, here.asked = here.asked, []
        try:
            html, targets = caller(), tuple(dict.fromkeys(here.asked))
        finally:
            here.asked = outer
        if outer is not None:
            outer += targets
        folders = frozenset(["/".join([*target.split("/")[:depth], ""]) for target in targets])
        if here.folder not in folders:
            if len(self._pieces) >= _MOST:
                self._pieces.clear()
            self._pieces[key] = Piece(html, targets, folders)
        return html


def _path(node: nodes.Node) -> tuple[str, ...]:
    """A name, or a name and its first attribute; empty for anything else."""
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Getattr):
        inner = _path(node.node)
        return (inner[0], node.attr) if len(inner) == 1 else inner
    return ()


def _paths(body: list[nodes.Node]) -> Iterator[tuple[tuple[str, ...], int]]:
    """What a body rests on: names and first attributes with their lines. A template that it includes is unknown."""
    queue: list[nodes.Node] = list(body)
    while queue:
        node = queue.pop()
        if isinstance(node, nodes.Include | nodes.Import | nodes.FromImport | nodes.Block | nodes.Extends):
            yield (type(node).__name__.lower(),), node.lineno
        elif path := _path(node):
            if not (isinstance(node, nodes.Name) and node.ctx == "store"):
                yield path, node.lineno
        else:
            queue += node.iter_child_nodes()


def _names(node: nodes.Node) -> Iterator[nodes.Name]:
    if isinstance(node, nodes.Name):
        yield node
    yield from node.find_all(nodes.Name)
