"""One content file, read: what the rest of the site may know of it (its *card*), and the whole of it after its rights.

A card is small and is remembered; the whole lies in a log and is read back when its own pages are made. What reading
asked of the authority file is recorded, so that a person's new name re-reads the files that name that person only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Literal, TypeVar, cast

from yoroku.briefing.file import body_line, load, load_note, load_page
from yoroku.briefing.model import Briefing, Note, NoteKind, StandingPage
from yoroku.build import codec
from yoroku.config import Settings
from yoroku.problems import Place, Problem, Problems
from yoroku.records import dataclass, replace
from yoroku.site import permalinks, summarise
from yoroku.site.compare import Comparison, compare
from yoroku.site.names import Known, Names
from yoroku.site.outlinks import Outlink, files_named, outlinks
from yoroku.site.rights import Policies, Public, public, publishable
from yoroku.site.values import Summary

DocumentKind = Literal["briefing", "note", "page"]
BRIEFINGS = "content/briefings/"
FOLDERS: dict[str, DocumentKind] = {
    BRIEFINGS: "briefing",
    "content/notes/": "note",
    "content/pages/": "page",
}
# A note that lies beside its briefing: `2024-02-01-buoys.note.md`, `….update.md`, `….correction-2.md`.
_BESIDE = re.compile(r"(?P<subject>.+)\.(?P<kind>note|update|correction)(?:-[A-Za-z0-9-]+)?\.md")
Asked = tuple[tuple[str, str], ...]
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Card:
    """What may be known of a document without reading it. `stub` has neither body nor derived fields.

    `summary` is that of a briefing that may be shown at all; `spoken` counts (person, mode, statements).
    """

    kind: DocumentKind
    stub: Briefing | Note | StandingPage
    first_line: int
    summary: Summary | None = None
    spoken: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Whole:
    """A document for its own pages: a briefing after its rights and its comparison, or the note or page itself."""

    document: Public | Note | StandingPage
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file as read. `asked` are the names and hosts that were looked up, as (kind, key); `links` what it links to.

    `told` are the files that it names where readers see it, `untold` those it names only in what is withheld.
    """

    card: Card
    whole: Whole | None
    asked: Asked
    url: str
    origin: tuple[str, str] = ("", "")
    links: tuple[Outlink, ...] = ()
    told: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()


class Watched(Mapping[Key, Known]):
    """A table of the authority file that notes which of its rows were asked for, found or not."""

    def __init__(self, table: Mapping[Key, Known], asked: dict[tuple[str, str], None], kind: str = "") -> None:
        self._table = table
        self._asked = asked
        self._kind = kind

    def __getitem__(self, name: Key) -> Known:
        found = self.get(name)
        if found is None:
            raise KeyError(name)
        return found

    def get(self, name: Key, default: Known | None = None) -> Known | None:  # type: ignore[override]
        """The row, noted."""
        kind, word = name if isinstance(name, tuple) else (self._kind, str(name))
        self._asked[kind, word] = None
        return self._table.get(name, default)

    def __contains__(self, name: object) -> bool:
        return self.get(name) is not None  # type: ignore[arg-type]

    def __iter__(self) -> Iterator[Key]:
        raise TypeError("asking for all rows would leave no trace of which one mattered")

    def __len__(self) -> int:
        return len(self._table)


