"""What may stand where the cursor is: the words that a shell offers. Nothing here is slow, asks a keyring or fails."""

import re
import shlex
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from tui.base.errors import SetupError

_HARMLESS: Final = re.compile(r"[\w.:/@+=-]+", re.ASCII)
"""What no shell takes for anything but a word: the names of groups are from files that may be a stranger's."""


def candidates(kind: str, line: str) -> list[str]:
    """The whole words of this kind with which the last word of `line` may go on; `line` ends at the cursor."""
    words = _words(line)
    try:
        names = KINDS[kind](words) if kind in KINDS else ()
    except SetupError:  # the file cannot be read: the command itself will say why
        return []
    return [name for name in names if name.startswith(words[-1]) and _HARMLESS.fullmatch(name)]


def _words(line: str) -> list[str]:
    try:
        words = shlex.split(line)
    except ValueError:  # a quotation mark that is still open
        words = line.split()
    return words if words and not line[-1:].isspace() else [*words, ""]


def _value(words: list[str], option: str) -> str:
    """What was given for an option, the last time; "" where it was not."""
    line = "\0".join(words[:-1]) + "\0"
    return next(iter(re.findall(rf"\0{option}[\0=]([^\0]+)\0", line)[-1:]), "")


def _groups(words: list[str]) -> Iterable[str]:
    from tui.config_file.location import locate
    from tui.config_file.reading import read_config

    config = _value(words, "--config")
    return read_config(locate(Path(config) if config else None)).groups()


def _providers(_words: list[str]) -> Iterable[str]:
    from tui.catalog.models import load_catalogue

    return (provider.id for provider in load_catalogue().providers)


def _models(_words: list[str]) -> Iterable[str]:
    from tui.catalog.models import load_catalogue

    return (model.id for model in load_catalogue().search(""))


def _settings(_words: list[str]) -> Iterable[str]:
    from tui.settings.field import Kind
    from tui.settings.fields import FIELDS

    return (field.key for field in FIELDS if field.kind not in (Kind.SECRET, Kind.TABLES))


def _assignments(words: list[str]) -> Iterable[str]:
    """`KEY=`, and behind it what the setting takes, where that can be counted up."""
    from tui.settings.field import Kind
    from tui.settings.fields import FIELDS

    key, given, _rest = words[-1].partition("=")
    if not given:
        return (f"{name}=" for name in _settings(words))
    values: Iterable[str] = ()
    if field := next((field for field in FIELDS if field.key == key), None):
        values = ("true", "false") if field.kind is Kind.SWITCH else field.choices
    return (f"{key}={value}" for value in (_models(words) if key == "model" else values))


def _secrets(_words: list[str]) -> Iterable[str]:
    from tui.settings.field import Kind
    from tui.settings.fields import FIELDS

    return (field.variable for field in FIELDS if field.kind is Kind.SECRET)


def _scenes(_words: list[str]) -> Iterable[str]:
    from tui.trial.scenes import SCENES

    return (scene.key for scene in SCENES)


KINDS: Final[Mapping[str, Callable[[list[str]], Iterable[str]]]] = {
    "groups": _groups,
    "providers": _providers,
    "models": _models,
    "settings": _settings,
    "assignments": _assignments,
    "secrets": _secrets,
    "scenes": _scenes,
}
