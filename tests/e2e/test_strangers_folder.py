"""Started in a stranger's project: none of its code is run, and it gets no key."""

import sys
from pathlib import Path

import pytest
from tools.llm_server import LlmServer
from tools.terminal import Terminal

HOSTILE = (
    "asyncio", "httpx", "jeepney", "json", "keyring", "litellm", "openai", "pathlib", "platformdirs", "secretstorage",
    "tenacity", "textual", "tomlkit", "sitecustomize", "usercustomize",
)  # fmt: skip
CONFIG = """[core]
[llm]
model = "openai/gpt-test"
api_key = "sk-of-the-project-0123456789"
base_url = "{base_url}"
"""


@pytest.mark.parametrize("how", ["llm-setup", "python -m tui"])
def test_none_of_its_code_is_run_and_no_key_goes_where_it_says(
    program: str, environment: dict[str, str], keyring, home: Path, how: str
) -> None:
    keyring("unlocked")
    environment["LLM_API_KEY"] = "of-the-user"
    folder = home / "project"
    folder.mkdir()
    for name in HOSTILE:
        (folder / f"{name}.py").write_text(f"open({str(home / 'was-run')!r}, 'a').write('{name} ')")
    command = [program] if how == "llm-setup" else [sys.executable, "-m", "tui"]
    with LlmServer() as server:
        (folder / "config.toml").write_text(CONFIG.format(base_url=server.base_url))
        with Terminal(command, environment, folder=folder) as terminal:
            terminal.wait_for("Next:")
            terminal.press("home", "down", "enter")
            terminal.wait_for("GNOME Keyring, open")
            terminal.press("escape")
            terminal.wait_for("Next:")
            terminal.press("ctrl+t")
            terminal.wait_for("Prompt", "Send")
            terminal.press("enter")
            terminal.wait_for("Send the key?", "LLM_API_KEY of your environment", server.base_url.removesuffix("/v1"))
            terminal.press("escape")
            terminal.wait_for("Nothing was sent.", lambda screen: "Send the key?" not in screen)
            assert server.requests() == []
            terminal.press("escape")
            terminal.wait_for("Next:")
            terminal.press("ctrl+t")
            terminal.wait_for("Prompt", "Send")
            terminal.press("enter")
            terminal.wait_for("Send the key?")
            terminal.press("y", "tab", "enter")  # a letter is no answer
            terminal.wait_for("“ready”")
            assert server.requests()[0]["headers"]["Authorization"] == "Bearer of-the-user"
            terminal.press("ctrl+q")
            assert terminal.wait_for_end().status == 0
    assert not (home / "was-run").exists()
