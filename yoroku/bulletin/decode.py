"""Bytes to text: which encoding a bulletin is in, decided by signs and by how plausible the text reads.

A byte order mark decides, then ISO-2022's escapes, then strict UTF-8 (random bytes hardly ever pass it). What is left
is decoded with each of the old East Asian encodings and the most plausible reading wins. What was found is recorded.
"""

from __future__ import annotations

import re

from yoroku.patterns import late
from yoroku.problems import Place, Problem, Problems
from yoroku.records import dataclass

MAX_BYTES = 32 * 1024 * 1024
SAMPLE = 32 * 1024  # bytes that the choice between encodings looks at
TOLERATED = 0.002  # share of unreadable bytes that is taken for damage, not for another encoding

BOMS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
NAMES = {"utf-8-sig": "utf-8 (BOM)", "utf-16": "utf-16 (BOM)", "utf-32": "utf-32 (BOM)"}
# In this order a tie goes to the first.
CANDIDATES: tuple[str, ...] = ("cp932", "euc_jp", "gb18030", "big5hkscs", "cp949", "cp1252")
ESCAPES = re.compile(rb"\x1b(?:\$[@B]|\$\([DQOP]|\([JI])")
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP or Office file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"7z\xbc\xaf", "a 7-Zip file"),
)
# Characters that a text never shows: C0 and C1 controls, byte order marks inside, invisible direction switches.
UNSEEN = late("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]")
CHARSET = re.compile(rb"(?:charset\s*=\s*[\"']?|encoding=[\"'])([A-Za-z0-9_.:-]{3,20})", re.I)
COMMON_JA = frozenset(
    "日一国人年大十二本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話北午百先名川千水男西電校"
    "会社的県市者省議発表定対部合事自場同業方関政全代明動現力地面内実体回開立度所性通戦相意最法民要化経産理物教員当取"
    "平期町手連向選決目数加家新主世結務道問反機思公任組運続別調変協応保府報際点"
)
COMMON_ZH = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然"
    "家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机"
    "十民第公此已工使情明性知全三又关点正业外将两高间由问很最重並這個們來為國說時會對過發後種經麼現當沒動還進樣開從實"
    "無與長機關點業將兩間問應務總統億萬報導議員黨"
)
COMMON_KO = frozenset("이다는의에을를가고하은로한지도기사자대인서해시정어일그리나아보부전상제있수국장원했들")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A bulletin's text, the encoding it was read in, and how many bytes could not be read."""

    text: str
    encoding: str
    damaged: int = 0


def decode(data: bytes, *, name: str) -> Decoded:
    """The text of `data`. Raises `Problems` when it is empty, too large, or no text that this importer can read."""
    at = Place(name)
    if len(data) > MAX_BYTES:
        raise Problems(Problem(at, "bulletin-too-large", f"the bulletin has {len(data):,} bytes", "split it"))
    for signature, what in SIGNATURES:
        if data.startswith(signature):
            raise Problems(Problem(at, "not-text", f"the file is {what}, not a text", "save its text as .txt or .html"))
    if not data.strip(b" \t\r\n\x00"):
        raise empty(name)
    found = _marked(data) or _escaped(data) or _utf8(data) or _zeros(data) or _guessed(data)
    if found is None:
        raise Problems(Problem(at, "unknown-encoding", "the bytes are no text that can be read", "save it as UTF-8"))
    text = UNSEEN.sub("", found.text)
    if not text.strip():
        raise empty(name)
    return Decoded(text, found.encoding, found.damaged)


def empty(name: str) -> Problems:
    """The problem of a bulletin without text."""
    return Problems(Problem(Place(name), "empty-bulletin", "the bulletin has no text", "paste the text into it"))


def _marked(data: bytes) -> Decoded | None:
    for bom, codec in BOMS:
        if data.startswith(bom):
            text = data.decode(codec, "replace")
            return Decoded(text, NAMES.get(codec, codec), text.count("\ufffd"))
    return None


