"""Block tokens to HTML, plain text, headings and sections: one walk over the stream.

Where lines break between elements is markdown-it's choice, so that its output and ours can be compared byte by byte.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.common.utils import MD_TRIM_RE, escapeHtml, mdTrim, unescapeAll
from markdown_it.token import Token

from yoroku.markdown import outline
from yoroku.markdown.callouts import TYPES
from yoroku.markdown.inline_writer import InlineWriter, plain_alt, plain_text
from yoroku.markdown.marks import Mark
from yoroku.markdown.model import Embed, Heading
from yoroku.markdown.page import Page
from yoroku.markdown.words import word
from yoroku.problems import did_you_mean

_ALIGN = re.compile(r"text-align:(left|center|right)")
_UNKNOWN_FOOTNOTE = re.compile(r"(?<!\\)\[\^[^\[\]\s]{1,100}+\](?![:(])")
_PLAIN_TAGS = frozenset({"p", "ul", "ol", "li", "blockquote", "dl", "dt", "dd", "table", "thead", "tbody", "tr"})
_NOT_IN_CONTENTS = frozenset({"link_open", "link_close", "footnote_ref", "image"})


class Writer:
    """Writes one document."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.inline = InlineWriter(page)
        self.out: list[str] = []
        self.headings: list[Heading] = []
        self.sections: list[tuple[str, str, list[str]]] = [("", "", [])]
        self.text: list[str] = self.sections[0][2]
        self.row: list[str] | None = None
        self.rules = {
            "inline": self._write_inline,
            "prose": self._prose,
            "item": self._item,
            "paragraph_open": self._paragraph_open,
            "paragraph_close": self._paragraph_close,
            "heading_open": self._heading_open,
            "heading_close": self._heading_close,
            "list_item_open": self._list_item_open,
            "callout_open": self._callout_open,
            "callout_close": self._callout_close,
            "callout_title_open": self._callout_title_open,
            "callout_title_close": self._callout_title_close,
            "tr_open": self._tr_open,
            "tr_close": self._tr_close,
            "fence": self._fence,
            "code_block": self._code_block,
            "hr": lambda tokens, at: f"{self.after_hidden(tokens, at)}<hr />\n",
            "footnote_back": self._footnote_back,
            "too_deep": self._too_deep,
        }

    def write(self, tokens: Sequence[Token]) -> None:
        """Append the tokens' HTML and text."""
        out, rules = self.out, self.rules
        for at, token in enumerate(tokens):
            rule = rules.get(token.type)
            out.append(rule(tokens, at) if rule else self.tag(tokens, at))

    # --- elements in general ---

    def after_hidden(self, tokens: Sequence[Token], at: int) -> str:
        """A line break between the text of a tight item and the block that follows it."""
        return "\n" if at and tokens[at - 1].hidden else ""

    def tag(self, tokens: Sequence[Token], at: int, more: str = "") -> str:
        """An opening or closing tag with the line breaks around it."""
        token = tokens[at]
        if token.hidden:
            return ""
        if token.nesting < 0:
            return f"</{token.tag}>\n"
        attrs = "".join(f' {name}="{escapeHtml(str(value))}"' for name, value in token.attrs.items() if name != "style")
        if "style" in token.attrs and (aligned := _ALIGN.match(str(token.attrs["style"]))):
            attrs += f' class="align-{aligned[1]}"'
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        tight = following is not None and (
            following.type == "inline" or following.hidden or (following.nesting < 0 and following.tag == token.tag)
        )
        end = ">" if tight else ">\n"
        return f"{self.after_hidden(tokens, at)}<{token.tag}{self.marked(token)}{attrs}{more}{end}"

    def marked(self, token: Token) -> str:
        """The id and lines of a block that ends with a mark; an id is given once in a document."""
        mark: Mark | None = token.meta.get("mark") if token.meta else None
        if mark is None:
            return ""
        found = f' id="{self.page.prefix}{escapeHtml(mark.id)}"' if self.page.anchors.claim(mark.id) else ""
        return f'{found} data-lines="{mark.lines}"' if mark.lines else found

    def line_of(self, token: Token) -> int:
        """The line of the file where a block token begins."""
        return self.page.line(token.map[0] if token.map else 0)

    def _write_inline(self, tokens: Sequence[Token], at: int) -> str:
        token = tokens[at]
        html = self.shown(token)
        wrap = self.marked(token)
        return f"<span{wrap}>{html}</span>" if wrap else html

    def shown(self, token: Token) -> str:
        """The HTML of a token's inline Markdown; its text is added to the section or the row."""
        if token.info == "plain":
            text = token.content
            html = escapeHtml(text) if '"' in text or ">" in text else text
        elif token.info == "simple":
            html, text = self.inline.write_simple(token.content, line=self.line_of(token))
        else:
            line = self.line_of(token)
            html, text = self.inline.write(
                token.children or (), line=line, content=token.content, blocks="anchor" not in token.meta
            )
            if "[^" in text:
                self.unknown_footnotes(token.content, text, line=line)
        if self.row is not None:
            self.row.append(text)
        elif text and "anchor" not in token.meta:
            self.text.append(text)
        return html

    def _prose(self, tokens: Sequence[Token], at: int) -> str:
        token = tokens[at]
        return f"<p{self.marked(token)}>{self.shown(token)}</p>\n"

    def _item(self, tokens: Sequence[Token], at: int) -> str:
        token = tokens[at]
        return f"<li{self.marked(token)}>{self.shown(token)}</li>\n"

    def unknown_footnotes(self, content: str, text: str, *, line: int) -> None:
        """Warn of `[^name]` that nothing defines: it is still there in the text that is shown."""
        for found in _UNKNOWN_FOOTNOTE.finditer(content):
            if found[0] in text:
                self.page.report(
                    "missing-footnote",
                    f"there is no footnote '{found[0]}'",
                    f"add a line '{found[0]}: ...' or put a backslash before it",
                    line=line + content.count("\n", 0, found.start()),
                    near=found[0],
                )

    # --- paragraphs and headings ---

    def _paragraph_open(self, tokens: Sequence[Token], at: int) -> str:
        token = tokens[at]
        if not token.meta and not token.hidden and not (at and tokens[at - 1].hidden):
            return "" if self.is_embed(tokens, at) else "<p>"
        return "" if self.is_embed(tokens, at) else self.tag(tokens, at)

    def _paragraph_close(self, tokens: Sequence[Token], at: int) -> str:
        if tokens[at].hidden:
            return ""
        return "\n" if self.is_embed(tokens, at - 2) else "</p>\n"

    def is_embed(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether the paragraph is a note shown here, whose blocks cannot stand in a `<p>`."""
        inline = tokens[at + 1]
        if not inline.children or len(inline.children) != 1 or not inline.children[0].meta.get("embed"):
            return False
        self.inline.stand_at(self.line_of(inline), inline.content)
        found = self.inline.look_up(inline.children[0])
        return isinstance(found, Embed) and bool(found.html)

    def _heading_open(self, tokens: Sequence[Token], at: int) -> str:
        token, inline = tokens[at], tokens[at + 1]
        tag = self._heading_tag(token)
        anchor, text = inline.meta["anchor"], inline.meta["text"]
        if token.level:
            self.text.append(text)
        else:
            self.sections.append((anchor, text, []))
            self.text = self.sections[-1][2]
        before = self.after_hidden(tokens, at)
        mark: Mark | None = token.meta.get("mark")
        lines = f' data-lines="{mark.lines}"' if mark and mark.lines else ""
        opening = f'{before}<{tag} id="{self.page.prefix}{escapeHtml(anchor)}"{lines}>'
        # The heading's id is its anchor; the mark's id goes to its text.
        if mark and self.page.anchors.claim(mark.id):
            return f'{opening}<span id="{self.page.prefix}{escapeHtml(mark.id)}">'
        token.meta = {}
        return opening

    def _heading_close(self, tokens: Sequence[Token], at: int) -> str:
        opening, inline, token = tokens[at - 2], tokens[at - 1], tokens[at]
        tag = self._heading_tag(token)
        if token.level == 0:
            self.note_heading(inline, level=int(tag[1]))
        return f"{'</span>' if opening.meta.get('mark') else ''}</{tag}>\n"

    def _heading_tag(self, token: Token) -> str:
        return f"h{min(6, max(1, int(token.tag[1]) + self.page.heading_offset))}"

    def note_heading(self, inline: Token, *, level: int) -> None:
        """Add a heading to the contents: its HTML without links, which would nest there."""
        if inline.info == "plain":
            html = escapeHtml(inline.content)
        else:
            kept = [
                Token("text", "", 0, content=str(child.meta["shown"])) if child.type == "wikilink" else child
                for child in inline.children or ()
                if child.type not in _NOT_IN_CONTENTS
            ]
            html, _ = self.inline.write(kept, line=self.inline.line, content=inline.content)
        self.headings.append(Heading(level, inline.meta["text"], inline.meta["anchor"], html))

    # --- lists, tables, callouts ---

    def _list_item_open(self, tokens: Sequence[Token], at: int) -> str:
        token = tokens[at]
        opening = self.tag(tokens, at)
        if "checked" not in token.meta:
            return opening
        checked = token.meta["checked"]
        name = word("done" if checked else "open", lang=self.page.lang)
        mark = ' checked=""' if checked else ""
        return (
            f'{opening}<input class="task-list-item-checkbox" type="checkbox" disabled=""{mark} aria-label="{name}"> '
        )

    def _tr_open(self, tokens: Sequence[Token], at: int) -> str:
        self.row = []
        return self.tag(tokens, at)

    def _tr_close(self, tokens: Sequence[Token], at: int) -> str:
        if self.row is not None and (line := " ".join(filter(None, self.row))):
            self.text.append(line)
        self.row = None
        return self.tag(tokens, at)

    def _callout_open(self, tokens: Sequence[Token], at: int) -> str:
        token = tokens[at]
        callout = token.meta["callout"]
        if callout.written.lower() not in TYPES:
            self.page.report(
                "unknown-callout",
                f"there is no callout type '{callout.written}'",
                did_you_mean(callout.written.lower(), TYPES),
                line=self.line_of(token),
                near=f"[!{callout.written}]",
            )
        is_open = ' open=""' if callout.fold == "+" else ""
        before = self.after_hidden(tokens, at)
        return f'{before}<{token.tag}{self.marked(token)} class="callout callout-{callout.kind}"{is_open}>\n'

    def _callout_close(self, tokens: Sequence[Token], at: int) -> str:
        return f"</div>\n</{tokens[at].tag}>\n"

    def _callout_title_open(self, tokens: Sequence[Token], at: int) -> str:
        callout = tokens[at - 1].meta["callout"]
        tag = "summary" if callout.fold else "p"
        title = "" if callout.title else escapeHtml(word(callout.kind, lang=self.page.lang))
        return f'<{tag} class="callout-title">{title}'

    def _callout_title_close(self, tokens: Sequence[Token], at: int) -> str:
        tag = "summary" if tokens[at].meta["callout"].fold else "p"
        return f'</{tag}>\n<div class="callout-body">\n'

    def _too_deep(self, tokens: Sequence[Token], at: int) -> str:
        line = self.line_of(tokens[at])
        self.page.report("too-deep", "this is nested too deeply and is not shown", "move it outwards", line=line)
        return ""

    # --- code ---

    def _fence(self, tokens: Sequence[Token], at: int) -> str:
        token = tokens[at]
        info = mdTrim(unescapeAll(token.info)) if token.info else ""
        language = MD_TRIM_RE.split(info, maxsplit=1)[0]
        named = f' class="language-{escapeHtml(language)}"' if language else ""
        return self._code(tokens, at, named)

    def _code_block(self, tokens: Sequence[Token], at: int) -> str:
        return self._code(tokens, at, "")

    def _code(self, tokens: Sequence[Token], at: int, named: str) -> str:
        token = tokens[at]
        if token.content.strip():
            self.text.append(token.content.rstrip("\n"))
        return f"<pre{self.marked(token)}><code{named}>{escapeHtml(token.content)}</code></pre>\n"

    # --- footnotes ---

    def write_footnotes(self) -> None:
        """Append the footnotes that are referred to; warn of the others and of namesakes."""
        page, notes = self.page, self.page.footnotes
        for label, body in notes.bodies.items():
            if label not in notes.numbers:
                written = body[0].meta["written"]
                page.report(
                    "unused-footnote",
                    f"nothing refers to the footnote '[^{written}]', so it is not shown",
                    "refer to it or remove it",
                    line=self.line_of(body[0]),
                    near=f"[^{written}]",
                )
        for again in notes.repeated:
            written = again.meta["written"]
            page.report(
                "repeated-footnote",
                f"the footnote '[^{written}]' is defined twice, and only the first is shown",
                "give each a name of its own",
                line=self.line_of(again),
                near=f"[^{written}]",
            )
        if not notes.numbers:
            return
        name = word("footnotes", lang=page.lang)
        self.out.append(f'<section class="footnotes" role="doc-endnotes" aria-label="{name}">\n<ol>\n')
        for label, number in notes.numbers.items():
            tokens = notes.bodies[label][1:]
            back = Token("footnote_back", "", 0, meta={"number": number, "times": notes.times[label]})
            at = len(tokens) - 1 if tokens and tokens[-1].type == "paragraph_close" else len(tokens)
            self.out.append(f'<li id="{page.prefix}fn:{number}">')
            self.write([*tokens[:at], back, *tokens[at:]])
            self.out.append("</li>\n")
        self.out.append("</ol>\n</section>\n")

    def _footnote_back(self, tokens: Sequence[Token], at: int) -> str:
        meta, prefix = tokens[at].meta, self.page.prefix
        name = word("back", lang=self.page.lang)
        return "".join(
            f' <a class="footnote-back" href="#{prefix}fnref:{meta["number"]}{f".{time}" if time > 1 else ""}"'
            f' role="doc-backlink" aria-label="{name}">\u21a9\ufe0e</a>'
            for time in range(1, meta["times"] + 1)
        )


def assign_anchors(tokens: Sequence[Token], page: Page) -> None:
    """Give every heading its text and anchor, before anything links to them; note the ids of marks, too."""
    for at, token in enumerate(tokens):
        if token.meta and (mark := token.meta.get("mark")):
            page.ids.add(mark.id)
        if token.type != "heading_open":
            continue
        inline = tokens[at + 1]
        text = inline.content if inline.info == "plain" else plain_text(inline.children or (), lang=page.lang)
        text = " ".join(text.split())
        anchor = page.anchors.heading(text or plain_alt(inline.children or ()))
        inline.meta = {**inline.meta, "text": text, "anchor": anchor}
        page.ids.add(anchor)
        page.local.setdefault(outline.folded(text), anchor)
