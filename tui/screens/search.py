"""What the two steps with a search box and a list have in common."""

from collections.abc import Callable
from typing import Any, ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from tui.base.translation import _
from tui.screens.step import StepScreen
from tui.widgets.headings import Question
from tui.widgets.pick_list import PickList
from tui.widgets.text_input import TextInput
from tui.widgets.tone import Piece

LONGEST: Final = 120
"""Characters that are searched for: no name is longer, and each costs time."""


def search_box(hint: str) -> TextInput:
    """As wide as the list below it."""
    return TextInput(placeholder=hint, id="search")


class SearchScreen(StepScreen):
    """Typing always goes to the box; arrows and page keys move in the list; Enter takes the highlighted row."""

    LISTS: ClassVar[bool] = True
    AUTO_FOCUS = "#search"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    @property
    def pick_list(self) -> PickList[Any]:
        """The list."""
        return self.query_one(PickList)

    @property
    def query_text(self) -> str:
        """What was typed; of a page that was pasted, the beginning."""
        return self.query_one("#search", Input).value[:LONGEST]

    def count(self, *words: Piece) -> None:
        """Say beside the question how many were found."""
        self.query_one(Question).note(*words)

    def refilter(self) -> None:
        """Show what fits the text typed."""
        raise NotImplementedError

    def arrows_do(self) -> str:
        """Up and down choose a row."""
        return _("Choose")

    def take(self, row: Any) -> None:
        """Take a row and go on."""
        raise NotImplementedError

    def show_line(self, id_: str, content: Content) -> None:
        """Show some lines of a fixed height; those that stand there already are not sent again."""
        shown = self.query_one(f"#{id_}", Static)
        if not isinstance(shown.content, Content) or not content.is_same(shown.content):
            shown.update(content, layout=False)

    def explain_row(self, row: Any) -> None:
        """Say in the pane, or in one line, what the highlighted row is."""
        raise NotImplementedError

    _pane = True
    """Whether the pane was there when the terminal had another size."""

    def on_resize(self) -> None:
        """A pane that appears, since the terminal grew, is filled."""
        self.call_after_refresh(self._fill_pane)

    def _fill_pane(self) -> None:
        if self.is_attached and self.is_mounted:
            before, self._pane = self._pane, self.explanation.display
            if self._pane and not before:
                self.explain_row(self.pick_list.chosen)

    @on(Input.Changed, "#search")
    def _search(self) -> None:
        self.refilter()

    @on(Input.Submitted, "#search")
    def _submit(self) -> None:
        self.action_next()

    @on(PickList.Picked)
    def _clicked(self) -> None:
        self.action_next()

    @on(PickList.Highlighted)
    def _highlighted(self) -> None:
        self.explain_row(self.pick_list.chosen)

    def action_next(self) -> None:
        """Take the highlighted row, or say why there is none."""
        if self.pick_list.chosen is not None:
            self.take(self.pick_list.chosen)
        else:
            self.say_nothing_chosen()

    def say_nothing_chosen(self) -> None:
        """Enter, and there is no row. A list that is never empty has nothing to say."""

    def action_up(self) -> None:
        """The row above."""
        self._move(self.pick_list.move, -1)

    def action_down(self) -> None:
        """The row below."""
        self._move(self.pick_list.move, 1)

    def action_page(self, direction: int) -> None:
        """A page up or down."""
        self._move(self.pick_list.page, direction)

    def _move(self, move: Callable[[int], None], by: int) -> None:
        """At once, and not by message: the list and what is said of its row are sent together then."""
        with self.pick_list.prevent(PickList.Highlighted):
            move(by)
        self.explain_row(self.pick_list.chosen)
