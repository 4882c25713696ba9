"""How much a file may hold: far more than any configuration has, and no more than can be shown without a wait."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from tui.base.errors import SetupError
from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _

TABLES: Final = 2_000
KEYS: Final = 20_000
DEPTH: Final = 50
"""Tables and arrays within each other."""


def insist_on_size(path: Path, data: dict[str, Any]) -> None:
    """Raise SetupError where `data`, of the file at `path`, is more than one can be expected to hold."""
    level: list[Any] = [data]
    tables = keys = depth = 0
    while level:
        depth += 1
        tables += sum(isinstance(each, dict) for each in level)
        keys += sum(len(each) for each in level if isinstance(each, dict))
        if depth - 1 > DEPTH:
            raise _too_much(_("{path} nests more than {most} tables or arrays in each other."), path, DEPTH)
        if tables - 1 > TABLES:
            raise _too_much(_("{path} has more than {most} tables."), path, TABLES)
        if keys > KEYS:
            raise _too_much(_("{path} has more than {most} settings."), path, KEYS)
        level = [part for each in level for part in _parts(each) if isinstance(part, dict | list)]


def _parts(value: Any) -> Iterator[Any]:
    return iter(value.values() if isinstance(value, dict) else value)


def _too_much(message: str, path: Path, most: int) -> SetupError:
    hint = _("This is hardly a configuration: name another file.")
    return SetupError(message.format(path=clean(tilde(path)), most=f"{most:,}"), hint)
