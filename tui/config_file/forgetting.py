"""Taking keys that were moved elsewhere out of an old version of a file, and leaving the rest of it as it was."""

from collections.abc import Iterator, Sequence
from typing import Any, Final
from urllib.parse import quote

from tui.base.errors import SetupError
from tui.base.secret import DOTS, Secret
from tui.config_file.places import Names
from tui.config_file.rewriting import parsed, rewrite

_PART_FROM: Final = 8
"""Shorter keys (`ollama`, `none`) are ordinary words: only whole values that equal them are meant."""


def without(text: str, secrets: Sequence[Secret]) -> str | None:
    """`text` without the settings that hold one of `secrets`; elsewhere, in comments say, dots stand for them.

    None when they cannot be taken out without harm to the rest.
    """
    values = [secret.reveal() for secret in secrets if secret]
    if not any(_mentions(text, value) for value in values) and "\\" not in text:
        return text
    try:
        for path, name in list(_holding(parsed(text), values)):
            text = rewrite(text, {path: {name: None}})
        text = _dotted(text, values)
        return text if not list(_holding(parsed(text), values)) else None
    except SetupError:
        return None


def _mentions(text: str, value: str) -> bool:
    return any(form in text for form in _forms(value))


def _forms(value: str) -> set[str]:
    """Also as part of an address."""
    return {value, quote(value), quote(value, safe="")}


def _holding(table: dict[str, Any], values: list[str], path: Names = ()) -> Iterator[tuple[Names, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _holding(value, values, (*path, name))
        elif any(_holds(value, secret) for secret in values):
            yield path, name


def _holds(value: Any, secret: str) -> bool:
    if isinstance(value, dict):
        return any(_holds(part, secret) for part in value.values())
    if isinstance(value, list):
        return any(_holds(part, secret) for part in value)
    return value == secret or (isinstance(value, str) and len(secret) >= _PART_FROM and _mentions(value, secret))


def _dotted(text: str, values: list[str]) -> str:
    forms = {form for value in values if len(value) >= _PART_FROM for form in _forms(value)}
    for form in sorted(forms, key=len, reverse=True):  # one that another begins with would leave the rest of it
        text = text.replace(form, DOTS)
    return text
