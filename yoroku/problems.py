"""Problems: what a writer can fix, with the place where it stands.

A `Problem` is data; an exception that is not `Problems` is a bug of ours. The printed form is
``PATH:LINE:COLUMN: SEVERITY: WHAT; FIX [CODE]`` with paths relative to the project and lines and columns from 1.
What is not known (a column that a library does not give) is left out, never faked.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum

from yoroku.records import dataclass, field


class Severity(StrEnum):
    """How much a problem matters: an error stops the build, a warning does not, a note only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands. `line` and `column` count from 1; a column is a character."""

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [self.path]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        return ":".join(parts)

    @property
    def order(self) -> tuple[str, int, int]:
        """Key that sorts places by path, then line, then column."""
        return (self.path, self.line or 0, self.column or 0)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to fix. `what` quotes the writer's own value; `fix` is one sentence fragment."""

    at: Place
    code: str
    what: str
    fix: str = ""
    severity: Severity = field(default=Severity.ERROR)

    def __str__(self) -> str:
        what = f"{self.what}; {self.fix}" if self.fix else self.what
        return f"{self.at}: {self.severity.value}: {what} [{self.code}]"

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Key that sorts problems by place, then code and words."""
        return (*self.at.order, self.code, self.what)


class Problems(Exception):
    """One or more problems that stop a stage. `items` is sorted and without repeats."""

    def __init__(self, *items: Problem) -> None:
        self.items: tuple[Problem, ...] = ordered(items)
        super().__init__("\n".join(str(item) for item in self.items))


def ordered(items: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems sorted by place, each once."""
    return tuple(sorted(dict.fromkeys(items), key=lambda item: item.order))


def did_you_mean(word: str, choices: Iterable[str], also: Mapping[str, str] | None = None) -> str:
    """A fix that names the nearest of `choices`, or lists them when none is near. `also` has other words for them."""
    known = sorted(choices)
    if also and word in also:
        return f"did you mean '{also[word]}'?"
    word = unicodedata.normalize("NFKC", word)
    # Case is the commonest slip, and the nearest by letters is not always the same word.
    same = [choice for choice in known if choice.casefold() == word.casefold()]
    if same:
        return f"did you mean '{same[0]}'?"
    # Not at the top: where nothing is wrong nobody asks.
    from difflib import get_close_matches  # noqa: PLC0415

    close = get_close_matches(word, [*known, *(also or ())], n=1, cutoff=0.6)
    if close:
        return f"did you mean '{(also or {}).get(close[0], close[0])}'?"
    return f"use one of: {', '.join(known)}" if known else ""
