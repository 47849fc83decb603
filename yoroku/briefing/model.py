"""The briefing and the note: frozen values that everything else reads.

A *span* is a run of lines of the bulletin (from 1, both ends included). Every derived value carries the spans it came
from; what is unsure stands in `review`. Dates are `datetime.date` when only a day is known and aware
`datetime.datetime` otherwise; no naive datetime is ever held here.
"""

from __future__ import annotations

from typing import Literal

from yoroku.fields import Moment
from yoroku.records import dataclass, field

Policy = Literal["full", "excerpt", "link", "private"]
SourceKind = Literal["primary", "report"]
Mode = Literal["direct", "reported"]
Sure = Literal["high", "medium", "low"]
NoteKind = Literal["note", "update", "correction"]

POLICIES: tuple[Policy, ...] = ("full", "excerpt", "link", "private")
SOURCE_KINDS: tuple[SourceKind, ...] = ("primary", "report")
MODES: tuple[Mode, ...] = ("direct", "reported")
SURE: tuple[Sure, ...] = ("high", "medium", "low")
NOTE_KINDS: tuple[NoteKind, ...] = ("note", "update", "correction")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Lines `first` to `last` of the bulletin, from 1, both included. Written `12` or `12-14`."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    def __contains__(self, line: int) -> bool:
        return self.first <= line <= self.last


Lines = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """When and where something happened. `timezone` is an IANA name or an offset such as `+09:00`."""

    start: Moment | None = None
    end: Moment | None = None
    duration_minutes: int | None = None
    place: str = ""
    timezone: str = ""
    lines: Lines = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One document that the bulletin carries or quotes.

    `lines` are the bulletin lines that hold this source's text. `policy` is empty when nobody has decided: the site's
    host table, then `excerpt`, applies.
    """

    publisher: str = ""
    title: str = ""
    url: str = ""
    date: Moment | None = None
    policy: Policy | Literal[""] = ""
    kind: SourceKind | Literal[""] = ""
    archive: str = ""
    lines: Lines = ()


@dataclass(frozen=True, slots=True)
class Person:
    """One person, once: the fullest name found, the role as of the source, every surface form."""

    name: str
    role: str = ""
    organisation: str = ""
    as_written: tuple[str, ...] = ()
    lines: Lines = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation, place or topic that the text names."""

    name: str
    as_written: tuple[str, ...] = ()
    lines: Lines = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the bulletin, verbatim."""

    text: str
    lines: Lines = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What was agreed, confirmed, signed, welcomed, decided, by the source's own `verb`; `planned` if still to come."""

    text: str
    verb: str = ""
    by: tuple[str, ...] = ()
    planned: bool = False
    heading: str = ""
    lines: Lines = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """Who said what. `text` is verbatim: the quotation without its brackets, or the reporting sentence.

    `as_written` is the label of a speaker's turn where it is not the name (総理, SECRETARY ODUYA). The speaker is empty
    where the source names none.
    """

    speaker: str = ""
    text: str = ""
    mode: Mode = "direct"
    verb: str = ""
    context: str = ""
    lines: Lines = ()
    as_written: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """Another document that the bulletin points to, by its address, its title or both."""

    url: str = ""
    title: str = ""
    lines: Lines = ()


@dataclass(frozen=True, slots=True)
class Review:
    """Something a person should look at: which field, why in plain words, the value in doubt.

    `done` is set by the editor who has looked; it survives every re-import.
    """

    field: str
    reason: str
    value: str = ""
    lines: Lines = ()
    done: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a scalar field's value came from and how sure it is; `high` needs two independent signs."""

    field: str
    lines: Lines = ()
    sure: Sure = "medium"
    why: str = ""


@dataclass(frozen=True, slots=True)
class Folded:
    """Lines that are shown, and the lines that repeat them, exactly or nearly, and are not shown again."""

    lines: Lines = ()
    repeats: Lines = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """Lines that are not the bulletin's text, and why they were left out."""

    lines: Lines = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which bytes this briefing was made from, by which importer, and what became of every line."""

    bulletin: str = ""
    sha256: str = ""
    encoding: str = ""
    importer: str = ""
    evidence: tuple[Evidence, ...] = ()
    folded: tuple[Folded, ...] = ()
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """Whether and when a document is published. All moments are aware or plain days."""

    draft: bool = False
    publish_at: Moment | None = None
    expires_at: Moment | None = None
    embargo_until: Moment | None = None
    unlisted: bool = False


@dataclass(frozen=True, slots=True)
class Briefing:
    """A bulletin as a structured document. `body` is Markdown; everything derived stands in the other fields."""

    title: str
    lang: str = "ja"
    kind: str = ""
    date: Moment | None = None
    updated: Moment | None = None
    slug: str = ""
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    state: State = field(default_factory=State)
    events: tuple[Event, ...] = ()
    sources: tuple[Source, ...] = ()
    people: tuple[Person, ...] = ()
    organisations: tuple[Mention, ...] = ()
    places: tuple[Mention, ...] = ()
    topics: tuple[Mention, ...] = ()
    summary: tuple[Sentence, ...] = ()
    decisions: tuple[Decision, ...] = ()
    statements: tuple[Statement, ...] = ()
    references: tuple[Reference, ...] = ()
    corrects: tuple[Reference, ...] = ()
    review: tuple[Review, ...] = ()
    provenance: Provenance | None = None
    body: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """An editor's own Markdown, on a briefing or free."""

    title: str
    kind: NoteKind = "note"
    lang: str = ""
    date: Moment | None = None
    updated: Moment | None = None
    author: str = ""
    on: str = ""
    at: str = ""
    slug: str = ""
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    major: bool = True
    was: str = ""
    now: str = ""
    reason: str = ""
    state: State = field(default_factory=State)
    body: str = ""


@dataclass(frozen=True, slots=True)
class StandingPage:
    """A page that is neither a briefing nor a note, such as the about pages."""

    title: str
    lang: str = ""
    slug: str = ""
    description: str = ""
    updated: Moment | None = None
    aliases: tuple[str, ...] = ()
    state: State = field(default_factory=State)
    body: str = ""
