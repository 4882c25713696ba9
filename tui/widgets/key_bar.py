"""The row of keys below every step."""

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from tui.widgets.tone import STYLES

Hint = tuple[str, str, str]
"""The key as shown, what it does, and the action that a click runs."""


class KeyBar(Widget):
    """What can be pressed here. One widget, where a Footer would be one for each key: it is repainted often."""

    def __init__(self, hints: Sequence[Hint]) -> None:
        super().__init__()
        self._hints = hints

    def show(self, hints: Sequence[Hint]) -> None:
        """Other keys from now on."""
        if tuple(hints) != tuple(self._hints):
            self._hints = hints
            self.refresh()

    def render(self) -> Content:
        """One line; what does not fit is left out whole, from the right."""
        parts: list[Content] = []
        width = 0
        for key, label, action in self._hints:
            width += len(key) + len(label) + 4
            if width > self.size.width + 3:
                break
            hint = Content.assemble((key, STYLES["press"]), (f" {label}", STYLES["muted"]))
            parts.append(hint.stylize(f"@click={action}") if action else hint)
        return Content("   ").join(parts)
