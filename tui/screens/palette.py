"""What Ctrl+P opens: commands, found by a part of their name; and the themes, in the same way."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import ClassVar, Final, NamedTuple

from rich.cells import cell_len
from textual import on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from tui.base.language import languages
from tui.base.translation import _, name_of, spoken
from tui.screens.dialog import Dialog
from tui.widgets.key_bar import Hint
from tui.widgets.pick_list import PickList
from tui.widgets.text_input import TextInput
from tui.widgets.tone import Piece, column, fitting, right

_NAME: Final = 24
_KEY: Final = 4
_MOST: Final = 13
"""Rows that are seen at once: as many as a terminal of 24 has room for."""


class Command(NamedTuple):
    """One row: what it is called, what it does, and the key that does the same, "" for none."""

    name: str
    words: str
    run: Callable[[], object]
    key: str = ""

    def is_called(self, text: str) -> bool:
        """Whether a word of its name begins so: such commands stand first."""
        return any(word.startswith(text.strip().casefold()) for word in self.name.casefold().split())

    def is_found_by(self, text: str) -> bool:
        """Whether each word of `text` occurs in it."""
        here = f"{self.name} {self.words}".casefold()
        return all(word in here for word in text.casefold().split())


class Commands(Dialog[Command]):
    """Typing goes to the box, the arrows move in the list, Enter does what is highlighted."""

    AUTO_FOCUS = "#search"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", _("Close"), show=False),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    def __init__(self, title: str, commands: Iterable[Command], hint: str) -> None:
        super().__init__(title)
        self._commands = [*commands]
        self._hint = hint

    def content(self) -> Iterable[Widget]:
        """The box and the list."""
        yield TextInput(placeholder=self._hint, id="search")
        rows = PickList[Command](_paint, id="commands")
        rows.styles.height = min(len(self._commands), _MOST)
        yield rows

    def hints(self) -> Sequence[Hint]:
        """As on the steps with a list."""
        return (("enter", _("Do it"), ""), ("↑ ↓", _("Choose"), ""), ("esc", _("Close"), "screen.dismiss(None)"))

    def on_mount(self) -> None:
        """All of them."""
        self._show()

    @property
    def rows(self) -> "PickList[Command]":
        """The list."""
        return self.query_one(PickList)

    @on(Input.Changed, "#search")
    def _show(self) -> None:
        """What fits the text, names that begin with it first."""
        text = self.query_one("#search", Input).value
        found = [command for command in self._commands if command.is_found_by(text)]
        found.sort(key=lambda command: not command.is_called(text))
        self.rows.show(found)

    @on(Input.Submitted, "#search")
    def _take(self) -> None:
        if self.rows.chosen:
            self.dismiss(self.rows.chosen)

    def on_pick_list_picked(self) -> None:
        """A click does the same."""
        self._take()

    def action_move(self, by: int) -> None:
        """Another row."""
        self.rows.move(by)

    def action_page(self, way: int) -> None:
        """As many rows as are seen at once."""
        self.rows.page(way)


def _paint(command: Command, width: int) -> list[Piece]:
    room = width - _NAME - _KEY
    words = [*fitting([(command.words, "muted")], room)]
    used = sum(cell_len(text) for text, _tone in words)
    gap = " " * (room - used)
    return [(column(command.name, _NAME), "plain"), *words, (gap, "plain"), (right(command.key, _KEY), "press")]


def open_palette(app: App[str], commands: Iterable[Command]) -> None:
    """Ctrl+P, unless it is open."""
    if not any(isinstance(screen, Commands) for screen in app.screen_stack):
        app.push_screen(Commands(_("Commands"), commands, _("type a part of what you want")), _run)


def open_themes(app: App[str]) -> None:
    """What Ctrl+P → Colours opens."""

    def choose(name: str) -> Callable[[], None]:
        return lambda: setattr(app, "theme", name)

    names = sorted(app.available_themes)
    rows = [Command(name, _("now") if name == app.theme else "", choose(name)) for name in names]
    app.push_screen(Commands(_("Colours"), rows, _("type a part of a name")), _run)


def open_languages(app: App[str], choose: Callable[[str | None], None]) -> None:
    """What Ctrl+P → Language opens; None leaves it to the locale."""
    rows = [Command(name_of(each), _("now") if each == spoken() else "", partial(choose, each)) for each in languages()]
    rows.append(Command(_("As the locale says"), "LANGUAGE, LC_ALL, LC_MESSAGES, LANG", partial(choose, None)))
    app.push_screen(Commands(_("Language"), rows, _("type a part of a name")), _run)


def _run(command: Command | None) -> None:
    if command:
        command.run()
