"""Killed, full, read-only, vanishing, looping, oddly named: nothing is lost, and the next build is a clean one's equal.

`bench/faults.py` does the killing three hundred times, and takes ten megabytes and 100,000 files.
"""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import unicodedata
from pathlib import Path

import pytest
from sample_site import BULLETINS, PROJECT, begin, command, run, tree, write

from yoroku.atomic import is_temporary
from yoroku.build import content, inputs, listed
from yoroku.build.importing import import_bulletins
from yoroku.build.pipeline import Options, build, check
from yoroku.build.sealed import PART
from yoroku.problems import Problem

sys.path.insert(0, str(PROJECT / "bench"))
from faults import killed_at_random, leftovers

PLAIN = Options(search=False)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    root = begin(tmp_path_factory.mktemp("sample") / "site")
    outcome = build(root, PLAIN)
    assert outcome.ok, outcome.problems
    return root, tree(root / "output")


@pytest.fixture
def site(sample: tuple[Path, dict[str, bytes]], tmp_path: Path) -> Path:
    shutil.copytree(sample[0], tmp_path / "site", symlinks=True)
    return tmp_path / "site"


def codes(problems: tuple[Problem, ...]) -> set[str]:
    return {problem.code for problem in problems}


def edit(site: Path, word: str) -> None:
    file = site / "content/notes/first-note.md"
    file.write_text(file.read_text("utf-8").replace("title: ", f"title: {word}"), "utf-8")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_killed_at_random_moments_and_run_again(tmp_path: Path) -> None:
    figures = killed_at_random(tmp_path, times=4, seed=11)
    assert figures.killed >= 2
    assert (figures.differ, figures.lost, figures.left, figures.failed) == (0, 0, 0, 0), figures


@pytest.mark.parametrize("updating", [False, True], ids=["new", "changed"])
def test_an_import_killed_at_any_write_is_finished_or_done_again(
    site: Path, monkeypatch: pytest.MonkeyPatch, updating: bool
) -> None:
    """Killed before each of its renamings: no base without its briefing, no briefing without its base."""
    name = BULLETINS[1] if updating else "2024-05-06-new.txt"
    bulletin = site / "content/bulletins" / name
    text = bulletin.read_text("utf-8") if updating else "2024年5月6日\n見本の発表\n\n潮見市は波高の観測を始めました。\n"
    write(bulletin, text + "\n追って、次の報を出します。\n")
    clean = site.with_name("clean")
    shutil.copytree(site, clean)
    assert build(clean, PLAIN).ok
    expected = tree(clean / "content"), tree(clean / "output")
    real, left = os.replace, [0]

    class Killed(BaseException):
        pass

    def replaced(source: str, target: str) -> None:
        if "content" in Path(target).parts:
            left[0] -= 1
            if left[0] == 0:
                raise Killed
        real(source, target)

    for renaming in (1, 2, 3):
        root = site.with_name(f"killed-{renaming}")
        shutil.copytree(site, root)
        left[0] = renaming
        with monkeypatch.context() as patch:
            # A process that is killed does not tidy up.
            patch.setattr(os, "replace", replaced)
            patch.setattr(os, "unlink", lambda *_, **__: None)
            patch.setattr(shutil, "rmtree", lambda *_, **__: None)
            with pytest.raises(Killed):
                import_bulletins(root, [str(root / "content/bulletins")], jobs=1)
        assert leftovers(root) != []
        assert build(root, PLAIN).ok
        assert tree(root / "content") == expected[0], renaming
        assert tree(root / "output") == expected[1], renaming
        assert leftovers(root) == []


def test_compiled_templates_that_are_torn_are_compiled_again(site: Path) -> None:
    clean = tree(site / "output")
    compiled = sorted((site / ".yoroku/jinja").iterdir())
    assert len(compiled) > 10
    for number, path in enumerate(compiled):
        data = path.read_bytes()
        path.write_bytes(data[: (number * 37) % len(data)] if number % 3 else data[:-9] + b"x" + data[-8:])
    for part in (site / ".yoroku").iterdir():
        if part.is_file():
            part.unlink()
    outcome = build(site, PLAIN)
    assert outcome.ok, outcome.problems
    assert tree(site / "output") == clean


def test_two_imports_at_once_take_turns(site: Path) -> None:
    for number in range(6):
        text = f"2024年4月{number + 1}日\n見本の発表{number}\n\n潮見市は観測の結果{number}を公表しました。\n"
        write(site / f"content/bulletins/2024-04-0{number + 1}-new.txt", text)
    env = {**os.environ, "PYTHONPATH": str(PROJECT)}
    words = command(site, "import", str(site / "content/bulletins"))
    two = [subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for _ in range(2)]
    said = [one.communicate(timeout=200)[0].decode("utf-8", "replace") for one in two]
    assert [one.returncode for one in two] == [0, 0], said
    assert len(list((site / "content/briefings").rglob("2024-04-0?-new*.md"))) == 12  # six, each with what was kept
    assert leftovers(site) == []


