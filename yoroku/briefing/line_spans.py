"""The field that names lines of the bulletin."""

from __future__ import annotations

import re

from yoroku.briefing.model import Lines, Span
from yoroku.emit import Bare, Inline
from yoroku.fields import Reading
from yoroku.records import dataclass
from yoroku.yaml_nodes import Items, Node, Scalar


@dataclass(frozen=True, slots=True)
class LineSpans:
    """Lines of the bulletin: ``[6, 9-10]``."""

    def read(self, node: Node, key: str, reading: Reading) -> Lines | None:
        """The spans in order."""
        items = node.items if isinstance(node, Items) else (node,)
        found = []
        for item in items:
            match = re.fullmatch(r"(\d{1,7})(?:-(\d{1,7}))?", item.text, re.ASCII) if isinstance(item, Scalar) else None
            first = int(match[1]) if match else 0
            last = int(match[2] or first) if match else 0
            if 1 <= first <= last:
                found.append(Span(first, last))
            elif not (isinstance(item, Scalar) and item.empty):
                reading.problem(
                    item, "wrong-lines", f"'{key}' must name lines of the bulletin", "write [6] or [6, 9-10]"
                )
        return tuple(found)

    def write(self, value: Lines) -> object | None:
        """One line."""
        return Inline(Bare(str(span)) for span in value) if value else None

    def schema(self) -> dict[str, object]:
        """An array of numbers and ranges."""
        item = {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": r"^\d+(-\d+)?$"}]}
        return {"type": "array", "items": item}
