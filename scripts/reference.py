"""Write the documents, schemas and editors' files that are made from the tables in the code."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from yoroku.briefing.editors import files  # noqa: E402
from yoroku.briefing.reference import front_matter_page, json_schemas  # noqa: E402


def generated() -> dict[str, str]:
    """Path below the project's root → text."""
    schemas = {f"schema/{name}": text for name, text in json_schemas().items()}
    return {"docs/front-matter.md": front_matter_page(), **schemas, **files()}


if __name__ == "__main__":
    for path, text in generated().items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, encoding="utf-8", newline="\n")
