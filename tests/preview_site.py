"""A tiny site with a builder of its own, to test the preview without the real pipeline, and a preview that runs."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from yoroku.preview.builder import Made, Progress, Refreshed, Superseded
from yoroku.preview.serve import Preview, ServeOptions
from yoroku.preview.stop import Stop
from yoroku.problems import Place, Problem, Problems

CSP = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"
)
TEMPLATE = """<!doctype html>
<html lang="ja"><head><meta http-equiv="Content-Security-Policy" content="%s"><meta charset="utf-8">
<title>{title}</title><link rel="stylesheet" href="{up}assets/site.css"></head>
<body><h1>{title}</h1>{body}</body></html>
"""


@dataclass
class MiniSite:
    """Renders `content/*.md`: the first line is `title: ...`, every other one a paragraph (or HTML of the test)."""

    root: Path
    base_path: str = "/"
    lang: str = "ja"
    watched: tuple[str, ...] = ("site.yaml", "content", "templates")
    slow: Callable[[str], None] = lambda name: None
    log: list[frozenset[str] | None] = field(default_factory=list)
    indexed: int = 0
    may_index: threading.Event = field(default_factory=threading.Event)
    closed: bool = False
    ready_made: bool = False

    def __post_init__(self) -> None:
        self.may_index.set()

    @property
    def output(self) -> Path:
        return self.root / "output"

    def current(self) -> bool:
        return self.ready_made

    def refresh(self, changed: frozenset[str] | None, *, first: tuple[str, ...], progress: Progress) -> Refreshed:
        self.log.append(changed)
        self._settings()
        wanted = self._render()
        written, order = [], sorted(wanted, key=lambda name: (name not in first, name))
        for count, name in enumerate(order):
            self.slow(name)
            path = self.output / name
            if not path.is_file() or path.read_bytes() != wanted[name]:
                path.parent.mkdir(parents=True, exist_ok=True)
                temporary = path.with_name(path.name + ".new")
                temporary.write_bytes(wanted[name])
                os.replace(temporary, path)
                written.append(Made(name, "its text changed"))
            if name in first:
                progress.ready(name)
            progress.count(count + 1, len(order))
            if progress.superseded():
                raise Superseded
        present = {path.relative_to(self.output).as_posix() for path in self.output.rglob("*") if path.is_file()}
        removed = tuple(sorted(present - wanted.keys()))
        for name in removed:
            (self.output / name).unlink()
        return Refreshed(written=tuple(written), removed=removed)

    def reindex(self) -> tuple[Problem, ...]:
        self.may_index.wait(20)
        self.indexed += 1
        return ()

    def close(self) -> None:
        self.closed = True

    def _settings(self) -> None:
        text = (self.root / "site.yaml").read_text("utf-8")
        match = re.fullmatch(r"base: (/|/[\w/]+/)\n", text)
        if match is None:
            raise Problems(Problem(Place("site.yaml", 1, 7), "bad-base", "'base' is not a path", "write '/' or '/x/'"))
        self.base_path = match[1]

    def _render(self) -> dict[str, bytes]:
        try:
            template = (self.root / "templates/page.html").read_text("utf-8")
        except OSError:
            raise Problems(
                Problem(Place("templates/page.html"), "no-template", "there is no 'page.html'", "put it back")
            ) from None
        pages, bad = {}, []
        for path in sorted((self.root / "content").rglob("*.md")):
            name = path.relative_to(self.root).as_posix()
            try:
                head, *lines = path.read_bytes().decode("utf-8").splitlines() or [""]
            except UnicodeDecodeError:
                bad.append(Problem(Place(name, 2), "undecodable", f"'{path.name}' is not UTF-8", "save it as UTF-8"))
                continue
            if not head.startswith("title: "):
                bad.append(Problem(Place(name, 1, 1), "no-title", f"'{head}' is no title", "begin with 'title: '"))
                continue
            body = "".join(line if line.startswith("<") else f"<p>{line}</p>" for line in lines)
            pages[path.stem] = (head.removeprefix("title: "), body)
        if bad:
            raise Problems(*bad)
        links = "".join(f'<p><a href="{stem}/">{title}</a></p>' for stem, (title, _) in pages.items())
        made = {"index.html": template.format(title="見本のサイト", body=links, up="").encode()}
        for stem, (title, body) in pages.items():
            made[f"{stem}/index.html"] = template.format(title=title, body=body, up="../").encode()
        made["404.html"] = template.format(title="見つかりません", body="", up=self.base_path).encode()
        for path in (self.root / "templates/assets").iterdir():
            made[f"assets/{path.name}"] = path.read_bytes()
        return made


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def make_project(root: Path) -> Path:
    write(root / "site.yaml", "base: /\n")
    write(root / "templates/page.html", TEMPLATE % CSP)
    write(root / "templates/assets/site.css", "h1 { color: rgb(0, 0, 0); }\n")
    write(root / "templates/assets/blob.bin", "0123456789" * 100)
    write(root / "content/tea.md", "title: お茶の記録\n一煎目。\n")
    write(root / "content/sea.md", "title: 海の記録\n" + "長い段落。\n" * 200)
    return root


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass
class Running:
    """A preview that runs in a thread of the test."""

    preview: Preview
    site: MiniSite
    said: list[str]

    @property
    def port(self) -> int:
        return self.preview.server.port

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def get(self, target: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, target, headers={"Host": f"localhost:{self.port}", **named})
            response = connection.getresponse()
            pairs = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, pairs, response.read())
        finally:
            connection.close()

    def raw(self, data: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as connection:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            got = b""
            while piece := connection.recv(65_536):
                got += piece
        return got

    def state(self) -> dict[str, object]:
        return json.loads(self.get("/__/state").body)

    def until(self, true: Callable[[], object], seconds: float = 15.0) -> None:
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, f"it never happened; the terminal said {self.said}"
            time.sleep(0.01)

    def settle(self, revision: int) -> None:
        """Wait until a later revision than this one is visible and nothing is left to do."""
        board = self.preview.board
        self.until(lambda: board.visible > revision and board.visible == board.wanted)


@contextmanager
def running(
    root: Path,
    *,
    site: MiniSite | None = None,
    make: Callable[[], MiniSite] | None = None,
    wait: bool = True,
    **options: object,
) -> Iterator[Running]:
    site = site or MiniSite(root)
    said: list[str] = []
    given = ServeOptions(**{"port": 0, "search": False, **options})  # type: ignore[arg-type]
    preview = Preview(root, given, make=make or (lambda: site), say=said.append, alert=said.append)
    stop = Stop()
    preview.start()
    loop = threading.Thread(target=preview.run, args=(stop,))
    loop.start()
    try:
        it = Running(preview, site, said)
        if wait:
            it.settle(0)
        yield it
    finally:
        stop.asked = True
        loop.join(20)
        preview.close()
        assert not loop.is_alive()
