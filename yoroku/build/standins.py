"""Stand-ins for content files that cannot be read as they are, so that one check tells everything at once.

A mistake in its front matter says nothing about a file's body, nor about the files that link to it. For a check, keys
with mistakes are taken out (the other lines stay where they are), the rest is read as ever, and nothing is told that
may only be so because of what was taken out.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from yoroku.briefing.authority import Authority
from yoroku.briefing.file import front_of, split
from yoroku.build import codec
from yoroku.build.content import Instead, Rules, as_read
from yoroku.build.documents import Desk, decoded
from yoroku.build.listed import Moved, read_bytes
from yoroku.build.memory import Read
from yoroku.build.store import LogWriter
from yoroku.config import Settings
from yoroku.problems import Place, Problem, Problems, ordered
from yoroku.records import dataclass, replace
from yoroku.site.names import gather
from yoroku.site.rights import policies

_KEY = re.compile(r"(?=[^\s#-])")  # a line that begins a key of its own, whatever is wrong with it
_TITLE = re.compile(r"title[ \t]*:")
_QUOTED = re.compile(r"'(.+?)'(?:[ ,]|$)")
_ROUNDS = 8
# What an answer of the names, addresses and places of a site decides.
_OF_LINKS = frozenset(
    {"unresolved-wikilink", "unresolved-embed", "broken-link", "broken-embed", "unknown-briefing", "subject-withheld"}
)
_OF_PLACES = frozenset({"broken-fragment", "unknown-place"})
_OF_KEYS = frozenset({"incomplete-correction", "no-subject"})


@dataclass(frozen=True, slots=True)
class StandIn:
    """The text that stands in for a file, and by how many lines its body lies lower than the file's.

    `lost` is what the file may be called by and nobody could read; `hollow` when its body is not known either.
    """

    text: str
    lower: int
    lost: str
    hollow: bool = False


def _stand_in(path: str, text: str, problems: tuple[Problem, ...], attempt: int) -> StandIn:
    """A text in which the keys with these problems are blank; at the last attempt all of them."""
    title = f'title: "{PurePosixPath(path).stem}"\n'.replace("\\", "")
    try:
        front, body, first = split(text, path=path)
    except Problems as failure:
        codes = {problem.code for problem in failure.items}
        without = codes == {"no-front-matter"} and text != "" and "---" not in text
        body = text.removeprefix("\ufeff") if without else ""
        lost = path if without else text[:4096] + path
        return StandIn(f"---\n{title}---\n{body}", 3, lost, hollow=not without)
    lines = front.split("\n")[:-1]
    for problem in problems:
        number = (problem.at.line or 0) - 2
        if 0 <= number < len(lines):
            _blank(lines, number)
    if attempt == _ROUNDS:
        lines = [""] * len(lines)
    named = any(_TITLE.match(line) for line in lines)
    kept = "".join(line + "\n" for line in lines) + ("" if named else title)
    made = f"---\n{kept}---\n{body}"
    return StandIn(made, made.count("\n", 0, len(made) - len(body)) + 1 - first, front + path)


def _blank(lines: list[str], number: int) -> None:
    """Blank the key that a line belongs to, with all that is indented below it."""
    first = number
    while first > 0 and not _KEY.match(lines[first]):
        first -= 1
    last = number + 1
    while last < len(lines) and not _KEY.match(lines[last]):
        last += 1
    lines[first:last] = [""] * (last - first)


@dataclass(frozen=True, slots=True)
class Gaps:
    """What a check does not know: the files read by stand-ins, by path, and whether the settings are other ones.

    `mistakes` are what was told of them.
    """

    mistakes: tuple[Problem, ...] = ()
    files: tuple[tuple[str, StandIn], ...] = ()
    unruled: bool = False

    def sure(self, problem: Problem) -> bool:
        """Whether a problem of a text is there whatever the gaps would say."""
        files = dict(self.files)
        if problem.at.path in files and problem.code in _OF_KEYS:
            return False
        if problem.code in _OF_PLACES and any(file.hollow for file in files.values()):
            return False
        if problem.code not in _OF_LINKS | _OF_PLACES:
            return True
        word = _word(problem.what)
        return not self.unruled and not (word and any(word in file.lost.casefold() for file in files.values()))

    def placed(self, problem: Problem) -> Problem:
        """The problem at its line of the file itself."""
        file = dict(self.files).get(problem.at.path)
        if file is None or problem.at.line is None:
            return problem
        return replace(problem, at=Place(problem.at.path, problem.at.line - file.lower, problem.at.column))


class Gathered:
    """What turns out to be unreadable while the site in `root` is read."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._mistakes: list[Problem] = []
        self._files: dict[str, StandIn] = {}
        self._unruled = False

    def all(self) -> Gaps:
        """All of it."""
        return Gaps(ordered(self._mistakes), tuple(self._files.items()), self._unruled)

    def without_rules(self, failure: Problems) -> Rules:
        """Rules to read the documents by, though the site's own cannot be read."""
        self._mistakes += failure.items
        self._unruled = True
        settings, authority = Settings(""), Authority()
        names = gather(authority, settings.topics)
        digest = codec.digest_of("stand-in")
        return Rules(settings, digest, digest, names, digest, policies(settings, names))

    def instead(self, rules: Rules) -> Instead:
        """Reads stand-ins of the files that cannot be read."""

        def read(path: str, problems: tuple[Problem, ...], desk: Desk, writer: LogWriter) -> Read:
            self._mistakes += problems
            text = _decoded(self._root, path)
            for attempt in range(_ROUNDS + 1):
                made = _stand_in(path, text, problems, attempt)
                try:
                    found = as_read(path, made.text.encode(), desk, rules, writer)
                except Problems as failure:
                    problems += failure.items
                    continue
                self._files[path] = made
                return found
            raise Problems(*problems)

        return read

    def set_aside(self, failure: Problems, reads: dict[str, Read]) -> None:
        """Take files out whose address another file has."""
        files = [problem.at.path for problem in failure.items if problem.at.path in reads]
        if not files:
            raise failure
        self._mistakes += (
            problem for problem in failure.items if not any(path in str(problem) for path in self._files)
        )
        for path in files:
            self._files[path] = StandIn("", 0, front_of(_decoded(self._root, path)) + path, hollow=True)
            reads.pop(path, None)


def _decoded(root: str, path: str) -> str:
    """The text of a file; none where there is no telling what it says."""
    try:
        return decoded(path, read_bytes(root, path))
    except (Problems, Moved):
        return ""


def _word(what: str) -> str:
    """The name that a problem says leads nowhere, as a front matter would have it."""
    found = _QUOTED.search(what)
    name = found[1].strip("![]").split("|")[0].split("#")[0].strip() if found else ""
    return unquote(name).strip("/").rpartition("/")[2].removesuffix(".md").casefold()
