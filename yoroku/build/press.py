"""Which pages there are, which of them are out of date, and making those: view, template, staged bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from yoroku.build import codec, graph, workers
from yoroku.build.graph import Question, Traces
from yoroku.build.library import BodyEntry, Library
from yoroku.build.memory import Memory
from yoroku.build.output import Stage, Staged
from yoroku.build.reader import Recorder
from yoroku.build.store import LogWriter
from yoroku.config import Settings
from yoroku.problems import Place, Problem, Problems, did_you_mean
from yoroku.site.page_kind import PageKind
from yoroku.site.pages import PAGE_KINDS
from yoroku.site.theme import Theme
from yoroku.site.urls import output_path
from yoroku.site.views.frame import Address

KINDS: dict[str, PageKind] = {kind.name: kind for kind in PAGE_KINDS}
Pages = dict[str, tuple[str, Any]]  # URL to kind and encoded address
Progress = Callable[[str, int, int], None]

_CHUNK = 24
_WORTH = 200  # pages that pay for one more process
_ENOUGH = 20  # failing pages after which a process stops: a broken template breaks every page
_LISTED = "addresses "  # the traces of "which pages of this kind are there" stand under this name


def chosen(settings: Settings) -> tuple[PageKind, ...]:
    """The kinds of pages that a site makes. Raises Problems for a kind that there is not."""
    unknown = [name for name in settings.make if name not in KINDS]
    if unknown:
        problems = (
            Problem(
                Place("site.yaml"), "unknown-page-kind", f"there is no kind of page '{name}'", did_you_mean(name, KINDS)
            )
            for name in unknown
        )
        raise Problems(*problems)
    return tuple(kind for kind in PAGE_KINDS if not settings.make or kind.name in settings.make)


class Press:
    """Makes pages. `templates` maps a template to the digest of all that it is made of."""

    def __init__(self, recorder: Recorder, theme: Callable[[], Theme], settings: Settings) -> None:
        self._recorder = recorder
        self._theme = theme
        self._kinds = chosen(settings)
        self._base_url = settings.base_url
        self._language = settings.language

    def home(self) -> tuple[str, Any] | None:
        """The home page, if the site has one: the one page that is known before all others are."""
        kind = KINDS["home"]
        addresses = kind.addresses(self._recorder.begin()) if kind in self._kinds else ()
        return next(((kind.name, codec.plain(address)) for address in addresses if address.url == "/"), None)

    def plan(self, memory: Memory) -> tuple[Pages, Traces]:
        """Every page of the site, and the traces of how they were found. Raises Problems for an address used twice."""
        kinds = self._kinds
        doubtful = self._recorder.doubtful(memory)
        names = [name for name in (_LISTED + kind.name for kind in kinds) if name in doubtful]
        moved = {name for name, _ in graph.stale(memory.traces, names, self._recorder.digest)}
        if not moved and self._is_listed(kinds, memory):
            return memory.pages, Traces()
        pages: Pages = {}
        traces = Traces()
        problems: list[Problem] = []
        for kind in kinds:
            name = _LISTED + kind.name
            if name in memory.traces and name not in moved:
                traces.update(memory.traces.only([name]))
                found = [(url, page) for url, page in memory.pages.items() if page[0] == kind.name]
            else:
                reader = self._recorder.begin()
                addresses = kind.addresses(reader)
                traces.add(name, self._recorder.recording)
                found = [(address.url, (kind.name, codec.plain(address))) for address in addresses]
            for url, page in found:
                if pages.setdefault(url, page) is not page:
                    problems.append(_twice(url, page, pages[url]))
        problems += _collisions(pages)
        if problems:
            raise Problems(*problems)
        return pages, traces

    @staticmethod
    def _is_listed(kinds: Iterable[PageKind], memory: Memory) -> bool:
        """Whether the last build listed the pages of these kinds and of no others."""
        wanted = {_LISTED + kind.name for kind in kinds}
        return wanted == {name for name in map(_LISTED.__add__, KINDS) if name in memory.traces}

    def make(self, url: str, page: tuple[str, Any]) -> bytes:
        """One page's bytes; what it asked is in the recorder's recording. Raises Problems."""
        kind = KINDS[page[0]]
        address: Address = codec.revived(page[1])
        reader = self._recorder.begin()
        view = kind.view(reader, address)
        if kind.encode is not None:
            return kind.encode(view)
        self._recorder.rests_on(("template", kind.template))
        html = self._theme().render(
            kind.template, view, page_url=url, lang=address.lang or self._language, base_url=self._base_url
        )
        return html.encode()

    def make_all(
        self,
        pages: Pages,
        todo: list[str],
        stage: Stage,
        library: Library,
        *,
        log: Callable[[int], LogWriter],
        jobs: int | None,
        progress: Progress,
    ) -> tuple[Traces, list[Staged]]:
        """Make the pages of `todo` in as many processes as help, and stage them. Raises Problems."""
        chunks = workers.chunks(len(todo), _CHUNK)

        def work(process: int, numbers: Iterator[int]) -> Any:
            library.rendered.clear()
            library.writing_to(log(process))
            stage.staged = Staged()
            traces = Traces()
            problems: list[Problem] = []
            failed = 0
            for number in numbers:
                if failed >= _ENOUGH:
                    continue
                for at in chunks[number]:
                    if process == 0:
                        progress("pages", at, len(todo))
                    url = todo[at]
                    try:
                        stage.put(output_path(url), self.make(url, pages[url]))
                    except Problems as failure:
                        problems += failure.items
                        failed += 1
                        continue
                    traces.add(url, self._recorder.recording)
            if problems:
                raise Problems(*problems)
            library.flush()
            staged, stage.staged = stage.staged, Staged()
            return _sent(traces, staged, library.rendered)

        processes = workers.usable(jobs, len(todo), worth=_WORTH)
        results = workers.run(work, len(chunks), processes=min(processes, len(chunks)) or 1)
        found = Traces()
        staged = []
        for columns, parts, rendered in results:
            found.update(graph.unpacked(columns))
            staged.append(Staged(*parts))
            library.bodies.update({key: BodyEntry(*entry) for key, entry in rendered.items()})
        return found, staged


def stale_pages(
    recorder: Recorder, memory: Memory, pages: Pages, standing: set[str], *, intact: bool = False
) -> tuple[list[str], dict[str, str]]:
    """The URLs to make again, pages of one document side by side, and the reason of each. `standing` are outputs.

    `intact` says that every page that the last build made stands.
    """
    reasons: dict[str, str] = {}
    same = intact and pages is memory.pages
    whole = list(pages) if same else []
    for url, page in () if same else pages.items():
        known = memory.pages.get(url)
        if known != page:
            reasons[url] = "it is new" if known is None else "it shows something else now"
        elif output_path(url) not in standing:
            reasons[url] = "its file was missing or changed"
        else:
            whole.append(url)
    suspects = recorder.doubtful(memory)
    doubtful = [url for url in whole if url in suspects or url not in memory.traces]
    for url, question in graph.stale(memory.traces, doubtful, recorder.digest):
        reasons[url] = worded(question)
    return sorted(reasons, key=lambda url: _turn(url, codec.revived(pages[url][1]))), reasons


def _turn(url: str, address: Address) -> tuple[str, int, str]:
    """When a page is made: with others that read the same documents, which are then at hand.

    The pages of a document stand together. The first pages of all lists show the newest documents, the second those
    before them, and so on.
    """
    return (address.key, 0, url) if address.key.startswith("content/") else ("~", address.number, url)


def worded(question: Question | None) -> str:
    """Why a page is made again, in words."""
    return graph.described(question, _WORDING)


def _sent(traces: Traces, staged: Staged, rendered: dict[str, BodyEntry]) -> tuple[Any, ...]:
    bodies = {key: tuple(entry) for key, entry in rendered.items()}
    return graph.packed(traces), (staged.written, staged.unchanged, staged.late), bodies


def _twice(url: str, page: tuple[str, Any], other: tuple[str, Any]) -> Problem:
    keys = [key for key in (codec.revived(item[1]).key for item in (page, other)) if key.startswith("content/")]
    at = keys[0] if keys else url
    what = f"the address {url} would be two pages: '{page[0]}' and '{other[0]}'"
    return Problem(Place(at), "same-address", what, "give one of them another 'slug' or 'alias'")


def _collisions(pages: Pages) -> Iterator[Problem]:
    """Pages whose files some disks could not tell apart, or of which one would be the other's folder."""
    seen: dict[str, str] = {}
    for url in pages:
        path = output_path(url).casefold()
        other = seen.setdefault(path, url)
        if other != url:
            what = f"the addresses {url} and {other} differ only in case"
            yield Problem(Place(url), "same-address", what, "give one of them another 'slug'")
    for path, url in seen.items():
        folder = path.rpartition("/")[0]
        while folder:
            if folder in seen:
                what = f"the address {url} lies below the file of {seen[folder]}"
                yield Problem(Place(url), "same-address", what, "give one of them another 'slug'")
            folder = folder.rpartition("/")[0]


