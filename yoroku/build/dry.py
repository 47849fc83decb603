"""A build in memory: everything that a build would make, and nothing of it on the disk.

What the last build remembers is used where it still holds; what is out of date is read, imported and made here.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from yoroku.build import copies, inputs, manifest, memory, output
from yoroku.build.bulletins import new_bulletins
from yoroku.build.content import Content, Rules, as_read, assemble, read_documents, read_rules
from yoroku.build.documents import Desk, Whole
from yoroku.build.grounds import grounds_of
from yoroku.build.importing import would_create
from yoroku.build.inputs import Record
from yoroku.build.library import Library
from yoroku.build.manifest import Manifest
from yoroku.build.media import read_media
from yoroku.build.memory import Memory, Read
from yoroku.build.output import Made
from yoroku.build.press import Pages, Press, stale_pages
from yoroku.build.reader import Recorder, StoredReader, reader_of
from yoroku.build.standins import Gaps, Gathered
from yoroku.build.store import Logs, LogWriter, Where
from yoroku.build.unread import unread
from yoroku.problems import Problem, Problems
from yoroku.records import dataclass
from yoroku.site.urls import output_path

Progress = Callable[[str, int, int], None]
_HERE = 0  # the number of the log in memory; those on disk count from 1


class MemoryLog(LogWriter):
    """A log that never reaches the disk."""

    def __init__(self) -> None:
        super().__init__("", _HERE)
        self.values: list[bytes] = []

    def add(self, data: bytes) -> Where:
        """Keep a value."""
        self.values.append(data)
        return (_HERE, len(self.values) - 1, len(data), zlib.crc32(data))


class BothLogs(Logs):
    """The logs of the last build, and the one in memory."""

    def __init__(self, folder: str, here: MemoryLog) -> None:
        super().__init__(folder)
        self._here = here

    def read(self, where: Where) -> bytes | None:
        """The value at a place, or None."""
        return self._here.values[where[1]] if where[0] == _HERE else super().read(where)


@dataclass(frozen=True, slots=True)
class Texts:
    """The documents of a site as a build would read them. `problems` are those of bulletins read in memory.

    `unbuilt` are the bulletins that no build has turned into briefings, `made` the texts of their briefings.
    """

    root: str
    content: Content
    reader: StoredReader
    library: Library
    unbuilt: tuple[str, ...]
    made: dict[str, str]
    problems: tuple[Problem, ...]
    gaps: Gaps
    logs: Logs
    record: Record
    left: Manifest | None
    kept: Memory


@dataclass(frozen=True, slots=True)
class Dry:
    """A site as a build would leave it. `files` are the output paths, `made` the digests of outputs that stand."""

    texts: Texts
    press: Press
    pages: Pages
    stale: frozenset[str]
    copied: dict[str, str]
    assets: dict[str, bytes]
    files: frozenset[str]
    made: dict[str, Made]
    output: str

    def bytes_of(self, url: str) -> bytes:
        """A page as it would be. Raises Problems for a template's mistakes."""
        if url not in self.stale:
            try:
                return inputs.read(os.path.join(self.output, output_path(url)))
            except OSError:
                pass
        return self.press.make(url, self.pages[url])


