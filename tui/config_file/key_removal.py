"""Taking keys that were moved elsewhere out of an old version of a file, and leaving the rest of it as it was."""

import contextlib
import os
import stat
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from tui.base.errors import SetupError
from tui.base.secret import DOTS, Secret
from tui.config_file.content import LARGEST
from tui.config_file.document import ConfigText
from tui.config_file.layout import without_lines
from tui.config_file.positions import Names
from tui.config_file.rewrite import parsed, rewrite, same
from tui.config_file.scanner import scan

_PART_FROM: Final = 8
"""Shorter keys (`ollama`, `none`) are ordinary words: only whole values that equal them are meant."""


def without_moved_keys(text: str, secrets: Sequence[Secret]) -> str | None:
    """`text` without the settings that hold one of `secrets`; elsewhere, in comments say, dots stand for them.

    None when they cannot be taken out without harm to the rest.
    """
    values = [secret.reveal() for secret in secrets if secret]
    if not any(_mentions(text, value) for value in values) and "\\" not in text:
        return text
    try:
        data = parsed(text)
        text = _without_lines(text, values)
        for path, name in list(_holding(parsed(text), values)):  # in inline tables
            text = rewrite(text, {path: {name: None}})
        text = _dotted(text, values)
        left = parsed(text)
    except SetupError:
        return None
    return text if _is_part(left, data) and not list(_holding(left, values)) else None


def without_in_comments(text: str, secrets: Sequence[Secret]) -> str:
    """`text`, which is TOML, with dots for `secrets` in its comments; the settings are as they were."""
    values = [secret.reveal() for secret in secrets if secret]
    if not any(_mentions(text, value) for value in values):
        return text
    pieces, done = [], 0
    for section in scan(text):
        for start, end in [(section.start, section.end), *((entry.start, entry.end) for entry in section.entries)]:
            pieces += [_dotted(text[done:start], values), text[start:end]]
            done = end
    return "".join([*pieces, _dotted(text[done:], values)])


def lines_with(config: ConfigText, secrets: Sequence[Secret]) -> list[int]:
    """The lines, from 1, of the settings and comments that hold one of `secrets`."""
    values = [secret.reveal() for secret in secrets if secret]
    long = [value for value in values if len(value) >= _PART_FROM]
    lines = config.text.split("\n")
    found = {n for n, line in enumerate(lines, start=1) if any(_mentions(line, value) for value in long)}
    found |= {config.line(*path, name) or 0 for path, name in _holding(config.data, values)}
    return sorted(found - {0})


def copies_with(path: Path, secrets: Sequence[Secret]) -> list[Path]:
    """The files beside `path` that are called like it, as editors and people make them, and hold one of `secrets`."""
    values = [secret.reveal() for secret in secrets if len(secret) >= _PART_FROM]
    forms = [form.encode() for value in values for form in _forms(value)]
    with contextlib.suppress(OSError):
        others = [other for other in path.parent.iterdir() if path.stem in other.name and other.name != path.name]
        return sorted(other for other in others if forms and any(form in _content(other) for form in forms))
    return []


def _content(path: Path) -> bytes:
    """What a file holds; nothing for what is none, cannot be read, or is too large to be a copy."""
    with contextlib.suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST:
                return file.read(LARGEST)
    return b""


def _without_lines(text: str, values: list[str]) -> str:
    """`text` without the lines of keys that hold one of `values`; from the last to the first, which stay in place."""
    for section in reversed(scan(text)):
        for entry in reversed(section.entries):
            source = text[entry.value : entry.end]
            if source[0] != "{" and _holds(tomllib.loads(f"value = {source}")["value"], values):
                text = without_lines(text, entry.start, entry.end)
    return text


def _is_part(left: Any, whole: Any) -> bool:
    """Whether all that is `left` is the same in the `whole`."""
    if isinstance(left, dict) and isinstance(whole, dict):
        return all(name in whole and _is_part(value, whole[name]) for name, value in left.items())
    if isinstance(left, list) and isinstance(whole, list):
        return len(left) == len(whole) and all(map(_is_part, left, whole))
    return same(left, whole)


def _mentions(text: str, value: str) -> bool:
    return any(form in text for form in _forms(value))


def _forms(value: str) -> set[str]:
    """Also as part of an address."""
    return {value, quote(value), quote(value, safe="")}


def _holding(table: dict[str, Any], values: list[str], path: Names = ()) -> Iterator[tuple[Names, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _holding(value, values, (*path, name))
        elif _holds(value, values):
            yield path, name


def _holds(value: Any, secrets: list[str]) -> bool:
    if isinstance(value, dict):
        return any(_holds(part, secrets) for part in value.values())
    if isinstance(value, list):
        return any(_holds(part, secrets) for part in value)
    return isinstance(value, str) and any(
        value == secret or (len(secret) >= _PART_FROM and _mentions(value, secret)) for secret in secrets
    )


def _dotted(text: str, values: list[str]) -> str:
    forms = {form for value in values if len(value) >= _PART_FROM for form in _forms(value)}
    for form in sorted(forms, key=len, reverse=True):  # one that another begins with would leave the rest of it
        text = text.replace(form, DOTS)
    return text
