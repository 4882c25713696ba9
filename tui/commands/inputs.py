"""What most commands begin with."""

import os
from pathlib import Path

from tui.base.secret import Secret
from tui.commands.gate import hide, hide_keys_of
from tui.commands.questions import unlocking_offered
from tui.config_file.document import read_config
from tui.config_file.location import locate
from tui.credentials.key_faults import insist_on_sendable
from tui.drafts.draft import Draft
from tui.drafts.own_settings import OwnSettings
from tui.openhands.names import known_group


def load(config: Path | None, group: str | None = None) -> Draft:
    """The file at `config`, or at its usual place, as a draft; of `[llm]`, or of the group named.

    Raises SetupError when the file cannot be used, or has no such group.
    """
    file = read_config(locate(config))
    hide_keys_of(file.data)
    return Draft(file, OwnSettings(), os.environ, known_group(file, group))


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
    insist_on_sendable(secrets)
    return secrets
