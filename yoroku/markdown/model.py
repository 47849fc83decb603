"""What a rendered piece of Markdown is, and what the renderer asks the site for."""

from __future__ import annotations

from typing import Literal, Protocol

from yoroku.problems import Problem
from yoroku.records import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the page. `level` includes the offset; `html` is inline HTML without links, for a table of contents.

    `anchor` is the element's id: it keeps Japanese and is unique in the page.
    """

    level: int
    text: str
    anchor: str
    html: str


@dataclass(frozen=True, slots=True)
class LinkRef:
    """A destination as it was written, and the line of the Markdown file where its link or image begins."""

    href: str
    line: int
    kind: Literal["link", "image"]


@dataclass(frozen=True, slots=True)
class WikiRef:
    """A `[[target#heading|label]]` or, with `embed`, `![[...]]`.

    `target` is empty for a place in the same page; `heading` may be a block id (`^L12`); both are as written.
    `context` is the plain text of the block around it.
    """

    target: str
    heading: str
    label: str
    embed: bool
    line: int
    context: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a wikilink leads. `title` is shown when the link has no label of its own."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """A final image URL, with its size in CSS pixels when it is known."""

    url: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Embed:
    """What `![[...]]` shows: trusted `html` made by the site, or an `image`; `url` and `title` are the original's.

    `broken` says why there is nothing to show although the name is known.
    """

    html: str = ""
    image: ImageInfo | None = None
    url: str = ""
    title: str = ""
    broken: str = ""


class Resolver(Protocol):
    """What the renderer asks of the site. None always means "there is no such thing" and becomes a problem."""

    def link(self, ref: WikiRef) -> Target | None:
        """The page a wikilink means. Not asked for places in the same page."""

    def embed(self, ref: WikiRef) -> Embed | None:
        """The note or image that an embed shows."""

    def url(self, href: str) -> str | None:
        """The final URL of a relative or site link, as written. Not asked for other sites or for `#fragments`."""

    def image(self, src: str) -> ImageInfo | None:
        """The final URL and size of an image, as written."""

    def suggest(self, written: str, kind: Literal["link", "image", "wiki"]) -> str:
        """A remedy for something that leads nowhere ("did you mean 'x'?"), or an empty text."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """The outcome of one rendering.

    `sections` are (anchor, heading, plain text), the part before the first heading with an empty anchor and heading.
    """

    html: str
    headings: tuple[Heading, ...]
    links: tuple[LinkRef, ...]
    wiki: tuple[WikiRef, ...]
    text: str
    sections: tuple[tuple[str, str, str], ...]
    problems: tuple[Problem, ...]
