"""The pages of a site: their addresses, their links, what they say, in both languages and on many briefings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, datetime
from html.parser import HTMLParser as Tags
from pathlib import Path
from typing import get_type_hints

import pytest
from jinja2 import FileSystemBytecodeCache
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode
from site_content import AUTHORITY, SETTINGS, TEMPLATES, briefing, content, pages, plain_briefing, reader

from yoroku.briefing.model import Event, Note, Person, Source, Span, State, Statement
from yoroku.problems import Problems
from yoroku.site import urls
from yoroku.site.assets import collect
from yoroku.site.compare import compare
from yoroku.site.dates import Formatter
from yoroku.site.links import dead_links
from yoroku.site.names import gather, slug_of
from yoroku.site.pages import PAGE_KINDS
from yoroku.site.permalinks import collisions, of_alias, of_briefing, of_page
from yoroku.site.reserved import RESERVED
from yoroku.site.rights import policies
from yoroku.site.strings import TABLE, strings
from yoroku.site.theme import Theme
from yoroku.site.verbs import strength

RIGHTS = policies(SETTINGS, gather(AUTHORITY, SETTINGS.topics))
PAGE = "briefings/2023-01-12-mihon/index.html"


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    """The small site in both languages."""
    return pages()


@pytest.fixture(scope="module")
def large() -> dict[str, str]:
    """Forty-five briefings with one person in all."""
    made = content(*((f"content/briefings/kai-{n}.md", plain_briefing(n)) for n in range(45)))
    return pages(replace(made, settings=replace(SETTINGS, languages=())))


def text_of(html: str, css: str = "main") -> str:
    """The words below an element, white space aside."""
    node = HTMLParser(html).css_first(css)
    assert node is not None, css
    return " ".join(node.text(separator=" ").split())


def test_every_page_kind_of_the_design_is_there(site: dict[str, str]) -> None:
    briefing_pages = ("", "brief/", "source/")
    folders = [f"briefings/2023-01-12-mihon/{part}" for part in briefing_pages]
    folders += ["", "briefings/", "timeline/", "timeline/2023/", "archive/", "archive/2023/", "archive/2023/01/"]
    folders += ["people/", "people/kirihara/", "orgs/", "orgs/kaiyo/", "places/", "places/vernas/", "topics/"]
    folders += ["notes/", "notes/teisei/", "notes/old/", "corrections/", "search/"]
    folders += ["about/", "about/editorial/", "about/sources/", "about/accessibility/"]
    wanted = [*(f"{folder}index.html" for folder in folders), "404.html"]
    assert set(wanted) <= set(site)
    assert {f"en/{path}" for path in wanted if path != "404.html"} <= set(site)


def test_no_link_leads_nowhere(site: dict[str, str], large: dict[str, str]) -> None:
    for made in (site, large):
        html = {path: text for path, text in made.items() if path.endswith(".html") and path != "404.html"}
        assert dead_links(html, [*Theme(TEMPLATES).assets.files, *made]) == ()


def test_ids_are_unique_and_popovers_have_their_buttons(site: dict[str, str]) -> None:
    for path, html in site.items():
        if path.endswith(".html"):
            ids = re.findall(r'\sid="([^"]*)"', html)
            assert len(ids) == len(set(ids)), path
            targets = set(re.findall(r'popovertarget="([^"]*)"', html))
            assert targets <= set(ids), path
            assert set(re.findall(r'popover id="([^"]*)"', html)) <= targets, path


def test_a_heading_never_takes_an_id_of_the_theme() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html"))
    named = set(re.findall(r'\bid="([^"{]+)"', written))
    assert "end" in named
    assert named <= RESERVED


def test_no_inline_script_or_style(site: dict[str, str]) -> None:
    for path, html in site.items():
        if path.endswith(".html"):
            tree = HTMLParser(html)
            assert not tree.css("style, [style], [onclick], [onload]"), path
            inline = [node for node in tree.css("script") if "src" not in node.attributes]
            assert all((node.attributes.get("type") or "").endswith("json") for node in inline), path


def test_nothing_is_loaded_from_elsewhere(site: dict[str, str]) -> None:
    for path, html in site.items():
        if path.endswith(".html"):
            tree = HTMLParser(html)
            loads = [node.attributes.get("src") or "" for node in tree.css("script[src], img, iframe, source")]
            loads += [node.attributes.get("href") or "" for node in tree.css("link[rel=stylesheet], link[rel=icon]")]
            assert not [url for url in loads if "//" in url], path


def test_links_are_relative_except_on_404(site: dict[str, str]) -> None:
    assert 'href="../../people/kirihara/"' in site[PAGE]
    assert 'href="/sub/search/"' in site["404.html"]


def test_two_clocks_show_local_and_japan_time(site: dict[str, str]) -> None:
    clocks = text_of(site[PAGE], ".clocks")
    assert "現地(米東部) 1.12 木 16:00" in clocks
    assert "+14時間" in clocks
    assert "日本時間 1.13 金 6:00 換算" in clocks
    assert "2023年1月12日(現地) 令和5年1月12日(現地)" in text_of(site[PAGE], ".facts dl")


def test_no_second_clock_where_the_zones_agree() -> None:
    at = Event(start=datetime.fromisoformat("2023-01-12T16:00+09:00"), timezone="Asia/Tokyo")
    html = pages(content(("content/briefings/2023-01-12-mihon.md", briefing(events=(at,)))))[PAGE]
    assert "clocks" not in html
    assert "16:00 (日本)" in text_of(html, ".facts")


def test_a_point_carries_verb_words_and_chip(site: dict[str, str]) -> None:
    point = HTMLParser(site[PAGE]).css_first("ol.points > li")
    assert point is not None
    assert "合意" in point.text()
    assert "観測値の交換" in point.text()
    button = point.css_first("button.pv")
    assert button is not None
    assert button.text() == "A3"
    assert (button.attributes["aria-label"] or "").startswith("A3 ")
    assert "両大臣は、波の高さ" in text_of(site[PAGE], "#p-A3")
    assert '<a href="#L3">' in site[PAGE]


def test_statements_stand_under_their_speaker(site: dict[str, str]) -> None:
    card = text_of(site[PAGE], ".speaker")
    assert card.startswith("桐 桐原澄江 海洋大臣 2件")
    assert "「来年の春には全部の海岸で予測を出せるようにしたい」 直接引用" in card
    assert "要旨" in card


@pytest.mark.parametrize(
    ("lang", "said", "shown"),
    [("ja", "進めたい", "「進めたい」"), ("ja", "「進めたい」", "「進めたい」"), ("en", "We go on", "“We go on”")],
)
def test_quotation_marks_are_those_of_the_words(lang: str, said: str, shown: str) -> None:
    words = Statement("桐原澄江", said, mode="direct", lines=(Span(1, 1),))
    source = Source("見本海洋省", "会合", policy="full", lines=(Span(1, 3),))
    made = replace(plain_briefing(1), lang=lang, sources=(source,), statements=(words,), body=f"{said} ^L1")
    html = pages(content(("content/briefings/b.md", made)), kinds=("briefing", "one-page", "entity"))
    for path in ("briefings/b/index.html", "briefings/b/brief/index.html", "people/kirihara/index.html"):
        assert text_of(html[path], "figure.stmt blockquote") == shown, path


def test_unchecked_items_are_said_to_be_unchecked(site: dict[str, str]) -> None:
    assert "未確認 日付の書き方が二通りあります" in text_of(site[PAGE], "#unchecked")
    assert "未確認" in text_of(site[PAGE], ".facts")


def test_sources_say_their_rights(site: dict[str, str]) -> None:
    boxes = text_of(site[PAGE], "#sources")
    assert "出典：見本海洋省 全文を載せています" in boxes
    assert "著作権は見本通信にあります" in boxes
    assert "見出しとURLだけを載せています" in boxes


def test_the_source_view_numbers_what_may_be_read(site: dict[str, str]) -> None:
    rows = text_of(site["briefings/2023-01-12-mihon/source/index.html"], "ol.lines")
    assert "A3 両大臣は、波の高さ" in rows
    assert "12行は載せていません" in rows


def test_a_correction_shows_before_after_and_reason(site: dict[str, str]) -> None:
    for path in (PAGE, "corrections/index.html", "notes/teisei/index.html"):
        tree = HTMLParser(site[path])
        assert "十基" in tree.css_first("del").text()
        assert "十二基" in tree.css_first("ins").text()
    assert "理由 数え違い" in text_of(site["corrections/index.html"])


def test_a_person_page_counts_and_groups(site: dict[str, str]) -> None:
    page = site["people/kirihara/index.html"]
    assert text_of(page, "h1") == "桐原澄江 ( きりはら すみえ )"
    assert "発言 2 件 うち直接引用 1 件" in text_of(page, ".stats")
    assert "桐原大臣 1" in text_of(page, ".tbl")


def test_the_english_interface_keeps_the_language_of_the_sources(site: dict[str, str]) -> None:
    page = HTMLParser(site["en/" + PAGE])
    assert page.css_first("html").attributes["lang"] == "en"
    assert page.css_first("h1").attributes["lang"] == "ja"
    assert "12 January 2023 (local)" in text_of(site["en/" + PAGE], ".facts")
    assert "Key points" in text_of(site["en/" + PAGE])


class Spoken(Tags):
    """The words of a page with the language that they are said to be in."""

    ALONE = frozenset({"meta", "link", "input", "br", "col", "img", "hr"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.inside: list[tuple[str, str]] = []
        self.words: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        lang = dict(attrs).get("lang") or (self.inside[-1][1] if self.inside else "")
        if tag not in self.ALONE:
            self.inside.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        while self.inside.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        # A title of a window and data for machines cannot say it.
        if self.inside and self.inside[-1][0] not in ("title", "script"):
            self.words.append((self.inside[-1][1], data.strip()))


def test_no_japanese_words_pass_for_english(site: dict[str, str]) -> None:
    spoken = {path: Spoken(text).words for path, text in site.items() if re.fullmatch(r"en/.*\.html", path)}
    assert sum(lang == "ja" for words in spoken.values() for lang, _ in words) > 100
    assert {
        (path, said)
        for path, words in spoken.items()
        for lang, said in words
        if lang == "en" and re.search("[\u3040-\u30ff\u4e00-\u9fff]", said)
    } == set()


def test_pages_of_several_languages_know_each_other(site: dict[str, str]) -> None:
    for path in ("people/index.html", "en/people/index.html"):
        links = HTMLParser(site[path]).css("link[rel=alternate][hreflang]")
        assert {str(link.attributes["hreflang"]): str(link.attributes["href"]) for link in links} == {
            "ja": "https://example.org/sub/people/",
            "en": "https://example.org/sub/en/people/",
            "x-default": "https://example.org/sub/people/",
        }
    assert "hreflang=" not in HTMLParser(site["404.html"]).head.html


def test_words_that_run_from_right_to_left_say_so_in_lists() -> None:
    made = pages(content(("content/briefings/ar.md", replace(plain_briefing(1), lang="ar", title="عينة"))))
    for path in ("briefings/index.html", "timeline/index.html", "people/kirihara/index.html", "index.html"):
        titles = [node for node in HTMLParser(made[path]).css("main [lang=ar]") if "عينة" in node.text()]
        assert titles, path
        assert all(node.attributes["dir"] == "rtl" for node in titles), path


def test_words_of_the_interface_come_from_one_table() -> None:
    used = set()
    for path in TEMPLATES.rglob("*.html"):
        source = path.read_text(encoding="utf-8")
        used |= set(re.findall(r"""\bt\(["']([\w-]+)["']""", source))
        used |= set(re.findall(r"""["']([\w-]+)["'] \| t\b""", source))
        words = re.sub(r"\{[{%#].*?[#%}]\}", "", source, flags=re.DOTALL)
        assert not re.findall(r"[ぁ-んァ-ヶ一-龠]", words), path
    for name in sorted(name for name in used if not name.endswith("-")):
        assert strings("ja")(name) is not None
    for name, (ja, en) in TABLE.items():
        assert ja or name == "unit-n"
        assert set(re.findall(r"\{(\w+)\}", ja)) == set(re.findall(r"\{(\w+)\}", en)), name


def test_lists_are_cut_into_pages(large: dict[str, str]) -> None:
    assert {"briefings/index.html", "briefings/page/2/index.html", "briefings/page/3/index.html"} <= set(large)
    assert len(HTMLParser(large["briefings/index.html"]).css("ol.list > li")) == 20
    assert "people/kirihara/page/3/index.html" in large
    pager = HTMLParser(large["briefings/page/2/index.html"]).css_first(".pager")
    assert pager is not None
    assert pager.css_first("[aria-current=page]") is not None


def test_an_empty_site_is_whole() -> None:
    made = pages(replace(content(), briefings=(), notes=(), pages=()))
    assert "まだありません" in text_of(made["index.html"])
    assert (
        dead_links(
            {p: t for p, t in made.items() if p.endswith(".html") and p != "404.html"},
            [*Theme(TEMPLATES).assets.files, *made],
        )
        == ()
    )


def test_a_view_does_not_see_what_it_does_not_show() -> None:
    """An edit to a body leaves every other page's view equal, so nothing else is remade."""
    one = (("content/briefings/a.md", plain_briefing(1)), ("content/briefings/b.md", plain_briefing(2)))
    edited = replace(plain_briefing(1), body=plain_briefing(1).body + "\n\n編集部が足した段落。\n")
    before, after = reader(content(*one)), reader(content(("content/briefings/a.md", edited), one[1]))
    changed = {
        address.url
        for kind in PAGE_KINDS
        if kind.encode is None
        for address in kind.addresses(before)
        if kind.view(before, address) != kind.view(after, address)
    }
    assert changed == {"/briefings/a/", "/en/briefings/a/"}


def test_bulletin_words_are_never_markup() -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"
    made = briefing(
        title=evil,
        statements=(Statement("桐原大臣", evil, lines=(Span(3, 3),)),),
        sources=(Source(evil, evil, "javascript:alert(3)", lines=(Span(2, 39),), policy="full"),),
        body=f"{evil} ^L3",
    )
    for path, html in pages(content(("content/briefings/2023-01-12-mihon.md", made))).items():
        if path.endswith(".html"):
            tree = HTMLParser(html)
            assert not tree.css("[onerror]"), path
            assert not [
                node
                for node in tree.css("script")
                if "alert" in (node.text() or "") and "json" not in (node.attributes.get("type") or "")
            ], path
            assert not [
                node for node in tree.css("a[href]") if (node.attributes["href"] or "").startswith("javascript:")
            ], path


def test_notes_about_nothing_and_old_addresses() -> None:
    lost = Note("行き先のないノート", on="no-such-briefing", body="本文")
    made = pages(replace(content(), notes=(("content/notes/mayoi.md", lost),)))
    assert "行き先のないノート" in made["notes/mayoi/index.html"]


def test_a_page_says_where_it_has_moved(site: dict[str, str]) -> None:
    assert 'content="0; url=../hajime/"' in site["notes/old/index.html"]


@pytest.mark.parametrize(
    ("target", "page", "expected"),
    [
        ("/a/b/", "/a/c/", "../b/"),
        ("/", "/a/c/", "../../"),
        ("/", "/", "./"),
        ("/a/c/#x", "/a/c/", "#x"),
        ("/a/c/", "/a/c/", "./"),
        ("/a/", "/a/c/", "../"),
        ("/assets/x.css", "/a/c/", "../../assets/x.css"),
        ("/a/?q=1#b", "/", "a/?q=1#b"),
        ("https://example.org/", "/a/", "https://example.org/"),
    ],
)
def test_relative_links(target: str, page: str, expected: str) -> None:
    assert urls.relative(target, page) == expected


def test_addresses_come_from_slug_then_file_name_then_a_stable_code() -> None:
    plain = plain_briefing(0)
    assert of_briefing(replace(plain, slug="umi"), "content/briefings/x.md") == "/briefings/umi/"
    assert of_briefing(plain, "content/briefings/2024-01-01-x.md") == "/briefings/2024-01-01-x/"
    japanese = of_briefing(plain, "content/briefings/海.md")
    assert re.fullmatch(r"/briefings/2024-01-01-[0-9a-f]{8}/", japanese)
    assert japanese == of_briefing(plain, "content/briefings/海.md")
    assert of_alias("../../etc/x", "briefings") == "/etc/x/"
    assert of_alias("old", "/briefings") == "/briefings/old/"
    page = content().pages[0][1]
    assert of_page(page, "content/pages/about-editorial.md") == "/about/editorial/"


def test_two_files_with_one_address_are_a_problem() -> None:
    problems = collisions([("/a/", "one.md"), ("/A/", "two.md"), ("/b/", "three.md")])
    assert [str(problem) for problem in problems] == [
        "two.md: error: the address /A/ is already that of one.md; give one of them another 'slug' [same-address]"
    ]


def test_names_mean_one_entity() -> None:
    names = gather(AUTHORITY)
    assert names.named("people", "桐原 大臣") == names.named("people", "桐原澄江")
    assert names.named("people", "別の人") is None
    assert slug_of("people", "Ada Sample") == "ada-sample"
    assert slug_of("people", "山田") == slug_of("people", "山 田")


@pytest.mark.parametrize(
    ("day", "ja", "en"),
    [
        (date(2019, 4, 30), "平成31年4月30日", "30 April Heisei 31"),
        (date(2019, 5, 1), "令和元年5月1日", "1 May Reiwa 1"),
        (date(1926, 12, 25), "昭和元年12月25日", "25 December Shōwa 1"),
        (date(1872, 1, 1), "1872年1月1日", "1 January 1872"),
    ],
)
def test_japanese_eras(day: date, ja: str, en: str) -> None:
    assert (Formatter("ja").wareki(day), Formatter("en").wareki(day)) == (ja, en)


@pytest.mark.parametrize(("verb", "level"), [("署名", 4), ("合意した", 3), ("確認", 2), ("歓迎", 1), ("見守る", 2)])
def test_strength_of_verbs(verb: str, level: int) -> None:
    assert strength(verb) == level


def test_comparison_says_not_mentioned_only_where_no_form_stands() -> None:
    silent = Person("志摩次郎", as_written=("波の高さの観測",))
    made = briefing(people=(*briefing().people, silent))
    found = compare(made, RIGHTS, zone=SETTINGS.zone)
    assert found is not None
    rows = {(row.item, row.name): row for row in found.rows}
    assert [cell.words for cell in rows[("person", "志摩次郎")].cells] == [("波の高さの観測",), ()]
    assert ("person", "桐原澄江") not in rows  # both write the same: nothing to tell
    assert rows[("source-date", "")].difference == "differs"
    assert ("place", "ベルナス") not in rows  # no text names it, so no source is said to lack it


def test_a_date_is_not_found_inside_another() -> None:
    one = "両国は11月12日に次の会合を開くことを決めたが、場所と議題はまだ何も決まっていないと発表した。"
    two = "会談は1月12日に開かれ、両国の大臣と港の代表が長い時間をかけて話し合ったと伝えられている。"
    made = briefing(
        sources=(Source("甲", lines=(Span(1, 1),), policy="full"), Source("乙", lines=(Span(2, 2),), policy="full")),
        people=(),
        places=(),
        decisions=(),
        body=f"{one} ^L1\n\n{two} ^L2",
        events=(Event(start=date(2023, 1, 12)),),
    )
    made = replace(made, people=(replace(briefing().people[0], name="両国", as_written=("両国",)),))
    found = compare(made, RIGHTS, zone=SETTINGS.zone)
    assert found is not None
    day = next(row for row in found.rows if row.item == "event-day")
    assert [cell.words for cell in day.cells] == [(), ("1月12日",)]


def test_assets_carry_their_hash_and_the_sites_tokens(tmp_path: Path) -> None:
    (tmp_path / "search").mkdir()
    (tmp_path / "site.css").write_text(":root{}", encoding="utf-8")
    (tmp_path / "search" / "a.js").write_text("export{}", encoding="utf-8")
    plain, own = collect(tmp_path), collect(tmp_path, tokens=b":root{--ai:#123456}")
    assert plain.names["site.css"] != own.names["site.css"]
    assert own.files[own.names["site.css"].lstrip("/")].endswith(b"#123456}")
    assert plain.names["search/a.js"].startswith("/assets/search.")


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ page.titel }}", "templates/x.html:1:9: error: BriefingPage has no 'titel'"),
        ("a\n{% if %}", "templates/x.html:2: error: "),
        ("\n\n{{ nothing }}", "templates/x.html:3:4: error: 'nothing' is not defined"),
        ("{% include 'nowhere.html' %}", "there is no template 'nowhere.html'"),
        ("{{ t('no-such-word') }}", "templates/x.html:1: error: there is no string 'no-such-word'"),
    ],
)
def test_a_mistake_in_a_template_has_a_place(tmp_path: Path, template: str, said: str) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "x.html").write_text(template, encoding="utf-8")
    asked = reader()
    kind = next(kind for kind in PAGE_KINDS if kind.name == "briefing")
    address = kind.addresses(asked)[0]
    with pytest.raises(Problems) as caught:
        Theme(folder).render("x.html", kind.view(asked, address), page_url=address.url, lang="ja", base_url="")
    assert said in str(caught.value)


