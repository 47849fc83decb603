"""What the tests of the search share: the sample corpus, a small site around an index, a browser on it."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from yoroku.search import SearchDocument, Section, index
from yoroku.site.strings import search_words

HERE = Path(__file__).parent
CASES = HERE / "cases" / "search"
SCRIPTS = HERE.parent / "templates" / "assets" / "search"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "worker-src 'self'; base-uri 'none'; form-action 'self'"
)


def corpus() -> tuple[SearchDocument, ...]:
    """The documents of cases/search/corpus.txt."""
    found: list[SearchDocument] = []
    for block in (CASES / "corpus.txt").read_text(encoding="utf-8").split("\n@ ")[1:]:
        head, *lines = block.strip().split("\n")
        name, lang, date, title, *rest = (part.strip() for part in head.split("|"))
        also = tuple(word.strip() for word in rest[0].split(",") if word.strip()) if rest else ()
        facets: dict[str, list[str]] = {"year": [date[:4]]}
        for facet in filter(None, rest[1].split(";") if len(rest) > 1 else ()):
            key, _, value = facet.partition("=")
            facets.setdefault(key, []).append(value)
        sections: list[Section] = []
        anchor, heading, text = "", "", []
        for line in (*lines, "## "):
            if line.startswith("## "):
                if heading or text:
                    sections.append(Section(anchor, heading, "\n".join(text)))
                anchor, heading, text = f"s{len(sections) + 1}", line[3:], []
            else:
                text.append(line)
        filters = tuple((key, tuple(values)) for key, values in sorted(facets.items()))
        meta = (("date_label", date),)
        found.append(SearchDocument(f"/{name}/", lang, title, tuple(sections), filters, date, meta, also))
    return tuple(found)


def page(lang: str, *, head: str = "", main: str = "", dialog: bool = True) -> str:
    """A page with the search's parts, as the theme's templates have them, under the same policy."""
    words = json.dumps(search_words(lang), ensure_ascii=False)
    parts = (
        '<form role="search" action="search/" data-search-form><button type="submit">go</button>'
        '<input type="search" name="q" aria-label="q" data-search-input></form>'
        '<p role="status" data-search-status></p><p data-search-tools hidden></p><p data-search-note hidden></p>'
        '<ol class="hits" data-search-hits></ol><div data-search-recent hidden></div><div data-search-filters></div>'
    )
    box = (
        f'<dialog data-search data-lists="lists/">{parts}<button type="button" data-search-close>x</button>'
        '<label><input type="checkbox" data-search-slash>/</label><a href="search/" data-search-page>page</a></dialog>'
    )
    here = main or f"<div data-search>{parts}</div>"
    data = f'<script type="application/json" id="search-strings">{words}</script>'
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>見本</title>'
        '<link rel="icon" href="ROOTicon.svg"><script type="module" src="ROOTassets/search.0/open.js"></script>'
        f"{head}</head>"
        '<body><a href="search/" data-search-open>検索<kbd>/</kbd></a>'
        f"<main>{here}</main>{box if dialog else ''}{data}</body></html>"
    )


def lay_out(root: Path, cache: Path, documents: tuple[SearchDocument, ...]) -> None:
    """A site of one page a document, a home page, a search page, the scripts and the index, in folder `root`."""
    shutil.copytree(SCRIPTS, root / "assets" / "search.0")
    (root / "icon.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    for document in documents:
        body = f"<h1>{document.title}</h1>"
        for section in document.sections:
            body += f'<h2 id="{section.anchor}">{section.heading}</h2>' if section.heading else ""
            body += "".join(f"<p>{line}</p>" for line in section.text.split("\n"))
        _write(root / document.url.strip("/") / "index.html", page(document.lang, main=body), up="../")
    _write(root / "index.html", page("ja", main="<p>home</p>"), up="")
    script = '<script type="module" src="ROOTassets/search.0/page.js"></script>'
    _write(root / "search" / "index.html", page("ja", head=script, dialog=False), up="../")
    report = index(documents, out=root / "pagefind", cache=cache, engine="../assets/search.0/engine.js")
    assert not report.problems, report.problems


def _write(path: Path, text: str, *, up: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace("ROOT", up), encoding="utf-8")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on a free port of this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def chromium() -> Iterator[object]:
    """A headless Chromium of this machine; skips the test where there is none."""
    api = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no Chromium on this machine")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
