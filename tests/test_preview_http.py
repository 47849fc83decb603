"""The preview on the wire: what GitHub Pages would answer, and what nobody may get."""

from __future__ import annotations

import gzip
import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from preview_site import MiniSite, Running, make_project, running, write

from yoroku.preview.app import is_lasting
from yoroku.preview.files import Found, Missing, Moved, find, media_type, parts_of
from yoroku.preview.server import listen
from yoroku.preview.wire import Refused, Request, parse
from yoroku.problems import Problems


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    root = make_project(tmp_path_factory.mktemp("site"))
    write(root / "secret.txt", "nobody reads this")
    with running(root) as it:
        (it.site.output / "way-out").symlink_to(root / "secret.txt")
        (it.site.output / "long.bin").write_bytes(bytes(range(256)) * 20_000)
        write(it.site.output / "plain.html", "<!doctype html><title>平</title><p>平</p>")
        write(it.site.output / "名.txt", "名")
        yield it


def test_folder_index_and_missing_slash(live: Running) -> None:
    assert "お茶の記録" in live.get("/tea/").text
    assert live.get("/tea").status == 301
    assert live.get("/tea?q=1").headers["location"] == "/tea/?q=1"
    assert live.get("/tea/index.html").status == 200


def test_page_without_its_suffix(live: Running) -> None:
    assert "平" in live.get("/plain").text
    assert live.get("/plain/").status == 404


def test_missing_page_gets_the_sites_own_404(live: Running) -> None:
    answer = live.get("/nowhere/")
    assert answer.status == 404
    assert "見つかりません" in answer.text


def test_types_are_utf8(live: Running) -> None:
    assert live.get("/").headers["content-type"] == "text/html; charset=utf-8"
    assert live.get("/assets/site.css").headers["content-type"] == "text/css; charset=utf-8"
    assert live.get("/%E5%90%8D.txt").text == "名"
    assert media_type("a.ics").startswith("text/calendar")
    assert media_type("a.ndjson").startswith("application/x-ndjson")
    assert media_type("x.pagefind") == "application/octet-stream"


def test_client_is_in_the_served_page_and_not_in_the_output(live: Running) -> None:
    served = live.get("/tea/").text
    assert served.count('<script src="/__/reload.js" defer') == 1
    assert served.index("/__/reload.js") < served.index("</head>")
    files = (path.read_bytes() for path in live.site.output.rglob("*.html"))
    assert not any(b"/__/" in file for file in files)
    assert "script" not in live.get("/assets/site.css").text


def test_head_has_the_length_and_no_body(live: Running) -> None:
    full, head = live.get("/tea/"), live.get("/tea/", "HEAD")
    assert head.body == b""
    assert head.headers["content-length"] == str(len(full.body))
    assert head.headers["etag"] == full.headers["etag"]


@pytest.mark.parametrize("target", ["/tea/", "/assets/blob.bin", "/__/reload.js", "/long.bin"])
def test_known_version_is_not_sent_again(live: Running, target: str) -> None:
    tag = live.get(target).headers["etag"]
    assert live.get(target, If_None_Match=f'"x", W/{tag}').status == 304
    assert live.get(target, If_None_Match="*").status == 304
    assert live.get(target, If_None_Match='"x"').status == 200


def test_gzip_when_wanted(live: Running) -> None:
    plain = live.get("/sea/")
    packed = live.get("/sea/", Accept_Encoding="br, gzip;q=0.5")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["etag"] != plain.headers["etag"]
    assert "content-encoding" not in live.get("/sea/", Accept_Encoding="gzip;q=0, *").headers
    assert "content-encoding" not in live.get("/assets/blob.bin", Accept_Encoding="gzip").headers
    assert live.get("/sea/", Accept_Encoding="gzip", If_None_Match=packed.headers["etag"]).status == 304


@pytest.mark.parametrize("target", ["/assets/blob.bin", "/long.bin"])
@pytest.mark.parametrize(
    ("header", "cut"),
    [("bytes=0-9", slice(0, 10)), ("bytes=990-", slice(990, None)), ("bytes=-5", slice(-5, None))],
)
def test_range(live: Running, target: str, header: str, cut: slice) -> None:
    whole = live.get(target).body
    part = live.get(target, Range=header)
    assert part.status == 206
    assert part.body == whole[cut]
    start, stop, _ = cut.indices(len(whole))
    assert part.headers["content-range"] == f"bytes {start}-{stop - 1}/{len(whole)}"


