"""Work in several processes, for builds of many pages.

The processes are forks: they share what the build has read without copying it, pull the numbers of chunks from a
pipe, so a slow chunk holds nobody up, and send one marshal blob back. Where there is no fork, or threads make forking
unsafe, the same function runs here; what comes out does not depend on it.
"""

from __future__ import annotations

import gc
import marshal
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from yoroku.problems import Place, Problem, Problems, Severity

MOST = 16
_NUMBER = 4
_PIPED = 16_000  # a pipe holds 64 KB before anybody reads; number n stands for n, n + 16,000 and so on

Work = Callable[[int, Iterator[int]], Any]


def usable(wanted: int | None, tasks: int, *, worth: int) -> int:
    """How many processes to use for `tasks` when a further one pays from `worth` tasks on. At least 1."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    most = wanted or min(_cores(), MOST)
    return max(1, min(most, tasks // worth if wanted is None else tasks))


def chunks(count: int, size: int) -> Sequence[range]:
    """The numbers 0 to `count` - 1 in runs of `size`."""
    return [range(start, min(start + size, count)) for start in range(0, count, size)]


def run(work: Work, chunk_count: int, *, processes: int) -> list[Any]:
    """`work(process, chunk numbers)` in each process, this one included; the results in the order of the processes.

    Each chunk number is given out once. A result must be made of marshal's types. Problems in a process are raised
    here, all processes' together; any other exception of a child is raised as `WorkerFailed` with its traceback.
    """
    if processes <= 1:
        return [work(0, iter(range(chunk_count)))]
    numbers, feed = os.pipe()
    os.write(feed, b"".join(number.to_bytes(_NUMBER, "little") for number in range(min(chunk_count, _PIPED))))
    os.close(feed)
    gc.freeze()
    children: list[tuple[int, int]] = []
    try:
        for process in range(1, processes):
            children.append(_start(work, process, numbers, chunk_count))
        answers = [_attempt(work, 0, _numbers(numbers, chunk_count))]
        while children:
            answers.append(_finish(*children.pop(0)))
    except BaseException:
        _end(children)
        raise
    finally:
        gc.unfreeze()
        os.close(numbers)
    if problems := [problem for answer in answers for problem in answer[1]]:
        raise Problems(*(problem_of(problem) for problem in problems))
    return [answer[0] for answer in answers]


class WorkerFailed(Exception):
    """A process ended in an exception that is a bug of ours; the message is its traceback."""


def _end(children: list[tuple[int, int]]) -> None:
    """End processes whose work nobody wants any more: they would go on writing into the next one's files."""
    for pid, receive in children:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(receive)


def _numbers(pipe: int, chunk_count: int) -> Iterator[int]:
    while number := os.read(pipe, _NUMBER):
        yield from range(int.from_bytes(number, "little"), chunk_count, _PIPED)


def _while_wanted(numbers: Iterator[int], parent: int) -> Iterator[int]:
    """The numbers as long as the parent lives: killed, it leaves nobody who would want the rest."""
    for number in numbers:
        if os.getppid() != parent:
            os._exit(0)
        yield number


def _start(work: Work, process: int, numbers: int, chunk_count: int) -> tuple[int, int]:
    receive, send = os.pipe()
    pid = os.fork()
    if pid:
        os.close(send)
        return pid, receive
    # The child must never return: it would go on with the parent's work, and flush the parent's buffers.
    try:
        os.close(receive)
        try:
            answer = _attempt(work, process, _while_wanted(_numbers(numbers, chunk_count), os.getppid()))
        except Exception:
            answer = (traceback.format_exc(), None)
        with open(send, "wb") as pipe:
            marshal.dump(answer, pipe)
    finally:
        os._exit(0)


def _attempt(work: Work, process: int, numbers: Iterator[int]) -> tuple[Any, Any]:
    try:
        return work(process, numbers), ()
    except Problems as failure:
        return None, tuple(plain_problem(problem) for problem in failure.items)


def _finish(pid: int, receive: int) -> tuple[Any, Any]:
    try:
        with open(receive, "rb", closefd=False) as pipe:
            blob = pipe.read()
    except BaseException:
        _end([(pid, receive)])
        raise
    os.close(receive)
    os.waitpid(pid, 0)
    try:
        answer: tuple[Any, Any] = marshal.loads(blob)
    except (EOFError, ValueError, TypeError):
        what, fix = "a process of the build was ended from outside", "free some memory, or build with --jobs 1"
        raise Problems(Problem(Place("build"), "outside-worker-lost", what, fix)) from None
    if answer[1] is None:
        raise WorkerFailed(answer[0])
    return answer


def plain_problem(problem: Problem) -> tuple[Any, ...]:
    """A problem made of marshal's types."""
    at = problem.at
    return (at.path, at.line, at.column, problem.code, problem.what, problem.fix, problem.severity.value)


def problem_of(plain: tuple[Any, ...]) -> Problem:
    """The problem that `plain_problem` took apart."""
    path, line, column, code, what, fix, severity = plain
    return Problem(Place(path, line, column), code, what, fix, Severity(severity))


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
