"""Search: the tokeniser, the shards, the Pagefind process. The browser's half is in templates/assets/search/."""

from yoroku.search.bundle import ENTRY
from yoroku.search.index import index
from yoroku.search.model import IndexReport, Labels, SearchDocument, Section

__all__ = ["ENTRY", "IndexReport", "Labels", "SearchDocument", "Section", "index"]
