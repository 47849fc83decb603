"""The steps of a build, in order, over a memory that stays warm as long as the session lives."""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from yoroku.build import copies, inputs, lock, manifest, memory, output, sealed
from yoroku.build.content import Content, assemble, origins, read_document, read_documents, read_rules
from yoroku.build.documents import Desk, Whole
from yoroku.build.importing import SUFFIXES, ImportOutcome, import_new
from yoroku.build.inputs import Record
from yoroku.build.library import Library
from yoroku.build.memory import Memory, Read
from yoroku.build.output import Made, Stage
from yoroku.build.pipeline import Options, Outcome, Progress
from yoroku.build.press import KINDS, Press, described, stale_pages
from yoroku.build.reader import Grounds, Recorder, StoredReader
from yoroku.build.store import Logs, LogWriter
from yoroku.problems import Problem, Problems, ordered
from yoroku.site.urls import output_path

BULLETINS = "content/bulletins/"


@dataclass(slots=True)
class Kept:
    """What the session knows of the last good build, loaded once and replaced by each good build."""

    memory: Memory = field(default_factory=Memory)
    record: Record = field(default_factory=dict)
    code: Record = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)
    read_ns: int = 0
    stray: set[str] = field(default_factory=set)


class Session:
    """Builds one site as often as asked. Not for several threads at once."""

    def __init__(self, root: Path, options: Options, *, progress: Progress) -> None:
        self._root = str(root)
        self._options = options
        self._progress = progress
        self._cache = os.path.join(self._root, manifest.CACHE)
        self._output = os.path.join(self._root, options.output)
        self._kept: Kept | None = None
        self._logs = Logs(self._cache)
        self._writers: dict[int, LogWriter] = {}
        self._first_log = 0
        self._theme = copies.ThemeShelf(Path(self._root))

    def refresh(
        self,
        changed: frozenset[str] | None = None,
        *,
        first: str | None = None,
        ready: Callable[[str], None] | None = None,
    ) -> Outcome:
        """Bring the output up to date; raises Problems and leaves everything as it was when something is wrong.

        `changed` names the files, relative to the site, that may differ from the last refresh; None when any may.
        `first` is the output that somebody looks at: it is put in its place before the others, and `ready` called.
        """
        started = time.perf_counter()
        try:
            os.makedirs(self._cache, exist_ok=True)
        except OSError as error:
            raise output.not_written(manifest.CACHE, error) from error
        with lock.held(os.path.join(self._cache, "lock")):
            outcome = self._refresh(changed, first, ready)
        return replace(outcome, seconds=time.perf_counter() - started)

    def close(self) -> None:
        """Let go of open files."""
        self._logs.close()
        self._close_writers()

    def _refresh(
        self, changed: frozenset[str] | None, first: str | None, ready: Callable[[str], None] | None
    ) -> Outcome:
        kept = self._kept or self._remembered()
        read_ns = inputs.now_ns()
        record = self._listed(kept, changed)
        self._first_log = self._logs.next_number()
        content, record, imported = self._read(kept, record)
        library = self._library(kept.memory, content)
        templates = self._theme.digests(record, kept.memory)
        reader = self._reader(content, library)
        grounds = Grounds(
            settings=content.rules.settings_digest,
            catalogue=content.catalogue,
            marks=content.marks,
            faces=content.faces,
        )
        recorder = Recorder(reader, grounds, templates)
        settings = content.rules.settings
        press = Press(recorder, self._theme.theme, base_url=settings.base_url, language=settings.language)
        pages, traces = press.plan(kept.memory, KINDS.values())
        standing = output.intact(self._output, kept.made)
        todo, reasons = stale_pages(recorder, kept.memory, pages, set(standing))
        stage = Stage(self._output, standing, fresh=not os.path.lexists(self._output))
        planned = {output_path(url) for url in pages}
        planned |= self._theme.planned(record, kept.memory)
        self._announce(planned, kept.made)
        try:
            if first is not None:
                todo = self._put_first(press, pages, todo, stage, first, ready)
            made_traces, staged = press.make_all(
                pages, todo, stage, library, log=self._pressing_log, jobs=self._options.jobs, progress=self._progress
            )
            self._theme.copy(record, kept.memory, stage)
        except BaseException:
            output.discard(stage, planned)
            raise
        parts = [*staged, stage.staged]
        remove = (set(kept.made) | kept.stray) - planned
        made = {path: row for path, row in standing.items() if path in planned}
        made |= output.commit(stage, *parts, remove=remove)
        still = [url for url in pages if url not in made_traces.pages]
        old = kept.memory.traces.only(still)
        traces.answers = {**old.answers, **traces.answers, **made_traces.answers}
        traces.pages = {**old.pages, **traces.pages, **made_traces.pages}
        new = Memory(content.reads, self._bodies(library, content), pages, traces, kept.memory.rest)
        new.rest |= {"reading": content.rules.reading, "names": content.rules.names_digest}
        new.rest |= self._theme.rest(templates, kept.memory)
        warnings = self._warnings(reader, content, imported)
        self._remember(new, record, kept, made, read_ns, content, warnings)
        written = sorted({path for part in parts for path in part.written})
        return Outcome(
            problems=warnings,
            written=tuple(written),
            removed=tuple(sorted(remove)),
            unchanged=len(made) - len(written),
            withheld=content.withheld,
            reasons=tuple(f"{url}: {reason}" for url, reason in sorted(reasons.items()))
            if self._options.explain
            else (),
            imported=(*imported.created, *imported.updated),
        )

    def _remembered(self) -> Kept:
        """What the last build left, as far as it can be believed."""
        found = manifest.load(self._root)
        unfinished = os.path.join(self._root, manifest.UNFINISHED)
        stray: set[str] = set()
        if os.path.lexists(unfinished) or os.path.lexists(self._output + sealed.PART):
            announced = sealed.read(unfinished)
            stray = output.leftovers(self._output, announced if isinstance(announced, list) else None)
        ours = found is not None and found.request[0] == self._options.output
        if not ours and os.path.isdir(self._output):
            stray |= output.adopt(self._output, self._options.output)
        code = inputs.recorded(manifest.code_root(), manifest.code_listing(), found.code if found else {}, 0)
        if found is None:
            return Kept(code=code, stray=stray)
        made = dict(found.made.items()) if ours else {}
        same_code = {path: row[3] for path, row in code.items()} == {path: row[3] for path, row in found.code.items()}
        known = None
        if same_code and found.platform == manifest.platform():
            known = memory.load(self._cache, found.tables)
        return Kept(known or Memory(), found.inputs, code, made, found.read_ns, stray)

    def _listed(self, kept: Kept, changed: frozenset[str] | None) -> Record:
        if changed is None or not kept.record:
            found = inputs.listing(self._root, manifest.TOPS)
            return inputs.recorded(self._root, found, kept.record, kept.read_ns)
        record = dict(kept.record)
        for path in changed:
            for known in [name for name in record if name == path or name.startswith(path + "/")]:
                del record[known]
            if path.split("/", 1)[0] in manifest.TOPS:
                record.update(inputs.recorded(self._root, inputs.listing(self._root, (path,)), {}, 0))
        return record

    def _read(self, kept: Kept, record: Record) -> tuple[Content, Record, ImportOutcome]:
        rules = read_rules(self._root, record, kept.memory, base_url=self._options.base_url or "")
        reads = self._documents(kept, record, rules)
        new = self._new_bulletins(kept, record, reads)
        imported = ImportOutcome()
        if new:
            imported = import_new(Path(self._root), settings=rules.settings, bulletins=new, progress=self._progress)
            if imported.problems and not imported.ok:
                raise Problems(*imported.problems)
            record = inputs.recorded(self._root, inputs.listing(self._root, manifest.TOPS), record, 0)
            known = Kept(
                Memory(reads, rest={**kept.memory.rest, "reading": rules.reading, "names": rules.names_digest})
            )
            reads = self._documents(known, record, rules)
        now = datetime.now(UTC)
        return assemble(rules, reads, record, now=now, drafts=self._options.drafts), record, imported

    def _documents(self, kept: Kept, record: Record, rules: Any) -> dict[str, Read]:
        return read_documents(
            self._root,
            record,
            kept.memory,
            rules,
            log=self._log,
            jobs=self._options.jobs,
            progress=self._progress,
        )

    def _new_bulletins(self, kept: Kept, record: Record, reads: dict[str, Read]) -> tuple[str, ...]:
        """The bulletins whose very bytes no briefing came from yet."""
        known: dict[str, tuple[bytes, str]] = kept.memory.rest.get("bulletins", {})
        have = origins(reads)
        found: dict[str, tuple[bytes, str]] = {}
        for path, entry in sorted(record.items()):
            if path.startswith(BULLETINS) and path.endswith(SUFFIXES):
                row = known.get(path)
                if row is None or row[0] != entry[3]:
                    with contextlib.suppress(OSError):
                        row = (entry[3], hashlib.sha256(inputs.read(os.path.join(self._root, path))).hexdigest())
                if row is not None:
                    found[path] = row
        kept.memory.rest["bulletins"] = found
        return tuple(path for path, (_, sha256) in found.items() if have.get(path) != sha256)

    def _library(self, known: Memory, content: Content) -> Library:
        rules = content.rules

        def reread(key: str) -> Whole:
            writer = self._log(0)
            desk = Desk(rules.settings, rules.names, rules.rights)
            content.reads[key] = read_document(self._root, key, desk, rules, writer)
            writer.flush()
            return desk.read(key, inputs.read(os.path.join(self._root, key))).whole  # type: ignore[return-value]

        wholes = {key: read.where for key, read in content.reads.items() if read.where is not None}
        return Library(self._logs, self._log(0), wholes=wholes, bodies=dict(known.bodies), reread=reread)

    def _reader(self, content: Content, library: Library) -> StoredReader:
        return StoredReader(
            content.rules.settings,
            content.rules.names,
            cards=content.cards,
            states=content.states,
            media=content.media,
            library=library,
            marks=content.marks,
        )

    def _announce(self, planned: set[str], made: dict[str, Made]) -> None:
        names = sorted(planned - set(made))
        output.announce(os.path.join(self._root, manifest.UNFINISHED), names)

    def _put_first(
        self,
        press: Press,
        pages: Any,
        todo: list[str],
        stage: Stage,
        first: str,
        ready: Callable[[str], None] | None,
    ) -> list[str]:
        """Move the page that somebody looks at to the front."""
        chosen = [url for url in todo if output_path(url) == first]
        return chosen + [url for url in todo if url not in chosen] if chosen else todo

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

    def _bodies(self, library: Library, content: Content) -> dict[str, Any]:
        return {key: entry for key, entry in library.bodies.items() if key in content.marks}

    def _warnings(self, reader: StoredReader, content: Content, imported: ImportOutcome) -> tuple[Problem, ...]:
        found = [problem for key in content.marks for problem in reader.body_problems(key)]
        return ordered((*found, *imported.problems))

    def _remember(
        self,
        new: Memory,
        record: Record,
        kept: Kept,
        made: dict[str, Made],
        read_ns: int,
        content: Content,
        warnings: tuple[Problem, ...],
    ) -> None:
        self._close_writers()
        try:
            tables = memory.save(self._cache, new)
            left = manifest.Manifest(
                self._options.request,
                manifest.platform(),
                kept.code,
                record,
                manifest.Outputs.of(made),
                read_ns=read_ns,
                until=content.until,
                tables=tables,
                notices=tuple(_plain(problem) for problem in warnings),
                withheld=content.withheld,
            )
            manifest.save(self._root, left)
            with contextlib.suppress(FileNotFoundError):
                os.unlink(os.path.join(self._root, manifest.UNFINISHED))
            memory.tidy(self._cache, new, tables)
        except OSError as error:
            raise output.not_written(manifest.CACHE, error) from error
        self._kept = Kept(new, record, kept.code, made, read_ns)


def _plain(problem: Problem) -> tuple[Any, ...]:
    at = problem.at
    return (at.path, at.line, at.column, problem.code, problem.what, problem.fix, problem.severity.value)


def remembered_pages(root: Path) -> dict[str, tuple[str, ...]]:
    """For each page of the last build, what it was made from, in words."""
    found = manifest.load(str(root))
    known = memory.load(os.path.join(str(root), manifest.CACHE), found.tables) if found else None
    if known is None:
        return {}
    return {
        url: (f"{url} ({kind})", *(f"  {described(question)}" for question in known.traces.pages.get(url, ())))
        for url, (kind, _) in known.pages.items()
    }
