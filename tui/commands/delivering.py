"""Getting the keys that are to be handed over."""

from tui.base.secret import Secret
from tui.commands.agreeing import unlocking_offered
from tui.commands.gate import hide
from tui.credentials.key_faults import insist_on_sendable
from tui.settings.draft import Draft


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
