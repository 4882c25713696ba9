"""What the program says of the system that it finds itself in."""

import subprocess
import sys

import pytest

ON_WINDOWS = """
import sys

class Lacking:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty", "textual"}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Lacking())
sys.platform = "win32"
from tui.cli import main
sys.exit(main())
"""


@pytest.mark.parametrize("words", [[], ["check"], ["--help"]])
def test_windows_gets_one_sentence_and_no_traceback(words: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", ON_WINDOWS, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("llm-setup runs in WSL")
    assert done.stderr.count("\n") == 1


def test_a_file_that_the_environment_names_is_as_good_as_one_on_the_command_line(run, home, monkeypatch) -> None:
    (home / "shared.toml").write_text('[core]\n[llm]\nmodel = "openai/gpt-5"\nbase_url = "http://localhost:9/v1"\n')
    (home / "config.toml").write_text('[core]\n[llm]\nmodel = "openai/other"\n')
    monkeypatch.setenv("LLM_SETUP_CONFIG", "~/shared.toml")
    monkeypatch.setenv("LLM_API_KEY", "sk-0123456789abcdef0123")
    assert run("show", "--json").json["config"] == str(home / "shared.toml")
    assert run("set", "temperature=0.5").status == 0
    assert "temperature" in (home / "shared.toml").read_text()
    assert "temperature" not in (home / "config.toml").read_text()
    assert run("env", "--show-secrets").status == 0  # a found file with an address of its own is refused
    assert run("show", "--json", "--config", "config.toml").json["config"] == str(home / "config.toml")
    assert "shared.toml" not in run("check", "--config", "config.toml").out
