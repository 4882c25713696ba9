"""Getting the keys that are to be handed over."""

from tui.base.secret import Secret
from tui.commands.agreeing import unlocking_offered
from tui.settings.draft import Draft


def fetch(draft: Draft) -> dict[str, Secret]:
    """The keys as `LLM_*`, from where they are. Raises SetupError when that place cannot be asked."""
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

    return asyncio.run(ask())
