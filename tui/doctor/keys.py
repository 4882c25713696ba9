"""The keyring, and the keys: where each is, whether it can be one, and for which address."""

import asyncio
import os
from collections.abc import Iterator, Mapping
from typing import Final

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _
from tui.checks.finding import Code
from tui.checks.keys import keep_right_one, of_another, unusable
from tui.checks.variables import led_elsewhere, shadow
from tui.credentials.identity import origin_of
from tui.credentials.keyring_client import KeyringNotOpen, has_display
from tui.credentials.keyring_state import KeyringState, KeyringStatus
from tui.credentials.pasted_key import PAIR
from tui.credentials.private_file import key_file_path
from tui.credentials.store import WORDS, Store
from tui.credentials.work_tree import committed
from tui.doctor.observation import Area, Grade, Observation
from tui.drafts.draft import Draft
from tui.drafts.key_place import is_pair
from tui.openhands.fields import BY_KEY
from tui.saving.consent import in_the_clear
from tui.saving.key_stores import KeyStore, variables_of
from tui.saving.transaction import secrets_for

LIMIT: Final = 6.0
"""Seconds for the place of a key, be that a keyring or a command."""


def look_at_environment(draft: Draft) -> Iterator[Observation]:
    """Variables that the findings of the file say nothing of: a key that wins, an address that litellm takes."""
    for key in draft.secret_keys():
        where = draft.remembered_store
        if where not in (None, Store.ENVIRONMENT, Store.CONFIG) and (said := shadow(draft, BY_KEY[key])):
            yield Observation(
                Area.ENVIRONMENT, Grade.WARNING, "shadowed-by-environment", said,
                _("Unset the variable, or start OpenHands where it is not set."),
            )  # fmt: skip
    if said := led_elsewhere(draft):
        name = draft.address_variable
        hint = _("Unset {name}, or set base_url, if that is not meant.").format(name=name)
        yield Observation(Area.ENVIRONMENT, Grade.WARNING, "led-elsewhere", said, hint)


def look_at_keyring(look: KeyringStatus, drafts: list[Draft]) -> Observation:
    """Its state matters where a key is in it; elsewhere it is good to know."""
    is_needed = any(draft.remembered_store is Store.KEYRING for draft in drafts)
    if look.state is KeyringState.OPEN:
        return Observation.well(Area.KEYRING, look.sentence)
    if is_needed:
        hint = look.command_hint(has_display=has_display(os.environ))
        return Observation(Area.KEYRING, Grade.ERROR, f"keyring-{look.state}", look.sentence, hint)
    return Observation.well(Area.KEYRING, _("{state} No key is kept there.").format(state=look.sentence))


async def look_at_keys(draft: Draft, keyring: KeyStore) -> tuple[list[Observation], dict[str, Secret] | None]:
    """What is said of the keys of a draft, and the keys, by field; None where their place could not be asked."""
    if draft.provider is None:
        return [], None  # the finding on its model says why
    if not draft.secret_keys():
        return [Observation.well(Area.KEYS, _("{name} takes no key.").format(name=draft.provider.name))], {}
    try:
        async with asyncio.timeout(LIMIT):
            secrets = await secrets_for(draft, keyring)
    except TimeoutError:
        message = _("The place of the key did not answer within {limit:g} s.").format(limit=LIMIT)
        return [Observation(Area.KEYS, Grade.ERROR, "key-unavailable", message, _("See what it waits for."))], None
    except KeyringNotOpen:
        return [], None  # said of the keyring
    except SetupError as error:
        return [Observation.of(Area.KEYS, "key-unavailable", error)], None
    found = [*_missing(draft, secrets), *_shapes(draft, secrets), *await _exposed(draft)]
    return found or [Observation.well(Area.KEYS, _place(draft, secrets))], secrets


def _missing(draft: Draft, secrets: Mapping[str, Secret]) -> Iterator[Observation]:
    provider = draft.provider
    absent = (
        [need.key for need in provider.needs if need.required and need.key in draft.secret_keys()] if provider else []
    )
    for key in absent:
        if key not in secrets:
            message = _("No key of {name} is found anywhere.").format(name=_whose(draft))
            yield Observation(Area.KEYS, Grade.ERROR, "no-key", message, _("Keep one: llm-setup key set"))
    lacking = [key for key in PAIR if key not in secrets] if is_pair(draft) else []
    if len(lacking) == 1:
        message = _("{label} is missing, and no call can be made with half of a pair.")
        hint = _("Keep both: llm-setup key set")
        yield Observation(
            Area.KEYS, Grade.ERROR, "half-a-key", message.format(label=BY_KEY[lacking[0]].label), hint
        )  # fmt: skip


def _shapes(draft: Draft, secrets: Mapping[str, Secret]) -> Iterator[Observation]:
    """Of keys in the file and the environment the findings say what is wrong with them."""
    for key, secret in secrets.items():
        told = draft.secret_in_environment(key) or draft.secret_in_file(key)
        if not told and (fault := unusable(secret.reveal(), draft.provider, BY_KEY[key])):
            yield Observation(Area.KEYS, Grade.ERROR, "unusable-key", fault.sentence, fault.hint)
        said = of_another(secret.reveal(), draft.provider, draft.base_url) if key == "api_key" and not told else ""
        if said:
            yield Observation(Area.KEYS, Grade.WARNING, Code.KEY_OF_ANOTHER.value, said, keep_right_one())


async def _exposed(draft: Draft) -> list[Observation]:
    """Where others could come by it: on the way, or by a commit."""
    found = []
    if said := in_the_clear(draft):
        found.append(Observation(Area.KEYS, Grade.WARNING, "unencrypted", said, _("Use https:// if the server can.")))
    places = {Store.CONFIG: draft.config.path, Store.FILE: key_file_path(draft.credential())}
    place = places.get(draft.remembered_store) if draft.remembered_store else None
    if place and (said := await committed(place)):
        hint = _("Add it to .gitignore, or move the key: llm-setup key move --store keyring")
        found.append(Observation(Area.KEYS, Grade.WARNING, "committed", said, hint))
    return found


def _place(draft: Draft, secrets: Mapping[str, Secret]) -> str:
    """Whose key is where."""
    if not secrets:
        return _("No key is set for {name}, and none is needed.").format(name=_whose(draft))
    if any(draft.secret_in_environment(key) for key in secrets) or draft.remembered_store is Store.ENVIRONMENT:
        names = [name for key in secrets for name in variables_of(draft, key) if draft.environ.get(name)]
        words = WORDS[Store.ENVIRONMENT].sentence
        return words.format(name=_whose(draft), variables=", ".join(names))
    return WORDS[draft.remembered_store or Store.CONFIG].sentence.format(name=_whose(draft))


def _whose(draft: Draft) -> str:
    """The provider, and the address where that is not its own."""
    name = draft.provider.name if draft.provider else ""
    origin = origin_of(draft.base_url) if draft.base_url else None
    return _("{name} at {origin}").format(name=name, origin=clean(origin, limit=100)) if origin else name