def test_a_full_disk_leaves_the_output_as_it_was(
    site: Path, sample: tuple[Path, dict[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(site, "変更")
    real, written = os.write, [0]

    def full(handle: int, data: bytes) -> int:
        written[0] += 1
        if written[0] > 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle, data)

    monkeypatch.setattr("yoroku.build.output.os.write", full)
    outcome = build(site, Options(search=False, jobs=1))
    monkeypatch.undo()
    assert codes(outcome.errors) == {"outside-not-written"}
    assert outcome.exit_code == 3
    assert "space" in outcome.errors[0].fix
    assert tree(site / "output") == sample[1]
    assert leftovers(site) == []
    assert build(site, PLAIN).ok


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root to mount a small disk")
@pytest.mark.parametrize("free", [40_000, 700_000])
def test_a_really_full_disk(sample: tuple[Path, dict[str, bytes]], tmp_path: Path, free: int) -> None:
    """Full while the import writes, and while the pages are written; with room again, all is made."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("may not mount here")
    try:
        root = begin(disk / "site")
        room = os.statvfs(disk)
        (disk / "filler").write_bytes(b"x" * (room.f_bavail * room.f_frsize - free))
        ran = run(root, "build", "--no-search")
        assert ran.returncode == 3, ran.stderr + ran.stdout
        assert "Traceback" not in ran.stderr
        assert "free some space" in ran.stderr + ran.stdout
        assert not (root / "output").exists()
        content_files = tree(root / "content/bulletins")
        assert content_files == tree(sample[0] / "content/bulletins")
        (disk / "filler").unlink()
        again = run(root, "build", "--no-search")
        assert again.returncode == 0, again.stderr
        assert tree(root / "output") == sample[1]
        assert tree(root / "content") == tree(sample[0] / "content")
        assert leftovers(root) == []
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def test_an_output_that_cannot_be_written(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(site, "変更")
    before = tree(site / "output")
    real = os.open

    def refused(path: str, flags: int, *more: int, **named: int) -> int:
        if str(path).endswith(PART) and "/output/" in str(path):
            raise OSError(errno.EROFS, "Read-only file system")
        return real(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", refused)
    outcome = build(site, Options(search=False, jobs=1))
    monkeypatch.undo()
    assert codes(outcome.errors) == {"outside-not-written"}
    assert tree(site / "output") == before


def test_a_file_that_vanishes_between_listing_and_reading(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = site / "content/notes/passing.md"
    write(path, "---\ntitle: 束の間\ndate: 2024-03-05\n---\n本文。\n")
    real = content.read_bytes

    def read(root: str, name: str) -> bytes:
        if name.endswith("passing.md"):
            path.unlink(missing_ok=True)
        return real(root, name)

    monkeypatch.setattr(content, "read_bytes", read)
    outcome = build(site, PLAIN)
    assert outcome.ok, outcome.problems
    assert not (site / "output/notes/passing").exists()


def test_a_clock_that_was_moved_back(site: Path) -> None:
    future = time.time() + 10 * 24 * 3600
    for path in [path for path in site.rglob("*") if path.is_file() and "output" not in path.parts]:
        os.utime(path, (future, future))
    assert build(site, PLAIN).ok
    edit(site, "後から")
    os.utime(site / "content/notes/first-note.md", (future, future))
    assert build(site, PLAIN).ok
    assert "後から" in (site / "output/notes/first-note/index.html").read_text("utf-8")


def test_two_builds_at_once(site: Path) -> None:
    edit(site, "二つ")
    env = {**os.environ, "PYTHONPATH": str(PROJECT)}
    two = [
        subprocess.Popen(
            command(site, "build", "--no-search"), env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for _ in range(2)
    ]
    said = [one.communicate(timeout=200)[0] for one in two]
    ended = sorted(one.returncode for one in two)
    assert ended in ([0, 0], [0, 3]), said
    if ended == [0, 3]:
        assert any("another build is running here" in words for words in said)
    assert leftovers(site) == []


def test_a_build_that_holds_the_lock_is_named(site: Path) -> None:
    from yoroku.build import lock

    edit(site, "鍵")
    with lock.held(str(site / ".yoroku/lock")):
        outcome = build(site, PLAIN)
    assert codes(outcome.errors) == {"outside-build-running"}
    assert str(os.getpid()) in outcome.errors[0].what
    assert outcome.exit_code == 3


def test_a_bulletin_of_a_megabyte(site: Path) -> None:
    lines = "".join(f"第{number}段落。防波堤の高さは{number}メートルです。\n" for number in range(17_000))
    write(site / "content/bulletins/2024-05-01-large.txt", lines)
    assert (site / "content/bulletins/2024-05-01-large.txt").stat().st_size > 1_000_000
    started = time.monotonic()
    ended: list[object] = []
    worker = threading.Thread(target=lambda: ended.append(build(site, PLAIN)), daemon=True)
    worker.start()
    worker.join(180)
    assert ended, f"not done after {time.monotonic() - started:.0f} s"
    outcome = ended[0]
    if outcome.ok:
        assert (site / "output/briefings/2024-05-01-large/index.html").is_file()
    else:
        assert {problem.at.path for problem in outcome.errors} <= {
            "content/bulletins/2024-05-01-large.txt",
            "content/briefings/2024/2024-05-01-large.md",
        }, outcome.errors


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_that_loop_and_links_that_leave(site: Path, tmp_path: Path) -> None:
    write(tmp_path / "outside/notes.md", "---\ntitle: 外の秘密\n---\n外。\n")
    (site / "content/notes/loop").symlink_to(site / "content", target_is_directory=True)
    (site / "content/notes/self").symlink_to("self")
    (site / "content/media/away").symlink_to(tmp_path / "outside", target_is_directory=True)
    (site / "content/notes/dangling.md").symlink_to(tmp_path / "nothing.md")
    outcome = build(site, PLAIN)
    assert outcome.ok, outcome.problems
    for name, data in tree(site / "output").items():
        assert "外の秘密".encode() not in data, name


NAMES = (
    "空白 のある 名前",
    "井桁#と百分率%20",
    "絵文字🌊📄",
    "がぎぐ-か\u3099",
    "同じ？名前＆記号",
    "quote'and\"double",
    "very-long-" + "x" * 150,
    "UPPER",
    "con",
    "-dash",
)


def test_names_of_every_kind(site: Path) -> None:
    for number, name in enumerate(NAMES):
        text = f"2024年4月{number + 1}日\n見本の発表{number}\n\n潮見市は観測の結果{number}を公表しました。\n"
        write(site / f"content/bulletins/{name}.txt", text)
        write(site / f"content/notes/{name}.md", f"---\ntitle: 注{number}\ndate: 2024-04-01\n---\n本文{number}。\n")
        write(site / f"content/media/{name}.svg", "<svg/>")
    outcome = build(site, PLAIN)
    assert outcome.ok, "\n".join(map(str, outcome.errors))
    pages = "".join(data.decode() for name, data in tree(site / "output/notes").items() if name.endswith(".html"))
    assert all(f"注{number}" in pages for number in range(len(NAMES)))
    documents = [name for name in tree(site / "output") if name.startswith(("notes/", "briefings/"))]
    assert all(name.isascii() for name in documents)
    assert [str(problem) for problem in check(site).problems] == []
    again = build(site, Options(search=False, explain=True))
    assert (again.written, again.imported) == ((), ())


def test_names_that_differ_only_in_composition_are_one_page_or_a_problem(site: Path) -> None:
    for form in ("NFC", "NFD"):
        name = unicodedata.normalize(form, "がぎぐ")
        write(site / f"content/media/{name}.svg", "<svg/>")
    found = [problem for problem in build(site, PLAIN).problems if problem.code == "same-address"]
    assert len(found) == 1


def test_yaml_bombs_end_at_once(site: Path) -> None:
    bombs = {
        "alias.md": "a: &a [x]\nb: [*a,*a]\ntitle: x",
        "deep.md": "title: " + "[" * 5000 + "]" * 5000,
        "wide.md": "title: x\ntags: [" + "x, " * 40_000 + "x]",
        "keys.md": "\n".join(f"k{number}: x" for number in range(5_000)),
        "large.md": "title: " + "x" * 3_000_000,
        "merge.md": "<<: {title: x}",
        "indent.md": "\n".join(" " * depth + "a:" for depth in range(2000)),
    }
    for name, front in bombs.items():
        write(site / f"content/notes/{name}", f"---\n{front}\n---\nx\n")
    started = time.monotonic()
    outcome = build(site, PLAIN)
    assert time.monotonic() - started < 120
    assert {problem.at.path.rsplit("/", 1)[1] for problem in outcome.errors} >= set(bombs) - {"wide.md"}
    assert len(outcome.problems) < 60_000


def test_no_temporary_name_of_ours_is_published(site: Path) -> None:
    write(site / f"content/media/{'.yoroku-abc.tmp'}", "half")
    assert is_temporary(".yoroku-abc.tmp")
    assert build(site, PLAIN).ok
    assert not [name for name in tree(site / "output") if is_temporary(name.rsplit("/", 1)[-1])]


def test_random_walks_of_a_hostile_file_system(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever reading a file answers now and then, the build ends in a problem with a place or in the right output."""
    clean = tree(site / "output")
    chance = random.Random(3)
    real = inputs.read

    def read(path: str) -> bytes:
        if "content" in path and chance.random() < 0.2:
            raise OSError(chance.choice([errno.EIO, errno.EACCES, errno.ENOENT]), "made up")
        return real(path)

    for module in ("listed", "inputs", "copies", "bulletins"):
        if hasattr(sys.modules[f"yoroku.build.{module}"], "read"):
            monkeypatch.setattr(f"yoroku.build.{module}.read", read)
    for _ in range(3):
        shutil.rmtree(site / ".yoroku")
        try:
            outcome = build(site, Options(search=False, jobs=1))
        except listed.Moved:
            continue
        assert outcome.ok or all(problem.at.path for problem in outcome.errors)
    monkeypatch.undo()
    assert build(site, PLAIN).ok
    assert tree(site / "output") == clean
