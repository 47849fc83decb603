"""What the last build made its pages from, in words."""

from __future__ import annotations

import os
from pathlib import Path

from yoroku.build import manifest, memory
from yoroku.build.press import described


def remembered_pages(root: Path) -> dict[str, tuple[str, ...]]:
    """For each page of the last build, what it was made from, in words."""
    found = manifest.load(str(root))
    known = memory.load(os.path.join(str(root), manifest.CACHE), found.tables) if found else None
    if known is None:
        return {}
    return {
        url: (f"{url} ({kind})", *(f"  {described(question)}" for question in known.traces.asked(url) or ()))
        for url, (kind, _) in known.pages.items()
    }
