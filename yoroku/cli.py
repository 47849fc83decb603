"""The terminal: arguments, messages, exit codes. Nothing else prints or exits.

Imports of the heavy parts stand inside the commands: a build with nothing to do must not load Jinja or YAML.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from yoroku import __version__
from yoroku.commands import COMMANDS
from yoroku.problems import Problem, Problems
from yoroku.terminal import Terminal

OK, PROBLEMS, USAGE, OUTSIDE, BUG, INTERRUPTED = 0, 1, 2, 3, 70, 130

_DESCRIPTION = """\
Turn raw bulletins into sourced briefings, and briefings into a static site that anyone can search.

  bulletins   content/bulletins/   texts as received (.txt, .html, .md); never changed
  briefings   content/briefings/   one Markdown file each, made by the import, yours to edit
  notes       content/notes/       your own words, on a briefing or free
  pages       output/              the finished site
"""
_EPILOG = """\
Without a command, 'build' runs. 'COMMAND --help' says more about each.
Exit codes: 0 done · 1 problems in content, templates or settings · 2 bad command line ·
3 something outside failed (Pagefind, port, disk) · 70 a bug of ours · 130 interrupted
"""
_VALUE_OPTIONS = frozenset({"-C", "--output", "--base-url", "--jobs", "--port", "--host", "--on", "--kind"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser()
    try:
        options = parser.parse_args(_command_first(words))
    except SystemExit as stop:  # argparse prints its own message; --help and --version end with 0
        return OK if stop.code in (0, None) else USAGE
    terminal = Terminal(quiet=options.quiet, as_json=options.json)
    try:
        return int(options.run(options, Path(options.root), terminal))
    except Problems as problems:
        terminal.problems(problems.items)
        terminal.finish_json({"ok": False})
        return OUTSIDE if _from_outside(problems.items) else PROBLEMS
    except KeyboardInterrupt:
        terminal.line("interrupted; what was written is whole")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (`… | head`). Python would complain once more while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except Exception as error:
        terminal.bug(error)
        return BUG


def _from_outside(items: Sequence[Problem]) -> bool:
    """Codes that begin so are nobody's mistake: a disk, a port, another process."""
    return bool(items) and all(item.code.startswith("outside-") for item in items)


def _command_first(words: list[str]) -> list[str]:
    """Move the command before the options that precede it; without a command it is 'build'."""
    position = 0
    while position < len(words):
        word = words[position]
        if word in ("-h", "--help", "--version"):
            return words
        if not word.startswith("-"):
            return [word, *words[:position], *words[position + 1 :]]
        position += 2 if word in _VALUE_OPTIONS else 1
    return ["build", *words]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=Path(sys.argv[0]).name if sys.argv and sys.argv[0].endswith("build.py") else "yoroku",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"yoroku {__version__}")
    common = argparse.ArgumentParser(add_help=False)
    group = common.add_argument_group("everywhere")
    group.add_argument("-C", dest="root", metavar="DIR", default=".", help="work on the site in DIR instead of here")
    group.add_argument("--quiet", action="store_true", help="print problems only")
    group.add_argument("--json", action="store_true", help="print one JSON object at the end, for other programs")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        sub = commands.add_parser(
            command.name,
            parents=[common],
            help=command.summary,
            description=command.description,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.arguments(sub)
        sub.set_defaults(run=command.run)
    return parser
