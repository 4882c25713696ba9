"""The question when somebody else saved the same setting meanwhile."""

from collections.abc import Sequence

from tui.base.foreign import clean
from tui.base.translation import _
from tui.screens.dialogs import ChoiceDialog
from tui.settings.groups import header
from tui.settings.meeting import Clash
from tui.widgets.tone import Piece, left


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
