"""The steps of a build, in order, over a memory that stays warm as long as the session lives."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from yoroku.build import copies, graph, halfway, inputs, lock, manifest, memory, output
from yoroku.build.bulletins import new_bulletins, same_origins
from yoroku.build.content import Content, Rules, assemble, is_rule, read_document, read_documents, read_rules
from yoroku.build.documents import Desk, Whole, is_document
from yoroku.build.early import HOME, Early, First, Ready
from yoroku.build.grounds import grounds_of
from yoroku.build.inputs import Record
from yoroku.build.library import Library
from yoroku.build.links import text_problems
from yoroku.build.listed import Moved
from yoroku.build.media import read_media
from yoroku.build.memory import Memory, Read
from yoroku.build.outcome import Options, Outcome, Progress
from yoroku.build.output import Made, Stage
from yoroku.build.plan import Plan, Pressed, late
from yoroku.build.press import Press, stale_pages
from yoroku.build.programs import require_pagefind
from yoroku.build.reader import Recorder, reader_of
from yoroku.build.recall import Kept, Left, keep, recall
from yoroku.build.store import Logs, LogWriter
from yoroku.build.subjects import subjects_in_build
from yoroku.build.unread import unread
from yoroku.problems import Problem, Problems, Severity, ordered
from yoroku.records import replace
from yoroku.site.feeds.fonts import picture_problems
from yoroku.site.reader import SiteReader
from yoroku.site.urls import output_path

if TYPE_CHECKING:
    from yoroku.build.importing import ImportOutcome
    from yoroku.search import IndexReport

_TRIES = 3  # files that vanish or change between listing and reading make the build look again
FOLDER = "pagefind"  # the index, below the output
_SEARCH = "search index"  # the trace of what the index was made from stands under this name


class Session:
    """Builds one site as often as asked. Only `reindex` may run in another thread."""

    def __init__(self, root: Path, options: Options, *, progress: Progress, seen: manifest.Look | None = None) -> None:
        self._root = str(root)
        self._options = options
        self._progress = progress
        self._cache = os.path.join(self._root, manifest.CACHE)
        self._output = os.path.join(self._root, options.output)
        self._seen = seen
        self._kept: Kept | None = None
        self._latest: Plan | None = None
        self._logs = Logs(self._cache)
        self._writers: dict[int, LogWriter] = {}
        self._first_log = 0
        self._owed: frozenset[str] | None = frozenset()
        self._theme = copies.ThemeShelf(Path(self._root))

    def refresh(
        self,
        changed: frozenset[str] | None = None,
        *,
        first: tuple[str, ...] = (),
        ready: Ready | None = None,
        search: bool = True,
    ) -> Outcome:
        """Bring the output up to date; raises Problems and leaves everything as it was when something is wrong.

        `changed` names the files, relative to the site, that may differ from the last refresh; None when any may.
        `first` are the outputs that somebody looks at: each is put in its place before all others, and `ready` called.
        `search` False leaves the index to `reindex`.
        """
        started = time.perf_counter()
        try:
            os.makedirs(self._cache, exist_ok=True)
        except OSError as error:
            raise output.not_written(manifest.CACHE, error) from error
        with lock.held(os.path.join(self._cache, "lock")):
            # What a failed refresh did not work in is still to be worked in.
            changed = None if changed is None or self._owed is None else changed | self._owed
            self._owed = changed
            wanted = First(first, ready) if ready is not None else First()
            if self._kept is None:
                halfway.mend(Path(self._root))
            outcome = self._refresh(changed, wanted, search=search and self._options.search)
            self._owed = frozenset()
        return replace(outcome, seconds=time.perf_counter() - started)

    def reindex(self) -> tuple[Problem, ...]:
        """Bring the search index up to date with the last refresh."""
        plan = self._latest
        if plan is None or not self._options.search:
            return ()
        logs = Logs(self._cache)
        try:
            library = Library(
                logs,
                LogWriter(self._cache, 0),
                wholes=dict(plan.library.wholes),
                bodies=dict(plan.library.bodies),
                reread=lambda key: self._reread(plan.content, key),
            )
            reader = reader_of(plan.content, library)
            return self._index(cast(SiteReader, reader)).problems
        finally:
            logs.close()

    def close(self) -> None:
        """Let go of open files."""
        self._logs.close()
        self._close_writers()

    def _refresh(self, changed: frozenset[str] | None, first: First, *, search: bool) -> Outcome:
        if search:
            require_pagefind()
        # Another build may have come between the look and the lock: then all is looked at again.
        seen, self._seen = self._seen, None
        if seen is not None and seen.stamp != manifest.stamp(self._root):
            seen = None
        kept = self._kept or recall(self._root, self._options.output, seen)
        early = Early(Stage(self._output, kept.made, fresh=not os.path.lexists(self._output)), first)
        try:
            plan = self._planned(kept, changed, early, seen)
            pressed = self._pressed(plan, early)
        except BaseException:
            early.take_back()
            raise
        traces = self._all_traces(plan, pressed.traces)
        report = self._searched(plan, traces, pressed.made) if search else None
        if report is not None and report.problems:
            # Nothing is remembered, as if this build had been ended here: the next one tries again.
            raise Problems(*report.problems)
        warnings = self._warnings(plan, pressed.texts)
        self._remember(plan, traces, pressed.made, warnings)
        indexed = (path for path, row in pressed.made.items() if self._is_index(path) and kept.made.get(path) != row)
        written = (*pressed.written, *(sorted(indexed) if search else ()))
        reasons = sorted(pressed.reasons.items()) if self._options.explain else ()
        return Outcome(
            problems=warnings,
            written=written,
            removed=pressed.removed,
            unchanged=len(pressed.made) - len(written),
            withheld=plan.content.told_withheld,
            reasons=tuple(f"{url}: {reason}" for url, reason in reasons),
            imported=(*plan.imported.created, *plan.imported.updated) if plan.imported else (),
        )

    def _planned(self, kept: Kept, changed: frozenset[str] | None, early: Early, seen: manifest.Look | None) -> Plan:
        """Read what changed, and find which pages there are. Looks again when files move under its hands."""
        for left in reversed(range(_TRIES)):
            try:
                return self._plan(kept, changed, early, seen)
            except Moved:
                changed = seen = None
                early.take_back()
                if not left:
                    raise
        raise AssertionError("the last try returns or raises")

    def _plan(self, kept: Kept, changed: frozenset[str] | None, early: Early, seen: manifest.Look | None) -> Plan:
        read_ns = inputs.now_ns() if seen is None else seen.read_ns
        self._first_log = self._logs.next_number()
        before = self._latest
        record, touched = self._listed(kept, changed, seen)
        if before is not None and touched is not None and not any(map(is_rule, touched)):
            rules = before.content.rules
        else:
            rules = read_rules(self._root, record, kept.memory, base_url=self._options.base_url or "")
        record, reads, imported = self._read(kept, record, rules, touched)
        touched = touched if imported is None else None
        content = assemble(
            rules,
            reads,
            read_media(self._root, record, kept.memory),
            now=datetime.now(UTC),
            drafts=self._options.drafts,
            before=before.content if before is not None else None,
            touched=touched,
        )
        library = Library(
            self._logs,
            self._log(0),
            wholes={key: read.where for key, read in reads.items() if read.where is not None},
            bodies=dict(kept.memory.bodies),
            reread=lambda key: self._reread(content, key),
        )
        templates = self._theme.digests(record, kept.memory, touched)
        reader = reader_of(content, library, before=before.reader if before is not None else None)
        recorder = Recorder(reader, grounds_of(content, kept.memory.bodies), templates, content.reads)
        settings = rules.settings
        press = Press(recorder, self._theme.theme, settings)
        if early.wanted:
            if touched is None or not all(map(is_document, touched)):
                # Nobody wants to see the page without its styles and pictures.
                self._theme.copy(record, kept.memory, early.stage, content.held)
                self._announce(kept, {*early.stage.staged.written, HOME})
            early.put_known(kept.memory, content.marks, press, recorder)
        pages, traces = press.plan(kept.memory)
        plan = Plan(
            kept, read_ns, record, content, imported, library, reader, recorder, press, templates, pages, traces
        )
        if problems := () if plan.same_places else copies.collisions(pages, record):
            raise Problems(*problems)
        return plan

    def _pressed(self, plan: Plan, early: Early) -> Pressed:
        """Make the pages that are out of date and put everything in its place."""
        kept = plan.kept
        known = kept.made | early.made
        standing = output.intact(self._output, known)
        intact = len(standing) == len(known)
        todo, reasons = stale_pages(plan.recorder, kept.memory, plan.pages, set(standing), intact=intact)
        planned = self._outputs(plan)
        self._announce(kept, planned)
        early.put_new(todo, plan.pages, plan.press, plan.recorder)
        standing |= early.made
        todo = [url for url in todo if not early.holds(url, plan.pages[url])]
        stage = Stage(self._output, standing, fresh=early.stage.fresh)
        try:
            traces, staged = plan.press.make_all(
                plan.pages,
                todo,
                stage,
                plan.library,
                log=self._pressing_log,
                jobs=self._options.jobs,
                progress=self._progress,
            )
            self._theme.copy(plan.record, kept.memory, stage, plan.content.held)
            texts = (
                *text_problems(plan.reader, plan.library, plan.content.marks, self._root),
                *subjects_in_build(plan.content, plan.reader, self._root, kept.memory),
            )
            if any(problem.severity is Severity.ERROR for problem in texts):
                raise Problems(*texts)
        except BaseException:
            output.discard(stage, planned)
            raise
        early.add_traces(traces)
        parts = [*staged, stage.staged]
        gone = {path for path in (set(kept.made) | kept.stray) - planned if not self._is_index(path)}
        made = {path: row for path, row in standing.items() if path in planned or self._is_index(path)}
        made |= output.commit(stage, *parts, remove=gone)
        written = sorted({*early.made, *(path for part in parts for path in part.written)})
        return Pressed(traces, made, tuple(written), tuple(sorted(gone)), reasons, texts)

    def _announce(self, kept: Kept, names: Iterable[str]) -> None:
        """Write down which names are about to appear, so that whoever comes after a sudden end knows them."""
        output.announce(os.path.join(self._root, manifest.UNFINISHED), sorted(set(names) - kept.made.keys()))

    def _outputs(self, plan: Plan) -> set[str]:
        """The paths of everything that is to stand in the output, without the index."""
        kept = plan.kept
        if kept.made and plan.same_places and self._theme.is_remembered(kept.memory):
            return {path for path in kept.made if not self._is_index(path)}
        copied = self._theme.planned(plan.record, kept.memory, plan.content.held)
        return {output_path(url) for url in plan.pages} | copied

    def _searched(self, plan: Plan, traces: graph.Traces, made: dict[str, Made]) -> IndexReport | None:
        """The index, made again when anything that it was made from changed or a file of it is missing."""
        known = {path for path in plan.kept.made if self._is_index(path)}
        stale = graph.stale(plan.kept.memory.traces, [_SEARCH], plan.recorder.digest)
        if known and known <= set(made) and next(stale, None) is None:
            traces.update(plan.kept.memory.traces.only([_SEARCH]))
            return None
        report = self._index(plan.recorder.begin())
        traces.add(_SEARCH, plan.recorder.recording)
        plan.library.flush()
        for path in known:
            made.pop(path, None)
        for name in report.files:
            path = f"{FOLDER}/{name}"
            stat = os.stat(os.path.join(self._output, path))
            # Pagefind's own files are named by what is in them; their bytes need not be read again.
            made[path] = (stat.st_mtime_ns, stat.st_size, inputs.digest(path.encode()))
        return report

    def _index(self, reader: SiteReader) -> IndexReport:
        # Not at the top: most edits are made in the preview, which indexes in the background.
        from yoroku.build import indexing  # noqa: PLC0415

        found = indexing.documents(reader)
        root, folder = self._root, self._options.output
        engine = self._theme.theme().assets.names.get("search/engine.js", "")
        return indexing.bring_up_to_date(
            found,
            root=root,
            output=folder,
            cache=manifest.CACHE,
            engine=engine,
            labels=indexing.labels(reader),
            progress=self._progress,
        )

    def _is_index(self, path: str) -> bool:
        return self._options.search and path.startswith(FOLDER + "/")

    def _listed(
        self, kept: Kept, changed: frozenset[str] | None, seen: manifest.Look | None
    ) -> tuple[Record, frozenset[str] | None]:
        """The record of today, and which paths of it may differ from the last build's; None when any may."""
        if changed is None or self._kept is None:
            found = seen.listing if seen is not None else None
            found = inputs.listing(self._root, manifest.TOPS) if found is None else found
            return inputs.recorded(self._root, found, kept.record, kept.read_ns), None
        return inputs.relisted(self._root, manifest.TOPS, kept.record, changed)

    def _read(
        self, kept: Kept, record: Record, rules: Rules, touched: frozenset[str] | None
    ) -> tuple[Record, dict[str, Read], ImportOutcome | None]:
        """Every document, those included that new bulletins become."""
        reads = self._documents(kept.memory, record, rules, touched)
        if touched is not None and same_origins(touched, reads, kept.memory):
            return record, reads, None
        new = new_bulletins(self._root, record, reads, kept.memory)
        if not new:
            return record, reads, None
        self._owed = None  # whatever comes of it, there are other files now
        # Not at the top: most builds import nothing, and the importer is half of all code.
        from yoroku.build.importing import import_new  # noqa: PLC0415

        imported = import_new(Path(self._root), settings=rules.settings, bulletins=new, progress=self._progress)
        if not imported.ok:
            raise Problems(*imported.problems)
        record = inputs.recorded(self._root, inputs.listing(self._root, manifest.TOPS), record, 0)
        fresh = Memory(reads, rest={"reading": rules.reading, "names": rules.names_digest})
        return record, self._documents(fresh, record, rules), imported

    def _documents(
        self, known: Memory, record: Record, rules: Rules, touched: frozenset[str] | None = None
    ) -> dict[str, Read]:
        log, jobs, progress = self._log, self._options.jobs, self._progress
        return read_documents(self._root, record, known, rules, log=log, jobs=jobs, progress=progress, touched=touched)

    def _reread(self, content: Content, key: str) -> Whole:
        """A document whose place in the logs cannot be read: from its file once more."""
        rules = content.rules
        desk = Desk(rules.settings, rules.names, rules.rights)
        writer = self._log(0)
        content.reads[key] = read_document(self._root, key, desk, rules, writer)
        writer.flush()
        whole = desk.read(key, inputs.read(os.path.join(self._root, key))).whole
        assert whole is not None
        return whole

    def _all_traces(self, plan: Plan, made: graph.Traces) -> graph.Traces:
        """The traces of every page: those made now, and the old ones of those that still stand."""
        old = plan.kept.memory.traces
        if plan.pages is not plan.kept.memory.pages:
            old = old.only(url for url in plan.pages if url not in made.pages)
        traces = old.plus(plan.traces, made)
        plan.recorder.confirmed(traces.answers)
        # Of the pages' moment from here on; the index is compared with what it was made from, or made again.
        return traces.without(_SEARCH) if _SEARCH in traces else traces

    def _warnings(self, plan: Plan, texts: tuple[Problem, ...]) -> tuple[Problem, ...]:
        pictures = picture_problems(plan.reader.settings())
        imported = plan.imported.problems if plan.imported else ()
        return ordered((*texts, *imported, *pictures, *unread(plan.record)))

    def _remember(self, plan: Plan, traces: graph.Traces, made: dict[str, Made], warnings: tuple[Problem, ...]) -> None:
        answers = plan.recorder.kept()
        self._close_writers()
        bodies = {key: entry for key, entry in plan.library.bodies.items() if key in plan.content.marks}
        rules = {"reading": plan.content.rules.reading, "names": plan.content.rules.names_digest}
        rest = plan.kept.memory.rest | rules | self._theme.rest(plan.templates, plan.kept.memory)
        rest |= {"grounds": plan.recorder.grounds(), "answers": answers, "held": plan.content.held}
        made_now = Memory(plan.content.reads, bodies, plan.pages, traces, rest, late(plan, traces, bodies))
        new = memory.compacted(self._cache, made_now)
        self._kept = Kept(new, plan.record, plan.kept.code, made, plan.read_ns)
        self._latest = plan
        # Conflict pages are looked for at every build: they are told until they are gone.
        kept = tuple(problem for problem in warnings if problem.code != "merge-conflict")
        left = Left(self._options.request, plan.content.until, kept, plan.content.told_withheld)
        keep(self._root, self._kept, left)

    def _log(self, process: int) -> LogWriter:
        return self._writer(self._first_log + process)

    def _pressing_log(self, process: int) -> LogWriter:
        return self._writer(self._first_log + 100 + process)

    def _writer(self, number: int) -> LogWriter:
        found = self._writers.get(number)
        if found is None:
            found = self._writers[number] = LogWriter(self._cache, number)
        return found

    def _close_writers(self) -> None:
        for writer in self._writers.values():
            writer.close()
        self._writers.clear()
