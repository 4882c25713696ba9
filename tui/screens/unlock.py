"""The keyring's password, typed on our own screen: over SSH nobody sees the desktop's dialog."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.base.secret import Secret
from tui.base.translation import _
from tui.widgets.remark import Remark
from tui.widgets.text_input import PasswordInput


class UnlockDialog(ModalScreen[Secret | None]):
    """Asks for the password; None when the user would rather not. `problem` is what was wrong with the last one."""

    AUTO_FOCUS = "#password"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", _("Not now"), show=False)]

    def __init__(self, keyring: str, problem: str = "") -> None:
        super().__init__()
        self._keyring = keyring
        self._problem = problem

    def compose(self) -> ComposeResult:
        """The input, what was wrong, the way out."""
        with Vertical(classes="dialog"):
            yield Static(_("Unlock {keyring}").format(keyring=self._keyring), classes="title", markup=False)
            yield PasswordInput(placeholder=_("its password, often that of your login"), id="password")
            yield Remark(self._problem, "wrong")
            words = _("Enter unlocks it. Esc leaves it locked; the key stays in memory until you leave.")
            yield Static(words, classes="foot", markup=False)

    @on(Input.Submitted, "#password")
    def _take(self, event: Input.Submitted) -> None:
        self.dismiss(Secret(event.value) if event.value else None)

    def action_leave(self) -> None:
        """Not now."""
        self.dismiss(None)
