"""What all dialogs have in common: a box over the dimmed page, its title in the border, its own keys below."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple, TypeVar

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Static

from tui.base.foreign import clean
from tui.widgets.key_bar import Hint, KeyBar
from tui.widgets.tone import line

T = TypeVar("T")


class Answer(NamedTuple):
    """One button, and beside it the key that gives the same answer; "" for none."""

    id: str
    words: str
    key: str = ""


class Dialog(ModalScreen[T]):
    """A title, some content, perhaps answers side by side: the first has the focus, and changes nothing."""

    KIND: ClassVar[str] = "ask"
    """`look-out` where something may be lost: its border is amber then."""
    LARGE: ClassVar[bool] = False

    def __init__(self, title: str) -> None:
        super().__init__()
        self._heading = title

    @property
    def sentences(self) -> list[str]:
        """What is asked, as plain text."""
        return [self._heading]

    def compose(self) -> ComposeResult:
        """The box, and the row of keys."""
        large = " -large" if self.LARGE else ""
        # no control character reaches the terminal in a title, and nothing in it is read as markup
        with VerticalScroll(classes=f"dialog grid -{self.KIND}{large}", can_focus=False) as box:
            box.border_title = Content(clean(self._heading, limit=70))
            yield from self.content()
            if answers := self.buttons():
                yield Horizontal(*_buttons(answers), id="answers")
        yield KeyBar(self.hints())

    def content(self) -> Iterable[Widget]:
        """What is said or asked."""
        raise NotImplementedError

    def buttons(self) -> Sequence[Answer]:
        """The buttons, from the left."""
        return ()

    def hints(self) -> Sequence[Hint]:
        """The dialog's own keys: while it is open, no others do anything."""
        raise NotImplementedError


def _buttons(answers: Sequence[Answer]) -> Iterable[Widget]:
    for number, answer in enumerate(answers):
        yield Button(answer.words, id=answer.id, compact=True, variant="default" if number else "primary")
        yield Static(line((answer.key, "press")), classes="answer-key", markup=False)
