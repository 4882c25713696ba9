"""Short questions and explanations over a step."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from tui.base.errors import SetupError
from tui.base.translation import _
from tui.settings.naming import check_new_name
from tui.widgets.remark import Remark
from tui.widgets.text_input import TextInput


class HelpDialog(ModalScreen[None]):
    """A few sentences; any of the usual keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,f1,question_mark,q", "close", _("Close"), show=False)
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """Title, text."""
        with VerticalScroll(classes="dialog"):
            yield Static(self._title, classes="title", markup=False)
            yield Static(self._text, markup=False)
            yield Static(_("Esc closes this."), classes="foot", markup=False)

    def action_close(self) -> None:
        """Close."""
        self.dismiss(None)


class NameDialog(ModalScreen[str]):
    """The name of a group. A bad one is said, and not taken."""

    AUTO_FOCUS = "#name"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss('')", _("No"), show=False)]

    def __init__(self, title: str, name: str = "") -> None:
        super().__init__()
        self._title = title
        self._begin = name

    def compose(self) -> ComposeResult:
        """The input, and what is wrong with the name."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="title", markup=False)
            yield TextInput(self._begin, placeholder=_("its name"), id="name")
            yield Remark(id="wrong", tone="wrong")
            yield Static(_("It has what [llm] has, until it says something else. Esc leaves it."), classes="foot")

    @on(Input.Submitted, "#name")
    def _take(self, event: Input.Submitted) -> None:
        try:
            check_new_name(event.value.strip())
        except SetupError as error:
            self.query_one(Remark).say(str(error), "wrong")
        else:
            self.dismiss(event.value.strip())


class QuitDialog(ModalScreen[bool]):
    """Whether to leave without saving. Enter stays; Ctrl+Q again leaves."""

    AUTO_FOCUS = "#stay"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "answer(False)", _("Stay"), show=False),
        Binding("y", "answer(True)", _("Leave"), show=False),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    def __init__(self, what: str) -> None:
        super().__init__()
        self._what = what

    def compose(self) -> ComposeResult:
        """What is unsaved, and the two ways."""
        with Vertical(classes="dialog"):
            yield Static(_("Leave without saving?"), classes="title", markup=False)
            yield Static(self._what, markup=False)
            yield Static("", classes="gap")
            yield Button(_("Stay (Esc)"), id="stay", compact=True, variant="primary")
            yield Button(_("Leave (Ctrl+Q)"), id="leave", compact=True)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """One of the two."""
        self.dismiss(event.button.id == "leave")

    def action_answer(self, answer: bool) -> None:  # noqa: FBT001 - an action's argument
        """Answer."""
        self.dismiss(answer)