def test_the_search_words_of_a_page_are_in_its_language(site: dict[str, str]) -> None:
    for path, word in (("index.html", "もう一度試す"), ("en/index.html", "Try again")):
        node = HTMLParser(site[path]).css_first("#search-strings")
        assert node is not None
        assert json.loads(node.text())["search_retry"] == word


def words_of(html: str) -> list[tuple[str, str]]:
    """Language and text of every stretch of words that a reader sees or hears."""
    found = []
    for node in HTMLParser(html).css("body, body *"):
        if node.tag in {"script", "style"}:
            continue
        lang = next(
            (str(at.attributes["lang"]) for at in (node, *ancestors(node)) if at.attributes.get("lang")),
            "",
        )
        own = [child.text() for child in node.iter(include_text=True) if child.tag == "-text"]
        said = [
            str(node.attributes[name]) for name in ("aria-label", "title", "placeholder") if node.attributes.get(name)
        ]
        found += [(lang, text.strip()) for text in (*own, *said) if text.strip()]
    return found


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    while (node := node.parent) is not None:  # type: ignore[assignment]
        yield node


def test_no_word_of_one_interface_is_left_in_the_other(site: dict[str, str]) -> None:
    english = {en for ja, en in TABLE.values() if ja != en and "{" not in en and len(en) > 3}
    japanese = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
    for path, html in site.items():
        if not path.endswith(".html"):
            continue
        for lang, text in words_of(html):
            if path.startswith("en/") and lang == "en":
                # A sentence of the interface may name what has a Japanese name; words of one's own are marked.
                assert not japanese.search(text) or re.search("[A-Za-z]", text), (path, text)
            elif not path.startswith("en/") and lang == "ja":
                assert text not in english, (path, text)


