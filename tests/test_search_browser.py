"""The search dialog, the search page and the marks on a result, used as a reader does, under a base path."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from search_site import chromium, corpus, lay_out, served


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, str, Path]]:
    top = tmp_path_factory.mktemp("www")
    lay_out(top / "repo", tmp_path_factory.mktemp("cache"), corpus())
    with chromium() as browser, served(top) as address:
        yield browser, f"{address}repo/", top / "repo"


@pytest.fixture
def tab(site: tuple[Any, str, Path]) -> Iterator[Any]:
    context = site[0].new_context()
    page = context.new_page()
    page.set_default_timeout(60_000)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.said = said
    page.base = site[1]
    yield page
    context.close()
    assert not said, said


def until(page: Any, expression: str) -> None:
    """Wait until it is true in the page. (The library's own way needs a policy that allows eval.)"""
    deadline = time.monotonic() + 60
    while not page.evaluate(expression):
        assert time.monotonic() < deadline, expression
        page.wait_for_timeout(30)


def results(page: Any, scope: str = "dialog") -> list[str]:
    page.wait_for_selector(f"{scope} a.hit")
    return [
        link.split("?")[0]
        for link in page.eval_on_selector_all(
            f"{scope} .hits > li > a.hit", "all => all.map(a => a.getAttribute('href'))"
        )
    ]


def press(page: Any, selector: str) -> None:
    """Work a control where it stands: what still loads around it may move it away from a pointer, or make it anew."""
    page.locator(selector).first.wait_for(state="visible")
    page.locator(selector).first.evaluate("control => control.click()")


def empty(page: Any) -> None:
    """Take the words out of the dialog, and wait for what stands there without any."""
    page.fill("dialog [data-search-input]", "")
    until(page, "document.querySelector('dialog [role=status]').textContent.startsWith('語を入れると')")


def test_the_dialog_by_keyboard(tab: Any) -> None:
    tab.goto(tab.base)
    tab.keyboard.press("/")
    tab.keyboard.type("拡大抑止")
    assert set(results(tab)) == {"/repo/d01/", "/repo/d17/"}
    assert tab.text_content("dialog [role=status]") == "2件"
    tab.keyboard.press("ArrowDown")
    assert tab.evaluate("document.activeElement.matches('a.hit')")
    tab.keyboard.press("End")
    last = tab.evaluate("document.activeElement.getAttribute('href')")
    assert last == tab.eval_on_selector_all("dialog a.hit", "all => all.at(-1).getAttribute('href')")
    tab.keyboard.press("Home")
    tab.keyboard.press("ArrowUp")
    assert tab.evaluate("document.activeElement.matches('[data-search-input]')")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.type("の")
    assert tab.input_value("dialog [data-search-input]").startswith("拡大抑止")
    tab.keyboard.press("Escape")
    assert not tab.evaluate("document.querySelector('dialog').open")
    tab.keyboard.press("Control+k")
    assert tab.evaluate("document.querySelector('dialog').open")


def test_enter_goes_to_the_first_result_and_never_while_composing(tab: Any) -> None:
    tab.goto(tab.base)
    tab.keyboard.press("/")
    tab.keyboard.type("ドローン")
    results(tab)
    composing = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true})"
    assert tab.evaluate(f"!document.querySelector('dialog [data-search-input]').dispatchEvent({composing})")
    assert tab.evaluate("document.activeElement.matches('[data-search-input]')")
    tab.keyboard.press("Enter")
    until(tab, "document.activeElement.matches('a.hit')")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/d07/?highlight=*")


def test_the_one_key_shortcut_can_be_turned_off(tab: Any) -> None:
    tab.goto(tab.base)
    tab.keyboard.press("/")
    press(tab, "[data-search-slash]")
    assert not tab.is_checked("[data-search-slash]")
    tab.keyboard.press("Escape")
    tab.keyboard.press("/")
    assert not tab.evaluate("document.querySelector('dialog').open")
    tab.reload()
    tab.keyboard.press("/")
    assert not tab.evaluate("document.querySelector('dialog').open")
    assert not tab.is_visible("[data-search-open] kbd")


def test_filters_count_and_narrow(tab: Any) -> None:
    tab.goto(tab.base + "search/?q=会談")
    scope = "[data-search]"
    assert set(results(tab, scope)) == {"/repo/d01/", "/repo/d17/"}
    press(tab, "input[value='安全保障']")
    until(tab, "document.querySelector('[role=status]').textContent === '1件'")
    assert results(tab, scope) == ["/repo/d01/"]
    assert "topic=%E5%AE%89" in tab.url
    tab.reload()
    until(tab, "document.querySelector('[role=status]').textContent === '1件'")
    assert tab.is_checked("input[value='安全保障']")
    label = tab.text_content("label:has(input[value='外交'])")
    assert label == "外交1"
    # Every facet counts, not only the first one.
    assert tab.text_content("label:has(input[value='2023'])") == "20231"
    assert not tab.is_visible("summary:text-is('場所')")


