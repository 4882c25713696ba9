"""Whether a key can be used with its provider as it stands, wherever it comes from."""

from collections.abc import Mapping
from typing import Final

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.base.translation import _
from tui.catalog.provider import Provider
from tui.credentials.key_faults import KeyFault, key_fault
from tui.settings.draft import Draft
from tui.settings.field import Field
from tui.settings.fields import BY_KEY

_OWN_SERVERS: Final = ("openai_compatible", "lm_studio", "ollama", "litellm_proxy")
"""A server there may take any text for a key."""


def unusable(key: str, provider: Provider | None, field: Field) -> KeyFault | None:
    """What is wrong with `key` for the provider, None for nothing: where no key is checked, a dummy is none."""
    fault = key_fault(key)
    if fault and fault.is_text and not fault.refers and field.key == "api_key" and _takes_any_text(provider):
        return None
    return fault


def is_no_key(key: str) -> bool:
    """Whether it is a reference or another text, so that nothing is lost when it is seen."""
    fault = key_fault(key)
    return bool(fault and fault.is_text)


def insist_on_usable(draft: Draft, secrets: Mapping[str, Secret]) -> None:
    """Raise SetupError for a key, by its variable, that is none where one is needed."""
    fields = {field.variable: field for field in BY_KEY.values()}
    for name, secret in secrets.items():
        fault = unusable(secret.reveal(), draft.provider, fields[name])
        if fault and fault.is_text and not _takes_any_text(draft.provider):
            raise SetupError(_("{variable}: {sentence}").format(variable=name, sentence=fault.sentence), fault.hint)


def _takes_any_text(provider: Provider | None) -> bool:
    if provider is None or provider.id in _OWN_SERVERS:
        return True
    return not any(need.key == "api_key" and need.required for need in provider.needs)
