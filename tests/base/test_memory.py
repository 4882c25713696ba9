"""What a process of ours holds in its memory comes into no file, and a program that it becomes is as any other."""

import resource
import subprocess
import sys
import sysconfig
from pathlib import Path

import psutil
import pytest

PROGRAM = str(Path(sysconfig.get_path("scripts"), "llm-setup"))
LIMITS = (4096, 8192)


def lowered() -> None:
    """A limit that is neither none nor unlimited."""
    resource.setrlimit(resource.RLIMIT_CORE, LIMITS)


@pytest.mark.skipif(sys.platform != "linux", reason="a call of Linux")
def test_no_core_and_no_look_into_its_memory() -> None:
    code = (
        "import ctypes, resource; from tui.base.memory import keep_out_of_core_dumps, restore_core_limit;"
        "now = lambda: print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), *resource.getrlimit(resource.RLIMIT_CORE));"
        "now(); keep_out_of_core_dumps(); keep_out_of_core_dumps(); now(); restore_core_limit(); now()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, preexec_fn=lowered)
    assert done.stdout.splitlines() == ["1 4096 8192", "0 0 8192", "0 4096 8192"]


def test_exec_restores_the_limit(home: Path) -> None:
    (home / "config.toml").write_text('[core]\n[llm]\nmodel = "ollama/llama3"\nbase_url = "http://localhost:11434"\n')
    show = "import ctypes, resource; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(4))"
    command = [PROGRAM, "exec", "--", sys.executable, "-c", show]
    done = subprocess.run(command, capture_output=True, text=True, check=True, preexec_fn=lowered, cwd=home)
    assert done.stdout == f"1 {LIMITS}\n"


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_a_command_that_waits_for_a_key_leaves_no_core(home: Path) -> None:
    (home / "config.toml").write_text('[core]\n[llm]\nmodel = "anthropic/x"\n')
    command = [PROGRAM, "key", "set", "--store", "file"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, cwd=home, preexec_fn=lowered) as process:  # noqa: PLW1509
        limits = psutil.Process(process.pid)
        while limits.rlimit(psutil.RLIMIT_CORE) != (0, 8192):
            assert process.poll() is None
        process.kill()
