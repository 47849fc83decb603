"""Inline tokens to HTML and plain text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import cast
from urllib.parse import unquote

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from yoroku.markdown import outline, urls
from yoroku.markdown.chars import break_vanishes
from yoroku.markdown.fast import SIMPLE_MARKUP
from yoroku.markdown.model import Embed, ImageInfo, LinkRef, WikiRef
from yoroku.markdown.page import Page
from yoroku.markdown.ruby import ruby_html
from yoroku.markdown.wikilinks import size_in_label
from yoroku.records import replace

_TAGS = {
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "s_open": "<s>",
    "s_close": "</s>",
}
# Tokens whose text is read, besides `text` itself, and what a break reads as.
_WITH_TEXT = frozenset({"code_inline", "ruby", "wikilink"})
_FEW = 5
_LINE_BREAK = re.compile(r"\n")
_BREAKS = {"hardbreak": "\n"}
# Ids that are given when the page is finished: of footnotes, source lines, notes; and the top of the page.
_OF_THE_PAGE = ("fn", "source-", "src-", "p-", "note-", "n-", "top")
_EXTERNAL = ' rel="external noopener"'


def plain_text(children: Sequence[Token], *, lang: str) -> str:
    """The text of inline tokens as a reader sees it: ruby without readings, no images, no footnote numbers."""
    parts: list[str] = []
    last = ""
    for at, token in enumerate(children):
        kind = token.type
        if kind in ("text", "text_special") or kind in _WITH_TEXT:
            shown = token.meta.get("shown", token.content)
        elif kind == "softbreak":
            shown = "" if break_vanishes(last, outline.first_char(children, at + 1), lang=lang) else "\n"
        elif kind == "hardbreak":
            shown = "\n"
        else:
            if kind == "image":
                last = ""
            continue
        if shown:
            parts.append(shown)
            last = shown[-1]
    return "".join(parts)


class InlineWriter:
    """Writes the inline tokens of one block. `line` is the block's line in the file, `content` its Markdown."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.rules: dict[str, Callable[[Token], str]] = {
            "code_inline": lambda token: f"<code>{escapeHtml(token.content)}</code>",
            "hardbreak": lambda _: "<br />\n",
            "link_open": self._link_open,
            "link_close": self._link_close,
            "image": self._image,
            "ruby": self._ruby,
            "wikilink": self._wikilink,
            "footnote_ref": self._footnote_ref,
        }
        # What closes the links that are open: a broken one is a span, and an autolink may stand in another link.
        self.open: list[str] = []
        self.line = 0
        self.breaks: list[int] = []

    def write(self, children: Sequence[Token], *, line: int, content: str, blocks: bool = True) -> tuple[str, str]:
        """The HTML and the plain text of a block's inline tokens. `blocks` allows blocks of other notes in it."""
        page = self.page
        self.stand_at(line, content)
        wiki = [token for token in children if token.type == "wikilink"] if "[[" in content else []
        for token in wiki:
            found = self.look_up(token)
            if isinstance(found, Embed) and found.html and not (blocks and len(children) == 1):
                token.meta["found"] = replace(found, html="")
                token.meta["shown"] = token.content or found.title or token.meta["target"]
        html: list[str] = []
        text: list[str] = []
        last = ""
        for at, token in enumerate(children):
            kind = token.type
            if kind in ("text", "text_special"):
                shown = token.content
                html.append(escapeHtml(shown))
            elif kind == "softbreak":
                shown = "" if break_vanishes(last, outline.first_char(children, at + 1), lang=page.lang) else "\n"
                html.append(shown)
            elif kind in _TAGS:
                html.append(_TAGS[kind])
                continue
            else:
                html.append(self.rules[kind](token))
                last = "" if kind == "image" else last
                shown = token.meta.get("shown", token.content) if kind in _WITH_TEXT else _BREAKS.get(kind, "")
            if shown:
                text.append(shown)
                last = shown[-1]
        context = "".join(text)
        page.wiki += (replace(token.meta["ref"], context=context.strip()) for token in wiki)
        return "".join(html), context

    def write_simple(self, content: str, *, line: int) -> tuple[str, str]:
        """The HTML and the plain text of a line whose markup is all of `fast.SIMPLE_MARKUP`."""
        html: list[str] = []
        text: list[str] = []
        end = 0
        for found in SIMPLE_MARKUP.finditer(content):
            start = found.start()
            if start > end:
                html.append(content[end:start])
                text.append(content[end:start])
            end = found.end()
            label, address, strong, emphasised, code = found.groups()
            if label:
                self.page.links.append(LinkRef(address, line, "link"))
                html += (f'<a href="{address}"{_EXTERNAL}>', label, "</a>")
            elif strong:
                html += ("<strong>", strong, "</strong>")
            elif emphasised:
                html += ("<em>", emphasised, "</em>")
            else:
                html += ("<code>", code, "</code>")
            text.append(label or strong or emphasised or code)
        text.append(content[end:])
        html.append(content[end:])
        context = "".join(text)
        if '"' in context or ">" in context:
            html = [part if part[:1] == "<" else escapeHtml(part) for part in html]
        return "".join(html), context

    def stand_at(self, line: int, content: str) -> None:
        """Say on which line of the file the Markdown begins that is looked at."""
        self.line = line
        self.breaks = [found.start() for found in _LINE_BREAK.finditer(content)] if "\n" in content else []

    def where(self, token: Token) -> int:
        """The line of the file where the token begins."""
        return self.line + bisect_left(self.breaks, token.meta.get("at", 0))

    # --- links ---

    def _link_open(self, token: Token) -> str:
        page = self.page
        href = token.attrs["href"]
        written = urls.as_written(href)
        line = self.where(token)
        page.links.append(LinkRef(written, line, "link"))
        self.open.append("</a>")
        final: str | None = str(href)
        more = ""
        if urls.is_external(str(href)):
            more = _EXTERNAL
        elif written.startswith("#"):
            final = self.fragment(str(href), line)
        elif written and not urls.scheme(written):
            final = page.resolve.url(written)
        if final is None:
            fix = page.resolve.suggest(written, "link") or "correct or remove it"
            page.report("broken-link", f"'{written}' leads nowhere", fix, line=line, near=written)
            self.open[-1] = "</span>"
            return '<span class="broken-link">'
        title = token.attrs.get("title")
        if title:
            more = f' title="{escapeHtml(str(title))}"' + more
        return f'<a href="{escapeHtml(urls.normalise(final))}"{more}>'

    def _link_close(self, _: Token) -> str:
        return self.open.pop()

    def fragment(self, href: str, line: int) -> str:
        """A link to an id of this document, with the prefix that all of them have."""
        page = self.page
        anchor = unquote(href[1:])
        if anchor and anchor not in page.ids and anchor not in page.anchors and not anchor.startswith(_OF_THE_PAGE):
            near = get_close_matches(anchor, sorted(page.ids), n=1, cutoff=0.5)
            fix = f"did you mean '#{near[0]}'?" if near else "correct the heading, or remove the link"
            what = f"'#{anchor}' leads to a heading that is not here"
            page.report("broken-fragment", what, fix, line=line, near=f"#{anchor}")
        return f"#{page.prefix}{href[1:]}" if page.prefix and unquote(href[1:]) in page.ids else href

    # --- wikilinks ---

    def look_up(self, token: Token) -> Embed | str | None:
        """Ask the site, once, what a wikilink or embed means; keep the answer and the words to show."""
        meta = token.meta
        if "ref" in meta:
            return cast(Embed | str | None, meta["found"])
        line = self.where(token)
        ref = WikiRef(meta["target"], meta["heading"], token.content, meta["embed"], line)
        written = f"{ref.target}#{ref.heading}" if ref.heading else ref.target
        meta["ref"] = ref
        if ref.embed:
            meta["found"] = found = self.page.resolve.embed(ref)
            if found is not None and found.broken:
                self.page.report("embed-cycle", found.broken, "link to it instead: [[...]]", line=line, near=written)
            label, _, _ = size_in_label(ref.label)
            shows_itself = found is not None and (found.image or found.html)
            meta["shown"] = "" if shows_itself else label or (found.title if found else "") or written
        elif ref.target:
            target = self.page.resolve.link(ref)
            meta["found"] = target.url if target else None
            meta["shown"] = ref.label or (target.title if target else "") or written
        else:
            meta["found"] = self.local(ref.heading)
        if meta["found"] is None:
            mark = "!" if ref.embed else ""
            suggested = self.page.resolve.suggest(written, "wiki") if ref.target else self._headings()
            self.page.report(
                "unresolved-embed" if ref.embed else "unresolved-wikilink",
                f"'{mark}[[{written}]]' leads nowhere",
                suggested or "correct the name or remove the brackets",
                line=line,
                near=written,
            )
        return cast(Embed | str | None, meta["found"])

    def _headings(self) -> str:
        names = sorted(self.page.local)[:_FEW]
        return f"its headings are {', '.join(repr(name) for name in names)}" if names else "it has no headings"

    def local(self, heading: str) -> str | None:
        """The URL of a heading or block of this document."""
        page = self.page
        anchor = page.local.get(outline.folded(heading)) or outline.anchor(heading)
        return f"#{page.prefix}{anchor}" if anchor in page.ids else None

    def _wikilink(self, token: Token) -> str:
        meta = token.meta
        found = meta["found"]
        shown = escapeHtml(str(meta["shown"]))
        if found is None:
            return f'<span class="broken-link">{shown}</span>'
        if isinstance(found, Embed):
            return self._embed(token, found)
        return f'<a class="wikilink" href="{escapeHtml(urls.normalise(found))}">{shown}</a>'

    def _embed(self, token: Token, found: Embed) -> str:
        label, width, height = size_in_label(token.content)
        if found.image:
            info = found.image
            if width:
                # Obsidian scales to the width that is asked for; keep the proportions when they are known.
                if height is None and info.width and info.height:
                    height = round(info.height * width / info.width)
                info = ImageInfo(info.url, width, height)
            return self._img(info, alt=label, title="", line=self.where(token), written=token.meta["target"])
        if found.html:
            return found.html.strip()
        shown = escapeHtml(label or found.title or token.meta["target"])
        return f'<a class="wikilink" href="{escapeHtml(urls.normalise(found.url))}">{shown}</a>'

    # --- images, ruby, footnotes ---

    def _image(self, token: Token) -> str:
        page = self.page
        src = token.attrs["src"]
        written = urls.as_written(src)
        line = self.where(token)
        alt = plain_alt(token.children or ())
        page.links.append(LinkRef(written, line, "image"))
        info = page.resolve.image(written)
        if info is not None:
            return self._img(info, alt=alt, title=str(token.attrs.get("title", "")), line=line, written=written)
        if urls.is_external(written):
            # The site loads nothing from elsewhere; the reader may, unless the image stands in a link of its own.
            if self.open:
                return escapeHtml(alt or written)
            return f'<a href="{escapeHtml(str(src))}"{_EXTERNAL}>{escapeHtml(alt or written)}</a>'
        fix = page.resolve.suggest(written, "image") or "correct the path"
        page.report("broken-image", f"there is no image '{written}'", fix, line=line, near=written)
        return f'<span class="broken-image">{escapeHtml(alt or written)}</span>'

    def _img(self, info: ImageInfo, *, alt: str, title: str, line: int, written: str) -> str:
        if not alt.strip():
            self.page.report(
                "missing-alt",
                f"the image '{written}' has no alternative text",
                "say between the brackets what it shows",
                line=line,
                near=written,
            )
        size = "".join(
            f' {name}="{value}"' for name, value in (("width", info.width), ("height", info.height)) if value
        )
        named = f' title="{escapeHtml(title)}"' if title else ""
        return (
            f'<img src="{escapeHtml(urls.normalise(info.url))}" alt="{escapeHtml(alt)}"{named}{size}'
            ' loading="lazy" decoding="async" />'
        )

    def _ruby(self, token: Token) -> str:
        source = token.meta.get("shown")
        if source is None:
            return ruby_html(token.content, token.meta["readings"])
        self.page.report(
            "bad-ruby",
            f"the readings of '{source}' do not fit its characters",
            "give one reading for the whole word, or one for each character",
            line=self.where(token),
            near=source,
        )
        return escapeHtml(source)

    def _footnote_ref(self, token: Token) -> str:
        number, times = token.meta["number"], token.meta["times"]
        prefix = self.page.prefix
        again = f".{times}" if times > 1 else ""
        return (
            f'<sup class="footnote-ref"><a href="#{prefix}fn:{number}" id="{prefix}fnref:{number}{again}"'
            f' role="doc-noteref">{number}</a></sup>'
        )


def plain_alt(children: Sequence[Token]) -> str:
    """The alternative text of an image: its label without markup, as CommonMark has it."""
    parts: list[str] = []
    for token in children:
        if token.type in ("text", "text_special", "code_inline", "ruby"):
            parts.append(token.content)
        elif token.type == "wikilink":
            parts.append(token.content or token.meta["target"])
        elif token.type == "image":
            parts.append(plain_alt(token.children or ()))
        elif token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
    return "".join(parts)
