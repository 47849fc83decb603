"""Markdown as editors write it: cases as files, and what the renderer reports.

A case is `input`, a line `=====`, the HTML; for `japanese/` plain markdown-it-py's HTML stands between the two. After a
wanted change, `YOROKU_UPDATE=1 pytest tests/test_markdown.py` writes what comes out now; read the difference.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from yoroku.markdown import Embed, Heading, ImageInfo, LinkRef, Rendered, Target, WikiRef, anchor, render, slug

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases" / "markdown"
JAPANESE = sorted((CASES / "japanese").glob("*.txt"))
BLOCKS = sorted((CASES / "blocks").glob("*.txt"))
DOCUMENT = ROOT / "docs" / "markdown.md"
PLAIN = MarkdownIt("commonmark", {"html": False})


class Site:
    """A site in which every name exists that does not begin with 無い."""

    def link(self, ref: WikiRef) -> Target | None:
        return None if ref.target.startswith("無い") else Target(f"/notes/{ref.target}/", f"{ref.target}の頁")

    def embed(self, ref: WikiRef) -> Embed | None:
        if ref.target.startswith("無い"):
            return None
        if ref.target.endswith(".png"):
            return Embed(image=ImageInfo(f"/files/{ref.target}", 1200, 800))
        return Embed(html='<aside class="embed"><p>覚書の文</p></aside>\n', url=f"/notes/{ref.target}/", title="覚書")

    def url(self, href: str) -> str | None:
        return None if href.startswith("無い") else href.removesuffix(".md")

    def image(self, src: str) -> ImageInfo | None:
        return None if src.startswith(("無い", "http")) else ImageInfo(f"/files/{src}", 640, 480)

    def suggest(self, written: str, kind: str) -> str:
        return ""


def rendered(source: str, **options: object) -> Rendered:
    return render(source, path="note.md", resolve=Site(), **options)  # type: ignore[arg-type]


def parts(case: Path) -> list[str]:
    return re.split(r"^=====\n", case.read_text(encoding="utf-8"), flags=re.MULTILINE)


def ours(source: str) -> str:
    """The HTML and, below it, what the writer is told."""
    outcome = rendered(source)
    return outcome.html + "".join(f"! {problem}\n" for problem in outcome.problems)


def check(case: Path, *now: str) -> None:
    source, *wanted = parts(case)
    if os.environ.get("YOROKU_UPDATE"):
        case.write_text("=====\n".join((source, *now)), encoding="utf-8")
        return
    assert list(now) == wanted


@pytest.mark.parametrize("case", BLOCKS, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    check(case, ours(parts(case)[0]))


@pytest.mark.parametrize("case", JAPANESE, ids=lambda case: case.stem)
def test_japanese_case_beside_plain_markdown_it(case: Path) -> None:
    source = parts(case)[0]
    check(case, PLAIN.render(source), ours(source))


def table_row(case: Path) -> str:
    """The row of docs/markdown.md that shows a Japanese case."""
    cells = [cell.strip("\n").replace("|", "\\|").replace("\n", "⏎") for cell in parts(case)]
    return "| " + " | ".join(f"`` {cell} ``" for cell in cells) + " |"


def test_the_documented_table_is_the_cases() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    begin, end = "<!-- cases -->\n", "<!-- /cases -->"
    head = "| Markdown | plain markdown-it-py | Yoroku |\n|---|---|---|\n"
    table = head + "".join(table_row(case) + "\n" for case in JAPANESE)
    if os.environ.get("YOROKU_UPDATE"):
        before, rest = text.split(begin)
        DOCUMENT.write_text(before + begin + table + end + rest.split(end, 1)[1], encoding="utf-8")
        return
    assert len(JAPANESE) >= 20
    assert text.split(begin)[1].split(end)[0] == table


# --- what a rendering tells ---


def test_headings_keep_japanese_and_are_unique() -> None:
    outcome = rendered("# 第1章 概要（案）\n\n## 概要\n\n## 概要\n\n### **強**い[頁](a.md)\n", heading_offset=1)
    assert outcome.headings == (
        Heading(2, "第1章 概要（案）", "第1章-概要案", "第1章 概要（案）"),
        Heading(3, "概要", "概要", "概要"),
        Heading(3, "概要", "概要-1", "概要"),
        Heading(4, "強い頁", "強い頁", "<strong>強</strong>い頁"),
    )


def test_reserved_and_prefixed_ids() -> None:
    outcome = rendered("# main\n\n[節](#main-1)[^1] ^L3\n\n[^1]: 注\n", prefix="n1-", reserved=frozenset({"main"}))
    assert outcome.headings[0].anchor == "main-1"
    assert re.findall(r' id="([^"]*)"', outcome.html) == ["n1-main-1", "n1-L3", "n1-fnref:1", "n1-fn:1"]
    assert 'href="#n1-main-1"' in outcome.html


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("1 見出し", "1-見出し"),
        ("Q&A？", "qa"),
        ("ガ゙ス", "ガ゙ス"),
        ("！？", "section"),
        ("  a  b ", "a-b"),
        ("・", "section"),
    ],
)
def test_slug(text: str, anchor: str) -> None:
    assert slug(text) == anchor


@pytest.mark.parametrize(
    ("heading", "id_"),
    [("第1章 概要（案）", "第1章-概要案"), ("^L12", "L12"), ("^L12-14", "L12"), ("^ref-1", "^ref-1")],
)
def test_what_a_wikilink_names_has_that_id(heading: str, id_: str) -> None:
    source = "# 第1章 概要（案）\n\n甲 ^L12-14\n\n乙 ^ref-1\n"
    assert anchor(heading) == id_
    assert f' id="{id_}"' in rendered(source).html
    assert not rendered(f"{source}\n[[#{heading}]]").problems


def test_links_have_their_own_line() -> None:
    source = "一行目\n[甲](資料/甲.md) と\n![図](図.png)と\nhttps://example.jp/ <https://example.jp/2>\n\n- [乙][b]\n\n"
    source += "[b]: 乙.md\n"
    assert rendered(source, first_line=11).links == (
        LinkRef("資料/甲.md", 12, "link"),
        LinkRef("図.png", 13, "image"),
        LinkRef("https://example.jp/", 14, "link"),
        LinkRef("https://example.jp/2", 14, "link"),
        LinkRef("乙.md", 16, "link"),
    )


def test_wikilinks_carry_their_context() -> None:
    outcome = rendered("- 前\n- 見よ、\n  [[頁#節|札]]と[[頁]]を。 ^L4\n", first_line=5)
    context = "見よ、札と頁の頁を。"
    assert outcome.wiki == (
        WikiRef("頁", "節", "札", False, 7, context),
        WikiRef("頁", "", "", False, 7, context),
    )


def test_sections_are_what_search_reads() -> None:
    source = "前書き\n\n# 一章 ^L2\n\n{漢字|かんじ}と**強調**の\n文[^1]。\n\n"
    source += "| a | b |\n|---|---|\n| 1 | 2 |\n\n## 二節\n\n- 項目 ^L9\n\n[^1]: 注\n"
    outcome = rendered(source)
    assert outcome.sections == (
        ("", "", "前書き"),
        ("一章", "一章", "漢字と強調の文。\na b\n1 2"),
        ("二節", "二節", "項目\n注"),
    )
    assert outcome.text == "前書き\n一章\n漢字と強調の文。\na b\n1 2\n二節\n項目\n注"


def test_problems_point_at_the_words() -> None:
    outcome = rendered("段落\n\n> ここに[[無い頁]]、\n> ![](港.jpg)\n", first_line=20)
    assert [str(problem) for problem in outcome.problems] == [
        "note.md:22:8: error: '[[無い頁]]' leads nowhere; correct the name or remove the brackets"
        " [unresolved-wikilink]",
        "note.md:23:7: warning: the image '港.jpg' has no alternative text; say between the brackets what it shows"
        " [missing-alt]",
    ]


def test_a_column_that_is_not_sure_is_left_out() -> None:
    (problem,) = rendered("無い.md は [ここ](無い.md)\n").problems
    assert (problem.at.line, problem.at.column) == (1, None)


def test_no_style_no_html_no_wbr() -> None:
    source = "|a|\n|:-:|\n|b|\n\n<wbr><b style='x'>あ</b> <!-- 注 --> {漢字|かんじ}"
    html = rendered(source).html
    assert not re.search(r"<[^>]*\bstyle=|<wbr|<b\b|<!--", html)
    assert '<td class="align-center">' in html


@pytest.mark.parametrize(
    "href",
    [
        "javascript:x",
        "JavaScript:x",
        "java&#115;cript:x",
        "vbscript:x",
        "data:image/png;base64,x",
        "file:///etc",
        "ftp://a",
    ],
)
def test_only_listed_schemes_become_links(href: str) -> None:
    source = f"[a]({href}) ![a]({href}) <{href}> [b][r]\n\n[r]: {href}\n"
    assert not re.search(r"<(a|img) ", rendered(source).html)


def test_words_follow_the_language() -> None:
    source = "> [!note]\n> x\n\n- [x] y\n\nz[^1]\n\n[^1]: n\n"
    html = rendered(source, lang="en").html
    for said in ('<p class="callout-title">Note</p>', 'aria-label="Done"', 'aria-label="Footnotes"'):
        assert said in html


def test_ambiguous_breaks_follow_the_language() -> None:
    assert rendered("引用“\n甲").html == "<p>引用“甲</p>\n"
    assert rendered("引用“\n甲", lang="ko").html == "<p>引用“\n甲</p>\n"
