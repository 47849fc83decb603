"""The output folder: nothing is half written, nothing is written twice, nothing of others is touched."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from yoroku.build import lock, output, workers
from yoroku.build.output import MARKER, Stage, adopt, commit, discard, intact, leftovers
from yoroku.build.sealed import PART
from yoroku.problems import Place, Problem, Problems


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def make(root: Path, files: dict[str, str], record: dict | None = None) -> dict:
    """One build that makes exactly these files."""
    kept = intact(str(root), record or {})
    stage = Stage(str(root), kept, fresh=not root.exists())
    for path, text in files.items():
        stage.put(path, text.encode())
    return commit(stage, stage.staged, remove=set(record or {}) - set(files))


def test_a_first_build_appears_at_once(tmp_path: Path) -> None:
    root = tmp_path / "output"
    stage = Stage(str(root), {}, fresh=True)
    stage.put("a/index.html", b"A")
    assert not root.exists()
    commit(stage, stage.staged, remove=())
    assert tree(tmp_path) == {"output/a/index.html": b"A"}


def test_only_what_differs_is_written_and_what_is_stale_goes(tmp_path: Path) -> None:
    root = tmp_path / "output"
    made = make(root, {"a/index.html": "A", "b/index.html": "B", "c/d/index.html": "C"})
    (root / "CNAME").write_text("example.org")
    before = os.stat(root / "a/index.html").st_mtime_ns
    inode = os.stat(root / "a/index.html").st_ino
    made = make(root, {"a/index.html": "A", "b/index.html": "B2"}, made)
    assert tree(root) == {"a/index.html": b"A", "b/index.html": b"B2", "CNAME": b"example.org"}
    assert (os.stat(root / "a/index.html").st_mtime_ns, os.stat(root / "a/index.html").st_ino) == (before, inode)
    assert not (root / "c").exists()
    assert set(made) == {"a/index.html", "b/index.html"}


def test_without_a_memory_equal_files_are_still_left_alone(tmp_path: Path) -> None:
    root = tmp_path / "output"
    make(root, {"a": "A", "b": "B"})
    inode = os.stat(root / "a").st_ino
    make(root, {"a": "A", "b": "B2"}, {})
    assert os.stat(root / "a").st_ino == inode
    assert tree(root) == {"a": b"A", "b": b"B2"}


def test_a_file_may_become_a_folder_and_a_folder_a_file(tmp_path: Path) -> None:
    root = tmp_path / "output"
    made = make(root, {"x": "file", "y/z/index.html": "deep"})
    made = make(root, {"x/index.html": "folder", "y": "flat"}, made)
    assert tree(root) == {"x/index.html": b"folder", "y": b"flat"}
    assert set(made) == {"x/index.html", "y"}


def test_a_build_that_fails_takes_back_what_it_staged(tmp_path: Path) -> None:
    root = tmp_path / "output"
    make(root, {"a": "A"})
    stage = Stage(str(root), {}, fresh=False)
    stage.put("a", b"changed")
    stage.put("new/deep/b", b"B")
    discard(stage, ["a", "new/deep/b", "never"])
    assert tree(tmp_path) == {"output/a": b"A"}
    assert not (root / "new").exists()
    first = Stage(str(tmp_path / "other"), {}, fresh=True)
    first.put("a", b"A")
    discard(first, ["a"])
    assert os.listdir(tmp_path) == ["output"]


def test_a_file_that_somebody_changed_is_noticed(tmp_path: Path) -> None:
    root = tmp_path / "output"
    made = make(root, {"a": "A", "b": "B", "c": "C", "d": "D"})
    (root / "a").unlink()
    (root / "b").write_text("X")
    (root / "c").write_text("C")
    os.utime(root / "b", ns=(0, 0))
    assert set(intact(str(root), made)) == {"c", "d"}
    make(root, {"a": "A", "b": "B", "c": "C", "d": "D"}, made)
    assert tree(root) == {"a": b"A", "b": b"B", "c": b"C", "d": b"D"}


def test_an_interrupted_build_is_tidied(tmp_path: Path) -> None:
    root = tmp_path / "output"
    make(root, {"a": "A"})
    (root / "deep").mkdir()
    (root / f"deep/b{PART}").write_text("half")
    (root / "new").write_text("renamed already")
    (tmp_path / f"output{PART}").mkdir()
    assert leftovers(str(root), ["new", "deep/b"]) == {"new"}
    assert tree(tmp_path) == {"output/a": b"A", "output/new": b"renamed already"}
    assert not (root / "deep").exists()


def test_only_a_folder_that_says_so_is_ours(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(Problems) as failure:
        adopt(str(tmp_path), "output")
    assert [problem.code for problem in failure.value.items] == ["output-foreign"]
    (tmp_path / MARKER).write_bytes(output.MARKER_TEXT)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/HEAD").write_text("x")
    assert adopt(str(tmp_path), "output") == {"mine.txt"}


def test_a_full_or_closed_disk_is_a_problem_from_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    stage = Stage(str(tmp_path / "output"), {}, fresh=True)
    with pytest.raises(Problems) as failure:
        stage.put("a/index.html", b"A")
    (problem,) = failure.value.items
    assert str(problem) == (
        "a/index.html: error: this file could not be written: No space left on device; free some space "
        "[outside-not-written]"
    )


def test_two_builds_at_once(tmp_path: Path) -> None:
    path = str(tmp_path / "lock")
    with lock.held(path):
        with pytest.raises(Problems) as failure, lock.held(path):
            pass
        assert str(os.getpid()) in failure.value.items[0].what
        assert failure.value.items[0].code == "outside-build-running"
    with lock.held(path):
        pass


def squares(process: int, numbers) -> list:
    return [(number, number * number) for number in numbers]


@pytest.mark.parametrize("processes", [1, 2, 5])
def test_each_chunk_is_worked_on_once(processes: int) -> None:
    results = workers.run(squares, 40_000, processes=processes)
    assert len(results) == processes
    assert sorted(pair for result in results for pair in result) == [(n, n * n) for n in range(40_000)]


def test_problems_of_all_processes_arrive_together() -> None:
    def fails(process: int, numbers) -> list:
        raise Problems(Problem(Place(f"{process}.md", 3, 1), "wrong", f"wrong in {process}", "mend it"))

    with pytest.raises(Problems) as failure:
        workers.run(fails, 10, processes=3)
    assert [str(problem) for problem in failure.value.items] == [
        f"{process}.md:3:1: error: wrong in {process}; mend it [wrong]" for process in range(3)
    ]


def test_a_bug_in_a_process_shows_its_traceback() -> None:
    home = os.getpid()

    def fails(process: int, numbers) -> list:
        return [] if os.getpid() == home else [1 // 0]

    with pytest.raises(workers.WorkerFailed, match="ZeroDivisionError"):
        workers.run(fails, 10, processes=2)


def test_no_process_goes_on_when_the_work_is_given_up(tmp_path: Path) -> None:
    def endless(process: int, numbers: Iterator[int]) -> int:
        if process:
            (tmp_path / str(os.getpid())).touch()
            signal.pause()
        while not any(tmp_path.iterdir()):
            time.sleep(0.01)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        workers.run(endless, 10, processes=2)
    (child,) = (int(path.name) for path in tmp_path.iterdir())
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_a_process_that_is_killed_is_a_problem_from_outside() -> None:
    home = os.getpid()

    def dies(process: int, numbers) -> list:
        if os.getpid() != home:
            os.kill(os.getpid(), signal.SIGKILL)
        return list(numbers)

    with pytest.raises(Problems) as failure:
        workers.run(dies, 10, processes=2)
    assert failure.value.items[0].code == "outside-worker-lost"


def test_few_tasks_need_one_process() -> None:
    assert workers.usable(None, 10, worth=100) == 1
    assert workers.usable(3, 10, worth=100) == 3
    assert workers.usable(8, 2, worth=100) == 2
