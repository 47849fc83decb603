"""Sources of one event side by side: which of them name a person, a place, a day.

Worked out from the texts themselves before rights cut them, so that "not mentioned" is true of the source and not of
what may be shown of it; only names, days and counts come out of here. Nothing is read into a text: a name counts when
one of its written forms stands there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal

from yoroku.briefing.model import Briefing, Lines, Mention, Person, Span
from yoroku.site.blocks import split
from yoroku.site.dates import day_of
from yoroku.site.names import key
from yoroku.site.rights import Policies, letter

Difference = Literal["same", "wording", "differs", "some"]
Item = Literal["source-date", "event-day", "person", "place", "org", "points"]
MIN_TEXT = 40
MAX_ROWS = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """What one source says: its own words, a date or a count, and the lines. All empty: nothing."""

    letter: str
    words: tuple[str, ...] = ()
    on: date | None = None
    count: int = 0
    lines: Lines = ()

    @property
    def empty(self) -> bool:
        """True when the source does not mention the item."""
        return not (self.words or self.on or self.count)


@dataclass(frozen=True, slots=True)
class Row:
    """One item over all sources. `letters` are those that mention it, where not all do."""

    item: Item
    name: str
    cells: tuple[Cell, ...]
    difference: Difference
    letters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The table: its columns (letter, publisher) and rows."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    letter: str
    publisher: str
    on: date | None
    lines: Lines
    blocks: tuple[tuple[Span, str], ...]

    def written(self, forms: tuple[str, ...]) -> tuple[tuple[str, ...], Lines]:
        """Which of `forms` stand in this text, the longest of each place, and the first line of each."""
        found: dict[str, Span] = {}
        patterns = [(form, _pattern(form)) for form in sorted(forms, key=len, reverse=True)]
        for span, text in self.blocks:
            bare = key(text)
            for form, pattern in patterns:
                if pattern.search(bare) and not any(key(form) in key(longer) for longer in found):
                    found.setdefault(form, span)
        return tuple(found), tuple(dict.fromkeys(found.values()))


def _pattern(form: str) -> re.Pattern[str]:
    """The form as no piece of a longer date: 「1月12日」 does not stand in 「11月12日」."""
    bare = key(form)
    before = ("(?<![0-9])" if "月" in bare else "(?<![0-9月])") if bare[:1].isdigit() else ""
    return re.compile(before + re.escape(bare) + ("(?![0-9])" if bare[-1:].isdigit() else ""))


def compare(briefing: Briefing, rights: Policies, *, zone: tzinfo) -> Comparison | None:
    """The comparison, or None when fewer than two sources carry a text of their own."""
    # Most briefings have one source; finding its text would cost as much as reading the file.
    texts = _texts(briefing, rights) if len(briefing.sources) > 1 else ()
    if len(texts) < 2:
        return None
    rows = [*_source_dates(texts), *_event_days(briefing, texts, zone)]
    private = tuple(
        span for source in briefing.sources if rights.terms(source).policy == "private" for span in source.lines
    )
    rows += [row for person in briefing.people if (row := _named("person", person, texts, private))]
    rows += [row for place in briefing.places if (row := _named("place", place, texts, private))]
    rows += _points(briefing, texts)
    # Rows that every source agrees on in the same words tell the reader least.
    kept = sorted(rows, key=lambda row: row.difference == "same" and row.item in ("person", "place"))[:MAX_ROWS]
    kept.sort(key=rows.index)
    columns = tuple((text.letter, text.publisher) for text in texts)
    return Comparison(columns, tuple(kept)) if len(kept) > 1 else None


def _texts(briefing: Briefing, rights: Policies) -> tuple[_Text, ...]:
    blocks = [(block.span, block.text) for block in split(briefing.body) if block.span is not None]
    found = []
    number = 0
    for source in briefing.sources:
        terms = rights.terms(source)
        if terms.policy == "private":
            continue
        own = tuple(
            (span, text)
            for span, text in blocks
            if any(part.first <= span.last and span.first <= part.last for part in source.lines)
        )
        if sum(len(text) for _, text in own) >= MIN_TEXT:
            on = day_of(source.date) if source.date else None
            found.append(_Text(letter(number), terms.publisher or source.title, on, source.lines, own))
        number += 1
    return tuple(found)


def _row(item: Item, name: str, cells: tuple[Cell, ...], difference: Difference) -> Row:
    having = tuple(cell.letter for cell in cells if not cell.empty)
    return Row(item, name, cells, difference if len(having) == len(cells) else "some", having)


def _source_dates(texts: tuple[_Text, ...]) -> tuple[Row, ...]:
    days = {text.on for text in texts if text.on}
    if sum(text.on is not None for text in texts) < 2:
        return ()
    cells = tuple(Cell(text.letter, on=text.on) for text in texts)
    return (_row("source-date", "", cells, "same" if len(days) == 1 else "differs"),)


def _event_days(briefing: Briefing, texts: tuple[_Text, ...], zone: tzinfo) -> tuple[Row, ...]:
    starts = [event.start for event in briefing.events[:1] if event.start]
    if not starts:
        return ()
    start = starts[0]
    days = {day_of(start)}
    if isinstance(start, datetime):
        days.add(start.astimezone(zone).date())
    cells = []
    for text in texts:
        words, lines = text.written(tuple(form for day in sorted(days) for form in _forms(day)))
        cells.append(Cell(text.letter, words[:2], lines=lines[:2]))
    if all(cell.empty for cell in cells):
        return ()
    said = {cell.words for cell in cells}
    return (_row("event-day", "", tuple(cells), "same" if len(said) == 1 else "wording"),)


def _forms(day: date) -> tuple[str, ...]:
    english = day.strftime("%B")
    return (f"{day.month}月{day.day}日", f"{day.day}日", f"{day.day} {english}", f"{english} {day.day}")


def _named(item: Item, entity: Person | Mention, texts: tuple[_Text, ...], private: Lines) -> Row | None:
    if entity.lines and all(any(_meet(span, part) for part in private) for span in entity.lines):
        # Its full name is known from private lines alone, even where another text has a part of it.
        return None
    names = (entity.name, *entity.as_written, *(_family_names(entity.name) if item == "person" else ()))
    forms = tuple(dict.fromkeys(form for form in names if len(form) > 1))
    cells = []
    for text in texts:
        words, lines = text.written(forms)
        cells.append(Cell(text.letter, words[:2], lines=lines[:1]))
    if all(cell.empty for cell in cells):
        return None
    return _row(item, entity.name, tuple(cells), "same" if len({cell.words for cell in cells}) == 1 else "wording")


def _meet(one: Span, other: Span) -> bool:
    return one.first <= other.last and other.first <= one.last


def _family_names(name: str) -> tuple[str, ...]:
    """What a source may call a person: leaving these out would call a person missing who is there."""
    parts = tuple(re.split(r"[・\s=＝]+", name))
    return parts if len(parts) > 1 else ((name[:2],) if len(name) > 2 and not name.isascii() else ())


def _points(briefing: Briefing, texts: tuple[_Text, ...]) -> tuple[Row, ...]:
    cells = []
    for text in texts:
        lines = tuple(
            span
            for point in briefing.decisions
            for span in point.lines[:1]
            if any(part.first <= span.first <= part.last for part in text.lines)
        )
        cells.append(Cell(text.letter, count=len(lines), lines=lines[:3]))
    if all(cell.empty for cell in cells):
        return ()
    counts = {cell.count for cell in cells}
    return (_row("points", "", tuple(cells), "same" if len(counts) == 1 else "differs"),)


def hours_between(first: datetime, second: datetime) -> timedelta:
    """How far the wall clock of `second` is ahead of that of `first`."""
    return (second.utcoffset() or timedelta()) - (first.utcoffset() or timedelta())
