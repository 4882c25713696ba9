"""The one line that stays on the normal screen when the wizard is left."""

from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.credentials.store import Store
from tui.handover.start import Launcher, Release, start_line
from tui.settings.draft import Draft


def farewell(draft: Draft, store: Store | None) -> str:
    """What was saved where, where the key is, and how to start OpenHands."""
    launcher, release = draft.own.preference("launcher"), draft.own.preference("release")
    line = start_line(
        draft,
        Launcher(launcher) if launcher in set(Launcher) else Launcher.COMMAND_LINE,
        Release(release) if release in set(Release) else Release.FROM_1_7,
    )
    keys = {
        Store.KEYRING: _("key in the system keyring"),
        Store.ENVIRONMENT: _("key in your environment"),
        Store.CONFIG: _("key in that file"),
        Store.FILE: _("key in a private file"),
        Store.COMMAND: _("key from a command"),
    }
    where = clean(tilde(draft.config.path))
    key = f", {keys[store]}" if store else ""
    return _("Saved [llm] in {where}{key}. Start OpenHands with: {line}").format(where=where, key=key, line=line)
