"""Find mistakes without writing anything: `check` reads all, makes what is out of date in memory, follows every link.

    settings, names, documents       dry.py          each mistake with its line and column
    texts                            links.py        wikilinks, images, places on other pages, alternative texts
    finished pages, feeds, scripts   following.py    every link, fragment and asset, whoever wrote it
    open review items                here            with --strict
    other sites                      external.py     with --external

What was found sound is remembered in `.yoroku/checked`, so that a second check looks at what has changed.
"""

from __future__ import annotations

import os
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from yoroku.briefing.file import split
from yoroku.build import indexing, manifest, sealed
from yoroku.build.dry import Dry, Texts, dry, read_texts, shown
from yoroku.build.external import Cited, check_external
from yoroku.build.following import Followed, Link, followed
from yoroku.build.inputs import digest, read
from yoroku.build.links import text_problems
from yoroku.build.merges import pending_merges
from yoroku.build.subjects import subject_problems
from yoroku.problems import Place, Problem, Problems, Severity, ordered
from yoroku.records import dataclass
from yoroku.site.fragments import FragmentLink
from yoroku.site.rights import Public
from yoroku.site.urls import all_languages, localised, output_path
from yoroku.strict_yaml import parse
from yoroku.yaml_nodes import Items, Scalar, Table

