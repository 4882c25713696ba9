"""The output of a command as the key: within a limit, without a shell, and with nothing told but what is harmless."""

import shlex
import sys
from pathlib import Path

import psutil
import pytest

from tui.base.errors import SetupError
from tui.base.secret import Secret
from tui.credentials.identity import Credential
from tui.credentials.key_command import KeyCommand, run, shown_command

KEY = "sk-ant-api03-canary0123456789"
ANTHROPIC = Credential("anthropic", None, "LLM_API_KEY")


def python(code: str) -> str:
    """A command that runs `code`."""
    return shlex.join([sys.executable, "-I", "-c", code])


@pytest.mark.parametrize("output", [f"{KEY}\n", f"\n{KEY}\r\nurl: https://x\nuser: me\n", f'  export X="{KEY}"'])
async def test_the_first_line_is_the_key(output: str) -> None:
    assert await run(python(f"print({output!r}, end='')")) == Secret(KEY)


async def test_by_the_shape_of_the_keyring() -> None:
    store = KeyCommand({ANTHROPIC: python(f"print('{KEY}')")})
    assert await store.fetch(ANTHROPIC) == Secret(KEY)
    assert await store.fetch(Credential("anthropic", "https://other", "LLM_API_KEY")) is None
    await store.store({})
    await store.delete(ANTHROPIC)
    with pytest.raises(SetupError, match="cannot take one"):
        await store.store({ANTHROPIC: Secret(KEY)})


async def test_no_shell_reads_it(home: Path) -> None:
    script = home / "say"
    script.write_text('#!/bin/sh\nprintf "%s" "$1"\n')
    script.chmod(0o755)
    assert await run(f"{script} 'sk-$HOME;$(id)x'") == Secret("sk-$HOME;$(id)x")


async def test_it_finds_no_key_no_terminal_and_not_our_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LLM_API_KEY", "OPENAI_API_KEY", "LLM_AWS_SECRET_ACCESS_KEY", "GPG_TTY"):
        monkeypatch.setenv(name, "canary")
    monkeypatch.setenv("PASSWORD_STORE_DIR", "/mine")
    project = home / "project"
    project.mkdir()
    (project / "pass").write_text("#!/bin/sh\necho sk-hostile\n")
    (project / "pass").chmod(0o755)
    monkeypatch.chdir(project)
    code = (
        "import os, sys; assert 'canary' not in os.environ.values(); assert os.environ['PASSWORD_STORE_DIR'];"
        "assert os.getsid(0) == os.getpid(); assert not sys.stdin.read();"
        f"assert os.getcwd() == {str(home)!r}; print('{KEY}')"
    )
    assert await run(python(code)) == Secret(KEY)
    with pytest.raises(SetupError, match="cannot be started"):
        await run("./pass show x")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("raise SystemExit(3)", "ended with status 3."),
        ("import sys; print('no entry', file=sys.stderr); sys.exit('\\x1b[31mnot there')", "status 1: not there."),
        (f"import sys; sys.exit('bad: {KEY}')", "status 1: bad: …."),
        (f"print('{KEY}'); raise SystemExit(1)", "status 1."),
        ("pass", "There is no key in it."),
        ("print('no such entry here')", "space inside"),
        ("print('\\0')", "control characters"),
        ("print('x' * 300000)", "too long"),
    ],
)
async def test_what_is_no_key_is_said(code: str, reason: str) -> None:
    with pytest.raises(SetupError, match="gave no key") as caught:
        await run(python(code))
    assert reason in caught.value.message
    assert "\x1b" not in str(caught.value)
    assert "canary" not in caught.value.message.partition("gave no key")[2]
    assert caught.value.hint


async def test_a_lot_of_output_does_not_hold_it_up() -> None:
    code = f"import sys; print('{KEY}'); print('x' * 1000000); print('y' * 1000000, file=sys.stderr)"
    assert await run(python(code)) == Secret(KEY)


async def test_one_that_does_not_end_is_ended_with_what_it_started() -> None:
    before = set(psutil.Process().children(recursive=True))
    code = "import subprocess; subprocess.run(['sleep', '613.7'])"
    with pytest.raises(SetupError, match=r"no answer within 0\.4 s"):
        await run(python(code), 0.4)
    left = [process for process in psutil.process_iter(["cmdline"]) if process.info["cmdline"] == ["sleep", "613.7"]]
    assert not left
    assert set(psutil.Process().children(recursive=True)) == before


@pytest.mark.parametrize("command", ["", "  ", "pass 'show", "a\0b"])
async def test_what_is_no_command(command: str) -> None:
    with pytest.raises(SetupError) as caught:
        await run(command)
    assert caught.value.status == 2


async def test_a_key_given_as_the_command_is_not_shown() -> None:
    with pytest.raises(SetupError) as caught:
        await run(KEY)
    assert "canary" not in str(caught.value)
    assert shown_command(f"echo {KEY}") == "echo …"
    assert shown_command("op read op://Private/openai/credential") == "op read op://Private/openai/credential"


@pytest.mark.parametrize(
    ("command", "word"),
    [
        ("pass show openai | head -1", "|"), ("~/bin/key", "~/bin/key"), ("cat ~/key", "~/key"),
        ("cat $HOME/key", "$HOME/key"), ("op read x 2>/dev/null", "2>/dev/null"), ("cat $(which key)", "$(which"),
        ("cd /x && cat key", "&&"),
    ],
)  # fmt: skip
async def test_what_only_a_shell_understands_is_said(command: str, word: str) -> None:
    with pytest.raises(SetupError) as caught:
        await run(command)
    assert f"No shell runs the command, so “{word}”" in caught.value.message
    assert "sh -c" in caught.value.hint


async def test_a_command_that_brings_its_own_shell_is_run() -> None:
    assert (await run("sh -c 'printf sk-0123456789abcdef | cat'")).reveal() == "sk-0123456789abcdef"


@pytest.mark.parametrize(
    "command",
    [
        "KEY",
        '"KEY"',
        "echo KEY",
        "Bearer KEY",
        "curl -H 'x: KEY' h",
        'x {"api_key":"KEY"}',
        "KEY\x00",
        "p " * 90 + "KEY",
    ],
)
def test_no_part_of_a_key_with_a_slash_is_shown_of_a_command(command) -> None:
    said = shown_command(command.replace("KEY", "wJalrXUt7FEMI/K7MDENG+bPxRfiCYEX3MPLEKEY"))
    assert "wJalr" not in said
    assert "K7MDE" not in said
    assert (
        shown_command("pass show openai/me --store ~/.password-store")
        == "pass show openai/me --store ~/.password-store"
    )
