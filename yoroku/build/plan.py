"""What a build knows before its first page is made, and what it has made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yoroku.build import graph, memory
from yoroku.build.content import Content
from yoroku.build.inputs import Record
from yoroku.build.library import BodyEntry, Library
from yoroku.build.output import Made
from yoroku.build.press import Pages, Press
from yoroku.build.reader import Recorder, StoredReader
from yoroku.build.recall import Kept
from yoroku.problems import Problem
from yoroku.records import dataclass

if TYPE_CHECKING:
    from yoroku.build.importing import ImportOutcome


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is known before the first page is made."""

    kept: Kept
    read_ns: int
    record: Record
    content: Content
    imported: ImportOutcome | None
    library: Library
    reader: StoredReader
    recorder: Recorder
    press: Press
    templates: dict[str, bytes]
    pages: Pages
    traces: graph.Traces

    @property
    def same_places(self) -> bool:
        """Whether pages and files are those of the last build, whatever is in them."""
        before = self.kept.memory
        same = self.pages is before.pages and self.content.held == before.rest.get("held", ())
        return same and self.record.keys() == self.kept.record.keys()


@dataclass(frozen=True, slots=True)
class Pressed:
    """The pages that were made, where everything stands now, and why; `texts` are the warnings about texts."""

    traces: graph.Traces
    made: dict[str, Made]
    written: tuple[str, ...]
    removed: tuple[str, ...]
    reasons: dict[str, str]
    texts: tuple[Problem, ...]


def late(plan: Plan, traces: graph.Traces, bodies: dict[str, BodyEntry]) -> memory.Late | None:
    """What differs from the tables on disk, when it is little."""
    kept = plan.kept.memory
    if kept.late is None or not plan.same_places or plan.content.reads.keys() != kept.reads.keys():
        return None
    if traces.gone or any(page not in traces for page in kept.traces.pages):
        return None  # what is no longer on record must not come back
    return kept.late.and_also(
        [key for key, read in plan.content.reads.items() if kept.reads[key] is not read],
        [key for key, entry in bodies.items() if kept.bodies.get(key) is not entry],
        traces.pages,
    )
