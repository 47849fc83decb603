"""Kill builds and imports at random moments, run them again, and compare with what was never killed.

    python bench/faults.py --times 300
    python bench/faults.py --files 100000       a folder of so many files beside the bulletins
    python bench/faults.py --lines 170000       a bulletin of ten megabytes

Every round begins from a state of its own: a fresh site, a built one, or one with an edit, a new and a deleted file.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

PROJECT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PROJECT), str(PROJECT / "tests")]

from sample_site import begin, command, tree, write  # noqa: E402

from yoroku.atomic import is_temporary  # noqa: E402
from yoroku.build.halfway import UNFINISHED  # noqa: E402
from yoroku.build.sealed import PART  # noqa: E402

_NOTE = "---\ntitle: 新しい注\ndate: 2024-05-05\n---\n[[2024-02-03-high-waves-report-1]]\n"


@dataclass
class Figures:
    """What became of the rounds. `killed` were still running when the signal came."""

    rounds: int = 0
    killed: int = 0
    differ: int = 0
    lost: int = 0
    left: int = 0
    failed: int = 0


def leftovers(root: Path) -> list[str]:
    """Temporary files of ours, anywhere in a site."""
    folder = PurePosixPath(UNFINISHED).name
    names = (p for p in root.rglob("*") if p.name.endswith(PART) or is_temporary(p.name) or p.name == folder)
    return sorted(path.relative_to(root).as_posix() for path in names)


def _ran(root: Path, *words: str, after: float | None = None) -> tuple[int, bool]:
    """Run the program; kill it and what it started `after` so many seconds. Returns exit code, and whether killed."""
    process = subprocess.Popen(
        command(root, *words),
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(timeout=after if after is not None else 1800), False
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return -9, True


def _edited(root: Path) -> None:
    note = root / "content/notes/first-note.md"
    note.write_text(note.read_text("utf-8").replace("## 節のなか", "## 節のなか\n\n書き足した段落。"), "utf-8")
    write(root / "content/notes/second-note.md", _NOTE)
    bulletin = root / "content/bulletins/2024-05-06-new.txt"
    write(bulletin, "2024年5月6日\n見本の発表\n\n潮見市は波高の観測を始めました。\n")
    old = root / "content/bulletins/2024-02-03-high-waves-report-1.txt"
    old.write_bytes(old.read_bytes() + "\n追って、第３報を出します。\n".encode())


def _content(root: Path) -> dict[str, bytes]:
    return tree(root / "content")


def killed_at_random(folder: Path, *, times: int, seed: int, search: bool = False) -> Figures:
    """Kill `times` runs, a third of them imports, each at another moment, and run again what was killed."""
    chance = random.Random(seed)
    figures = Figures()
    build = ("build", "--quiet", *(() if search else ("--no-search",)))
    states: list[tuple[Path, Path, float, float]] = []
    for name in ("fresh", "edited"):
        start, clean = folder / f"{name}-start", folder / f"{name}-clean"
        begin(start)
        if name == "edited":
            assert _ran(start, *build)[0] == 0
            _edited(start)
        shutil.copytree(start, clean)
        spans = []
        for words in (("import", "content/bulletins"), build):
            began = time.monotonic()
            code, _ = _ran(clean, *words) if words[0] == "build" else _imported(clean)
            assert code == 0, (name, words)
            spans.append(time.monotonic() - began)
        states.append((start, clean, *spans))
    for number in range(times):
        start, clean, import_span, build_span = states[number % 2]
        importing = number % 3 == 0
        root = folder / f"round{number}"
        shutil.copytree(start, root)
        figures.rounds += 1
        span = import_span if importing else import_span + build_span
        words = ("import", str(root / "content/bulletins")) if importing else build
        moment = chance.uniform(0.05, 1.0) * span
        _, killed = _ran(root, *words, after=moment)
        figures.killed += killed
        kept = {name: data for name, data in _content(start).items() if "/.imported/" not in name}
        now = _content(root)
        expected = _content(clean)
        # Whatever is there is whole: as it was, or as the import leaves it.
        figures.lost += sum(
            name not in now or now[name] not in (data, expected.get(name)) for name, data in kept.items()
        )
        code, _ = _ran(root, *build)
        figures.failed += code != 0
        figures.differ += tree(root / "output") != tree(clean / "output")
        figures.lost += _content(root) != expected
        figures.left += len(leftovers(root))
        shutil.rmtree(root)
    return figures


def _imported(root: Path) -> tuple[int, bool]:
    return _ran(root, "import", str(root / "content/bulletins"))


def many_files(folder: Path, count: int) -> str:
    """How long a build takes with so many files that are no content in a folder of content, and what became of them."""
    root = begin(folder / "many")
    litter = root / "content/bulletins/attachments"
    litter.mkdir()
    for number in range(count):
        (litter / f"file-{number:06}.dat").write_bytes(b"x")
    rows = []
    for name in ("cold", "again"):
        began = time.monotonic()
        code, _ = _ran(root, "build", "--no-search", "--quiet")
        rows.append(f"{name} {time.monotonic() - began:.1f} s (exit {code})")
    published = sum(name.endswith(".dat") for name in tree(root / "output"))
    return f"{count} files: {', '.join(rows)}; {published} of them published"


def large_file(folder: Path, lines: int) -> str:
    """How long a bulletin of so many lines takes, and whether its page is made."""
    root = begin(folder / "large")
    text = "".join(f"第{number}段落。防波堤の高さは{number}メートルです。\n" for number in range(lines))
    write(root / "content/bulletins/2024-05-01-large.txt", text)
    began = time.monotonic()
    code, _ = _ran(root, "build", "--no-search", "--quiet")
    made = (root / "output/briefings/2024-05-01-large/index.html").is_file()
    size = len(text.encode()) / 1e6
    return f"{size:.1f} MB: {time.monotonic() - began:.0f} s, exit {code}, its page {'made' if made else 'not made'}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=0, metavar="N", help="kill so many runs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--search", action="store_true", help="with the search index")
    parser.add_argument("--files", type=int, default=0, metavar="N", help="build beside so many files")
    parser.add_argument("--lines", type=int, default=0, metavar="N", help="a bulletin of so many lines (170000: 10 MB)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.times:
            print(killed_at_random(Path(folder), times=options.times, seed=options.seed, search=options.search))
        if options.files:
            print(many_files(Path(folder), options.files))
        if options.lines:
            print(large_file(Path(folder), options.lines))


if __name__ == "__main__":
    main()
