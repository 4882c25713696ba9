"""Whatever the program is doing when it ends, no process of its own outlives it."""

import json
import subprocess
import sys

from tools.patience import LIMIT

ENDINGS = """
import asyncio, contextlib, ctypes, json, os, sys, tempfile, threading
import psutil
from tui.base import processes
from tui.base.child import Child, ChildLost

ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # what an ended program leaves behind comes to us
with open("deaf_child.py", "w") as file:
    file.write("import time; time.sleep(600)")
environment = {"PYTHONPATH": os.getcwd()}
sys.setswitchinterval(1e-6)

def end():
    processes.end_all()
    os._exit(0)

def at(count, act):
    called = 0
    def look(_frame, event, _argument):
        nonlocal called
        called += event == "c_call"
        if called == count:
            sys.setprofile(None)
            act()
    sys.setprofile(look)

def end_meanwhile():
    threading.Thread(target=end).start()
    if not processes._starting.locked():  # as if it waited for a terminal that takes nothing
        threading.Event().wait()

async def start_two(count):
    if count:
        at(count, end_meanwhile)
    await asyncio.gather(Child("deaf_child", environment).start(), Child("deaf_child", environment).start())
    if not count:
        end()
    threading.Event().wait()

def ended(count):
    pid = os.fork()
    if not pid:
        with contextlib.suppress(ChildLost):  # the end has come before it
            asyncio.run(start_two(count))
        threading.Event().wait()
    os.waitpid(pid, 0)
    left = [process for process in psutil.Process().children(recursive=True) if process.status() != "zombie"]
    told = [" ".join(process.cmdline()) for process in left]
    if not count:  # one that was just being made goes with the next start
        told += [name for name in os.listdir(temporary) if name.startswith("llm-setup")]
    for process in left:
        process.kill()
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass
    return told

temporary = tempfile.gettempdir()
calls = [0, *range(1, 400, int(sys.argv[1]))]
print(json.dumps({count: told for count in calls if (told := ended(count))}))
"""


def test_none_outlives_us_whatever_its_start_has_come_to(home, tmp_path):
    """The end comes at one call after the other of a start, with the loop stuck there for good."""
    command = [sys.executable, "-c", ENDINGS, "17"]
    done = subprocess.run(command, cwd=tmp_path, env={"HOME": str(home), "TMPDIR": str(tmp_path)}, check=False,
                          capture_output=True, text=True, timeout=300)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {}


def test_at_an_exit_in_order_as_well(home, tmp_path):
    """As a command leaves after the second Ctrl+C."""
    (tmp_path / "deaf_child.py").write_text("import time; time.sleep(600)")
    program = (
        "import asyncio, os, sys; from tui.base.child import Child\n"
        f"child = Child('deaf_child', {{'PYTHONPATH': {str(tmp_path)!r}}})\n"
        "runner = asyncio.Runner()\n"
        "runner.run(child.start())\n"
        "print(child.pid)\n"
        "raise KeyboardInterrupt"
    )
    done = subprocess.run([sys.executable, "-c", program], env={"HOME": str(home), "TMPDIR": str(tmp_path)},
                          check=False, capture_output=True, text=True, timeout=LIMIT)  # fmt: skip
    assert not _is_there(int(done.stdout))
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("llm-setup")] == []


def _is_there(pid: int) -> bool:
    import psutil

    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
