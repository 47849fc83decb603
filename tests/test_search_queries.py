"""The sample corpus, searched in a real browser: what must be found, what must not, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from search_site import CASES, chromium, corpus, lay_out, served

from yoroku.search import SearchDocument, Section
from yoroku.search.tokens import GAP, coded, coded_line

ASK = """async (queries) => {
  const search = await import("/pagefind/pagefind.js");
  const answers = [];
  for (const query of queries) {
    const { results } = await search.search(query);
    answers.push((await Promise.all(results.map((result) => result.data()))).map((page) => page.raw_url));
  }
  return answers;
}"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    root = tmp_path_factory.mktemp("site")
    lay_out(root, tmp_path_factory.mktemp("cache"), corpus())
    with chromium() as browser, served(root) as address:
        tab = browser.new_page()
        tab.goto(address)
        yield tab


def cases() -> list[tuple[str, set[str]]]:
    lines = (CASES / "queries.txt").read_text(encoding="utf-8").splitlines()
    split = [line.partition("\t") for line in lines if line and not line.startswith("# ")]
    return [(query, set(names.split())) for query, _, names in split]


def test_there_are_enough_queries() -> None:
    assert len(cases()) >= 150
    assert len(dict(cases())) == len(cases()), "a query stands twice"


def test_every_query_finds_its_documents_and_no_others(page: Any) -> None:
    found = page.evaluate(ASK, [query for query, _ in cases()])
    wrong = [
        f"{query}: wanted {sorted(wanted)}, found {answer}"
        for (query, wanted), answer in zip(cases(), found, strict=True)
        if {url.strip("/") for url in answer} != wanted
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("query", "first"),
    [("拡大抑止", "d01"), ("サーバー", "d04"), ("首脳", "d10"), ("ミサイル", "d19"), ("予算", "d20")],
)
def test_more_about_it_comes_first(page: Any, query: str, first: str) -> None:
    assert page.evaluate(ASK, [query])[0][0] == f"/{first}/"


def test_a_title_that_holds_the_query_comes_before_texts_that_do(page: Any) -> None:
    for document in corpus():
        if document.lang != "ja":
            continue
        query = document.title[:6]
        assert page.evaluate(ASK, [f'"{query}"'])[0][0] == document.url, query


def test_sorts_filters_and_counts(page: Any) -> None:
    answer = page.evaluate(
        """async () => {
          const search = await import("/pagefind/pagefind.js");
          const urls = async (answer) => (await Promise.all(answer.results.map((r) => r.data()))).map((p) => p.raw_url);
          return {
            newest: await urls(await search.search("会談", { sort: { date: "desc" } })),
            oldest: await urls(await search.search("会談", { sort: { date: "asc" } })),
            person: await urls(
              await search.search("会談", { filters: { person: "澤田遥", topic: { any: ["外交"] } } }),
            ),
            all: await urls(await search.search(null, { filters: { topic: ["環境"] }, sort: { date: "asc" } })),
            counts: (await search.search("拡大抑止", { facets: ["topic", "year"] })).filters,
            other: (await search.search("会談", { facets: ["topic"], filters: { topic: ["外交"] } })).filters.topic,
            site: (await search.filters()).topic["安全保障"],
            none: (await search.search("会談", { filters: { topic: "そんな主題はない" } })).results.length,
          };
        }"""
    )
    assert answer["newest"] == ["/d17/", "/d01/"]
    assert answer["oldest"] == ["/d01/", "/d17/"]
    assert answer["person"] == ["/d17/"]
    assert answer["all"] == ["/d12/", "/e03/"]
    assert {k: v for k, v in answer["counts"]["topic"].items() if v} == {"安全保障": 1, "外交": 1}
    assert {k: v for k, v in answer["counts"]["year"].items() if v} == {"2023": 2}
    # A facet counts what each of its values would find, its own choices aside.
    assert {k: v for k, v in answer["other"].items() if v} == {"安全保障": 1, "外交": 1}
    assert answer["site"] == 5
    assert answer["none"] == 0


def test_excerpts_begin_at_a_sentence_and_marks_are_merged(page: Any) -> None:
    data = page.evaluate(
        """async () => {
          const search = await import("/pagefind/pagefind.js");
          const { results } = await search.search("信頼性 信頼性を高める");
          return results[0].data();
        }"""
    )
    assert data["excerpt"].startswith("両氏は「抑止力の<mark>信頼性を高める</mark>」と確認した")
    assert [sub["title"] for sub in data["sub_results"]] == ["拡大抑止"]
    assert data["sub_results"][0]["url"] == "/d01/#s1"


def test_a_page_of_a_language_with_spaces_marks_stems_and_runs(page: Any) -> None:
    data = page.evaluate(
        """async () => {
          const search = await import("/pagefind/pagefind.js");
          const { results } = await search.search("run 見本国");
          return results[0].data();
        }"""
    )
    assert "<mark>Running</mark> talks" in data["excerpt"]
    assert "<mark>見本国</mark>" in data["excerpt"]


def test_text_is_never_markup(page: Any, tmp_path: Path) -> None:
    data = page.evaluate(
        """async () => {
          const { excerpt } = await import("/assets/search.0/excerpt.js");
          return excerpt("<b>強い</b>語", [[3, 5]], 90);
        }"""
    )
    assert data == [
        {"text": "<b>", "mark": False},
        {"text": "強い", "mark": True},
        {"text": "</b>語", "mark": False},
    ]


LINES = (
    ("a", "見本の発表", "審議会は方針を発表した。\n計画の連絡先は別に示す。"),
    ("b", "別の発表", "知事は方針を発表した。計画の連絡先はここにある。"),
)


def test_a_phrase_does_not_run_over_the_end_of_a_line(page: Any, tmp_path: Path) -> None:
    documents = tuple(SearchDocument(f"/{name}/", "ja", title, (Section("", "", text),)) for name, title, text in LINES)
    lay_out(tmp_path / "site", tmp_path / "cache", documents)
    with served(tmp_path / "site") as address:
        tab = page.context.browser.new_page()
        tab.goto(address)
        found = tab.evaluate(ASK, ["を発表した。計画の", "方針を発表した。", "発表方針"])
        tab.close()
    assert [sorted(urls) for urls in found] == [["/b/"], ["/a/", "/b/"], []]


def test_a_text_tells_the_positions_of_the_index(page: Any) -> None:
    lines = ["見本の、発表", "", "発表。ﾃﾞｰﾀの発表", "MQ-9 の𠮷野", " 　 ", "発表"]
    words, _ = coded_line("\n".join(lines), GAP)
    wanted = [at for at, word in enumerate(words.split(" ")) if word == coded("発表")[0]]
    found = page.evaluate(
        """async (text) => {
          const [{ placesIn }, { parse }] = await Promise.all(
            ["excerpt.js", "engine.js"].map((name) => import(`/assets/search.0/${name}`)));
          return [...placesIn(text, parse("発表")[0])];
        }""",
        "\n".join(lines),
    )
    assert found == wanted
    assert len(found) == 4
