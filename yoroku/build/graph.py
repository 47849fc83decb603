"""What was made from what: recorded while it is made, rechecked before it is made again.

A *question* is something a page asked for, as a tuple: a name and its arguments. Its answer is known by a digest.
A page's *trace* lists the questions that it asked, in order. A page is still right when every answer is the one it
was given; the answers are compared in the order they were asked for, so "which briefings are on this list" guards
"what does the third one say". An answer that is worked out anew and comes out the same stops the ripple there.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from yoroku.build.inputs import DIGEST_SIZE

Question = tuple[Any, ...]  # a name, then arguments of marshal's types
# An answer on record ends in its digest; what stands before it is for those who ask.
SIZE = DIGEST_SIZE


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
    """What each page asked, and the digest of each answer. After a build all of it is of one moment."""

    answers: dict[Question, bytes] = field(default_factory=dict)
    pages: dict[str, tuple[Question, ...]] = field(default_factory=dict)

    def add(self, page: str, recording: Recording) -> None:
        """Take over what a page asked."""
        self.answers.update(recording.asked)
        self.pages[page] = tuple(recording.asked)

    def asking(self, questions: Iterable[Question]) -> set[str]:
        """The pages that asked any of these."""
        wanted = set(questions)
        return {page for page, asked in self.pages.items() if not wanted.isdisjoint(asked)}

    def only(self, pages: Iterable[str]) -> Traces:
        """The traces of these pages and the answers they rest on."""
        kept = {page: self.pages[page] for page in pages if page in self.pages}
        questions = dict.fromkeys(question for asked in kept.values() for question in asked)
        return Traces({question: self.answers[question] for question in questions}, kept)


def stale(
    traces: Traces, pages: Iterable[str], answer: Callable[[Question, bytes], bytes]
) -> Iterator[tuple[str, Question | None]]:
    """Each of `pages` that must be made again, with the question whose answer is another one (None: it is new).

    `answer` gives today's answer to a question, told the one on record. It is asked at most once a question, and never
    for one that stands behind a question whose answer has changed.
    """
    same: dict[Question, bool] = {}
    for page in pages:
        asked = traces.pages.get(page)
        if asked is None:
            yield page, None
            continue
        for question in asked:
            kept = same.get(question)
            if kept is None:
                old = traces.answers[question]
                kept = same[question] = answer(question, old)[-SIZE:] == old[-SIZE:]
            if not kept:
                yield page, question
                break


def packed(traces: Traces) -> tuple[Any, ...]:
    """The traces as a few long columns, which load quickly however many pages there are."""
    numbers = {question: number for number, question in enumerate(traces.answers)}
    ends, asked = array("I"), array("I")
    for questions in traces.pages.values():
        asked.extend([numbers[question] for question in questions])
        ends.append(len(asked))
    digests = b"".join(traces.answers.values())
    return (tuple(numbers), digests, tuple(traces.pages), ends.tobytes(), asked.tobytes())


def unpacked(columns: tuple[Any, ...]) -> Traces:
    """The traces that `packed` was given."""
    questions, digests, pages, ends, asked = columns
    step = len(digests) // len(questions) if questions else 0
    answers = {question: digests[at * step : at * step + step] for at, question in enumerate(questions)}
    numbers = array("I", asked)
    result: dict[str, tuple[Question, ...]] = {}
    start = 0
    for page, end in zip(pages, array("I", ends), strict=True):
        result[page] = tuple([questions[number] for number in numbers[start:end]])
        start = end
    return Traces(answers, result)


def described(question: Question | None, wording: Mapping[str, str]) -> str:
    """A question in words for people: `wording` has a sentence for each name, with {0}, {1} for arguments."""
    if question is None:
        return "it is new"
    name, *rest = question
    return wording[name].format(*rest) if name in wording else " ".join(str(part) for part in question)
