"""Short questions and explanations over a step."""

import os
from collections.abc import Callable, Iterable, Sequence
from enum import Enum, auto
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.translation import _
from tui.drafts.draft_set import Clash
from tui.handover.clipboard import copied_words
from tui.openhands.groups import header
from tui.screens.dialog import Answer, Dialog
from tui.widgets.key_bar import Hint
from tui.widgets.remark import Remark
from tui.widgets.text_input import TextInput
from tui.widgets.tone import Piece, left, lines


class HelpDialog(Dialog[None]):
    """A few sentences; any of the usual keys closes it."""

    LARGE: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,f1,question_mark,q", "close", _("Close"), show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title)
        self._text = text

    def content(self) -> Iterable[Widget]:
        """The text."""
        yield Static(self._text, markup=False)

    def hints(self) -> Sequence[Hint]:
        """Closing it, and scrolling what is longer than the screen."""
        return (("esc", _("Close"), "screen.close"), ("↑ ↓", _("Scroll"), ""))

    def action_close(self) -> None:
        """Close."""
        self.dismiss(None)

    def action_scroll(self, rows: int) -> None:
        """A row up or down."""
        self.query_one(".dialog").scroll_relative(y=rows, animate=False)

    def action_page(self, way: int) -> None:
        """What is seen at once."""
        box = self.query_one(".dialog")
        box.scroll_relative(y=way * max(box.size.height - 1, 1), animate=False)


class ReportDialog(HelpDialog):
    """An account of the set-up to share, shown whole before it goes to the clipboard."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("c", "copy", _("Copy"), show=False)]

    def __init__(self, text: str) -> None:
        super().__init__(_("Report to share"), text)

    def hints(self) -> Sequence[Hint]:
        """Copying comes first: it is what one is here for."""
        return (("c", _("Copy"), "screen.copy"), *super().hints())

    def action_copy(self) -> None:
        """Put it on the terminal's clipboard."""
        self.app.copy_to_clipboard(self._text)
        to_file = _("A file of it: llm-setup report --output FILE")
        self.notify(f"{copied_words(os.environ)} {to_file}", markup=False)


class NameDialog(Dialog[str]):
    """The name of a group. A bad one is said, and not taken."""

    AUTO_FOCUS = "#name"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss('')", _("No"), show=False)]

    def __init__(self, title: str, words: str, require_free: Callable[[str], None], name: str = "") -> None:
        super().__init__(title)
        self._words = words
        self._require_free = require_free
        self._begin = name

    @property
    def sentences(self) -> list[str]:
        """What is asked, as plain text."""
        return [*super().sentences, self._words]

    @property
    def name_before(self) -> str:
        """The name that is changed, "" for a new one."""
        return self._begin

    def require_free(self, name: str) -> None:
        """Raise SetupError for a name that cannot be taken."""
        if name != self._begin:
            self._require_free(name)

    def content(self) -> Iterable[Widget]:
        """The input, and what is wrong with the name."""
        yield TextInput(self._begin, placeholder=_("its name"), id="name")
        yield Remark(id="wrong", tone="wrong")
        yield Static(self._words, classes="foot", markup=False)

    def hints(self) -> Sequence[Hint]:
        """Taking it or not."""
        return (("enter", _("Take it"), ""), ("esc", _("Cancel"), "screen.dismiss('')"))

    @on(Input.Submitted, "#name")
    def _take(self, event: Input.Submitted) -> None:
        name = event.value.strip()
        try:
            self.require_free(name)
        except SetupError as error:
            self.query_one(Remark).say(str(error), "wrong")
        else:
            self.dismiss(name)


class ChoiceDialog(Dialog[bool]):
    """A question with two answers; the first button, which has the focus, changes nothing."""

    KIND: ClassVar[str] = "look-out"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "answer(False)", _("No"), show=False),  # no letters: somebody may be typing on
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    def __init__(self, title: str, rows: Sequence[Sequence[Piece]], *, no: str, yes: str) -> None:
        super().__init__(title)
        self._rows = rows
        self._no = no
        self._yes = yes

    @property
    def sentences(self) -> list[str]:
        """The question and what it is about, as plain text."""
        return [*super().sentences, *("".join(text for text, _tone in row) for row in self._rows)]

    @property
    def answers(self) -> tuple[str, str]:
        """What no and yes are called."""
        return self._no, self._yes

    def content(self) -> Iterable[Widget]:
        """What it is about."""
        yield Static(lines(self._rows))

    def buttons(self) -> Sequence[Answer]:
        """No and yes."""
        return (Answer("no", self._no, "esc"), Answer("yes", self._yes))

    def hints(self) -> Sequence[Hint]:
        """Enter gives the answer that has the focus."""
        return (("enter", _("Answer"), ""), ("← →", _("Choose"), ""), ("esc", self._no, "screen.answer(False)"))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """One of the two."""
        self.dismiss(event.button.id == "yes")

    def action_answer(self, answer: bool) -> None:  # noqa: FBT001 - an action's argument
        """Answer."""
        self.dismiss(answer)


class QuitAnswer(Enum):
    """What to do with what is unsaved, when somebody leaves."""

    STAY = auto()
    SAVE = auto()
    LEAVE = auto()


class QuitDialog(Dialog[QuitAnswer]):
    """Whether to leave without saving. Enter stays; Ctrl+Q again leaves, or Ctrl+C; Ctrl+S saves first, if offered."""

    KIND: ClassVar[str] = "look-out"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "answer('STAY')", _("Stay"), show=False),
        Binding("ctrl+s", "answer('SAVE')", _("Save and leave"), show=False),
        Binding("ctrl+c", "answer('LEAVE')", _("Leave"), show=False),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    def __init__(self, sentences: Sequence[str], names: str = "", *, saves: bool = False) -> None:
        """`names` are those of the settings that are not saved."""
        super().__init__(_("Leave without saving?"))
        self._sentences = sentences
        self._names = names
        self._saves = saves

    def content(self) -> Iterable[Widget]:
        """What is unsaved, and what becomes of it."""
        rows: list[list[Piece]] = [[(sentence, "plain")] for sentence in self._sentences]
        rows += [[(clean(self._names, limit=54), "muted")]] if self._names else []
        yield Static(lines([*rows, [], [(_("The next start goes on with what was typed, but for keys."), "muted")]]))

    def buttons(self) -> Sequence[Answer]:
        """Stay, save, leave."""
        save = [Answer("SAVE", _("Save and leave"), "^s")] if self._saves else []
        return [Answer("STAY", _("Stay"), "esc"), *save, Answer("LEAVE", _("Leave"), "^q")]

    def hints(self) -> Sequence[Hint]:
        """Enter stays, unless another answer has the focus."""
        return (("enter", _("Answer"), ""), ("← →", _("Choose"), ""), ("esc", _("Stay"), "screen.answer('STAY')"))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """One of them."""
        self.action_answer(str(event.button.id))

    def action_answer(self, answer: str) -> None:
        """Answer; saving only where it is offered."""
        if answer != "SAVE" or self._saves:
            self.dismiss(QuitAnswer[answer])


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
