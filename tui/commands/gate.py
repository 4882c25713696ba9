"""What every output of a command passes: no key leaves by it, known by its value or by its shape."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from tui.base.key_shapes import SHORTEST, is_placeholder, may_be_key, without_keys
from tui.base.redaction import redact, without, written_forms
from tui.base.secret import Secret
from tui.base.userinfo import secrets_of, without_userinfo

_VARIABLE: Final = re.compile(r"(?:_API_KEY|_TOKEN|SECRET_ACCESS_KEY|ACCESS_KEY_ID)$")
_FIELDS: Final = frozenset({"api_key", "aws_access_key_id", "aws_secret_access_key"})
_hidden: list[Secret] = []
"""Keys that were read by this command."""
_arguments: list[Secret] = []
"""Words of the command line that may be keys."""


def hide(secrets: Iterable[Secret]) -> None:
    """Let no output hold these from now on."""
    _hidden.extend(secret for secret in secrets if _is_secret(secret.reveal()))


def hide_keys_of(data: Mapping[str, Any]) -> None:
    """The same for the keys in a decoded file, in whatever table, and for the passwords in its addresses."""
    for name, value in data.items():
        if isinstance(value, Mapping):
            hide_keys_of(value)
        elif isinstance(value, str):
            hide(map(Secret, [value] if name in _FIELDS else secrets_of(value)))


def begin(words: Iterable[str]) -> None:
    """A new command: its words that may be a key in the wrong place, paths left out, are repeated by no complaint."""
    _hidden.clear()
    parts = [part for word in words for part in word.split("=", 1)]
    _arguments[:] = [Secret(part) for part in parts if may_be_key(part) and not part.startswith(("/", ".", "~"))]


def gate() -> Callable[[str], str]:
    """Makes a text fit to be printed, with all the keys that are known by now."""
    forms = written_forms([*_hidden, *_in_environment()])

    def fit(text: str) -> str:
        return without_keys(without_userinfo(without(text, forms)))

    return fit


def complaint(text: str) -> str:
    """A complaint fit to be printed: it may repeat what was typed, or the beginning of it."""
    return gate()(redact(text, [*_arguments, *_hidden]))


def _in_environment() -> Iterator[Secret]:
    for name, value in os.environ.items():
        if _VARIABLE.search(name) and _is_secret(value):
            yield Secret(value)
        elif name.endswith("_BASE_URL"):
            yield from (Secret(secret) for secret in secrets_of(value) if _is_secret(secret))


def _is_secret(value: str) -> bool:
    """Neither a text in the place of a key nor a plain word: those stand in names of models and providers too."""
    bare = value.strip()
    return not is_placeholder(bare) and (len(bare) >= SHORTEST or any(c.isdigit() for c in bare))
