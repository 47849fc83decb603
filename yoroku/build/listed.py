"""Read a file that was listed a moment ago."""

from __future__ import annotations

import os

from yoroku.build.inputs import read
from yoroku.problems import Place, Problem, Problems


class Moved(Exception):
    """A file that was listed is not there any more: the listing is out of date."""


def read_bytes(root: str, path: str) -> bytes:
    """The bytes of a file that was listed. Raises Problems, and Moved when it is gone."""
    try:
        return read(os.path.join(root, path))
    except FileNotFoundError:
        raise Moved(path) from None
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        raise Problems(Problem(Place(path), "unreadable", what, fix="check its permissions")) from None
