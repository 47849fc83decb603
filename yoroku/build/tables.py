"""Tables that a reader looks things up in: values are made when they are asked for, and what was asked is noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, cast

from yoroku.build.documents import Card, kind_of
from yoroku.build.graph import Question
from yoroku.build.grounds import Doubts
from yoroku.build.library import Library
from yoroku.build.store import Where
from yoroku.site.catalogue import OPEN
from yoroku.site.destinations import Destination
from yoroku.site.rights import Visibility

# Answers about all documents, some of which cost a look at each of them: they are remembered as values.
_KEPT = frozenset(
    {"entries", "entity", "months", "month", "published_months", "published_in", "totals", "publishers", "tags"}
)


class Noting(Mapping[str, Destination]):
    """The table of link targets, which notes the words that a body looks up. Made when the first body has a link."""

    def __init__(self, make: Callable[[], Mapping[str, Destination]], asked: dict[tuple[str, str], None]) -> None:
        self._make = make
        self._asked = asked

    @cached_property
    def _table(self) -> Mapping[str, Destination]:
        return self._make()

    def today(self, word: str) -> Destination | None:
        """The target of a word, not noted."""
        return self._table.get(word)

    def get(self, word: str, default: Any = None) -> Any:
        """The target of a word, noted."""
        self._asked["word", word] = None
        return self._table.get(word, default)

    def __getitem__(self, word: str) -> Destination:
        self._asked["word", word] = None
        return self._table[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


class Shelves:
    """Which documents there are of each kind, and their order. The same while none comes, goes or changes its day."""

    def __init__(self, states: Mapping[str, Visibility], days: Mapping[str, int]) -> None:
        shown = sorted(key for key, state in states.items() if state in OPEN)
        self.states = states
        self.days = days
        self.kinds: dict[str, dict[str, None]] = {"briefing": {}, "note": {}, "page": {}}
        for key in shown:
            self.kinds[kind_of(key)][key] = None
        self.listed = {key for key, state in states.items() if state == "public"}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The listed briefings, newest first."""
        return self.ordered(self.days)

    def ordered(self, days: Mapping[str, int]) -> tuple[str, ...]:
        """The listed briefings by these days, newest first."""
        shown = (key for key in self.kinds["briefing"] if key in self.listed)
        return tuple(sorted(shown, key=lambda key: (-days[key], key)))

    @cached_property
    def position(self) -> dict[str, int]:
        """Where each briefing stands in the order."""
        return {key: at for at, key in enumerate(self.order)}


class Stubs(Mapping[str, Any]):
    """The documents of one kind without their bodies, decoded when one is asked for."""

    def __init__(self, cards: Mapping[str, Card], keys: dict[str, None]) -> None:
        self._cards = cards
        self._keys = keys

    def __getitem__(self, key: str) -> Any:
        if key not in self._keys:
            raise KeyError(key)
        return self._cards[key].stub

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class FirstLines(Mapping[str, int]):
    """The line on which each document's body begins."""

    def __init__(self, cards: Mapping[str, Card]) -> None:
        self._cards = cards

    def __getitem__(self, key: str) -> int:
        return self._cards[key].first_line

    def __iter__(self) -> Iterator[str]:
        return iter(self._cards)

    def __len__(self) -> int:
        return len(self._cards)


class Answers(dict[tuple[object, ...], object]):
    """Answers by question. Those of the last build are taken from the log as long as nothing of them is in doubt."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._stored: Mapping[Question, Where] = {}

    def trust(self, stored: Mapping[Question, Where], doubts: Doubts) -> None:
        """Believe those of the answers on record that are beyond doubt."""
        self._stored = {question: where for question, where in stored.items() if not doubts.about(question)}

    def __contains__(self, question: object) -> bool:
        if super().__contains__(question):
            return True
        where = self._stored.get(cast(Question, question))
        value = None if where is None else self._library.value(where)
        if value is None:
            return False
        self[cast(Question, question)] = value
        return True

    def kept(self) -> dict[Question, Where]:
        """Where the answers worth remembering lie; those that are new are written."""
        found = dict(self._stored)
        for question, value in self.items():
            if question[0] in _KEPT and question not in found:
                found[question] = self._library.add_value(value)
        return found
