"""The preview over the real pipeline and the real theme."""

from __future__ import annotations

import http.client
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from preview_site import running, write
from sample_site import tree

from yoroku.build.pipeline import Options, build
from yoroku.preview.builder import Progress, Superseded
from yoroku.preview.live import pipeline
from yoroku.problems import Problems

ROOT = Path(__file__).resolve().parent.parent
BRIEFING = """---
title: "見本の会合 {title}"
date: 2024-05-0{day}
sources:
  - publisher: 見本新聞
    title: 見本の記事
    url: https://sample.example/{day}
---
見本の段落{day}。 ^L1
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    write(tmp_path / "site.yaml", "title: 見本\nbase_url: https://site.example/repo\n")
    for day in (1, 2, 3):
        write(tmp_path / f"content/briefings/2024-05-0{day}-sample.md", BRIEFING.format(title=f"第{day}回", day=day))
    return tmp_path


def make(root: Path, *, search: bool = False):  # type: ignore[no-untyped-def]
    return pipeline(root, base_url="", drafts=False, search=search)


def test_pages_follow_the_files(root: Path) -> None:
    with running(root, make=make(root)) as it:
        page = root / "content/briefings/2024-05-02-sample.md"
        url = "/repo/briefings/2024-05-02-sample/"
        assert "第2回" in it.get(url).text
        write(page, page.read_text("utf-8").replace("第2回", "改題") + "\n書き足した段落。\n")
        it.until(lambda: "書き足した段落。" in it.get(url).text)
        assert "改題" in it.get("/repo/").text
        panel = it.get("/__/").text
        assert "content/briefings/2024-05-02-sample.md" in panel
        assert "briefings/2024-05-02-sample/index.html" in panel
        page.unlink()
        it.until(lambda: it.get(url).status == 404)
        assert "改題" not in it.get("/repo/").text


def test_mistakes_show_and_go(root: Path) -> None:
    with running(root, make=make(root)) as it:
        page = root / "content/briefings/2024-05-02-sample.md"
        good = page.read_text("utf-8")
        for path, broken in (
            (page, good.replace("date: 2024-05-02", "date: 2024-13-02").encode()),
            (page, b"\xff\xfe\x00"),
            (root / "site.yaml", b"titel: x\n"),
            (root / "templates/briefing.html", b"{% if %}"),
        ):
            before = path.read_bytes()
            path.write_bytes(broken)
            it.until(lambda: it.state()["problem"])
            assert path.name in str(it.state()["problem"])
            assert "第2回" in it.get("/repo/briefings/2024-05-02-sample/").text
            path.write_bytes(before)
            it.until(lambda: not it.state()["problem"])
        assert not any("Traceback" in line for line in it.said)


def test_a_refresh_that_is_given_up_leaves_the_output_and_the_next_makes_it_whole(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yoroku.preview.live.NEARLY", 0)
    told: list[str] = []
    patient = Progress(told.append, lambda done, total: None)
    hasty = Progress(told.append, lambda done, total: None, lambda: True)
    live = make(root)()
    try:
        live.refresh(None, first=(), progress=patient)
        before = tree(root / "output")
        path = root / "templates/base.html"
        page = "briefings/2024-05-02-sample/index.html"
        write(path, path.read_text("utf-8").replace("</body>", "<p>一つ目</p></body>"))
        with pytest.raises(Superseded):
            live.refresh(frozenset({"templates/base.html"}), first=(page,), progress=hasty)
        assert page in told
        assert tree(root / "output") == before
        write(path, path.read_text("utf-8").replace("一つ目", "二つ目"))
        live.refresh(frozenset({"templates/base.html"}), first=(page,), progress=patient)
    finally:
        live.close()
    after = tree(root / "output")
    assert "二つ目".encode() in after[page]
    shutil.rmtree(root / "output")
    shutil.rmtree(root / ".yoroku")
    assert build(root, Options(search=False)).ok
    assert tree(root / "output") == after


def test_deleted_template_comes_back(root: Path) -> None:
    with running(root, make=make(root)) as it:
        path = root / "templates/briefing.html"
        text = path.read_bytes()
        path.unlink()
        it.until(lambda: it.state()["problem"])
        path.write_bytes(text)
        it.until(lambda: not it.state()["problem"])


def test_search_follows(root: Path) -> None:
    with running(root, make=make(root, search=True), search=True) as it:
        it.until(lambda: not it.state()["stale_search"], 30)
        entry = root / "output/pagefind/entry.json"
        before = entry.read_bytes()
        page = root / "content/briefings/2024-05-02-sample.md"
        write(page, page.read_text("utf-8") + "\n灯台守の記録。\n")
        it.until(lambda: it.state()["stale_search"])
        it.until(lambda: not it.state()["stale_search"], 30)
        assert entry.read_bytes() != before


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_the_command_serves_follows_and_leaves_no_process_behind(root: Path) -> None:
    command = [sys.executable, str(ROOT / "build.py"), "-C", str(root), "serve", "--port", "0", "--no-search"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert process.stdout is not None
        port = int(process.stdout.readline().split("localhost:")[1].split("/")[0])

        def page() -> str:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/repo/briefings/2024-05-02-sample/")
            text = connection.getresponse().read().decode("utf-8")
            connection.close()
            return text

        assert "第2回" in page()
        path = root / "content/briefings/2024-05-02-sample.md"
        write(path, path.read_text("utf-8").replace("第2回", "改題"))
        end = time.monotonic() + 60
        while "改題" not in page():
            assert time.monotonic() < end
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        # The pipe is closed when the last process that holds it is gone.
        said = process.stdout.read()
        assert process.wait(60) == 0
        assert "Traceback" not in said
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_client_is_never_in_the_output(root: Path) -> None:
    with running(root, make=make(root)) as it:
        assert "/__/reload.js" in it.get("/repo/").text
    for path in (root / "output").rglob("*"):
        assert not path.is_file() or b"/__/" not in path.read_bytes()


def test_the_home_page_stands_before_it_is_known_which_others_there_are(root: Path) -> None:
    told: list[tuple[str, bool]] = []
    page = root / "output/briefings/2024-05-02-sample/index.html"
    live = make(root)()
    try:
        progress = Progress(lambda path: told.append((path, page.exists())), lambda done, total: None)
        live.refresh(None, first=("index.html",), progress=progress)
        early = (root / "output/index.html").read_bytes()
    finally:
        live.close()
    assert told == [("index.html", False)]
    shutil.rmtree(root / "output")
    shutil.rmtree(root / ".yoroku")
    assert build(root, Options(search=False)).ok
    assert (root / "output/index.html").read_bytes() == early


def test_an_early_home_page_goes_when_the_first_build_fails(root: Path) -> None:
    told: list[str] = []
    write(root / "static/index.html", "a second home page")
    live = make(root)()
    try:
        with pytest.raises(Problems, match="same-address"):
            live.refresh(None, first=("index.html",), progress=Progress(told.append, lambda done, total: None))
    finally:
        live.close()
    assert told == ["index.html"]
    assert "index.html" not in tree(root / "output")
