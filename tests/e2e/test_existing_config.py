"""A config.toml that somebody wrote by hand comes back with only the changed lines changed."""

import subprocess
import tomllib
from pathlib import Path

import pytest
from tools.patience import LIMIT

BY_HAND = b"""# mine, do not touch   \n\n[core]\n  workspace_base   =   './ws'    # odd, but mine
\n[ llm ]   # the model
model='openai/gpt-test'
base_url   = "http://127.0.0.1:9/v1"
  retry_max_wait =60 \t# a minute
num_retries=5
retry_min_wait   = 3
retry_multiplier = 2.0
\n[sandbox]\nvolumes = [ "/a:/b:rw" ,
   "/c:/d:ro" ]   # two\n\n\n[llm.draft_editor]\nmodel = "openai/gpt-small"
"""
VARIANTS = {
    "as written": BY_HAND,
    "with Windows line ends": BY_HAND.replace(b"\n", b"\r\n"),
    "without a last line end": BY_HAND.rstrip(),
}


@pytest.fixture
def config(home: Path) -> Path:
    path = home / ".openhands/config.toml"
    path.parent.mkdir()
    return path


@pytest.mark.parametrize("before", VARIANTS.values(), ids=VARIANTS)
def test_only_the_changed_line_changes(wizard, config: Path, before: bytes) -> None:
    config.write_bytes(before)
    terminal = wizard()
    terminal.wait_for("Next:")
    terminal.press("home", "down", "down", "down", "down", "enter")
    terminal.wait_for("retry_max_wait")
    terminal.press("down")
    terminal.wait_for_cursor("Shortest wait")
    terminal.press("down")
    terminal.wait_for_cursor("Longest wait")
    terminal.type("90")
    terminal.wait_for("1 change")
    terminal.press("ctrl+s")
    review = terminal.wait_for("retry_max_wait =60", "retry_max_wait =90")
    assert "1 line changes" in review
    terminal.press("enter")
    terminal.wait_for("Prompt", "Send")
    assert config.read_bytes() == before.replace(b"=60", b"=90")
    assert tomllib.loads(config.read_text())["llm"]["retry_max_wait"] == 90
    terminal.press("ctrl+q")
    assert terminal.wait_for_end().status == 0
    assert "Saved [llm] in ~/.openhands/config.toml" in terminal.normal_text


def test_a_file_without_llm_is_a_first_run_and_keeps_all_that_is_in_it(wizard, config: Path) -> None:
    before = b"# mine\r\n[sandbox]\r\n  timeout   = 120 # s\r\n\r\n[ agent ]\r\nname='x'"
    config.write_bytes(before)
    terminal = wizard()
    terminal.wait_for("Which provider", "Anthropic")
    terminal.type("anthr")
    terminal.wait_for("1 of")
    terminal.press("enter")
    terminal.wait_for("none answers here")
    terminal.press("enter")  # no key: on to the places
    terminal.wait_for("● Environment")
    terminal.press("enter")
    terminal.wait_for("context", "claude-")
    terminal.press("enter")
    terminal.wait_for("drop_params")
    terminal.press("enter")
    terminal.wait_for("Gives up after")
    terminal.press("enter")
    terminal.wait_for("+ [llm]")
    terminal.press("enter")
    terminal.wait_for("Prompt", "Send")
    after = config.read_bytes()
    assert after.startswith(before)
    assert tomllib.loads(after.decode()).keys() == {"sandbox", "agent", "core", "llm"}
    assert after.count(b"\n") == after.count(b"\r\n")


def test_a_file_that_is_no_toml_is_said_to_be_so_and_left_alone(program: str, environment, wizard, config) -> None:
    broken = b'[llm]\nmodel = "openai/gpt-test"\nnum_retries = \n'
    config.write_bytes(broken)
    said = "~/.openhands/config.toml is not TOML: line 3, column 15: Invalid value."
    terminal = wizard()
    terminal.wait_for(said)
    terminal.press("escape")
    end = terminal.wait_for_end()
    assert (end.status, end.attributes, end.left, terminal.left_on()) == (3, True, [], [])
    assert said in terminal.normal_text
    done = subprocess.run(
        [program, "exec", "--", "true"], env=environment, capture_output=True, text=True, timeout=LIMIT, check=False
    )
    assert done.returncode == 3
    assert "line 3, column 15" in done.stderr
    assert config.read_bytes() == broken
    assert [path.name for path in config.parent.iterdir()] == ["config.toml"]
