"""The terminal: arguments, messages, exit codes. Nothing else prints or exits.

Imports stand inside the functions: a build with nothing to do must load neither the commands nor argparse.
"""

# ruff: noqa: PLC0415
from __future__ import annotations

import os
import sys
import time

from yoroku import __version__
from yoroku.build.unchanged import look

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing takes longer to import than a small site takes to check
    import argparse
    from collections.abc import Sequence
    from typing import NoReturn

    from yoroku.build.manifest import Look
    from yoroku.problems import Problem
    from yoroku.speech import Speech

OK, PROBLEMS, USAGE, OUTSIDE, BUG, INTERRUPTED = 0, 1, 2, 3, 70, 130

OUTPUT = "output"

_VALUE_OPTIONS = frozenset({"-C", "--output", "--base-url", "--jobs", "--port", "--host", "--on", "--kind", "--lang"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    seen = _look(words)
    if seen is not None and seen.current is not None and not seen.current.notices and not seen.current.withheld:
        return OK
    if arguments is not None or _command_first(words)[0] not in ("build", "import"):
        return _run(words, seen)
    # The process ends with the command: what is loaded stays, so looking through it for garbage again and again is in
    # vain, and so is taking it apart piece by piece at the end.
    import gc

    gc.set_threshold(100_000, 50, 100)
    code = _run(words, seen)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        return code
    os._exit(code)


def _run(words: list[str], seen: Look | None) -> int:
    from pathlib import Path

    from yoroku.problems import Problems
    from yoroku.speech import Speech, language
    from yoroku.terminal import Terminal

    speech = Speech(language(os.environ, words))
    words = _command_first(words)
    parser = _parser(speech, words[0])
    try:
        options = parser.parse_args(words)
    except SystemExit as stop:  # the parser has said why; --help and --version end with 0
        return OK if stop.code in (0, None) else USAGE
    options.seen = seen
    terminal = Terminal(quiet=options.quiet, as_json=options.json, speech=speech)
    try:
        return int(options.run(options, Path(options.root), terminal))
    except Problems as problems:
        terminal.problems(problems.items)
        terminal.finish_json({"ok": False})
        return OUTSIDE if _from_outside(problems.items) else PROBLEMS
    except KeyboardInterrupt:
        terminal.say("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (`… | head`). Python would complain once more while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except Exception as error:
        terminal.bug(error)
        return BUG


def _look(words: list[str]) -> Look | None:
    """Whether there is anything to do, asked before anything else is loaded; None for all but a plain `build`.

    A build that finds nothing to do and has nothing to say of it ends with this.
    """
    flags = set(words) - {"build"}
    if words.count("build") > 1 or not flags <= {"--quiet", "--no-search", "--drafts"}:
        return None
    started = time.perf_counter()
    drafts, search = "--drafts" in flags, "--no-search" not in flags
    seen = look(".", output=OUTPUT, base_url=os.environ.get("YOROKU_BASE_URL"), drafts=drafts, search=search)
    found = seen.current
    if found is not None and not found.notices and not found.withheld and "--quiet" not in flags:
        from yoroku.report import lines
        from yoroku.speech import Speech, language

        say = Speech(language(os.environ))
        seconds = time.perf_counter() - started
        for line in lines(say, OUTPUT, written=0, removed=0, unchanged=len(found.made), seconds=seconds):
            print(line, file=sys.stderr, flush=True)
    return seen


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


def _parser(say: Speech, wanted: str = "") -> argparse.ArgumentParser:
    """The parser of the `wanted` command, or of all: making one for each takes longer than most of them."""
    import argparse
    from pathlib import Path

    from yoroku.commands import COMMANDS

    class Parser(argparse.ArgumentParser):
        """Says what is wrong with a command line in the person's language."""

        def format_usage(self) -> str:
            return super().format_usage().replace("usage: ", say("usage"), 1)

        def format_help(self) -> str:
            return super().format_help().replace("usage: ", say("usage"), 1)

        def error(self, message: str) -> NoReturn:
            self.print_usage(sys.stderr)
            self.exit(USAGE, say("usage-error", program=self.prog, what=say.usage(message)))

    parser = Parser(
        prog=Path(sys.argv[0]).name if sys.argv and sys.argv[0].endswith("build.py") else "yoroku",
        description=say("description"),
        epilog=say("epilog"),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"yoroku {__version__}")
    common = Parser(add_help=False)
    group = common.add_argument_group("everywhere")
    group.add_argument("-C", dest="root", metavar="DIR", default=".", help="work on the site in DIR instead of here")
    group.add_argument("--quiet", action="store_true", help="print problems only")
    group.add_argument(
        "--lang", choices=("ja", "en"), help="language of messages (default: $YOROKU_LANG, then the locale)"
    )
    group.add_argument("--json", action="store_true", help="print one JSON object at the end, for other programs")
    commands = parser.add_subparsers(title=say("commands"), metavar="COMMAND", required=True)
    for command in [command for command in COMMANDS if command.name == wanted] or COMMANDS:
        sub = commands.add_parser(
            command.name,
            parents=[common],
            help=command.summary,
            description=command.description,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.arguments(sub)
        sub.set_defaults(run=command.run)
        _translate(sub, say)
    _translate(parser, say)
    return parser


def _translate(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Put the help of a parser, made in English, into the person's language."""
    if say.lang == "en":
        return
    parser.description = say.help(parser.description or "")
    for group in parser._action_groups:
        group.title = say.help(group.title or "")
    for action in parser._actions:
        action.help = say.help(action.help or "")
        for choice in getattr(action, "_choices_actions", ()):
            choice.help = say.help(choice.help or "")
