"""The floor: the smallest Textual app, with the same Textual that the wizard runs on."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """One line of text. Ctrl+Q quits, as in every Textual app."""

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static("Hello, world")


if __name__ == "__main__":
    Hello().run()
