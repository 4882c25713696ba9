"""The child's end of the channel that `base.child` opens: JSON lines on stdin and stdout."""

import asyncio
import json
import os
import sys
import threading
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NoReturn

from tui.base.child import Refused
from tui.base.memory import keep_out_of_core_dumps

Handler = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]


def serve(handlers: Mapping[str, Handler]) -> NoReturn:
    """Answer each order with the handler named by its "op" until the input ends, then leave at once.

    File descriptor 1 is pointed at stderr, so that nothing a library prints can get between the answers. Keys come with
    orders, so the process leaves no core file.
    """
    keep_out_of_core_dumps()
    channel = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    asyncio.run(_answer_all(handlers, channel.write))
    os._exit(0)


async def _answer_all(handlers: Mapping[str, Handler], write: Callable[[bytes], object]) -> None:
    loop = asyncio.get_running_loop()
    tasks: dict[int, asyncio.Task[None]] = {}

    def receive(order: dict[str, Any]) -> None:
        if "cancel" in order:
            task = tasks.get(order["cancel"])
            if task:
                task.cancel()
            return
        number = order["id"]
        tasks[number] = loop.create_task(_answer(handlers, order, write))
        tasks[number].add_done_callback(lambda _task: tasks.pop(number, None))

    def read() -> None:
        for line in sys.stdin.buffer:
            loop.call_soon_threadsafe(receive, json.loads(line))
        os._exit(0)  # whoever asked is gone: do not finish what blocks

    threading.Thread(target=read, daemon=True).start()
    await asyncio.Event().wait()


async def _answer(handlers: Mapping[str, Handler], order: dict[str, Any], write: Callable[[bytes], object]) -> None:
    number = order["id"]
    try:
        line = json.dumps({"id": number, "answer": await handlers[order["op"]](order)})
    except Refused as refusal:
        line = json.dumps({"id": number, "refused": refusal.code, "message": refusal.message})
    except asyncio.CancelledError:
        return
    except BaseException as error:  # noqa: BLE001 - whatever it is, the other side is told; its text may hold a key
        line = json.dumps({"id": number, "refused": "crashed", "message": type(error).__name__})
    write(line.encode() + b"\n")
