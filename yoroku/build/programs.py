"""Programs beside Python that a build needs."""

from __future__ import annotations

from yoroku.problems import Place, Problem, Problems


def require_pagefind() -> None:
    """Raise Problems before anything is made when the program that indexes is not installed."""
    try:
        import pagefind_bin  # noqa: F401, PLC0415 - the package is two lines; the search itself is loaded when needed
    except ImportError:
        what, fix = "Pagefind is not installed", "install pagefind-bin==1.5.2, or build with --no-search"
        raise Problems(Problem(Place("search"), "outside-pagefind-missing", what, fix)) from None
