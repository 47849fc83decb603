"""The error page as HTML: everything escaped, nothing read from outside the project, nothing faked."""

from __future__ import annotations

import re
from pathlib import Path

from preview_site import write

from yoroku.preview.overlay import LastGood, Overlay, overlay
from yoroku.preview.words import WORDS
from yoroku.problems import Place, Problem, Severity

EDITOR = "vscode://file{path}:{line}:{column}"


def page(
    root: Path, *problems: Problem, lang: str = "ja", editor: str | None = None, last: LastGood | None = None
) -> str:
    return overlay(problems, root, lang=lang, last=last, editor=editor).html


def error(path: str, line: int | None = None, column: int | None = None, **more: str) -> Problem:
    return Problem(Place(path, line, column), "code", more.get("what", "what"), more.get("fix", ""))


def test_nothing_for_warnings(tmp_path: Path) -> None:
    warning = Problem(Place("a"), "code", "what", severity=Severity.WARNING)
    assert overlay((warning,), tmp_path, lang="ja", last=None, editor=None) == Overlay()


def test_five_lines_and_a_caret_as_wide_as_the_word(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "一\n二\n三\n日付: 十三月 # 月\n五\n六\n七\n")
    html = page(tmp_path, error("a.md", 4, 5))
    assert re.findall(r"<i>(\d+)</i>", html) == ["2", "3", "4", "5", "6"]
    assert '<span class="e"><i>4</i>日付: 十三月 # 月</span>' in html
    assert "<b>日付: </b>^^^^^^</span>" in html


def test_first_and_last_lines(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "一\n二")
    assert re.findall(r"<i>(\d+)</i>", page(tmp_path, error("a.md", 1))) == ["1", "2"]
    assert re.findall(r"<i>(\d+)</i>", page(tmp_path, error("a.md", 2))) == ["1", "2"]


def test_what_is_not_known_is_left_out(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "一\n")
    assert "行目" not in page(tmp_path, error("a.md"))
    assert "文字目" not in page(tmp_path, error("a.md", 1))
    assert "^" not in page(tmp_path, error("a.md", 1))
    assert "<pre" not in page(tmp_path, error("a.md", 99))
    assert "<pre" not in page(tmp_path, error("gone.md", 1))


def test_everything_is_escaped(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "<script>alert(1)</script>\n")
    html = page(tmp_path, error("a.md", 1, 1, what="'<img src=x>' & \"b\"", fix="<b>fix</b>"), editor=EDITOR)
    assert "<script" not in html
    assert "<img" not in html
    assert "<code>&lt;img src=x&gt;</code> &amp;" in html
    assert "&lt;b&gt;fix&lt;/b&gt;." in html


def test_bytes_that_are_no_text_are_shown_as_far_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe\x00\nabc\n")
    assert "abc" in page(tmp_path, error("a.txt", 2))


def test_nothing_outside_the_project_is_shown(tmp_path: Path) -> None:
    write(tmp_path / "secret", "secret words")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/link.md").symlink_to(tmp_path / "secret")
    assert "secret words" not in page(tmp_path / "site", error("../secret", 1))
    assert "secret words" not in page(tmp_path / "site", error("link.md", 1))


def test_others_are_counted(tmp_path: Path) -> None:
    warning = Problem(Place("z"), "code", "what", severity=Severity.WARNING)
    html = page(tmp_path, error("b"), error("a"), error("c"), warning, last=LastGood(0.0, 0.314))
    assert html.index("<code>a</code>")
    assert "ほかにエラーが2件あります。ほかに警告が1件あります。画面の下には" in html
    assert "書き出し 0.31秒" in html


def test_mark_follows_the_errors_alone(tmp_path: Path) -> None:
    def mark(*problems: Problem) -> str:
        return overlay(problems, tmp_path, lang="ja", last=None, editor=None).mark

    warning = Problem(Place("z"), "code", "what", severity=Severity.WARNING)
    assert mark(error("a")) == mark(error("a"), warning)
    assert mark(error("a")) != mark(error("a"), error("b"))


def test_link_to_the_editor(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "一\n")
    assert f'href="vscode://file{tmp_path.resolve().as_posix()}/a.md:1:2"' in page(
        tmp_path, error("a.md", 1, 2), editor=EDITOR
    )
    assert "href" not in page(tmp_path, error("a.md", 1, 2))
    assert "href" not in page(tmp_path, error("gone.md", 1, 2), editor=EDITOR)


def test_both_languages_have_the_same_words() -> None:
    assert WORDS["ja"].keys() == WORDS["en"].keys()
