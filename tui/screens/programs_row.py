"""For which OpenHands the wizard sets up, in one line: those that are chosen, those that are not, and the key."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from tui.base.translation import _
from tui.openhands.targets.found import Program
from tui.openhands.targets.target import GUI
from tui.widgets.tone import Piece, apart, left, line

CHOSEN = "✓"
NOT_CHOSEN = "○"
NAME = 14
"""Cells of the row's name."""
_LEAST = 2
"""Cells between the programs and the key."""


class ProgramsRow(Widget):
    """As much of it as there is room for."""

    def __init__(self, programs: Sequence[Program]) -> None:
        super().__init__(id="programs")
        self._programs = listed(programs)

    def render(self) -> Content:
        """In the columns of the overview."""
        width = self.size.width
        name: Piece = (left(_("For"), NAME), "strong")
        rows = [([name, *row], key) for row, key in _in_room(self._programs)]
        row, key = next((each for each in rows if sum(map(_cells, (*each[0], *each[1]))) + _LEAST <= width), rows[-1])
        return line(*apart(row, key, width))


def listed(programs: Sequence[Program]) -> list[Program]:
    """Those that are chosen first. One that few have is named where it is found alone."""
    shown = [each for each in programs if each.chosen or each.found or each.target.name != GUI]
    return sorted(shown, key=lambda each: not each.chosen)


def _in_room(programs: Sequence[Program]) -> Iterator[tuple[list[Piece], list[Piece]]]:
    """The row in shorter and shorter words, each with the words for the key that changes it."""
    key: list[Piece] = [("^o", "press")]
    changes: list[Piece] = [*key, (_(" changes it"), "muted")]
    in_full = _row(programs, [each.label for each in programs])
    in_short = _row(programs, [_without_program(each) for each in programs])
    shortest = _row(programs, [each.target.short for each in programs])
    yield from ((in_full, changes), (in_short, changes), (in_short, key))
    yield _row(programs, [f"{each.target.short} {each.release}".rstrip() for each in programs]), key
    chosen = [each for each in programs if each.chosen]
    yield from ((shortest, key), (_row(chosen, [each.target.short for each in chosen]), key))


def _row(programs: Sequence[Program], labels: Sequence[str]) -> list[Piece]:
    row: list[Piece] = []
    for program, label in zip(programs, labels, strict=True):
        mark = (CHOSEN, "good") if program.chosen else (NOT_CHOSEN, "muted")
        row += [("  ", "plain")] * bool(row) + [mark, (f" {label}", "plain" if program.chosen else "muted")]
    return row


def _without_program(program: Program) -> str:
    """Without what is in parentheses: of a file that says whose it is."""
    return program.label.partition(" (")[0]


def _cells(piece: Piece) -> int:
    return cell_len(piece[0])
