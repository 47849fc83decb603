"""Everything below `content/` as a build sees it: settings, names, and a card for each document.

Files whose bytes, settings and looked-up names are as remembered are not read again. Mistakes in all files are
gathered before anything is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from yoroku.briefing.authority import Authority, read_authority
from yoroku.briefing.model import State
from yoroku.build import codec, workers
from yoroku.build.documents import Card, Desk, decoded, is_document, lookup_digests
from yoroku.build.inputs import Record, digest
from yoroku.build.listed import Moved, read_bytes
from yoroku.build.memory import Cards, Memory, Read, face_of
from yoroku.build.moments import changes, why_withheld
from yoroku.build.store import LogWriter
from yoroku.build.unshown import unshown
from yoroku.config import Settings, read_settings
from yoroku.problems import Place, Problem, Problems
from yoroku.records import dataclass, replace
from yoroku.site import permalinks
from yoroku.site.catalogue import OPEN
from yoroku.site.names import Names, gather
from yoroku.site.pictures import Picture
from yoroku.site.rights import Policies, Visibility, policies, visibility

ENTITIES = "content/entities/"
UNSHOWN = "only withheld texts show it"
Progress = Callable[[str, int, int], None]
# Reads a file (its path, what is wrong with it) in another way.
Instead = Callable[[str, tuple[Problem, ...], Desk, LogWriter], "Read"]

_CHUNK = 64
_WORTH = 400  # documents to read that pay for one more process


@dataclass(frozen=True, slots=True)
class Rules:
    """Under what the documents are read: settings, names, rights, and the digests by which a change is known."""

    settings: Settings
    settings_digest: bytes
    reading: bytes
    names: Names
    names_digest: bytes
    rights: Policies


@dataclass(frozen=True, slots=True)
class Content:
    """The documents of a build. `states` has every document; `marks` and `faces` those that are shown.

    `until` is the first second at which a state changes by the clock, or 0. `withheld` are "path: why". `unready` are
    those that a look at drafts shows otherwise than readers see them, and why: their titles say so, and their marks and
    faces hold it. `held` are the files of media that only withheld texts show; `media` are the others.
    """

    rules: Rules
    reads: dict[str, Read]
    cards: Cards
    states: dict[str, Visibility]
    marks: dict[str, bytes]
    faces: dict[str, bytes]
    catalogue: bytes
    media: tuple[Picture, ...]
    held: tuple[str, ...]
    until: int
    withheld: tuple[str, ...]
    unready: dict[str, Visibility]

    @property
    def told_withheld(self) -> tuple[str, ...]:
        """All that is not shown, as "path: why"."""
        return (*self.withheld, *(f"{path}: {UNSHOWN}" for path in self.held))


def is_rule(path: str) -> bool:
    """Whether a file of the site says under what the documents are read."""
    return path == "site.yaml" or path.startswith(ENTITIES)


def read_rules(root: str, record: Record, memory: Memory, *, base_url: str) -> Rules:
    """Settings and names, from memory where their files are the same. Raises Problems."""
    files = {path: entry[3] for path, entry in record.items() if is_rule(path)}
    key = codec.digest_of((tuple(sorted(files.items())), base_url))
    known = memory.rest.get("rules")
    if known is not None and known[0] == key:
        settings, authority = codec.decode(known[1])
    else:
        settings, authority = _parsed(root, sorted(files), base_url)
        memory.rest["rules"] = (key, codec.encode((settings, authority)))
    names = gather(authority, settings.topics)
    return Rules(
        settings=settings,
        settings_digest=codec.digest_of(settings),
        reading=codec.digest_of(_for_reading(settings)),
        names=names,
        names_digest=codec.digest_of((authority, settings.topics)),
        rights=policies(settings, names),
    )


def _parsed(root: str, paths: list[str], base_url: str) -> tuple[Settings, Authority]:
    problems: list[Problem] = []
    settings, authority = Settings(""), Authority()
    texts = {path: decoded(path, read_bytes(root, path)) for path in paths}
    try:
        if "site.yaml" not in texts:
            fix = "run this in a site's folder, name one with -C DIR, or start one with 'init DIR'"
            raise Problems(Problem(Place("site.yaml"), "no-site", "there is no site.yaml here", fix))
        settings = read_settings(texts.pop("site.yaml"))
    except Problems as failure:
        problems += failure.items
    try:
        authority = read_authority((path, text) for path, text in texts.items() if path.endswith((".yaml", ".yml")))
    except Problems as failure:
        problems += failure.items
    if problems:
        raise Problems(*problems)
    return replace(settings, base_url=base_url.rstrip("/")) if base_url else settings, authority


def _for_reading(settings: Settings) -> Settings:
    """The settings without those that only pages show: a new title of the site must not re-read every document."""
    return replace(
        settings,
        title="",
        tagline="",
        description="",
        languages=(),
        author="",
        base_url="",
        repository="",
        branch="",
        report_url="",
        kinds=(),
        topics=(),
        per_page=0,
        publish_source_view=True,
        site_id="",
        og_images=False,
        make=(),
    )


def read_documents(
    root: str,
    record: Record,
    memory: Memory,
    rules: Rules,
    *,
    log: Callable[[int], LogWriter],
    jobs: int | None,
    progress: Progress,
    touched: frozenset[str] | None = None,
    instead: Instead | None = None,
) -> dict[str, Read]:
    """A `Read` for every document, from memory or from its file. `log` gives each process its log. Raises Problems.

    `touched` are the only paths of the record that may differ from what `memory` read. `instead`, if given, reads what
    cannot be read as it is; it works in one process only.
    """
    same_rules = memory.rest.get("reading") == rules.reading
    same_names = memory.rest.get("names") == rules.names_digest
    kept: dict[str, Read] = {}
    todo: list[str] = []
    looked: Iterable[str] = record
    if touched is not None and same_rules and same_names:
        kept = {path: read for path, read in memory.reads.items() if path not in touched}
        looked = touched & record.keys()
    for path in looked:
        entry = record[path]
        if not is_document(path):
            continue
        known = memory.reads.get(path)
        if known is not None and same_rules and known.file == entry[3]:
            if same_names or not known.asked:
                kept[path] = known
                continue
            if known.answers == lookup_digests(rules.names, rules.rights, known.asked):
                kept[path] = known
                continue
        todo.append(path)
    todo.sort()
    kept.update(_read_all(root, todo, rules, log=log, jobs=jobs, progress=progress, instead=instead))
    return kept


def _read_all(
    root: str,
    todo: list[str],
    rules: Rules,
    *,
    log: Callable[[int], LogWriter],
    jobs: int | None,
    progress: Progress,
    instead: Instead | None,
) -> dict[str, Read]:
    chunks = workers.chunks(len(todo), _CHUNK)

    def work(process: int, numbers: Iterator[int]) -> Any:
        desk, writer = Desk(rules.settings, rules.names, rules.rights), log(process)
        found: list[Any] = []
        problems: list[Problem] = []
        for number in numbers:
            if process == 0:
                progress("reading", chunks[number].start, len(todo))
            for at in chunks[number]:
                try:
                    found.append((todo[at], *read_document(root, todo[at], desk, rules, writer)))
                except Problems as failure:
                    if instead is None:
                        problems += failure.items
                    else:
                        found.append((todo[at], *instead(todo[at], failure.items, desk, writer)))
                except Moved:
                    return None
        writer.flush()
        if problems:
            raise Problems(*problems)
        return found

    processes = workers.usable(jobs, len(todo), worth=_WORTH)
    results = workers.run(work, len(chunks), processes=min(processes, len(chunks)) or 1)
    if None in results:
        raise Moved
    return {path: Read(*row) for result in results for path, *row in result}


def read_document(root: str, path: str, desk: Desk, rules: Rules, writer: LogWriter) -> Read:
    """Read one file and put it into the log. Raises Problems."""
    return as_read(path, read_bytes(root, path), desk, rules, writer)


def as_read(path: str, data: bytes, desk: Desk, rules: Rules, writer: LogWriter) -> Read:
    """A document with these bytes. Raises Problems."""
    loaded = desk.read(path, data)
    where = None if loaded.whole is None else writer.add(codec.encode(loaded.whole))
    state = loaded.card.stub.state
    file, card = digest(data), codec.encode(loaded.card)
    summary = loaded.card.summary
    sign = b"" if summary is None else codec.encode(summary.signpost())
    links = codec.encode(loaded.links) if loaded.links else b""
    answers = lookup_digests(rules.names, rules.rights, loaded.asked)
    return Read(
        file=file,
        asked=loaded.asked,
        answers=answers,
        card=card,
        where=where,
        url=loaded.url,
        state=None if loaded.whole is None else b"" if state == State() else codec.encode(state),
        origin=loaded.origin,
        day=_day(loaded.card),
        mark=digest(file + answers + rules.reading),
        face=digest(card),
        sign=sign,
        signed=digest(sign),
        links=links,
        linked=digest(links),
        told=loaded.told,
        untold=loaded.untold,
    )


def _day(card: Card) -> int:
    return card.summary.on.toordinal() if card.summary is not None and card.summary.on is not None else 0


def assemble(
    rules: Rules,
    reads: dict[str, Read],
    media: tuple[Picture, ...],
    *,
    now: datetime,
    drafts: bool,
    before: Content | None = None,
    touched: frozenset[str] | None = None,
) -> Content:
    """Which documents are shown now, and the digests of what each shows. Raises Problems for addresses used twice.

    `before` is the content of the last build with the same `drafts`, if it is at hand; `touched` are the only paths
    whose files may differ from it.
    """
    if before is not None and touched is not None and _in_place(before, rules, reads, touched, now):
        return _edited(before, rules, reads, media, touched)
    zone = rules.settings.zone
    states: dict[str, Visibility] = {}
    unready: dict[str, Visibility] = {}
    withheld: list[str] = []
    moments: list[float] = []
    for path in sorted(reads):
        blob = reads[path].state
        if blob is None:
            withheld.append(f"{path}: private")
        elif not blob:
            states[path] = "public"
        else:
            state: State = codec.decode(blob)
            moments += [at for at in changes(state, zone) if at > now.timestamp()]
            found = visibility(state, today=now, zone=zone)
            states[path] = found
            if drafts and found != "public":
                unready[path] = found
                if found not in OPEN:
                    states[path] = "public"
            if states[path] not in OPEN:
                withheld.append(f"{path}: {why_withheld(found, state, zone)}")
    shown = [path for path, state in states.items() if state in OPEN]
    if problems := permalinks.collisions((reads[path].url, path) for path in shown):
        raise Problems(*problems)
    marks = {path: _mark(reads[path], unready.get(path)) for path in shown}
    faces = {path: face_of(reads[path], unready.get(path, states[path])) for path in shown}
    held = unshown(reads, marks, media)
    media = _without(media, held)
    return Content(
        rules=rules,
        reads=reads,
        cards=Cards(reads, before.cards if before is not None else None),
        states={path: states[path] for path in shown},
        marks=marks,
        faces=faces,
        catalogue=_catalogue(rules, media, faces),
        media=media,
        held=held,
        until=int(min(moments)) + 1 if moments else 0,
        withheld=tuple(withheld),
        unready=unready,
    )


def _in_place(before: Content, rules: Rules, reads: Mapping[str, Read], touched: frozenset[str], now: datetime) -> bool:
    """Whether the documents are those of `before`, under the same addresses and shown as then."""
    old = before.rules
    same = (old.settings_digest, old.reading, old.names_digest) == (
        rules.settings_digest,
        rules.reading,
        rules.names_digest,
    )
    if not same or (before.until and now.timestamp() >= before.until):
        return False
    pairs = [(reads.get(path), before.reads.get(path)) for path in touched]
    return all(
        (new is None and known is None)
        or (new is not None and known is not None and (new.url, new.state) == (known.url, known.state))
        for new, known in pairs
    )


def _edited(
    before: Content, rules: Rules, reads: dict[str, Read], media: tuple[Picture, ...], touched: frozenset[str]
) -> Content:
    """The content after edits inside documents: what is shown, and where, is as before."""
    shown = [path for path in touched if path in before.marks]
    faces = before.faces | {path: face_of(reads[path], before.unready.get(path, before.states[path])) for path in shown}
    held = unshown(reads, before.marks, media)
    media = _without(media, held)
    same = faces == before.faces and media == before.media
    return replace(
        before,
        rules=rules,
        reads=reads,
        cards=Cards(reads, before.cards),
        marks=before.marks | {path: _mark(reads[path], before.unready.get(path)) for path in shown},
        faces=faces,
        catalogue=before.catalogue if same else _catalogue(rules, media, faces),
        media=media,
        held=held,
    )


def _without(media: tuple[Picture, ...], held: tuple[str, ...]) -> tuple[Picture, ...]:
    return tuple(file for file in media if file.path not in held) if held else media


def _mark(read: Read, unready: Visibility | None) -> bytes:
    return digest(read.mark + unready.encode()) if unready else read.mark


def _catalogue(rules: Rules, media: tuple[Picture, ...], faces: Mapping[str, bytes]) -> bytes:
    """The digest of all that documents show each other. `faces` are in the order of their paths."""
    parts = [rules.names_digest, rules.settings_digest, codec.digest_of(media)]
    parts += [path.encode() + b"\0" + face for path, face in faces.items()]
    return digest(b"\0".join(parts))


def origins(reads: Mapping[str, Read]) -> dict[str, str]:
    """The SHA-256 of the bulletin that each briefing came from and the importer, by the bulletin's path."""
    return {read.origin[0]: read.origin[1] for read in reads.values() if read.origin[0]}
