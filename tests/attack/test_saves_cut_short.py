"""A save is killed, or the system says no, at each of its system calls: the file is whole, and the status is true."""

import subprocess
import sys

PROGRAM = """
import errno, json, os, random, signal, sys
from pathlib import Path
from tui.base.errors import SetupError
from tui.base.folders import state_folder
from tui.base.secret import Secret
from tui.cli import main
from tui.config_file.backups import _NAME
from tui.config_file.document import read_config
from tui.config_file.save import save, sweep_leftovers

path, KEY = Path("project/config.toml").absolute(), Secret("sk-ant-api03-canary0123456789")
AFTER = {"close", "fsync", "flock", "utime", "unlink"}

def text(number):
    return f'[core]\\n[llm]\\nseed = {number}\\n# {KEY.reveal() if number % 3 else ""}\\n' + f"# {number:040}\\n" * 300

def is_system_call(event, function):
    return event in ("c_call", "c_return") and getattr(function, "__module__", "") in ("posix", "fcntl", "_io")

def at(count, act):
    seen = 0
    def watch(frame, event, function):
        nonlocal seen
        ours = event == "return" and "config_file" in frame.f_code.co_filename
        if not (is_system_call(event, function) or ours):
            return
        seen += 1
        if seen >= count:
            act(event, function, frame)
    sys.setprofile(watch)

def in_child(work):
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(os.open("out", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
        os.dup2(os.open("err", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        try:
            status = work()
        except BaseException as error:
            sys.setprofile(None)
            os.write(writing, repr(error).encode())
            status = 77
        sys.setprofile(None)
        os._exit(status)
    os.close(writing)
    _pid, status = os.waitpid(child, 0)
    with open(reading, "rb") as file:
        return os.waitstatus_to_exitcode(status), file.read().decode()

def left_over():
    sweep_leftovers(path)
    here = [file.name for file in path.parent.iterdir() if file != path]
    kept = [file.name for file in state_folder().rglob("*") if file.is_file()]
    return here + [name for name in kept if name != "save.lock" and not _NAME.fullmatch(name)]

def set_to(number):
    return main(["set", f"seed={number}", "--config", str(path)])

def save_as(number):
    save(read_config(path), text(number), forget=[KEY] if number % 4 == 2 else [])
    return 0

def steps(work):
    counted = []
    def count():
        at(1, lambda *_: counted.append(1))
        work(4)
        sys.setprofile(None)
        os.write(told, str(len(counted)).encode())
        return 0
    hear, told = os.pipe()
    in_child(count)
    return int(os.read(hear, 20))

def kill(number, count):
    def work():
        at(count, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        return save_as(number)
    whole = path.read_text(), text(number)
    status, said = in_child(work)
    return status, path.read_text() in whole and not said, left_over()

def refuse(number, count, reason):
    def act(event, function, frame):
        if event == "c_call" or (event == "c_return" and function.__name__ in AFTER):
            os.write(2, f"{event} {function.__name__} in {frame.f_code.co_qualname}: ".encode())
            raise OSError(reason, os.strerror(reason))
    def work():
        at(count, act)
        return set_to(number)
    old = path.read_text()
    status, said = in_child(work)
    changed = path.read_text() != old
    true = status == 0 if changed else status in (3, 4) and path.read_text() == old
    return true and not said, f"status {status}, changed {changed} {said} {Path('err').read_text()[-300:]}", left_over()

path.parent.mkdir()
save(read_config(path), text(0))
for number in range(1, 4):
    save(read_config(path), text(number))
kind, times = sys.argv[1], int(sys.argv[2])
with open(os.devnull, "w") as sys.stdout, open(os.devnull, "w") as sys.stderr:
    set_to(40)  # what it imports is there in every child
sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
length, random_ = steps(save_as if kind == "kill" else set_to), random.Random(times)
reasons = [errno.ENOSPC, errno.EIO, errno.EMFILE, errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOMEM]
for turn in range(times):
    number, count = 5 + turn, 1 + (turn if times > length else random_.randrange(length)) % length
    if kind == "kill":
        status, held, left = kill(number, count)
        killed = "killed" if status == -signal.SIGKILL else f"ended with {status}"
        print(json.dumps([bool(held and not left), f"call {count}: {killed}, left {left}"]))
    else:
        reason = random_.choice(reasons)
        held, what, left = refuse(number, count, reason)
        print(json.dumps([bool(held and not left), f"{os.strerror(reason)} at call {count}: {what}, left {left}"]))
"""


def run(home, kind: str, times: int) -> list[tuple[bool, str]]:
    import json

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, kind, str(times)], check=False, capture_output=True, text=True, timeout=900
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


def test_killed_at_every_system_call(home, tries, attack):
    kills = attack("SIGKILL at a system call of a save")
    for held, case in run(home, "kill", tries(1000)):
        kills.hold(held, case)
    kills.close()


def test_refused_at_every_system_call(home, tries, attack):
    errors = attack("an error at a system call of set")
    for held, case in run(home, "refuse", tries(1000)):
        errors.hold(held, case)
    errors.close()
