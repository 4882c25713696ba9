"""What the program stands on, and the terminal that it runs in."""

import os
from importlib import metadata
from pathlib import Path

import pytest
from doctor.conftest import GOOD
from doctor.test_planted_faults import STORED, TERMINAL
from tools.list_server import ListServer
from tools.terminal import Terminal

from tui.doctor.observation import Grade
from tui.doctor.program import look_at_program
from tui.doctor.terminal import look_at_terminal

REQUIRES = ["litellm<2,>=1.106.2", "textual<8.3,>=8.2.8", "httpx<1,>=0.28", 'pytest>=9; extra == "test"']


def seen(monkeypatch: pytest.MonkeyPatch, **installed: str) -> dict[str, Grade]:
    """Codes and grades, where these releases are installed and no others."""
    present = {"litellm": "1.110.2", "textual": "8.2.8", "httpx": "0.28.1", **installed}

    def version(name: str) -> str:
        if not present.get(name.replace("-", "_")):
            raise metadata.PackageNotFoundError(name)
        return present[name.replace("-", "_")]

    monkeypatch.setattr("tui.doctor.program.version", version)
    monkeypatch.setattr("tui.doctor.program.requires", lambda _name: REQUIRES)
    return {each.code: each.grade for each in look_at_program()}


def test_all_is_there(monkeypatch) -> None:
    assert seen(monkeypatch) == {"ok": Grade.OK}
    assert seen(monkeypatch, textual="8.2.10rc1", litellm="1.999") == {"ok": Grade.OK}


@pytest.mark.parametrize(
    ("installed", "code"),
    [
        ({"litellm": ""}, "no-litellm"), ({"litellm": "1.77.7"}, "dependency"), ({"litellm": "2.0.0"}, "dependency"),
        ({"textual": "8.3.0"}, "dependency"), ({"httpx": ""}, "dependency"), ({"llm_setup": "9.9"}, "two-versions"),
    ],
)  # fmt: skip
def test_what_is_missing_or_does_not_fit(monkeypatch, installed: dict[str, str], code: str) -> None:
    assert seen(monkeypatch, **installed) == {"ok": Grade.OK, code: Grade.WARNING}


def test_the_environment_of_openhands_itself(monkeypatch, tmp_path: Path) -> None:
    packages = tmp_path / "site-packages"
    (packages / "openhands_ai-0.62.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(str(packages))
    assert "shared-environment" in seen(monkeypatch)


@pytest.mark.parametrize(("delay", "codes"), [("500", ["escape-delay"]), ("10", ["ok"]), ("", ["ok"])])
async def test_tmux_that_holds_escape_back(home: Path, monkeypatch, delay: str, codes: list[str]) -> None:
    program = home / "tmux"
    program.write_text(f"#!/bin/sh\necho {delay}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{home}:{os.environ['PATH']}")
    environ = {**TERMINAL, "TMUX": "/tmp/x,1,0", "PATH": os.environ["PATH"]}
    assert [each.code for each in await look_at_terminal(environ, (80, 24))] == codes


def test_on_a_terminal_it_asks_before_it_changes_and_before_it_sends(program: str, home: Path, write) -> None:
    for name, text in STORED.items():
        write(name, text)
    with ListServer({"/v1/models": {"data": [{"id": "team"}]}}) as server:
        text = GOOD.replace("anthropic/claude-opus-5", "litellm_proxy/team") + f'base_url = "{server.root}"\n'
        path = write("config.toml", text.replace("[core]", "# none"))
        environment = {**os.environ, **TERMINAL, "LLM_API_KEY": "sk-1234567890abcdef"}
        command = [program, "doctor", "--fix", "--config", "config.toml"]
        with Terminal(command, environment, folder=home, rows=50) as terminal:
            terminal.wait_for("of charge. Is that all right? [y/N]")
            assert server.keys() == []
            terminal.type("y")
            terminal.press("enter")
            terminal.wait_for("accepts the key, and has litellm_proxy/team", "Write an empty [core]")
            assert "# none" in path.read_text()
            terminal.type("y")
            terminal.press("enter")
            end = terminal.wait_for_end()
            assert (end.status, end.left) == (0, [])
            assert "sk-1234567890abcdef" not in terminal.screen
        assert "[core]" in path.read_text()
        assert set(server.keys()) == {"Bearer sk-1234567890abcdef"}


@pytest.fixture
def program() -> str:
    """The command as it was installed beside the running interpreter."""
    import sysconfig

    from tools.programs import require_program

    return require_program(str(Path(sysconfig.get_path("scripts"), "llm-setup")))
