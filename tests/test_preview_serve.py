"""The preview as a whole: mistakes never end it, revisions are kept apart, and it stops clean."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from preview_site import MiniSite, make_project, running, write

from yoroku.preview.board import LISTED, Board, Entry
from yoroku.preview.builder import Keeper, Made, Progress, Refreshed
from yoroku.preview.serve import ServeOptions, serve
from yoroku.preview.stop import Stop
from yoroku.problems import Problems

PROGRESS = Progress(ready=lambda path: None, count=lambda done, total: None)
SCRIPT = """
import sys
from pathlib import Path
from preview_site import MiniSite
from yoroku.preview.serve import ServeOptions, serve
root = Path(sys.argv[1])
say = lambda line: print(line, flush=True)
sys.exit(serve(root, ServeOptions(port=0, search=False), say=say, make=lambda: MiniSite(root)))
"""


def test_save_is_served(tmp_path: Path) -> None:
    with running(make_project(tmp_path)) as it:
        write(tmp_path / "content/tea.md", "title: お茶の記録\n二煎目。\n")
        it.until(lambda: "二煎目" in it.get("/tea/").text)
        assert it.site.log[-1] == {"content/tea.md"}


def test_broken_settings_template_and_text_never_end_it(tmp_path: Path) -> None:
    with running(make_project(tmp_path)) as it:
        good = it.get("/tea/").text.split("<body>")[1]
        template = (tmp_path / "templates/page.html").read_text("utf-8")
        for path, damage, mended in (
            ("site.yaml", b": :", b"base: /\n"),
            ("templates/page.html", None, template.encode()),
            ("content/tea.md", b"title: \xff\xfe", "title: お茶の記録\n一煎目。\n".encode()),
        ):
            if damage is None:
                (tmp_path / path).unlink()
            else:
                (tmp_path / path).write_bytes(damage)
            it.until(lambda: it.state()["problem"])
            answer = it.get("/tea/")
            assert answer.status == 200
            assert answer.text.split("<body>")[1] == good
            (tmp_path / path).write_bytes(mended)
            it.until(lambda: not it.state()["problem"])
        assert sum("error:" in line for line in it.said) == 3


def test_a_quiet_preview_still_tells_what_is_wrong(tmp_path: Path) -> None:
    root, stop = make_project(tmp_path), Stop()
    write(root / "content/tea.md", "だめ\n")
    said: list[str] = []
    heard: list[str] = []

    def alert(line: str) -> None:
        heard.append(line)
        stop.asked = True

    options = ServeOptions(port=0, search=False)
    assert serve(root, options, say=said.append, alert=alert, make=lambda: MiniSite(root), stop=stop) == 0
    assert len(heard) == 1
    assert "content/tea.md" in heard[0]
    assert said[-1] == "stopped"


def test_failed_change_is_worked_in_with_the_next(tmp_path: Path) -> None:
    with running(make_project(tmp_path)) as it:
        write(tmp_path / "content/tea.md", "だめ\n")
        it.until(lambda: it.state()["problem"])
        write(tmp_path / "content/sea.md", "title: 海\n")
        it.until(lambda: len(it.site.log) == 3)
        assert it.site.log[-1] == {"content/tea.md", "content/sea.md"}


def test_bug_of_the_builder_is_shown_and_logged_once(tmp_path: Path) -> None:
    def break_down(name: str) -> None:
        if "sea" in name:
            raise ZeroDivisionError("by nought")

    root = make_project(tmp_path)
    with running(root, site=MiniSite(root, slow=break_down)) as it:
        assert "ZeroDivisionError" in str(it.state()["problem"])
        write(root / "content/tea.md", "title: 二\n")
        it.until(lambda: len(it.site.log) == 2 and it.preview.board.visible == it.preview.board.wanted)
        assert sum("Traceback" in line for line in it.said) == 1


def test_builder_that_cannot_be_made_is_tried_again(tmp_path: Path) -> None:
    root = make_project(tmp_path)

    def make() -> MiniSite:
        site = MiniSite(root)
        site._settings()
        return site

    write(root / "site.yaml", "nothing\n")
    with running(root, make=make) as it:
        answer = it.get("/")
        assert answer.status == 503
        assert "site.yaml" in answer.text
        write(root / "site.yaml", "base: /\n")
        it.until(lambda: it.get("/").status == 200)


def test_bursts_are_one_refresh(tmp_path: Path) -> None:
    with running(make_project(tmp_path)) as it:
        for number in range(100):
            write(tmp_path / f"content/n{number}.md", f"title: 番号{number}\n")
        it.until(lambda: "番号99" in it.get("/").text)
        assert len(it.site.log) <= 20


def test_a_newer_save_ends_a_long_refresh(tmp_path: Path) -> None:
    with running(make_project(tmp_path)) as it:
        begun, go_on = threading.Event(), threading.Event()

        def slow(name: str) -> None:
            if "番号" in (tmp_path / "content/a.md").read_text("utf-8") and not go_on.is_set():
                begun.set()
                go_on.wait(60)

        it.site.slow = slow
        write(tmp_path / "content/a.md", "title: 番号一\n")
        assert begun.wait(60)
        write(tmp_path / "content/b.md", "title: 番号二\n")
        it.until(lambda: it.preview.board.wanted > it.preview.board.visible + 1)
        go_on.set()
        it.until(lambda: "番号二" in it.get("/b/").text)
        assert "番号一" in it.get("/a/").text
        # What was given up is worked in again.
        assert sum(changed is not None and "content/a.md" in changed for changed in it.site.log) >= 2


def test_search_is_indexed_behind_and_once_for_many_saves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Long beside one save and the requests after it, also on a busy machine.
    monkeypatch.setattr("yoroku.preview.reindex.QUIET", 3.0)
    with running(make_project(tmp_path), search=True) as it:
        it.until(lambda: it.site.indexed == 1 and not it.state()["stale_search"])
        for number in range(5):
            write(tmp_path / "content/tea.md", f"title: 版{number}\n")
            it.until(lambda number=number: f"版{number}" in it.get("/tea/").text)  # type: ignore[misc]
            it.until(lambda: it.state()["stale_search"])
        it.until(lambda: not it.state()["stale_search"])
        assert it.site.indexed <= 3


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stops_clean_on_a_signal(tmp_path: Path, number: signal.Signals) -> None:
    root = make_project(tmp_path)
    here = Path(__file__).parent
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(root)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(here), str(here.parent)))},
    )
    assert process.stdout is not None
    try:
        port = int(process.stdout.readline().split("localhost:")[1].split("/")[0])
        stream = http.client.HTTPConnection("localhost", port, timeout=60)
        stream.request("GET", "/__/events")
        assert stream.getresponse().status == 200  # an open page does not hold it back
        process.send_signal(number)
        rest = process.stdout.read()
        assert process.wait(10) == 0
        assert rest.endswith("stopped\n")
        assert "Traceback" not in rest
    finally:
        process.kill()
        process.wait()


def test_taken_port_is_known_before_anything_is_built(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    with running(root) as it:
        site = MiniSite(root)
        with pytest.raises(Problems, match="outside-port-taken"):
            serve(root, ServeOptions(port=it.port), say=lambda line: None, make=lambda: site)
        assert site.log == []


def test_nothing_is_left_running(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    with running(make_project(tmp_path), search=True) as it:
        it.get("/")
    assert it.site.closed
    end = time.monotonic() + 60
    while left := set(threading.enumerate()) - before:
        assert time.monotonic() < end, left
        time.sleep(0.02)


def test_keeper_passes_everything_at_first(tmp_path: Path) -> None:
    site = MiniSite(make_project(tmp_path))
    keeper = Keeper(lambda: site, log=lambda line: None)
    keeper.refresh(frozenset({"content/tea.md"}), first=(), progress=PROGRESS)
    keeper.refresh(frozenset({"content/tea.md"}), first=(), progress=PROGRESS)
    assert site.log == [None, {"content/tea.md"}]


def finished(revision: int, *paths: str) -> Entry:
    return Entry(revision, 0.0, None, Refreshed(written=tuple(Made(path) for path in paths)))


def test_keeper_that_failed_at_first_passes_everything_again(tmp_path: Path) -> None:
    site = MiniSite(make_project(tmp_path))
    write(tmp_path / "site.yaml", "nothing\n")
    keeper = Keeper(lambda: site, log=lambda line: None)
    assert keeper.refresh(None, first=(), progress=PROGRESS).failed
    write(tmp_path / "site.yaml", "base: /\n")
    assert not keeper.refresh(frozenset({"site.yaml"}), first=(), progress=PROGRESS).failed
    assert site.log == [None, None]


def test_what_the_last_build_left_is_served_while_the_builder_warms_up(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    MiniSite(root).refresh(None, first=(), progress=PROGRESS)
    gate = threading.Event()
    site = MiniSite(root, ready_made=True, slow=lambda name: gate.wait(20) and None)
    with running(root, site=site, wait=False) as it:
        assert "お茶の記録" in it.get("/tea/").text
        assert not gate.is_set()
        gate.set()


def test_board_waits_for_what_a_refresh_can_change() -> None:
    board = Board()
    board.finish(finished(board.want(None)), "", "")
    assert board.wait("index.html", 0)
    revision = board.want(frozenset({".md"}))
    assert not board.wait("index.html", 0)
    assert not board.wait("feed.xml", 0)
    assert board.wait("assets/site.css", 0)
    revision = board.want(frozenset({".css"}))
    assert not board.wait("assets/site.css", 0)
    board.begin(revision)
    board.ready("index.html")
    assert board.wait("index.html", 0)
    assert not board.wait("feed.xml", 0)
    board.finish(finished(revision - 1), "", "")
    assert not board.wait("feed.xml", 0)  # the second save is still to come
    board.finish(finished(revision), "", "")
    assert board.wait("feed.xml", 0)


def test_what_an_older_refresh_made_early_is_not_what_a_newer_save_wants() -> None:
    board = Board()
    board.finish(finished(board.want(None)), "", "")
    board.begin(board.want(frozenset({".html"})))
    board.ready("index.html")
    assert board.wait("index.html", 0)
    newer = board.want(frozenset({".md"}))
    assert not board.wait("index.html", 0)
    board.begin(newer)
    board.ready("index.html")
    assert board.wait("index.html", 0)


def test_board_names_the_changed_outputs_unless_they_are_too_many() -> None:
    board = Board()
    board.finish(finished(board.want(None), "a", "b"), "", "")
    assert (board.state().since, board.state().revision, board.state().changed) == (0, 1, ("a", "b"))
    board.finish(finished(board.want(None), *map(str, range(LISTED + 1))), "", "")
    assert (board.state().since, board.state().revision, board.state().changed) == (1, 2, None)
