"""What a file on the disk holds: its bytes, its text, and how much of it is taken for a configuration."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from tui.base.errors import SetupError
from tui.base.folders import tilde
from tui.base.foreign import clean, why
from tui.base.translation import _

# -- how much a file may hold: far more than any configuration has, and no more than can be shown without a wait

TABLES: Final = 2_000
KEYS: Final = 20_000
DEPTH: Final = 50
"""Tables and arrays within each other."""


def require_size(path: Path, data: dict[str, Any]) -> None:
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


LARGEST: Final = 5_000_000
"""Bytes; a config.toml has some ten thousand."""
_BOM: Final = b"\xef\xbb\xbf"


class Broken(SetupError):
    """The bytes could be read, but OpenHands could make nothing of them.

    `code` is one of `bom`, `not-utf8`, `not-toml`, `wrong-type`; `line` and `column` count from 1.
    """

    def __init__(
        self, code: str, message: str, hint: str, *, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(message, hint)
        self.code = code
        self.line = line
        self.column = column


def read_bytes(path: Path) -> bytes | None:
    """The content of `path`, None when it is missing. Raises SetupError."""
    shown = clean(tilde(path))
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)  # a named pipe must not block us
    except FileNotFoundError:
        return None
    except PermissionError:
        raise SetupError(
            _("You may not read {path}.").format(path=shown), _("Ask its owner for read permission.")
        ) from None
    except OSError as error:
        raise _unreadable(shown, error) from None
    try:
        with os.fdopen(os.dup(descriptor), "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise SetupError(_("{path} is not a file.").format(path=shown), _("Name a file."))
            content = file.read(LARGEST + 1)
    except IsADirectoryError:
        raise SetupError(_("{path} is a folder.").format(path=shown), _("Name the file in it.")) from None
    except OSError as error:
        raise _unreadable(shown, error) from None
    finally:
        os.close(descriptor)
    if len(content) > LARGEST:
        raise SetupError(
            _("{path} is larger than 5 MB.").format(path=shown), _("This is hardly a configuration: name another file.")
        )
    return content


def decode(path: Path, data: bytes) -> str:
    """`data` as text. Raises Broken."""
    shown = clean(tilde(path))
    if data.startswith(_BOM):
        raise Broken(
            "bom",
            _("{path} begins with a byte order mark, and OpenHands cannot read it.").format(path=shown),
            _("Save it as “UTF-8” instead of “UTF-8 with BOM” in your editor."),
            line=1,
            column=1,
        )
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Broken(
            "not-utf8",
            _("{path} is not UTF-8 text: line {line}.").format(path=shown, line=line),
            _("Save it as UTF-8 in your editor."),
            line=line,
        ) from None


def _unreadable(shown: str, error: OSError) -> SetupError:
    return SetupError(
        _("{path} cannot be read: {reason}.").format(path=shown, reason=why(error)),
        _("Fix that, or name another file with --config."),
    )
