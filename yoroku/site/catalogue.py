"""The plain way to answer a `SiteReader`: everything in memory, worked out when first asked.

Clean builds and tests read it as it is. A build that remembers makes the same values from the same functions.
"""

# The protocol in reader.py documents the methods.
# ruff: noqa: D102
from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from yoroku.briefing.authority import Authority
from yoroku.briefing.model import Briefing, Note, StandingPage
from yoroku.config import Settings
from yoroku.fields import Moment
from yoroku.markdown import render
from yoroku.markdown.slips import slips
from yoroku.problems import Problem, ordered
from yoroku.records import dataclass, field
from yoroku.site import permalinks, summarise
from yoroku.site.backlinks import Linking, backlinks
from yoroku.site.compare import Comparison, compare
from yoroku.site.dates import day_of
from yoroku.site.days import by_day, days_of, months_of
from yoroku.site.destinations import ALWAYS, Destination, Named, ambiguous, destinations
from yoroku.site.fragments import FragmentLink, fragment_links
from yoroku.site.names import EntityKind, Names, gather
from yoroku.site.outlinks import Outlink, outlinks
from yoroku.site.pictures import Picture, Pictures
from yoroku.site.reserved import RESERVED
from yoroku.site.resolver import Shown, SiteResolver
from yoroku.site.rights import Public, Visibility, policies, public, publishable, visibility
from yoroku.site.subjects import subject_word, subjects
from yoroku.site.tags import tags_of
from yoroku.site.values import (
    Appearance,
    Around,
    Backlink,
    Body,
    Entity,
    Entry,
    EventRef,
    NoteCard,
    Publisher,
    Redirect,
    Signpost,
    Summary,
    Tag,
    Totals,
)

