"""From the save to the page: this project's preview beside Hugo's and Eleventy's, in one run.

    python bench/serve.py 1000 10000 --rounds 7

Every server runs over its own copy of one corpus, all at the same time, and the rounds take turns, so that a busy
moment meets all of them. Three edits: a sentence in a body (an old briefing's page is asked for), a title
(the newest briefing's; the home page is asked for), and the page template (seen on the old briefing's open page). Two
times each: *served* is when the new bytes come over HTTP (asked for every 2 ms on one connection), *shown* is the
frame of an open Chromium that has them, as the page itself sees it: asking from outside would ask too seldom. Times are
milliseconds of wall time, medians of the rounds after one that only warms up.

Hugo runs twice: as it is, and as `hugo-full` with `--disableFastRender`, because as it is it leaves lists as they were.
An edit that is not there after 20 s counts as never; that kind of edit is then left out for that peer.

Before the edits each server starts cold, alone: wall and CPU seconds (of all its processes) until its home page is
served. The peers are those
of `bench/build.py`, installed into `--scratch` on first use; `--work` should be a RAM disk, or the disk is measured.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus import Sample, samples, write
from playwright.sync_api import sync_playwright

from build import ENVIRONMENT, SCRATCH, TOOLS, install, prepare

ROOT = Path(__file__).resolve().parent.parent
POLL = 0.002
START_PATIENCE = 300.0
EDIT_PATIENCE = 20.0
NEVER = float("inf")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# Notes when each token that an edit wrote stands on the page: wall time in milliseconds, at the frame that shows it.
WATCH = """(() => {
  const told = new Set();
  let asked = false;
  const look = () => {
    asked = false;
    for (const [token] of (document.documentElement?.textContent ?? '').matchAll(/TOK[a-z]+[0-9]+x[0-9]+/g))
      if (!told.has(token)) { told.add(token); tokenShown(token, Date.now()); }
  };
  const soon = () => { if (!asked) { asked = true; requestAnimationFrame(look); } };
  new MutationObserver(soon).observe(document, { childList: true, subtree: true, characterData: true });
})()"""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator's preview over a copy of the corpus."""

    name: str
    folder: Path
    command: tuple[str, ...]
    port: int
    template: str
    source: Callable[[Sample], str]
    urls: Callable[[Sample], tuple[str, ...]]


@dataclass(slots=True)
class Live:
    """A running preview, with a connection that stays open and an open page."""

    peer: Peer
    process: subprocess.Popen[bytes]
    connection: http.client.HTTPConnection
    ready: float
    ready_cpu: float
    page_url: str = ""
    page: Any = None
    shown: dict[str, float] = field(default_factory=dict)

    def open(self, browser: Any) -> None:
        """Open a page that writes into `shown` when (wall time in seconds) it showed each token."""
        self.page = browser.new_page()
        self.page.expose_function("tokenShown", lambda token, at: self.shown.setdefault(token, at / 1000))
        self.page.add_init_script(WATCH)

    def get(self, url: str) -> tuple[int, bytes]:
        """Status and body; (0, empty) when there was no answer."""
        try:
            self.connection.request("GET", url)
            answer = self.connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            return 0, b""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ours(work: Path, count: int) -> Peer:
    folder, port = work / f"yoroku-{count}", free_port()
    shutil.copytree(ROOT / "templates", folder / "templates")
    shutil.copy(ROOT / "site.yaml", folder)
    write(count, folder / "content/briefings", form="yoroku")
    return Peer(
        "yoroku",
        folder,
        (
            sys.executable,
            str(ROOT / "build.py"),
            "serve",
            "--port",
            str(port),
            "--no-search",
            "--base-url",
            "http://x.example",
        ),
        port,
        "templates/briefing.html",
        lambda item: f"content/briefings/{item.at:%Y}/{item.slug}.md",
        lambda item: (f"/briefings/{item.slug}/",),
    )


