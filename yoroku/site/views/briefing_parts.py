"""The briefing's other pages: one sheet of paper, and the bulletin by line number."""

from __future__ import annotations

from math import ceil

from yoroku.briefing.model import Folded
from yoroku.records import dataclass, replace
from yoroku.site.citations import Chip, cite
from yoroku.site.reader import SiteReader
from yoroku.site.rights import PublicLine
from yoroku.site.strings import strings
from yoroku.site.values import Said, Summary
from yoroku.site.views.briefing import (
    EventFacts,
    Point,
    Sentence,
    SourceBox,
    briefing_crumbs,
    event_facts,
    key_points,
    source_boxes,
)
from yoroku.site.views.frame import Address, Crumb, Frame, frame, in_languages, kind_label, popovers

SHEET_POINTS = 8
SHEET_QUOTES = 2
# One sheet of A4 at 9.5 pt: lines below the page's own words, and the characters of a line, of a title, of a source.
SHEET_LINES = 39.5
LINE, TITLE, SOURCE = 44, 30, 54


@dataclass(frozen=True, slots=True)
class OnePage:
    """A briefing on one sheet: lead, at most eight points, two quotations, sources with addresses."""

    frame: Frame
    summary: Summary
    kind: str
    lead: Sentence | None
    events: tuple[EventFacts, ...]
    points: tuple[Point, ...]
    more: int
    quotes: tuple[Said, ...]
    sources: tuple[SourceBox, ...]
    popovers: tuple[Chip, ...]


def one_page_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/briefings/<slug>/brief/`."""
    pages = tuple(Address(reader.signpost(key).url + "brief/", "", key) for key in reader.published())
    return in_languages(reader, pages)


def one_page(reader: SiteReader, address: Address) -> OnePage:
    """The one-page brief."""
    public = reader.public(address.key)
    summary = reader.summary(address.key)
    document = public.briefing
    lead = [Sentence(item.text, cite(public, item.lines, url=summary.url)) for item in document.summary[:1]]
    events = tuple(
        event_facts(reader, public, summary, event, lang=address.lang) for event in document.events[:1] if event.start
    )
    sources = source_boxes(public)
    left = SHEET_LINES - 1.5 * _lines(summary.title, TITLE) - sum(1.2 * _lines(item.text, LINE) for item in lead)
    left -= 7 * sum(len(event.clocks) > 1 for event in events)
    left -= sum(
        _lines(f"{box.item.publisher} {box.item.source.title} {box.item.source.url}", SOURCE) + 0.3 for box in sources
    )
    points: list[Point] = []
    for point in key_points(public, summary)[:SHEET_POINTS]:
        left -= _lines(f"{point.decision.verb}    {point.heading}{point.decision.text}", LINE) + 0.9
        if points and left < 0:
            break
        points.append(point)
    quotes: list[Said] = []
    # A heading and a line for the speaker come with a quotation.
    left -= 3
    for statement in document.statements:
        needed = _lines(statement.text, LINE) * 1.2 + 2.5
        if statement.mode == "direct" and needed <= left and len(quotes) < SHEET_QUOTES:
            left -= needed
            quotes.append(Said(statement, cite(public, statement.lines, url=summary.url)))
    title = strings(address.lang)("one-page-of", title=document.title)
    crumbs = (*briefing_crumbs(summary, address.lang)[:-1], Crumb(summary.title, summary.url, summary.lang))
    crumbs += (Crumb(strings(address.lang)("one-page")),)
    return OnePage(
        frame=frame(
            reader,
            address,
            title=title,
            section="briefings",
            crumbs=crumbs,
            description=summary.lead,
            content_lang=document.lang,
            listed=summary.listed,
            view_of=summary.url,
            kind="one-page",
        ),
        summary=summary,
        kind=kind_label(reader.settings(), document.kind, address.lang),
        lead=lead[0] if lead else None,
        events=events,
        points=tuple(points),
        more=len(document.decisions) - len(points),
        quotes=tuple(quotes),
        sources=sources,
        popovers=popovers(
            *(item.chips for item in lead),
            *(item.chips for item in events),
            *(item.chips for item in points),
            *(item.chips for item in quotes),
        ),
    )


def _lines(text: str, width: int) -> int:
    """How many lines a text takes, a little too many: Latin letters are about half as wide as kana."""
    wide = sum(0.55 if mark.isascii() else 1 for mark in text)
    return max(1, ceil(wide / width))


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of the source view: a passage, or a run of lines that is not shown."""

    line: PublicLine | None
    gap: str = ""

    @property
    def label(self) -> str:
        """``A25`` or ``A25–26``."""
        if self.line is None:
            return ""
        last = f"–{self.line.last}" if self.line.last != self.line.first else ""
        return f"{self.line.letter or 'L'}{self.line.first}{last}"


@dataclass(frozen=True, slots=True)
class SourceView:
    """The bulletin's text line by line, as far as its rights go."""

    frame: Frame
    summary: Summary
    rows: tuple[SourceRow, ...]
    sources: tuple[SourceBox, ...]
    folded: str
    bulletin: str
    sha256: str


def source_addresses(reader: SiteReader) -> tuple[Address, ...]:
    """`/briefings/<slug>/source/`, where the site makes them and there is a line to show."""
    if not reader.settings().publish_source_view:
        return ()
    signs = (reader.signpost(key) for key in reader.published())
    return in_languages(reader, tuple(Address(item.url + "source/", "", item.key) for item in signs if item.sourced))


def source_view(reader: SiteReader, address: Address) -> SourceView:
    """The source view of one briefing."""
    public = reader.public(address.key)
    summary = reader.summary(address.key)
    made = public.briefing.provenance
    title = strings(address.lang)("source-view", title=summary.title)
    crumbs = (*briefing_crumbs(summary, address.lang)[:-1], Crumb(summary.title, summary.url, summary.lang))
    crumbs += (Crumb(strings(address.lang)("bulletin")),)
    return SourceView(
        frame=frame(
            reader,
            address,
            title=title,
            section="briefings",
            crumbs=crumbs,
            content_lang=summary.lang,
            listed=summary.listed,
            view_of=summary.url,
            kind="source",
        ),
        summary=summary,
        rows=_rows(public.lines),
        sources=source_boxes(public),
        folded=_folded(made.folded if made else ()),
        bulletin=made.bulletin.rsplit("/", 1)[-1] if made else "",
        sha256=made.sha256 if made else "",
    )


def _rows(lines: tuple[PublicLine, ...]) -> tuple[SourceRow, ...]:
    rows: list[SourceRow] = []
    next_line = 1
    for line in sorted(lines, key=lambda line: (line.first, line.last)):
        if line.first > next_line:
            gap = str(next_line) if line.first - 1 == next_line else f"{next_line}–{line.first - 1}"
            rows.append(SourceRow(None, gap))
        if rows and rows[-1].line and rows[-1].line.first == line.first:
            # Two passages of one line are one row, so that its id stays unique.
            merged = replace(
                rows[-1].line, text=f"{rows[-1].line.text} {line.text}", last=max(rows[-1].line.last, line.last)
            )
            rows[-1] = SourceRow(merged)
        else:
            rows.append(SourceRow(line))
        next_line = max(next_line, line.last + 1)
    return tuple(rows)


def _folded(folded: tuple[Folded, ...]) -> str:
    """The lines that stand elsewhere already, as few runs as possible."""
    lines = sorted({line for item in folded for span in item.repeats for line in range(span.first, span.last + 1)})
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
