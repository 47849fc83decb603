"""Write docs/front-matter.md and schema/*.json anew from the tables in the code."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from yoroku.briefing.reference import front_matter_page, json_schemas  # noqa: E402

if __name__ == "__main__":
    (ROOT / "docs" / "front-matter.md").write_text(front_matter_page(), encoding="utf-8")
    for name, text in json_schemas().items():
        (ROOT / "schema" / name).write_text(text, encoding="utf-8")
