"""Changing a file that others change at the same time: read, change, save, and all over again if it was not in time."""

import asyncio
import contextlib
import math
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from tui.base.folders import tilde
from tui.base.foreign import clean
from tui.base.translation import _
from tui.config_file.content import Broken
from tui.config_file.document import ConfigText, read_config
from tui.config_file.locks import Conflict, save_lock
from tui.config_file.save import save, sweep_leftovers
from tui.openhands.fields import SECRET_KEYS
from tui.openhands.groups import group_ids, table_path

PATIENCE: Final = 5.0
"""Seconds for which it is tried again."""
_PAUSE: Final = 0.01

Change = Callable[[ConfigText, ConfigText], str]
"""Makes the new text out of the file as it was first read and as it is now; raises SetupError to refuse."""


@dataclass(frozen=True, slots=True)
class Update:
    """The file before and after."""

    before: ConfigText
    text: str
    backup: Path | None = None
    """Where the version before is kept, once it was saved."""
    along: "tuple[Update, ...]" = ()
    """Other files that changed with it."""
    removed: bool = False
    """Whether there is no file any more."""

    @property
    def after(self) -> ConfigText:
        """The file as it is then."""
        return self.before.revised(self.text, exists=not self.removed)

    @property
    def changed(self) -> bool:
        """Whether there was anything to do."""
        return self.removed or self.text != self.before.text


def update(
    path: Path, change: Change, *, read: Callable[[Path], ConfigText] = read_config, write: bool = True,
    in_place: bool = False,
) -> Update:  # fmt: skip
    """Save what `change` makes of the file at `path`, or without `write` only tell; `in_place` is that of `save`.

    A file that somebody else saves in between is read again and changed again, for five seconds at most; while that is
    done no other llm-setup can save. Raises Conflict after that or when the file is gone, and whatever reading,
    `change` and saving raise.
    """
    first = present = read(path)
    end = math.inf
    with contextlib.ExitStack() as lock:
        while True:
            text = change(first, present)
            along = () if text == present.text else present.along(text)
            done = Update(present, text, along=tuple(Update(other, then) for other, then in along))
            if not (done.changed and write):
                if write:
                    sweep_leftovers(path)  # as a save would
                return done
            try:
                saved = save(present, done.text, private=holds_key(present), in_place=in_place)
            except Conflict:
                if time.monotonic() > end:
                    raise
            else:
                return replace(done, backup=saved.backup)
            if end == math.inf:
                lock.enter_context(save_lock())  # from now on only an editor can come in between
                end = time.monotonic() + PATIENCE
            present = _read_again(first, end)


def _read_again(first: ConfigText, end: float) -> ConfigText:
    """The file once it is whole: somebody may be in the middle of writing it."""
    while True:
        try:
            present = first.reread()
            _require_content(first, present)
        except (Broken, Conflict):
            if time.monotonic() > end:
                raise
            time.sleep(_PAUSE)
        else:
            return present


def _require_content(first: ConfigText, present: ConfigText) -> None:
    if first.text.strip() and not present.text.strip():
        raise Conflict(
            _("{path} was emptied or removed meanwhile.").format(path=clean(tilde(first.path))),
            _("Nothing was written. See what happened to it, then repeat your change."),
        )


def holds_key(config: ConfigText) -> bool:
    """Whether a key stands in any group: then nobody else may read the file."""
    tables = (config.table(*table_path(group)) for group in group_ids(config))
    return config.private or any(table.get(key) for table in tables for key in SECRET_KEYS)


# -- work that is not left half done by whoever is tired of waiting: Ctrl+C, or the end of the program

_Result = TypeVar("_Result")


async def to_the_end(work: Coroutine[Any, Any, _Result]) -> tuple[_Result, asyncio.CancelledError | None]:
    """What `work` comes to, and the cancellation that came meanwhile: it is for the caller to heed it or not."""
    task = asyncio.create_task(work)
    cancelled = None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as error:
            cancelled = error
    return task.result(), cancelled


def raise_if_cancelled(cancelled: asyncio.CancelledError | None) -> None:
    """Raise what came meanwhile."""
    if cancelled:
        raise cancelled
