"""Many bulletins imported at once, in several processes where that pays; the order of the answers is the files'."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from yoroku.briefing.model import Briefing
from yoroku.build.workers import chunks, plain_problem, problem_of, run, usable
from yoroku.bulletin.gazetteer import Gazetteer
from yoroku.bulletin.importer import import_bulletin
from yoroku.bulletin.recurring import host_of, recurring_lines
from yoroku.problems import Problem, Problems
from yoroku.records import dataclass

_CHUNK = 10  # bulletins that a process takes at a time
_WORTH = 50  # bulletins for which a further process pays


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A bulletin to import: its name in the provenance and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What a bulletin became; no briefing when it failed."""

    briefing: Briefing | None
    problems: tuple[Problem, ...]


def import_many(
    bulletins: Sequence[Bulletin],
    gazetteer: Gazetteer,
    *,
    jobs: int | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> list[Answer]:
    """The briefings in the order of `bulletins`; what comes out does not depend on the number of processes.

    Lines that three or more of the bulletins of one host share are taken for the site's own.
    """
    recurring = recurring_lines(item.data for item in bulletins)
    parts = chunks(len(bulletins), _CHUNK)

    def one(at: int) -> tuple[bytes | None, tuple[Any, ...]]:
        item = bulletins[at]
        lines = recurring.get(host_of(item.data), frozenset()) if recurring else frozenset()
        try:
            imported = import_bulletin(item.data, name=item.name, gazetteer=gazetteer, recurring=lines)
        except Problems as failed:
            return None, tuple(plain_problem(problem) for problem in failed.items)
        problems = tuple(plain_problem(problem) for problem in imported.problems)
        return pickle.dumps(imported.briefing, pickle.HIGHEST_PROTOCOL), problems

    def work(process: int, numbers: Iterator[int]) -> list[Any]:
        done: list[Any] = []
        for number in numbers:
            for at in parts[number]:
                done.append((at, one(at)))
                if process == 0 and progress is not None:
                    progress("importing", at + 1, len(bulletins))
        return done

    processes = usable(jobs, len(bulletins), worth=_WORTH)
    answers = dict(pair for answer in run(work, len(parts), processes=processes) for pair in answer)
    return [_answer(*answers[at]) for at in range(len(bulletins))]


def _answer(briefing: bytes | None, problems: tuple[Any, ...]) -> Answer:
    # The bytes come from a fork of this process, never from outside.
    found = pickle.loads(briefing) if briefing is not None else None
    return Answer(found, tuple(problem_of(problem) for problem in problems))
