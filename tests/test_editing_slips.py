"""What looks like Markdown and is none is told to the editor who wrote it, and to nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from editors_site import BRIEFING, HEADER, Site, png
from hypothesis import given
from hypothesis import strategies as st

from yoroku.build.checking import check
from yoroku.markdown.slips import slips

SLIPS = (
    ("＃＃ 見出し", 1),
    ("##見出し", 1),
    ("##　見出し", 1),
    ("> ［!note］ 題\n> 本文", 1),
    ("> [！note] 題", 1),
    ("> [!note 題\n> 本文", 1),
    ("> [!note]題\n> 本文", 1),
    (":::note\n本文\n:::", 1),
    ("!!! note\n    本文", 1),
    ("本文[^1]。\n\n[^1]：注", 1),
    ("これは{漢字｜かんじ}と", 4),
    ("｛漢字｜かんじ｝と", 1),
    ("これは [[2024-02-01-buoys と書いた。", 5),
    ("これは ［［2024-02-01-buoys］］ と", 5),
    ("これは[札]（https://example.jp/）", 4),
    ("これは[札] (https://example.jp/)", 4),
    ("![図](my fig.png)", 1),
    ("![図](file:///home/me/fig.png)", 1),
    ("![図](C:\\Users\\me\\fig.png)", 1),
    ("[札](javascript:alert(1))", 1),
    ("これは＊＊強調＊＊の話。", 4),
    ("<b>太字</b>", 1),
    ("本文 <!-- 内緒の覚え書き --> 続き", 4),
    ("本文 %%内緒の覚え書き%% 続き", 4),
    ("・項目\n・項目", 1),
    ("-項目\n-項目", 1),
    ("１．項目\n２．項目", 1),
    ("| 甲 | 乙 |\n| 一 | 二 |", 1),
    ("| 甲 | 乙 |\n|---|\n| 一 | 二 |", 1),
    ("```\n本文", 1),
    ("これは**強調の話。", 4),
    ("**甲**と**乙の話。", 7),
    ("** 甲 **の話。", 1),
    ("**甲\n\n乙**", 1),
    ("- **甲\n- 乙", 3),
    ("これは==目印==の話。", 4),
    ("1．項目\n2．項目", 1),
    ("- [　] 未了", 1),
    ("- [] 未了", 1),
    ("- [✓] 済み", 1),
    ("本文^[その場の注]です。", 3),
    ("強調__「甲」__と", 3),
    ("__「甲」__と", 1),
    ("| 甲 | 乙 |\n|---|---|\n| [[頁|別名]] | 二 |", 3),
    ("| 甲 | 乙 |\n|---|---|\n| 一 | {漢字|かんじ} |", 7),
    ("| {漢字|かんじ} | 乙 |\n|---|---|\n| 一 | 二 |", 3),
    ("| 甲 | 乙 |\n|---|---|\n| 一 | 二 | 三 |", 1),
    ("| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n表の後の段落。", 1),
    ("　字下げの段落。\n　次の段落。", 1),
)
SOUND = (
    "## 見出し\n\n本文[^1]。\n\n[^1]: 注",
    "> [!note] 題\n> 本文\n\n> [!warning]- 題",
    "> [!note]\n> 本文",
    '{漢字|かんじ}と[[頁]]と[[頁|札]]と[札](https://example.jp/)と![図](fig.png "題")と[x](<a b.md>)',
    "C# と F#",
    "`<!-- 覚え -->` と `{甲｜乙}` と ``[[``",
    "```html\n<b>x</b>\n##見出し\n```",
    "~~~\n```\n~~~\n本文",
    "    <b>字下げした符号</b>",
    "| 甲 | 乙 |\n|---|:-:|\n| 一 | 二 |",
    "- 項目\n- 項目\n\n* 項目\n1. 項目",
    "a < b かつ b > c、<https://example.jp/>、-5度\n-3度",
    "・ひとつだけの中黒",
    "100%と50%",
    "**・強調**\n**・強調**",
    "**甲\n乙**と***丙***と*丁**戊**己*",
    "2**10 と `a ** b` と \\*\\*甲\n\n***\n\n* **甲**",
    "| **甲** | 乙 |\n|---|---|\n| a == b | c == d |",
    "見出し\n======\n\n本文",
    "| 甲 | 乙 |\n|---|---|\n| [[頁\\|別名]] | {漢字\\|かんじ} |\n| 一 |\n\n表の後の段落。\n\n甲|乙",
    "| 甲 | 乙 |\n|---|---|\n| `a` | 二 |\n^L5\n\n| 丙 |\n|---|\n| 三 |\n- 項目",
    "__全体__ と `__init__` と a__b__c と __甲__、x^[2](https://example.jp/)",
    "- [ ] 未了\n- [x] 済み\n\n1. 項目\n\n2024．1．2",
    "　字下げの段落。\n続き。\n\n　次の段落。",
)


def told(body: str) -> list[tuple[int, int]]:
    return [(problem.at.line, problem.at.column) for problem in slips(body, path="x.md")]


@pytest.mark.parametrize(("body", "column"), SLIPS)
def test_slips_are_told_where_they_stand(body: str, column: int) -> None:
    found = list(slips(body, path="x.md", first_line=5))
    assert found, body
    assert found[0].at.column == column
    assert found[0].fix
    assert all(problem.severity == "warning" for problem in found)


@pytest.mark.parametrize("body", SOUND)
def test_sound_markdown_is_not_told(body: str) -> None:
    assert told(body) == []


@given(st.text(st.sampled_from("#＃ [](){}｛｜|`~>!-・*\n甲a:<%^／\\"), max_size=60))
def test_no_text_makes_it_fail(body: str) -> None:
    lines = body.count("\n") + 1
    assert all(1 <= line <= lines and column >= 1 for line, column in told(body))


def test_the_samples_have_none() -> None:
    root = Path(__file__).resolve().parent.parent / "content"
    for file in (*(root / "notes").rglob("*.md"), *(root / "pages").rglob("*.md")):
        assert list(slips(file.read_text("utf-8").split("\n---\n", 1)[1], path=file.name)) == []


def test_notes_are_looked_at_and_imported_texts_are_not(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write(BRIEFING, f"---\n{HEADER}---\n＃＃ 見出し ^L1\n\n・甲 ^L2\n・乙 ^L3\n")
    site.note("a", "本文。\n\n＃＃ 見出し")
    warnings = site.made()
    assert [warning.split(": ")[0] for warning in warnings] == ["content/notes/a.md:7:1"]
    assert "'＃' begins no heading" in warnings[0]
    assert site.made() == warnings  # a build with nothing to do still tells


def test_a_name_that_means_two_pages_and_a_picture_in_other_case(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("content/notes/Fig.PNG", png(2, 2))
    site.write("content/notes/a.md", "---\ntitle: 同じ題\n---\n")
    site.write("content/notes/b.md", "---\ntitle: 同じ題\n---\n")
    site.note("c", "[[同じ題]]\n\n![図](fig.png)")
    first, second = site.wrong()
    assert "it is the name of content/notes/a.md and content/notes/b.md: write the name of the file" in first
    assert "did you mean 'Fig.PNG'?" in second


def test_a_link_to_a_heading_that_is_not_there(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.note("a", "## 経緯\n\n[上](#経緯)と[下](#経偉)と[[#経緯]]と[[#結果]]")
    assert [problem.split(": error: ")[1] for problem in site.wrong()] == [
        "'#経偉' leads to a heading that is not here; did you mean '#経緯'? [broken-fragment]",
        "'[[#結果]]' leads nowhere; its headings are '経緯' [unresolved-wikilink]",
    ]


def test_files_that_nobody_reads_are_told(tmp_path: Path) -> None:
    site = Site(tmp_path)
    for name in ("notes/a.MD", "notes/b.txt", "pages/c.markdown", "notes/d.docx", "briefings/e.txt", "loose.md"):
        site.write(f"content/{name}", "---\ntitle: 題\n---\n")
    site.write("content/notes/README.txt", "この置き場の使い方。")
    site.write("content/notes/images/f.png", png(1, 1))
    expected = [
        "content/briefings/e.txt: warning: this file is not read; a bulletin belongs in content/bulletins/ [not-read]",
        "content/loose.md: warning: this file is not read; "
        "move it to content/notes/, content/pages/ or content/briefings/ [not-read]",
        "content/notes/a.MD: warning: this file is not read; rename it to 'a.md' [not-read]",
        "content/notes/b.txt: warning: this file is not read; rename it to 'b.md' [not-read]",
        "content/notes/d.docx: warning: this file is not read; save its text as Markdown in 'd.md' [not-read]",
        "content/pages/c.markdown: warning: this file is not read; rename it to 'c.md' [not-read]",
    ]
    assert site.made() == expected
    assert site.made() == expected
    assert [str(problem) for problem in check(site.root, progress=lambda *_: None).problems] == expected
