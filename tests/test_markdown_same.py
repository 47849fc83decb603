"""Properties: nothing differs without CJK and extensions, shortcuts change nothing, and nothing ever breaks."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from yoroku.markdown import Embed, ImageInfo, Rendered, Target, WikiRef, render
from yoroku.markdown.parser import Parser

PLAIN = MarkdownIt("commonmark", {"html": False, "maxNesting": 60})
UNHURRIED = Parser(fast_paths=False)


class Fickle:
    """A site where about every third thing is missing, and always the same ones."""

    def link(self, ref: WikiRef) -> Target | None:
        return Target(f"/p/{ref.target}", "題") if len(ref.target) % 3 else None

    def embed(self, ref: WikiRef) -> Embed | None:
        answers = (None, Embed(html="<aside>e</aside>\n", title="題"), Embed(image=ImageInfo("/x.png", 30, 20)))
        return answers[len(ref.target) % 3]

    def url(self, href: str) -> str | None:
        return href if len(href) % 3 else None

    def image(self, src: str) -> ImageInfo | None:
        return ImageInfo(src, 3, 2) if len(src) % 3 else None

    def suggest(self, written: str, kind: str) -> str:
        return ""


class Anything(Fickle):
    """A site in which every URL and image stands as it is written."""

    def url(self, href: str) -> str | None:
        return href

    def image(self, src: str) -> ImageInfo | None:
        return ImageInfo(src)

    def suggest(self, written: str, kind: str) -> str:
        return ""


def ours(source: str, **options: object) -> Rendered:
    return render(source, path="x.md", resolve=Fickle(), **options)  # type: ignore[arg-type]


def documents(pieces: str) -> st.SearchStrategy[str]:
    """Texts of up to eight lines, made of the pieces between the broken bars."""
    line = st.lists(st.sampled_from(pieces.split("¦")), max_size=6).map("".join)
    return st.lists(line, max_size=8).map("\n".join)


# --- nothing differs where there is neither CJK nor an extension ---

COMMON = (
    "¦ ¦  ¦    ¦\t¦\xa0¦a¦b c¦word.¦Über¦naïve¦Привет¦🐰¦“q”¦…¦3¦1)¦1.¦*¦**¦***¦_¦__¦`¦``¦```¦\\¦\\*¦&amp;¦"
    "&quot;¦&¦\"¦'¦(¦)¦!¦=¦===¦# ¦## x ##¦- ¦* ¦+ ¦1. ¦2) ¦> ¦---¦***¦[a]¦[b]: /u 't'¦](/u)¦[¦]¦![¦<¦[l](/u)¦"
    '[l](<u v> "t")¦![i](/p.png)¦[m](//a.example/x?y=1&z)¦<m@a.example>¦<b>¦<!-- c -->¦>¦<tel:+1-2>'
)


def without_additions(html: str) -> str:
    """Our HTML without what docs/markdown.md says that we add to CommonMark's elements."""
    html = re.sub(r'(<h[1-6]) id="[^"]*"', r"\1", html)
    return html.replace(' rel="external noopener"', "").replace(' loading="lazy" decoding="async"', "")


@settings(max_examples=1500, deadline=None)
@given(documents(COMMON))
@example("- a\n\n- b\n> c\nd")
@example("[a]\n\n[a]: /u")
def test_plain_text_is_rendered_as_by_markdown_it(source: str) -> None:
    # markdown-it-py 4.3 loses escapes and entities in the description of an image within an image's description.
    assume(not ("![" in source.partition("![")[2] and re.search(r"[\\&]", source)))
    html = render(source, path="x.md", resolve=Anything(), lang="en").html
    assert without_additions(html) == PLAIN.render(source)


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(max_codepoint=0x2FF, exclude_characters=":^~|{[\x00"), max_size=80))
def test_any_european_text_is_rendered_as_by_markdown_it(source: str) -> None:
    assert without_additions(render(source, path="x.md", resolve=Anything()).html) == PLAIN.render(source)


def test_an_image_in_a_description_keeps_its_escapes() -> None:
    assert 'alt="a*b"' in render("![![a\\*b](/u)](/v)", path="x.md", resolve=Anything()).html


# --- shortcuts change nothing, with everything in the text ---

