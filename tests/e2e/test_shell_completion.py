"""What Tab does in real shells, on a real terminal."""

import subprocess
import sys
from pathlib import Path

import pytest
from tools.programs import require_program
from tools.terminal import Terminal

CONFIG = """[core]
[llm]
model = "openai/gpt-5"
[llm.draft]
model = "openai/gpt-5-mini"
[llm."$(touch was-run)"]
[llm."`touch was-run`"]
[llm."d; touch was-run"]
[llm."d'$(touch was-run)"]
"""
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], 'eval "$(llm-setup completion bash)"'),
    "zsh": (["zsh", "-f", "-i"], 'autoload -U compinit; compinit -u; eval "$(llm-setup completion zsh)"'),
    "fish": (["fish", "--no-config", "-i"], "llm-setup completion fish | source"),
}
TYPED = (
    ("sched", "schedule"),
    ("set num_ret", "set num_retries="),
    ("set temperature=1 disable_v", "disable_vision="),
    ("set disable_vision=t", "disable_vision=true"),
    ("set model=openai/gpt-4o-mini-2", "model=openai/gpt-4o-mini-2024-07-18"),
    ("show --group dra", "show --group draft"),
    ("group remove dra", "group remove draft"),
    ("models --provider anth", "models --provider anthropic"),
    ("key set --store keyr", "key set --store keyring"),
    ("test --rehearse busy", "test --rehearse busy-minute"),
    ("check --config conf", "check --config config.toml"),
    ("check --js", "check --json"),
    ("show --config config.toml --group dr", "--group draft"),
)


@pytest.mark.parametrize("shell", SHELLS)
def test_tab_finishes_commands_settings_groups_providers_and_models(
    program: str, environment: dict[str, str], home: Path, shell: str
) -> None:
    require_program(shell)
    (home / "config.toml").write_text(CONFIG)
    command, begin = SHELLS[shell]
    environment |= {"PATH": f"{Path(program).parent}:{environment['PATH']}", "PS1": "$ ", "INPUTRC": "/dev/null"}
    with Terminal(command, environment, folder=home, columns=120) as terminal:
        terminal.type(f"{begin}; echo rea''dy")
        terminal.press("enter")
        terminal.wait_for("ready\n")
        for typed, finished in TYPED:
            terminal.type(f"llm-setup {typed}")
            terminal.press("tab")
            terminal.wait_for(finished)
            terminal.send(b"\x15\x0c")  # Ctrl+U, Ctrl+L
            terminal.wait_for(lambda screen: "llm-setup" not in screen)
        terminal.type("llm-setup show --group d")
        terminal.press("tab", "tab")
        terminal.wait_for("--group draft")
    assert not (home / "was-run").exists()


@pytest.mark.parametrize("kind", ["groups", "assignments", "models", "unheard-of"])
def test_names_are_offered_without_a_word_of_complaint(environment: dict[str, str], home: Path, kind: str) -> None:
    (home / "config.toml").write_text("this is not TOML")
    done = subprocess.run(
        [sys.executable, "-P", "-m", "tui", "completion", "bash", "--names", kind],
        env=environment, input="llm-setup 'open --group ", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