_WORDING = {
    "settings": "the settings changed",
    "published": "the set of briefings changed",
    "order": "the order of briefings changed",
    "summary": "the summary of {0} changed",
    "public": "{0} changed",
    "body": "the body of {0} changed",
    "comparison": "{0} changed",
    "around": "the events around {0} changed",
    "entries": "the index of {0} changed",
    "entity": "the briefings of {0}/{1} changed",
    "appearance": "what {2} says of {0}/{1} changed",
    "months": "the months with events changed",
    "month": "the events of {0}-{1} changed",
    "published_months": "the months with briefings changed",
    "published_in": "the briefings of {0}-{1} changed",
    "undated": "the briefings without a date changed",
    "notes": "the list of notes changed",
    "all_notes": "the set of notes changed",
    "note": "the note {0} changed",
    "notes_on": "the notes on {0} changed",
    "linked_from": "the notes that link to {0} changed",
    "pages": "the set of standing pages changed",
    "page": "{0} changed",
    "totals": "the counts of the site changed",
    "publishers": "the list of publishers changed",
    "redirects": "the old addresses changed",
    "template": "the template {0} or something in it changed",
}


def described(question: Question) -> str:
    """A question as one line of what a page was made from: the question's name, then what it was about."""
    name, *arguments = question
    return " ".join((str(name).replace("_", " "), *(str(argument) for argument in arguments)))
