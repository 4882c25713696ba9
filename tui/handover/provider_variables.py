"""How a key reaches a program that takes no `LLM_*`: by the provider's own variable, which litellm takes where the file
has no key.

Tried with CLI 1.16.0 and agent server 1.58.2 for each provider named here. Where none is known there is only
LLM_API_KEY, which the CLI heeds from 1.10 on, with a flag, and `openhands acp` and the agent server never.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.secret import Secret
from tui.base.translation import _
from tui.drafts.draft import Draft
from tui.openhands.fields import BY_KEY
from tui.openhands.targets.cli import OVERRIDE, OVERRIDING_FROM
from tui.openhands.targets.installed import installed
from tui.openhands.targets.target import CLI, GUI

_BY_ROUTE: Final = {
    "openai_compatible": "OPENAI_API_KEY", "lm_studio": "OPENAI_API_KEY", "openhands": "LITELLM_PROXY_API_KEY",
}  # fmt: skip
"""Of providers whose models go by another one's name in litellm."""
_IGNORED: Final = ("LLM_MODEL", "LLM_BASE_URL", "LLM_API_KEY")
"""All that the flag lets in."""


def variable_for(draft: Draft, key: str) -> str:
    """The variable from which litellm takes the secret field `key` of the draft's provider; "" for none."""
    if key != "api_key":
        return key.upper()
    provider = draft.provider
    return (provider.key_variable or _BY_ROUTE.get(provider.id, "")) if provider else ""


def variables_for(draft: Draft) -> list[str]:
    """Those that are handed over, by name; LLM_API_KEY where litellm has none of its own."""
    keys = [key for key in draft.secret_keys() if not draft.secret_in_file(key)]
    return [variable_for(draft, key) or BY_KEY[key].variable for key in keys]


def given_variables(draft: Draft, secrets: Mapping[str, Secret]) -> dict[str, str]:
    """The keys that are to be handed over, by variable, out of `secrets` by `LLM_*`; what the file has it need not."""
    given = {}
    for key in draft.secret_keys():
        secret = secrets.get(BY_KEY[key].variable)
        if secret and not draft.secret_in_file(key):
            given[variable_for(draft, key) or BY_KEY[key].variable] = secret.reveal()
    return given


def is_given_already(draft: Draft, key: str) -> bool:
    """Whether the user's own environment has the key where litellm looks for it."""
    name = variable_for(draft, key)
    return bool(name and draft.environ.get(name))


def start_of(
    draft: Draft, secrets: Mapping[str, Secret], command: Sequence[str], environ: Mapping[str, str]
) -> tuple[list[str], dict[str, str]]:
    """The command and its environment, which is `environ` with the key in it. Raises SetupError.

    The CLI's flag is added only where the key has no other way. Model and base URL are the file's, whatever `environ`
    says: the key was kept for them.
    """
    given = given_variables(draft, secrets)
    if draft.config.kind == GUI and given:
        raise SetupError(
            _("openhands-ai hands no variable of a provider on to the container that calls the model."),
            _("Keep the key in its file: llm-setup key set --for gui --store config"),
        )
    flagged = OVERRIDE in command
    led = [name for name in _IGNORED[:2] if environ.get(name)]
    if flagged and led and given:
        message = _("{names} of the environment would send the key, which is kept for {path}, elsewhere.")
        raise SetupError(
            message.format(names=", ".join(led), path=clean(draft.config.path.name)),
            _("Unset it, or leave {flag} out.").format(flag=OVERRIDE),
        )
    rest = {name: value for name, value in environ.items() if flagged or name not in _IGNORED}
    words = list(command)
    if "LLM_API_KEY" in given and not flagged:
        _require_flag(words, draft.config.kind)
        words.insert(1, OVERRIDE)
    return words, rest | given


def _require_flag(command: Sequence[str], target: str) -> None:
    """Raise SetupError where the program would not heed LLM_API_KEY."""
    program = installed(command[0])
    old = bool(program and program.number and program.number < OVERRIDING_FROM)
    if target != CLI or old or "acp" in command or Path(command[0]).name != "openhands":
        raise SetupError(
            _("litellm has no variable for this provider's key, and this program takes no LLM_API_KEY."),
            _("Keep the key in its file: llm-setup key set --for {name} --store config").format(name=target),
        )
