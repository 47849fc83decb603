"""What the documents say is so: every command shown is one the program takes, every link leads somewhere."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
PROGRAM = re.compile(r"(?:^|\s)(?:\S*python3? build\.py|yoroku)(?P<rest> .*|$)")


def commands(document: Path) -> list[str]:
    """The lines of code that call the program."""
    text = document.read_text(encoding="utf-8")
    fenced = re.findall(r"```(?:sh|console)?\n(.*?)```", text, re.DOTALL)
    indented = re.findall(r"(?:^ {4}\S.*\n)+", text, re.MULTILINE)
    lines = [line.strip() for block in (*fenced, *indented) for line in block.splitlines()]
    # A line with optional parts in brackets is a synopsis, not a command.
    return [line for line in lines if PROGRAM.search(line) and " [-" not in line]


ALL = [(document.name, line) for document in DOCUMENTS for line in commands(document)]


def test_the_readme_shows_commands() -> None:
    assert sum(name == "README.md" for name, _ in ALL) >= 6


@pytest.mark.parametrize(("name", "line"), ALL, ids=[f"{name}: {line}"[:60] for name, line in ALL])
def test_commands_shown_are_taken(name: str, line: str) -> None:
    match = PROGRAM.search(line)
    assert match
    words = shlex.split(match["rest"], comments=True)
    take = f"_parser(Speech()).parse_args(_command_first({words!r}))"
    code = f"from yoroku.cli import _command_first, _parser; from yoroku.speech import Speech; {take}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{name}: {line}\n{done.stderr}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    text = re.sub(r"```.*?```|(`+)(?!`).*?(?<!`)\1(?!`)", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if "://" not in target and not target.startswith("mailto:"):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_ci_runs_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for command in ("python3 scripts/start.py", "python3 scripts/test.py"):
        assert f"`{command}`" in readme
        assert command in script
