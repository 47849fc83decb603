"""What home leads with, notes beside their paragraph, and sources whose key points name the same thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from site_content import AUTHORITY, SETTINGS, briefing, content, pages, plain_briefing

from yoroku.briefing.model import Briefing, Decision, Note, Source, Span
from yoroku.site.compare import compare
from yoroku.site.names import gather
from yoroku.site.rights import policies
from yoroku.site.summarise import opening
from yoroku.site.values import NoteCard
from yoroku.site.views.beside import NoteBlock, beside

RIGHTS = policies(SETTINGS, gather(AUTHORITY, SETTINGS.topics))
PATH = "content/briefings/2023-01-12-mihon.md"
PAGE = "briefings/2023-01-12-mihon/index.html"
HARBOUR = "両国は港の観測ブイネットワークを三年のうちに共同で整備することで合意した。"
WIRE = "会談で両国は観測ブイネットワークを共同で整備することに合意したと発表しました。"


def two_sources(first: str, second: str, *, policy: str = "full") -> Briefing:
    """One key point a source: the sentence and its verb."""
    verbs = [next(verb for verb in ("合意", "確認", "一致") if verb in text) for text in (first, second)]
    return briefing(
        sources=(
            Source("甲", "甲の発表", lines=(Span(1, 1),), policy="full"),
            Source("乙", "乙の記事", lines=(Span(2, 2),), policy="full" if policy == "full" else "link"),
        ),
        people=(),
        places=(),
        events=(),
        decisions=(Decision(first, verbs[0], lines=(Span(1, 1),)), Decision(second, verbs[1], lines=(Span(2, 2),))),
        body=f"{first}これは見本の文章である。 ^L1\n\n{second}これも見本の文章である。 ^L2",
    )


def rows_of(made: Briefing) -> dict[str, list[tuple[str, ...]]]:
    dated = replace(
        made,
        sources=tuple(replace(item, date=date(2023, 1, 13 + at)) for at, item in enumerate(made.sources)),
    )
    found = compare(dated, RIGHTS, zone=SETTINGS.zone)
    if found is None:
        return {}
    return {row.name: [cell.words for cell in row.cells] for row in found.rows if row.item == "decision"}


def test_points_that_name_the_same_thing_stand_in_one_row() -> None:
    assert rows_of(two_sources(HARBOUR, WIRE)) == {"観測ブイネットワーク": [("合意",), ("合意",)]}


@pytest.mark.parametrize(
    "second",
    [
        WIRE.replace("合意", "確認"),  # another verb is another point
        WIRE.replace("観測ブイネットワーク", "港の予算"),  # nothing that both name
    ],
)
def test_points_that_do_not_clearly_match_are_only_counted(second: str) -> None:
    assert rows_of(two_sources(HARBOUR, second)) == {}


def test_a_linked_source_takes_no_part_in_pairs() -> None:
    assert rows_of(two_sources(HARBOUR, WIRE, policy="link")) == {}


def test_home_leads_with_a_recent_briefing_that_has_key_points() -> None:
    newest = tuple((f"content/briefings/b{number}.md", plain_briefing(number)) for number in range(1, 6))
    made = pages(content((PATH, briefing()), *newest))
    home = HTMLParser(made["index.html"])
    top = home.css_first(".top h2")
    assert top is not None
    assert top.text() == "見本海洋大臣会談の概要"
    assert "0件" not in home.css_first(".top").text()  # type: ignore[union-attr]
    assert "見本海洋大臣会談の概要" not in home.css_first(".list").text()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "短い文。次の文はもう少しだけ長く書いて、ここで終わる見本の文である。三つ目。",
            "短い文。次の文はもう少しだけ長く書いて、ここで終わる見本の文である。",
        ),
        (
            "一つ目の文は十分に長いので、これだけで終わるはずの見本である。表 見出し 値",
            "一つ目の文は十分に長いので、これだけで終わるはずの見本である。",
        ),
        ("「かぎの中。」で終わる。", "「かぎの中。」で終わる。"),
        ("Version 1.5 is out now for all users of it. More follows.", "Version 1.5 is out now for all users of it."),
        ("句点のない文", "句点のない文"),
        ("", ""),
        ("長" * 300, "長" * 160 + "…"),
    ],
)
def test_a_note_in_a_list_shows_its_first_sentence(text: str, said: str) -> None:
    assert opening(text) == said


def note(at: str, kind: str = "note") -> NoteBlock:
    return NoteBlock(
        NoteCard("n", "/notes/n/", "注", "correction" if kind == "correction" else "note", "ja"), "<p>注</p>", "A3", at
    )


def test_a_note_stands_beside_the_outermost_block_it_is_about() -> None:
    html = '<p id="L1">一</p>\n<ul>\n<li id="L2">二<br></li>\n<li id="L3">三</li>\n</ul>\n<p id="L4">四</p>\n'
    parts, rest = beside(html, (note("L3"), note("L9"), note("L4", "correction"), note("L2")))
    assert "".join(part.html for part in parts) == html.replace("</ul>\n<p", "</ul>\n<p")
    (placed,) = [part for part in parts if part.notes]
    assert placed.html.startswith("<ul>")
    assert placed.html.endswith("</ul>")
    assert [item.anchor for item in placed.notes] == ["L3", "L2"]
    assert [item.anchor for item in rest] == ["L9", "L4"]


def test_the_page_shows_a_placed_note_once_and_keeps_it_in_the_history() -> None:
    own = Note(
        "値の注", date=date(2023, 1, 20), author="見本編集部", on="2023-01-12-mihon", at="L3", body="注の本文です。\n"
    )
    html = pages(content(notes=(("content/notes/atai.md", own),)))[PAGE]
    tree = HTMLParser(html)
    (margin,) = tree.css(".beside > .note.margin")
    assert "注の本文です。" in margin.text()
    assert tree.css_first(".beside > #L3") is not None
    assert tree.css_first("section#notes") is None
    assert "値の注" in tree.css_first("#history").text()  # type: ignore[union-attr]
