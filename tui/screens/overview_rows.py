"""The rows of the overview: what they are, and how one is painted."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from rich.cells import cell_len

from tui.base.key_shapes import is_key_name
from tui.base.secrets_in_text import without_keys_in
from tui.base.translation import _
from tui.openhands.groups import header
from tui.screens.desk import Desk
from tui.screens.overview_words import Summary, group_summary, summary
from tui.widgets.steps import Step, title
from tui.widgets.tone import Piece, apart, cut_middle, left

NAME = 14
"""Cells of a row's name; its mark stands behind it, and its value in column 18."""
LEAST = 8
"""Cells of a fact that say anything."""
ENOUGH = 50
"""Cells of a row in which a fact has room."""
_MARKS = {"✓": "good", "!": "look-out-strong", "●": "here"}


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group of the file: `llm` or `llm.NAME`."""

    group: str


Row = Step | GroupRow


def name_of(row: GroupRow) -> str:
    """As the file writes it, as far as there is room."""
    return cut_middle(without_keys_in(header(row.group), is_key_name), NAME - 1)


def painted(row: Row, width: int, desk: Desk, alarming: Collection[Step]) -> list[Piece]:
    """A row in `width` cells; `alarming` are the steps that need something."""
    if isinstance(row, GroupRow):
        said = group_summary(desk.draft.config, row.group, desk.drafts.of(row.group))
        mark = said.mark or ("●" if row.group == desk.draft.group else "")
        return _line(name_of(row), mark, said, width)
    said = summary(row, desk)
    if row is Step.KEY and row in alarming and not said.fact:
        said = replace(said, fact=_("enter to give it one"))
    return _line(title(row), said.mark or ("!" if row in alarming else "✓"), said, width)


def _line(name: str, mark: str, said: Summary, width: int) -> list[Piece]:
    """Name, mark, value, and a fact at the right edge, which has what the value leaves; of names both have some."""
    room = width - NAME - 2
    bars: list[Piece] = [("   ", "plain"), (said.bars, "bar")] if said.bars and room >= ENOUGH else []
    drawn = sum(cell_len(text) for text, _tone in bars)
    for_fact = room if said.is_name else room - cell_len(said.value) - 2 - drawn
    shown = cut_middle(said.fact, for_fact) if room >= ENOUGH and for_fact >= LEAST else ""
    fact: list[Piece] = [(shown, "muted")] if shown else []
    tone = _MARKS.get(mark, "plain")
    value = cut_middle(said.value, room - (cell_len(shown) + 2 if shown else 0)) if said.is_name else said.value
    return [
        (left(name, NAME), "strong"), (f"{mark or ' '} ", tone),
        *apart([(value, said.tone), *bars], fact, room),
    ]  # fmt: skip
