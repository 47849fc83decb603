"""What the form of a line and the lines around it say of whether it is the headline."""

from __future__ import annotations

from yoroku.bulletin.lines import Look
from yoroku.bulletin.matter import dated
from yoroku.bulletin.title_patterns import DATE_LABEL, DATED_MATTER, SIGNED_EN, STAMPED


def layout(looks: tuple[Look, ...], at: int, signs: list[str], *, page: bool) -> float:
    """What the form of a line and the lines around it add to its score; the sign for it joins `signs`."""
    look = looks[at]
    if DATED_MATTER.match(look.flat):
        signs.append("日付の付いた題")
        return 3.5
    if page and not look.cjk and look.size >= 25 and _signed(looks, at):
        signs.append("日付・出典が続く")
        return 3.5
    if labelled_below(looks, at) and look.size >= 8 and not look.sentence:
        signs.append("日付・出典が続く")
        return 3.5
    if _numbered(looks, at):
        return -4.0
    below = looks[at + 1] if at + 1 < len(looks) else None
    # The day stands right below the headline, not below what stands above it.
    return 0.8 if below is not None and not below.sentence and (dated(below) or STAMPED.match(below.flat)) else 0.0


def labelled_below(looks: tuple[Look, ...], at: int) -> bool:
    """Whether the next line is the label of a date or an issuer, and nothing else."""
    return at + 1 < len(looks) and bool(DATE_LABEL.fullmatch(looks[at + 1].flat))


def _signed(looks: tuple[Look, ...], at: int) -> bool:
    """Whether a byline, an age or a time stamp stands within the two lines below."""
    return any(SIGNED_EN.fullmatch(other.flat) for other in looks[at + 1 : at + 3])


def _numbered(looks: tuple[Look, ...], at: int) -> bool:
    """本部で発言する総理1, 本部で発言する総理2: captions of pictures."""
    same = looks[at].key
    near = looks[max(0, at - 1) : at] + looks[at + 1 : at + 2]
    return same[-1:].isdigit() and any(other.key[:-1] == same[:-1] and other.key != same for other in near)
