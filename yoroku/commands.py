"""The commands: what each takes, what it does, how it reports. `COMMANDS` is the list, in the order of the help.

What a command needs is imported when it runs: a build with nothing to do must not load the pipeline's libraries.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from yoroku.records import dataclass
from yoroku.report import lines, program
from yoroku.terminal import Terminal

if TYPE_CHECKING:
    from yoroku.build.pipeline import Options, Outcome

Arguments = argparse.Namespace


@dataclass(frozen=True, slots=True)
class Command:
    """One command of the program. `run` returns the exit code."""

    name: str
    summary: str
    description: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[Arguments, Path, Terminal], int]


def _build_arguments(parser: argparse.ArgumentParser) -> None:
    _site_arguments(parser)
    parser.add_argument(
        "--jobs", type=_jobs, metavar="N", help="worker processes for a cold build (default: as many as help)"
    )
    parser.add_argument("--explain", action="store_true", help="say why each page was made again")


def _site_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", metavar="DIR", default="output", help="where the pages go (default: output)")
    parser.add_argument(
        "--base-url",
        metavar="URL",
        default=os.environ.get("YOROKU_BASE_URL"),
        help="public address of the site, e.g. https://you.github.io/repo (default: $YOROKU_BASE_URL, then site.yaml)",
    )
    parser.add_argument(
        "--drafts", action="store_true", help="also make pages of drafts and scheduled documents, marked"
    )
    parser.add_argument("--no-search", dest="search", action="store_false", help="leave the search index out")


def _jobs(text: str) -> int:
    count = int(text)
    if not 1 <= count <= 256:
        raise argparse.ArgumentTypeError("must be from 1 to 256")
    return count


def _options(arguments: Arguments) -> Options:
    from yoroku.build.pipeline import Options

    return Options(
        output=arguments.output,
        base_url=arguments.base_url,
        drafts=arguments.drafts,
        search=arguments.search,
        jobs=getattr(arguments, "jobs", None),
        explain=getattr(arguments, "explain", False),
    )


def _build(arguments: Arguments, root: Path, terminal: Terminal) -> int:
    from yoroku.build.pipeline import build

    outcome = build(root, _options(arguments), progress=terminal.progress, seen=arguments.seen)
    return _report(outcome, arguments, terminal)


def _report(outcome: Outcome, arguments: Arguments, terminal: Terminal) -> int:
    for reason in outcome.reasons if getattr(arguments, "explain", False) else ():
        terminal.result(reason + "\n")
    terminal.problems(outcome.problems)
    for path in outcome.imported:
        terminal.say("imported", path=path)
    for withheld in outcome.withheld:
        terminal.line(terminal.speech.withheld(withheld))
    if outcome.ok:
        written, removed = len(outcome.written), len(outcome.removed)
        for line in lines(
            terminal.speech,
            arguments.output,
            written=written,
            removed=removed,
            unchanged=outcome.unchanged,
            seconds=outcome.seconds,
        ):
            terminal.line(line)
    elif outcome.exit_code == 3:
        terminal.say("unfinished")
    else:
        terminal.say("untouched", output=arguments.output)
    terminal.finish_json(
        {
            "ok": outcome.ok,
            "output": arguments.output,
            "imported": list(outcome.imported),
            "written": len(outcome.written),
            "removed": len(outcome.removed),
            "unchanged": outcome.unchanged,
            "withheld": list(outcome.withheld),
            "seconds": round(outcome.seconds, 3),
        }
    )
    return outcome.exit_code


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="bulletins or folders of them; - is standard input")
    parser.add_argument("--stdout", action="store_true", help="print the briefing's Markdown and write nothing")
    parser.add_argument("--explain", action="store_true", help="print what became of each line, and why; write nothing")
    parser.add_argument("--jobs", type=_jobs, metavar="N", help="worker processes for many bulletins")


def _import(arguments: Arguments, root: Path, terminal: Terminal) -> int:
    if arguments.explain or arguments.stdout:
        from yoroku.build.importing_print import explain_bulletins, print_briefings

        produce = explain_bulletins if arguments.explain else print_briefings
        printed = produce(root, arguments.paths)
        terminal.problems(printed.problems)
        terminal.result(printed.text)
        terminal.finish_json({"ok": printed.ok})
        return 0 if printed.ok else 1
    from yoroku.build.importing import import_bulletins

    imported = import_bulletins(root, arguments.paths, jobs=arguments.jobs, progress=terminal.progress)
    terminal.problems(imported.problems)
    for path in imported.created:
        terminal.say("imported", path=path)
    for path in imported.updated:
        terminal.say("updated", path=path)
    terminal.say(
        "imports",
        created=len(imported.created),
        updated=len(imported.updated),
        unchanged=imported.unchanged,
        review=imported.to_review,
    )
    terminal.finish_json(
        {
            "ok": imported.ok,
            "created": list(imported.created),
            "updated": list(imported.updated),
            "unchanged": imported.unchanged,
        }
    )
    return 0 if imported.ok else 1


def _serve_arguments(parser: argparse.ArgumentParser) -> None:
    _site_arguments(parser)
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="port (default: 8000)")
    parser.add_argument("--host", default="localhost", help="address to listen on (default: this machine only)")
    parser.add_argument("--open", action="store_true", help="open the home page in the browser")
    parser.add_argument(
        "--poll", action="store_true", help="look for changes by time stamps (network drives, containers)"
    )
    parser.add_argument(
        "--for-editor", action="store_true", help="repeat all problems after each change, between 'changed' and 'ready'"
    )


def _serve(arguments: Arguments, root: Path, terminal: Terminal) -> int:
    from yoroku.preview.serve import ServeOptions, serve

    options = ServeOptions(
        host=arguments.host,
        port=arguments.port,
        open=arguments.open,
        base_url=arguments.base_url,
        drafts=arguments.drafts,
        search=arguments.search,
        poll=arguments.poll,
        for_editor=arguments.for_editor,
        speech=terminal.speech,
    )
    return serve(root, options, say=terminal.line, alert=terminal.alert)


def _new_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("note", "briefing"), help="what to begin")
    parser.add_argument("title", metavar="TITLE", help="its title")
    parser.add_argument(
        "--on",
        metavar="BRIEFING",
        default="",
        help="the briefing that the note is about: slug, path, address or part of its title",
    )
    parser.add_argument("--kind", choices=("note", "update", "correction"), default="note", help="kind of note")
    parser.add_argument("--open", action="store_true", help="open the file in the editor that $VISUAL or $EDITOR names")


def _new(arguments: Arguments, root: Path, terminal: Terminal) -> int:
    from yoroku.build.new import new_briefing, new_note, open_in_editor

    if arguments.what == "note":
        path = new_note(root, arguments.title, on=arguments.on, kind=arguments.kind)
    else:
        path = new_briefing(root, arguments.title)
    terminal.result(f"{path}\n")
    failed = open_in_editor(root, path, os.environ) if arguments.open else ""
    if failed:
        terminal.line(failed)
    terminal.finish_json({"ok": not failed, "path": path})
    return 3 if failed else 0


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--strict", action="store_true", help="also list every open review item; warnings fail")
    parser.add_argument(
        "--external", action="store_true", help="also ask other sites whether their pages are still there"
    )


def _check(arguments: Arguments, root: Path, terminal: Terminal) -> int:
    from yoroku.build.pipeline import check

    outcome = check(root, strict=arguments.strict, external=arguments.external, progress=terminal.progress)
    terminal.problems(outcome.problems)
    terminal.say("checked", documents=outcome.documents, problems=len(outcome.problems))
    terminal.finish_json({"ok": outcome.exit_code == 0, "documents": outcome.documents})
    return outcome.exit_code


def _init_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", help="the new site's folder")


def _init(arguments: Arguments, root: Path, terminal: Terminal) -> int:
    from yoroku.build.begin import begin

    begun = begin(root / arguments.folder)
    for path in begun.kept:
        terminal.say("kept", path=path)
    terminal.say("init-written", folder=arguments.folder, written=len(begun.written), kept=len(begun.kept))
    terminal.say("next", command=f"{program()} -C {arguments.folder} build")
    terminal.finish_json({"ok": True, "written": list(begun.written), "kept": list(begun.kept)})
    return 0


def _upgrade_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--diff", action="store_true", help="show what the new version changed in files that you changed too"
    )


def _upgrade(arguments: Arguments, root: Path, terminal: Terminal) -> int:
    from yoroku.build.upgrading import upgrade

    done = upgrade(root)
    for path in done.renewed:
        terminal.say("renewed", path=path)
    for path, difference in done.yours:
        terminal.say("yours", path=path)
        if arguments.diff and not terminal.as_json:
            terminal.result(difference)
    terminal.say("carries", after=done.after, before=done.before, count=len(done.renewed))
    if done.migrate:
        terminal.line(done.migrate)
    terminal.finish_json({"ok": True, "renewed": list(done.renewed), "yours": [path for path, _ in done.yours]})
    return 0


def _explain_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("page", metavar="PAGE", help="an address (/briefings/x/) or a file in output/")


def _explain(arguments: Arguments, root: Path, terminal: Terminal) -> int:
    from yoroku.build.pipeline import explain

    terminal.result("".join(line + "\n" for line in explain(root, arguments.page)))
    return 0


def _clean_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", metavar="DIR", default="output", help="the output to remove (default: output)")


def _clean(arguments: Arguments, root: Path, terminal: Terminal) -> int:
    from yoroku.build.pipeline import clean

    removed = clean(root, output=arguments.output)
    terminal.say("removed", count=removed)
    terminal.finish_json({"ok": True, "removed": removed})
    return 0


COMMANDS = (
    Command(
        "build",
        "import new bulletins and make the site",
        "Import every new bulletin of content/bulletins/, make the pages that changed, and bring the search index\n"
        "up to date. When anything is wrong, all problems are listed and the output stays as it was.",
        _build_arguments,
        _build,
    ),
    Command(
        "serve",
        "preview with live reload",
        "Serve the site on this machine and show every edit in the browser at once. Mistakes appear over the page\n"
        "and go away when they are mended. Ctrl-C ends it.",
        _serve_arguments,
        _serve,
    ),
    Command(
        "import",
        "turn bulletins into briefings",
        "Turn the given bulletins into Markdown briefings in content/briefings/. An existing briefing is updated\n"
        "only where nobody has edited it.\n\n"
        "  import news.txt              write the briefing\n"
        "  import news.txt --stdout     print it\n"
        "  import news.txt --explain    show what became of each line",
        _import_arguments,
        _import,
    ),
    Command(
        "new",
        "begin a note or a briefing",
        "Write a file with its front matter ready, and print its path.\n\n"
        '  new note "題名" --on 2023-01-12-japan-us-defence-ministers\n'
        '  new note "題名" --on … --kind correction',
        _new_arguments,
        _new,
    ),
    Command(
        "check",
        "find mistakes without writing anything",
        "Read everything, follow every link, and list what is wrong with place and remedy.",
        _check_arguments,
        _check,
    ),
    Command(
        "init",
        "begin a site of your own",
        "Write settings, templates, workflows for GitHub Pages, marked samples and this program itself (a wheel in\n"
        "vendor/) into DIR. A file that is there already is never overwritten.",
        _init_arguments,
        _init,
    ),
    Command(
        "upgrade",
        "bring a site to this version of the program",
        "Renew the program that the site carries in vendor/ with the one that runs now, and the templates, workflows\n"
        "and schemas that nobody changed. A file that you changed or removed is never touched.\n\n"
        "  yoroku -C my-site upgrade",
        _upgrade_arguments,
        _upgrade,
    ),
    Command(
        "explain", "tell what a page was made from", "List what a page was made from.", _explain_arguments, _explain
    ),
    Command(
        "clean",
        "remove the output and the memory of builds",
        "Remove the files that the build made in output/, and the cache in .yoroku/. Content is never touched.",
        _clean_arguments,
        _clean,
    ),
)
