"""The briefing page."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import partial

from yoroku.briefing.model import Briefing, Decision, Event, Reference, Review
from yoroku.fields import Moment
from yoroku.records import dataclass, replace
from yoroku.site.changes import as_changed
from yoroku.site.citations import Chip, cite
from yoroku.site.compare import Cell, Row, hours_between
from yoroku.site.dates import Formatter, day_of, zone_of
from yoroku.site.event_signs import signs
from yoroku.site.names import KINDS
from yoroku.site.reader import SiteReader
from yoroku.site.rights import Public, PublicSource
from yoroku.site.strings import strings
from yoroku.site.summarise import speaker_ref
from yoroku.site.values import Around, Backlink, Body, EntityRef, Said, Summary
from yoroku.site.verbs import strength
from yoroku.site.views.beside import NoteBlock, Part, beside, body_html, note_block
from yoroku.site.views.frame import Address, Crumb, Frame, frame, in_languages, kind_label, popovers

LEAD_SENTENCES = 3
# The first points that a reader sees; the rest unfold.
POINTS = 9
# Characters that a reader takes in, in one minute: of Japanese, and of a language with spaces.
READ_JA, READ_EN = 500, 1100


@dataclass(frozen=True, slots=True)
class Clock:
    """A wall clock: its label, its zone's name, the moment there, and whether it was converted."""

    label: str
    zone: str
    at: datetime
    converted: bool


