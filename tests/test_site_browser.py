"""The pages in a real browser: quiet, still, fitting; popovers, switches, without scripts, from disk."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from site_content import TEMPLATES, pages

from yoroku.site.theme import Theme

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = (
    "/",
    "/briefings/2023-01-12-mihon/",
    "/briefings/2023-01-12-mihon/brief/",
    "/briefings/2023-01-12-mihon/source/",
    "/briefings/",
    "/timeline/",
    "/archive/2023/01/",
    "/people/",
    "/people/kirihara/",
    "/notes/teisei/",
    "/corrections/",
    "/about/sources/",
    "/404.html",
    "/en/briefings/2023-01-12-mihon/",
)
PAGE = PAGES[1]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SHIFT = """new Promise(done => { let sum = 0; new PerformanceObserver(list => { for (const entry of list.getEntries())
    if (!entry.hadRecentInput) sum += entry.value; }).observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(sum), 100); })"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site on disk, below a base path."""
    root = tmp_path_factory.mktemp("site")
    for path, text in pages().items():
        target = root / "sub" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    for path, data in Theme(TEMPLATES).assets.files.items():
        target = root / "sub" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return root


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server that does not write to the terminal."""

    def log_message(self, *_: Any) -> None:
        pass


class Slow(Quiet):
    """Pages that come in pieces and scripts that come late, as on a bad line: what is moved by them can be seen."""

    def copyfile(self, source: Any, outputfile: Any) -> None:
        data = source.read()
        if data.startswith(b"<!doctype"):
            size = len(data) // 8 + 1
            for start in range(0, len(data), size):
                outputfile.write(data[start : start + size])
                time.sleep(0.03)
        else:
            time.sleep(0.1)
            outputfile.write(data)


@pytest.fixture(scope="module", params=[Quiet], ids=["quick"])
def site(folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of the site."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(request.param, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/sub"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield chromium
        chromium.close()


@pytest.mark.parametrize("site", [Slow], ids=["slow"], indirect=True)
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_are_quiet_still_and_fit(browser: Any, site: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    for path in PAGES:
        page = context.new_page()
        said: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message, said=said: said.append(message.text))
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(site + path)
        assert page.evaluate(SIDEWAYS) <= 0, path
        assert page.evaluate(SHIFT) < 0.001, path
        assert said == [], path
        assert [url for url in asked if not url.startswith(site)] == [], path
        assert len(asked) <= 6, (path, asked)
        page.close()
    context.close()


@pytest.mark.parametrize("site", [Slow], ids=["slow"], indirect=True)
@pytest.mark.parametrize("width", [320, 1280])
def test_a_search_that_fails_moves_nothing(browser: Any, site: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    # There is no index in this folder.
    page.goto(site + "/search/?q=観測")
    page.locator(".hits .empty button").wait_for(timeout=60_000)
    # What stands on the page without a search stands below, and did not before.
    assert page.locator("[data-search-start] h2").first.is_visible()
    assert page.locator("[data-search-start] h2").first.bounding_box()["y"] > page.locator(".empty").bounding_box()["y"]
    assert "読み込めませんでした" in page.locator("[data-search-status]").inner_text()
    assert page.evaluate(SHIFT) == 0
    page.goto(site + "/search/")
    page.get_by_text("読み込めませんでした").wait_for(timeout=60_000)
    assert page.locator("[data-search-start] h2").first.is_visible()
    assert page.evaluate(SHIFT) == 0
    context.close()


def test_text_may_be_read_at_twice_its_size(browser: Any, site: str) -> None:
    context = browser.new_context(viewport={"width": 640, "height": 450})
    page = context.new_page()
    page.goto(site + PAGE)
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert page.evaluate(SIDEWAYS) <= 0
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_chip_shows_its_line_and_leads_to_it(browser: Any, site: str, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(site + PAGE)
    page.locator("ol.points .pv").first.click()
    shown = page.locator("#p-A3")
    assert shown.is_visible()
    assert "両大臣は、波の高さ" in shown.inner_text()
    shown.locator("a").click()
    assert page.url.endswith("#L3")
    assert page.locator("#L3").is_visible()
    context.close()


def test_without_scripts_nothing_is_offered_that_needs_them(browser: Any, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + PAGE)
    assert not [node for node in page.locator(".js-only").all() if node.is_visible()]
    assert page.locator("h1").is_visible()
    page.goto(site + "/search/")
    assert "JavaScript" in page.locator("main").inner_text()
    assert page.locator("main .list h3 a").first.is_visible()
    assert not page.locator("main form").is_visible()
    context.close()


def test_era_and_colours_are_kept(browser: Any, site: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(site + PAGE)
    page.locator("[data-era-switch]").click()
    assert "令和5年1月12日" in page.locator(".facts").inner_text()
    page.locator("#theme").click()
    page.locator("#theme").click()
    page.goto(site + "/")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert "令和" in page.locator(".strip").inner_text()
    context.close()


def test_right_to_left_forced_colours_and_print_do_not_break(browser: Any, site: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, forced_colors="active", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(site + PAGE)
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate(SIDEWAYS) <= 0
    page.emulate_media(media="print")
    assert not page.locator(".mast .nav").is_visible()
    assert page.locator("h1").is_visible()
    context.close()


def test_the_one_page_brief_fits_one_sheet(browser: Any, site: str, tmp_path: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(site + "/briefings/2023-01-12-mihon/brief/")
    data = page.pdf(format="A4", prefer_css_page_size=True)
    assert data.count(b"/Type /Page\n") == 1
    context.close()


def test_pages_open_from_disk(browser: Any, folder: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((folder / "sub" / "index.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.mast')).borderBottomStyle") == "solid"
    page.locator(".top h2 a").click()
    page.wait_for_url("**/2023-01-12-mihon/index.html")
    assert page.locator("h1").inner_text() == "見本海洋大臣会談の概要"
    context.close()
