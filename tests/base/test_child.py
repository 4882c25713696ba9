"""A helper process answers, refuses, hangs, dies or talks nonsense: each time we know, and nothing is left behind."""

import asyncio
import errno
import os
import subprocess
import sys
import textwrap
import time

import psutil
import pytest
from tools.patience import LIMIT

from tui.base.child import Child, ChildLost, ChildSilent, Refused
from tui.base.secret import Secret

ODD_CHILD = """
import asyncio, os, sys, threading, time
from tui.base.child import Refused
from tui.base.child_service import serve

async def echo(order): return {"said": order["text"]}
async def refuse(order): raise Refused("no-way", "Not today.")
async def crash(order): raise ValueError(order["text"])
async def hang(order): await asyncio.Event().wait()
async def block(order): time.sleep(60)
async def thread(order): await asyncio.to_thread(time.sleep, 60)
async def die(order): os._exit(3)
async def chatter(order):
    print("a library says hello")
    os.write(1, b"garbage on file descriptor 1\\n")
    return {}
async def garbage(order):
    channel(b"this is not JSON\\n")
    await asyncio.Event().wait()
async def endless(order):
    channel(b"x" * (5 * 1024 * 1024))
    await asyncio.Event().wait()
async def about(order):
    return {"environment": dict(os.environ), "cwd": os.getcwd(), "path": sys.path, "pid": os.getpid(),
            "session": os.getsid(0), "argv": sys.argv}
async def until_cancelled(order):
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        cancelled.append(order["id"])
        raise
async def how_many_cancelled(order): return {"count": len(cancelled)}
async def unwritable(order): return {"x": object()}

cancelled = []
copy = os.dup(1)
channel = lambda data: os.write(copy, data)
serve({name: act for name, act in globals().items() if asyncio.iscoroutinefunction(act)})
"""


@pytest.fixture
async def child(tmp_path):
    (tmp_path / "odd_child.py").write_text(textwrap.dedent(ODD_CHILD))
    child = Child("odd_child", {"PYTHONPATH": str(tmp_path)})
    yield child
    await child.close()
    assert child.pid is None
    assert not [process for process in psutil.Process().children() if "odd_child" in str(process.cmdline())]


async def say(child, text, limit=LIMIT):
    return (await child.ask({"op": "echo", "text": text}, limit=limit))["said"]


async def test_it_answers_whatever_the_text(child):
    for text in ("ready", "", "ünïcödé 中文 \u2028 \n\r\0 \x1b[31m", "x" * 1_000_000):
        assert await say(child, text) == text


async def test_answers_find_their_questions(child):
    texts = [str(number) for number in range(50)]
    assert await asyncio.gather(*(say(child, text) for text in texts)) == texts


async def test_one_process_serves_all(child):
    await child.start()
    pid = child.pid
    await child.start()
    await asyncio.gather(child.start(), say(child, "x"))
    assert child.pid == pid


async def test_a_refusal_has_a_code_and_a_sentence(child):
    with pytest.raises(Refused) as caught:
        await child.ask({"op": "refuse"}, limit=LIMIT)
    assert (caught.value.code, caught.value.message) == ("no-way", "Not today.")
    assert await say(child, "still here") == "still here"


async def test_an_exception_is_told_by_its_type_alone(child):
    with pytest.raises(Refused) as caught:
        await child.ask({"op": "crash", "text": "sk-secret"}, limit=LIMIT)
    assert (caught.value.code, caught.value.message) == ("crashed", "ValueError")


@pytest.mark.parametrize("op", ["unheard-of", "unwritable"])
async def test_a_mistake_in_the_child_is_told_as_well(child, op):
    with pytest.raises(Refused, match=r"KeyError|TypeError"):
        await child.ask({"op": op}, limit=LIMIT)


@pytest.mark.parametrize("op", ["hang", "block", "thread"])
async def test_a_silent_one_is_killed_and_replaced(child, op):
    await say(child, "warm")
    pid = child.pid
    with pytest.raises(ChildSilent, match=r"No answer within 0\.2 s"):
        await child.ask({"op": op}, limit=0.2)
    assert child.pid is None
    assert await say(child, "again") == "again"
    assert child.pid != pid


async def test_when_one_order_is_silent_the_others_are_lost_with_it(child):
    await say(child, "warm")
    other = asyncio.create_task(child.ask({"op": "hang"}, limit=LIMIT))
    await asyncio.sleep(0)
    with pytest.raises(ChildSilent):
        await child.ask({"op": "hang"}, limit=0.1)
    with pytest.raises(ChildLost):
        await other


@pytest.mark.parametrize("op", ["die", "garbage", "endless"])
async def test_death_and_nonsense_are_noticed_at_once(child, op):
    with pytest.raises(ChildLost, match="ended before it answered"):
        await child.ask({"op": op}, limit=LIMIT)
    assert await say(child, "again") == "again"