def peer_of(tool: str, work: Path, count: int, scratch: Path, *, more: tuple[str, ...] = ()) -> Peer:
    """A peer over a site of its own, as `bench/build.py` prepares it; installed into `scratch` on first use."""
    program, port = install(tool, scratch), free_port()
    name = tool + ("-full" if more else "")
    folder = prepare(tool, count, work)
    if more:
        folder = folder.rename(folder.with_name(f"{name}-{count}"))
    serving = {
        "hugo": ("server", "--port", str(port), "--bind", "127.0.0.1", *more),
        "eleventy": ("--serve", "--incremental", f"--port={port}"),
    }
    command = (*program, *serving[tool])
    return Peer(name, folder, command, port, TOOLS[tool].template, _plain_source, _plain_urls)


def _plain_source(item: Sample) -> str:
    return f"content/briefings/{item.slug}.md"


def _plain_urls(item: Sample) -> tuple[str, ...]:
    return (f"/briefings/{item.slug}.html", f"/briefings/{item.slug}/")


@contextmanager
def started(peer: Peer, item: Sample) -> Iterator[Live]:
    with (peer.folder / "serve.log").open("wb") as log:
        begun = time.perf_counter()
        process = subprocess.Popen(
            peer.command,
            cwd=peer.folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env=ENVIRONMENT,
        )
        try:
            live = Live(peer, process, http.client.HTTPConnection("127.0.0.1", peer.port, timeout=300), 0.0, 0.0)
            _until(lambda: live.get("/")[0] == 200, START_PATIENCE)
            live.ready, live.ready_cpu = time.perf_counter() - begun, cpu_of(process.pid)
            found = _until(lambda: any(live.get(url)[0] == 200 for url in peer.urls(item)), START_PATIENCE)
            if found == NEVER:
                raise SystemExit(f"{peer.name} serves no page; see {peer.folder}/serve.log")
            live.page_url = next(url for url in peer.urls(item) if live.get(url)[0] == 200)
            yield live
        finally:
            _end(process)


def cpu_of(leader: int) -> float:
    """User and system seconds of a process group and of its children that have ended; 0 where no system tells."""
    ticks = 0
    for pid in filter(str.isdecimal, os.listdir("/proc") if os.path.isdir("/proc") else ()):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if fields[2] == str(leader):
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def rest(live: Live) -> None:
    """Wait until a server has nothing more to do."""
    used = -1.0
    for _ in range(int(START_PATIENCE)):
        now = cpu_of(live.process.pid)
        if now - used < 0.05:
            return
        used = now
        time.sleep(2)


def _end(process: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGINT, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(10)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


def _until(true: Callable[[], bool], seconds: float) -> float:
    """Milliseconds until something is true, or `NEVER`."""
    begun = time.perf_counter()
    while not true():
        if time.perf_counter() - begun > seconds:
            return NEVER
        time.sleep(POLL)
    return (time.perf_counter() - begun) * 1000


def edited(kind: str, text: str, token: str) -> str:
    """A file's text with the token where this kind of edit puts it."""
    if kind == "body":
        return f"{text}\n追記 {token}\n"
    if kind == "title":
        return text.replace('title: "', f'title: "{token} ', 1)
    place = next(mark for mark in ("</h1>", "{% block main %}", "{{ content") if mark in text)
    return text.replace(place, f" {token}{place}" if place == "</h1>" else f"{place}{token} ", 1)


def measure(live: Live, kind: str, round_: int, item: Sample) -> dict[str, Any]:
    """One edit of one kind, seen from a program and from a browser, one after the other."""
    peer = live.peer
    path = peer.folder / (peer.template if kind == "template" else peer.source(item))
    url = "/" if kind == "title" else live.page_url
    before = path.read_text("utf-8")
    times: dict[str, float] = {}
    for name in ("served", "shown"):
        token = f"TOK{kind}{name}{round_}x{time.time_ns() % 10**9}"
        if name == "shown":
            live.page.goto(f"http://localhost:{peer.port}{url}")
            live.page.wait_for_timeout(300)
        path.write_text(edited(kind, before, token), "utf-8")
        if name == "served":
            times[name] = _until(lambda token=token: token.encode() in live.get(url)[1], EDIT_PATIENCE)
        else:
            times[name] = _shown(live, token)
        pause = max(0.4, min(times[name] / 1000, 5))
        time.sleep(pause)
        path.write_text(before, "utf-8")
        _until(lambda token=token: token.encode() not in live.get(url)[1], EDIT_PATIENCE)
        time.sleep(pause)
        if times[name] == NEVER:
            return {"peer": peer.name, "kind": kind, "round": round_, "served": NEVER, "shown": NEVER}
    return {"peer": peer.name, "kind": kind, "round": round_, **times}


def _shown(live: Live, token: str) -> float:
    """Milliseconds from now until the open page shows a token, or `NEVER`."""
    begun = time.time()
    while token not in live.shown:
        if time.time() - begun > EDIT_PATIENCE:
            return NEVER
        live.page.wait_for_timeout(5)
    return (live.shown[token] - begun) * 1000


def run(count: int, options: argparse.Namespace) -> list[dict[str, Any]]:
    items = list(samples(count))
    old, newest = items[count // 2], max(items, key=lambda item: item.at)
    rows: list[dict[str, Any]] = []
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=options.work)))
        peers = [make() for make in makers(work, count, options)]
        playwright = stack.enter_context(sync_playwright())
        program = next(filter(None, map(shutil.which, CHROMIUM)))
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        stack.callback(browser.close)
        lives = []
        for peer in peers:  # one after the other: a cold build is no fair neighbour
            live = stack.enter_context(started(peer, old))
            live.open(browser)
            lives.append(live)
            cold = {"peer": peer.name, "kind": "cold", "wall": live.ready * 1000, "cpu": live.ready_cpu * 1000}
            rows.append({"count": count, **cold})
            print(f"{count} {peer.name}: home page after {live.ready:.2f} s, {live.ready_cpu:.2f} s CPU", flush=True)
            rest(live)
        for kind in options.kinds.split(","):
            never: set[str] = set()
            for round_ in range(options.rounds + 1):
                for live in lives:
                    if live.peer.name in never:
                        continue
                    row = measure(live, kind, round_, newest if kind == "title" else old)
                    print(json.dumps(row), file=sys.stderr, flush=True)
                    if row["shown"] == NEVER:
                        never.add(live.peer.name)
                    if round_ or row["shown"] == NEVER:
                        rows.append({"count": count, **row})
    return rows


