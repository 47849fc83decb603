"""Live reload, the error page and the notices, in a real browser."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from preview_site import MiniSite, Running, make_project, running, write

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
PATIENCE = 10_000
DETAILS = (
    "<details><summary>甲</summary><p>開く</p></details><details open><summary>乙</summary><p>閉じる</p></details>"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Running]:
    with running(make_project(tmp_path)) as it:
        yield it


@pytest.fixture
def context(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


def visit(context: Any, live: Running, target: str) -> Any:
    """An open page; what it complains of is collected in `page.complaints`."""
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: complain(page, message))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(live.url + target)
    page.evaluate("window.before = true")
    return page


def complain(page: Any, message: Any) -> None:
    if message.type == "error" and not message.location["url"].endswith("/favicon.ico"):
        page.complaints.append(message.text)


def eventually(page: Any, expression: str) -> None:
    """Wait until an expression is true; `wait_for_function` would need what the pages' policy forbids."""
    end = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        time.sleep(0.02)


def reloaded(page: Any) -> bool:
    return not page.evaluate("window.before === true")


def test_saved_text_appears_by_itself(context: Any, live: Running, tmp_path: Path) -> None:
    page = visit(context, live, "/tea/")
    write(tmp_path / "content/tea.md", "title: お茶の記録\n二煎目。\n")
    page.get_by_text("二煎目。").wait_for()
    assert reloaded(page)
    assert page.complaints == []


def test_page_whose_bytes_stayed_is_left_alone(context: Any, live: Running, tmp_path: Path) -> None:
    sea, tea = visit(context, live, "/sea/"), visit(context, live, "/tea/")
    write(tmp_path / "content/tea.md", "title: お茶の記録\n三煎目。\n")
    tea.get_by_text("三煎目。").wait_for()
    sea.wait_for_timeout(300)
    assert not reloaded(sea)


def test_all_tabs_and_devices_follow(context: Any, browser: Any, live: Running, tmp_path: Path) -> None:
    pages = [visit(context, live, "/tea/") for _ in range(7)]  # more than a browser's six connections
    other = browser.new_context()
    pages.append(visit(other, live, "/tea/"))
    write(tmp_path / "content/tea.md", "title: お茶の記録\n四煎目。\n")
    for page in pages:
        page.get_by_text("四煎目。").wait_for()
    other.close()


def test_styles_change_without_a_reload(context: Any, live: Running, tmp_path: Path) -> None:
    page = visit(context, live, "/tea/")
    write(tmp_path / "templates/assets/site.css", "h1 { color: rgb(1, 2, 3); }\n")
    eventually(page, "getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, 3)'")
    eventually(page, "document.querySelectorAll('link[rel=stylesheet]').length === 1")
    assert not reloaded(page)
    write(tmp_path / "templates/assets/site.css", "h1 { color: rgb(4, 5, 6); }\n")
    eventually(page, "getComputedStyle(document.querySelector('h1')).color === 'rgb(4, 5, 6)'")
    assert not reloaded(page)
    assert page.complaints == []


def test_renamed_stylesheet_is_swapped_too(context: Any, live: Running, tmp_path: Path) -> None:
    """A site that puts a digest into the names of its styles changes every page with them."""
    page = visit(context, live, "/tea/")
    write(tmp_path / "templates/assets/site-2.css", "h1 { color: rgb(7, 8, 9); }\n")
    template = tmp_path / "templates/page.html"
    write(template, template.read_text("utf-8").replace("site.css", "site-2.css"))
    eventually(page, "getComputedStyle(document.querySelector('h1')).color === 'rgb(7, 8, 9)'")
    assert not reloaded(page)


def test_place_and_details_are_kept(context: Any, live: Running, tmp_path: Path) -> None:
    page = visit(context, live, "/sea/")
    text = (tmp_path / "content/sea.md").read_text("utf-8")
    write(tmp_path / "content/sea.md", f"{text}{DETAILS}\n")
    page.locator("details").first.wait_for(state="attached")
    first, second = page.locator("summary").all()
    first.click()
    second.click()
    page.evaluate("scrollTo(0, 1234)")
    write(tmp_path / "content/sea.md", f"{text}{DETAILS}\n末尾に足した段落。\n")
    page.get_by_text("末尾に足した段落。").wait_for(state="attached")
    eventually(page, "scrollY === 1234")
    assert page.evaluate("[...document.querySelectorAll('details')].map((node) => node.open)") == [True, False]


def test_deleted_and_new_pages(context: Any, live: Running, tmp_path: Path) -> None:
    index, tea = visit(context, live, "/"), visit(context, live, "/tea/")
    (tmp_path / "content/tea.md").rename(tmp_path / "content/coffee.md")
    index.locator("a[href='coffee/']").wait_for()
    tea.get_by_text("見つかりません").first.wait_for()
    (tmp_path / "content/coffee.md").rename(tmp_path / "content/tea.md")
    tea.get_by_text("お茶の記録").first.wait_for()


