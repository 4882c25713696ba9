"""An editor that saves all the time, beside 120 settings that are set: none of its saves is lost."""

import subprocess
import sys
from pathlib import Path

import pytest

from tui.config_file import backups

SETS = 120

EDITOR = """
import os, random, re, sys, time
style, pause, path, own = sys.argv[1], float(sys.argv[2]), "config.toml", ".editor"
number = 0
print("ready", flush=True)
lost = []
while not os.path.exists("over"):
    with open(path, "rb") as file:
        text = file.read().decode()
    seen = int(re.search(r"^# save (\\d+)$", text, re.M)[1])
    if seen != number:
        lost.append(number)
    number += 1
    text = re.sub(r"^# save \\d+$", f"# save {number}", text, flags=re.M)
    if style == "rename":
        with open(own, "w") as file:
            file.write(text)
        os.rename(own, path)
    else:
        descriptor = os.open(path, os.O_WRONLY | (os.O_TRUNC if style == "in place" else 0))
        os.write(descriptor, text.encode().ljust(200))
        os.close(descriptor)
    time.sleep(random.uniform(0, pause))
print(number, *lost)
"""

SETTER = """
import os, sys, time
from pathlib import Path
from tui.base.errors import SetupError
from tui.config_file import backups
from tui.config_file.rewrite import rewrite
from tui.saving.file_update import update
backups.KEPT = 100_000
if sys.argv[2] == "slow disk":
    real = os.fsync
    os.fsync = lambda descriptor: (time.sleep(0.01), real(descriptor), time.sleep(0.01))
statuses = {}
for number in range(int(sys.argv[1])):
    try:
        done = update(Path("config.toml"), lambda first, now: rewrite(now.text, {("llm",): {"seed": number + 1}}))
        status = 0
    except SetupError as error:
        status = int(error.status)
    statuses[status] = statuses.get(status, 0) + 1
Path("over").touch()
print(statuses)
"""


def texts_kept(path: Path) -> str:
    return "\n".join(file.read_text() for file in backups.backup_folder(path).iterdir())


@pytest.mark.parametrize(("disk", "pause"), [("quick disk", 0.05), ("slow disk", 0.2)])
@pytest.mark.parametrize("style", ["rename", "in place", "in place without emptying"])
def test_no_save_of_an_editor_is_lost(home, tries, attack, style, disk, pause):
    path = home / "config.toml"
    path.write_text("[llm]\n# save 0\nseed = 0\n".ljust(200))
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    editor = subprocess.Popen([sys.executable, "-c", EDITOR, style, str(pause)], **pipes)
    try:
        assert editor.stdout.readline() == "ready\n"
        command = [sys.executable, "-c", SETTER, str(tries(SETS)), disk]
        setting = subprocess.run(command, check=False, capture_output=True, text=True, timeout=600)
        (home / "over").touch()
        said, errors = editor.communicate(timeout=60)
    finally:
        editor.kill()
    assert (setting.stderr, errors) == ("", "")
    number, *missing = map(int, said.split())
    history = texts_kept(path) + path.read_text()
    seen = attack(f"saves of an editor ({style}, {disk})")
    for save in range(number):
        seen.hold(save not in missing or f"# save {save}\n" in history, f"save {save} of {number}; {setting.stdout}")
    seen.close()