def read_texts(root: Path, progress: Progress) -> Texts:
    """Read everything as the next build would, with the last build's options. Raises Problems where there is no site.

    What cannot be read is among the gaps, and a stand-in among the documents.
    """
    place = str(root)
    left = manifest.load(place)
    _, base_url, drafts, _ = left.request if left else ("output", "", False, True)
    kept = _remembered(place, left)
    read_ns = left.read_ns if left else 0
    record = inputs.recorded(place, inputs.listing(place, manifest.TOPS), left.inputs if left else {}, read_ns)
    gaps = Gathered(place)
    try:
        rules = read_rules(place, record, kept, base_url=base_url)
    except Problems as failure:
        if any(problem.code == "no-site" for problem in failure.items):
            raise
        rules = gaps.without_rules(failure)
    log = MemoryLog()
    logs = BothLogs(os.path.join(place, manifest.CACHE), log)
    reads = read_documents(
        place, record, kept, rules, log=lambda _: log, jobs=1, progress=progress, instead=gaps.instead(rules)
    )
    unbuilt, texts, problems = _imported(root, record, reads, kept, rules=rules, log=log)
    now = datetime.now(UTC)
    try:
        content = assemble(rules, reads, read_media(place, record, kept), now=now, drafts=drafts)
    except Problems as failure:
        # One of two files with the same address stands for both.
        gaps.set_aside(failure, reads)
        content = assemble(rules, reads, read_media(place, record, kept), now=now, drafts=drafts)
    library = Library(
        logs,
        log,
        wholes={key: read.where for key, read in reads.items() if read.where is not None},
        bodies=dict(kept.bodies),
        reread=lambda key: _reread(place, key, rules, texts),
    )
    return Texts(
        root=place,
        content=content,
        reader=reader_of(content, library),
        library=library,
        unbuilt=unbuilt,
        made=texts,
        problems=(*problems, *unread(record)),
        gaps=gaps.all(),
        logs=logs,
        record=record,
        left=left,
        kept=kept,
    )


def dry(texts: Texts) -> Dry:
    """Plan the pages of what was read. Raises Problems for the theme's mistakes, and for files in each other's way."""
    content, kept, record, left = texts.content, texts.kept, texts.record, texts.left
    shelf = copies.ThemeShelf(Path(texts.root))
    grounds = grounds_of(content, kept.bodies)
    recorder = Recorder(texts.reader, grounds, shelf.digests(record, kept), content.reads)
    press = Press(recorder, shelf.theme, content.rules.settings)
    pages, _ = press.plan(kept)
    if collisions := copies.collisions(pages, record):
        raise Problems(*collisions)
    made = dict(left.made.items()) if left else {}
    target = os.path.join(texts.root, left.request[0] if left else "output")
    todo, _ = stale_pages(recorder, kept, pages, set(output.intact(target, made)))
    index = {path for path in made if path.startswith("pagefind/")}
    return Dry(
        texts=texts,
        press=press,
        pages=pages,
        stale=frozenset(todo),
        copied=dict(copies.sources(record, content.held)),
        assets=dict(shelf.theme().assets.files),
        files=frozenset({output_path(url) for url in pages} | shelf.planned(record, kept, content.held) | index),
        made=made,
        output=target,
    )


def _remembered(root: str, left: Manifest | None) -> Memory:
    """The memory of the last build where it can be believed, else an empty one."""
    if left is None or left.platform != manifest.platform():
        return Memory()
    code = inputs.recorded(manifest.code_root(), manifest.code_listing(), left.code, left.read_ns)
    if {path: entry[3] for path, entry in code.items()} != {path: entry[3] for path, entry in left.code.items()}:
        return Memory()
    return memory.load(os.path.join(root, manifest.CACHE), left.tables) or Memory()


def _imported(
    root: Path, record: Record, reads: dict[str, Read], kept: Memory, *, rules: Rules, log: LogWriter
) -> tuple[tuple[str, ...], dict[str, str], tuple[Problem, ...]]:
    """Put briefings that the next build would import among `reads`."""
    new = new_bulletins(str(root), record, reads, kept)
    if not new:
        return (), {}, ()
    texts, problems = would_create(root, settings=rules.settings, bulletins=new)
    desk = Desk(rules.settings, rules.names, rules.rights)
    for path, text in texts.items():
        try:
            reads[path] = as_read(path, text.encode(), desk, rules, log)
        except Problems as failure:
            problems = (*problems, *failure.items)
    deleted = {problem.at.path for problem in problems if problem.code == "deleted-briefing"}
    return tuple(name for name in new if name not in deleted), texts, problems


def _reread(root: str, key: str, rules: Rules, texts: dict[str, str]) -> Whole:
    """A document whose place in the logs cannot be read any more."""
    data = texts[key].encode() if key in texts else inputs.read(os.path.join(root, key))
    whole = Desk(rules.settings, rules.names, rules.rights).read(key, data).whole
    assert whole is not None
    return whole


def shown(texts: Texts) -> Iterator[str]:
    """The documents that are shown, their bodies rendered."""
    for key in texts.content.marks:
        texts.reader.body_digest(key)
        yield key
