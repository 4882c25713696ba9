"""The child's end of the channel that `base.child` opens: JSON lines on stdin and stdout."""

import asyncio
import itertools
import json
import os
import select
import signal
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
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
    asyncio.run(_answer_all(handlers, _own_channel()))
    os._exit(0)


def serve_replaceably(handlers: Mapping[str, Handler], prepare: Callable[[], object]) -> NoReturn:
    """The same by a fork of this process, made when `prepare` has returned: a lost one has a successor within ms.

    `prepare` may take seconds and fill the memory, which the forks share; it must leave no thread behind. SIGUSR1 ends
    the present fork. Before each one goes {"life": N}, and it hears only orders with that number: none of its
    predecessor's.
    """
    keep_out_of_core_dumps()
    write = _own_channel()
    forked = 0

    def end_fork(_number: int, _frame: object) -> None:
        if forked:
            os.kill(forked, signal.SIGKILL)

    signal.signal(signal.SIGUSR1, end_fork)
    with _leaving_with_the_input():
        prepare()
    ours, theirs = os.pipe()
    for life in itertools.count():
        write(b"\n" + json.dumps({"life": life}).encode() + b"\n")  # what came before may lack its end
        forked = os.fork()
        if not forked:
            os.close(theirs)
            threading.Thread(target=_end_after, args=[ours], daemon=True).start()
            try:
                asyncio.run(_answer_all(handlers, write, life))
            finally:
                os._exit(1)
        _pid, status = os.waitpid(forked, 0)
        forked = 0
        if status == 0:  # the input has ended
            break
    os._exit(0)


def _end_after(pipe: int) -> None:
    """End this fork when the process that holds the other end of `pipe` has ended: nobody would hear it any more."""
    os.read(pipe, 1)
    os._exit(1)


def _own_channel() -> Callable[[bytes], object]:
    channel = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    return channel.write


@contextmanager
def _leaving_with_the_input() -> Iterator[None]:
    """End this process when nobody is left who could order anything; the orders themselves are left to be read."""
    over, end = os.pipe()

    def watch() -> None:
        poll = select.poll()
        poll.register(0, 0)
        poll.register(over, select.POLLIN)
        if any(descriptor == 0 for descriptor, _event in poll.poll()):
            os._exit(0)

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield
    finally:
        os.close(end)
        watching.join()
        os.close(over)


async def _answer_all(handlers: Mapping[str, Handler], write: Callable[[bytes], object], life: int = 0) -> None:
    loop = asyncio.get_running_loop()
    tasks: dict[int, asyncio.Task[None]] = {}

    def receive(order: dict[str, Any]) -> None:
        if order.get("life", life) != life:
            return
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
            with suppress(ValueError):  # the rest of a line that a lost predecessor began to read
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
