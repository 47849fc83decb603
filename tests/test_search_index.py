"""Indexing: what is rebuilt, what is kept, what comes out, and what happens when something fails."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest
from search_site import corpus
from site_content import briefing as sourced
from site_content import content, reader

from yoroku.briefing.model import Sentence
from yoroku.build import indexing
from yoroku.search import SearchDocument, Section, index, pagefind
from yoroku.search.cbor import decode, encode
from yoroku.search.shards import digest, divide

TEXT = "見本の文書{n}では、拡大抑止の強化について{n}回確認した。"


def many(count: int) -> tuple[SearchDocument, ...]:
    return tuple(
        SearchDocument(
            f"/m{n}/",
            "ja",
            f"文書{n}",
            (Section("", "", TEXT.format(n=n)),),
            sort_date=f"{2000 + n // 300}-01-{n % 28 + 1:02}",
        )
        for n in range(count)
    )


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_documents_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    index(corpus(), out=tmp_path / "a", cache=tmp_path / "cache-a")
    index(reversed(corpus()), out=tmp_path / "b", cache=tmp_path / "cache-b")
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_nothing_changed_nothing_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = index(corpus(), out=tmp_path / "out", cache=tmp_path / "cache")
    monkeypatch.setattr(pagefind, "run", lambda *_: pytest.fail("Pagefind was started"))
    again = index(corpus(), out=tmp_path / "out", cache=tmp_path / "cache")
    assert again.shards_rebuilt == 0
    assert again.files == first.files == tuple(sorted(tree(tmp_path / "out")))


def test_one_edit_rebuilds_one_shard_and_equals_a_clean_build(tmp_path: Path) -> None:
    documents = list(many(1500))
    first = index(documents, out=tmp_path / "out", cache=tmp_path / "cache")
    assert first.shards >= 3
    documents[700] = replace(documents[700], title="直した題名")
    edited = index(documents, out=tmp_path / "out", cache=tmp_path / "cache")
    assert edited.shards_rebuilt == 1
    index(documents, out=tmp_path / "clean", cache=tmp_path / "clean-cache")
    assert tree(tmp_path / "out") == tree(tmp_path / "clean")


def test_a_new_document_moves_the_ends_of_few_shards() -> None:
    documents = many(5000)

    def keys(some: tuple[SearchDocument, ...]) -> set[str]:
        return {shard.key for shard in divide([(document, digest(document)) for document in some])}

    newcomer = replace(documents[2500], url="/new/")
    before, after = keys(documents), keys((*documents, newcomer))
    assert len(after - before) <= len(before) // 2
    latest = replace(documents[-1], url="/zzz/", sort_date="2099-01-01")
    assert len(keys((*documents, latest)) - before) <= 1


@pytest.mark.parametrize("damage", [b"", b"torn", b"yoroku-shard-1\n" + b"x" * 64])
def test_a_torn_memory_is_made_again(tmp_path: Path, damage: bytes) -> None:
    index(corpus(), out=tmp_path / "out", cache=tmp_path / "cache")
    whole = tree(tmp_path / "out")
    for path in (tmp_path / "cache").glob("*.shard"):
        path.write_bytes(damage)
    (tmp_path / "cache" / "state").write_bytes(b"\xff\xfe")
    report = index(corpus(), out=tmp_path / "out", cache=tmp_path / "cache")
    assert report.shards_rebuilt == report.shards
    assert tree(tmp_path / "out") == whole


def test_a_lost_file_comes_back_and_a_strange_one_goes(tmp_path: Path) -> None:
    index(corpus(), out=tmp_path / "out", cache=tmp_path / "cache")
    whole = tree(tmp_path / "out")
    next((tmp_path / "out" / "fragment").iterdir()).unlink()
    next((tmp_path / "out" / "index").iterdir()).unlink()
    (tmp_path / "out" / "index" / "old.pf_index").write_bytes(b"old")
    report = index(corpus(), out=tmp_path / "out", cache=tmp_path / "cache")
    assert report.shards_rebuilt == 0
    assert tree(tmp_path / "out") == whole


def test_without_pagefind_the_old_index_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index(corpus(), out=tmp_path / "out", cache=tmp_path / "cache")
    whole = tree(tmp_path / "out")
    monkeypatch.setattr(pagefind, "binary", lambda: tmp_path / "nothing-here")
    report = index(many(3), out=tmp_path / "out", cache=tmp_path / "cache")
    assert [problem.code for problem in report.problems] == ["outside-pagefind-failed"]
    assert tree(tmp_path / "out") == whole


def test_a_pagefind_that_writes_something_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind, "VERSION", "0.0.1")
    report = index(many(3), out=tmp_path / "out", cache=tmp_path / "cache")
    assert [problem.code for problem in report.problems] == ["outside-pagefind-failed"]
    assert "0.0.1" in report.problems[0].what


def test_results_hold_what_people_read(tmp_path: Path) -> None:
    index(corpus(), out=tmp_path / "out", cache=tmp_path / "cache")
    pages = {}
    for path in (tmp_path / "out" / "fragment").iterdir():
        page = json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        pages[page["url"]] = page
    page = pages["/d01/"]
    assert page["content"].split("\n")[:2] == ["見本国とさくら国の防衛相会談", "拡大抑止"]
    assert [page["content"].split("\n")[anchor["location"]] for anchor in page["anchors"]] == ["拡大抑止", "無人機"]
    # Readings are found and never shown.
    assert "さわだはるか" not in json.dumps(page, ensure_ascii=False)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("text", ["…", "\u0308\u0653", "\u0e31 \u05b0 word"])
def test_a_document_without_a_word_disturbs_no_other(tmp_path: Path, lang: str, text: str) -> None:
    silent = SearchDocument("/silent/", lang, "***", (Section("", "", text),))
    report = index([*many(3), silent], out=tmp_path / "out", cache=tmp_path / "cache")
    assert report.problems == ()
    shown = (gzip.decompress(path.read_bytes()).decode() for path in (tmp_path / "out" / "fragment").iterdir())
    assert any('"/silent/"' in text for text in shown)


def test_no_documents(tmp_path: Path) -> None:
    report = index((), out=tmp_path / "out", cache=tmp_path / "cache")
    assert not report.problems
    assert "entry.json" in report.files


def test_progress_counts_documents(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    index(corpus(), out=tmp_path / "out", cache=tmp_path / "cache", progress=lambda *step: told.append(step))
    assert told[0] == (0, len(corpus()))
    assert told[-1] == (len(corpus()), len(corpus()))


@pytest.mark.parametrize("value", [0, 23, 24, 255, 256, 70000, 2**33, -1, -25, -400, "題", [1, ["a", -2]], []])
def test_cbor_round_trip(value: object) -> None:
    assert decode(encode(value)) == (value, len(encode(value)))  # type: ignore[arg-type]


def test_a_point_that_only_the_front_matter_has_is_found_once() -> None:
    told, held = Sentence("編集部が要点にだけ書いた一文"), Sentence("編集部が書き足した段落です。")
    made = sourced()
    made = replace(made, summary=(*made.summary, told, held))
    found = next(indexing.documents(reader(content(("content/briefings/x.md", made)))))
    text = "\n".join(section.text for section in found.sections)
    assert text.count(told.text) == 1
    assert text.count(held.text) == 1
