"""Tags: shown where their documents are, each with a page of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from editors_site import BRIEFING, HEADER, PAGE, Site
from hypothesis import given
from hypothesis import strategies as st

from yoroku.site.tags import folded, tag_url


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def chips(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<a class="chip" rel="tag" href="([^"]+)"(?: lang="\w+")?>([^<]+)</a>', html)


def test_tags_are_linked_from_pages_and_lists_and_have_pages(site: Site) -> None:
    site.write(BRIEFING, f"---\n{HEADER}tags: [海洋観測, Open Data]\n---\n本文。 ^L1\n")
    site.note("a", "本文。", "tags: [海洋観測, ｏｐｅｎ　ｄａｔａ]\non: 2024-02-01-buoys\n")
    site.note("b", "本文。", "tags: 港湾\n")
    site.made()
    marine = tag_url("海洋観測").strip("/")
    assert re.fullmatch(r"tags/t-[0-9a-f]{10}", marine)
    assert chips(site.page("notes/a/index.html"))[:2] == [
        (f"../../{marine}/", "海洋観測"),
        ("../../tags/open-data/", "ｏｐｅｎ　ｄａｔａ"),
    ]
    for page in (PAGE, "notes/index.html", "briefings/index.html", "index.html", "en/notes/index.html"):
        assert "海洋観測" in {name for _, name in chips(site.page(page))}, page
    own = site.page(f"{marine}/index.html")
    assert "タグ「海洋観測」" in own
    assert "../../briefings/2024-02-01-buoys/" in own
    assert "../../notes/a/" in own
    assert "../../notes/b/" not in own
    # Width and case make no other tag; the first way of writing it names the page.
    assert "タグ「Open Data」" in site.page("tags/open-data/index.html")
    every = site.page("tags/index.html")
    assert [name.split(" ")[0] for name in re.findall(r'<a class="chip" href="[^"]+"><span>([^<]+)<', every)] == [
        "Open",
        "海洋観測",
        "港湾",
    ]
    assert "Tag: 港湾" in site.page("en" + tag_url("港湾") + "index.html")


def test_what_is_not_listed_is_on_no_tag_s_page(site: Site) -> None:
    site.note("a", "本文。", "tags: [内輪]\nunlisted: true\n")
    site.note("b", "本文。", "tags: [下書きの印]\ndraft: true\n")
    site.made()
    assert not (site.root / "output/tags").exists()
    assert '<span class="chip">内輪</span>' in site.page("notes/a/index.html")
    assert not any("下書きの印".encode() in data for data in site.tree().values())


def test_a_tag_that_is_taken_off_loses_its_page(site: Site) -> None:
    site.note("a", "本文。", "tags: [甲, 乙]\n")
    site.made()
    site.note("a", "本文。", "tags: [乙]\n")
    site.made()
    assert not (site.root / f"output{tag_url('甲')}").exists()
    assert (site.root / f"output{tag_url('乙')}").exists()


@given(st.text(max_size=12), st.text(max_size=12))
def test_two_tags_share_a_page_only_where_they_are_the_same(one: str, other: str) -> None:
    assert (tag_url(one) == tag_url(other)) == (folded(one) == folded(other))
    assert re.fullmatch(r"/tags/[a-z0-9-]+/", tag_url(one))


def test_tags_that_differ_by_marks_only_are_two() -> None:
    assert len({tag_url(tag) for tag in ("C", "C++", "C#", "c--", "a b", "a-b")}) == 5
