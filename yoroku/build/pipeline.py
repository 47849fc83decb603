"""Build a site. **Read this first**: what a build is asked, what it tells, and the order of its steps.

    is anything to do at all?          unchanged.py    (manifest.py, inputs.py)
    read settings, names, documents    content.py      (documents.py, importing.py)
    which pages are out of date?       press.py        (reader.py, graph.py)
    make those, stage their bytes      press.py        (workers.py, output.py)
    put everything in its place        output.py
    bring the search up to date        search/
    remember                           memory.py       (store.py, library.py, codec.py)

`outcome.py` holds what is asked and told. `session.py` runs the steps; a `Session` stays warm between builds for the
preview. `check` runs them in memory (dry.py) and follows every link (checking.py).
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from yoroku.build import manifest
from yoroku.build.merges import pending_merges
from yoroku.build.outcome import Options, Outcome, Progress
from yoroku.build.unchanged import look
from yoroku.problems import Place, Problem, Problems, Severity, did_you_mean, ordered
from yoroku.records import replace

if TYPE_CHECKING:
    from yoroku.build.checking import Checked
    from yoroku.build.manifest import Look
    from yoroku.build.session import Session


def _silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


def build(
    root: Path, options: Options | None = None, *, progress: Progress = _silent, seen: Look | None = None
) -> Outcome:
    """Bring the output up to date. Mistakes are in the outcome; only bugs of ours are raised.

    `seen` is what was seen a moment ago by one who asked whether there is anything to do.
    """
    options = options or Options()
    started = time.perf_counter()
    output, base_url, drafts, search = options.request
    if seen is None or seen.request != options.request:
        seen = look(str(root), output=output, base_url=base_url, drafts=drafts, search=search)
    found = seen.current
    if found is not None:
        notices = tuple(_notice(notice) for notice in found.notices)
        seconds = time.perf_counter() - started
        notices = ordered((*notices, *pending_merges(root)))
        return Outcome(problems=notices, unchanged=len(found.made), withheld=found.withheld, seconds=seconds)
    session = _session(root, options, progress, seen)
    try:
        outcome = session.refresh()
        return replace(outcome, problems=ordered((*outcome.problems, *pending_merges(root))))
    except Problems as failure:
        return Outcome(problems=failure.items, seconds=time.perf_counter() - started)
    finally:
        session.close()


def _session(root: Path, options: Options, progress: Progress, seen: Look) -> Session:
    # Not at the top: a build with nothing to do must not load Jinja, markdown-it and YAML.
    from yoroku.build.session import Session  # noqa: PLC0415

    return Session(root, options, progress=progress, seen=seen)


def _notice(plain: tuple[str, int | None, int | None, str, str, str, str]) -> Problem:
    path, line, column, code, what, fix, severity = plain
    return Problem(Place(path, line, column), code, what, fix, Severity(severity))


def check(root: Path, *, strict: bool = False, external: bool = False, progress: Progress = _silent) -> Checked:
    """Everything that is wrong with a site, and nothing written. `strict` and `external` as on the command line."""
    from yoroku.build.checking import check as found  # noqa: PLC0415

    return found(root, strict=strict, external=external, progress=progress)


def explain(root: Path, page: str) -> tuple[str, ...]:
    """What the last build made a page from, line by line. Raises Problems for a page that it did not make."""
    from yoroku.build.explaining import remembered_pages  # noqa: PLC0415

    pages = remembered_pages(root)
    wanted = "/" + page.strip("/").removeprefix("output/").removesuffix("index.html").strip("/") + "/"
    for url in (wanted, wanted.rstrip("/"), wanted.replace("//", "/")):
        if url in pages:
            return pages[url]
    fix = did_you_mean(wanted, pages) if pages else "run the build first"
    raise Problems(Problem(Place(page), "unknown-page", f"the last build made no page '{page}'", fix=fix))


def clean(root: Path, *, output: str = "output") -> int:
    """Remove what builds made: the output and the memory. Returns the number of files. Raises Problems."""
    from yoroku.build.output import adopt, empty  # noqa: PLC0415

    target = os.path.join(root, output)
    count = 0
    if os.path.isdir(target):
        found = manifest.load(str(root))
        ours = set(found.made.paths) if found and found.request[0] == output else set()
        count += empty(target, ours or adopt(target, output))
    return count + empty(os.path.join(root, manifest.CACHE), None)


__all__ = ["Options", "Outcome", "Progress", "build", "check", "clean", "explain"]
