"""Look for inputs that break decoding, front matter, Markdown or the import, guided by what code they reach.

    python bench/fuzz.py markdown --seconds 600         one target; needs atheris (pip install atheris)
    python bench/fuzz.py all --seconds 120              each in turn

Whatever breaks is written to tests/cases/fuzz/<target>/ and stays there as a case of tests/test_fuzz_cases.py.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PROJECT), str(PROJECT / "tests")]
CASES = PROJECT / "tests/cases/fuzz"
# For each target the longest input, in bytes, and the modules whose branches guide the search: an import of a long text
# takes a second, and counting branches everywhere takes most of the rest.
LIMITS = {
    "decode": (512, ["yoroku.bulletin.decode"]),
    "front-matter": (4096, ["yoroku"]),
    "markdown": (4096, ["yoroku", "markdown_it"]),
    "import": (600, ["yoroku.bulletin"]),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=("decode", "front-matter", "markdown", "import", "all"))
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        return fuzz(options.target, options.seconds)
    targets = ("decode", "front-matter", "markdown", "import") if options.target == "all" else (options.target,)
    return max(_report(target, options.seconds) for target in targets)


def _report(target: str, seconds: int) -> int:
    """Fuzz in a process of its own, since the fuzzer ends its process; say what came of it."""
    words = [sys.executable, __file__, target, "--seconds", str(seconds), "--child"]
    ran = subprocess.run(words, capture_output=True, encoding="utf-8", errors="replace", check=False)
    said = (ran.stdout + ran.stderr).splitlines()
    done = [line for line in said if line.startswith("Done ") or "stat::number_of_executed_units" in line]
    found = sorted(path.name for path in (CASES / target).glob("*")) if (CASES / target).is_dir() else []
    print(f"{target}: exit {ran.returncode}; {' '.join(done)}; cases on file: {len(found)}")
    if ran.returncode:
        print("\n".join(said[-40:]))
    return int(ran.returncode != 0)


def fuzz(target: str, seconds: int) -> int:
    """Run the fuzzer in this process until the time is over or something breaks."""
    import atheris  # noqa: PLC0415 - not a dependency of anything else

    longest, modules = LIMITS[target]
    with atheris.instrument_imports(include=modules):
        from fuzz_targets import TARGETS  # noqa: PLC0415

        run = TARGETS[target]

    def one(data: bytes) -> None:
        began = time.perf_counter()
        try:
            run(data)
            spent = time.perf_counter() - began
            if spent > 20:
                raise AssertionError(f"{spent:.0f} s for {len(data)} bytes")
        except Exception:
            folder = CASES / target
            folder.mkdir(parents=True, exist_ok=True)
            (folder / hashlib.sha256(data).hexdigest()[:12]).write_bytes(data)
            raise

    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(_seeds(target)):
            (Path(corpus) / f"seed{number}").write_bytes(seed[:longest])
        arguments = [f"-max_total_time={seconds}", f"-max_len={longest}", "-timeout=60", "-print_final_stats=1"]
        atheris.Setup([sys.argv[0], *arguments, f"-artifact_prefix={corpus}/", corpus], one)
        atheris.Fuzz()
    return 0


def _seeds(target: str) -> list[bytes]:
    folders = {
        "decode": ("content/bulletins", "tests/cases/attacks"),
        "import": ("content/bulletins", "tests/cases/attacks"),
        "markdown": ("content/notes", "content/pages", "tests/cases/attacks"),
        "front-matter": ("content/notes", "content/pages", "content/entities"),
    }
    paths = [path for name in folders[target] for path in sorted((PROJECT / name).rglob("*")) if path.is_file()]
    return [path.read_bytes() for path in paths]


if __name__ == "__main__":
    sys.exit(main())
