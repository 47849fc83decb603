"""What YAML becomes: text, sequences and mappings, each with its place."""

from __future__ import annotations

from yoroku.records import dataclass


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
