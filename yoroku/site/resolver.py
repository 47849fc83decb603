"""Where links in Markdown lead: briefings and notes by slug, file name or title, entities by any of their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from yoroku.markdown.model import Embed, ImageInfo, Target, WikiRef
from yoroku.markdown.outline import anchor
from yoroku.site.names import KINDS, Names, key

# Documents are shown two folders deep (`/briefings/x/`, `/notes/x/`); the about pages one or two.
DEPTH = 2


@dataclass(frozen=True, slots=True)
class Destination:
    """A page that a wikilink can mean."""

    url: str
    title: str


def destinations(pages: Iterable[tuple[str, str, str]], names: Names) -> dict[str, Destination]:
    """Every word that means a page. `pages` are (path, url, title); what two pages share means neither."""
    table: dict[str, Destination] = {}
    taken: set[str] = set()
    for path, url, title in pages:
        here = Destination(url, title)
        stem = PurePosixPath(path).stem
        words = {key(word) for word in (path, path.removesuffix(".md"), stem, url.strip("/"), url, title)}
        words.add(key(url.strip("/").rsplit("/", 1)[-1]))
        for word in words - {""}:
            if word in table and table[word] != here:
                taken.add(word)
            table[word] = here
    for word in taken:
        del table[word]
    for kind in KINDS:
        for entry in names.of(kind):
            for word in (entry.name, *entry.aliases):
                table.setdefault(key(word), Destination(f"/{kind}/{entry.id}/", entry.name))
    return table


@dataclass(frozen=True, slots=True)
class SiteResolver:
    """Answers the Markdown renderer for one document. `up` leads from its page to the site's root."""

    table: Mapping[str, Destination]
    up: str = "../" * DEPTH
    exists: Callable[[str], bool] = bool

    def link(self, ref: WikiRef) -> Target | None:
        """The page that a wikilink means."""
        found = self.table.get(key(ref.target.removesuffix(".md")))
        if found is None or not self.exists(found.url):
            return None
        fragment = f"#{_prefix(found.url)}{anchor(ref.heading)}" if ref.heading else ""
        return Target(self._up(found.url) + fragment, found.title)

    def embed(self, ref: WikiRef) -> Embed | None:
        """A shown note or page becomes a link to it: a page that contained another would hide whose words they are."""
        target = self.link(ref)
        return Embed(url=target.url, title=target.title) if target else None

    def url(self, href: str) -> str | None:
        """A link as written: a file of content, or a page of the site."""
        path, mark, rest = href.partition("#")
        found = self.table.get(key(PurePosixPath(path).stem if path.endswith(".md") else path))
        if found is not None and self.exists(found.url):
            prefix = _prefix(found.url)
            return self._up(found.url) + mark + (prefix if rest and not rest.startswith(prefix) else "") + rest
        if path.startswith("/"):
            return self._up(path) + mark + rest if self.exists(path) else None
        return None

    def image(self, src: str) -> ImageInfo | None:
        """An image below the site's media folder."""
        name = src.removeprefix("/").removeprefix("./").removeprefix("../")
        url = "/" + (name if name.startswith("media/") else f"media/{name}")
        return ImageInfo(self._up(url)) if ".." not in name and self.exists(url) else None

    def _up(self, url: str) -> str:
        return (self.up + url.lstrip("/")) or "./"


def _prefix(url: str) -> str:
    """What stands before the ids of a page's text: a note is also shown on its briefing, whose ids are its own."""
    return f"{url.removeprefix('/notes/').strip('/')}-" if url.startswith("/notes/") and url != "/notes/" else ""
