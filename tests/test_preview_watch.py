"""What the preview notices of the files, and when a burst of events is over."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from preview_site import make_project, running, write

from yoroku.preview import watch
from yoroku.preview.settle import DOUBTFUL, LIMIT, LONGEST, MANY, WHOLE, Burst
from yoroku.preview.watch import Changes, Watcher, ignored


class Seen:
    """A watcher over a project, and what it has handed over."""

    def __init__(self, root: Path, *, poll: bool) -> None:
        self.signs: list[str | None] = []
        self.watcher = Watcher(root, output=root / "output", poll=poll, seen=self._sign)

    def _sign(self, path: str | None) -> int:
        self.signs.append(path)
        return len(self.signs)

    def changes(self, seconds: float = 10.0) -> Changes:
        changes = self.watcher.wait(seconds)
        assert changes is not None, "nothing was noticed"
        return changes

    def all_of(self, *paths: str) -> None:
        """Wait until every path was handed over, by name or as "everything"."""
        missing = set(paths)
        while missing:
            changes = self.changes()
            missing = set() if changes.paths is None else missing - changes.paths


@pytest.fixture(params=["events", "polling"])
def seen(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Seen]:
    monkeypatch.setattr(watch, "POLL", 0.05)
    make_project(tmp_path)
    it = Seen(tmp_path, poll=request.param == "polling")
    it.watcher.start(("site.yaml", "content", "templates"))
    time.sleep(0.1)
    yield it
    it.watcher.stop()


def test_a_save(seen: Seen, tmp_path: Path) -> None:
    write(tmp_path / "content/tea.md", "title: 新\n")
    assert seen.changes().paths == {"content/tea.md"}


def test_a_save_by_rename(seen: Seen, tmp_path: Path) -> None:
    write(tmp_path / "content/.tea.md.tmp", "title: 新しい版\n")
    os.replace(tmp_path / "content/.tea.md.tmp", tmp_path / "content/tea.md")
    assert seen.changes().paths == {"content/tea.md"}


def test_a_save_with_a_backup(seen: Seen, tmp_path: Path) -> None:
    """As Vim does it: the old file moves away, and the new one is written in its place."""
    path = tmp_path / "content/tea.md"
    path.rename(f"{path}~")
    time.sleep(0.02)
    write(path, "title: 新しい版\n")
    os.unlink(f"{path}~")
    assert seen.changes().paths == {"content/tea.md"}
    assert seen.watcher.wait(0.2) is None


def test_rename_and_deletion(seen: Seen, tmp_path: Path) -> None:
    (tmp_path / "content/tea.md").rename(tmp_path / "content/coffee.md")
    seen.all_of("content/tea.md", "content/coffee.md")
    (tmp_path / "content/coffee.md").unlink()
    seen.all_of("content/coffee.md")


def test_new_folder_with_files(seen: Seen, tmp_path: Path) -> None:
    write(tmp_path / "content/a/b/deep.md", "title: 深い\n")
    seen.all_of("content/a/b/deep.md")
    while seen.watcher.wait(0.3):
        pass
    write(tmp_path / "content/a/b/deep.md", "title: もっと深い\n")
    seen.all_of("content/a/b/deep.md")


def test_folder_moved_and_deleted(seen: Seen, tmp_path: Path) -> None:
    write(tmp_path / "content/a/one.md", "title: 一\n")
    seen.all_of("content/a/one.md")
    while seen.watcher.wait(0.3):
        pass
    (tmp_path / "content/a").rename(tmp_path / "content/b")
    seen.all_of("content/b/one.md")
    while seen.watcher.wait(0.6):
        pass
    shutil.rmtree(tmp_path / "content/b")
    seen.all_of("content/b/one.md")


def test_watched_folder_that_comes_back(seen: Seen, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "templates")
    seen.all_of("templates/page.html")
    while seen.watcher.wait(0.6):
        pass
    write(tmp_path / "templates/page.html", "x")
    seen.all_of("templates/page.html")
    while seen.watcher.wait(0.3):
        pass
    write(tmp_path / "templates/page.html", "yy")
    seen.all_of("templates/page.html")


def test_settings(seen: Seen, tmp_path: Path) -> None:
    write(tmp_path / "site.yaml", "base: /x/\n")
    assert seen.changes().paths == {"site.yaml"}


def test_own_output_and_scratch_files_are_nothing(seen: Seen, tmp_path: Path) -> None:
    for name in (
        "output/index.html",
        ".yoroku/log",
        ".git/index",
        "content/.tea.md.swp",
        "content/tea.md~",
        "docs/a.md",
    ):
        write(tmp_path / name, "x")
    assert seen.watcher.wait(0.4) is None
    assert seen.signs == []


def test_lost_events_are_found_and_lead_to_polling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a network drive: the trial file here is told of, but what others write there is not."""
    monkeypatch.setattr(watch, "SWEEP", 0.1)
    monkeypatch.setattr(watch, "GRACE", 0.1)
    monkeypatch.setattr(Watcher, "tell", lambda self, event: None)
    make_project(tmp_path)
    seen = Seen(tmp_path, poll=False)
    seen.watcher.start(("site.yaml", "content", "templates"))
    try:
        time.sleep(0.3)
        assert not seen.watcher.polling
        write(tmp_path / "content/tea.md", "title: 遠くから\n")
        assert seen.changes().paths == {"content/tea.md"}
        assert seen.watcher.polling
    finally:
        seen.watcher.stop()


