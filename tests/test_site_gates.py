"""Every page kind under axe-core, in light and dark, narrow and wide, and with everything open."""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from search_site import chromium, corpus, served
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from site_content import TEMPLATES, briefing, content, pages, plain_briefing

from yoroku.briefing.model import Note, Person, Source, Span
from yoroku.search import index
from yoroku.site.theme import Theme

SLUG = "briefings/2023-01-12-mihon/"
KINDS = (
    "",
    SLUG,
    f"{SLUG}brief/",
    f"{SLUG}source/",
    "briefings/",
    "timeline/",
    "timeline/2023/",
    "archive/",
    "archive/2023/01/",
    "people/",
    "people/kirihara/",
    "orgs/",
    "orgs/kaiyo/",
    "places/",
    "places/vernas/",
    "topics/",
    "tags/",
    "notes/",
    "notes/teisei/",
    "corrections/",
    "search/",
    "about/",
    "about/editorial/",
    "about/sources/",
    "about/accessibility/",
    "404.html",
    f"en/{SLUG}",
)
# Kinds that have controls of their own.
WALKED = ("", SLUG, "timeline/", "people/kirihara/", "about/sources/")
OPENED = ("", SLUG, "people/kirihara/", "about/sources/")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async rules => (await axe.run(document, {runOnly: rules, resultTypes: ['violations']})).violations.map(
    ({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(node => node.target.join(' ') + ' ' + node.failureSummary)}`)"""
ALL = {"type": "tag", "values": TAGS}
# What a change of colours or width can break; the structure is the same in both.
LOOKS = {"type": "rule", "values": ["color-contrast", "link-in-text-block", "target-size"]}
OPEN = """() => { for (const part of document.querySelectorAll('details')) part.open = true;
    document.querySelector('.pv')?.click(); }"""
# A word of the sample corpus, and how long a busy machine may take to find it.
ASKED = "会談"
WAIT = 60_000
# What has the focus after each press of a key: seen at all, in the window, and marked by more than its colours.
WATCH = """() => { window.stops = []; addEventListener('keyup', () => { const e = document.activeElement;
    const box = e.getBoundingClientRect(), own = getComputedStyle(e);
    const around = e.type === 'search' ? getComputedStyle(e.form) : own;
    stops.push({ what: e.outerHTML.slice(0, 120), at: e === document.body ? 'body' : '',
        shown: box.width > 0 && box.height > 0,
        within: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        marked: own.outlineStyle !== 'none' && parseFloat(own.outlineWidth) >= 2 || around.outlineStyle !== 'none'
            || (!FORCED && around.boxShadow !== 'none') }); }); }"""
# The first view, without the icon, which a browser asks for on its own.
FIRST_VIEW = 30_000
REQUESTS = 6


def axe() -> str:
    """The text of axe-core, which the test dependency carries."""
    spec = importlib.util.find_spec("axe_playwright_python")
    if spec is None or spec.origin is None:
        pytest.skip("axe-playwright-python is not installed")
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """The small site with two notes on one briefing, one of them beside a paragraph, and sources that are compared."""
    own = Note(
        "値の注", date=date(2023, 1, 20), author="見本編集部", on="2023-01-12-mihon", at="L3", body="注の本文です。\n"
    )
    base = content()
    tagged = Note("札のある注", date=date(2023, 1, 21), tags=("観測",), body="注の本文です。\n")
    notes = (*base.notes, ("content/notes/atai.md", own), ("content/notes/fuda.md", tagged))
    return pages(replace(base, notes=notes))


@pytest.fixture(scope="module")
def site(made: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("gates")
    for path, text in made.items():
        # The other tests have a base address; here the site stands at the root.
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.replace('="/sub/', '="/'), encoding="utf-8")
    assets = Theme(TEMPLATES).assets
    for path, data in assets.files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    engine = "../" + assets.names["search/engine.js"].lstrip("/")
    report = index(corpus(), out=root / "pagefind", cache=tmp_path_factory.mktemp("cache"), engine=engine)
    assert not report.problems, report.problems
    with served(root) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as program:
        yield program


@pytest.mark.parametrize(
    ("width", "scheme", "rules"),
    [(1280, "light", ALL), (390, "dark", ALL), (1280, "dark", LOOKS), (390, "light", LOOKS)],
    ids=["wide-light", "narrow-dark", "wide-dark", "narrow-light"],
)
def test_axe_finds_nothing(browser: Any, site: str, width: int, scheme: str, rules: dict[str, Any]) -> None:
    source = axe()
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    found: dict[str, list[str]] = {}
    # The other pairs of width and colours: the kinds that hold every component.
    for path in KINDS if rules is ALL else OPENED:
        page.goto(site + path)
        # Through the debugger, so that the page's own policy stays as it is.
        page.evaluate(source)
        found[path] = page.evaluate(RUN, rules)
        if path in OPENED:
            page.evaluate(OPEN)
            found[f"{path} open"] = page.evaluate(RUN, rules)
        if path == SLUG:
            page.keyboard.press("Escape")
            page.locator("[data-search-open]").first.click()
            page.locator("dialog[open] [data-search-input]").fill(ASKED)
            page.locator("dialog[open] a.hit").first.wait_for(timeout=WAIT)
            show_facets(page, "dialog[open]")
            found[f"{path} search"] = page.evaluate(RUN, rules)
    page.goto(f"{site}search/?q={ASKED}")
    page.locator("a.hit").first.wait_for(timeout=WAIT)
    show_facets(page, "main")
    page.evaluate(source)
    found["results"] = page.evaluate(RUN, rules)
    context.close()
    assert {where: what for where, what in found.items() if what} == {}


def show_facets(page: Any, inside: str) -> None:
    """Open the filters, which narrow windows fold, and wait for their values."""
    page.locator(f"{inside} .sd-fil > details").evaluate("fold => { fold.open = true; }")
    page.locator(f"{inside} .sd-fil label").first.wait_for(timeout=WAIT)


@pytest.mark.parametrize(("width", "forced"), [(1280, False), (390, True)], ids=["wide", "narrow-forced"])
def test_every_stop_of_every_kind_can_be_seen(browser: Any, site: str, width: int, forced: bool) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 700}, forced_colors="active" if forced else "none"
    )
    page = context.new_page()
    lost: dict[str, list[str]] = {}
    for path in (*WALKED, f"search/?q={ASKED}"):
        page.goto(site + path)
        if "?q=" in path:
            page.locator("a.hit").first.wait_for(timeout=WAIT)
        page.evaluate(WATCH.replace("FORCED", str(forced).lower()))
        stops: list[dict[str, Any]] = []
        while len(stops) < 200 and not any(stop["at"] for stop in stops):
            for _ in range(20):
                page.keyboard.press("Tab")
            stops = page.evaluate("stops")
        stops = stops[: next((at for at, stop in enumerate(stops) if stop["at"]), len(stops))]
        assert len(stops) > 12, path
        bad = [stop["what"] for stop in stops if not (stop["shown"] and stop["within"] and stop["marked"])]
        if bad:
            lost[path] = bad
    context.close()
    assert lost == {}


def crowded() -> dict[str, str]:
    """The lists of a site with 200 briefings in one year about 400 people, no two titles or names alike."""
    letters = "海洋港湾防災観測通信農業漁業林教育医療交光予算統計気象計画協力調査対策"

    def word(number: int) -> str:
        digest = hashlib.sha256(str(number).encode()).digest()
        return "".join(letters[byte % len(letters)] for byte in digest[:12])

    briefings = []
    for number in range(200):
        plain = plain_briefing(number)
        day = date(2024, 1 + number % 12, 1 + number % 28)
        people = (Person(f"{word(number)[:4]}{number}"), Person(f"{chr(65 + number % 26)}{number}"))
        briefings.append(
            (f"content/briefings/b-{number}.md", replace(plain, title=word(number) * 3, people=people, date=day))
        )
    made = content(*briefings)
    return pages(replace(made, settings=replace(made.settings, languages=())), kinds=("index", "timeline", "archive"))


def test_lists_of_a_crowded_site_come_in_parts_and_stay_light() -> None:
    made = crowded()
    people = [HTMLParser(made[path]) for path in sorted(made) if path.startswith("people/")]
    assert len(people) == 3
    names = [node.text() for page in people for node in page.css(".entries b")]
    assert len(names) == len(set(names)) == 400
    # Every month of the large year is led to, and its own page holds all of its rows.
    year = HTMLParser(made["timeline/2024/index.html"])
    assert [a.attributes["href"] for a in year.css("nav.jump li[id] a")] == [f"{month:02}/" for month in range(1, 13)]
    months = [HTMLParser(made[f"timeline/2024/{month:02}/index.html"]) for month in range(1, 13)]
    assert sum(len(month.css("ol.tl > li")) for month in months) == 200
    led = [str(a.attributes["href"]).partition("#") for a in HTMLParser(made["people/index.html"]).css("nav.jump a")]
    assert led
    assert all(HTMLParser(made[f"people/{page}index.html"]).css_first(f"#{anchor}") for page, _, anchor in led)
    test_the_first_view_is_light(made)


def test_notes_corrections_and_tags_come_in_parts_and_stay_light() -> None:
    told = hashlib.sha256(b"").hexdigest()
    notes = []
    for number in range(310):
        text = "".join(chr(0x4E00 + int(told[at : at + 3], 16)) for at in range(0, 60, 3))
        told = hashlib.sha256(told.encode()).hexdigest()
        notes.append(
            (
                f"content/notes/n-{number}.md",
                Note(
                    f"{text[:12]}{number}",
                    "correction" if number % 2 else "note",
                    "ja",
                    date(2020 + number % 6, 1, 1),
                    author="見本編集部",
                    tags=(f"札{text[:4]}{number}", "共通"),
                    was=text[:8] if number % 2 else "",
                    now=text[8:16] if number % 2 else "",
                    body=f"{text * 4}\n",
                ),
            )
        )
    base = content(("content/briefings/b.md", replace(plain_briefing(1), tags=("共通",))))
    settings = replace(base.settings, languages=())
    asked = replace(base, notes=tuple(notes), settings=settings)
    made = pages(asked, kinds=("notes", "corrections", "tag", "briefing"))

    def parts(folder: str) -> list[HTMLParser]:
        first = re.compile(rf"{folder}(page/\d+/)?index\.html")
        return [HTMLParser(html) for path, html in made.items() if first.fullmatch(path)]

    common = str(HTMLParser(made["briefings/b/index.html"]).css("a[rel=tag]")[0].attributes["href"]).strip("./")
    for folder, css, total in (
        ("notes/", ".note .t a", 310),
        ("corrections/", ".note .t a", 155),
        ("tags/", "main > .chips .chip", 311),
        (f"{common}/", ".note .t a, .list h3 a", 311),
    ):
        shown = parts(folder)
        led = [str(node.attributes["href"]).rsplit("../", 1)[-1] for page in shown for node in page.css(css)]
        assert len(led) == len(set(led)) == total, folder
        assert len({page.css_first("title").text() for page in shown}) == len(shown) > 1  # type: ignore[union-attr]
    test_the_first_view_is_light(made)


def test_the_first_view_is_light(made: dict[str, str]) -> None:
    files = {"/" + path.lstrip("/"): data for path, data in Theme(TEMPLATES).assets.files.items()}
    for path, html in made.items():
        if not path.endswith(".html"):
            continue
        wanted = re.findall(r'<(?:script [^>]*src|link rel="stylesheet" href)="([^"]*)"', html)
        names = {name for name in files if any(f"/{url}".endswith(name) for url in wanted)}
        assert len(wanted) + 1 <= REQUESTS, path
        assert len(names) == len(wanted), (path, wanted)
        size = len(gzip.compress(html.encode())) + sum(len(gzip.compress(files[name])) for name in names)
        assert size <= FIRST_VIEW, (path, size)


def test_a_full_brief_fits_one_sheet(browser: Any, tmp_path: Path) -> None:
    point = briefing().decisions[0]
    long = "両国の大臣は、海の観測を続けるための取り決めを改め、値の集め方と配り方をそろえることで合意した。"
    text = "\n\n".join(f"{number}番目に、{long} ^L{number}" for number in range(1, 21))
    decisions = tuple(
        replace(point, text=f"{number}番目に、{long}", heading="", lines=(Span(number, number),))
        for number in range(1, 21)
    )
    many = tuple(
        Source(
            f"見本新聞{number}",
            "長い題名の記事" * 4,
            f"https://example.org/{'a' * 60}{number}",
            policy="full",
            lines=(Span(1, 20),),
        )
        for number in range(3)
    )
    full = briefing(title="とても長い題名" * 12, sources=many, decisions=decisions, body=text)
    html = pages(content(("content/briefings/2023-01-12-mihon.md", full)))
    root = tmp_path / "one"
    for path, data in Theme(TEMPLATES).assets.files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    target = root / f"{SLUG}brief/index.html"
    target.parent.mkdir(parents=True)
    target.write_text(html[f"{SLUG}brief/index.html"], encoding="utf-8")
    with served(root) as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}{SLUG}brief/")
        data = page.pdf(format="A4", prefer_css_page_size=True)
        context.close()
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", data)) == 1
