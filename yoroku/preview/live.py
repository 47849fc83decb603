"""The real build as a builder for the preview."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from yoroku.preview.builder import Builder
from yoroku.problems import Place, Problem, Problems


def pipeline(root: Path) -> Callable[[], Builder]:
    """A function that makes the builder of a project. Raises `Problems` when called, until the pipeline is there."""

    def make() -> Builder:
        raise Problems(Problem(Place(str(root)), "internal", "there is no pipeline yet"))

    return make
