"""Sources of one event side by side: which of them name a person, a place, a day.

Worked out from the texts themselves before rights cut them, so that "not mentioned" is true of the source and not of
what may be shown of it; only names, days and counts come out of here. Nothing is read into a text: a name counts when
one of its written forms stands there.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal

from yoroku.briefing.model import Briefing, Decision, Lines, Mention, Person, Span
from yoroku.patterns import late
from yoroku.records import dataclass
from yoroku.site.blocks import split
from yoroku.site.dates import day_of
from yoroku.site.names import key
from yoroku.site.rights import Policies, letter
from yoroku.site.verbs import strength

Difference = Literal["same", "wording", "differs", "some", "counted"]
Item = Literal["source-date", "event-day", "person", "place", "decision", "points", "other-points"]
MIN_TEXT = 40
MAX_ROWS = 12
MAX_PAIRS = 4
# A thing that two key points name: a run of kanji and katakana, or a name in capitals. Shorter ones are in too many.
_THING = late(r"[ァ-ヶー・一-龠々〆]{4,16}|[A-Z][A-Z0-9-]{2,15}")


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
    quotable: bool

    def written(self, forms: tuple[str, ...]) -> tuple[tuple[str, ...], Lines]:
        """Which of `forms` stand in this text, the longest of each place, and the first line of each."""
        found: dict[str, tuple[str, Span]] = {}
        bare_forms = [(form, key(form)) for form in sorted(forms, key=len, reverse=True)]
        for span, text in self.blocks:
            for form, bare in bare_forms:
                if _stands(bare, text) and not any(bare in longer for longer, _ in found.values()):
                    found[form] = (bare, span)
        return tuple(found), tuple(dict.fromkeys(span for _, span in found.values()))


def _stands(bare: str, text: str) -> bool:
    """Whether the form stands in `text` as no piece of a longer date: 「1月12日」 does not in 「11月12日」."""
    if bare not in text:
        return False
    if not (bare[:1].isdigit() or bare[-1:].isdigit()):
        return True
    before = ("(?<![0-9])" if "月" in bare else "(?<![0-9月])") if bare[:1].isdigit() else ""
    return re.search(before + re.escape(bare) + ("(?![0-9])" if bare[-1:].isdigit() else ""), text) is not None


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
    # Only where it happened: a country that one source names in passing is no difference.
    venues = {event.place for event in briefing.events if event.place}
    rows += [
        row
        for place in briefing.places
        if venues & {place.name, *place.as_written} and (row := _named("place", place, texts, private))
    ]
    pairs, paired = _pairs(briefing, texts)
    rows += [*pairs, *_points(briefing, texts, paired)]
    # What every source says in the same words tells the reader nothing, but for the day and the decisions.
    telling = [row for row in rows if row.difference != "same" or row.item in ("event-day", "decision")]
    columns = tuple((text.letter, text.publisher) for text in texts)
    worth = any(row.item != "source-date" and row.difference not in ("same", "counted") for row in telling)
    return Comparison(columns, tuple(telling[:MAX_ROWS])) if worth or pairs else None


def _texts(briefing: Briefing, rights: Policies) -> tuple[_Text, ...]:
    blocks = [(block.span, key(block.text)) for block in split(briefing.body) if block.span is not None]
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
            quotable = terms.policy in ("full", "excerpt")
            found.append(_Text(letter(number), terms.publisher or source.title, on, source.lines, own, quotable))
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


def _own(text: _Text, decision: Decision) -> bool:
    return any(part.first <= span.first <= part.last for span in decision.lines[:1] for part in text.lines)


def _things(decisions: list[Decision]) -> dict[str, Decision]:
    """The things that exactly one of a source's key points names."""
    found: dict[str, Decision] = {}
    often = set()
    for decision in decisions:
        for thing in {match[0] for match in _THING.finditer(decision.text)}:
            if thing in found:
                often.add(thing)
            found[thing] = decision
    return {thing: decision for thing, decision in found.items() if thing not in often}


def _pairs(briefing: Briefing, texts: tuple[_Text, ...]) -> tuple[list[Row], set[int]]:
    """Key points of two or more sources that name the same thing with a verb of the same strength.

    The row shows the thing and each source's verb; it does not say that the sentences mean the same. Also: which of
    the briefing's key points are in a row.
    """
    named = _who(briefing)
    of = {text.letter: [item for item in briefing.decisions if _own(text, item)] for text in texts if text.quotable}
    things = {letter: _things(decisions) for letter, decisions in of.items()}
    shared: dict[tuple[int, ...], str] = {}
    for thing in sorted(
        {thing for found in things.values() for thing in found}, key=lambda thing: (-len(thing), thing)
    ):
        having = [found[thing] for found in things.values() if thing in found]
        if len(having) < 2 or any(thing in name or name in thing for name in named):
            continue
        if len({strength(item.verb) for item in having}) == 1 and all(item.verb for item in having):
            # The longest thing names the pair; a point is in one row only.
            ids = tuple(briefing.decisions.index(item) for item in having)
            if not any(set(ids) & set(other) for other in shared):
                shared[ids] = thing
    rows = []
    for ids, thing in sorted(shared.items())[:MAX_PAIRS]:
        points = [briefing.decisions[number] for number in ids]
        cells = []
        for text in texts:
            own = next((item for item in points if text.quotable and _own(text, item)), None)
            cells.append(Cell(text.letter, (own.verb,), lines=own.lines[:1]) if own else Cell(text.letter))
        said = {cell.words for cell in cells if cell.words}
        rows.append(_row("decision", thing, tuple(cells), "same" if len(said) == 1 else "wording"))
    return rows, {number for ids in sorted(shared)[:MAX_PAIRS] for number in ids}


def _who(briefing: Briefing) -> set[str]:
    """Names that stand in key points because of who met, not because of what was decided."""
    entities: tuple[Person | Mention, ...] = (*briefing.people, *briefing.organisations, *briefing.places)
    return {name for item in entities for name in (item.name, *item.as_written) if name}


def _points(briefing: Briefing, texts: tuple[_Text, ...], paired: set[int]) -> tuple[Row, ...]:
    """How many key points of each source no other row shows."""
    cells = []
    rest = [item for number, item in enumerate(briefing.decisions) if number not in paired]
    for text in texts:
        lines = tuple(item.lines[0] for item in rest if _own(text, item))
        cells.append(Cell(text.letter, count=len(lines), lines=lines[:3]))
    if all(cell.empty for cell in cells):
        return ()
    # Sources differ in length: a count is no difference, only a gap is told.
    return (_row("other-points" if paired else "points", "", tuple(cells), "counted"),)


def hours_between(first: datetime, second: datetime) -> timedelta:
    """How far the wall clock of `second` is ahead of that of `first`."""
    return (second.utcoffset() or timedelta()) - (first.utcoffset() or timedelta())