def _escaped(data: bytes) -> Decoded | None:
    if not ESCAPES.search(data, 0, SAMPLE) or max(data) > 0x7F:
        return None
    for codec in ("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2004"):
        try:
            return Decoded(data.decode(codec), "iso-2022-jp")
        except UnicodeDecodeError:
            continue
    text = data.decode("iso2022_jp", "replace")
    return Decoded(text, "iso-2022-jp", text.count("\ufffd"))


def _utf8(data: bytes) -> Decoded | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        damaged = text.count("\ufffd")
        # A cut at the end or a few broken bytes leave the rest plainly UTF-8.
        wide = sum(1 for char in text if char > "\x7f") - damaged
        return Decoded(text, "utf-8", damaged) if damaged <= max(1, wide * TOLERATED) and wide > 8 * damaged else None
    return None if "\x00" in text and text.count("\x00") * 8 > len(text) else Decoded(text, "utf-8")


def _zeros(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: its line feeds, spaces and Latin letters have a zero byte on one side."""
    if len(data) < 4:
        return None
    best: tuple[float, Decoded] | None = None
    for codec in ("utf-16-le", "utf-16-be"):
        sample = data[: SAMPLE - SAMPLE % 2].decode(codec, "replace")
        score = _plausible(sample)
        if score > 0.55 and (best is None or score > best[0]):
            text = data.decode(codec, "replace")
            best = (score, Decoded(text, codec, text.count("\ufffd")))
    if best is None:
        return None
    return best[1] if "\n" in best[1].text or b"\x00" in data or best[0] > 0.9 else None


def _guessed(data: bytes) -> Decoded | None:
    declared = CHARSET.search(data, 0, 4096)
    said = declared.group(1).decode("ascii").lower().replace("-", "_") if declared else ""
    said = {"shift_jis": "cp932", "x_sjis": "cp932", "sjis": "cp932", "windows_31j": "cp932", "gb2312": "gb18030"}.get(
        said, said
    )
    said = {"gbk": "gb18030", "big5": "big5hkscs", "euc_kr": "cp949", "iso_8859_1": "cp1252"}.get(said, said)
    best: tuple[float, str] | None = None
    for codec in CANDIDATES:
        score = _plausible(data[:SAMPLE].decode(codec, "replace")) + (0.2 if codec == said else 0.0)
        if best is None or score > best[0] + 1e-9:
            best = (score, codec)
    if best is None or best[0] < 0.15:
        return None
    text = data.decode(best[1], "replace")
    damaged = text.count("\ufffd")
    if damaged > max(2, len(data) * TOLERATED * 5):
        return None
    return Decoded(text, best[1].replace("_", "-"), damaged)


def _plausible(text: str) -> float:
    """How much a decoded sample reads like a text of one language: about 1 for a real one, else 0 or less."""
    ja = zh = ko = latin = accents = bad = half = odd = 0
    for char in text:
        if char < "\x80":
            if char < " " and char not in "\t\r\n\f\x1b":
                bad += 4
            else:
                latin += char.isalpha()
        elif "\u3040" <= char <= "\u30ff" or "\uff10" <= char <= "\uff5a" or char in "、。「」・（）":
            ja += 1
        elif char in COMMON_JA:
            ja += 1
            zh += char in COMMON_ZH
        elif char in COMMON_ZH or char in "，。：；“”《》":
            zh += 1
        elif "\uac00" <= char <= "\ud7a3":
            ko += 2 if char in COMMON_KO else 0
            odd += char not in COMMON_KO
        elif "\uff61" <= char <= "\uff9f":
            half += 1
        elif "\u4e00" <= char <= "\u9fff":
            odd += 1
        elif char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or "\x80" <= char <= "\x9f":
            bad += 4
        elif char > "\u3400":
            bad += 1
        elif "\xa0" <= char <= "\u024f":
            accents += 1
    wide = max(ja, zh, ko)
    if wide + odd + half == 0 and accents:
        # A Western text has few accented letters among many plain ones.
        return 0.4 if not bad and accents * 4 <= latin else -1.0
    odd += accents
    total = ja + zh - min(ja, zh) + ko + half + odd + bad
    if total == 0:
        return 0.5 if latin else 0.0
    return (wide + 0.5 * (odd if wide > odd else 0) + 0.1 * half - bad) / (total + 0.02 * latin)