JAPANESE = (
    "あ¦漢字¦、¦。¦「¦」¦（¦）¦“¦”¦…¦ｱ¦가¦\u3000¦\u845b\U000e0100¦\u304b\u3099¦２０２３年¦・¦{漢字|かんじ}¦{漢字|かん|じ}¦{漢|か|ん}¦{¦|¦"
    "}¦~~¦~¦:¦: ¦:  意味¦https://a.example/x_y(z)¦（https://a.example）¦http¦://¦[[あ]]¦[[あ|い]]¦[[#あ]]¦[[いい#あ]]¦"
    "![[あ]]¦![[ああ]]¦![[ああa|9]]¦[[¦]]¦ ^L1¦ ^L12-14¦^b-1¦ ^b-1¦\\^L3¦[^1]¦[^1]: ¦[^あ]¦[^あ]: 注¦[!note] 題¦"
    "[!tip]- ¦[!x]+¦- [ ] ¦- [x] ¦|a|あ|¦|-|:-:|¦| - |¦~~~¦javascript:x¦[x](javascript:y)¦\x00¦\r¦\u2028¦"
    "<https://a.example/x?y=1&z>"
)


@settings(max_examples=1500, deadline=None)
@given(documents(f"{COMMON}¦{JAPANESE}"))
@example("甲\n\n: 乙")
@example("- 甲\n- 乙\n\n-\n")
@example("\u3000![[あ]]")
def test_shortcuts_change_nothing(source: str) -> None:
    assert ours(source) == ours(source, parser=UNHURRIED)


SIMPLE = (
    "[観測](https://a.example/x)¦[a:b](http://x.example/1_2.html)¦[a](https://a.example)¦**甲乙**¦**a b**¦*甲*¦*ab*"
    "¦`x`¦`港21`¦"
    'と¦。¦「¦」¦甲¦"¦>¦(¦)¦- ¦1. ¦## ¦### ¦> ¦|¦|-|-|¦---¦: ¦ ^L1¦ ^L2¦^¦!¦~¦:¦a¦[¦]¦](¦ ¦#¦ #¦[^1]¦[^1]: ¦[a]: /u¦**'
    "¦*¦`¦_"
    "¦\\¦&amp;¦<¦{¦https://a.example¦[ ] "
)


@settings(max_examples=700, deadline=None)
@given(documents(SIMPLE))
@example("**甲**乙**丙**と*丁*`x`[a](https://a.example)")
@example("- [a](https://a.example)\n- [b]: /u")
@example("## 甲 | 乙\n| - | - |")
def test_simple_markup_is_written_as_its_tokens_are(source: str) -> None:
    assert ours(source) == ours(source, parser=UNHURRIED)


# --- nothing ever breaks ---


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=200) | documents(f"{COMMON}¦{JAPANESE}"))
def test_any_text_renders_safely(source: str) -> None:
    outcome = ours(source, prefix="p-")
    ids = re.findall(r'<[^>]* id="([^"]*)"', outcome.html)
    assert len(ids) == len(set(ids))
    assert all(name.startswith("p-") for name in ids)
    assert not re.search(r"<(?!/?(?:aside|div|p|details|summary)\b)[^>]*\son|<script|style=", outcome.html)
    for scheme in re.findall(r'(?:href|src)="\s*([A-Za-z][A-Za-z0-9+.-]*):', outcome.html):
        assert scheme.lower() in ("http", "https", "mailto", "tel")
    assert len({heading.anchor for heading in outcome.headings}) == len(outcome.headings)
    assert outcome == ours(source, prefix="p-")


SIZE = 1_000_000
LONG = {
    "brackets": "[" * SIZE,
    "closed bracket": "[" * SIZE + "]",
    "stars": "*" * SIZE,
    "quotes": ">" * SIZE,
    "spaced quotes": "> " * (SIZE // 2),
    "list markers": "- " * (SIZE // 2),
    "underscores": "a_" * (SIZE // 4),
    "braces": "{漢|" * (SIZE // 4),
    "dots of a URL": "https://a.example/" + "." * SIZE + "a",
    "brackets of a URL": "https://a.example/" + "(" * SIZE,
    "backquotes": "`" * SIZE,
    "footnote labels": "[^" * (SIZE // 4) + "\n\n[^a]: b",
    "lines": "あ\n" * (SIZE // 8),
    "same headings": "# あ\n\n" * (SIZE // 50),
    "marks": "あ ^L1\n\n" * (SIZE // 50),
    "nested callouts": "".join("> " * depth + "[!note]\n" for depth in range(1, 200)),
    "nested lists": "".join("  " * depth + "- あ\n" for depth in range(200)),
}


@pytest.mark.parametrize("source", LONG.values(), ids=LONG.keys())
def test_long_and_deep_texts_end(source: str) -> None:
    assert ours(source).html


def test_lists_may_nest_as_deep_as_anyone_writes() -> None:
    source = "".join("  " * depth + f"- 項目{depth}\n" for depth in range(25))
    assert ours(source).html.count("<li>") == 25


def test_what_is_nested_too_deeply_is_told() -> None:
    outcome = ours("".join("> " * depth + "あ\n" for depth in range(1, 80)))
    assert "too-deep" in {problem.code for problem in outcome.problems}
