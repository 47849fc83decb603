"""The real build as a builder for the preview: a warm `Session`, and what the server must know of the settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from yoroku.build.manifest import TOPS
from yoroku.build.pipeline import Options, Outcome
from yoroku.build.session import Session
from yoroku.build.unchanged import unchanged
from yoroku.config import FILE, Settings, load_settings
from yoroku.preview.builder import Builder, Made, Progress, Refreshed, Superseded
from yoroku.problems import Problem
from yoroku.records import replace
from yoroku.site.urls import output_path

NEARLY = 50
"""Pages that are rather made to the end than given up: a fraction of a second."""


def pipeline(root: Path, *, base_url: str, drafts: bool, search: bool) -> Callable[[], Builder]:
    """A function that makes the builder of a project. It raises `Problems` while the settings cannot be read."""
    options = Options(base_url=base_url or None, drafts=drafts, search=search, explain=True)
    return lambda: Live(root, options)


class Live:
    """A `Builder` over the pipeline."""

    def __init__(self, root: Path, options: Options) -> None:
        self._root = root
        self._options = options
        self._settings = self._read_settings()
        self._progress: Progress | None = None
        self._session = Session(root, options, progress=self._count)

    @property
    def output(self) -> Path:
        """The folder that is served."""
        return self._root / self._options.output

    @property
    def base_path(self) -> str:
        """The path of the site's address, with slashes around it."""
        return f"{self._settings.base_path}/"

    @property
    def lang(self) -> str:
        """The interface language of the site."""
        return self._settings.language

    @property
    def watched(self) -> tuple[str, ...]:
        """The files and folders that a build reads."""
        return TOPS

    def current(self) -> bool:
        """Whether the last build left nothing to do."""
        output, base_url, drafts, search = self._options.request
        return unchanged(str(self._root), output=output, base_url=base_url, drafts=drafts, search=search) is not None

    def refresh(self, changed: frozenset[str] | None, *, first: tuple[str, ...], progress: Progress) -> Refreshed:
        """Bring the output up to date. Raises `Problems`."""
        if changed is None or FILE in changed:
            self._settings = self._read_settings()
        self._progress = progress
        # A page can be shown before the others only when there is a folder to put it into.
        self.output.mkdir(parents=True, exist_ok=True)
        outcome = self._session.refresh(changed, first=first, ready=progress.ready, search=False)
        return Refreshed(outcome.problems, _made(outcome), outcome.removed, outcome.seconds, outcome.imported)

    def reindex(self) -> tuple[Problem, ...]:
        """Make the search answer for the pages as they are now."""
        return self._session.reindex()

    def close(self) -> None:
        """Let go of the session's files."""
        self._session.close()

    def _read_settings(self) -> Settings:
        settings = load_settings(self._root)
        return replace(settings, base_url=self._options.base_url.rstrip("/")) if self._options.base_url else settings

    def _count(self, stage: str, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress.count(done, total)
            # Only between pages: what stands early is taken back, what was staged is thrown away.
            if stage == "pages" and total - done > NEARLY and self._progress.superseded():
                raise Superseded


def _made(outcome: Outcome) -> tuple[Made, ...]:
    """The outputs with their reasons, which the build tells by address."""
    reasons = dict(reason.split(": ", 1) for reason in outcome.reasons)
    why = {output_path(url): reason for url, reason in reasons.items()}
    return tuple(Made(path, why.get(path, "")) for path in outcome.written)
