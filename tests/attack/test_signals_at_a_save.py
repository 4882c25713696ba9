"""A signal comes at a call of a save, of whichever kind: the key is in one place, whole, and nothing half is left."""

import json
import subprocess
import sys

import pytest

PROGRAM = """
import json, os, random, signal, sys
from pathlib import Path
from tui.base.folders import config_folder, state_folder
from tui.cli import main
from tui.config_file.backups import _NAME
from tui.config_file.save import sweep_leftovers

path, KEY = Path("project/config.toml").absolute(), "sk-ant-api03-canary0123456789"
TEXT = '[core]\\n[llm]\\nmodel = "anthropic/claude-sonnet-4-5"\\nseed = 0\\n'
SIGNALS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT]

def prepare():
    for folder in (config_folder(), state_folder()):
        for file in folder.rglob("*") if folder.exists() else ():
            if file.is_file():
                file.unlink()
    path.write_text(TEXT + f'api_key = "{KEY}"\\n')
    path.chmod(0o600)

def holders():
    files = [file for folder in (config_folder(), state_folder(), path.parent) for file in folder.rglob("*")]
    return sorted(str(file) for file in files if file.is_file() and KEY in file.read_text(errors="replace"))

def at(count, act):
    seen = 0
    def watch(_frame, event, _function):
        nonlocal seen
        seen += event in ("c_call", "return")
        if seen == count:
            sys.setprofile(None)
            act()
    sys.setprofile(watch)
    return lambda: seen

def in_child(command, count, number=0):
    prepare()
    before = holders()
    hear, told = os.pipe()
    child = os.fork()
    if not child:
        for descriptor, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), descriptor)
        sys.argv = ["llm-setup", *command.split(), "--config", str(path)]
        seen = at(count, lambda: os.kill(os.getpid(), number))
        try:
            status = main()
        except SystemExit as end:
            status = end.code
        except BaseException as error:
            os.write(2, repr(error).encode())
            status = 77
        sys.setprofile(None)
        os.write(told, str(seen()).encode())
        os._exit(int(status))
    os.close(told)
    _pid, status = os.waitpid(child, 0)
    calls = os.read(hear, 20)
    os.close(hear)
    return os.waitstatus_to_exitcode(status), before, int(calls or 0)

def left_over():
    sweep_leftovers(path)
    here = [file.name for file in path.parent.iterdir() if file != path]
    kept = [file.name for file in state_folder().rglob("*") if file.is_file()]
    own = [file.name for file in config_folder().rglob("*") if file.suffix not in (".env", ".toml")]
    return here + own + [name for name in kept if name != "save.lock" and not _NAME.fullmatch(name)]

path.parent.mkdir()
command, times = sys.argv[1], int(sys.argv[2])
prepare()
with open(os.devnull, "w") as sys.stdout, open(os.devnull, "w") as sys.stderr:
    main([*command.split(), "--config", str(path)])  # what it imports is there in every child
sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
_status, before, _calls = in_child(command, 0)
wanted = holders()
wanted_text = path.read_text()
status, _before, calls = in_child(command, 0)
assert status == 0, open("err").read()
if "move" in command:
    assert len(wanted) == 1 and wanted != before, (before, wanted)
choice = random.Random(times)
for turn in range(times):
    number = SIGNALS[turn % 3]
    count = choice.randrange(calls) + 1
    status, _before, _calls = in_child(command, count, number)
    held = holders() in (before, wanted) and path.read_text() in (TEXT + f'api_key = "{KEY}"\\n', wanted_text)
    whole = (holders() == wanted) == (path.read_text() == wanted_text)
    known = status in (0, 128 + number) or count < 300 and status == -number  # before it is ours to heed
    left = left_over()
    case = f"{signal.Signals(number).name} at call {count}: status {status}, key in {holders()}, left {left} "
    print(json.dumps([bool(held and whole and known and not left), case + open("err").read()[-300:]]))
"""


@pytest.mark.parametrize("command", ["key move --store file", "set seed=7", "key delete", "group add g"])
def test_a_signal_waits_for_the_save_or_comes_before_it(home, tries, attack, command):
    signals = attack(f"signals at a call of {command}")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, command, str(tries(150))], check=False, capture_output=True, text=True,
        timeout=900,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    for held, case in map(json.loads, done.stdout.splitlines()):
        signals.hold(held, case)
    signals.close()
