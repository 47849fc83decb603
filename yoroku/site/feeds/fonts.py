"""Whether pictures with Japanese titles can be drawn here: Pillow, and a font of the system that has the characters.

No font is part of the project, so pictures depend on the machine; that is why a site must ask for them.
"""

from __future__ import annotations

import shutil
import subprocess
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from yoroku.config import FILE, Settings
from yoroku.problems import Place, Problem, Severity

_LINUX = ("/usr/share/fonts/opentype/noto", "/usr/share/fonts/noto-cjk", "/usr/share/fonts/noto")
# Serif first: titles are set in 明朝. The first face of each collection is the Japanese one.
_KNOWN = (
    *(f"{folder}/NotoSerifCJK-Bold.ttc" for folder in _LINUX),
    "/usr/share/fonts/google-noto-serif-cjk-fonts/NotoSerifCJK-Bold.ttc",
    "/usr/share/fonts/google-noto-serif-cjk-vf-fonts/NotoSerifCJK-VF.ttc",
    *(f"{folder}/NotoSansCJK-Bold.ttc" for folder in _LINUX),
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/opentype/ipaexfont-mincho/ipaexm.ttf",
    "/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf",
    "/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf",
    "/System/Library/Fonts/ヒラギノ明朝 ProN.ttc",
    "/System/Library/Fonts/ヒラギノ角ゴシック W6.ttc",
    "C:/Windows/Fonts/yumindb.ttf",
    "C:/Windows/Fonts/YuGothB.ttc",
    "C:/Windows/Fonts/meiryob.ttc",
)


@lru_cache(maxsize=1)
def japanese_font() -> Path | None:
    """A font file that has Japanese, or None. Looks once."""
    for name in _KNOWN:
        path = Path(name)
        if path.is_file():
            return path
    return _listed()


def _listed() -> Path | None:
    """The first Japanese font that fontconfig knows, in the order of names."""
    command = shutil.which("fc-list")
    if command is None:
        return None
    try:
        done = subprocess.run([command, ":lang=ja", "file"], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.SubprocessError):
        return None
    names = sorted(row.strip().rstrip(":") for row in done.stdout.splitlines())
    return next((Path(name) for name in names if name.lower().endswith((".ttf", ".otf", ".ttc"))), None)


def pictures(settings: Settings) -> bool:
    """Whether briefings get a picture for links: asked for, of use (links to it must be absolute), and possible."""
    return settings.og_images and bool(settings.base_url) and not _missing()


def picture_problems(settings: Settings) -> tuple[Problem, ...]:
    """One warning when pictures are asked for and cannot be drawn."""
    if not settings.og_images or not settings.base_url or not (missing := _missing()):
        return ()
    what, fix = missing
    return (Problem(Place(FILE), "no-pictures", f"no pictures for links are made: {what}", fix, Severity.WARNING),)


@lru_cache(maxsize=1)
def pillow() -> bool:
    """Whether Pillow is installed. Looks once."""
    return find_spec("PIL") is not None


def _missing() -> tuple[str, str] | None:
    if not pillow():
        return "Pillow is not installed", "install 'pillow', or set 'og_images: false'"
    if japanese_font() is None:
        return "no Japanese font was found", "install one such as Noto Serif CJK, or set 'og_images: false'"
    return None
