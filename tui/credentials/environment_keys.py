"""Keys that are in the environment already."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tui.base.secret import Secret

READ_BY_OPENHANDS: Final = ("LLM_API_KEY",)


_SECRET: Final = re.compile(r"(^|_)(API)?KEYS?(_ID)?($|_)|TOKEN|SECRET|PASSW|CREDENTIAL", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A key and the variable it stands in."""

    name: str
    secret: Secret


def found_in(
    environ: Mapping[str, str], provider_variable: str, names: Sequence[str] = READ_BY_OPENHANDS
) -> list[Found]:
    """The keys set in `environ`: those that OpenHands reads first, then the provider's own (`ANTHROPIC_API_KEY`).

    `provider_variable` is empty for a provider that has none. Blank values count as not set; others are given as they
    are, because they are used as they are.
    """
    wanted = dict.fromkeys([*names, provider_variable])
    return [Found(name, Secret(environ[name])) for name in wanted if name and environ.get(name, "").strip()]


def without_key_variables(environ: Mapping[str, str]) -> dict[str, str]:
    """`environ` for a program that has no business with keys, such as an editor; told by the variables' names."""
    return {name: value for name, value in environ.items() if not _SECRET.search(name)}
