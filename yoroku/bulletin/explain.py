"""What became of every line of a bulletin, and why: for `import --explain`."""

from __future__ import annotations

from collections.abc import Iterator

from yoroku.briefing.model import Briefing, Lines
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.importer import import_bulletin
from yoroku.bulletin.outline import Outline
from yoroku.bulletin.read import read_bulletin

SHOWN = 48  # characters of a line that are shown


def explain(
    data: bytes, *, name: str, gazetteer: Gazetteer, recurring: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """One row a line: number, fate, and the line; then the values, with the lines and signs that gave them."""
    outline = read_bulletin(data, name=name, recurring=recurring)
    briefing = import_bulletin(data, name=name, gazetteer=gazetteer, recurring=recurring).briefing
    return (*_lines(outline), "", *_values(briefing))


def fates(outline: Outline) -> dict[int, str]:
    """What became of each line that is not blank, by its number."""
    found: dict[int, str] = {}
    for folded in outline.folded:
        _put(found, folded.repeats, f"folded into {folded.lines[0]}")
    for dropped in outline.dropped:
        _put(found, dropped.lines, f"dropped: {dropped.reason}")
    for at, part in enumerate(outline.parts):
        _put(found, part.matter, f"names document {at}" if at else "title or address")
    for block in outline.blocks:
        detail = f" {block.level}" if block.kind == "heading" else f" of {block.speaker}" if block.speaker else ""
        _put(found, (block.span,), f"{block.kind}{detail}")
    return found


def _put(found: dict[int, str], lines: Lines, fate: str) -> None:
    for span in lines:
        for number in range(span.first, span.last + 1):
            found.setdefault(number, fate)


def _lines(outline: Outline) -> Iterator[str]:
    known = fates(outline)
    width = len(str(len(outline.lines)))
    for line in outline.lines:
        text = line.text.strip()
        if text:
            shown = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
            yield f"{line.number:>{width}}  {known.get(line.number, 'unaccounted'):<28}  {shown}"


def _values(briefing: Briefing) -> Iterator[str]:
    yield f"title: {briefing.title}"
    if briefing.provenance:
        for item in briefing.provenance.evidence:
            where = ", ".join(str(span) for span in item.lines) or "-"
            yield f"{item.field}: {item.sure} ({item.why}) lines {where}"
    for review in briefing.review:
        where = ", ".join(str(span) for span in review.lines) or "-"
        yield f"review {review.field}: {review.reason} {review.value} lines {where}".rstrip()