def test_range_that_cannot_be_had(live: Running) -> None:
    answer = live.get("/assets/blob.bin", Range="bytes=1000-")
    assert (answer.status, answer.headers["content-range"]) == (416, "bytes */1000")
    assert live.get("/assets/blob.bin", Range="bytes=0-1,4-5").status == 200
    assert live.get("/assets/blob.bin", Range="bytes=5-2").status == 200
    assert live.get("/assets/blob.bin", Range="bytes=0-1", If_Range='"old"').status == 200


@pytest.mark.parametrize(
    "target",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/tea/..%2f..%2fsecret.txt",
        "/..%5csecret.txt",
        "//secret.txt",
        "/tea/%00",
        "/%ff",
        "/way-out",
        "/C:/secret.txt",
        "/assets",
        "http://elsewhere.example/",
    ],
)
def test_no_path_leaves_the_output(live: Running, target: str) -> None:
    answer = live.get(target)
    assert answer.status in (301, 404)
    assert b"nobody reads this" not in answer.body
    if target == "/assets":
        assert answer.status == 404


@given(
    st.lists(st.sampled_from(["..", ".", "", "tea", "%2e%2e", "%2f", "%5c", "~", "a.html", "%00", "\\"]), max_size=6)
)
@settings(max_examples=200, deadline=None)
def test_every_found_file_is_inside(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    root = tmp_path_factory.getbasetemp() / "inside"
    write(root / "output/tea/a.html", "")
    write(root / "a.html", "")
    parts = parts_of("/" + "/".join(names))
    answer = find(root / "output", parts, base_path="/") if parts else Missing()
    if isinstance(answer, Found):
        assert answer.path.resolve().is_relative_to(root / "output")
    assert isinstance(answer, Found | Moved | Missing)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("127.0.0.1:8000", 200),
        ("[::1]:8000", 200),
        ("site.localhost", 200),
        ("LOCALHOST", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("192.0.2.7", 421),
        ("localhost:x", 421),
        ("[", 421),
        ("", 421),
    ],
)
def test_host_header(live: Running, host: str, status: int) -> None:
    assert live.get("/", Host=host).status == status
    assert live.get("/__/state", Host=host).status == status


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"POST / HTTP/1.1\r\nHost: localhost\r\n\r\n", 405),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        (b"GET / HTTP/2.0\r\nHost: localhost\r\n\r\n", 505),
        (b"hello\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nBad Header: 1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello", 413),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 413),
        (b"GET /" + b"a" * 9_000 + b" HTTP/1.1\r\n", 414),
        (b"GET / HTTP/1.1\r\n" + b"X: " + b"a" * 40_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: 1\r\n" * 200 + b"\r\n", 431),
    ],
)
def test_bad_requests_are_refused(live: Running, data: bytes, status: int) -> None:
    assert live.raw(data).startswith(b"HTTP/1.1 %d " % status)


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_a_request_or_refused(data: bytes) -> None:
    try:
        answer: Request | Refused = parse(data)
    except Refused as refused:
        answer = refused
    assert isinstance(answer, Request) or 400 <= answer.status < 600


def test_connection_is_kept_and_pipelined(live: Running) -> None:
    head = b"GET /assets/blob.bin HTTP/1.1\r\nHost: localhost\r\n\r\n"
    assert live.raw(head * 3).count(b"HTTP/1.1 200 OK") == 3
    assert live.raw(head.replace(b"1.1\r", b"1.0\r") * 2).count(b"HTTP/1.1 200 OK") == 1


def test_answers_on_both_loopbacks(live: Running) -> None:
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family) as connection:
                connection.connect((address, live.port))
        except OSError:
            if family == socket.AF_INET6 and not os.path.exists("/proc/net/if_inet6"):
                pytest.skip("no IPv6 on this machine")
            raise


def test_listens_on_loopback_only(live: Running) -> None:
    names = {listener.getsockname()[0] for listener in live.preview.server._sockets}
    assert names <= {"127.0.0.1", "::1"}


def test_taken_port_names_a_free_one(live: Running) -> None:
    with pytest.raises(Problems) as caught:
        listen("localhost", live.port)
    problem = caught.value.items[0]
    assert problem.code == "outside-port-taken"
    suggested = int(problem.fix.rsplit(" ", 1)[1])
    assert suggested > live.port
    for listener in listen("localhost", suggested):
        listener.close()


