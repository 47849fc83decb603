"""The last lines of a build's report. Light: a build with nothing to do prints them and ends."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yoroku.speech import Speech


def lines(say: Speech, output: str, *, written: int, removed: int, unchanged: int, seconds: float) -> Iterator[str]:
    """What was done, and what to do next."""
    yield say("built", output=output, written=written, removed=removed, unchanged=unchanged, seconds=seconds)
    yield say("look", output=output, program=program())


def program() -> str:
    """How the person started this program, so that the advice can be typed as it stands."""
    if not (sys.argv and sys.argv[0].endswith("build.py")):
        return "yoroku"
    here = os.path.join(os.getcwd(), "")
    python = sys.executable
    return f"{python.removeprefix(here) if python.startswith(here) else 'python'} build.py"