async def test_what_libraries_print_does_no_harm(child):
    assert await child.ask({"op": "chatter"}, limit=LIMIT) == {}
    assert await say(child, "x") == "x"


async def test_cancelling_reaches_the_child(child):
    await say(child, "warm")
    task = asyncio.create_task(child.ask({"op": "until_cancelled"}, limit=LIMIT))
    await asyncio.sleep(0)  # the order is sent, and before the next one
    await say(child, "it has begun with the other")
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(LIMIT):
        while (await child.ask({"op": "how_many_cancelled"}, limit=LIMIT))["count"] == 0:
            pass
    assert await say(child, "x") == "x"


async def test_kill_from_outside_is_noticed(child):
    await say(child, "warm")
    waiting = asyncio.create_task(child.ask({"op": "hang"}, limit=LIMIT))
    await asyncio.sleep(0)
    os.kill(child.pid, 9)
    with pytest.raises(ChildLost):
        await waiting


async def test_kill_and_close_may_be_repeated(child):
    child.kill()
    await child.close()
    await say(child, "x")
    process = psutil.Process(child.pid)
    child.kill()
    child.kill()
    await child.close()
    assert not process.is_running()
    await child.close()


async def test_the_end_of_its_input_ends_it_even_in_the_middle(child):
    await say(child, "warm")
    process = psutil.Process(child.pid)
    waiting = asyncio.create_task(child.ask({"op": "thread"}, limit=LIMIT))
    await asyncio.sleep(0)
    child._process.stdin.close()
    with pytest.raises(ChildLost):
        await waiting
    psutil.wait_procs([process], timeout=LIMIT)
    assert not process.is_running()


async def test_it_dies_with_us(tmp_path):
    """Killed with a signal that cannot be caught, we leave no child behind."""
    (tmp_path / "odd_child.py").write_text(textwrap.dedent(ODD_CHILD))
    code = (
        "import asyncio, os; from tui.base.child import Child\n"
        "async def run():\n"
        f"    child = Child('odd_child', {{'PYTHONPATH': {str(tmp_path)!r}}})\n"
        "    await child.ask({'op': 'echo', 'text': ''}, limit=120)\n"
        "    print(child.pid, flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
        "asyncio.run(run())"
    )
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=subprocess.PIPE)
    pid = int((await parent.communicate())[0])
    await asyncio.to_thread(_wait_until_gone, pid)


def _wait_until_gone(pid):
    """A zombie is gone: where nobody collects orphans, it stays one."""
    deadline = time.monotonic() + LIMIT
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _entries(folder):
    """The names in `folder`, None when it is gone."""
    return os.listdir(folder) if os.path.exists(folder) else None


async def test_it_is_on_its_own(child, monkeypatch, home):
    monkeypatch.setenv("LLM_API_KEY", "sk-ours")
    about = await child.ask({"op": "about"}, limit=LIMIT)
    assert set(about["environment"]) <= {
        "PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "USER", "LOGNAME", "PYTHONIOENCODING", "PYTHONPATH",
        "LLM_SETUP_LANGUAGE",
    }  # fmt: skip
    assert about["environment"]["LLM_SETUP_LANGUAGE"] == "en"
    assert about["cwd"] != str(home)
    assert _entries(about["cwd"]) == []
    assert about["session"] == about["pid"]
    assert not {"", about["cwd"]} & set(about["path"])
    assert str(home) not in about["path"]
    await child.close()
    assert _entries(about["cwd"]) is None


async def test_code_in_the_current_folder_is_not_run(child, home):
    for module in ("json", "asyncio", "odd_child", "sitecustomize"):
        (home / f"{module}.py").write_text(f"open({str(home / 'was-run')!r}, 'w')")
    assert await say(child, "x") == "x"
    assert not (home / "was-run").exists()
    subprocess.run([sys.executable, "-m", "odd_child"], cwd=home, check=True)  # noqa: ASYNC221 - without our care
    assert (home / "was-run").exists()


async def test_a_secret_travels_only_when_revealed(child):
    with pytest.raises(TypeError):
        await child.ask({"op": "echo", "text": Secret("sk-secret")}, limit=LIMIT)
    assert await say(child, Secret("sk-secret").reveal()) == "sk-secret"


@pytest.mark.parametrize("number", [errno.EMFILE, errno.EAGAIN, errno.ENOMEM])
async def test_a_process_that_cannot_be_started_is_a_child_that_is_lost(monkeypatch, number):
    def refuse(*_args, **_more):
        raise OSError(number, os.strerror(number))

    child = Child("tui.anything")
    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "Popen", refuse)
        with pytest.raises(ChildLost, match="cannot be started: "):
            await child.ask({"op": "echo"}, limit=LIMIT)
    await child.close()
