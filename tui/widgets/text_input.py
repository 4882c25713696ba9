"""One-line inputs: plain, and for keys."""

from textual import events
from textual.widgets import Input

from tui.base.errors import SetupError


class TextInput(Input):
    """A compact input. Its cursor does not blink: blinking sends bytes over an idle line."""

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None, classes: str = "") -> None:  # noqa: A002
        super().__init__(value, placeholder=placeholder, compact=True, id=id, classes=classes)
        self.cursor_blink = False


class PasswordInput(Input):
    """An input for what nobody may see: bullets only, and nothing to copy."""

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(value, placeholder=placeholder, password=True, compact=True, id=id)
        self.cursor_blink = False

    def action_copy(self) -> None:
        """Nothing: a copied key would go to the terminal's clipboard in the clear."""

    def action_cut(self) -> None:
        """Nothing, for the same reason."""


class KeyInput(PasswordInput):
    """An input for a key: a pasted one comes in whole and clean."""

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(value, placeholder=placeholder, id=id)
        self.remark = ""
        self.refused: SetupError | None = None

    def _on_paste(self, event: events.Paste) -> None:
        """Take the whole paste, where Input takes its first line; a paste that is no key changes nothing."""
        from tui.credentials.pasting import clean_key  # its patterns are compiled when the first key comes

        event.stop()
        event.prevent_default()
        try:
            key, self.remark = clean_key(event.text)
            self.refused = None
        except SetupError as error:
            self.refused, self.remark = error, ""
            self.post_message(Input.Changed(self, self.value))
            return
        self.value = key
        self.cursor_position = len(key)
