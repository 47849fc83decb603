"""What the preview needs of a build, and the wrapper that keeps a failing one from ending the server.

The preview knows no pipeline: it asks a `Builder` to bring `output/` up to date and reads files from there.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from yoroku.problems import Place, Problem, Problems, Severity
from yoroku.records import dataclass


class Superseded(Exception):
    """A refresh was given up because a newer save makes its pages stale; the output is as it was before it."""


@dataclass(frozen=True, slots=True)
class Made:
    """One output and why it was written. `path` is relative to the output folder, with `/`."""

    path: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did.

    `problems` holds warnings as well; when one of them is an error, `output/` is as it was before. `seconds` is wall
    time; 0 lets the preview measure it. `imported` are briefings that a bulletin became, relative to the project.
    `superseded` says that it was given up for a newer one.
    """

    problems: tuple[Problem, ...] = ()
    written: tuple[Made, ...] = ()
    removed: tuple[str, ...] = ()
    seconds: float = 0.0
    imported: tuple[str, ...] = ()
    superseded: bool = False

    @property
    def failed(self) -> bool:
        """Whether an error kept the last good pages."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Progress:
    """How the builder tells of a refresh that is still running.

    `ready` says that an output (path relative to the output folder) already has its new bytes; `count` says how many of
    how many outputs are made; `superseded` asks whether to give up, with `Superseded`, because a newer save waits. All
    may be called from any thread, often, and never raise.
    """

    ready: Callable[[str], None]
    count: Callable[[int, int], None]
    superseded: Callable[[], bool] = _never


class Builder(Protocol):
    """A build kept warm. Every method may raise `Problems`; anything else that it raises is a bug of ours."""

    @property
    def output(self) -> Path:
        """The folder that is served."""
        ...

    @property
    def base_path(self) -> str:
        """The path under which the site is published: `/` or `/name/`."""
        ...

    @property
    def lang(self) -> str:
        """The interface language of the site: what the preview itself speaks."""
        ...

    @property
    def watched(self) -> tuple[str, ...]:
        """Files and folders, relative to the project, that the output is made from."""
        ...

    def current(self) -> bool:
        """Whether the output is known to be up to date without building. Fast; False when in doubt."""
        ...

    def refresh(self, changed: frozenset[str] | None, *, first: tuple[str, ...], progress: Progress) -> Refreshed:
        """Bring the output up to date.

        `changed` names files relative to the project, or is None when anything may have changed. `first` are the
        outputs that somebody waits for or looks at: they should be written, and told through `progress.ready`,
        before others.
        """
        ...

    def reindex(self) -> tuple[Problem, ...]:
        """Make the search answer for the pages as they are now. Runs in a thread of its own, never beside itself."""
        ...

    def close(self) -> None:
        """End whatever was started. Safe to call twice."""
        ...


class Keeper:
    """A builder that is made when it can be, and whose failures are values.

    A project whose settings cannot be read has no builder yet: the next change tries again.
    """

    def __init__(self, make: Callable[[], Builder], *, log: Callable[[str], None]) -> None:
        self._make = make
        self._log = log
        self._builder: Builder | None = None
        self._told: set[str] = set()
        self._warm = False

    @property
    def builder(self) -> Builder | None:
        """The builder, once it could be made."""
        return self._builder

    def current(self) -> bool:
        """As `Builder.current`; False when there is no builder."""
        try:
            self._builder = self._builder or self._make()
            return self._builder.current()
        except Problems:
            return False  # the refresh will meet them again and tell
        except Exception as error:
            self._bug(error)
            return False

    def refresh(self, changed: frozenset[str] | None, *, first: tuple[str, ...], progress: Progress) -> Refreshed:
        """As `Builder.refresh`, but an exception becomes a failed result."""
        try:
            self._builder = self._builder or self._make()
            result = self._builder.refresh(changed if self._warm else None, first=first, progress=progress)
            self._warm = True
            return result
        except Superseded:
            return Refreshed(superseded=True)
        except Problems as problems:
            return Refreshed(problems=problems.items)
        except Exception as error:  # a bug of ours must not end an editor's working day
            return Refreshed(problems=(self._bug(error),))

    def reindex(self) -> tuple[Problem, ...]:
        """As `Builder.reindex`, but an exception becomes a problem."""
        try:
            return self._builder.reindex() if self._builder else ()
        except Problems as problems:
            return problems.items
        except Exception as error:
            return (self._bug(error),)

    def close(self) -> None:
        """Close the builder; a bug while closing is logged, not raised."""
        builder, self._builder = self._builder, None
        if builder is None:
            return
        try:
            builder.close()
        except Exception as error:
            self._bug(error)

    def _bug(self, error: Exception) -> Problem:
        """The problem that stands for an unexpected exception; its traceback is logged once."""
        trace = "".join(traceback.format_exception(error))
        if trace not in self._told:
            self._told.add(trace)
            self._log(trace)
        what = f"{type(error).__name__}: {error}"
        return Problem(
            Place("yoroku"), "internal", f"an error of the program, not yours: {what}", "save again, or report it"
        )
