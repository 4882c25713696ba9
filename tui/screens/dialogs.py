"""Short questions and explanations over a step."""

from collections.abc import Callable, Sequence
from enum import Enum, auto
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.translation import _
from tui.drafts.draft_set import Clash
from tui.openhands.groups import header
from tui.widgets.remark import Remark
from tui.widgets.text_input import TextInput
from tui.widgets.tone import Piece, left, lines


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

    def __init__(self, title: str, words: str, require_free: Callable[[str], None], name: str = "") -> None:
        super().__init__()
        self._title = title
        self._words = words
        self._require_free = require_free
        self._begin = name

    @property
    def sentences(self) -> list[str]:
        """What is asked, as plain text."""
        return [self._title, self._words]

    @property
    def name_before(self) -> str:
        """The name that is changed, "" for a new one."""
        return self._begin

    def require_free(self, name: str) -> None:
        """Raise SetupError for a name that cannot be taken."""
        if name != self._begin:
            self._require_free(name)

    def compose(self) -> ComposeResult:
        """The input, and what is wrong with the name."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="title", markup=False)
            yield TextInput(self._begin, placeholder=_("its name"), id="name")
            yield Remark(id="wrong", tone="wrong")
            yield Static(self._words, classes="foot", markup=False)

    @on(Input.Submitted, "#name")
    def _take(self, event: Input.Submitted) -> None:
        name = event.value.strip()
        try:
            self.require_free(name)
        except SetupError as error:
            self.query_one(Remark).say(str(error), "wrong")
        else:
            self.dismiss(name)


class ChoiceDialog(ModalScreen[bool]):
    """A question with two answers; the first button, which has the focus, changes nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "answer(False)", _("No"), show=False),  # no letters: somebody may be typing on
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    def __init__(self, title: str, rows: Sequence[Sequence[Piece]], *, no: str, yes: str) -> None:
        super().__init__()
        self._title = title
        self._rows = rows
        self._no = no
        self._yes = yes

    @property
    def sentences(self) -> list[str]:
        """The question and what it is about, as plain text."""
        return [self._title, *("".join(text for text, _tone in row) for row in self._rows)]

    @property
    def answers(self) -> tuple[str, str]:
        """What no and yes are called."""
        return self._no, self._yes

    def compose(self) -> ComposeResult:
        """Question, what it is about, answers."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="title", markup=False)
            yield Static(lines(self._rows))
            yield Static("", classes="gap")
            yield Button(self._no, id="no", compact=True, variant="primary")
            yield Button(self._yes, id="yes", compact=True)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """One of the two."""
        self.dismiss(event.button.id == "yes")

    def action_answer(self, answer: bool) -> None:  # noqa: FBT001 - an action's argument
        """Answer."""
        self.dismiss(answer)


class Leaving(Enum):
    """What to do with what is unsaved, when somebody leaves."""

    STAY = auto()
    SAVE = auto()
    LEAVE = auto()


class QuitDialog(ModalScreen[Leaving]):
    """Whether to leave without saving. Enter stays; Ctrl+Q again leaves, or Ctrl+C; Ctrl+S saves first, if offered."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "answer('STAY')", _("Stay"), show=False),
        Binding("ctrl+s", "answer('SAVE')", _("Save and leave"), show=False),
        Binding("ctrl+c", "answer('LEAVE')", _("Leave"), show=False),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    def __init__(self, sentences: Sequence[str], *, saves: bool = False) -> None:
        super().__init__()
        self._sentences = sentences
        self._saves = saves

    def compose(self) -> ComposeResult:
        """What is unsaved, and the answers."""
        rows: list[list[Piece]] = [[(sentence, "plain")] for sentence in self._sentences]
        rows.append([(_("The next start goes on with what was typed, but for keys."), "muted")])
        with Vertical(classes="dialog"):
            yield Static(_("Leave without saving?"), classes="title", markup=False)
            yield Static(lines(rows))
            yield Static("", classes="gap")
            yield Button(_("Stay (Esc)"), id="STAY", compact=True, variant="primary")
            if self._saves:
                yield Button(_("Save and leave (Ctrl+S)"), id="SAVE", compact=True)
            yield Button(_("Leave (Ctrl+Q)"), id="LEAVE", compact=True)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """One of them."""
        self.action_answer(str(event.button.id))

    def action_answer(self, answer: str) -> None:
        """Answer; saving only where it is offered."""
        if answer != "SAVE" or self._saves:
            self.dismiss(Leaving[answer])


# -- the question when somebody else saved the same setting meanwhile


class ClashDialog(ChoiceDialog):
    """Shows both values; Enter keeps what was typed here. Nothing is written by either answer."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        rows: list[Sequence[Piece]] = [[(_("Nothing is written yet. Both sides changed:"), "muted")]]
        for clash in clashes:
            rows.append([(f"{header(clash.group)} {clash.field.key}", "strong")])
            rows.append([(left(_("  here"), 9), "muted"), (_shown(clash.mine), "plain")])
            rows.append([(left(_("  file"), 9), "muted"), (_shown(clash.theirs), "look-out")])
        title = _("Somebody else saved the same setting")
        super().__init__(title, rows, no=_("Keep mine"), yes=_("Take what is in the file"))


def _shown(text: str) -> str:
    return clean(text, limit=44) or _("nothing")
