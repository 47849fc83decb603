"""`on` and `at` of notes: as Obsidian writes them, and told when they mean nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from editors_site import PAGE, Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "site")


@pytest.mark.parametrize(
    "on",
    [
        "2024-02-01-buoys",
        '"[[2024-02-01-buoys]]"',
        '"[[2024-02-01-buoys|会合]]"',
        "briefings/2024/2024-02-01-buoys.md",
        '"[[2024-02-01-buoys#合意]]"',
    ],
)
def test_a_note_is_on_its_briefing_however_that_is_written(site: Site, on: str) -> None:
    site.note("one", "注の本文。", f"on: {on}\n")
    assert site.made() == []
    assert "注の本文。" in site.page(PAGE)
    assert 'href="../../briefings/2024-02-01-buoys/"' in site.page("notes/one/index.html")


def test_an_unknown_briefing_or_place_is_told_with_a_suggestion(site: Site) -> None:
    site.note("a", "甲", "on: 2024-02-01-buoy\n")
    site.note("b", "乙", "on: 2024-02-01-buoys\nat: 合意事項\n")
    site.note("c", "丙", "on: 2024-02-01-buoys\nat: L99\n")
    assert site.wrong() == [
        "content/notes/a.md:4:5: error: the note is on '2024-02-01-buoy', and there is no such briefing; "
        "did you mean '2024-02-01-buoys'? [unknown-briefing]",
        "content/notes/b.md:5:5: error: the note is at '合意事項', and '観測ブイの会合（見本）' has no such place; "
        "did you mean '合意'? [unknown-place]",
        "content/notes/c.md:5:5: error: the note is at 'L99', and '観測ブイの会合（見本）' has no such place; "
        "name a heading of its text, or a line as L12 [unknown-place]",
    ]
    assert not (site.root / "output").exists()


@pytest.mark.parametrize("at", ["合意", "L2", "L3", "^L3", '"3"', "合意 "])
def test_known_places(site: Site, at: str) -> None:
    site.note("a", "甲", f"on: 2024-02-01-buoys\nat: {at}\n")
    assert site.made() == []


@pytest.mark.parametrize(("name", "own"), [("2024-02-01-buoys", ""), ("buoys", "slug: buoys\n")])
def test_a_note_on_a_draft_waits_and_says_so(site: Site, name: str, own: str) -> None:
    site.note("a", "甲", f"on: {name}\n")
    file = site.root / "content/briefings/2024/2024-02-01-buoys.md"
    file.write_text(file.read_text("utf-8").replace("lang: ja\n", f"lang: ja\ndraft: true\n{own}"), "utf-8")
    assert [line.rpartition("[")[2] for line in site.made()] == ["subject-withheld]"]
    assert "観測ブイ" not in site.page("notes/a/index.html")


def test_a_correction_moves_the_date_of_its_briefing_and_is_listed(site: Site) -> None:
    correction = "kind: correction\nwas: 八基\nnow: 十基\nreason: 数え違い\non: 2024-02-01-buoys\n"
    site.note("a", "直しました。", correction)
    site.note("b", "甲", "on: 2024-02-01-buoys\n")
    site.made()
    page = site.page(PAGE)
    head = page[page.index('<p class="meta">') :].partition("</p>")[0]
    assert 'datetime="2024-03-01"' in head
    for shown in (page, site.page("corrections/index.html"), site.page("notes/a/index.html")):
        assert re.search(r"<del>.*?八基</del>.*?<ins>.*?十基</ins>", shown, re.DOTALL)
        assert "数え違い" in shown
    assert "注 b" not in site.page("corrections/index.html").partition("<main")[2].partition("</main>")[0]
    assert "注 a" in site.page("feed.xml")
    site.note("a", "直しました。", correction + "major: false\n")
    site.made()
    assert "注 a" not in site.page("feed.xml")
    assert "八基" in site.page("corrections/index.html")


def test_an_ordinary_note_does_not_move_the_date(site: Site) -> None:
    site.note("b", "甲", "on: 2024-02-01-buoys\n")
    site.made()
    page = site.page(PAGE)
    assert "2024-03-01" not in page[page.index('<p class="meta">') :].partition("</p>")[0]