def test_the_template_document_names_every_field() -> None:
    document = (TEMPLATES.parent / "docs" / "templates.md").read_text(encoding="utf-8")
    rows = {row.split("`")[1]: row for row in document.splitlines() if row.startswith("| `") and ".html" in row}
    for kind in PAGE_KINDS:
        if kind.template:
            view = get_type_hints(kind.view)["return"]
            assert [field.name for field in fields(view)] == re.findall(r"`(\w+)`", rows[kind.template])[1:], kind.name


def test_compiled_templates_of_two_languages_stay_apart(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "x.html").write_text('{{ "close" | t }}', encoding="utf-8")
    for _ in range(2):
        theme = Theme(folder, cache=FileSystemBytecodeCache(str(tmp_path)))
        said = [theme.render("x.html", None, page_url="/", lang=lang, base_url="") for lang in ("en", "ja")]
        assert said == ["Close", "閉じる"]


def test_an_unlisted_briefing_links_to_no_page_that_is_not_there() -> None:
    hidden = briefing(state=State(unlisted=True))
    made = pages(content(("content/briefings/ura.md", hidden), ("content/briefings/a.md", plain_briefing(1))))
    html = {path: text for path, text in made.items() if path.endswith(".html") and path != "404.html"}
    assert dead_links(html, [*Theme(TEMPLATES).assets.files, *made]) == ()


@pytest.mark.parametrize(
    ("at", "href"), [("L3", "#L3"), ("見本海洋省の発表", "#見本海洋省の発表"), ("L999", None), ("", None)]
)
def test_a_note_leads_to_what_it_is_about(at: str, href: str | None) -> None:
    note = Note("注", on="2023-01-12-mihon", at=at, body="本文")
    tree = HTMLParser(pages(replace(content(), notes=(("content/notes/chu.md", note),)))[PAGE])
    link = tree.css_first(".note .by a[href^='#']")
    assert (link.attributes["href"] if link else None) == href
