"""What most commands begin with."""

import contextlib
import os
from pathlib import Path

from tui.base.errors import SetupError
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _
from tui.commands.gate import hide, hide_keys_of
from tui.commands.questions import unlocking_offered
from tui.credentials.key_faults import require_sendable
from tui.drafts.draft import Draft
from tui.drafts.own_settings import OwnSettings
from tui.openhands.names import known_group
from tui.openhands.targets.target import TOML, Target
from tui.openhands.targets.toml_file import TomlFile


def load(config: Path | None, group: str | None = None, target: Target | None = None) -> Draft:
    """The file at `config`, or at its usual place, as a draft; of `[llm]`, or of the group named.

    `target` is config.toml unless another is named. Raises SetupError when the file cannot be used, or has no such
    group.
    """
    target = target or TomlFile()
    file = target.read(target.locate(config, group))
    hide_keys_of(file.everything)
    within = group if target.name == TOML else None  # others have a file of its own for it
    return Draft(file, OwnSettings(), target.environment(os.environ), known_group(file, within))


def hide_keys_in(target: Target, path: Path) -> None:
    """Let no output hold the keys of a file, if it can be read."""
    with contextlib.suppress(SetupError):
        hide_keys_of(target.read(path).everything)


def load_existing(config: Path | None, group: str | None, target: Target) -> Draft:
    """The same for what is to be started or tried. Raises SetupError for a file that only we could have made."""
    draft = load(config, group, target)
    if target.name != TOML and not draft.config.exists:
        message = _("There is no {path} yet.").format(path=clean(tilde(draft.config.path)))
        hint = _("Make it: llm-setup set --for {name} model=anthropic/…").format(name=target.name)
        raise SetupError(message, hint)
    return draft


def require_readable(draft: Draft) -> None:
    """Raise SetupError where the key stands in the file, and its program alone can read it."""
    if any(map(draft.is_encrypted_in_file, draft.secret_keys())):
        message = _("The key in {path} is encrypted, and only the agent server can read it.")
        raise SetupError(
            message.format(path=clean(tilde(draft.config.path))),
            _("Give it to llm-setup as well: llm-setup key set --for {name}").format(name=draft.config.kind),
        )


# -- getting the keys that are to be handed over


def fetch(draft: Draft) -> dict[str, Secret]:
    """The keys as `LLM_*`, from where they are. Raises SetupError when that place cannot be asked.

    Nor is a key handed over that cannot be right: no header may hold what is in it.
    """
    import asyncio  # all of these for those who ask for keys only

    from tui.credentials.keyring_client import Keyring
    from tui.handover.environment import secret_environment

    async def ask() -> dict[str, Secret]:
        keyring = Keyring()
        try:
            with unlocking_offered():
                return await secret_environment(draft, keyring)
        finally:
            await keyring.close()

    secrets = asyncio.run(ask())
    hide(secrets.values())
    require_sendable(secrets)
    return secrets
