"""What a `SiteReader` returns: small frozen values, each holding just what other pages may see of something."""

from __future__ import annotations

from datetime import date

from yoroku.briefing.model import NoteKind, Statement
from yoroku.fields import Moment
from yoroku.markdown.model import Heading
from yoroku.records import dataclass
from yoroku.site.citations import Chip
from yoroku.site.names import EntityKind


@dataclass(frozen=True, slots=True)
class EntityRef:
    """A link to an entity's page, with the role and the forms that one briefing gives it.

    `name` is the authority file's, `romanised` its name in Latin letters, `called` the briefing's own name.
    """

    kind: EntityKind
    slug: str
    name: str
    role: str = ""
    forms: tuple[str, ...] = ()
    called: str = ""
    romanised: str = ""

    @property
    def url(self) -> str:
        """Its page."""
        return f"/{self.kind}/{self.slug}/"


@dataclass(frozen=True, slots=True)
class SourceTag:
    """A source by letter and publisher."""

    letter: str
    publisher: str
    title: str
    kind: str
    policy: str
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of a briefing, as a calendar needs it. `end` is known or follows from the duration."""

    start: Moment
    end: Moment | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Signpost:
    """Where a briefing's pages are, when they changed, and whether there is a source view: no more than that."""

    key: str
    url: str
    sourced: bool = False
    published: Moment | None = None
    updated: Moment | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What the rest of the site sees of a briefing: never its body.

    `on` is the day it is listed under: the event's, else the publication's. `kind` is the word in the files.
    `sourced` says that there are lines to show in a source view.
    """

    key: str
    url: str
    title: str
    lang: str
    kind: str = ""
    at: Moment | None = None
    on: date | None = None
    is_event: bool = False
    place: str = ""
    published: Moment | None = None
    updated: Moment | None = None
    lead: str = ""
    sources: tuple[SourceTag, ...] = ()
    entities: tuple[EntityRef, ...] = ()
    tags: tuple[str, ...] = ()
    points: int = 0
    statements: int = 0
    direct: int = 0
    events: tuple[Happening, ...] = ()
    sourced: bool = False
    listed: bool = True

    def of(self, kind: EntityKind) -> tuple[EntityRef, ...]:
        """Its entities of one kind."""
        return tuple(ref for ref in self.entities if ref.kind == kind)

    def signpost(self) -> Signpost:
        """Where its pages are."""
        return Signpost(self.key, self.url, self.sourced, self.published, self.updated)


@dataclass(frozen=True, slots=True)
class Body:
    """A rendered body. Its links are relative to a page two folders deep (one for `/about/`)."""

    html: str = ""
    headings: tuple[Heading, ...] = ()
    text: str = ""
    sections: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EventRef:
    """An event as a row of a timeline."""

    url: str
    title: str
    on: date | None
    lang: str = "ja"


@dataclass(frozen=True, slots=True)
class Around:
    """The events before and after one, nearest last and nearest first."""

    before: tuple[EventRef, ...] = ()
    after: tuple[EventRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An entity as an index lists it."""

    kind: EntityKind
    slug: str
    name: str
    reading: str = ""
    romanised: str = ""
    count: int = 0
    latest: date | None = None

    @property
    def url(self) -> str:
        """Its page."""
        return f"/{self.kind}/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Office:
    """An office from the authority file."""

    title: str
    organisation: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity's own page, apart from what single briefings say of it. `keys` are briefings, newest first."""

    entry: Entry
    keys: tuple[str, ...]
    offices: tuple[Office, ...] = ()
    known: bool = False
    first: date | None = None
    statements: int = 0
    direct: int = 0
    role: str = ""
    role_on: date | None = None
    present: tuple[Entry, ...] = ()
    related: tuple[Entry, ...] = ()
    forms: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with its chips, and its speaker's page where there is one."""

    statement: Statement
    chips: tuple[Chip, ...] = ()


@dataclass(frozen=True, slots=True)
class Appearance:
    """What one briefing says of one entity."""

    role: str = ""
    said: tuple[Said, ...] = ()
    chips: tuple[Chip, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteCard:
    """An editors' note as lists and briefings see it. `html` is its rendered body only where that is asked for."""

    key: str
    url: str
    title: str
    kind: NoteKind
    lang: str
    date: Moment | None = None
    updated: Moment | None = None
    author: str = ""
    on_url: str = ""
    on_title: str = ""
    at: str = ""
    tags: tuple[str, ...] = ()
    major: bool = True
    was: str = ""
    now: str = ""
    reason: str = ""
    lead: str = ""
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that listed documents bear: as it was first written, its page, and the keys of those documents."""

    name: str
    url: str
    briefings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many documents bear it."""
        return len(self.briefings) + len(self.notes)


@dataclass(frozen=True, slots=True)
class Backlink:
    """A note that links to a page, and the words around the link."""

    url: str
    title: str
    lang: str
    context: str


@dataclass(frozen=True, slots=True)
class Totals:
    """The counts of the whole site, and the newest date it shows."""

    briefings: int
    sources: int
    corrections: int
    notes: int
    updated: date | None


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher on the sources page."""

    name: str
    kind: str
    policy: str
    attribution: str
    count: int


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old address and the page that replaced it."""

    url: str
    target: str
    title: str
