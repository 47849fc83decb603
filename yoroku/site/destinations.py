"""Every word by which texts can name a page: file names, slugs, titles, aliases, and the names of entities."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import NamedTuple

from yoroku.records import dataclass
from yoroku.site.names import KINDS, Names, key

# Pages that every site has.
ALWAYS = frozenset(
    {
        *("/", "/briefings/", "/timeline/", "/archive/", "/people/", "/orgs/", "/places/", "/topics/", "/notes/"),
        *("/corrections/", "/search/", "/about/", "/about/editorial/", "/about/sources/", "/about/accessibility/"),
    }
)


@dataclass(frozen=True, slots=True)
class Destination:
    """A page that a wikilink can mean. `path` is its file, empty for pages that have none."""

    url: str
    title: str
    path: str = ""


class Named(NamedTuple):
    """A document and what it is called."""

    path: str
    url: str
    title: str
    aliases: tuple[str, ...]

    def words(self) -> set[str]:
        """The words that mean it, but for its aliases."""
        path, url = self.path, self.url
        below = path.removeprefix("content/").removesuffix(".md")
        stem, last = PurePosixPath(path).stem, url.strip("/").rsplit("/", 1)[-1]
        names = (path, path.removesuffix(".md"), stem, url.strip("/"), url, last, self.title)
        return {key(word) for word in (*names, below, below.partition("/")[2])} - {""}

    def others(self) -> set[str]:
        """The words of its aliases."""
        return {key(word) for word in self.aliases} - {""}


def destinations(pages: Iterable[Named], names: Names) -> dict[str, Destination]:
    """Every word that means a page. What two pages share means neither."""
    table: dict[str, Destination] = {}
    others: dict[str, Destination] = {}
    taken: set[str] = set()
    both: set[str] = set()
    for page in pages:
        here = Destination(page.url, page.title, page.path)
        for found, chosen, twice in ((page.words(), table, taken), (page.others(), others, both)):
            for word in found:
                if word in chosen and chosen[word] != here:
                    twice.add(word)
                chosen[word] = here
    for word in taken:
        del table[word]
    for word, target in others.items():
        if word not in both and word not in taken:
            table.setdefault(word, target)
    for kind in KINDS:
        for entry in names.of(kind):
            for word in (entry.name, *entry.aliases):
                table.setdefault(key(word), Destination(f"/{kind}/{entry.id}/", entry.name))
    return table


def hidden(written: str, pages: Iterable[tuple[Named, str]]) -> str:
    """Which file bears a name and is not shown now, and why; empty where none does. `pages` come with the reason."""
    word = key(written.removesuffix(".md"))
    found = [f"{page.path} is withheld: {why}" for page, why in pages if word in page.words() | page.others()]
    return found[0] if found and word else ""


def ambiguous(written: str, pages: Iterable[Named]) -> str:
    """What to do about a word that several pages bear as title or alias; empty where it is another's fault."""
    word = key(written.removesuffix(".md"))
    files = sorted(page.path for page in pages if word and (word in page.words() or word in page.others()))
    return f"it is the name of {' and '.join(files)}: write the name of the file" if len(files) > 1 else ""
