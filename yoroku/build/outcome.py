"""What a build is asked, and what it tells."""

from __future__ import annotations

from collections.abc import Callable

from yoroku.build import manifest
from yoroku.build.unchanged import request
from yoroku.problems import Problem, Severity
from yoroku.records import dataclass

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line decides. `output` is relative to the site; `jobs` None takes as many as help."""

    output: str = "output"
    base_url: str | None = None
    drafts: bool = False
    search: bool = True
    jobs: int | None = None
    explain: bool = False

    @property
    def request(self) -> manifest.Request:
        """The part that decides what comes out."""
        return request(output=self.output, base_url=self.base_url, drafts=self.drafts, search=self.search)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did. Paths in `written` and `removed` are relative to the output, in `imported` to the site.

    `reasons` are "URL: why it was made again"; `withheld` are "path: why it is not shown"; `seconds` is wall time.
    """

    problems: tuple[Problem, ...] = ()
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    withheld: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    seconds: float = 0.0
    imported: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    @property
    def ok(self) -> bool:
        """Whether the output is up to date."""
        return not self.errors

    @property
    def exit_code(self) -> int:
        """0 done, 1 mistakes in the site's files, 3 something outside failed."""
        if self.ok:
            return 0
        return 3 if all(problem.code.startswith("outside-") for problem in self.errors) else 1
