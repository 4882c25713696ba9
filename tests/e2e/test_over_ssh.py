"""Through an SSH server, as on a far-away machine."""

import shlex

from tools.ssh import SshServer
from tools.terminal import Terminal


def test_the_wizard_opens_over_ssh_and_leaves_nothing_behind(program: str, environment: dict[str, str]) -> None:
    remote = shlex.join(["env", "-i", *(f"{name}={value}" for name, value in environment.items())])
    remote = f'cd ~ && exec {remote} TERM="$TERM" {shlex.quote(program)}'
    with SshServer() as server, Terminal([*server.command, remote], environment) as terminal:
        terminal.wait_for("Which provider", "Anthropic", "^q Quit")
        terminal.type("mistral")
        terminal.wait_for("1 of")
        terminal.press("enter")
        terminal.wait_for("API key", "none answers here, as usual over SSH")
        assert any("llm-setup" in words for words in server.processes())
        terminal.press("ctrl+q")
        end = terminal.wait_for_end()
        assert (end.status, end.attributes, end.left) == (0, True, [])
        assert terminal.left_on() == []
        terminal_gone = [words for words in server.processes() if "tui" in words or "llm-setup" in words]
        assert terminal_gone == []
