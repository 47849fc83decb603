"""`serve`: build, watch, build again, and answer the browser all the while. The parts meet here and nowhere else."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from yoroku.preview.apart import Apart, possible
from yoroku.preview.app import App, Served
from yoroku.preview.board import Board, Entry, now
from yoroku.preview.builder import Builder, Keeper, Progress, Refreshed
from yoroku.preview.overlay import LastGood, overlay
from yoroku.preview.panel import Facts
from yoroku.preview.reindex import Reindexer
from yoroku.preview.server import Server
from yoroku.preview.stop import Stop
from yoroku.preview.watch import Changes, Watcher
from yoroku.problems import Problem, Severity
from yoroku.records import dataclass, field, replace
from yoroku.speech import Speech

HOME = "index.html"
WATCHED = ("site.yaml", "content", "templates")
"""What is watched as long as no builder could be made."""
EDITOR = "vscode://file{path}:{line}:{column}"
"""Link to a place in the editor; `YOROKU_EDITOR` sets another pattern, an empty one leaves the link out."""

GIVEN_UP = 30
"""Refreshes in a row that are given up for a newer save; the next one is finished, or lists would never be made."""

TURN = 0.001
"""Seconds that a thread computes before another gets its turn."""

Say = Callable[[str], None]
MakeBuilder = Callable[[], Builder]


# What begins and ends a refresh for a program that reads along; the same words in every language.
BEGINS, ENDS = "changed", "ready"


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """What the terminal asked for. Port 0 lets the system choose; `base_url` empty means what `site.yaml` says.

    `for_editor`: a program reads along that forgets all problems at each "changed" (VS Code's background tasks do).
    """

    host: str = "localhost"
    port: int = 8000
    open: bool = False
    base_url: str = ""
    drafts: bool = False
    search: bool = True
    poll: bool = False
    for_editor: bool = False
    speech: Speech = field(default_factory=Speech)


def serve(
    root: Path,
    options: ServeOptions,
    *,
    say: Say,
    alert: Say | None = None,
    make: MakeBuilder | None = None,
    stop: Stop | None = None,
) -> int:
    """Preview a project until Ctrl-C or SIGTERM; 0 after a clean stop. Raises `Problems` when the port is taken.

    `alert` says what must be heard although the rest is silenced; without it `say` does. `make` makes the builder and
    is called again after it failed; `stop` lets a test end what a signal would.
    """
    with ExitStack() as ending:
        if make is None:
            make = partial(_pipeline, root, options)
            if possible():
                apart = Apart(make)
                ending.callback(apart.close)
                make = apart.made
        preview = Preview(root, options, make=make, say=say, alert=alert or say)
        ending.callback(preview.close)
        # A request must not wait for a refresh that computes here: threads take turns more often than after 5 ms.
        ending.callback(sys.setswitchinterval, sys.getswitchinterval())
        sys.setswitchinterval(TURN)
        with (stop or Stop()).signals() as stopping:
            preview.start()
            preview.run(stopping)
    say(options.speech("stopped"))
    return 0


@dataclass(slots=True)
class Preview:
    """One running preview. Built, started, run and closed by `serve`."""

    root: Path
    options: ServeOptions
    make: MakeBuilder
    say: Say
    alert: Say
    board: Board = field(default_factory=Board)
    keeper: Keeper = field(init=False)
    watcher: Watcher = field(init=False)
    server: Server = field(init=False)
    search: Reindexer = field(init=False)
    _last: LastGood | None = None
    _given_up: int = 0
    _owed: frozenset[str] | None = frozenset()
    _teller: Teller = field(init=False)

    def __post_init__(self) -> None:
        self._teller = Teller(self.alert, told=self.options.speech.told, again=self.options.for_editor)
        self.keeper = Keeper(self.make, log=self.alert)
        hosts = _hosts(self.options.host)
        app = App(self.board, hosts, place=self._where, facts=self._facts)
        # First of all the port: a taken one must be known before a long build.
        self.server = Server(self.options.host, self.options.port, app.answer, log=self.alert)
        self.watcher = Watcher(self.root, output=self._where().output, poll=self.options.poll, seen=self._seen)
        self.search = Reindexer(
            self.keeper, self.board, on=self.options.search, say=Teller(self.alert, told=self.options.speech.told).tell
        )

    def start(self) -> None:
        """Answer and watch from now on; the first refresh is still to come."""
        self.board.want(None)
        self.server.start()
        self.watcher.start(WATCHED)
        self.say(self.options.speech("preview-at", url=self._url()))
        if self.options.open:
            threading.Thread(target=webbrowser.open, args=(self._url(),), daemon=True).start()

    def run(self, stopping: Stop) -> None:
        """Refresh for every burst of changes until asked to stop."""
        changes: Changes | None = Changes(self.board.wanted, None)
        try:
            if self.keeper.current():
                # What the last build left can be seen at once, while the builder warms up.
                self.board.finish(Entry(self.board.wanted, now(), None, Refreshed()), "", "")
            while not stopping.asked:
                if changes is not None:
                    stopping.inside = True
                    self._refresh(changes)
                    stopping.inside = False
                    self.search.later()
                changes = self.watcher.wait(0.2)
        except KeyboardInterrupt:
            if not stopping.asked:
                raise
        finally:
            stopping.inside = False

    def close(self) -> None:
        """End every thread, socket and process."""
        self.board.close()
        self.search.close()
        self.watcher.stop()
        self.server.stop()
        self.keeper.close()

    def _where(self) -> Served:
        """What is served: the builder knows, as soon as there is one."""
        builder = self.keeper.builder
        if builder is None:
            return Served(self.root / "output")
        return Served(builder.output, builder.base_path, builder.lang)

    def _seen(self, path: str | None) -> int:
        return self.board.want(None if path is None or path == "site.yaml" else frozenset({os.path.splitext(path)[1]}))

    def _refresh(self, changes: Changes) -> None:
        # What a failed refresh did not work in is still to be worked in.
        paths = None if changes.paths is None or self._owed is None else changes.paths | self._owed
        self.board.begin(changes.revision)
        begun = time.perf_counter()
        progress = Progress(self.board.ready, self.board.count, lambda: self._gives_way(changes.revision))
        first = self.board.first() or (HOME,)
        if self.options.for_editor:
            self.say(BEGINS)
        result = self.keeper.refresh(paths, first=first, progress=progress)
        self._given_up = self._given_up + 1 if result.superseded else 0
        if result.superseded:
            self._owed = paths
            return
        took = time.perf_counter() - begun
        result = replace(result, seconds=result.seconds or took)
        builder = self.keeper.builder
        if builder is not None:
            self.watcher.follow(builder.watched)
        inputs = None if changes.paths is None else tuple(sorted(changes.paths))
        entry = Entry(changes.revision, now(), inputs, result)
        self._owed = paths if result.failed else frozenset()
        if not result.failed:
            self._last = LastGood(entry.at, result.seconds)
            if result.written or result.removed:
                self.search.outdated()
        page = overlay(result.problems, self.root, lang=self._where().lang, last=self._last, editor=self._editor())
        self.board.finish(entry, page.html, page.mark)
        self._report(entry)

    def _gives_way(self, revision: int) -> bool:
        """Whether the refresh for `revision` is to be given up for a newer save: not the first, and not for ever."""
        return self.board.wanted > revision and self.board.ever and self._given_up < GIVEN_UP

    def _report(self, entry: Entry) -> None:
        """Say what happened in a line, and each problem once, until it is gone and comes back."""
        result, speech = entry.result, self.options.speech
        at = time.strftime("%H:%M:%S", time.localtime(entry.at))
        for path in result.imported:
            self.say(f"{at} {speech('imported', path=path)}")
        if not result.failed:
            count = len(result.written) + len(result.removed)
            cause = speech("everything") if entry.inputs is None else ", ".join(entry.inputs[:3])
            if entry.inputs and len(entry.inputs) > 3:
                cause = speech("and-more", names=cause, count=len(entry.inputs) - 3)
            name = "mended" if self._teller.failing else "refreshed"
            self.say(speech(name, at=at, count=count, seconds=result.seconds, cause=cause))
        self._teller.tell(result.problems)
        if self.options.for_editor:
            self.say(ENDS)

    def _facts(self) -> Facts:
        search = "search_stale" if self.board.state().stale_search else "search_fresh"
        return Facts(self._where().base_path, self.watcher.polling, search if self.options.search else "search_off")

    def _editor(self) -> str | None:
        # Other devices have no use for a path of this one.
        here = self.options.host in ("localhost", "127.0.0.1", "::1")
        return os.environ.get("YOROKU_EDITOR", EDITOR) or None if here else None

    def _url(self) -> str:
        host = "localhost" if self.options.host in ("", "*", "0.0.0.0", "::", "::1") else self.options.host
        return f"http://{host}:{self.server.port}{self._where().base_path}"


class Teller:
    """Says each problem once, and again only after it had gone; or, with `again`, all of them every time."""

    def __init__(self, say: Say, *, told: Callable[[Problem], str] = str, again: bool = False) -> None:
        self._say = say
        self._again = again
        self._words = told
        self._told: frozenset[Problem] = frozenset()

    @property
    def failing(self) -> bool:
        """Whether an error was among the problems told last."""
        return any(problem.severity is Severity.ERROR for problem in self._told)

    def tell(self, problems: tuple[Problem, ...]) -> None:
        """These are the problems now."""
        for problem in problems:
            if self._again or problem not in self._told:
                self._say(self._words(problem))
        self._told = frozenset(problems)


def _pipeline(root: Path, options: ServeOptions) -> Builder:
    # Not at the top: the preview answers before Jinja, markdown-it and the rest of a build are loaded.
    from yoroku.preview.live import pipeline  # noqa: PLC0415

    return pipeline(root, base_url=options.base_url, drafts=options.drafts, search=options.search)()


def _hosts(host: str) -> frozenset[str]:
    """The names under which the preview answers beside this machine's own; `*` stands for any plain address."""
    if host in ("", "*", "0.0.0.0", "::"):
        own = socket.gethostname().lower()
        return frozenset({"*", own, f"{own.partition('.')[0]}.local"})
    return frozenset({host.strip("[]").lower()})
