"""All settings of a group as OpenHands would have them, and where each value comes from."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _
from tui.config_file.mask import mask
from tui.drafts.draft import Draft
from tui.openhands.effective import Setting, Source, effective, fit_to_show
from tui.openhands.groups import header
from tui.screens.dialogs import HelpDialog
from tui.widgets.tone import Piece, column, left, lines


class ValuesDialog(HelpDialog):
    """What is in effect: from the file, inherited, from the environment, or OpenHands' own default."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("v", "close", _("Close"), show=False)]

    def __init__(self, draft: Draft) -> None:
        super().__init__(_("{group} as OpenHands would have it, as saved").format(group=header(draft.group)), "")
        self._draft = draft

    def content(self) -> Iterable[Widget]:
        """A table of name, value, source."""
        found = fit_to_show(effective(self._draft.config, self._draft.environ, self._draft.group))
        yield Static(lines([_row(key, setting) for key, setting in found.items() if setting.value is not None]))


def _row(key: str, setting: Setting) -> list[Piece]:
    mine = setting.source is not Source.DEFAULT
    return [
        (column(key, 23), "plain" if mine else "muted"),
        (left(text_of(setting), 27), "strong" if mine else "muted"),
        (" " + _origin(setting), "look-out" if setting.source is Source.ENVIRONMENT else "muted"),
    ]


def text_of(setting: Setting) -> str:
    """Its value, masked and safe to show."""
    if isinstance(setting.value, Secret):
        return setting.value.masked() if setting.value else _("(empty)")
    if isinstance(setting.value, dict):
        shown = {key: part.masked() if isinstance(part, Secret) else part for key, part in setting.value.items()}
        return clean(mask(str(shown)), limit=80)
    value = str(setting.value).lower() if isinstance(setting.value, bool) else str(setting.value)
    return clean(mask(value), limit=80)


def _origin(setting: Setting) -> str:
    words = {
        Source.FILE: _("file"),
        Source.INHERITED: _("from [llm]"),
        Source.ENVIRONMENT: _("environment"),
        Source.DEFAULT: _("default"),
    }
    where = _(", line {number}").format(number=setting.line) if setting.line else ""
    return words[setting.source] + where
