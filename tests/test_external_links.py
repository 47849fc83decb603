"""Links to other sites: what is gone is told with its place, what is only unanswered is not called gone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sample_site import begin, write
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from yoroku.build.external import KEPT_SECONDS, Answer, Cited, ask_politely, check_external
from yoroku.build.pipeline import Options, build
from yoroku.problems import Place

AT = Place("content/briefings/2024/x.md", 7, 10)


class Elsewhere(BaseHTTPRequestHandler):
    asked: list[str]

    def answer(self) -> None:
        type(self).asked.append(f"{self.command} {self.path}")
        status = {"/gone": 404, "/refused": 403, "/moved": 301, "/away": 302}.get(self.path, 200)
        if self.path == "/no-head" and self.command == "HEAD":
            status = 405
        self.send_response(status)
        if status in (301, 302):
            self.send_header("Location", "/here")
        if self.path == "/file":
            self.send_response(301)
            self.send_header("Location", "file:///etc/passwd")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = answer  # noqa: N815 - the base class wants these names

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    Elsewhere.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/here", Answer(200)),
        ("/no-head", Answer(200)),
        ("/gone", Answer(404)),
        ("/refused", Answer(403)),
        ("/away", Answer(200)),
    ],
)
def test_answers(elsewhere: str, path: str, expected: Answer) -> None:
    assert ask_politely(elsewhere + path) == expected


def test_moved_for_good_names_the_new_address(elsewhere: str) -> None:
    assert ask_politely(f"{elsewhere}/moved") == Answer(200, moved=f"{elsewhere}/here")


def test_only_the_web_is_asked() -> None:
    assert ask_politely("file:///etc/passwd").status == 0


def test_problems_have_places_and_answers_are_kept(tmp_path: Path) -> None:
    asked: list[str] = []

    def ask(url: str) -> Answer:
        asked.append(url)
        return {"https://a.example/gone": Answer(404), "https://b.example/": Answer(0, "timed out")}.get(
            url, Answer(200)
        )

    cited = [
        Cited("https://a.example/gone", AT),
        Cited("https://a.example/gone#part", Place("content/notes/n.md", 3), archive="https://archive.example/1"),
        Cited("https://b.example/", AT),
        Cited("https://c.example/", AT),
    ]
    problems = check_external(cited, root=tmp_path, now=1000.0, ask=ask)
    assert [str(problem).split(": ", 1)[0] + " " + problem.code for problem in problems] == [
        "content/briefings/2024/x.md:7:10 link-gone",
        "content/briefings/2024/x.md:7:10 link-unanswered",
        "content/notes/n.md:3 link-archived",
    ]
    assert sorted(asked) == ["https://a.example/gone", "https://b.example/", "https://c.example/"]
    asked.clear()
    check_external(cited, root=tmp_path, now=1001.0, ask=ask)
    assert asked == ["https://b.example/"]  # what did not answer is asked again, the rest is remembered
    asked.clear()
    check_external(cited, root=tmp_path, now=1001.0 + KEPT_SECONDS, ask=ask)
    assert len(asked) == 3


def test_a_torn_memory_is_no_memory(tmp_path: Path) -> None:
    (tmp_path / ".yoroku").mkdir()
    (tmp_path / ".yoroku" / "links.json").write_text('{"https://c.example/": [1')
    assert check_external([Cited("https://c.example/", AT)], root=tmp_path, now=5.0, ask=lambda _: Answer(200)) == ()


@pytest.mark.parametrize(("copy", "led"), [("https://archive.example/1", True), ("javascript:window.owned=1", False)])
def test_readers_are_led_to_the_archived_copy(tmp_path: Path, copy: str, led: bool) -> None:
    root = begin(tmp_path / "site")
    write(
        root / "content/briefings/2024/2024-01-04-copy.md",
        "---\ntitle: 見本\nlang: ja\ndate: 2024-01-04\n"
        f'sources: [{{publisher: 見本新聞, url: "https://a.example/gone", archive: "{copy}", lines: [1]}}]\n'
        "---\n本文。 ^L1\n",
    )
    assert build(root, Options(search=False)).ok
    page = HTMLParser((root / "output/briefings/2024-01-04-copy/index.html").read_text("utf-8"))
    assert bool(page.css(f'#source-A a[href="{copy}"]')) is led
    assert "javascript:" not in page.html
