"""What a save would change, line by line and ready to be shown."""

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final, NamedTuple

from tui.base.foreign import clean
from tui.base.translation import many
from tui.config_file.mask import mask

__all__ = ["DiffLine", "counts", "diff", "mask", "shown_lines"]

_LARGEST: Final = 1_000_000
"""Pairs of lines in a block of which each is compared with each."""


class _Block(NamedTuple):
    """What to do with some lines, from and to where in the old and in the new text; as SequenceMatcher has it."""

    tag: str
    start: int
    end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a comparison; its text is masked and safe to show."""

    sign: str
    """`+` added, `-` removed, a space for a line that stays, `…` for a gap of such lines."""
    text: str
    hidden: int = 0
    """How many lines a gap stands for."""
    number: int = dataclass_field(default=0, compare=False)
    """Its number, from 1: of a line that goes in the old file, of the others in the new one. 0 for a gap."""


def diff(before: str, after: str, *, context: int = 1) -> list[DiffLine]:
    """The lines that change from `before` to `after`, with `context` lines that stay around each; empty if none do.

    How a line ends is no part of it.
    """
    old, new = _lines(before), _lines(after)
    shown_old, shown_new = _lines(mask(before)), _lines(mask(after))
    lines: list[DiffLine] = []
    blocks = _blocks(old, new)
    for number, (tag, start, end, new_start, new_end) in enumerate(blocks):
        if tag == "equal":
            head = context if number else 0
            tail = context if number < len(blocks) - 1 else 0
            lines += _unchanged(shown_old[start:end], head, tail, new_start + 1)
        else:
            lines += _numbered("-", shown_old[start:end], start + 1)
            lines += _numbered("+", shown_new[new_start:new_end], new_start + 1)
    return lines if any(line.sign in "+-" for line in lines) else []


def shown_lines(text: str) -> list[str]:
    """The lines of a file, masked and safe to show."""
    return [_shown(line) for line in _lines(mask(text))]


def counts(lines: list[DiffLine]) -> tuple[int, int]:
    """How many lines change, and how many stay. A line that replaces another is one change."""
    stay = sum(line.hidden or 1 for line in lines if line.sign in " …")
    change = 0
    for changed, block in groupby(lines, key=lambda line: line.sign in "+-"):
        signs = [line.sign for line in block]
        change += max(signs.count("+"), signs.count("-")) if changed else 0
    return change, stay


def _blocks(old: list[str], new: list[str]) -> list[_Block]:
    """What is to be done with which lines, found in a time that does not grow with their square."""
    blocks: list[_Block] = []
    for coarse in _compared(old, new, thorough=False):
        for block in _refined(coarse, old, new):
            if blocks and blocks[-1].tag == block.tag:
                last = blocks.pop()
                blocks.append(block._replace(start=last.start, new_start=last.new_start))
            else:
                blocks.append(block)
    return blocks


def _refined(block: _Block, old: list[str], new: list[str]) -> list[_Block]:
    """The comparison overlooks lines that occur often: look closely at what it takes for changed."""
    _tag, start, end, new_start, new_end = block
    if block.tag != "replace":
        return [block]
    head = _alike(old[start:end], new[new_start:new_end])
    first, new_first = start + head, new_start + head
    tail = _alike(old[first:end][::-1], new[new_first:new_end][::-1])
    last, new_last = end - tail, new_end - tail
    finer = [_Block("replace", first, last, new_first, new_last)]
    if (last - first) * (new_last - new_first) <= _LARGEST:
        found = _compared(old[first:last], new[new_first:new_last], thorough=True)
        finer = [_Block(tag, first + a, first + b, new_first + c, new_first + d) for tag, a, b, c, d in found]
    ends = _Block("equal", start, first, new_start, new_first), _Block("equal", last, end, new_last, new_end)
    return [block for block in (ends[0], *finer, ends[1]) if block.start < block.end or block.new_start < block.new_end]


def _alike(old: list[str], new: list[str]) -> int:
    """How many lines both begin with."""
    return next(
        (number for number, (one, other) in enumerate(zip(old, new, strict=False)) if one != other),
        min(len(old), len(new)),
    )


def _compared(old: list[str], new: list[str], *, thorough: bool) -> list[_Block]:
    return [_Block(*block) for block in SequenceMatcher(None, old, new, autojunk=not thorough).get_opcodes()]


def _lines(text: str) -> list[str]:
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return lines if lines[-1] else lines[:-1]


def _numbered(sign: str, block: list[str], first: int) -> list[DiffLine]:
    return [DiffLine(sign, _shown(line), number=number) for number, line in enumerate(block, first)]


def _unchanged(block: list[str], head: int, tail: int, first: int) -> list[DiffLine]:
    hidden = len(block) - head - tail
    kept = _numbered(" ", block, first)
    if hidden <= 1:
        return kept
    gap = DiffLine("…", many("{count} line stays", "{count} lines stay", hidden), hidden)
    return [*kept[:head], gap, *kept[len(block) - tail :]]


def _shown(line: str) -> str:
    return clean(line.expandtabs(4), keep_spaces=True)
