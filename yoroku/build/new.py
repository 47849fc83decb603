"""Begin a note or a briefing: a file with its front matter ready, never over another file."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import cast

from yoroku.atomic import write_whole
from yoroku.briefing.file import dump, dump_note, front_of
from yoroku.briefing.model import Briefing, Note, NoteKind
from yoroku.build.documents import kind_of
from yoroku.build.merges import BRIEFINGS
from yoroku.build.output import not_written
from yoroku.config import load_settings
from yoroku.problems import Place, Problem, Problems, did_you_mean
from yoroku.records import replace
from yoroku.site.names import key
from yoroku.site.subjects import subject_word

NOTES = "content/notes"
_FEW = 3


def new_note(root: Path, title: str, *, on: str = "", kind: str = "note", today: date | None = None) -> str:
    """Write a note's file and return its path below `root`. `on` names a briefing. Raises `Problems`."""
    settings = load_settings(root)
    day = today or datetime.now(settings.zone).date()
    target = _briefing(root, on) if on else ""
    note = Note(
        title=title,
        kind=cast(NoteKind, kind),
        lang=settings.language,
        date=day,
        author=settings.author,
        on=target,
        body="\n",
    )
    if kind == "correction":
        placeholder = {
            "ja": ("訂正前の語句", "訂正後の語句", "訂正の理由"),
            "en": ("what stood there", "what stands there", "why"),
        }
        was, now, reason = placeholder.get(settings.language, placeholder["en"])
        note = replace(note, was=was, now=now, reason=reason)
    return _write(root, NOTES, _stem(title, day), dump_note(note))


def new_briefing(root: Path, title: str, *, today: date | None = None) -> str:
    """Write the file of a briefing that has no bulletin, as a draft, and return its path below `root`."""
    settings = load_settings(root)
    day = today or datetime.now(settings.zone).date()
    stem = _stem(title, day)
    briefing = Briefing(title=title, lang=settings.language, date=day, slug=stem, body="\n")
    briefing = replace(briefing, state=replace(briefing.state, draft=True))
    return _write(root, f"{BRIEFINGS}/{day.year}", stem, dump(briefing))


def _stem(title: str, day: date) -> str:
    """An ASCII name: the title's own words where they are ASCII, else a short digest; nothing is romanised."""
    words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") if title.isascii() else ""
    return f"{day.isoformat()}-{words[:60].rstrip('-') or hashlib.sha256(title.encode()).hexdigest()[:8]}"


def _write(root: Path, folder: str, stem: str, text: str) -> str:
    path = f"{folder}/{stem}.md"
    number = 2
    while (root / path).exists():
        path = f"{folder}/{stem}-{number}.md"
        number += 1
    try:
        write_whole(root / path, text.encode(), durable=True)
    except OSError as error:
        raise not_written(path, error) from error
    return path


def _briefing(root: Path, on: str) -> str:
    """The name of the briefing meant by `on`: slug, path, address, or a part of its title.

    Raises `Problems` with the nearest ones when none or several are meant.
    """
    word = subject_word(on.replace("\\", "/")).rsplit("/", 1)[-1]
    files = [file for file in sorted((root / BRIEFINGS).rglob("*.md")) if _is_briefing(root, file)]
    stems = {file.stem for file in files}
    if word in stems:
        return word
    titles: dict[str, str] = {}
    for file in files:
        head = front_of(file.read_text(encoding="utf-8-sig", errors="replace"))
        found = {name: _line(name, head) for name in ("slug", "title")}
        if found["slug"] == word:
            return file.stem
        titles[file.stem] = found["title"]
    wanted = key(on)
    meant = [stem for stem, title in titles.items() if wanted and (wanted in key(title) or wanted in key(stem))]
    if len(meant) == 1:
        return meant[0]
    if meant:
        several = ", ".join(f"'{stem}' ({titles[stem]})" for stem in meant[:_FEW])
        what = f"'{on}' may be {len(meant)} briefings"
        raise Problems(Problem(Place(BRIEFINGS), "unknown-briefing", what, f"write more of one, such as {several}"))
    near = {title: stem for stem, title in titles.items() if title}
    fix = did_you_mean(word, sorted(stems)[-8:], near) if stems else "there are no briefings yet"
    what = f"there is no briefing '{on}'"
    raise Problems(Problem(Place(BRIEFINGS), "unknown-briefing", what, fix))


def _is_briefing(root: Path, file: Path) -> bool:
    path = file.relative_to(root).as_posix()
    return "/." not in path and kind_of(path) == "briefing"


def _line(name: str, head: str) -> str:
    """The value of one line of front matter, near enough to compare it."""
    found = re.search(rf"(?m)^{name}:[ \t]*(.*)$", head)
    return found[1].strip().strip("\"'") if found else ""


def open_in_editor(root: Path, path: str, environment: Mapping[str, str]) -> str:
    """Open a file in the editor that `VISUAL` or `EDITOR` names; returns why that could not be done, or nothing."""
    command = environment.get("VISUAL") or environment.get("EDITOR") or ""
    if not command.strip():
        return "no editor is set: give VISUAL or EDITOR the name of one, such as 'code --wait'"
    try:
        words = shlex.split(command, posix=os.name == "posix")
    except ValueError:
        return f"the editor's name '{command}' has a quotation mark without its fellow: see VISUAL and EDITOR"
    program = shutil.which(words[0], path=environment.get("PATH"))
    if program is None:
        return f"the editor '{words[0]}' is not to be found: see VISUAL and EDITOR"
    code = subprocess.run([program, *words[1:], str(root / path)], check=False).returncode
    return f"the editor '{words[0]}' ended with {code}" if code else ""