def test_a_search_can_be_sent_to_someone(tab: Any) -> None:
    tab.goto(tab.base + "search/?q=会談&sort=newest&year=2023")
    assert results(tab, "[data-search]") == ["/repo/d17/", "/repo/d01/"]
    assert tab.input_value("[data-search-input]") == "会談"
    tab.select_option("select", "oldest")
    tab.wait_for_url("**sort=oldest*")
    assert results(tab, "[data-search]") == ["/repo/d01/", "/repo/d17/"]


def test_nothing_found_says_what_to_do(tab: Any) -> None:
    tab.goto(tab.base + "search/?q=鯖缶祭典")
    tab.wait_for_selector(".empty")
    assert tab.text_content("[role=status]") == "「鯖缶祭典」に合うものはありません"
    assert "絞り込みを外して" in tab.text_content(".empty")
    tab.fill("[data-search-input]", "")
    until(tab, "document.querySelector('[role=status]').textContent.startsWith('語を入れると')")


def test_results_lead_to_headings_and_their_words_are_marked(tab: Any) -> None:
    tab.goto(tab.base)
    tab.keyboard.press("/")
    tab.keyboard.type("無人機 抑止")
    press(tab, "dialog .subs a.hit >> nth=0")
    tab.wait_for_selector("mark.found")
    assert tab.url.endswith("#s1") or tab.url.endswith("#s2")
    marks = tab.eval_on_selector_all("main mark.found", "all => all.map(mark => mark.textContent)")
    assert marks == ["抑止", "抑止", "抑止", "無人機", "無人機"]
    status = tab.text_content(".found-bar [role=status]")
    press(tab, "text=次へ")
    assert tab.text_content(".found-bar [role=status]") != status
    assert tab.eval_on_selector_all("mark.now", "all => all.length") == 1
    press(tab, "text=印を消す")
    assert tab.query_selector("mark.found") is None
    assert "highlight" not in tab.url


def test_marks_fold_as_the_search_does_and_cross_elements(tab: Any) -> None:
    tab.goto(tab.base + "d01/?highlight=MQ9の一時展開")
    tab.wait_for_selector("mark.found")
    assert tab.text_content("mark.found") == "ＭＱ−９の一時展開"
    tab.goto(tab.base + "d06/")
    tab.evaluate(
        """() => {
          const p = document.querySelector('main p'), text = p.textContent;
          const link = Object.assign(document.createElement('a'), { textContent: text.slice(3, 5) });
          p.replaceChildren(text.slice(0, 3), link,
            Object.assign(document.createElement('button'), { textContent: 'A25' }), text.slice(5));
          history.replaceState(null, '', '?highlight=核物質の管理');
        }"""
    )
    tab.evaluate("import('/repo/assets/search.0/highlight.js')")
    tab.wait_for_selector("p mark.found")
    assert (
        "".join(tab.eval_on_selector_all("p mark.found", "all => all.map(mark => mark.textContent)")) == "核物質の管理"
    )


def test_searches_are_kept_only_when_the_reader_wants(tab: Any) -> None:
    tab.goto(tab.base)
    tab.keyboard.press("/")
    tab.keyboard.type("核物質")
    results(tab)
    tab.keyboard.press("Enter")
    until(tab, "document.activeElement.matches('a.hit')")
    assert tab.evaluate("localStorage.length") == 0
    empty(tab)
    press(tab, "dialog [data-search-recent] input")
    tab.fill("dialog [data-search-input]", "核物質")
    tab.press("dialog [data-search-input]", "Enter")
    until(tab, "document.activeElement.matches('a.hit')")
    empty(tab)
    press(tab, "dialog [data-search-recent] .chip")
    assert tab.input_value("dialog [data-search-input]") == "核物質"
    empty(tab)
    press(tab, "dialog [data-search-recent] input")
    assert tab.evaluate("Object.keys(localStorage)") == []


def test_english_words(tab: Any) -> None:
    tab.goto(tab.base + "e03/")
    tab.keyboard.press("Control+k")
    tab.keyboard.type("running")
    assert results(tab) == ["/repo/e01/"]
    assert tab.text_content("dialog [role=status]") == "1 result"


def test_a_missing_index_says_so_and_leads_to_the_lists(site: tuple[Any, str, Path]) -> None:
    browser, base, root = site
    broken = root.parent / "broken"
    shutil.copytree(root, broken, ignore=shutil.ignore_patterns("*.pf_index"))
    page = browser.new_page()
    page.goto(base.replace("/repo/", "/broken/"))
    page.keyboard.press("/")
    page.keyboard.type("核物質")
    page.wait_for_selector("dialog .hits .empty a[href='lists/']")
    assert "読み込めませんでした" in page.text_content("dialog [role=status]")
    for path in (root / "index").iterdir() if (root / "index").is_dir() else (root / "pagefind" / "index").iterdir():
        shutil.copy(path, broken / "pagefind" / "index" / path.name)
    press(page, "dialog .hits .empty button")
    assert results(page)[0] == "/broken/d06/"
    page.close()


def test_no_request_leaves_the_site(site: tuple[Any, str, Path]) -> None:
    browser, base, _ = site
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(base)
    page.keyboard.press("/")
    page.keyboard.type("会談")
    results(page)
    assert asked
    assert all(url.startswith(base) for url in asked), asked
    page.close()
