"""CPU time and memory of the import: one bulletin at a time in one process, then many. Run from the project's root.

    python bench/importer.py [FOLDER ...]
    python bench/importer.py --start FILE      # the CPU time of `build.py import FILE --stdout`, process and all
    python bench/importer.py --growth          # how the time grows with a large bulletin and with one long line

Prints the median and the slowest bulletin of each folder (default: the blind test bulletins and, where it lies beside
the project, the development corpus), the median of bulletins of 400 to 900 characters, and the peak memory. `--growth`
prints t(2n)/t(n): 2 is linear, 4 a square.
"""

from __future__ import annotations

import gc
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from yoroku.briefing.file import dump  # noqa: E402
from yoroku.bulletin.gazetteer import Gazetteer  # noqa: E402
from yoroku.bulletin.importer import import_bulletin  # noqa: E402
from yoroku.bulletin.read import read_bulletin  # noqa: E402

FOLDERS = (
    ROOT / "tests/cases/bulletins/in",
    ROOT.parent / "shared/corpus/synthetic/in",
    ROOT.parent / "shared/corpus/real",
)
ROUNDS = 5
# What a hostile line repeats: brackets that never close, blanks, dates, names, marks, addresses.
HOSTILE = (
    *(
        "「",
        "」",
        "(",
        "「」",
        " ",
        "1",
        "12 ",
        "年月日",
        "1年2月3日",
        "令和5年1月",
        "○",
        "https://a.b/",
        "A ",
        "Ab ",
        "ア",
    ),
    *(
        "アイ・",
        "漢字",
        "大臣",
        "山田大臣",
        "社",
        "株式会社",
        "。",
        "、",
        ". A",
        "「あ」と",
        "|",
        "-",
        "*",
        "_",
        "<a>",
        "&",
    ),
    *(
        "は、",
        "を述べ",
        "会議",
        "10時",
        "1日から2日",
        "山田氏",
        "①",
        "Mr. ",
        "“a” said ",
        "가 ",
        "市",
        "1丁目",
        "省庁",
        "©",
    ),
)
LINE = 3_000  # characters of the shorter hostile line
SENTENCES = 800  # of the smaller large bulletin


def milliseconds(call, *arguments, **options) -> float:
    """The least CPU time of some rounds, in milliseconds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        call(*arguments, **options)
        best = min(best, time.process_time() - start)
    return best * 1000


def main(folders: list[Path]) -> None:
    started = time.process_time()
    gazetteer = Gazetteer.built_in()
    print(f"gazetteer {1000 * (time.process_time() - started):.0f} ms, once a process")
    for folder in folders:
        files = sorted(path for path in folder.glob("*") if path.suffix in (".txt", ".html", ".md"))
        if not files:
            continue
        outline, whole, small = {}, {}, []
        for path in files:
            data = path.read_bytes()
            gc.collect()
            outline[path.name] = milliseconds(read_bulletin, data, name=path.name)
            whole[path.name] = milliseconds(
                lambda data=data, path=path: dump(import_bulletin(data, name=path.name, gazetteer=gazetteer).briefing)
            )
            if 400 <= sum(len(line.text) for line in read_bulletin(data, name=path.name).lines) <= 900:
                small.append(whole[path.name])
        slowest = max(whole, key=whole.__getitem__)
        print(
            f"{folder.name}: {len(files)} bulletins, outline median {statistics.median(outline.values()):.1f} ms, "
            f"import median {statistics.median(whole.values()):.1f} ms, 400-900 characters "
            f"{statistics.median(small) if small else 0:.1f} ms, slowest {slowest} {whole[slowest]:.1f} ms"
        )
        for name in sorted(whole, key=whole.__getitem__)[-4:]:
            print(f"   {name}: outline {outline[name]:.1f} ms, import {whole[name]:.1f} ms")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def growth() -> None:
    """How much longer twice as much takes."""
    gazetteer = Gazetteer.built_in()

    def seconds(text: str) -> float:
        started = time.process_time()
        import_bulletin(text.encode(), name="bulletin.txt", gazetteer=gazetteer)
        return time.process_time() - started

    ratios = {}
    for unit in HOSTILE:
        small, large = (seconds(f"会議の開催について\n{unit * (size // len(unit))}") for size in (LINE, 2 * LINE))
        ratios[unit] = (large / max(small, 0.01), large)
    for unit in sorted(ratios, key=lambda unit: -ratios[unit][1])[:8]:
        print(f"one line of {unit!r}, {2 * LINE} characters: {ratios[unit][1]:.2f} s, ratio {ratios[unit][0]:.1f}")
    names = "佐藤鈴木高橋田中伊藤渡辺山本中村"
    before = 0.0
    for count in (SENTENCES, 2 * SENTENCES):
        text = "\n".join(
            f"{names[at % 16]}{names[at // 16 % 16]}{names[at // 256 % 16]}{names[at % 7]}課長は{at % 27 + 1}日、"
            f"「第{at}号の案に賛成だ」と述べた。"
            for at in range(count)
        )
        taken = seconds(text)
        grown = f", ratio {taken / before:.1f}" if before else ""
        print(f"{count} people speak, {len(text.encode()) / 1e6:.1f} MB: {taken:.1f} s{grown}")
        before = taken


def start(file: str) -> None:
    """The least CPU time, user and system, of an import in a process of its own."""
    best = float("inf")
    for _ in range(2 * ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "build.py", "import", file, "--stdout"]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    print(f"build.py import {file} --stdout: {best:.2f} s of CPU")


if __name__ == "__main__" and sys.argv[1:2] == ["--growth"]:
    growth()
elif __name__ == "__main__" and sys.argv[1:2] == ["--start"]:
    start(sys.argv[2])
elif __name__ == "__main__":
    main([Path(folder) for folder in sys.argv[1:]] or [folder for folder in FOLDERS if folder.is_dir()])
