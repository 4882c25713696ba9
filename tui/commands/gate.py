"""What every output of a command passes: no key leaves by it, known by its value or by its shape."""

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from tui.base.key_shapes import SHORTEST, is_drawn, is_id, is_placeholder, may_be_key, without_keys
from tui.base.redaction import redact, without, written_forms
from tui.base.secret import Secret
from tui.base.secrets_in_text import keys_in, secrets_of, without_userinfo
from tui.openhands.field import Kind
from tui.openhands.fields import BY_KEY, SECRET_KEYS
from tui.openhands.misplaced_keys import is_address_field, is_misplaced_key, parts_like_keys

_VARIABLE: Final = re.compile(r"(?:_API_KEY|_TOKEN|SECRET_ACCESS_KEY|ACCESS_KEY_ID)$")
_REPEATED: Final = frozenset({"PYTHON_KEYRING_BACKEND", "TERM", "EDITOR", "VISUAL", "LLM_SETUP_FOR"})
"""Variables whose words are said again."""
_hidden: list[Secret] = []
"""Keys that were read by this command."""
_names: list[Secret] = []
"""Names of models that look like keys."""
_arguments: list[Secret] = []
"""Words of the command line that may be keys."""


def hide(secrets: Iterable[Secret]) -> None:
    """Let no output hold these from now on."""
    _hidden.extend(secret for secret in secrets if _is_secret(secret.reveal()))


def hide_keys_of(data: Mapping[str, Any], *, named: bool = False) -> None:
    """The same for the keys in a decoded file, in whatever table and place, and for the passwords in its addresses.

    With `named`, the names of its tables are the user's own: some look like keys.
    """
    for name, value in data.items():
        if isinstance(value, Mapping):
            hide_keys_of(value, named=name == "llm")
            if name.endswith("headers"):  # of HTTP, called anything
                hide(Secret(text) for text in value.values() if isinstance(text, str))
        if not (named and is_id(name)):
            hide(_drawn(name))
        for text in _texts(value):
            hide(_secrets(name, text))
            _hide_names(name, text)


def _hide_names(name: str, text: str) -> None:
    """Parts of a model's name that may be a key, or a name after all: `env` gives them, and nothing else does."""
    if name == "model":
        _names.extend(map(Secret, parts_like_keys(BY_KEY[name], text)))


def tell_names() -> None:
    """Let the names of models stand in all outputs of this command as they are, though they look like keys."""
    _names.clear()


def _texts(value: Any) -> Iterator[str]:
    """The texts of a value, and of the tables in an array."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
            if isinstance(part, Mapping):
                hide_keys_of(part)


def _secrets(name: str, text: str) -> Iterator[Secret]:
    """What may be a key, or holds one, in the setting of that name."""
    yield from map(Secret, secrets_of(text))
    if name in SECRET_KEYS:
        yield Secret(text)
    elif field := BY_KEY.get(name):
        if is_misplaced_key(field, text) if field.kind is Kind.TEXT else may_be_key(text):
            yield from map(Secret, [text.strip(), *text.split("/")])
        yield from map(Secret, parts_like_keys(field, text) if is_address_field(field) else ())
        if is_address_field(field) or field.kind is Kind.TABLES:
            yield from _drawn(re.sub(r"^[^?#]*", "", text) if is_address_field(field) else text)
    else:
        yield from _drawn(text)


def _drawn(text: str) -> list[Secret]:
    return [Secret(text[start:end]) for start, end in keys_in(text, is_drawn)]


def begin(words: Iterable[str]) -> None:
    """A new command: its words that may be a key in the wrong place, paths left out, are repeated by no complaint."""
    _hidden.clear()
    _names.clear()
    _hide_names("model", os.environ.get("LLM_MODEL", ""))
    parts = [part for word in words for part in word.split("=", 1) if not part.startswith(("/", ".", "~"))]
    parts += [part[start:end] for part in parts for start, end in keys_in(part, may_be_key)]
    _arguments[:] = [Secret(part) for part in parts if may_be_key(part)]
    hide(secret for secret in _arguments if is_drawn(secret.reveal()) and not _is_used(secret.reveal()))


def _is_used(word: str) -> bool:
    """Whether a word that looks drawn by lot names something: a group, or a file."""
    with contextlib.suppress(OSError):  # too long for a name
        return is_id(word) or Path(word).exists()
    return False


def gate() -> Callable[[str], str]:
    """Makes a text fit to be printed, with all the keys that are known by now."""
    known = [*_hidden, *_names, *_in_environment()]
    forms = written_forms(known)

    def fit(text: str) -> str:
        if "…" in text:  # a key that was cut is none of the forms
            text = redact(text, known)
        return without_keys(without_userinfo(without(text, forms)))

    return fit


def complaint(text: str) -> str:
    """A complaint fit to be printed: it may repeat what was typed, or the beginning of it."""
    return gate()(redact(text, [*_arguments, *_hidden]))


def _in_environment() -> Iterator[Secret]:
    for name, value in os.environ.items():
        if _VARIABLE.search(name) and _is_secret(value):
            yield Secret(value)
        elif name in _REPEATED:
            yield from _drawn(value)
        elif name.startswith("LLM_") or name.endswith("_BASE_URL"):
            found = _secrets(name.removeprefix("LLM_").lower(), value)
            yield from (secret for secret in found if _is_secret(secret.reveal()))


def _is_secret(value: str) -> bool:
    """Neither a placeholder nor a plain word: those stand in names of models and providers too."""
    bare = value.strip()
    return not is_placeholder(bare) and (len(bare) >= SHORTEST or any(c.isdigit() for c in bare))
