"""The error page: a problem with its place, its lines and its remedy, as HTML that is laid over the last good page."""

from __future__ import annotations

import hashlib
import html
import re
import time
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from yoroku.preview.words import interface, words
from yoroku.problems import Problem, Severity, ordered
from yoroku.records import dataclass
from yoroku.speech import Speech

AROUND = 2
"""Lines of the source before and after the one in question."""
LONGEST_LINE = 400
"""Characters of a line that are shown."""
LARGEST_SOURCE = 4_000_000
"""Bytes of a source that are read to show its lines."""

_WORD = re.compile(r"[\"'「『][^\"'」』]*[\"'」』]?|[^\s,\]})>]+")
_QUOTED = re.compile(r"'([^']{1,80})'|「([^」]{1,80})」")


@dataclass(frozen=True, slots=True)
class LastGood:
    """The last refresh that went well. `at` is wall time in seconds since the epoch, `seconds` how long it took."""

    at: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Overlay:
    """The error page as HTML, and a mark that is the same as long as the problems are."""

    html: str = ""
    mark: str = ""


def overlay(
    problems: tuple[Problem, ...], root: Path, *, lang: str, last: LastGood | None, editor: str | None
) -> Overlay:
    """The error page for the first error, or an empty one when there is none.

    `editor` is a URL pattern with `{path}`, `{line}` and `{column}`; None leaves the link out.
    """
    problems = tuple(map(Speech(interface(lang)).of, problems))
    errors = ordered(problem for problem in problems if problem.severity is Severity.ERROR)
    if not errors:
        return Overlay()
    first, rest = errors[0], ordered(problem for problem in problems if problem != errors[0])
    say = words(lang)
    lines = _lines(root, first)
    parts = [
        f'<h1 id="yoroku-ov-title">{html.escape(say["failed"])}{_marked(first.what)}</h1>',
        f"<p>{_where(first, say)}</p>",
        _source(first, lines, say),
        f'<p class="hint">{_marked(_sentence(first.fix))}</p>' if first.fix else "",
        f"<p>{html.escape(_others(rest, say, beneath=last is not None))}</p>",
        f"<footer>{_editor(first, root, editor, say)}"
        f'<button type="button" data-close>{html.escape(say["close"])}</button>'
        f"<span>{html.escape(_mends(say, last))}</span></footer>",
    ]
    mark = hashlib.blake2b("\n".join(map(str, errors)).encode("utf-8", "replace"), digest_size=8).hexdigest()
    return Overlay(f'<div lang="{html.escape(lang)}">{"".join(parts)}</div>', mark)


def _where(problem: Problem, say: Mapping[str, str]) -> str:
    parts = [f"<code>{html.escape(problem.at.path)}</code>"]
    if problem.at.line is not None:
        parts.append(say["line"].format(line=problem.at.line))
        if problem.at.column is not None:
            parts.append(say["column"].format(column=problem.at.column))
    return " ".join(parts)


def _lines(root: Path, problem: Problem) -> tuple[str, ...]:
    """The source's lines, or none when it cannot be shown: not a file of the project, too long, no line known."""
    if problem.at.line is None:
        return ()
    path = (root / problem.at.path).resolve()
    try:
        if not path.is_relative_to(root.resolve()) or path.stat().st_size > LARGEST_SOURCE:
            return ()
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError:
        return ()
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def _source(problem: Problem, lines: tuple[str, ...], say: Mapping[str, str]) -> str:
    line = problem.at.line
    if line is None or line > len(lines):
        return ""
    rows = []
    for number in range(max(1, line - AROUND), min(len(lines), line + AROUND) + 1):
        text = lines[number - 1][:LONGEST_LINE]
        shown = f"<i>{number}</i>{html.escape(text)}"
        rows.append(f'<span class="e">{shown}</span>' if number == line else f"<span>{shown}</span>")
        if number == line and problem.at.column is not None:
            rows.append(_caret(text, problem.at.column))
    return f'<pre tabindex="0" aria-label="{html.escape(say["source"])}">{"".join(rows)}</pre>'


def _caret(text: str, column: int) -> str:
    """Carets under the word at a column; the text before it is repeated unseen, so that any glyph width fits."""
    before, rest = text[: column - 1], text[column - 1 :]
    match = _WORD.match(rest)
    width = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in match.group()) if match else 1
    return f'<span class="c" aria-hidden="true"><i></i><b>{html.escape(before)}</b>{"^" * max(1, width)}</span>'


def _others(rest: tuple[Problem, ...], say: Mapping[str, str], *, beneath: bool) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in rest)
    warnings = sum(problem.severity is Severity.WARNING for problem in rest)
    parts = [
        say["other_errors"].format(count=errors) if errors else "",
        say["other_warnings"].format(count=warnings) if warnings else "",
        say["beneath"] if beneath else say["nothing_beneath"],
    ]
    return say["gap"].join(part for part in parts if part)


def _editor(problem: Problem, root: Path, pattern: str | None, say: Mapping[str, str]) -> str:
    path = (root / problem.at.path).resolve()
    if pattern is None or not path.is_file():
        return ""
    url = pattern.format(path=path.as_posix(), line=problem.at.line or 1, column=problem.at.column or 1)
    return f'<a href="{html.escape(url)}">{html.escape(say["editor"])}</a>'


def _mends(say: Mapping[str, str], last: LastGood | None) -> str:
    if last is None:
        return say["mends"]
    at = time.strftime("%H:%M:%S", time.localtime(last.at))
    return f"{say['mends']}{say['gap']}{say['last_good'].format(time=at, seconds=f'{last.seconds:.2f}')}"


def _marked(text: str) -> str:
    """Text with the writer's own values, which messages put in quotes, set as code."""
    return _QUOTED.sub(r"<code>\1\2</code>", html.escape(text, quote=False))


def _sentence(text: str) -> str:
    """A fix, written as the end of a message, as a sentence of its own."""
    end = "." if text[-1:].isascii() else "。"
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!", "。")) else end)