def test_error_page_over_the_last_good_page(context: Any, live: Running, tmp_path: Path) -> None:
    page = visit(context, live, "/tea/")
    write(tmp_path / "content/sea.md", "titel: <b>海</b>\n本文。\n三行目。\n")
    write(tmp_path / "content/tea.md", "お茶\n一煎目。\n")
    dialog = page.get_by_role("alertdialog")
    dialog.get_by_text("'no-title'").or_(dialog.get_by_text("は、最後に成功した版")).first.wait_for()
    words = dialog.inner_text()
    assert "書き出せませんでした。" in words
    assert "content/sea.md 1行目 1文字目" in words
    assert "titel: <b>海</b>" in words
    assert "^^^^^^" in words
    assert "Begin with" in words
    assert "ほかにエラーが1件あります。" in words
    assert page.locator("h1", has_text="お茶の記録").count() == 1  # beneath
    assert live.said.count(next(line for line in live.said if line.startswith("content/sea.md:1:1: error:"))) == 1

    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    page.reload()
    page.wait_for_timeout(300)
    assert dialog.count() == 0  # closed until the next error
    write(tmp_path / "content/sea.md", "ちがう誤り\n")
    dialog.wait_for()

    write(tmp_path / "content/sea.md", "title: 海\n直した。\n")
    write(tmp_path / "content/tea.md", "title: お茶\n直した。\n")
    page.get_by_text("直した。").wait_for()
    assert dialog.count() == 0
    assert page.complaints == []
    assert any("mended" in line for line in live.said)


def test_error_page_says_what_it_can_without_any_good_page(context: Any, tmp_path: Path) -> None:
    root = make_project(tmp_path)
    write(root / "site.yaml", "bass: /\n")
    with running(root) as it:
        page = visit(context, it, "/")
        page.get_by_role("alertdialog").get_by_text("site.yaml").wait_for()
        assert "まだ一度も書き出せていません。" in page.get_by_role("alertdialog").inner_text()
        write(root / "site.yaml", "base: /\n")
        page.get_by_text("お茶の記録").wait_for()


def test_building_page_gives_way(context: Any, tmp_path: Path) -> None:
    root = make_project(tmp_path)
    gate = threading.Event()
    with running(root, site=MiniSite(root, slow=lambda name: gate.wait(20) and None), wait=False) as it:
        page = visit(context, it, "/tea/")
        page.get_by_text("書き出しています").first.wait_for()
        gate.set()
        page.get_by_text("お茶の記録").wait_for()


def test_pages_outlive_the_server(context: Any, tmp_path: Path) -> None:
    root = make_project(tmp_path)
    with running(root) as first:
        page = visit(context, first, "/tea/")
        port = first.port
    page.get_by_text("プレビューにつながりません").wait_for()
    write(root / "content/tea.md", "title: お茶の記録\n留守の間に書いた。\n")
    with running(root, port=port):
        page.get_by_text("留守の間に書いた。").wait_for()
        page.evaluate("window.before = true")
        write(root / "content/tea.md", "title: お茶の記録\n戻ってから書いた。\n")
        page.get_by_text("戻ってから書いた。").wait_for()


def test_search_that_is_behind_is_marked(context: Any, tmp_path: Path) -> None:
    root = make_project(tmp_path)
    with running(root, search=True) as it:
        it.until(lambda: it.site.indexed == 1 and not it.state()["stale_search"])
        page = visit(context, it, "/tea/")
        it.site.may_index.clear()
        write(root / "content/tea.md", "title: お茶の記録\n索引より新しい。\n")
        page.get_by_text("検索結果は、いまのページより古い版です").wait_for()
        it.site.may_index.set()
        it.until(lambda: it.site.indexed == 2)
        page.locator(".yoroku-pill").wait_for(state="hidden")


def test_panel_lists_what_was_made_and_why(context: Any, live: Running, tmp_path: Path) -> None:
    page = visit(context, live, "/__/")
    write(tmp_path / "content/tea.md", "title: お茶の記録\n五煎目。\n")
    row = page.locator("tbody tr").first
    row.get_by_text("content/tea.md").wait_for()
    assert "tea/index.html its text changed" in row.inner_text()
    write(tmp_path / "content/tea.md", "だめ\n")
    page.locator("h2 + ul", has_text="no-title").wait_for()
    assert page.complaints == []


def test_works_under_a_base_path(context: Any, tmp_path: Path) -> None:
    root = make_project(tmp_path)
    write(root / "site.yaml", "base: /repo/\n")
    with running(root) as it:
        page = visit(context, it, "/")
        assert page.url.endswith("/repo/")
        page.get_by_role("link", name="お茶の記録").click()
        page.wait_for_url("**/repo/tea/")
        write(root / "content/tea.md", "title: お茶の記録\n下の階の変更。\n")
        page.get_by_text("下の階の変更。").wait_for()
        assert page.complaints == []
