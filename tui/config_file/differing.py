"""What a save would change, line by line and ready to be shown."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from tui.base.foreign import clean
from tui.base.translation import many
from tui.config_file.masking import mask

__all__ = ["DiffLine", "counts", "diff", "mask"]


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a comparison; its text is masked and safe to show."""

    sign: str
    """`+` added, `-` removed, a blank for a line that stays, `…` for a gap of such lines."""
    text: str
    hidden: int = 0
    """How many lines a gap stands for."""


def diff(before: str, after: str, *, context: int = 1) -> list[DiffLine]:
    """The lines that change from `before` to `after`, with `context` lines that stay around each; empty if none do.

    How a line ends is no part of it.
    """
    old, new = _lines(before), _lines(after)
    shown_old, shown_new = _lines(mask(before)), _lines(mask(after))
    lines: list[DiffLine] = []
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (tag, start, end, new_start, new_end) in enumerate(blocks):
        if tag == "equal":
            head = context if number else 0
            tail = context if number < len(blocks) - 1 else 0
            lines += _unchanged(shown_old[start:end], head, tail)
        else:
            lines += [DiffLine("-", _shown(line)) for line in shown_old[start:end]]
            lines += [DiffLine("+", _shown(line)) for line in shown_new[new_start:new_end]]
    return lines if any(line.sign in "+-" for line in lines) else []


def counts(lines: list[DiffLine]) -> tuple[int, int]:
    """How many lines change, and how many stay. A line that replaces another is one change."""
    stay = sum(line.hidden or 1 for line in lines if line.sign in " …")
    change = 0
    for changed, block in groupby(lines, key=lambda line: line.sign in "+-"):
        signs = [line.sign for line in block]
        change += max(signs.count("+"), signs.count("-")) if changed else 0
    return change, stay


def _lines(text: str) -> list[str]:
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return lines if lines[-1] else lines[:-1]


def _unchanged(block: list[str], head: int, tail: int) -> list[DiffLine]:
    hidden = len(block) - head - tail
    if hidden <= 1:
        return [DiffLine(" ", _shown(line)) for line in block]
    gap = DiffLine("…", many("{count} line stays", "{count} lines stay", hidden), hidden)
    kept = [DiffLine(" ", _shown(line)) for line in block]
    return [*kept[:head], gap, *kept[len(block) - tail :]]


def _shown(line: str) -> str:
    return clean(line.expandtabs(4), blanks=True)