CHECKED = f"{manifest.CACHE}/checked"
_FEW = 3
_OUTSIDE = re.compile(r'href="(https?://[^"]+)"')

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. `documents` counts the content files; `strict` makes warnings fail."""

    problems: tuple[Problem, ...]
    documents: int
    strict: bool = False

    @property
    def exit_code(self) -> int:
        """0 sound, 1 mistakes, 3 something outside failed."""
        errors = [problem for problem in self.problems if problem.severity is Severity.ERROR]
        if errors:
            return 3 if all(problem.code.startswith("outside-") for problem in errors) else 1
        return int(self.strict and any(problem.severity is Severity.WARNING for problem in self.problems))


def check(root: Path, *, strict: bool = False, external: bool = False, progress: Progress) -> Checked:
    """Everything that is wrong with a site. Nothing is written but the memory of what was found sound."""
    merges = pending_merges(root)
    try:
        texts = read_texts(root, progress)
    except Problems as failure:
        review = _open_reviews(root, _briefings(root)) if strict else ()
        return Checked(ordered((*failure.items, *merges, *review)), _count(root), strict)
    try:
        gaps = texts.gaps
        found = [*merges, *gaps.mistakes, *texts.problems, *_unbuilt(texts)]
        own = [*text_problems(texts.reader, texts.library, shown(texts), texts.root)]
        own += subject_problems(texts.content, texts.reader, partial(_file_lines, texts))
        found += [gaps.placed(problem) for problem in own if gaps.sure(problem)]
        found += _of_pages(texts, progress, found)
        if strict:
            found += _open_reviews(root, _briefings(root))
        if external:
            found += check_external(_cited(texts), root=root, now=time.time(), progress=progress)
    finally:
        texts.logs.close()
    return Checked(ordered(found), len(texts.content.reads), strict)


def _of_pages(texts: Texts, progress: Progress, told: Iterable[Problem]) -> list[Problem]:
    """What is wrong with templates and, once every text can be read, with the links of the finished pages."""
    if texts.gaps.unruled:
        return []
    try:
        dried = dry(texts)
    except Problems as failure:
        return list(failure.items)
    if texts.gaps.mistakes:
        return []
    return [*_links(dried, progress, frozenset(problem.what for problem in told if problem.code == "broken-fragment"))]


def _briefings(root: Path) -> list[str]:
    folder = root / "content/briefings"
    found = (path.relative_to(root).as_posix() for path in folder.rglob("*.md")) if folder.is_dir() else ()
    return sorted(path for path in found if "/." not in path)


def _count(root: Path) -> int:
    return sum(1 for _ in (root / "content").rglob("*.md")) if (root / "content").is_dir() else 0


def _unbuilt(texts: Texts) -> Iterator[Problem]:
    for path in texts.unbuilt:
        what = "no briefing has been made of this bulletin, as it is now"
        yield Problem(Place(path), "not-imported", what, "the next build imports it", Severity.NOTE)


# --- links of finished files ---


def _links(dried: Dry, progress: Progress, told: frozenset[str]) -> Iterator[Problem]:
    """A problem for each link of a finished file that leads nowhere; `told` are those that texts have told of."""
    site = _Finished(dried, progress)
    found: dict[tuple[str, str], list[Broken]] = defaultdict(list)
    for broken in site.broken():
        found[broken.link.path, broken.link.fragment].append(broken)
    texts = _places_linked_to(dried)
    documents = {url for url, _ in dried.texts.reader.addresses()}
    for target, rows in found.items():
        links = texts.get(target, ())
        if not links and not any(what.startswith(f"'{unquote(rows[0].link.written)}' ") for what in told):
            yield _broken_problem(dried, rows)
        for key, link in links:
            if link.url not in documents:  # those were told by the texts
                at = _where(key, _file_lines(dried.texts, key), link.written, line=link.line)
                what = f"'{link.written}' leads to a place that {link.url} does not have"
                yield Problem(at, "broken-fragment", what, "correct the heading, or link to the page alone")
    yield from site.mistakes
    if not found and not site.mistakes:
        site.remember()


def _places_linked_to(dried: Dry) -> dict[tuple[str, str], list[tuple[str, FragmentLink]]]:
    """For each place of another page that texts link to, as (output path, id), those texts and links."""
    settings = dried.texts.content.rules.settings
    found: dict[tuple[str, str], list[tuple[str, FragmentLink]]] = defaultdict(list)
    for key in dried.texts.content.marks:
        entry = dried.texts.library.bodies.get(key)
        for link in (FragmentLink(*row) for row in (entry.fragments if entry else ())):
            for lang in all_languages(settings):
                found[output_path(localised(link.url, lang, settings)), link.anchor].append((key, link))
    return found


@dataclass(frozen=True, slots=True)
class Broken:
    """A link of a finished file that leads nowhere. `url` is how people call that file."""

    path: str
    url: str
    link: Link


def _broken_problem(dried: Dry, rows: list[Broken]) -> Problem:
    """One problem for all the files that link to the same missing place."""
    first = rows[0]
    more = f" (and on {len(rows) - 1} more pages)" if len(rows) > 1 else ""
    lacking = "a file that no build makes"
    code = "broken-link"
    if first.link.path in dried.files:
        lacking, code = "a place that page does not have", "broken-fragment"
    what = f"'{first.link.written}' on {first.url}{more} leads to {lacking}"
    # The file that somebody can open: what was copied from content, or the finished file.
    place = dried.copied.get(first.path) or f"{os.path.basename(dried.output)}/{first.path}"
    return Problem(Place(place), code, what, "correct the link, or the template that makes it")


class _Finished:
    """All finished files, and what is known of their links from the last check."""

    def __init__(self, dried: Dry, progress: Progress) -> None:
        self._dry = dried
        self._progress = progress
        self._base = dried.texts.content.rules.settings.base_url
        self._urls = {output_path(url): url for url in dried.pages}
        self._seen: dict[str, tuple[bytes, Followed]] = {}
        self._known = self._recalled()
        self._indexed = any(path.startswith(indexing.FOLDER + "/") for path in dried.files)
        self.mistakes: list[Problem] = []

    def broken(self) -> Iterator[Broken]:
        """Follow the links of every file that may link elsewhere than at the last check."""
        paths = sorted({*self._urls, *self._dry.assets, *self._dry.copied})
        marks = {path: self._mark(path) for path in paths}
        changed = [path for path in paths if marks[path] != self._known.get(path, (b"",))[0]]
        if self._lost(changed):
            changed = paths
        for number, path in enumerate(changed):
            if number % 50 == 0:
                self._progress("following links", number, len(changed))
            for link in self._followed(path).links:
                if not self._leads_somewhere(link):
                    yield Broken(path, self._urls.get(path, "/" + path), link)

    def remember(self) -> None:
        """Keep what was found sound, for the next check."""
        rows = {path: row for path, row in self._known.items() if path in self._dry.files}
        rows |= {path: (mark, tuple(sorted(seen.ids))) for path, (mark, seen) in self._seen.items()}
        try:
            sealed.write(os.path.join(self._dry.texts.root, CHECKED), (self._base, self._files(), rows))
        except OSError:
            return  # only speed is lost

    def _files(self) -> tuple[str, ...]:
        return tuple(sorted(self._dry.files))

    def _recalled(self) -> dict[str, tuple[bytes, tuple[str, ...]]]:
        value: Any = sealed.read(os.path.join(self._dry.texts.root, CHECKED))
        if value is None or value[0] != self._base or not set(value[1]) <= self._dry.files:
            return {}
        rows: dict[str, tuple[bytes, tuple[str, ...]]] = value[2]
        return rows

    def _lost(self, changed: Iterable[str]) -> bool:
        """Whether a place that may have been linked to is gone."""
        return any(not set(self._known[path][1]) <= self._followed(path).ids for path in changed if path in self._known)

    def _mark(self, path: str) -> bytes:
        """The digest of a file; a page that is out of date is made for it."""
        url = self._urls.get(path)
        if (url is None or url not in self._dry.stale) and path in self._dry.made:
            return self._dry.made[path][2]
        return digest(self._bytes(path))

    def _bytes(self, path: str) -> bytes:
        url = self._urls.get(path)
        try:
            if url is not None:
                return self._dry.bytes_of(url)
            if path in self._dry.assets:
                return self._dry.assets[path]
            return read(os.path.join(self._dry.texts.root, self._dry.copied[path]))
        except Problems as failure:
            self.mistakes += failure.items
        except OSError as error:
            at = Place(self._dry.copied.get(path, path))
            what = f"the file cannot be read: {error.strerror}"
            self.mistakes.append(Problem(at, "unreadable", what, "check its permissions"))
        return b""

    def _followed(self, path: str) -> Followed:
        known = self._seen.get(path)
        if known is None:
            data = self._bytes(path)
            known = self._seen[path] = (digest(data), followed(path, data, self._base))
        return known[1]

    def _leads_somewhere(self, link: Link) -> bool:
        if link.path not in self._dry.files:
            # Before the first build there is no search index that could be linked to.
            return link.path.startswith(indexing.FOLDER + "/") and not self._indexed
        if not link.fragment or not link.path.endswith(".html") or link.fragment == "top":
            return True
        if link.path in self._known and link.path not in self._seen:
            return link.fragment in self._known[link.path][1]
        return link.fragment in self._followed(link.path).ids


# --- review items ---


def _open_reviews(root: Path, paths: Iterable[str]) -> tuple[Problem, ...]:
    """A warning for each review item that nobody has marked as done, at its place in the front matter."""
    found: list[Problem] = []
    for path in paths:
        if not path.startswith("content/briefings/"):
            continue
        try:
            text = (root / path).read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        if "review:" in text:
            try:
                front = parse(split(text, path=path)[0], path=path, first_line=2)
            except Problems:
                continue
            found += _open_items(front.get("review") if isinstance(front, Table) else None, path)
    return tuple(found)


def _open_items(node: object, path: str) -> Iterator[Problem]:
    for item in node.items if isinstance(node, Items) else ():
        if not isinstance(item, Table) or _text(item, "done") in ("true", "yes", "True", "on"):
            continue
        field, value = _text(item, "field"), _text(item, "value")
        what = f"{field}{f' {value!r}' if value else ''}: {_text(item, 'reason').rstrip('。.')}"
        fix = "look at the bulletin, correct the field if need be, then add 'done: true'"
        yield Problem(Place(path, item.line, item.column), "open-review", what, fix, Severity.WARNING)


def _text(item: Table, key: str) -> str:
    node = item.get(key)
    return node.text if isinstance(node, Scalar) else ""


# --- other sites ---


def _cited(texts: Texts) -> Iterator[Cited]:
    """The addresses of other sites that briefings and notes cite, with their places."""
    for key in texts.content.marks:
        whole = texts.library.whole(key)
        lines = _file_lines(texts, key)
        at = partial(_where, key, lines)
        if isinstance(whole.document, Public):
            briefing = whole.document.briefing
            for source in briefing.sources:
                if source.url:
                    yield Cited(source.url, at(source.url), source.archive)
            for reference in (*briefing.references, *briefing.corrects):
                if reference.url:
                    yield Cited(reference.url, at(reference.url))
        for url in dict.fromkeys(_OUTSIDE.findall(texts.reader.body(key).html)):
            yield Cited(unescape(url), at(unescape(url)))


def _file_lines(texts: Texts, key: str) -> list[str]:
    if key in texts.made:
        return texts.made[key].split("\n")
    try:
        return read(os.path.join(texts.root, key)).decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
    except OSError:
        return []


def _where(path: str, lines: list[str], word: str, *, line: int = 1) -> Place:
    """Where a word first stands in a file, from a line on."""
    for number, text in enumerate(lines[line - 1 :], line):
        column = text.find(word)
        if column >= 0:
            return Place(path, number, column + 1)
    return Place(path)
