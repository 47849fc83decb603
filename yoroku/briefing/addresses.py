"""Parts of addresses that people write: slugs and aliases become file names, so they must be safe ones everywhere."""

from __future__ import annotations

import re
import unicodedata

from yoroku.fields import Reading, Text, Texts
from yoroku.patterns import late
from yoroku.records import dataclass
from yoroku.yaml_nodes import Items, Node, Scalar

LONGEST = 200
# What some system cannot have in a file's name, or gives a meaning of its own in an address.
_BAD = late(r'[\\<>:"|?*#%]')
# Windows takes these for devices, whatever follows the dot.
_DEVICES = late(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
# Folders and files of the output that are not for documents.
_TAKEN = ("assets", "pagefind", "media")
_PAGES = ("index.html", "404.html", "robots.txt", "sitemap.xml", "feed.xml", "feed.json")


def wrong_with(address: str) -> str:
    """Why a slug or alias cannot be an address of the site; empty when it can."""
    if len(address) > LONGEST:
        return f"is longer than {LONGEST} characters"
    found = _BAD.search(address)
    if found:
        return f"contains '{found[0]}'"
    for character in address:
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
            return f"contains the invisible character U+{ord(character):04X}"
    parts = address.removeprefix("/").removesuffix("/").split("/")
    for part in parts:
        if part in ("", ".", ".."):
            return "has a part that is empty or made of dots" if address.strip("/") else ""
        if part.startswith(".") and part != ".well-known":
            return "has a part that begins with a dot"
        if part[-1] in ". " or part[0] == " ":
            return "has a part that begins or ends with a space, or ends with a dot"
        if _DEVICES.fullmatch(part):
            return f"has the part '{part}', which Windows keeps for a device"
        if len(part.encode()) > LONGEST:
            return "has a part that is too long for a file's name"
    if address.startswith("/") and parts[0] in _TAKEN:
        return f"lies in '/{parts[0]}/', which belongs to the site's own files"
    if address.startswith("/") and address.strip("/").lower() in _PAGES:
        return "is a file that every site has"
    return ""


@dataclass(frozen=True, slots=True)
class Slug(Text):
    """The last part of an address, or several with `/` between them."""

    def read(self, node: Node, key: str, reading: Reading) -> str | None:
        """The text; a problem when it is not safe as a file's name."""
        text = Text.read(self, node, key, reading)
        if text is not None:
            _tell(node, key, text, reading)
        return text


@dataclass(frozen=True, slots=True)
class Aliases(Texts):
    """Earlier addresses."""

    def read(self, node: Node, key: str, reading: Reading) -> tuple[str, ...] | None:
        """The texts; a problem for each that is not safe as a file's name."""
        texts = Texts.read(self, node, key, reading)
        for item in node.items if isinstance(node, Items) else (node,):
            if isinstance(item, Scalar) and not item.empty:
                _tell(item, key, item.text, reading)
        return texts


def _tell(node: Node, key: str, text: str, reading: Reading) -> None:
    wrong = wrong_with(text)
    if wrong:
        shown = text if len(text) <= 60 else f"{text[:60]}…"
        fix = "write small letters, digits and hyphens, such as 'old-name' or '/news/old-name'"
        reading.problem(node, "unsafe-address", f"{key} '{shown}' {wrong}", fix)
