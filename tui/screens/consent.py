"""The question before a key goes where it need not be meant to go: asked by the test and by live lists alike."""

from collections.abc import Callable

from tui.base.errors import SetupError
from tui.base.translation import _
from tui.drafts.draft import Draft
from tui.saving.consent import Unconfirmed, confirm
from tui.screens.dialogs import ChoiceDialog


class SendKeyDialog(ChoiceDialog):
    """Whether the key is to be sent all the same."""

    def __init__(self, problem: Unconfirmed) -> None:
        super().__init__(_("Send the key?"), [[(problem.message, "plain")]], no=_("Do not send"), yes=_("Send it"))


def keep_yes(draft: Draft, problem: Unconfirmed, warn: Callable[[str], object]) -> None:
    """Remember the yes. Where it cannot be kept it was a yes all the same: `warn` says so."""
    try:
        confirm(draft, problem.risks)
    except SetupError as error:
        warn(str(error))
