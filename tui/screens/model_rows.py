"""The rows of the Model step: what they are, and how one is painted."""

from textual.content import Content
from textual.widget import Widget

from tui.base.foreign import clean
from tui.base.key_shapes import is_key_name
from tui.base.keys_in_text import without_keys_in
from tui.base.translation import _
from tui.catalog.models import Model
from tui.drafts.model_choice import Typed
from tui.widgets.tone import Piece, cut_middle, left, line, right

NARROW = 66
COLUMNS, FEW_COLUMNS = 45, 27
"""Cells of all columns but the name's; on a narrow screen the last two are left out, to tell the names apart."""


class Head(Widget):
    """The names of the columns, above the list; and what was left out."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._said = ""

    def say(self, words: str) -> None:
        """Say how the list is arranged."""
        self._said = words
        self.refresh()

    def render(self) -> Content:
        """In the columns of the rows, which have a mark before them."""
        width = self.size.width
        name = left(_("  model") + (f": {self._said}" if self._said else ""), width - columns(width) + 2)
        return line((name + right(_("context"), 8) + right(_("$ in"), 8) + right(_("$ out"), 8) + _("  can"), "faint"))


def columns(width: int) -> int:
    """Cells of the columns behind the name."""
    return COLUMNS if width >= NARROW else FEW_COLUMNS


def typed_row(row: Typed, width: int, *, unknown: bool) -> list[Piece]:
    """The row that offers what was typed, in `width` cells."""
    words = _("  use “{id}” as typed, unknown to litellm") if unknown else _("  use “{id}” as typed")
    return [(left(words.format(id=without_keys_in(clean(row.id), is_key_name)), width), "plain")]


def mark_of(model: Model, *, present: bool, used: bool, faint: bool) -> Piece:
    """Verified, or chosen now, or used in another group of the file."""
    if model.verified:
        return "★ ", "faint" if faint else "look-out"
    return ("● ", "here") if present else ("○ " if used else "  ", "plain")


def model_row(model: Model, mark: Piece, *, width: int, whole: bool, faint: bool, word: str) -> list[Piece]:
    """A model in `width` cells, by its whole id or its name. Few tones, and so few bytes for a move."""
    name = _name(clean(model.id if whole else model.name), width - columns(width))
    numbers = right(tokens(model.context), 8) + right(price(model.input_per_million), 8)
    more = numbers + right(price(model.output_per_million), 8)
    if columns(width) == COLUMNS:
        more += f"  {abilities(model)}  {word}"
    return [mark, (name, "faint" if faint else "plain"), (more, "faint" if faint else "muted")]


def _name(name: str, cells: int) -> str:
    return left(cut_middle(name, cells), cells)


def tokens(count: int | None) -> str:
    """200 k, 1 M; "" when unknown."""
    if count is None:
        return ""
    return f"{count / 1e6:.3g} M" if count >= 1_000_000 else f"{count // 1000} k" if count >= 1000 else str(count)


def price(dollars: float | None) -> str:
    """3.00, 0.075; "" when unknown."""
    return "" if dollars is None else f"{dollars:,.2f}" if dollars >= 0.1 or dollars == 0 else f"{dollars:.3f}"


def abilities(model: Model) -> str:
    """A letter for each thing that it can do, a dot for what it cannot, a space for what is not known."""
    known = (("V", model.vision), ("T", model.tools), ("C", model.caching), ("R", model.reasoning))
    return " ".join(letter if can else "·" if can is False else " " for letter, can in known)
