"""Pages that somebody looks at: made and put in their places before it is known which others are out of date."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from typing import Any

from yoroku.build import codec, graph, output
from yoroku.build.graph import Traces
from yoroku.build.memory import Memory
from yoroku.build.output import Made, Replaced, Stage, Staged
from yoroku.build.press import Pages, Press
from yoroku.build.reader import Recorder
from yoroku.problems import Problems
from yoroku.records import dataclass, field
from yoroku.site.urls import output_path

HOME = "index.html"
Ready = Callable[[str], None]


def _nobody(_path: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class First:
    """The outputs that somebody looks at, and who is told when one of them stands in its place."""

    paths: tuple[str, ...] = ()
    ready: Ready = _nobody


@dataclass(slots=True)
class Early:
    """What was put in its place early: `made` as it stands, `pages` with their traces, and what stood there before.

    `stage` believes what the last build recorded: who comes later looks whether it still stands.
    """

    stage: Stage
    first: First
    made: dict[str, Made] = field(default_factory=dict)
    _pages: Pages = field(default_factory=dict)
    _traces: Traces = field(default_factory=Traces)
    _before: Replaced = field(default_factory=dict)

    @property
    def wanted(self) -> bool:
        """Whether there is a page to put early, and a folder to put it into."""
        return bool(self.first.paths) and not self.stage.fresh

    def put_known(self, memory: Memory, shown: Container[str], press: Press, recorder: Recorder) -> None:
        """Those of the wanted pages that the last build made and that are out of date now; the home page of any build.

        Which pages there are is asked later. A page that turns out to be gone, or another one, is then removed or made
        again; one that cannot be made is left to those who can say why. `shown` are the documents' keys.
        """
        for path in self.first.paths:
            url = "/" + path.removesuffix("index.html")
            page = memory.pages.get(url)
            if page is None and path == HOME and not memory.pages:
                page = press.home()
            if page is None or output_path(url) != path or (memory.pages and url not in memory.traces):
                continue
            key = codec.revived(page[1]).key
            if key.startswith("content/") and key not in shown:
                continue
            try:
                if next(graph.stale(memory.traces, [url], recorder.digest), None) is not None:
                    self._put(url, page, press, recorder)
                else:
                    self.first.ready(path)  # nothing that it shows has changed
            except (Problems, LookupError, StopIteration):
                self.stage.staged = Staged()

    def put_new(self, todo: Iterable[str], pages: Pages, press: Press, recorder: Recorder) -> None:
        """Those of the wanted pages that are among `todo` and do not stand yet. Raises Problems."""
        if not self.wanted:
            return
        for url in [url for url in todo if output_path(url) in self.first.paths]:
            if not self.holds(url, pages[url]):
                self._put(url, pages[url], press, recorder)

    def holds(self, url: str, page: tuple[str, Any]) -> bool:
        """Whether this very page stands already."""
        return self._pages.get(url) == page and output_path(url) in self.made

    def add_traces(self, traces: Traces) -> None:
        """Put the traces of the early pages beside those of the others."""
        for url, asked in self._traces.pages.items():
            if url not in traces.pages:
                traces.pages[url] = asked
                traces.answers.update({question: self._traces.answers[question] for question in asked})

    def take_back(self) -> None:
        """Put back what stood there, as far as the disk lets us."""
        if self._before:
            output.discard(self.stage, self._before)
            output.put_back(self.stage, self._before)
        self.made, self._pages, self._traces, self._before = {}, {}, Traces(), {}

    def _put(self, url: str, page: tuple[str, Any], press: Press, recorder: Recorder) -> None:
        path, stage = output_path(url), self.stage
        stage.put(path, press.make(url, page))
        for name, old in output.replaced(stage).items():
            self._before.setdefault(name, old)
        stage.staged.unchanged.clear()
        made = output.commit(stage, stage.staged, remove=())
        stage.staged = Staged()
        stage.adopt(made)
        self.made |= made
        self._pages[url] = page
        self._traces.add(url, recorder.recording)
        self.first.ready(path)
