"""Killed at any moment of saving: the file is the old or the new one, whole, and nothing is left lying about."""

import os
import subprocess
import sys

from tools.patience import LIMIT

TIMES = 100 if os.environ.get("CI") else 50

PROGRAM = """
import os, random, signal, struct, sys, time
from pathlib import Path
from tui.base.errors import SetupError
from tui.base.folders import state_folder
from tui.config_file.backups import backup_folder, versions
from tui.config_file.document import read_config
from tui.config_file.save import save, sweep_leftovers
from tui.config_file.undo import restore

path = Path("project/config.toml").absolute()

def text(number):
    lines = 3000 if number % 2 else 300
    return f"[llm]\\nseed = {number}\\n" + f"# {number:040}\\n" * lines

def save_for_ever(number, told):
    config = read_config(path)
    while True:
        number += 1
        config = save(config, text(number))
        os.write(told, struct.pack("I", number))

def kill_one(number, moment):
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        save_for_ever(number, tell)
    os.close(tell)
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with open(told, "rb") as file:
        said = file.read()
    return struct.unpack("I", said[-4:])[0] if said else number

def temporary_files():
    return [file for folder in (path.parent, state_folder()) for file in folder.rglob("*.tmp")]

save(read_config(path), text(0))
begun = time.monotonic()
for number in range(1, 6):
    save(read_config(path), text(number))
length = (time.monotonic() - begun) / 5

number, between, left = 5, 0, 0
for _ in range(int(sys.argv[1])):
    saved = kill_one(number, random.uniform(0, 4 * length))
    left += bool(temporary_files())
    sweep_leftovers(path)
    assert temporary_files() == []
    number = read_config(path).table("llm")["seed"]
    assert number in (saved, saved + 1), (saved, number)
    assert path.read_text() == text(number)
    between += number == saved + 1
    kept = [found.content().decode() for found in versions(path) if not found.absent]
    assert all(one == text(int(one.split()[3])) for one in kept)

assert restore(path).config.text == text(number - 1)
print(f"{left} temporary files left, {between} killed between rename and return, {length * 1000:.1f} ms a save")
"""


def test_killed_while_saving(home):
    (home / "project").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(TIMES)], check=False, capture_output=True, text=True, timeout=LIMIT
    )
    print(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    left = int(done.stdout.split()[0])
    assert left > TIMES / 20, "hardly any was killed while it wrote: the moments are badly chosen"