def test_no_event_at_all_leads_to_polling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Deaf(watch.Observer):  # type: ignore[misc, valid-type]
        def dispatch_events(self, event_queue: Any) -> None:
            event_queue.get(block=True)

    monkeypatch.setattr(watch, "Observer", Deaf)
    monkeypatch.setattr(watch, "PROBE", 0.2)
    monkeypatch.setattr(watch, "POLL", 0.05)
    make_project(tmp_path)
    with running(tmp_path) as it:
        it.until(lambda: it.preview.watcher.polling)
        write(tmp_path / "content/tea.md", "title: 聞こえない\n")
        it.until(lambda: "聞こえない" in it.get("/tea/").text)
    assert not list((tmp_path / ".yoroku").iterdir())


@pytest.mark.parametrize(
    "path",
    [
        "output/a.html",
        ".git/HEAD",
        "content/.hidden/a.md",
        "content/#a.md#",
        "content/.#a.md",
        "content/a.md~",
        "content/4913",
        "content/a.md.sb-1a2b-x",
        "content/__pycache__/a.pyc",
        "content/.DS_Store",
    ],
)
def test_ignored(path: str) -> None:
    assert ignored(path)


@pytest.mark.parametrize("path", ["content/a.md", "site.yaml", "content/output/a.md", "templates/assets/a~b.css"])
def test_not_ignored(path: str) -> None:
    assert not ignored(path)


def test_a_whole_file_is_handed_over_almost_at_once() -> None:
    burst = Burst()
    burst.add("a", 10.0, whole=False)
    assert burst.due() == 10.0 + DOUBTFUL
    burst.add("a", 10.01, whole=True)
    assert burst.due() == 10.01 + WHOLE
    assert burst.take() == {"a"}
    assert burst.due() is None


def test_many_files_wait_for_the_rest() -> None:
    burst = Burst()
    for number in range(MANY + 1):
        burst.add(f"{number}", 10.0, whole=True)
    assert burst.due() == 10.0 + DOUBTFUL


def test_too_many_files_are_everything() -> None:
    burst = Burst()
    for number in range(LIMIT + 1):
        burst.add(f"{number}", 10.0, whole=True)
    assert burst.take() is None


@given(st.lists(st.tuples(st.floats(0, 0.5), st.sampled_from("abc"), st.booleans()), min_size=1, max_size=30))
def test_no_event_is_lost_and_nothing_waits_for_ever(events: list[tuple[float, str, bool]]) -> None:
    burst, now, given_out, noted, first = Burst(), 0.0, set[str](), set[str](), None
    for pause, path, whole in events:
        now += pause
        due = burst.due()
        if due is not None and due <= now:
            given_out |= burst.take() or set()
            first = None
        first = now if first is None else first
        burst.add(path, now, whole=whole)
        noted.add(path)
        due = burst.due()
        assert due is not None
        assert now <= due + LONGEST
        assert due <= first + LONGEST
    assert given_out | (burst.take() or set()) == noted