def test_unknown_host_is_a_problem() -> None:
    with pytest.raises(Problems, match="outside-no-address"):
        listen("no.such.host.invalid", 0)


def test_base_path(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    write(root / "site.yaml", "base: /repo/\n")
    with running(root) as it:
        assert it.get("/repo/tea/").status == 200
        assert it.get("/repo").headers["location"] == "/repo/"
        assert it.get("/repo/tea").headers["location"] == "/repo/tea/"
        assert it.get("/").headers["location"] == "/repo/"
        assert it.get("/tea/").status == 404
        assert it.get("/repository/").status == 404


def test_request_during_a_refresh_waits_for_the_new_page(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    gate = threading.Event()
    gate.set()
    with running(root, site=MiniSite(root, slow=lambda name: gate.wait(5) and None)) as it:
        gate.clear()
        write(root / "content/tea.md", "title: 二煎目\n新しい。\n")
        it.until(lambda: it.preview.board.wanted > it.preview.board.visible)
        threading.Timer(0.3, gate.set).start()
        begun = time.monotonic()
        assert "二煎目" in it.get("/").text
        assert time.monotonic() - begun > 0.1


def test_nobody_sees_a_mixture(tmp_path: Path) -> None:
    """A page and the list that names it are of one revision, however the requests fall."""
    root = make_project(tmp_path)
    with running(root, site=MiniSite(root, slow=lambda name: time.sleep(0.005))) as it:
        for number in range(12):
            write(root / "content/tea.md", f"title: 版{number}\n本文。\n")
            it.until(lambda: it.preview.board.wanted > it.preview.board.visible)
            page, index = it.get("/tea/").text, it.get("/").text
            assert f"版{number}<" in page
            assert f"版{number}<" in index


def test_page_that_is_looked_at_comes_first(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    order: list[str] = []
    gate = threading.Event()

    def slow(name: str) -> None:
        order.append(name)
        if len(order) > 1:
            gate.wait(10)

    gate.set()
    with running(root, site=MiniSite(root, slow=slow)) as it:
        it.get("/tea/", Sec_Fetch_Mode="navigate")
        order.clear()
        gate.clear()
        write(root / "templates/page.html", (root / "templates/page.html").read_text("utf-8").replace("<h1>", "<h1>新"))
        it.until(lambda: it.preview.board.wanted > it.preview.board.visible)
        assert "<h1>新" in it.get("/tea/").text  # while all others are still held back
        assert order[0] == "tea/index.html"
        gate.set()


def test_first_page_before_the_others_and_a_calm_page_until_then(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    gate = threading.Event()
    with running(
        root, site=MiniSite(root, slow=lambda name: name == "index.html" or (gate.wait(20) and None)), wait=False
    ) as it:
        assert "見本のサイト" in it.get("/").text
        waiting = it.get("/tea/", Sec_Fetch_Mode="navigate")
        assert waiting.status == 503
        assert "書き出しています" in waiting.text
        assert "/__/reload.js" in waiting.text
        gate.set()
        assert "お茶の記録" in it.get("/tea/").text


def test_asset_with_a_digest_in_its_name_is_sent_at_once(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    gate = threading.Event()
    gate.set()
    with running(root, site=MiniSite(root, slow=lambda name: gate.wait(5) and None)) as it:
        (it.site.output / "assets/site.ad05829260.css").write_text("h1 {}", "utf-8")
        gate.clear()
        write(root / "site.yaml", "base: /\n")
        it.until(lambda: it.preview.board.wanted > it.preview.board.visible)
        assert it.get("/assets/site.ad05829260.css").text == "h1 {}"
        assert it.preview.board.wanted > it.preview.board.visible
        gate.set()


@pytest.mark.parametrize("name", ["site.css", "photo.20240101.png", "20240101.abcdefgh/a.js", "assets/app.12345678"])
def test_what_holds_no_digest_may_be_another_thing_tomorrow(name: str) -> None:
    assert not is_lasting(name)
    assert is_lasting("assets/search.50ab9d1863/open.js")


def test_base_path_that_is_known_late(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    write(root / "site.yaml", "base: /repo/\n")
    with running(root, site=MiniSite(root, slow=lambda name: time.sleep(0.05)), wait=False) as it:
        assert "見本のサイト" in it.get("/repo/").text
        assert it.get("/").headers["location"] == "/repo/"
