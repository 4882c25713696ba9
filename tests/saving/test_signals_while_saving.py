"""A signal, or a terminal that has gone, while a key is on its way from one place to another."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tui.base.uninterrupted import SIGNALS

SAVING = """
import asyncio, os, sys
from pathlib import Path
from tools.pictures import draft_of
from tools.memory_store import MemoryStore
from tui.credentials.store import Store
from tui.saving.transaction import save
from tui.terminal import signals

path, number, way = Path("config.toml"), int(sys.argv[1]), sys.argv[2]
path.write_text('[core]\\n[llm]\\nmodel = "anthropic/claude-sonnet-4-5"\\napi_key = "sk-ant-api03-canary0123456789"\\n')

class SlowShelf(MemoryStore):
    async def store(self, keys):
        await super().store(keys)
        end()
        await asyncio.sleep(2 * signals.GRACE)  # longer than the program is given to end in order

def end():
    {"signal": lambda: os.kill(os.getpid(), number), "hang-up": lambda: ending.begin(number)}[way]()

async def run():
    global ending
    ending = signals.Ending(lambda _number: None, lambda: None, tell)
    ending.watch()
    draft = draft_of(path)
    draft.store = Store.KEYRING
    await save(draft, key_store)
    await asyncio.Event().wait()

def tell():
    print(len(key_store.kept), path.read_text().count("sk-ant"), flush=True)

key_store = SlowShelf()
asyncio.run(run())
"""


@pytest.mark.parametrize(
    ("way", "number"), [*(("signal", number) for number in (*SIGNALS[:4], signal.SIGUSR1)), ("hang-up", signal.SIGHUP)]
)  # fmt: skip
def test_the_save_ends_before_the_program_does(home, way, number):
    command = [sys.executable, "-c", SAVING, str(int(number)), way]
    path = {"PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run(
        command,
        env={**os.environ, **path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout.split()) == (128 + number, ["1", "0"]), done.stderr
