"""What one rendering gathers while it goes: references, problems, the lines of the source."""

from __future__ import annotations

from typing import Final

from yoroku.markdown.footnotes import Footnotes
from yoroku.markdown.model import LinkRef, Resolver, WikiRef
from yoroku.markdown.outline import Anchors
from yoroku.problems import Place, Problem, Severity
from yoroku.records import dataclass, field

# What a reader would miss or run into; the rest are warnings.
ERRORS: Final = frozenset(
    {
        "broken-fragment",
        "broken-link",
        "broken-image",
        "unresolved-wikilink",
        "unresolved-embed",
        "embed-cycle",
        "too-deep",
    }
)
_LONG_LINE: Final = 10_000


@dataclass(slots=True)
class Page:
    """The working state of one call of `render`; `prefix` stands before every id."""

    source: str
    path: str
    first_line: int
    lang: str
    resolve: Resolver
    heading_offset: int
    prefix: str
    anchors: Anchors
    footnotes: Footnotes = field(default_factory=Footnotes)
    links: list[LinkRef] = field(default_factory=list)
    wiki: list[WikiRef] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    # The ids of this document's headings and marks; the headings' texts, folded, to their anchors.
    ids: set[str] = field(default_factory=set)
    local: dict[str, str] = field(default_factory=dict)
    _lines: list[str] | None = None

    def line(self, at: int) -> int:
        """The line of the Markdown file for a line of the source counted from 0."""
        return self.first_line + at

    def report(self, code: str, what: str, fix: str, *, line: int, near: str = "") -> None:
        """Add a problem at a line of the file; its column is that of `near`, if the line holds that exactly once."""
        column = None
        if near:
            if self._lines is None:
                self._lines = self.source.split("\n")
            at = line - self.first_line
            text = self._lines[at] if at < len(self._lines) else ""
            # Nobody counts columns in a line this long, and looking at it again for every problem adds up.
            if len(text) <= _LONG_LINE and text.count(near) == 1:
                column = text.index(near) + 1
        severity = Severity.ERROR if code in ERRORS else Severity.WARNING
        self.problems.append(Problem(Place(self.path, line, column), code, what, fix, severity))
