"""Which group and which setting a name on the command line stands for."""

import re
from difflib import get_close_matches
from typing import Final

from tui.base.errors import SetupError, Status
from tui.base.foreign import clean
from tui.base.translation import _
from tui.config_file.document import ConfigText
from tui.openhands.field import Field
from tui.openhands.fields import BY_KEY
from tui.openhands.groups import DEFAULT, KNOWN, header

# -- what somebody probably meant by a key that OpenHands does not know

_MEANT: Final = {
    **dict.fromkeys(("api_base", "api_url", "url", "endpoint", "host", "base"), "base_url"),
    **dict.fromkeys(("key", "token", "api_token", "secret"), "api_key"),
    **dict.fromkeys(("provider", "llm_provider"), "custom_llm_provider"),
    **dict.fromkeys(("retries", "max_retries", "attempts", "retry"), "num_retries"),
    **dict.fromkeys(("min_wait", "retry_min"), "retry_min_wait"),
    **dict.fromkeys(("max_wait", "retry_max"), "retry_max_wait"),
    **dict.fromkeys(("multiplier", "retry_factor", "backoff"), "retry_multiplier"),
    **dict.fromkeys(("max_tokens", "max_completion_tokens"), "max_output_tokens"),
    **dict.fromkeys(("context_window", "context_length"), "max_input_tokens"),
    **dict.fromkeys(("region", "aws_region"), "aws_region_name"),
    **dict.fromkeys(("deployment", "deployment_name", "model_name", "name", "llm"), "model"),
    "request_timeout": "timeout",
    "vision": "disable_vision",
    "tool_calling": "native_tool_calling",
}
"""Names that other programs have for the same."""
_PLACE: Final = re.compile(
    r"(?:env_)?(?:api_?)?(?:key|token)_?(?:env|env_?var|var|variable|name|file|path|cmd|command|ref|helper|source)(?:_name)?"
)


def hint_for(key: str, *, guess: bool = True) -> str:
    """What to do about an unknown key; without `guess`, which takes a millisecond, what is not known at once is not."""
    plain = key.strip().lower().replace("-", "_").removeprefix("llm_")
    if plain in BY_KEY and BY_KEY[plain].ours:
        return _(
            "Remove it. Up to 0.28 OpenHands used it, and the variable {variable} still sets it there; later ones"
            " have no such setting. llm-setup keeps it beside the file."
        ).format(variable=BY_KEY[plain].variable)
    if plain.startswith("embedding_"):
        return _("Remove it: OpenHands has had no such setting since 0.29.")
    if names_a_place(plain):
        return _("Remove it: OpenHands reads no key from elsewhere. Start it with LLM_API_KEY set: llm-setup exec.")
    meant = near_name(key) if guess else ""
    return _("Did you mean {key}?").format(key=meant) if meant else _("Remove it, or put a # in front of it.")


def near_name(key: str) -> str:
    """The known key that is nearest, "" for none."""
    plain = key.strip().lower().replace("-", "_").removeprefix("llm_")
    if plain in KNOWN:
        return plain
    if plain in _MEANT:
        return _MEANT[plain]
    if names_a_place(plain):
        return ""
    return next(iter(get_close_matches(plain, KNOWN, n=1, cutoff=0.75)), "")


def names_a_place(key: str) -> bool:
    """Whether a key says, in other programs, where an API key is: its value is none, and must not become one."""
    return _PLACE.fullmatch(key) is not None


_PREFIX = "LLM_"


def group_called(name: str | None) -> str:
    """The group of an option `--group NAME`: `llm` itself without one, and for that name."""
    return DEFAULT if name in (None, DEFAULT) else f"{DEFAULT}.{name}"


def known_group(config: ConfigText, name: str | None) -> str:
    """The same, for commands that read. Raises SetupError when the file has no such group."""
    group = group_called(name)
    if group != DEFAULT and name not in config.groups():
        raise unknown_group(config, str(name))
    return group


def unknown_group(config: ConfigText, name: str) -> SetupError:
    """What is said about a group that the file does not have."""
    names = ", ".join(clean(group, limit=60) for group in config.groups())
    return SetupError(
        _("There is no group [llm.{name}].").format(name=clean(name, limit=60)),
        _("The file has: {names}.").format(names=names) if names else _("The file has no groups but [llm] itself."),
        status=Status.USAGE,
    )


def check_new_name(name: str) -> None:
    """Raise SetupError for a name that no group should have."""
    if not name or name != clean(name, keep_spaces=True) or name != name.strip():
        message = _("A group's name has at least one character, no spaces at its ends, and none that cannot be seen.")
    elif name in BY_KEY or name == DEFAULT:
        message = _(
            "A group must not be named “{name}”: OpenHands would mix it up with what [llm] holds itself."
        ).format(name=name)
    else:
        return
    raise SetupError(message, _("Choose another name."), status=Status.USAGE)


def require_free(config: ConfigText, name: str) -> None:
    """Raise SetupError for a name that no new group of the file can have."""
    check_new_name(name)
    if config.has(DEFAULT, name):
        raise name_taken(name)


def name_taken(name: str) -> SetupError:
    """What is said when a new group would have the name of another."""
    return SetupError(
        _("There is a group {group} already.").format(group=header(f"{DEFAULT}.{name}")),
        _("Choose another name."),
        status=Status.USAGE,
    )


def field_called(name: str) -> Field | None:
    """The setting of that name, in `[llm]` or in the environment; None when there is none."""
    key = name[len(_PREFIX) :].lower() if name.startswith(_PREFIX) and name.isupper() else name
    return BY_KEY.get(key)


def unknown_setting(name: str) -> SetupError:
    """What is said about a setting that OpenHands does not know; of the name, only what cannot be a key is shown."""
    plain = name.lower().removeprefix(_PREFIX.lower())
    if names_a_place(plain):  # its value is no key, and nobody should be sent to put it there
        message = _("“{name}” is not a setting of OpenHands, which reads no key from elsewhere.").format(name=plain)
        return SetupError(message, _("Keep the key with llm-setup key set."), status=Status.USAGE)
    close = get_close_matches(plain, BY_KEY, n=1)
    message = _("“{name}” is not a setting of OpenHands, and would make it drop the whole section.")
    if not name.replace("_", "").isalpha():
        message = _("One name, which may be a key and is not shown, is not a setting of OpenHands.")
    return SetupError(
        message.format(name=clean(name, limit=30)),
        _("Did you mean {name}?").format(name=close[0]) if close else _("llm-setup set --help lists them."),
        status=Status.USAGE,
    )
