"""The wizard in lines: on a terminal that can do nothing, through a pipe, and over SSH without a terminal."""

import shlex
import subprocess
from contextlib import ExitStack
from pathlib import Path

from tools.leaks import leaking_files
from tools.llm_server import LlmServer
from tools.patience import LIMIT
from tools.ssh import SshServer
from tools.terminal import Terminal

KEY = "sk-Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0Pg"
ANSWERS = ["anthropic", "environment", "=claude-opus-5", "", "go on", "yes", "finish", "1", "1"]
FILE = (
    '[core]\n\n[llm]\nmodel = "anthropic/claude-opus-5"\nnum_retries = 8\nretry_min_wait = 15\n'
    "retry_max_wait = 120\nretry_multiplier = 2\n"
)


def written(home: Path) -> str:
    return (home / ".openhands/config.toml").read_text()


def test_through_a_pipe(program: str, environment: dict[str, str], home: Path) -> None:
    done = subprocess.run(
        [program, "--lines"], input="".join(f"{answer}\n" for answer in ANSWERS), env=environment,
        capture_output=True, text=True, timeout=LIMIT, check=False, start_new_session=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, ""), done
    assert written(home) == FILE
    assert "\x1b" not in done.stdout


def test_over_ssh_without_a_terminal(program: str, environment: dict[str, str], home: Path) -> None:
    remote = shlex.join(["env", "-i", *(f"{name}={value}" for name, value in environment.items()), program])
    with SshServer() as server:
        command = [word for word in server.command if word != "-tt"]
        done = subprocess.run(
            [*command, remote], input="".join(f"{answer}\n" for answer in ANSWERS), env=environment,
            capture_output=True, text=True, timeout=LIMIT, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done
    assert written(home) == FILE
    assert "\x1b" not in done.stdout


def test_on_a_terminal_that_draws_nothing(program: str, environment: dict[str, str], home: Path) -> None:
    environment["TERM"] = "dumb"
    with LlmServer("429,200") as server, Terminal([program], environment, rows=60) as terminal:
        for wanted, answer in (
            ("Provider, by number", "openai_compatible"), ("Base URL", server.base_url), ("like a password", KEY),
            ("Keep it in", "file"), ("Model, by number", "m"), ("An option to change", ""),
            ("Retries [go on]", "local"), ("Local model\n", "num_retries"), ("Total attempts [6]", "2"),
            ("Retries [go on]", ""), ("Save?", ""), ("Test [send]", "rehearse"), ("Scene", "wrong-key"),
        ):  # fmt: skip
            terminal.wait_for(wanted)
            terminal.type(answer)
            terminal.press("enter")
        terminal.wait_for("attempt 1  401")
        terminal.type("finish")
        terminal.press("enter")
        terminal.wait_for("How do you start OpenHands?")
        terminal.press("enter", "enter")
        end = terminal.wait_for_end()
        assert (end.status, end.attributes, end.left) == (0, True, [])
        assert b"\x1b" not in terminal.raw
        assert KEY.encode() not in terminal.raw
    assert "num_retries = 2" in written(home)
    assert [path.suffix for path in leaking_files(home, KEY)] == [".env"]


def test_ctrl_c_stops_a_test_and_then_ends_the_program(unwarmed: str, environment: dict[str, str], home: Path) -> None:
    environment["TERM"] = "dumb"
    path = home / ".openhands/config.toml"
    path.parent.mkdir()
    with LlmServer("hang") as server, ExitStack() as stack:
        path.write_text(f'[core]\n[llm]\nmodel = "openai/m"\nbase_url = "{server.base_url}"\napi_key = "{KEY}"\n')
        terminal = stack.enter_context(Terminal([unwarmed, "--lines"], environment, rows=60))
        for wanted, answer in (("Overview", "test"), ("Test [send]", ""), ("Prompt", "")):
            terminal.wait_for(wanted)
            terminal.type(answer)
            terminal.press("enter")
        terminal.wait_for("attempts at most", lambda _screen: server.requests)
        terminal.press("ctrl+c")
        terminal.wait_for("stopped", lambda screen: screen.count("Test [send]") == 2)
        terminal.press("ctrl+c")
        end = terminal.wait_for_end()
        assert (end.status, end.attributes, end.left) == (130, True, [])
