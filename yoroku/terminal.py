"""How the program speaks: lines, progress and problems on a terminal, annotations in GitHub Actions, JSON on demand."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from typing import TextIO

from yoroku.problems import Problem, Severity
from yoroku.speech import TABLE, Speech

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
_PROGRESS_AFTER = 0.5  # seconds: shorter work shows nothing
_PROGRESS_EVERY = 0.1


class Terminal:
    """Writes results to standard output and everything else to standard error."""

    def __init__(self, *, quiet: bool, as_json: bool, speech: Speech | None = None) -> None:
        self.quiet = quiet
        self.speech = speech or Speech()
        self.as_json = as_json
        self.out: TextIO = sys.stdout
        self.err: TextIO = sys.stderr
        for stream in (self.out, self.err):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:  # Windows consoles and C locales: never fail on Japanese
                reconfigure(encoding="utf-8", errors="backslashreplace")
        self._tty = self.err.isatty()
        self._colour = self._tty and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        self._annotate = os.environ.get("GITHUB_ACTIONS") == "true"
        self._started = time.monotonic()
        self._shown_at = 0.0
        self._stage = ""
        self._told: list[Problem] = []

    def line(self, text: str) -> None:
        """One line of the report, unless quiet or JSON."""
        self._clear()
        if not self.quiet and not self.as_json:
            print(text, file=self.err, flush=True)

    def say(self, name: str, **values: object) -> None:
        """One line of the report, in the words of the person's language."""
        self.line(self.speech(name, **values))

    def alert(self, text: str) -> None:
        """One line that is said although the report is quiet: a problem of a run that goes on."""
        self._clear()
        if not self.as_json:
            print(text, file=self.err, flush=True)

    def result(self, text: str) -> None:
        """The very thing that was asked for, to standard output."""
        self._clear()
        self.out.write(text)
        self.out.flush()

    def progress(self, stage: str, done: int, total: int) -> None:
        """Say how far a long run is: a moving line on a terminal, a line a stage elsewhere."""
        now = time.monotonic()
        if self.quiet or self.as_json or now - self._started < _PROGRESS_AFTER:
            return
        stage = self.speech(stage) if stage in TABLE else stage
        if self._tty:
            if now - self._shown_at >= _PROGRESS_EVERY or done == total:
                self._shown_at = now
                print(
                    f"\r\x1b[K{stage} {done}/{total}" if total else f"\r\x1b[K{stage} …",
                    end="",
                    file=self.err,
                    flush=True,
                )
        elif stage != self._stage:
            print(f"{stage} …", file=self.err, flush=True)
        self._stage = stage

    def problems(self, items: Sequence[Problem]) -> None:
        """Print the problems, one a line, and remember them for JSON."""
        self._clear()
        self._told += items
        if self.as_json:
            return
        for item in items:
            print(self._coloured(item), file=self.err)
            if self._annotate:
                print(_annotation(self.speech.of(item)), file=self.out)
        self.err.flush()

    def bug(self, error: Exception) -> None:
        """Admit a bug of ours, with the trace that a report needs."""
        self._clear()
        print("yoroku: this is a bug of ours, not of your files; please report it with the lines below", file=self.err)
        # Not at the top: it is hardly ever needed, and takes longer to load than a command to read.
        from traceback import print_exception  # noqa: PLC0415

        print_exception(error, file=self.err)

    def finish_json(self, values: Mapping[str, object]) -> None:
        """With --json: one object with `values` and all problems."""
        if not self.as_json:
            return
        problems = [
            {
                "path": item.at.path,
                "line": item.at.line,
                "column": item.at.column,
                "severity": item.severity.value,
                "code": item.code,
                "what": item.what,
                "fix": item.fix,
            }
            for item in self._told
        ]
        json.dump({**values, "problems": problems}, self.out, ensure_ascii=False, indent=1)
        self.out.write("\n")

    def _clear(self) -> None:
        if self._tty and self._shown_at:
            print("\r\x1b[K", end="", file=self.err, flush=True)
            self._shown_at = 0.0

    def _coloured(self, item: Problem) -> str:
        text = self.speech.told(item)
        if not self._colour:
            return text
        word = f"{item.severity.value}:"
        return text.replace(word, f"\x1b[{_COLOURS[item.severity]}m{word}\x1b[0m", 1)


def _annotation(item: Problem) -> str:
    """A workflow command of GitHub Actions (docs.github.com, 'Workflow commands')."""
    level = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}[item.severity]
    place = [f"file={_property(item.at.path)}"]
    if item.at.line is not None:
        place.append(f"line={item.at.line}")
        if item.at.column is not None:
            place.append(f"col={item.at.column}")
    place.append(f"title={_property(item.code)}")
    message = f"{item.what}; {item.fix}" if item.fix else item.what
    return f"::{level} {','.join(place)}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
