"""`new`: a file that is ready, on the briefing that was meant, opened where that is wished."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from editors_site import BRIEFING, HEADER, PAGE, Site
from sample_site import run

from yoroku.briefing.file import load_note
from yoroku.build.new import new_note
from yoroku.problems import Problems


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    other = HEADER.replace("観測ブイの会合", "防波堤の点検会").replace("lang: ja", "lang: ja\nslug: pier-check")
    site.write("content/briefings/2024/2024-02-05-pier.md", f"---\n{other}---\n本文。 ^L1\n")
    return site


@pytest.mark.parametrize(
    ("on", "found"),
    [
        ("2024-02-01-buoys", "2024-02-01-buoys"),
        (BRIEFING, "2024-02-01-buoys"),
        ("../briefings/2024/2024-02-01-buoys.md", "2024-02-01-buoys"),
        ("https://example.jp/site/briefings/2024-02-01-buoys/#L3", "2024-02-01-buoys"),
        ("/briefings/pier-check/", "2024-02-05-pier"),
        ("ブイの会合", "2024-02-01-buoys"),
        ("buoys", "2024-02-01-buoys"),
        ("点検会（見本）", "2024-02-05-pier"),
    ],
)
def test_a_note_is_on_the_briefing_that_was_meant(site: Site, on: str, found: str) -> None:
    path = new_note(site.root, "注", on=on)
    assert load_note((site.root / path).read_text("utf-8"), path=path).on == found
    assert not site.made()
    assert "/briefings/" in site.page("notes/index.html")


@pytest.mark.parametrize(
    ("on", "fix"),
    [
        ("2024-02-01-bouys", "did you mean '2024-02-01-buoys'?"),
        ("観測ブイの会会", "did you mean '2024-02-01-buoys'?"),
        ("見本", "'2024-02-01-buoys' (観測ブイの会合（見本）), '2024-02-05-pier'"),
    ],
)
def test_what_is_not_certain_is_asked_back(site: Site, on: str, fix: str) -> None:
    with pytest.raises(Problems) as raised:
        new_note(site.root, "注", on=on)
    assert fix in str(raised.value)
    assert not (site.root / "content/notes").exists()


@pytest.mark.parametrize("on", ["観測ブイの会合（見本）", "/briefings/2024-02-01-buoys/", f"../../{BRIEFING}"])
def test_on_may_be_a_title_an_address_or_a_path_from_the_note(site: Site, on: str) -> None:
    site.note("a", "注の本文。", f"on: {on}\n")
    assert not site.made()
    assert "注の本文。" in site.page(PAGE)


def test_a_note_may_lie_beside_its_briefing(site: Site) -> None:
    beside = BRIEFING.replace(".md", ".correction.md")
    site.write(
        beside, "---\ntitle: 数の訂正\ndate: 2024-03-01\nwas: 甲\nnow: 乙\nreason: 誤り\n---\n[[2024-02-05-pier]]\n"
    )
    assert not site.made()
    assert "数の訂正" in site.page(PAGE)
    assert "数の訂正" in site.page("corrections/index.html")
    assert "数の訂正" in site.page("notes/2024-02-01-buoys-correction/index.html")
    assert "linked-h" in site.page("briefings/pier-check/index.html")
    assert "数の訂正" not in site.page("briefings/index.html")
    site.write(beside, (site.root / beside).read_text("utf-8").replace("[[2024-02-05-pier]]", "なし"))
    assert not site.made()
    assert "linked-h" not in site.page("briefings/pier-check/index.html")


def test_what_a_correction_leaves_out_is_told(site: Site) -> None:
    site.note("a", "x", "kind: correction\nwas: 甲\n")
    site.note("b", "x", "at: 合意\n")
    assert [warning.split(": warning: ")[1].split(";")[0] for warning in site.made()] == [
        "the correction does not say 'on', 'now', 'reason'",
        "the note is at '合意', and names no briefing",
    ]


def test_pages_that_link_here_are_told_as_notes_are(site: Site) -> None:
    site.write("content/pages/about.md", "---\ntitle: 案内\n---\n例は[[2024-02-01-buoys|会合]]です。\n")
    site.made()
    assert "例は会合です。" in site.page(PAGE)
    site.write("content/pages/about.md", "---\ntitle: 案内\n---\n例はありません。\n")
    site.made()
    assert "例は会合です。" not in site.page(PAGE)


@pytest.mark.skipif(os.name != "posix", reason="the editor is a shell script")
def test_open_starts_the_editor_of_the_environment(site: Site, tmp_path: Path) -> None:
    editor = tmp_path / "my editor.sh"
    editor.write_text('#!/bin/sh\nprintf "%s" "$*" > "$(dirname "$0")/opened"\n')
    editor.chmod(0o755)
    ran = run(site.root, "new", "note", "x", "--open", VISUAL=f"'{editor}' --wait", EDITOR="false")
    assert ran.returncode == 0, ran.stderr
    path = ran.stdout.strip()
    assert (tmp_path / "opened").read_text() == f"--wait {site.root / path}"
    for environment, told in (
        ({"VISUAL": "", "EDITOR": ""}, "no editor is set"),
        ({"VISUAL": "no-such"}, "'no-such'"),
        ({"VISUAL": "vim 'x"}, "a quotation mark without its fellow"),
    ):
        ran = run(site.root, "new", "note", "x", "--open", **environment)
        assert (ran.returncode, (site.root / ran.stdout.strip()).is_file()) == (3, True)
        assert told in ran.stderr