def makers(work: Path, count: int, options: argparse.Namespace) -> list[Callable[[], Peer]]:
    wanted: list[Callable[[], Peer]] = [lambda: ours(work, count)]
    if "hugo" in options.peers:
        # Both are prepared under one name, and this one moves away.
        wanted.append(lambda: peer_of("hugo", work, count, options.scratch, more=("--disableFastRender",)))
        wanted.append(lambda: peer_of("hugo", work, count, options.scratch))
    if "eleventy" in options.peers:
        wanted.append(lambda: peer_of("eleventy", work, count, options.scratch))
    return wanted


def report(rows: list[dict[str, Any]]) -> str:
    """A table of medians, with the least and the most."""
    lines = [
        "| briefings | edit | seen | " + " | ".join(peers := sorted({row["peer"] for row in rows}, reverse=True)) + " |"
    ]
    lines.append("|---" * (len(peers) + 3) + "|")
    for count, kind in dict.fromkeys((row["count"], row["kind"]) for row in rows):
        for seen in ("wall", "cpu") if kind == "cold" else ("served", "shown"):
            cells = []
            for peer in peers:
                key = (count, kind, peer)
                times = [row[seen] for row in rows if (row["count"], row["kind"], row["peer"]) == key]
                cells.append(cell(times))
            lines.append(f"| {count} | {kind} | {seen} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def cell(times: list[float]) -> str:
    """The median, the least and the most in milliseconds."""
    if not times or NEVER in times:
        return "never" if times else ""
    return f"{statistics.median(times):.0f} ({min(times):.0f} to {max(times):.0f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", type=int, nargs="*", default=[1000])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--kinds", default="body,title,template")
    parser.add_argument("--peers", default="hugo,eleventy")
    parser.add_argument("--scratch", type=Path, default=SCRATCH)
    parser.add_argument("--work", default="/dev/shm" if os.path.isdir("/dev/shm") else None)
    parser.add_argument("--out", type=Path, help="append the single times here, one JSON object a line")
    options = parser.parse_args()
    rows = [row for count in options.counts for row in run(count, options)]
    if options.out:
        with options.out.open("a", encoding="utf-8") as out:
            out.writelines(json.dumps(row) + "\n" for row in rows)
    print(report(rows))


if __name__ == "__main__":
    main()
