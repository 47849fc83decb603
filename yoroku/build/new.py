"""Begin a note or a briefing: a file with its front matter ready, never over another file."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import cast

from yoroku.atomic import write_whole
from yoroku.briefing.file import dump, dump_note
from yoroku.briefing.model import Briefing, Note, NoteKind
from yoroku.build.merges import BRIEFINGS
from yoroku.config import load_settings
from yoroku.problems import Place, Problem, Problems, did_you_mean

NOTES = "content/notes"


def new_note(root: Path, title: str, *, on: str = "", kind: str = "note", today: date | None = None) -> str:
    """Write a note's file and return its path below `root`. `on` is a briefing's slug or path. Raises `Problems`."""
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
    write_whole(root / path, text.encode(), durable=True)
    return path


def _briefing(root: Path, on: str) -> str:
    """The slug of the briefing meant by `on`. Raises `Problems` with the nearest one when there is none."""
    stem = on.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1].removesuffix(".md")
    stems = {file.stem for file in (root / BRIEFINGS).rglob("*.md") if not file.parent.as_posix().count("/.imported")}
    if stem not in stems:
        what = f"there is no briefing '{on}'"
        raise Problems(Problem(Place(BRIEFINGS), "unknown-briefing", what, did_you_mean(stem, sorted(stems)[-8:])))
    return stem
