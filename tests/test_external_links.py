"""Links to other sites: what is gone is told with its place, what is only unanswered is not called gone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sample_site import begin, write
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from yoroku.build.asking import FORBIDDEN, LATER, LONGEST_WAIT_SECONDS, PAUSE_SECONDS, Answer, Host
from yoroku.build.external import KEPT_SECONDS, Cited, check_external
from yoroku.build.pipeline import Options, build
from yoroku.problems import Place, Severity
from yoroku.problems_ja import in_japanese

AT = Place("content/briefings/2024/x.md", 7, 10)


class Elsewhere(BaseHTTPRequestHandler):
    """A site. Its robots.txt is `robots`; a `busy` path asks for patience (value of Retry-After) so many times."""

    asked: list[str]
    robots: tuple[int, str]
    busy: dict[str, tuple[int, str, int]]

    def answer(self) -> None:
        cls = type(self)
        cls.asked.append(f"{self.command} {self.path}")
        status = {"/gone": 404, "/refused": 403, "/moved": 301, "/away": 302, "/file": 301, "/led": 301}
        here, text = status.get(self.path, 200), b""
        where = {"/file": "file:///etc/passwd", "/led": "/closed/page"}.get(self.path, "/here")
        if self.path == "/robots.txt":
            here, text = cls.robots[0], cls.robots[1].encode()
        elif self.path == "/no-head" and self.command == "HEAD":
            here = 405
        elif self.path == "/garbled":
            self.wfile.write(b"what?\r\n\r\n")
            return
        later, wait, times = cls.busy.get(self.path, (0, "", 0))
        if times:
            here, cls.busy[self.path] = later, (later, wait, times - 1)
        self.send_response(here)
        if times:
            self.send_header("Retry-After", wait)
        if here in (301, 302):
            self.send_header("Location", where)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    do_GET = do_HEAD = answer  # noqa: N815 - the base class wants these names

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    Elsewhere.asked, Elsewhere.robots, Elsewhere.busy = [], (404, ""), {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def host(waits: list[float] | None = None) -> Host:
    """A host's asker that sleeps at no time, at 08:00 on 1 January 2031."""
    return Host(wait=(waits if waits is not None else []).append, now=lambda: 1925020800.0)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/here", Answer(200)),
        ("/no-head", Answer(200)),
        ("/gone", Answer(404)),
        ("/refused", Answer(403)),
        ("/away", Answer(200)),
        ("/資料 1?頁=二#節", Answer(200)),
        ("/file", Answer(301)),
    ],
)
def test_answers(elsewhere: str, path: str, expected: Answer) -> None:
    assert host().ask(elsewhere + path) == expected


def test_moved_for_good_names_the_new_address(elsewhere: str) -> None:
    assert host().ask(f"{elsewhere}/moved") == Answer(200, moved=f"{elsewhere}/here")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "https://", "https://[::1", "https://x:port/", "https://..x/"])
def test_only_the_web_is_asked(url: str) -> None:
    assert host().ask(url).status == 0


def test_what_a_server_garbles_is_no_answer(elsewhere: str) -> None:
    assert host().ask(f"{elsewhere}/garbled").status == 0


@pytest.mark.parametrize(
    ("robots", "open_", "closed"),
    [
        ("User-agent: *\nDisallow: /closed/", "/here", "/closed/page"),
        ("User-agent: *\nDisallow: /closed/\nAllow: /", "/led-not", "/led"),
        ("User-agent: *\nDisallow:\n\nUser-agent: Yoroku\nDisallow: /only-ours", "/here", "/only-ours"),
        ("User-agent: *\nDisallow: /\n\nUser-agent: yoroku\nDisallow: /x", "/here", "/x"),
        ("\ufeffUser-agent: *\r\nDisallow: /%E8%B3%87", "/here", "/資料"),
    ],
)
def test_what_robots_txt_forbids_is_not_asked_for(elsewhere: str, robots: str, open_: str, closed: str) -> None:
    Elsewhere.robots = (200, robots)
    asker = host()
    assert asker.ask(elsewhere + open_) == Answer(200)
    assert asker.ask(elsewhere + closed) == Answer(0, FORBIDDEN)
    # Asked once, and no page that it forbids ever.
    wanted = ["GET /robots.txt", f"HEAD {open_}"]
    assert [line for line in Elsewhere.asked if line != "HEAD /led"] == wanted


@pytest.mark.parametrize(("status", "expected"), [(404, Answer(200)), (403, Answer(200)), (500, Answer(0, FORBIDDEN))])
def test_a_site_whose_rules_cannot_be_had(elsewhere: str, status: int, expected: Answer) -> None:
    Elsewhere.robots = (status, "User-agent: *\nDisallow: /")
    assert host().ask(f"{elsewhere}/here") == expected


@pytest.mark.parametrize(("wait", "seconds"), [("7", 7.0), ("Wed, 01 Jan 2031 08:00:30 GMT", 30.0)])
@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_host_is_asked_again_after_the_wait_it_names(
    elsewhere: str, wait: str, seconds: float, status: int
) -> None:
    Elsewhere.busy = {"/here": (status, wait, 1)}
    waits: list[float] = []
    assert host(waits).ask(f"{elsewhere}/here") == Answer(200)
    assert waits == [PAUSE_SECONDS, seconds, PAUSE_SECONDS]
    assert Elsewhere.asked == ["GET /robots.txt", "HEAD /here", "HEAD /here"]


@pytest.mark.parametrize(("wait", "times", "questions"), [("3600", 1, 1), ("5", 2, 2)])
def test_a_host_that_wants_a_long_wait_is_left_alone(elsewhere: str, wait: str, times: int, questions: int) -> None:
    Elsewhere.busy = {"/here": (429, wait, times)}
    waits: list[float] = []
    asker = host(waits)
    assert [asker.ask(elsewhere + path) for path in ("/here", "/gone")] == [Answer(0, LATER)] * 2
    assert Elsewhere.asked == ["GET /robots.txt", *["HEAD /here"] * questions]
    assert max(waits) <= LONGEST_WAIT_SECONDS


def test_a_wait_that_is_none_is_an_answer(elsewhere: str) -> None:
    Elsewhere.busy = {"/here": (429, "soon", 9)}
    assert host().ask(f"{elsewhere}/here") == Answer(429)


def test_a_pause_before_every_question_but_the_first(elsewhere: str) -> None:
    Elsewhere.robots = (200, "User-agent: *\nCrawl-delay: 3\nDisallow:")
    waits: list[float] = []
    asker = host(waits)
    for path in ("/here", "/no-head"):
        asker.ask(elsewhere + path)
    assert Elsewhere.asked == ["GET /robots.txt", "HEAD /here", "HEAD /no-head", "GET /no-head"]
    assert waits == [3.0, 3.0, 3.0]


def test_what_was_not_asked_for_is_a_note_and_asked_for_next_time(tmp_path: Path) -> None:
    said = {"https://a.example/": Answer(0, FORBIDDEN), "https://b.example/": Answer(0, LATER)}
    cited = [Cited(url, AT) for url in said]
    asked: list[str] = []

    def ask(url: str) -> Answer:
        asked.append(url)
        return said[url]

    for times in (1, 2):
        found = check_external(cited, root=tmp_path, now=1.0, ask=ask)
        assert [(problem.code, problem.severity) for problem in found] == [("link-not-asked", Severity.NOTE)] * 2
        assert sorted(asked) == sorted([*said] * times)
    assert all(in_japanese(problem).what != problem.what for problem in found)


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
