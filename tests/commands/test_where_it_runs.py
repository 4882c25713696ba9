"""What the program says of the system that it finds itself in."""

import subprocess
import sys

import pytest
from tools.pictures import settled

from tui.app import SetupApp
from tui.base.child import Child
from tui.commands.inputs import load

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


SENTENCE = "llm-setup is installed in OpenHands' own environment"


@pytest.mark.parametrize(
    ("distribution", "said"),
    [
        ("openhands_ai-0.62.0.dist-info", True),  # as pip 25 named it, of that release and of 1.6.0
        ("openhands-1.16.0.dist-info", True),
        ("openhands_aci-0.3.2.dist-info", False),
        ("openhands_ai", False),
    ],
)
def test_check_says_that_openhands_lives_in_the_same_environment(
    run, config, tmp_path, monkeypatch, distribution, said
) -> None:
    (tmp_path / "site-packages" / distribution).mkdir(parents=True)
    monkeypatch.syspath_prepend(str(tmp_path / "site-packages"))
    monkeypatch.syspath_prepend(str(tmp_path / "gone" / "site-packages"))
    config("[core]\n")
    done = run("check")
    assert (SENTENCE in done.err) is said
    assert SENTENCE not in done.out


async def test_the_wizard_says_so_once_its_first_page_is_there(tmp_path, monkeypatch) -> None:
    (tmp_path / "site-packages" / "openhands_ai-1.6.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(str(tmp_path / "site-packages"))
    app = SetupApp(load(None))
    async with app.run_test() as pilot:
        await settled(pilot, lambda: bool(app._notifications))
        assert [SENTENCE in notification.message for notification in app._notifications] == [True]


def test_without_litellm_the_test_says_what_is_missing_and_starts_nothing(run, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "litellm", None)
    monkeypatch.setattr(Child, "start", None)
    done = run("test", "--rehearse", "200")
    assert done.status == 1
    assert "litellm is not installed beside llm-setup; all but the test works without it." in " ".join(done.out.split())
