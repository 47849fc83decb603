"""The builder in a process of its own: it answers as the builder itself, and nothing of it is left behind."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from preview_site import MiniSite, make_project, write

from yoroku.preview.apart import Apart, Failed
from yoroku.preview.builder import Progress, Refreshed, Superseded
from yoroku.problems import Problems
from yoroku.records import replace

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no forks here")
QUIET = Progress(lambda path: None, lambda done, total: None)


@pytest.fixture
def begun(tmp_path: Path) -> Iterator[Callable[..., Apart]]:
    """Begins a builder of the small site apart, and ends it after the test."""
    made: list[Apart] = []

    def begin(site: MiniSite | None = None, make: Callable[[], MiniSite] | None = None) -> Apart:
        made.append(Apart(make or (lambda: site or MiniSite(tmp_path))))
        return made[-1]

    make_project(tmp_path)
    yield begin
    for apart in made:
        apart.close()


def process_of(apart: Apart) -> int:
    return apart._pid


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_it_is_the_builder_itself(begun: Callable[..., Apart], tmp_path: Path) -> None:
    builder = begun().made()
    ready: list[str] = []
    counted: list[tuple[int, int]] = []
    first = ("tea/index.html",)
    result = builder.refresh(None, first=first, progress=Progress(ready.append, lambda *count: counted.append(count)))
    assert {made.path for made in result.written} >= {"index.html", "tea/index.html"}
    assert (tmp_path / "output/tea/index.html").is_file()
    assert ready == ["tea/index.html"]
    assert counted[-1][0] == counted[-1][1]
    assert (builder.output, builder.base_path, builder.lang) == (tmp_path / "output", "/", "ja")
    assert builder.watched == MiniSite.watched
    assert not builder.current()
    assert builder.reindex() == ()


def test_mistakes_cross_over(begun: Callable[..., Apart], tmp_path: Path) -> None:
    builder = begun().made()
    write(tmp_path / "content/tea.md", "no title\n")
    with pytest.raises(Problems) as failure:
        builder.refresh(None, first=(), progress=QUIET)
    assert [problem.code for problem in failure.value.items] == ["no-title"]
    write(tmp_path / "content/tea.md", "title: 煎茶\n")
    assert builder.refresh(None, first=(), progress=QUIET).written
    write(tmp_path / "site.yaml", "base: /repo/\n")
    builder.refresh(frozenset({"site.yaml"}), first=(), progress=QUIET)
    assert builder.base_path == "/repo/"


def test_a_builder_that_cannot_be_made_yet(begun: Callable[..., Apart], tmp_path: Path) -> None:
    def make() -> MiniSite:
        site = MiniSite(tmp_path)
        site._settings()
        return site

    apart = begun(make=make)
    write(tmp_path / "site.yaml", "nothing\n")
    with pytest.raises(Problems, match="bad-base"):
        apart.made()
    write(tmp_path / "site.yaml", "base: /\n")
    assert apart.made().refresh(None, first=(), progress=QUIET).written


def test_a_bug_keeps_its_traceback(begun: Callable[..., Apart], tmp_path: Path) -> None:
    builder = begun(MiniSite(tmp_path, slow=lambda name: [].pop())).made()
    with pytest.raises(Failed, match="IndexError") as failure:
        builder.refresh(None, first=(), progress=QUIET)
    assert any("preview_site.py" in note for note in failure.value.__notes__)


class Endless(MiniSite):
    """Its first refresh goes on until it is given up."""

    def refresh(self, changed: frozenset[str] | None, *, first: tuple[str, ...], progress: Progress) -> Refreshed:
        if self.log:
            return super().refresh(changed, first=first, progress=progress)
        self.log.append(changed)
        end = time.monotonic() + 60
        while time.monotonic() < end and not progress.superseded():
            time.sleep(0.01)
        raise Superseded if time.monotonic() < end else AssertionError


def test_a_refresh_is_given_up_when_it_is_asked_to(begun: Callable[..., Apart], tmp_path: Path) -> None:
    builder = begun(Endless(tmp_path)).made()
    with pytest.raises(Superseded):
        builder.refresh(None, first=(), progress=replace(QUIET, superseded=lambda: True))
    # The question does not stay for the next one.
    assert builder.refresh(None, first=(), progress=QUIET).written


class Wasteful(MiniSite):
    """Leaves something behind that only the collector of cycles finds."""

    def current(self) -> bool:
        gc.disable()
        waste = Waste()
        waste.path, waste.itself = self.root / "freed", waste
        return False


class Waste:
    path: Path
    itself: Waste

    def __del__(self) -> None:
        self.path.touch()


def test_what_nobody_refers_to_is_freed(
    begun: Callable[..., Apart], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yoroku.preview.apart.MANY", 3)
    builder = begun(Wasteful(tmp_path)).made()
    assert not builder.current()
    builder.refresh(None, first=(), progress=QUIET)
    end = time.monotonic() + 60
    while not (tmp_path / "freed").exists() and time.monotonic() < end:
        time.sleep(0.01)
    assert (tmp_path / "freed").exists()


def test_a_lost_process_is_replaced(begun: Callable[..., Apart], tmp_path: Path) -> None:
    apart = begun()
    builder = apart.made()
    builder.refresh(None, first=(), progress=QUIET)
    os.kill(process_of(apart), signal.SIGKILL)
    write(tmp_path / "content/tea.md", "title: 番茶\n")
    builder.refresh(frozenset({"content/tea.md"}), first=(), progress=QUIET)
    assert "番茶" in (tmp_path / "output/tea/index.html").read_text("utf-8")
    assert builder.reindex() == ()
    assert builder.base_path == "/"


def test_closing_ends_a_process_that_hangs(begun: Callable[..., Apart], tmp_path: Path) -> None:
    apart = begun()
    apart.made()
    pid = process_of(apart)
    os.kill(pid, signal.SIGSTOP)
    apart.close()
    assert gone(pid)
    apart.close()


SCRIPT = """
import sys, time
from pathlib import Path
from preview_site import MiniSite
from yoroku.preview.apart import Apart
root = Path(sys.argv[1])
apart = Apart(lambda: MiniSite(root))
apart.made()
print(apart._pid, flush=True)
time.sleep(600)
"""


def test_it_ends_with_the_preview_however_that_ends(tmp_path: Path) -> None:
    make_project(tmp_path)
    here = Path(__file__).parent
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(here), str(here.parent)))}
    command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()
    # The pipe is closed when the last process that holds it is gone.
    assert process.stdout.read() == ""
    process.stdout.close()
    end = time.monotonic() + 60
    while not gone(pid) and time.monotonic() < end and not _is_zombie(pid):
        time.sleep(0.01)
    assert gone(pid) or _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    """Whether it has ended and only nobody has asked how: an orphan where no init process does."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False