AROUND = 2
OPEN: tuple[Visibility, ...] = ("public", "unlisted")
Document = Briefing | Note | StandingPage
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a site is made from, as loaded: (path, document) in any order, and what was read where."""

    settings: Settings
    authority: Authority = field(default_factory=Authority)
    briefings: tuple[tuple[str, Briefing], ...] = ()
    notes: tuple[tuple[str, Note], ...] = ()
    pages: tuple[tuple[str, StandingPage], ...] = ()
    media: tuple[Picture, ...] = ()
    first_lines: tuple[tuple[str, int], ...] = ()


def _remembered(method: Callable[Concatenate[PlainReader, P], R]) -> Callable[Concatenate[PlainReader, P], R]:
    """The method, asked once for each set of arguments."""

    @wraps(method)
    def answer(reader: PlainReader, /, *args: P.args, **kwargs: P.kwargs) -> R:
        question = (method.__name__, *args)
        memory = reader._memory
        if question not in memory:
            memory[question] = method(reader, *args, **kwargs)
        return cast(R, memory[question])

    return answer


class PlainReader:
    """A `SiteReader` over loaded content. `drafts` shows what is not yet or no longer published."""

    def __init__(self, content: Content, *, today: Moment, drafts: bool = False) -> None:
        self._settings = content.settings
        self._names: Names = gather(content.authority, content.settings.topics)
        self._rights = policies(content.settings, self._names)
        self._lines = dict(content.first_lines)
        self._pictures = Pictures(content.media)
        zone = content.settings.zone

        def state(document: Document) -> Visibility:
            found = visibility(document.state, today=today, zone=zone)
            return "public" if drafts and found not in OPEN else found

        self._briefings = {
            path: document
            for path, document in sorted(content.briefings, key=_path)
            if state(document) in OPEN and publishable(document, self._rights)
        }
        self._notes = {path: note for path, note in sorted(content.notes, key=_path) if state(note) in OPEN}
        self._pages = {path: page for path, page in sorted(content.pages, key=_path) if state(page) in OPEN}
        self._listed = {path for path, document in content.briefings if state(document) == "public"}
        self._listed |= {path for path, own in content.notes if state(own) == "public"}
        self._listed |= {path for path, page in content.pages if state(page) == "public"}
        self._memory: dict[tuple[object, ...], object] = {}
        self.problems: dict[str, tuple[Problem, ...]] = {}
        self.fragments: dict[str, tuple[FragmentLink, ...]] = {}

    def settings(self) -> Settings:
        return self._settings

    def published(self) -> tuple[str, ...]:
        return tuple(self._briefings)

    @cached_property
    def _order(self) -> tuple[str, ...]:
        return by_day((key, self.summary(key).on) for key in self._briefings if key in self._listed)

    def order(self) -> tuple[str, ...]:
        return self._order

    @_remembered
    def summary(self, key: str) -> Summary:
        url = permalinks.of_briefing(self._briefings[key], key)
        return summarise.summarise(self.public(key), self._names, path=key, url=url, listed=key in self._listed)

    def signpost(self, key: str) -> Signpost:
        return self.summary(key).signpost()

    @_remembered
    def public(self, key: str) -> Public:
        return public(self._briefings[key], self._rights)

    @_remembered
    def comparison(self, key: str) -> Comparison | None:
        return compare(self._briefings[key], self._rights, zone=self._settings.zone)

    @_remembered
    def body(self, key: str) -> Body:
        document = self._document(key)
        text = self.public(key).briefing.body if isinstance(document, Briefing) else document.body
        url = self._url(key)
        prefix = f"{url.strip('/').rsplit('/', 1)[-1]}-" if isinstance(document, Note) else ""
        lang = document.lang or self._settings.language
        offset = 1 if isinstance(document, Briefing) else 0
        resolver = SiteResolver(
            self._table,
            "../" * url.strip("/").count("/") + "../",
            self._exists,
            path=key,
            pictures=self._pictures,
            picture=self._picture,
            shown=self._shown,
            why_not=self._why_not,
            heading_offset=offset,
            lang=lang,
            prefix=prefix,
        )
        rendered = render(
            text,
            path=key,
            resolve=resolver,
            first_line=self._lines.get(key, 1),
            lang=lang,
            heading_offset=offset,
            prefix=prefix,
            reserved=RESERVED,
        )
        # What was imported says what its source said; only what editors write can be a slip.
        own = () if isinstance(document, Briefing) else slips(text, path=key, first_line=self._lines.get(key, 1))
        self.problems[key] = ordered((*rendered.problems, *own))
        self.fragments[key] = fragment_links(rendered, resolver)
        return Body(rendered.html, rendered.headings, rendered.text, rendered.sections)

    def _documents(self) -> Iterable[tuple[str, Document]]:
        yield from self._briefings.items()
        yield from self._notes.items()
        yield from self._pages.items()

    def _document(self, key: str) -> Document:
        return self._briefings.get(key) or self._notes.get(key) or self._pages[key]

    def _url(self, key: str) -> str:
        if key in self._briefings:
            return permalinks.of_briefing(self._briefings[key], key)
        if key in self._notes:
            return permalinks.of_note(self._notes[key], key)
        return permalinks.of_page(self._pages[key], key)

    def _named(self) -> Iterable[Named]:
        return (Named(key, self._url(key), own.title, own.aliases) for key, own in self._documents())

    @cached_property
    def _table(self) -> dict[str, Destination]:
        return destinations(self._named(), self._names)

    def _why_not(self, word: str) -> str:
        """Why a name means no page although files bear it: several do. Empty when it is just unknown."""
        return ambiguous(word, self._named())

    @cached_property
    def _urls(self) -> frozenset[str]:
        documents = (*self._briefings, *self._notes, *self._pages)
        named = {ref.url for key in self._order for ref in self.summary(key).entities}
        return frozenset({self._url(key) for key in documents} | named | self._pictures.by_url.keys() | ALWAYS)

    def _exists(self, url: str) -> bool:
        return url in self._urls

    def _picture(self, path: str, name: str, anywhere: bool) -> Picture | None:
        """The picture that `name` means in the file `path`; with `anywhere` by its name alone."""
        return self._pictures.named(path, name) if anywhere else self._pictures.beside(path, name)

    def _shown(self, path: str) -> Shown | None:
        """A note or standing page as other texts show it; None for anything else."""
        if path not in self._notes and path not in self._pages:
            return None
        document = self._document(path)
        author = document.author if isinstance(document, Note) else ""
        return Shown(document.title, author, document.lang or self._settings.language, document.body)

    def around(self, key: str) -> Around:
        order = self._order
        if key not in order:
            return Around()
        at = order.index(key)
        return Around(
            tuple(self._event(older) for older in reversed(order[at + 1 : at + 1 + AROUND])),
            tuple(self._event(newer) for newer in reversed(order[max(0, at - AROUND) : at])),
        )

    def _event(self, key: str) -> EventRef:
        summary = self.summary(key)
        return EventRef(summary.url, summary.title, summary.on, summary.lang)

    @_remembered
    def entries(self, kind: EntityKind) -> tuple[Entry, ...]:
        return summarise.entries((self.summary(key) for key in self._order), kind, self._names)

    @cached_property
    def _where(self) -> dict[tuple[EntityKind, str], list[str]]:
        found: dict[tuple[EntityKind, str], list[str]] = defaultdict(list)
        for key in self._order:
            for ref in self.summary(key).entities:
                found[(ref.kind, ref.slug)].append(key)
        return found

    @_remembered
    def entity(self, kind: EntityKind, slug: str) -> Entity:
        entry = next(entry for entry in self.entries(kind) if entry.slug == slug)
        summaries = [self.summary(key) for key in self._where[(kind, slug)]]
        return summarise.entity(entry, summaries, self._names, spoken=self._spoken)

    @_remembered
    def _spoken(self, key: str) -> Counter[tuple[str, str]]:
        return summarise.speakers(self.public(key), self.summary(key))

    def appearance(self, kind: EntityKind, slug: str, key: str) -> Appearance:
        return summarise.appearance(self.public(key), self.summary(key), kind=kind, slug=slug)

    @_remembered
    def months(self) -> tuple[tuple[int, int, int], ...]:
        return months_of(self.summary(key).on for key in self._order)

    @_remembered
    def month(self, year: int, month: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
        return days_of(((key, self.summary(key).on) for key in self._order), year, month)

    def _published_on(self) -> Iterable[tuple[str, date | None]]:
        for key in self._order:
            published = self.summary(key).published
            yield key, day_of(published) if published else None

    @_remembered
    def published_months(self) -> tuple[tuple[int, int, int], ...]:
        return months_of(on for _, on in self._published_on())

    @_remembered
    def published_in(self, year: int, month: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
        return days_of(self._published_on(), year, month)

    def undated(self) -> tuple[str, ...]:
        return tuple(key for key in self._order if self.summary(key).on is None)

    def notes(self) -> tuple[str, ...]:
        return by_day((key, _day(self._notes[key].date)) for key in self._notes if key in self._listed)

    def all_notes(self) -> tuple[str, ...]:
        return tuple(self._notes)

    @_remembered
    def note(self, key: str) -> NoteCard:
        note = self._notes[key]
        on = self.subject(note.on)
        return summarise.note_card(
            note,
            path=key,
            url=permalinks.of_note(note, key),
            on=self.summary(on) if on else None,
            text=self.body(key).text.replace("\n", " "),
            listed=key in self._listed,
            language=self._settings.language,
        )

    def subject(self, on: str) -> str | None:
        """The briefing that a note's `on` means: a path, a slug, an address, or a title that only one has."""
        return self._subjects.get(subject_word(on))

    @cached_property
    def _subjects(self) -> dict[str, str]:
        return subjects(self._briefings)

    @cached_property
    def _notes_on(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self._notes, key=lambda path: (_day(self._notes[path].date) or date.max, path)):
            subject = self.subject(self._notes[key].on)
            if subject:
                found[subject].append(key)
        return found

    def notes_on(self, key: str) -> tuple[str, ...]:
        return tuple(self._notes_on.get(key, ()))

    @cached_property
    def _linked(self) -> dict[str, tuple[Backlink, ...]]:
        keys = (*self.notes(), *(key for key in self._pages if key in self._listed), *self.order())
        texts = (self._linking(key, links) for key in keys if (links := self._outlinks(key)))
        return backlinks(texts, lambda key: SiteResolver(self._table, "/", self._exists, key, picture=self._picture))

    def _linking(self, key: str, links: tuple[Outlink, ...]) -> Linking:
        own = self._briefings.get(key) or self._notes.get(key) or self._pages[key]
        return Linking(key, self._url(key), own.title, own.lang, links)

    def _outlinks(self, key: str) -> tuple[Outlink, ...]:
        public = key in self._briefings
        return outlinks(self.public(key).briefing.body if public else cast(Note, self._document(key)).body)

    def linked_from(self, url: str) -> tuple[Backlink, ...]:
        return self._linked.get(url, ())

    def pages(self) -> tuple[tuple[str, str], ...]:
        return tuple((permalinks.of_page(page, path), path) for path, page in self._pages.items())

    def page(self, key: str) -> StandingPage:
        return self._pages[key]

    @_remembered
    def tags(self) -> tuple[Tag, ...]:
        briefings = ((key, self.summary(key).tags) for key in self._order)
        return tags_of(briefings, ((key, self._notes[key].tags) for key in self.notes()))

    @_remembered
    def totals(self) -> Totals:
        summaries = [self.summary(key) for key in self._order]
        notes = [self._notes[key] for key in self._notes if key in self._listed]
        moments = [moment for summary in summaries for moment in (summary.published, summary.updated)]
        moments += [moment for note in notes for moment in (note.date, note.updated)]
        return Totals(
            briefings=len(summaries),
            sources=sum(len(summary.sources) for summary in summaries),
            corrections=sum(note.kind == "correction" for note in notes),
            notes=len(notes),
            updated=max((day_of(moment) for moment in moments if moment), default=None),
        )

    @_remembered
    def publishers(self) -> tuple[Publisher, ...]:
        counts = Counter(tag_key for key in self._order for tag_key in _publishers(self.summary(key)))
        return tuple(
            Publisher(*tag, count) for tag, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        )

    def redirects(self) -> tuple[Redirect, ...]:
        pages = ((self._url(key), own.title, own.aliases) for key, own in self._documents())
        return tuple(Redirect(*row) for row in permalinks.redirected(pages))


def _path(item: tuple[str, object]) -> str:
    return item[0]


def _day(moment: Moment | None) -> date | None:
    return day_of(moment) if moment else None


def _publishers(summary: Summary) -> set[tuple[str, str, str, str]]:
    return {(tag.publisher or tag.title, tag.kind, tag.policy, tag.attribution) for tag in summary.sources}
