"""Work that is not left half done by whoever is tired of waiting: Ctrl+C, or the end of the program."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

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


def heed(cancelled: asyncio.CancelledError | None) -> None:
    """Raise what came meanwhile."""
    if cancelled:
        raise cancelled
