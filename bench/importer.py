"""CPU time and memory of the import: one bulletin at a time in one process, then many. Run from the project's root.

    python bench/importer.py [FOLDER ...]

Prints the median and the slowest bulletin of each folder (default: the blind test bulletins and, where it lies beside
the project, the development corpus), the median of bulletins of 400 to 900 characters, and the peak memory.
"""

from __future__ import annotations

import gc
import resource
import statistics
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


if __name__ == "__main__":
    main([Path(folder) for folder in sys.argv[1:]] or [folder for folder in FOLDERS if folder.is_dir()])
