"""The keyring's password, typed on our own screen: over SSH nobody sees the desktop's own window."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.base.secret import Secret
from tui.base.translation import _
from tui.credentials.keyring_state import KeyringStatus
from tui.screens.dialog import Dialog
from tui.widgets.key_bar import Hint
from tui.widgets.remark import Remark
from tui.widgets.row import Row
from tui.widgets.text_input import PasswordInput


class UnlockDialog(Dialog[Secret | None]):
    """Asks for the password; None when the user would rather not. `problem` is what was wrong with the last one."""

    AUTO_FOCUS = "#password"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", _("Not now"), show=False)]

    def __init__(self, keyring: str, problem: str = "") -> None:
        super().__init__(_("Unlock {keyring}").format(keyring=keyring))
        self._keyring = keyring
        self._problem = problem

    @property
    def sentences(self) -> list[str]:
        """What is asked, as plain text."""
        return [*([self._problem] if self._problem else []), _("Unlock {keyring}").format(keyring=self._keyring)]

    def content(self) -> Iterable[Widget]:
        """The input, what was wrong, what becomes of the key otherwise."""
        yield Row(_("Password"), PasswordInput(placeholder=_("often that of your login"), id="password"), cells=0)
        yield Remark(self._problem, "wrong")
        yield Static(_("Not now: the key stays in memory until you leave."), classes="foot", markup=False)

    def hints(self) -> Sequence[Hint]:
        """Unlocking it or not."""
        return (("enter", _("Unlock"), ""), ("esc", _("Not now"), "screen.leave"))

    @on(Input.Submitted, "#password")
    def _take(self, event: Input.Submitted) -> None:
        self.dismiss(Secret(event.value) if event.value else None)

    def action_leave(self) -> None:
        """Not now."""
        self.dismiss(None)


class CreateDialog(Dialog[Secret | None]):
    """Asks twice for the password of a keyring that is to be made; None when the user would rather not."""

    AUTO_FOCUS = "#password"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", _("Not now"), show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self, keyring: str, problem: str = "") -> None:
        super().__init__(_("Make a first keyring"))
        self._keyring = keyring
        self._problem = problem

    @property
    def sentences(self) -> list[str]:
        """What is asked, as plain text."""
        return [*([self._problem] if self._problem else []), _WHAT_IT_IS.format(keyring=self._keyring)]

    def content(self) -> Iterable[Widget]:
        """What it is, the password twice, what becomes of the key otherwise."""
        yield Static(_WHAT_IT_IS.format(keyring=self._keyring), classes="said", markup=False)
        yield Row(_("Password"), PasswordInput(placeholder=_("no one can get it back for you"), id="password"), cells=0)
        yield Row(_("Again"), PasswordInput(placeholder=_("the same once more"), id="again"), cells=0)
        yield Remark(self._problem, "wrong")
        yield Static(_("Not now: the key stays in memory until you leave."), classes="foot", markup=False)

    def hints(self) -> Sequence[Hint]:
        """Making it or not."""
        return (("enter", _("Make it"), ""), ("esc", _("Not now"), "screen.leave"))

    @on(Input.Submitted, "#password")
    def _go_on(self, event: Input.Submitted) -> None:
        if event.value:
            self.query_one("#again").focus()
        else:
            self.query_one(Remark).say(_("Without a password it would be readable text."), "wrong")

    @on(Input.Submitted, "#again")
    def _take(self, event: Input.Submitted) -> None:
        first = self.query_one("#password", PasswordInput)
        if first.value and first.value == event.value:
            self.dismiss(Secret(event.value))
            return
        self.query_one(Remark).say(_("The two are not the same. Type both again."), "wrong")
        first.clear()
        event.input.clear()
        first.focus()

    def action_leave(self) -> None:
        """Not now."""
        self.dismiss(None)


_WHAT_IT_IS = _(
    "{keyring} runs here and keeps nothing yet. Its password encrypts what it will keep; with the one that you log in "
    "with, a login on the desktop opens it too."
)


class WindowDialog(Dialog[KeyringStatus | None]):
    """Says where to look while the keyring asks in a window of its own, and what it is like then.

    `opened` waits for that. Escape stops it: None.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", _("Not now"), show=False)]

    def __init__(self, keyring: str, opened: Callable[[], Awaitable[KeyringStatus]]) -> None:
        super().__init__(_("{keyring} asks for its password").format(keyring=keyring))
        self._keyring = keyring
        self._opened = opened
        self._look: KeyringStatus | None = None

    @property
    def sentences(self) -> list[str]:
        """What happens elsewhere, as plain text."""
        return [_("{keyring} asks for its password").format(keyring=self._keyring)]

    async def opened(self) -> KeyringStatus:
        """Wait until it is open, and say what it is like then."""
        return await self._opened()

    def on_mount(self) -> None:
        """Wait."""
        self._wait()

    @work(group="window", exit_on_error=False, description="wait for the keyring's own window")
    async def _wait(self) -> None:
        self._look = await self.opened()
        self.on_screen_resume()

    def on_screen_resume(self) -> None:
        """Close, unless another dialog covers this one: then as soon as that is answered."""
        if self._look and self.is_current:
            self.dismiss(self._look)

    def content(self) -> Iterable[Widget]:
        """What happens elsewhere."""
        words = _(
            "It does so in a window of its own, on the desktop of this computer: look for it there, perhaps behind "
            "other windows. This goes on by itself when it is unlocked."
        )
        yield Static(words, markup=False)
        yield Static(_("Not now: the key stays in memory until you leave."), classes="foot", markup=False)

    def hints(self) -> Sequence[Hint]:
        """Not waiting for it."""
        return (("esc", _("Stop waiting"), "screen.dismiss(None)"),)