@dataclass(frozen=True, slots=True)
class EventFacts:
    """One event's facts, each with the chips of its own lines; `chips` are all of those.

    `clocks` holds two entries where local and Japan time differ.
    """

    event: Event
    day: date | None
    last: date | None
    local: bool
    clocks: tuple[Clock, ...]
    apart: str
    place: EntityRef | None
    chips: tuple[Chip, ...]
    day_chips: tuple[Chip, ...] = ()
    hour_chips: tuple[Chip, ...] = ()
    length_chips: tuple[Chip, ...] = ()
    place_chips: tuple[Chip, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its chips."""

    text: str
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A key point and its chips. `heading` is empty where it would repeat the point's before it."""

    decision: Decision
    chips: tuple[Chip, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """One speaker's statements in order. Without a name: statements whose speaker the source does not name."""

    name: str
    role: str
    ref: EntityRef | None
    said: tuple[Said, ...]

    @property
    def initial(self) -> str:
        """The first character of the name."""
        return self.name[:1]


@dataclass(frozen=True, slots=True)
class CompareCell:
    """A cell of the comparison with its chips."""

    cell: Cell
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class CompareRow:
    """A row of the comparison."""

    row: Row
    cells: tuple[CompareCell, ...]


@dataclass(frozen=True, slots=True)
class SourceBox:
    """A source with its rights. `lines` counts the passages that may be read."""

    item: PublicSource
    lines: int
    where: str


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """Something unchecked, with its chips."""

    review: Review
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the history: when, what, and a note's page."""

    at: Moment
    kind: str
    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class BriefingPage:
    """A briefing. Empty parts are left out of the page."""

    frame: Frame
    summary: Summary
    briefing: Briefing
    kind: str
    lead: tuple[Sentence, ...]
    minutes: int
    events: tuple[EventFacts, ...]
    people: tuple[EntityRef, ...]
    points: tuple[Point, ...]
    further: tuple[Point, ...]
    levels: tuple[int, ...]
    speakers: tuple[Speaker, ...]
    columns: tuple[tuple[str, str], ...]
    rows: tuple[CompareRow, ...]
    body: Body
    parts: tuple[Part, ...]
    cut: bool
    sources: tuple[SourceBox, ...]
    references: tuple[Reference, ...]
    notes: tuple[NoteBlock, ...]
    unchecked: tuple[ReviewItem, ...]
    doubtful: tuple[str, ...]
    around: Around
    linked: tuple[Backlink, ...]
    history: tuple[Change, ...]
    popovers: tuple[Chip, ...]
    citation: str
    source_view: bool


def briefing_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/briefings/<slug>/`."""
    return in_languages(reader, tuple(Address(reader.signpost(key).url, "", key) for key in reader.published()))


def briefing_crumbs(summary: Summary, lang: str) -> tuple[Crumb, ...]:
    """Home, year and month of the event, then the page."""
    fmt = Formatter(lang)
    if summary.on is None or not summary.listed:
        return (Crumb(strings(lang)("briefings"), "/briefings/"), Crumb(summary.title, lang=summary.lang))
    year = f"/timeline/{summary.on.year}/"
    return (
        Crumb(fmt.year(summary.on.year), year),
        Crumb(fmt.month_name(summary.on.month), f"{year}#m{summary.on.year}-{summary.on.month:02}"),
        Crumb(summary.title, lang=summary.lang),
    )


def briefing(reader: SiteReader, address: Address) -> BriefingPage:
    """The page of one briefing."""
    public = reader.public(address.key)
    summary = linked_summary(reader, address.key)
    document = public.briefing
    body = reader.body(address.key)
    lead = tuple(
        Sentence(item.text, cite(public, item.lines, url=summary.url)) for item in document.summary[:LEAD_SENTENCES]
    )
    events = tuple(
        event_facts(reader, public, summary, event, lang=address.lang)
        for event in document.events
        if event.start or event.place
    )
    points = key_points(public, summary)
    speakers = speaker_cards(public, summary)
    columns, rows = _comparison(reader, public, summary, address.key)
    unchecked = tuple(
        ReviewItem(item, cite(public, item.lines[:2], url=summary.url)) for item in document.review if not item.done
    )
    html = body_html(reader, address.key, address.lang)
    every_note = tuple(note_block(reader, key, public, body, address.lang) for key in reader.notes_on(address.key))
    parts, notes = beside(html, every_note)
    chips = popovers(
        *(item.chips for item in lead),
        *(item.chips for item in events),
        *(item.chips for item in points),
        *(said.chips for speaker in speakers for said in speaker.said),
        *(cell.chips for row in rows for cell in row.cells),
        *(item.chips for item in unchecked),
    )
    return BriefingPage(
        frame=frame(
            reader,
            address,
            title=document.title,
            section="briefings",
            crumbs=briefing_crumbs(summary, address.lang),
            description=summary.lead,
            content_lang=document.lang,
            source=address.key,
            listed=summary.listed,
            kind="briefing",
        ),
        summary=as_changed(summary, [note.card for note in every_note]),
        briefing=document,
        kind=kind_label(reader.settings(), document.kind, address.lang),
        lead=lead,
        minutes=reading_minutes(body.text, document.lang),
        events=events,
        people=summary.of("people"),
        points=points[:POINTS],
        further=points[POINTS:],
        levels=tuple(sorted({strength(item.verb) for item in document.decisions if item.verb}, reverse=True)),
        speakers=speakers,
        columns=columns,
        rows=rows,
        body=Body(html, body.headings),
        parts=parts,
        cut=public.withheld,
        sources=source_boxes(public),
        references=document.references,
        notes=notes,
        unchecked=unchecked,
        doubtful=tuple(dict.fromkeys(re.split(r"[.\[]", item.review.field)[0] for item in unchecked)),
        around=reader.around(address.key),
        linked=reader.linked_from(summary.url),
        history=_history(summary, every_note),
        popovers=chips,
        citation=_citation(reader, summary, address.lang),
        source_view=reader.settings().publish_source_view and bool(public.lines),
    )


def linked_summary(reader: SiteReader, key: str) -> Summary:
    """The summary of a briefing with those entities that have a page: an unlisted briefing makes none."""
    summary = reader.summary(key)
    if summary.listed:
        return summary
    known = {(entry.kind, entry.slug) for kind in KINDS for entry in reader.entries(kind)}
    return replace(summary, entities=tuple(ref for ref in summary.entities if (ref.kind, ref.slug) in known))


def reading_minutes(text: str, lang: str) -> int:
    """How long the text takes to read, at least one minute."""
    return max(1, round(len(text) / (READ_EN if lang.startswith("en") else READ_JA)))


def event_facts(reader: SiteReader, public: Public, summary: Summary, event: Event, *, lang: str) -> EventFacts:
    """The facts of one event, with its two clocks where they differ."""
    settings = reader.settings()
    fmt = Formatter(lang)
    t = strings(lang)
    clocks: tuple[Clock, ...] = ()
    apart = ""
    start = event.start
    if isinstance(start, datetime):
        local_zone = zone_of(event.timezone)
        local = start.astimezone(local_zone) if local_zone else start
        site = start.astimezone(settings.zone)
        named = event.timezone if local_zone else ""
        here = fmt.zone(named, local.utcoffset())
        clocks = (Clock(t("local-time", zone=here), here, local, converted=False),)
        if hours_between(local, site):
            there = fmt.zone(settings.timezone, site.utcoffset())
            label = t("japan-time") if settings.timezone == "Asia/Tokyo" else t("site-time", zone=there)
            clocks += (Clock(label, there, site, converted=True),)
            apart = fmt.hours(hours_between(local, site))
    place = next((ref for ref in summary.of("places") if event.place in (ref.name, *ref.forms)), None)
    last = day_of(event.end) if event.end else None
    local_start = clocks[0].at if clocks else start
    day = day_of(local_start) if local_start else None
    names = (event.place, *place.forms, place.name) if place else (event.place,)
    cited = signs(public, event, local=local_start, names=names)
    chips = partial(cite, public, url=summary.url)
    return EventFacts(
        event=event,
        day=day,
        last=last if last != day else None,
        local=len(clocks) > 1,
        clocks=clocks,
        apart=apart,
        place=place,
        chips=chips(cited.all),
        day_chips=chips(cited.day),
        hour_chips=chips(cited.hour) if clocks else (),
        length_chips=chips(cited.length) if event.duration_minutes else (),
        place_chips=chips(cited.place) if event.place else (),
    )


def key_points(public: Public, summary: Summary) -> tuple[Point, ...]:
    """The key points in order."""
    found = []
    last = ""
    for item in public.briefing.decisions:
        heading = "" if item.heading == last else item.heading
        last = item.heading
        found.append(Point(item, cite(public, item.lines, url=summary.url), heading))
    return tuple(found)


def speaker_cards(public: Public, summary: Summary) -> tuple[Speaker, ...]:
    """One card a speaker, in the order in which they first speak."""
    people = summary.of("people")
    cards: dict[str, list[Said]] = {}
    for statement in public.briefing.statements:
        said = Said(statement, cite(public, statement.lines, url=summary.url))
        ref = speaker_ref(statement.speaker, people)
        cards.setdefault(ref.name if ref else statement.speaker, []).append(said)
    found = []
    for name, said_by in cards.items():
        ref = speaker_ref(name, people)
        found.append(Speaker(name, ref.role if ref else "", ref, tuple(said_by)))
    return tuple(found)


def source_boxes(public: Public) -> tuple[SourceBox, ...]:
    """The sources with how many of their passages may be read."""
    return tuple(
        SourceBox(
            item,
            sum(line.letter == item.letter for line in public.lines),
            ", ".join(str(span) for span in item.source.lines).replace("-", "–"),
        )
        for item in public.sources
    )


def _comparison(
    reader: SiteReader, public: Public, summary: Summary, key: str
) -> tuple[tuple[tuple[str, str], ...], tuple[CompareRow, ...]]:
    found = reader.comparison(key)
    if found is None:
        return (), ()
    rows = tuple(
        CompareRow(row, tuple(CompareCell(cell, cite(public, cell.lines, url=summary.url)) for cell in row.cells))
        for row in found.rows
    )
    return found.columns, rows


def _history(summary: Summary, notes: tuple[NoteBlock, ...]) -> tuple[Change, ...]:
    changes = [
        Change(note.card.date, note.card.kind, note.card.title, note.card.url) for note in notes if note.card.date
    ]
    if summary.updated:
        changes.append(Change(summary.updated, "updated"))
    if summary.published:
        changes.append(Change(summary.published, "published"))
    return tuple(sorted(changes, key=lambda change: (day_of(change.at), change.kind != "published"), reverse=True))


def _citation(reader: SiteReader, summary: Summary, lang: str) -> str:
    settings = reader.settings()
    t = strings(lang)
    url = f"{settings.base_url}{summary.url}" if settings.base_url else summary.url
    author = settings.author or settings.title
    if summary.published is None:
        return t("cite-form-undated", author=author, title=summary.title, site=settings.title, url=url)
    day = Formatter(lang).day(summary.published)
    return t("cite-form", author=author, title=summary.title, site=settings.title, date=day, url=url)
