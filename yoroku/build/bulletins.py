"""Which bulletins have not become a briefing yet."""

from __future__ import annotations

import contextlib
import hashlib
import os

from yoroku import __version__
from yoroku.build.content import origins
from yoroku.build.inputs import Record, read
from yoroku.build.memory import Memory, Read

# As in importing.py, which is not loaded where there is nothing to import: the importer is half of all code.
BULLETINS = "content/bulletins"
IMPORTER = f"yoroku {__version__}"
SUFFIXES = (".txt", ".html", ".htm", ".md")


def same_origins(touched: frozenset[str], reads: dict[str, Read], memory: Memory) -> bool:
    """Whether edits of these paths leave every bulletin, and what its briefing came from, as `memory` had them."""
    for path in touched:
        new, known = reads.get(path), memory.reads.get(path)
        if path.startswith(BULLETINS + "/") or (new and new.origin) != (known and known.origin):
            return False
    return True


def new_bulletins(root: str, record: Record, reads: dict[str, Read], memory: Memory) -> tuple[str, ...]:
    """The bulletins of whose very bytes no briefing was made by this importer. Their SHA-256 is noted in `memory`.

    A briefing whose importer is not named was written by hand: only its bulletin's bytes count.
    """
    known: dict[str, tuple[bytes, str]] = memory.rest.get("bulletins", {})
    have = origins(reads)
    found: dict[str, tuple[bytes, str]] = {}
    for path, entry in sorted(record.items()):
        if not path.startswith(BULLETINS + "/") or not path.endswith(SUFFIXES):
            continue
        row = known.get(path)
        if row is None or row[0] != entry[3]:
            with contextlib.suppress(OSError):
                row = (entry[3], hashlib.sha256(read(os.path.join(root, path))).hexdigest())
        if row is not None:
            found[path] = row
    memory.rest["bulletins"] = found
    return tuple(
        path for path, (_, sha256) in found.items() if have.get(path) not in (f"{sha256} {IMPORTER}", f"{sha256} ")
    )
