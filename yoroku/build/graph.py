"""What was made from what: recorded while it is made, rechecked before it is made again.

A *question* is something a page asked for, as a tuple: a name and its arguments. Its answer is known by a digest.
A page's *trace* lists the questions that it asked, in order. A page is still right when every answer is the one it
was given; the answers are compared in the order they were asked for, so "which briefings are on this list" guards
"what does the third one say". An answer that is worked out anew and comes out the same stops the ripple there.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import cached_property
from typing import Any

from yoroku.build.inputs import DIGEST_SIZE
from yoroku.records import dataclass, field

Question = tuple[Any, ...]  # a name, then arguments of marshal's types
# An answer on record ends in its digest; what stands before it is for those who ask.
SIZE = DIGEST_SIZE
_FEW = 16  # numbers that are looked for one by one


class Recording:
    """The questions of one page, in the order it asked them."""

    __slots__ = ("asked",)

    def __init__(self) -> None:
        self.asked: dict[Question, bytes] = {}

    def note(self, question: Question, answer: bytes) -> None:
        """Remember that the page was given this answer."""
        self.asked.setdefault(question, answer)


@dataclass(slots=True)
class Traces:
    """What each page asked, and the digest of each answer. After a build all of it is of one moment.

    `answers` and `pages` are what was added; `base` is what was on record before, left in its columns.
    """

    answers: dict[Question, bytes] = field(default_factory=dict)
    pages: dict[str, tuple[Question, ...]] = field(default_factory=dict)
    base: Columns | None = None
    gone: frozenset[str] = frozenset()  # pages of `base` that are no longer on record

    def add(self, page: str, recording: Recording) -> None:
        """Take over what a page asked."""
        self.answers.update(recording.asked)
        self.pages[page] = tuple(recording.asked)

    def update(self, other: Traces) -> None:
        """Take over what was added to others."""
        self.answers.update(other.answers)
        self.pages.update(other.pages)

    def plus(self, *others: Traces) -> Traces:
        """These traces with what was added to others in place of what was there."""
        result = Traces(dict(self.answers), dict(self.pages), self.base, self.gone)
        for other in others:
            result.update(other)
        return result

    def without(self, page: str) -> Traces:
        """These traces, and nothing of a page."""
        below = self.base is not None and page in self.base.at
        pages = {name: asked for name, asked in self.pages.items() if name != page}
        return Traces(self.answers, pages, self.base, self.gone | {page} if below else self.gone)

    def __contains__(self, page: str) -> bool:
        return page in self.pages or (self.base is not None and page in self.base.at and page not in self.gone)

    def names(self) -> Iterator[str]:
        """Every page on record."""
        yield from self.pages
        if self.base is not None:
            yield from (page for page in self.base.pages if page not in self.pages and page not in self.gone)

    def asked(self, page: str) -> tuple[Question, ...] | None:
        """What a page asked, in order; None for a page that is not on record."""
        found = self.pages.get(page)
        if found is None and self.base is not None and page in self:
            return tuple(self.base.question(number) for number in self.base.numbers(page))
        return found

    def answered(self, page: str) -> Iterator[tuple[Question, bytes]]:
        """What a page on record asked, in order, each with the answer."""
        base, answers = self.base, self.answers
        if page in self.pages or base is None:
            for question in self.pages[page]:
                # What a page asks is on record with it; here or, where another page asked it too, below.
                found = answers.get(question)
                yield question, base.answer(question) if found is None and base is not None else answers[question]
            return
        for number in base.numbers(page):
            question = base.question(number)
            yield question, answers.get(question) or base.digest(number)

    def asking(
        self, subjects: Set[Any], names: Callable[[Any], bool] | None, doubtful: Callable[[Question], bool]
    ) -> set[str]:
        """The pages that asked a doubtful question, of those about `subjects` or of a name that `names` accepts."""

        def wanted(question: Question) -> bool:
            return question[-1] in subjects or (names is not None and names(question[0]))

        questions = {question for question in self.answers if wanted(question) and doubtful(question)}
        found: set[str] = set()
        if self.base is not None:
            base, hidden = self.base, self.pages.keys() | self.gone
            below = {number: base.question(number) for number in base.about(subjects, names)}
            numbers = {number for number, question in below.items() if doubtful(question)}
            questions.update(below[number] for number in numbers)
            found.update(page for page in base.asking(numbers) if page not in hidden)
        found.update(page for page, asked in self.pages.items() if not questions.isdisjoint(asked))
        return found

    def only(self, pages: Iterable[str]) -> Traces:
        """The traces of these pages and the answers they rest on."""
        kept = Traces()
        for page in pages:
            if page in self:
                rows = tuple(self.answered(page))
                kept.answers.update(rows)
                kept.pages[page] = tuple([question for question, _ in rows])
        return kept


def stale(
    traces: Traces, pages: Iterable[str], answer: Callable[[Question, bytes], bytes]
) -> Iterator[tuple[str, Question | None]]:
    """Each of `pages` that must be made again, with the question whose answer is another one (None: it is new).

    `answer` gives today's answer to a question, told the one on record. It is asked at most once a question, and never
    for one that stands behind a question whose answer has changed.
    """
    same: dict[Question, bool] = {}
    for page in pages:
        if page not in traces:
            yield page, None
            continue
        for question, old in traces.answered(page):
            kept = same.get(question)
            if kept is None:
                kept = same[question] = answer(question, old)[-SIZE:] == old[-SIZE:]
            if not kept:
                yield page, question
                break


class Columns:
    """Traces as they lie on disk: a few long columns, of which only the rows that are asked for become values.

    A question is its head, all but its last part, and the last part, which tells what it is about.
    """

    def __init__(self, packed: tuple[Any, ...]) -> None:
        heads, lasts, head_of, last_of, digests, pages, ends, asked = packed
        self.heads: tuple[tuple[Any, ...], ...] = heads
        self.lasts: tuple[Any, ...] = lasts
        self.pages: tuple[str, ...] = pages
        self._head_of, self._last_of = array("I", head_of), array("I", last_of)
        self._ends, self._asked = array("I", ends), array("I", asked)
        self._digests: bytes = digests
        self._step = len(digests) // len(self._head_of) if self._head_of else 0

    @cached_property
    def at(self) -> dict[str, int]:
        """Where each page stands."""
        return {page: at for at, page in enumerate(self.pages)}

    @cached_property
    def _places(self) -> tuple[dict[Any, int], dict[Any, int], dict[tuple[int, int], int]]:
        pairs = {pair: at for at, pair in enumerate(zip(self._head_of, self._last_of, strict=True))}
        return (
            {head: at for at, head in enumerate(self.heads)},
            {last: at for at, last in enumerate(self.lasts)},
            pairs,
        )

    def numbers(self, page: str) -> array[int]:
        """The numbers of the questions that a page asked."""
        at = self.at[page]
        return self._asked[self._ends[at - 1] if at else 0 : self._ends[at]]

    def question(self, number: int) -> Question:
        """The question with a number."""
        return (*self.heads[self._head_of[number]], self.lasts[self._last_of[number]])

    def questions(self) -> list[Question]:
        """All questions, in the order of their numbers."""
        heads, lasts = self.heads, self.lasts
        return [(*heads[head], lasts[last]) for head, last in zip(self._head_of, self._last_of, strict=True)]

    def digest(self, number: int) -> bytes:
        """The answer to the question with a number."""
        return self._digests[number * self._step : (number + 1) * self._step]

    def number(self, question: Question) -> int | None:
        """The number of a question, None when nobody asked it."""
        heads, lasts, pairs = self._places
        head, last = heads.get(question[:-1]), lasts.get(question[-1])
        return None if head is None or last is None else pairs.get((head, last))

    def answer(self, question: Question) -> bytes:
        """The answer to a question. Raises KeyError when nobody asked it."""
        number = self.number(question)
        if number is None:
            raise KeyError(question)
        return self.digest(number)

    def about(self, subjects: Set[Any], names: Callable[[Any], bool] | None) -> list[int]:
        """The numbers of the questions whose last part is in `subjects` or whose name `names` accepts."""
        last = {at for at, word in enumerate(self.lasts) if word in subjects}
        head: set[int] = set()
        if names is not None:
            alone = {at for at, word in enumerate(self.lasts) if isinstance(word, str) and names(word)}
            head = {at for at, parts in enumerate(self.heads) if parts and names(parts[0])}
            empty = {at for at, parts in enumerate(self.heads) if not parts}
            pairs = enumerate(zip(self._head_of, self._last_of, strict=True))
            return [at for at, (h, t) in pairs if t in last or h in head or (h in empty and t in alone)]
        return [at for number in sorted(last) for at in _found(self._last_of, number)]

    def asking(self, numbers: Set[int]) -> Iterator[str]:
        """The pages that asked any of the questions with these numbers."""
        pages, ends = self.pages, self._ends
        before = -1
        if len(numbers) <= _FEW:
            places = sorted(place for number in numbers for place in _found(self._asked, number))
        else:
            places = [place for place, number in enumerate(self._asked) if number in numbers]
        for place in places:
            at = bisect_right(ends, place)
            if at != before:
                before = at
                yield pages[at]


def _found(column: array[int], number: int) -> Iterator[int]:
    """Where a number stands in a column, looked for in its bytes: no number of the others becomes a value."""
    size = column.itemsize
    data, wanted = column.tobytes(), array("I", [number]).tobytes()
    at = data.find(wanted)
    while at >= 0:
        if at % size == 0:
            yield at // size
            at = data.find(wanted, at + size)
        else:
            at = data.find(wanted, at + 1)


def packed(traces: Traces) -> tuple[Any, ...]:
    """The traces as columns, which load quickly however many pages there are."""
    heads: dict[tuple[Any, ...], int] = {}
    lasts: dict[Any, int] = {}
    numbers: dict[Question, int] = {}
    head_of, last_of, ends, asked = array("I"), array("I"), array("I"), array("I")
    digests: list[bytes] = []
    pages = list(traces.names())
    for page in pages:
        for question, answer in traces.answered(page):
            number = numbers.get(question)
            if number is None:
                number = numbers[question] = len(digests)
                digests.append(answer)
                head_of.append(heads.setdefault(question[:-1], len(heads)))
                last_of.append(lasts.setdefault(question[-1], len(lasts)))
            asked.append(number)
        ends.append(len(asked))
    columns = (column.tobytes() for column in (head_of, last_of))
    return (tuple(heads), tuple(lasts), *columns, b"".join(digests), tuple(pages), ends.tobytes(), asked.tobytes())


def unpacked(columns: tuple[Any, ...]) -> Traces:
    """The traces that `packed` was given, as values."""
    found = Columns(columns)
    # Each question once, however many pages asked it.
    questions = found.questions()
    digests = (found.digest(number) for number in range(len(questions)))
    asked = {page: tuple([questions[number] for number in found.numbers(page)]) for page in found.pages}
    return Traces(dict(zip(questions, digests, strict=True)), asked)


def described(question: Question | None, wording: Mapping[str, str]) -> str:
    """A question in words for people: `wording` has a sentence for each name, with {0}, {1} for arguments."""
    if question is None:
        return "it is new"
    name, *rest = question
    return wording[name].format(*rest) if name in wording else " ".join(str(part) for part in question)
