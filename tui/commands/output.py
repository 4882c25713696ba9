"""What commands print: data on stdout, everything else on stderr."""

import json
import math
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from tui.base.errors import SetupError
from tui.base.foreign import clean
from tui.base.translation import _


def write(lines: Iterable[str]) -> bool:
    """Print lines of data. A reader that has seen enough (`| head`) ends the output: then the result is False.

    Raises SetupError when they cannot be written.
    """
    if not sys.stdout:  # closed from the start
        return True
    try:
        for line in lines:
            print(_printable(line, sys.stdout.encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        _give_up_stdout()
        return False
    except OSError as error:
        _give_up_stdout()
        message = _("The output cannot be written: {reason}.")
        raise SetupError(message.format(reason=clean(error.strerror or type(error).__name__))) from None
    return True


def _give_up_stdout() -> None:
    """Let what is still held back go nowhere, or Python would complain when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_json(value: Any) -> None:
    """Print one JSON value; numbers that JSON cannot hold are written as TOML names them (`inf`, `nan`)."""
    write([json.dumps(_finite(value), indent=2, default=str)])


def remark(*lines: str) -> None:
    """Print on stderr."""
    for line in lines if sys.stderr else ():
        print(_printable(line, sys.stderr.encoding), file=sys.stderr)


def aligned(rows: Sequence[Sequence[str]], *, right: Iterable[int] = ()) -> list[str]:
    """The rows as lines with columns below each other; the columns numbered in `right` end there instead."""
    if not rows:
        return []
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    numbers = set(right)
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if number in numbers else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return lines


def _printable(line: str, encoding: str | None) -> str:
    """`line` as an output of that encoding can take it: dots and dashes are not in all of them."""
    encoding = encoding or "ascii"
    return line.encode(encoding, "backslashreplace").decode(encoding)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _finite(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(part) for part in value]
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value
