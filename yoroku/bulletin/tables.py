"""Tables whose cells were flattened to one line each: put back into rows only where the columns prove themselves."""

from __future__ import annotations

import re
from itertools import pairwise

from yoroku.bulletin.facts_pattern import lazy
from yoroku.bulletin.lines import Look
from yoroku.records import dataclass

WIDEST = 9  # columns tried
LEAST_ROWS = 3
PROBED = 24  # rows that the search for a table's width looks at
CELL = 40  # characters of the longest cell
DIGITS = lazy(r"\d[\d,.]*")
WEEKDAY = lazy(r"[月火水木金土日](?=曜|[)）])")
WORDS = lazy(r"[\u3040-\u30ff\u3400-\u9fff々a-zA-Z]+")


@dataclass(frozen=True, slots=True)
class Table:
    """A flattened table: the positions of its first cell and after its last, its width, whether it has a head."""

    start: int
    end: int
    width: int
    head: bool


def find(looks: tuple[Look, ...], taken: frozenset[int], *, gone: frozenset[int]) -> tuple[Table, ...]:
    """The flattened tables. Positions in `taken` are something else; line numbers in `gone` were removed."""
    found: list[Table] = []
    at = 0
    while at < len(looks):
        end = at
        # A line that was folded or dropped in between ends a run: its number belongs to nobody's row.
        while end < len(looks) and end not in taken and _cell(looks[end]) and (end == at or _next_to(looks, end, gone)):
            end += 1
        if end - at >= 2 * LEAST_ROWS:
            found.extend(_in_run(looks, at, end))
        at = max(end, at + 1)
    return tuple(found)


def _next_to(looks: tuple[Look, ...], at: int, gone: frozenset[int]) -> bool:
    return not any(number in gone for number in range(looks[at - 1].number + 1, looks[at].number))


def _cell(look: Look) -> bool:
    return not look.line.hint and look.size <= CELL and not look.sentence and not look.stops


def _in_run(looks: tuple[Look, ...], start: int, end: int) -> list[Table]:
    shapes = [_shape(look) for look in looks[start:end]]
    keys = [look.key for look in looks[start:end]]
    best: tuple[int, int, int] | None = None  # cells covered, first data cell, width
    for width in range(2, WIDEST + 1):
        if len(shapes) < width * LEAST_ROWS:
            break
        for first in range(0, min(len(shapes) - width * LEAST_ROWS, 3 * width) + 1):
            rows = _rows(shapes, keys, first, width, most=PROBED)
            if rows >= LEAST_ROWS and (best is None or rows * width > best[0] + width):
                best = (rows * width, first, width)
    if best is None:
        return []
    _, first, width = best
    covered = _rows(shapes, keys, first, width, most=len(shapes)) * width
    head = first >= width and all("9" not in shape for shape in shapes[first - width : first])
    return [Table(start + first - (width if head else 0), start + first + covered, width, head)]


def _rows(shapes: list[str], keys: list[str], first: int, width: int, *, most: int) -> int:
    """How many whole rows of `width` follow `first` in which one column keeps its own shape."""
    count = min((len(shapes) - first) // width, most)
    columns = [[shapes[first + row * width + column] for row in range(count)] for column in range(width)]
    counting = [
        column for column in range(width) if _counts([keys[first + row * width + column] for row in range(count)])
    ]
    best = 0
    for column, cells in enumerate(columns):
        run = 1
        while run < count and cells[run] == cells[0]:
            run += 1
        if counting and column == counting[0]:
            run = _counting(keys, first + column, width, count)
        if run < LEAST_ROWS or "9" not in cells[0]:
            continue
        others = [columns[other][row] for other in range(width) if other != column for row in range(run)]
        # A column of figures proves a table when the first column is words, or when it counts 1, 2, 3.
        words = sum(1 for row in range(run) if "9" not in columns[0][row]) >= run * 0.7
        if (column in counting or (words and column > 0)) and (
            column in counting or sum(shape == cells[0] for shape in others) <= len(others) // 2 or width <= 4
        ):
            best = max(best, run)
    return best


def _counts(keys: list[str]) -> bool:
    return _counting(keys, 0, 1, len(keys)) >= LEAST_ROWS


def _counting(keys: list[str], column: int, width: int, count: int) -> int:
    numbers = [keys[row * width + column] for row in range(count)]
    if not numbers or numbers[0] != "1":
        return 0
    run = 1
    for before, after in pairwise(numbers):
        if not after.isdigit() or int(after) != int(before) + 1:
            break
        run += 1
    return run


def _shape(look: Look) -> str:
    """What a cell looks like: figures as 9, words as w, weekdays as one."""
    return WORDS.sub(_word, DIGITS.sub("9", WEEKDAY.sub("曜", look.flat)).replace(" ", ""))


def _word(match: re.Match[str]) -> str:
    word = match.group()
    return word if len(word) <= 2 else "w"
