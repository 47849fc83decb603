"""The whole site, fetched over HTTP at `/` and at `/repo/`: every link, fragment, feed and asset leads somewhere."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from sample_site import begin

from yoroku.build.pipeline import Options, build

ATTRIBUTES = {"href", "src", "action", "poster", "data-lists"}


class Reader(HTMLParser):
    """Links and ids of a page, without the program's own idea of them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: set[str] = set()
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("id"):
            assert found["id"] not in self.ids, f"the id {found['id']} stands twice"
            self.ids.add(found["id"] or "")
        self.links |= {value for name, value in attrs if name in ATTRIBUTES and value is not None}
        if tag == "meta" and found.get("http-equiv", "").lower() == "refresh":
            self.links.add((found.get("content") or "").partition("url=")[2])
        for name in ("popovertarget", "for", "aria-labelledby", "aria-controls", "aria-describedby"):
            self.links |= {f"#{word}" for word in (found.get(name) or "").split()}


def html_links(data: bytes) -> tuple[set[str], set[str]]:
    reader = Reader()
    reader.feed(data.decode("utf-8"))
    return reader.links, reader.ids


def xml_links(data: bytes) -> set[str]:
    found: set[str] = set()
    for node in ElementTree.fromstring(data).iter():
        found |= {node.attrib["href"]} if "href" in node.attrib else set()
        if node.tag.endswith(("}loc", "}icon", "}logo")) and node.text:
            found.add(node.text.strip())
        if node.attrib.get("type") == "html" and node.text:
            found |= html_links(node.text.encode())[0]
    return found


def json_links(data: bytes) -> set[str]:
    found: set[str] = set()
    stack = [
        json.loads(line) for line in ([data] if data.lstrip()[:1] == b"{" and b"\n{" not in data else data.splitlines())
    ]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            stack += item.values()
            if "content_html" in item:
                found |= html_links(str(item["content_html"]).encode())[0]
            found |= {str(item[key]) for key in ("url", "home_page_url", "feed_url", "json") if item.get(key)}
        elif isinstance(item, list):
            stack += item
    return found


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


class Crawler:
    """Fetches everything that can be reached, once, and remembers where each broken link stood."""

    def __init__(self, port: int, base: str) -> None:
        self.origin = f"http://site.invalid:{port}"
        self.base = base
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self.pages: dict[str, tuple[int, set[str]]] = {}
        self.fragments: set[tuple[str, str, str]] = set()
        self.broken: list[str] = []

    def crawl(self, *starts: str) -> None:
        todo = [(start, "the start") for start in starts]
        while todo:
            url, found_on = todo.pop()
            if url in self.pages:
                continue
            status, links, ids = self.get(url)
            self.pages[url] = (status, ids)
            if status != 200:
                self.broken.append(f"{url} on {found_on}: {status}")
            for link in links:
                target = self.inside(urljoin(self.origin + url, link))
                if target is None:
                    continue
                path, fragment = target
                if not path.startswith(self.base):
                    self.broken.append(f"{link} on {url} leaves {self.base}")
                    continue
                todo.append((path, url))
                if fragment:
                    self.fragments.add((path, fragment, url))
        for path, fragment, url in self.fragments:
            status, ids = self.pages[path]
            if status == 200 and fragment not in ids:
                self.broken.append(f"{path}#{fragment} on {url}: no such place")

    def inside(self, target: str) -> tuple[str, str] | None:
        parts = urlsplit(target)
        if f"{parts.scheme}://{parts.netloc}" not in (self.origin, "https://site.example"):
            return None
        path = quote(unquote(parts.path), safe="/!$&'()*+,;=:@~%") or "/"
        return path, unquote(parts.fragment.partition(":~:")[0])

    def get(self, url: str) -> tuple[int, set[str], set[str]]:
        self.connection.request("GET", url)
        response = self.connection.getresponse()
        data, kind = response.read(), url.rsplit(".", 1)[-1]
        if response.status != 200:
            return response.status, set(), set()
        if response.headers.get_content_type() == "text/html":
            return 200, *html_links(data)
        if kind == "xml":
            return 200, xml_links(data), set()
        if kind in ("json", "ndjson") and "/pagefind/" not in url:
            return 200, {link for link in json_links(data) if not link.startswith("/") or self.base == "/"}, set()
        if kind == "css":
            return 200, set(re.findall(r"url\(\s*[\"']?([^\"')]+)", data.decode())), set()
        if kind == "js":
            return 200, set(re.findall(r"(?:from|import)\s*\(?\s*[\"'](\.{1,2}/[^\"']+)", data.decode())), set()
        if kind == "ics":
            lines = data.decode().replace("\r\n ", "").split("\r\n")
            return 200, {line.partition(":")[2] for line in lines if line.startswith("URL")}, set()
        return 200, set(), set()


@pytest.mark.parametrize("base", ["/", "/repo/"])
def test_nothing_is_broken(tmp_path: Path, base: str) -> None:
    root = begin(tmp_path / "site", whole=base == "/repo/")
    folder = tmp_path / "served"
    target = folder / base.strip("/") if base != "/" else folder
    outcome = build(root, Options(base_url="https://site.example" + base.rstrip("/"), search=False))
    assert outcome.ok, outcome.problems
    target.parent.mkdir(parents=True, exist_ok=True)
    (root / "output").rename(target)
    with served(folder) as port:
        crawler = Crawler(port, base)
        crawler.crawl(
            base, *(base + name for name in ("404.html", "sitemap.xml", "robots.txt", "feed.xml", "feed.json"))
        )
    assert sorted(crawler.broken)[:20] == []
    # Everything that was made can be reached by following links, except what scripts and conventions ask for.
    reached = {unquote(url).removeprefix(base) for url in crawler.pages}
    reached |= {f"{url}index.html" for url in reached if url == "" or url.endswith("/")}
    made = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    alone = {name for name in made - reached if not name.startswith(("pagefind/", "assets/", ".", "api/"))}
    assert {name for name in alone if name.endswith(".html") and not is_redirect(target / name)} == set()
    assert len(crawler.pages) > 150
    assert len(crawler.fragments) > 100


def is_redirect(path: Path) -> bool:
    return b'http-equiv="refresh"' in path.read_bytes()


def test_a_broken_link_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<p id="a"><a href="b/#c">x</a><a href="#a">y</a><a href="none.css">z</a>', "utf-8"
    )
    (tmp_path / "b").mkdir()
    (tmp_path / "b/index.html").write_text('<p><a href="/c/">up</a>', "utf-8")
    with served(tmp_path) as port:
        crawler = Crawler(port, "/")
        crawler.crawl("/")
    assert sorted(crawler.broken) == ["/b/#c on /: no such place", "/c/ on /b/: 404", "/none.css on /: 404"]
