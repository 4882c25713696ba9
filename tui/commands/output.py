"""What commands print: data on stdout, everything else on stderr."""

import argparse
import contextlib
import json
import math
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, TextIO

from tui.base.cells import cells, wrapped
from tui.base.errors import SetupError
from tui.base.folders import tilde
from tui.base.foreign import clean, visible, why
from tui.base.translation import _
from tui.commands.gate import complaint, gate, hide_keys_of
from tui.config_file.diff import diff
from tui.drafts.own_settings import OwnSettings
from tui.saving.file_update import Update

LEAST: Final = 20
"""Cells to which sentences are wrapped at least."""
HANGING: Final = 4
"""Cells by which the second line of a sentence stands further in."""


def write(lines: Iterable[str], *, in_clear: bool = False) -> bool:
    """Print lines of data. A reader that has seen enough (`| head`) ends the output: then the result is False.

    Keys are taken out unless they were asked for `in_clear`. Raises SetupError when the lines cannot be written.
    """
    if not sys.stdout:  # closed from the start
        return True
    fit = str if in_clear else gate()
    try:
        for line in lines:
            print(_printable(fit(line), sys.stdout.encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        _give_up(sys.stdout)
        return False
    except OSError as error:
        _give_up(sys.stdout)
        message = _("The output cannot be written: {reason}.")
        raise SetupError(message.format(reason=why(error))) from None
    return True


def _give_up(stream: TextIO) -> None:
    """Let what is still held back go nowhere, or Python would complain when it ends."""
    with contextlib.suppress(OSError):  # no file can be opened any more: then Python complains
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


@contextlib.contextmanager
def afterwards(*, done: bool = True) -> Iterator[None]:
    """For what is told of a change that was made: what keeps it from being told is a warning, unless nothing is `done`.

    So the status tells what is true of the files.
    """
    try:
        yield
    except (SetupError, OSError, ImportError, MemoryError) as error:
        if not done:
            raise
        words = _("llm-setup: warning: it was saved, but cannot be shown. {reason}")
        note(words.format(reason=clean(str(error) or type(error).__name__)))


def write_json(value: Any, *, in_clear: bool = False, indent: int | None = 2) -> bool:
    """Print one JSON value; numbers that JSON cannot hold are written as TOML names them (`inf`, `nan`)."""
    return write([json_text(value, in_clear=in_clear, indent=indent)], in_clear=True)


def json_text(value: Any, *, in_clear: bool = False, indent: int | None = 2) -> str:
    """The same, to be printed or kept."""
    return json.dumps(_told(value, str if in_clear else gate()), indent=indent, default=str)


def note(*lines: str) -> None:
    """Print sentences on stderr. Where they cannot be written, there is no place left to say so."""
    try:
        for line in prose(lines, sys.stderr) if sys.stderr else ():
            print(_printable(line, sys.stderr.encoding), file=sys.stderr)
    except OSError:
        _give_up(sys.stderr)


def complain(error: object) -> None:
    """Print on stderr why a command ends; words that were typed and may be keys are not repeated."""
    note(complaint(f"llm-setup: {error}"))


def prose(lines: Iterable[str], stream: TextIO | None) -> Iterator[str]:
    """Sentences as they fit on the terminal: wrapped at words. Where `stream` is none, each stays on its line.

    No key is in them, before one is wrapped and no longer known.
    """
    lines = map(gate(), lines)
    if not (stream and stream.isatty()):
        yield from lines
        return
    import shutil  # only for a person

    width = max(shutil.get_terminal_size().columns, LEAST)
    for line in lines:
        for part in line.split("\n"):
            yield from wrapped(part, width, indent=" " * (len(part) - len(part.lstrip(" ")) or HANGING))


def aligned(rows: Sequence[Sequence[str]], *, right: Iterable[int] = ()) -> list[str]:
    """The rows as lines with columns below each other; the columns numbered in `right` end there instead."""
    if not rows:
        return []
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    numbers = set(right)
    lines = []
    for row in rows:
        padding = [" " * (width - cells(cell)) for cell, width in zip(row, widths, strict=True)]
        parts = [
            space + cell if number in numbers else cell + space
            for number, (cell, space) in enumerate(zip(row, padding, strict=True))
        ]
        lines.append("  ".join(parts).rstrip())
    return lines


def _printable(line: str, encoding: str | None) -> str:
    """`line` as an output of that encoding can take it: dots and dashes are not in all of them.

    Signs for what a terminal would obey: whoever wrote the line should have cleaned it.
    """
    line = re.sub(r"[^\n\t]+", lambda found: visible(found[0]), line)
    encoding = encoding or "ascii"
    return line.encode(encoding, "backslashreplace").decode(encoding)


def _told(value: Any, fit: Callable[[str], str]) -> Any:
    """`value` as JSON can hold it, each of its texts made fit: in the whole text, one could end in the next."""
    if isinstance(value, dict):
        return {fit(str(name)): _told(part, fit) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_told(part, fit) for part in value]
    if isinstance(value, str):
        return fit(value)
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


# -- what commands that change the file say about it


def print_update(
    options: argparse.Namespace, done: Update, *others: Update, also: Sequence[str] = (), files: Any = None
) -> None:
    """Print the difference, with its secrets masked; `also` are lines that changed in our own settings.

    `others` are further files that changed; with `files`, JSON tells of each.
    """
    for config in (config for each in (done, *others) for config in (each.before, each.after)):
        hide_keys_of(config.everything)
    difference = [*difference_of(done), *_difference_of_ours(also)]
    changed = done.changed or bool(also)
    if options.json:
        told = {"changed": changed, "diff": as_text(difference), "backup": str(done.backup) if done.backup else None}
        write_json(told if files is None else {**told, "files": files})
        return
    difference += [line for each in others for line in difference_of(each)]
    changed = changed or any(each.changed for each in others)
    write(difference)
    if not changed:
        note(_("Nothing to change."))
    elif options.dry_run:
        note(_("Nothing was written: this was a dry run."))


def as_text(lines: Iterable[str]) -> str:
    """Lines as one text."""
    return "".join(f"{line}\n" for line in lines)


def difference_of(done: Update) -> list[str]:
    """What changes in a file, as lines of a diff that are fit to be shown; empty for nothing."""
    if not done.changed:
        return []
    lines = [line.sign.replace("…", "@@ ") + line.text for line in diff(done.before.shown, done.after.shown)]
    return [*_names(clean(tilde(done.before.path))), *lines]


def _difference_of_ours(lines: Sequence[str]) -> list[str]:
    return [*_names(clean(tilde(OwnSettings().path))), *lines] if lines else []


def _names(path: str) -> list[str]:
    return [f"--- {path}", f"+++ {path}"]
