"""What somebody probably meant by a key that OpenHands does not know."""

import re
from difflib import get_close_matches
from typing import Final

from tui.base.translation import _
from tui.settings.fields import BY_KEY
from tui.settings.groups import KNOWN

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
            "Take it out. Up to 0.28 OpenHands used it, and the variable {variable} still sets it there; later ones"
            " have no such setting. llm-setup keeps it beside the file."
        ).format(variable=BY_KEY[plain].variable)
    if plain.startswith("embedding_"):
        return _("Take it out: OpenHands has had no such setting since 0.29.")
    if names_a_place(plain):
        return _("Take it out: OpenHands reads no key from elsewhere. Start it with LLM_API_KEY set: llm-setup exec.")
    meant = near_name(key) if guess else ""
    return _("Did you mean {key}?").format(key=meant) if meant else _("Take it out, or put a # in front of it.")


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
