"""Where links in Markdown lead: briefings and notes by slug, file name, title or alias, entities by any of their names.

Notes and standing pages can also be shown inside another text; a briefing cannot: its words are its sources'.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from html import escape
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from yoroku.markdown import render
from yoroku.markdown.model import Embed, ImageInfo, Target, WikiRef
from yoroku.markdown.outline import anchor
from yoroku.markdown.section import section_of
from yoroku.records import dataclass, field, replace
from yoroku.site.destinations import Destination
from yoroku.site.names import key
from yoroku.site.pictures import SUFFIXES, Picture, Pictures

# Documents are shown two folders deep (`/briefings/x/`, `/notes/x/`); the about pages one or two.
DEPTH = 2
# A text shown in a text shown in a text: deeper than this nobody can tell whose words they are.
MAX_DEPTH = 4
MAX_EMBEDS = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """An editors' text as another text shows it."""

    title: str
    author: str
    lang: str
    body: str


@dataclass(frozen=True, slots=True)
class SiteResolver:
    """Answers the Markdown renderer for the document `path`. `up` leads from the page it is on to the site's root.

    `picture` and `shown` give media and editors' texts; `why_not` tells of a word why it means
    nothing; `chain` are the files whose text is being shown in each other.
    """

    table: Mapping[str, Destination]
    up: str = "../" * DEPTH
    exists: Callable[[str], bool] = bool
    path: str = ""
    pictures: Pictures = field(default_factory=Pictures)
    picture: Callable[[str, str, bool], Picture | None] = lambda _path, _name, _anywhere: None
    shown: Callable[[str], Shown | None] = lambda _path: None
    why_not: Callable[[str], str] = lambda _word: ""
    heading_offset: int = 0
    lang: str = "ja"
    prefix: str = ""
    chain: tuple[str, ...] = ()
    counted: list[int] = field(default_factory=lambda: [0])

    def link(self, ref: WikiRef) -> Target | None:
        """The page that a wikilink means, or the picture."""
        found = self.table.get(key(ref.target.removesuffix(".md")))
        if found is None or not self.exists(found.url):
            picture = self._picture(ref.target, anywhere=True)
            return Target(self._up(picture.url), ref.target) if picture else None
        fragment = f"#{_prefix(found.url)}{anchor(ref.heading)}" if ref.heading else ""
        return Target(self._up(found.url) + fragment, found.title)

    def embed(self, ref: WikiRef) -> Embed | None:
        """A picture, or an editors' text set apart under its title; other pages become a link to them."""
        picture = self._picture(ref.target, anywhere=True)
        if picture is not None:
            return Embed(image=self._info(picture), url=self._up(picture.url))
        found = self.table.get(key(ref.target.removesuffix(".md"))) if ref.target else None
        if ref.target and (found is None or not self.exists(found.url)):
            return None
        path = found.path if found else self.path
        text = self.shown(path)
        if text is None or found is None:
            target = self.link(ref) if ref.target else None
            return Embed(url=target.url, title=target.title) if target else None
        if path in (*self.chain, self.path):
            return _circular(found)
        if len(self.chain) >= MAX_DEPTH or self.counted[0] >= MAX_EMBEDS:
            return Embed(url=self._up(found.url), title=found.title)
        body = section_of(text.body, ref.heading) if ref.heading else text.body
        return None if body is None else self._embedded(found, text, body)

    def _embedded(self, found: Destination, text: Shown, body: str) -> Embed:
        # Each shown text has ids of its own: it may stand on the page twice, or be a note of the same page.
        self.counted[0] += 1
        prefix = f"{self.prefix}e{self.counted[0]}-"
        inner = replace(self, path=found.path, prefix=prefix, chain=(*self.chain, self.path))
        rendered = render(
            body,
            path=found.path,
            resolve=inner,
            lang=text.lang,
            heading_offset=self.heading_offset + 1,
            prefix=prefix,
        )
        if any(problem.code == "embed-cycle" for problem in rendered.problems):
            return _circular(found)
        lang = f' lang="{escape(text.lang)}"' if text.lang != self.lang else ""
        author = f' <span class="embed-by">{escape(text.author)}</span>' if text.author else ""
        url = self._up(found.url)
        head = f'<p class="embed-head"><a href="{escape(url)}">{escape(found.title)}</a>{author}</p>'
        return Embed(f'<div class="embed"{lang}>\n{head}\n{rendered.html}</div>', url=url, title=found.title)

    def shows(self, ref: WikiRef) -> bool:
        """Whether an embed shows a text here, rather than lead to it."""
        found = self.table.get(key(ref.target.removesuffix(".md"))) if ref.embed else None
        return found is not None and self.shown(found.path) is not None

    def url(self, href: str) -> str | None:
        """A link as written: a file of content, or a page of the site."""
        path, mark, rest = href.partition("#")
        path = unquote(path)
        found = self._file(path) if path.endswith(".md") else self.table.get(key(path))
        if found is not None and self.exists(found.url):
            prefix = _prefix(found.url)
            return self._up(found.url) + mark + (prefix if rest and not rest.startswith(prefix) else "") + rest
        if path.startswith("/") and self.exists(path):
            return self._up(path) + mark + rest
        picture = self._picture(path, anywhere=False)
        return self._up(picture.url) + mark + rest if picture else None

    def _file(self, path: str) -> Destination | None:
        """The document of a path: where the path leads from this document, else the one of that name."""
        return self.table.get(key(self._beside(path))) or self.table.get(key(PurePosixPath(path).stem))

    def _beside(self, path: str) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.path), path))

    def image(self, src: str) -> ImageInfo | None:
        """A picture by its path from the document, from the content's root, or in the media folder."""
        picture = self._picture(src, anywhere=False)
        return self._info(picture) if picture else None

    def suggest(self, written: str, kind: str) -> str:
        """What was perhaps meant by a link, an image or a name that leads nowhere; empty when nothing is near."""
        if kind == "image" or written.lower().endswith(SUFFIXES):
            near = _nearest(posixpath.basename(unquote(written)), self.pictures.names())
            if near and kind == "image":
                near = self.pictures.written_from(self.path, near)
            return f"did you mean '{near}'?" if near else ""
        target, _, heading = written.partition("#")
        found = self.table.get(key(target.removesuffix(".md")))
        if found is not None and heading:
            return f"'{found.title}' has no such heading"
        stem = PurePosixPath(unquote(target)).stem if kind == "link" else target
        if found is None and (why := self.why_not(target) or self.why_not(self._beside(unquote(target)))):
            return why
        words = {key(dest.title): dest.title for dest in self.table.values()}
        words |= {word: word for word, dest in self.table.items() if word == key(PurePosixPath(dest.path).stem)}
        near = _nearest(key(stem), sorted(words))
        if not near:
            return ""
        return f"did you mean '{words[near]}'?" if kind == "wiki" else f"did you mean '{self._written(near)}'?"

    def _written(self, word: str) -> str:
        found = self.table.get(word)
        if found is None or not found.path:
            return word
        return posixpath.relpath(found.path, posixpath.dirname(self.path) or ".")

    def _picture(self, name: str, *, anywhere: bool) -> Picture | None:
        return self.picture(self.path, name, anywhere) if "." in name else None

    def _info(self, picture: Picture) -> ImageInfo:
        return ImageInfo(self._up(picture.url), picture.width, picture.height)

    def _up(self, url: str) -> str:
        return (self.up + (quote(url.lstrip("/")) if url.startswith("/media/") else url.lstrip("/"))) or "./"


def _circular(found: Destination) -> Embed:
    return Embed(broken=f"'{found.title}' leads back to itself and cannot be shown here")


def _nearest(word: str, choices: list[str]) -> str:
    same = [choice for choice in choices if choice.casefold() == word.casefold()]
    return same[0] if same else next(iter(get_close_matches(word, choices, n=1, cutoff=0.6)), "")


def _prefix(url: str) -> str:
    """What stands before the ids of a page's text: a note is also shown on its briefing, whose ids are its own."""
    return f"{url.removeprefix('/notes/').strip('/')}-" if url.startswith("/notes/") and url != "/notes/" else ""