class Desk:
    """Reads content files under one set of settings and names, noting what each file asks."""

    def __init__(self, settings: Settings, names: Names, rights: Policies) -> None:
        self._settings = settings
        self._zone = settings.zone
        self._asked: dict[tuple[str, str], None] = {}
        self._names = replace(names, _by_name=Watched(names._by_name, self._asked))
        hosts = Watched(rights.hosts or {}, self._asked, "host")
        self._rights = replace(rights, hosts=hosts, known=self._names)

    def read(self, path: str, data: bytes) -> Loaded:
        """One content file. Raises Problems."""
        text = decoded(path, data)
        kind = kind_of(path)
        self._asked.clear()
        if kind == "briefing":
            return self._briefing(path, text)
        if kind == "note":
            note = _of_its_place(load_note(text, path=path, zone=self._zone), path)
            card = Card(kind, replace(note, body=""), body_line(text))
            url = permalinks.of_note(note, path)
            return Loaded(card, Whole(note), (), url, links=outlinks(note.body), told=files_named(note.body))
        page = load_page(text, path=path, zone=self._zone)
        card = Card(kind, replace(page, body=""), body_line(text))
        url = permalinks.of_page(page, path)
        return Loaded(card, Whole(page), (), url, links=outlinks(page.body), told=files_named(page.body))

    def _briefing(self, path: str, text: str) -> Loaded:
        briefing = load(text, path=path, zone=self._zone)
        stub = Briefing(
            title=briefing.title,
            lang=briefing.lang,
            kind=briefing.kind,
            date=briefing.date,
            slug=briefing.slug,
            aliases=briefing.aliases,
            state=briefing.state,
        )
        url = permalinks.of_briefing(briefing, path)
        came = briefing.provenance
        origin = (came.bulletin, f"{came.sha256} {came.importer}") if came else ("", "")
        named = files_named(briefing.body)
        if not publishable(briefing, self._rights):
            card = Card("briefing", stub, body_line(text))
            return Loaded(card, None, tuple(self._asked), url, origin, untold=named)
        shown = public(briefing, self._rights)
        summary = summarise.summarise(shown, self._names, path=path, url=url)
        counted = summarise.speakers(shown, summary)
        spoken = tuple(sorted((slug, mode, count) for (slug, mode), count in counted.items()))
        whole = Whole(shown, compare(briefing, self._rights, zone=self._zone))
        card = Card("briefing", stub, body_line(text), summary, spoken)
        told = named if shown.briefing.body == briefing.body else files_named(shown.briefing.body)
        untold = tuple(word for word in named if word not in told)
        links = outlinks(shown.briefing.body)
        return Loaded(card, whole, tuple(self._asked), url, origin, links, told, untold)


def kind_of(path: str) -> DocumentKind:
    """What a content file is, by its folder; a note may also lie beside its briefing."""
    if path.startswith(BRIEFINGS):
        return "note" if path.count(".") > 1 and _BESIDE.fullmatch(path) else "briefing"
    return next(kind for folder, kind in FOLDERS.items() if path.startswith(folder))


def _of_its_place(note: Note, path: str) -> Note:
    """The note with what the name of a file beside a briefing says: its subject, its kind, its address."""
    beside = _BESIDE.fullmatch(path) if path.startswith(BRIEFINGS) else None
    if beside is None:
        return note
    kind = note.kind if note.kind != "note" else cast(NoteKind, beside["kind"])
    slug = note.slug or PurePosixPath(path).stem.replace(".", "-")
    return replace(note, kind=kind, on=note.on or beside["subject"], slug=slug)


_FOLDERS = tuple(FOLDERS)


def is_document(path: str) -> bool:
    """Whether a file of the site is a briefing, a note or a standing page."""
    return path.endswith(".md") and path.startswith(_FOLDERS)


def decoded(path: str, data: bytes) -> str:
    """A content file's text. Raises Problems when it is not UTF-8, with the line of the first wrong byte."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"the file is not UTF-8: byte 0x{data[error.start]:02x}"
        raise Problems(Problem(Place(path, line), "not-utf8", what, fix="save it as UTF-8")) from None


def lookup_digests(names: Names, rights: Policies, asked: Asked) -> bytes:
    """The digest of what the authority file answers today to what a document asked."""
    table, hosts = names._by_name, rights.hosts or {}
    return codec.digest_of(
        tuple(hosts.get(word) if kind == "host" else table.get((kind, word)) for kind, word in asked)
    )
