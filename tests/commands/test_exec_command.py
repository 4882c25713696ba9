"""`exec`: whose settings and whose key another program is started with."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tools.patience import LIMIT
from tools.terminal import Terminal

from tui.commands.check import remark_findings
from tui.config_file.document import read_config

KEY, OTHER = "sk-ant-of-the-default-0123", "sk-of-the-group-0123456789"
COMMAND = [sys.executable, "-P", "-m", "tui"]
SHOW = [sys.executable, "-c", "import json, os; print(json.dumps(dict(os.environ)))"]
RETRIES = "num_retries = 8\nretry_min_wait = 15\nretry_max_wait = 120\nretry_multiplier = 2\n"
FILE = f'[core]\n[llm]\nmodel = "anthropic/claude-x"\n{RETRIES}'
GROUP = f'[llm."b c"]\nmodel = "openai/b"\nbase_url = "https://b.example/v1"\nseed = 3\n{RETRIES}'


def started(*words: str, **environ: str) -> tuple[dict[str, str], str]:
    """The environment of the program that was started, {} for none; and what was said on stderr."""
    done = subprocess.run(
        [*COMMAND, "exec", *words, "--", *SHOW], env={**os.environ, **environ}, capture_output=True, text=True,
        check=False, timeout=LIMIT,
    )  # fmt: skip
    assert KEY not in done.stderr
    assert OTHER not in done.stderr
    return json.loads(done.stdout or "{}"), done.stderr


def keep(home: Path, name: str, key: str, variable: str = "LLM_API_KEY") -> None:
    """Keep a key in a private file, as the wizard would."""
    folder = home / ".config/llm-setup"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    service = f"llm-setup:{name}".replace("%3A", ":").replace("%2F", "/")
    (folder / f"{name}.env").write_text(f"{variable}={key}\n")
    (folder / f"{name}.env").chmod(0o600)
    with (folder / "settings.toml").open("a") as settings:
        settings.write(("[stores]\n" if settings.tell() == 0 else "") + f'"{service}" = "file"\n')


B = "openai_compatible@https%3A%2F%2Fb.example"


def test_settings_and_key_of_the_default_group(config, home: Path) -> None:
    config(FILE)
    keep(home, "anthropic", KEY)
    environment, said = started(UNRELATED="1")
    assert (environment["LLM_API_KEY"], environment["LLM_MODEL"]) == (KEY, "anthropic/claude-x")
    assert environment["UNRELATED"] == "1"
    assert said == ""


def test_a_group_in_the_place_of_the_default_one(config, home: Path) -> None:
    """What the environment says for the default group would send its key to the group's address."""
    config(FILE + GROUP)
    keep(home, "anthropic", KEY)
    keep(home, B, OTHER)
    environment, said = started("--group", "b c", LLM_API_KEY=KEY, LLM_BASE_URL="https://a.example", LLM_SEED="9")
    ours = {name: value for name, value in environment.items() if name.startswith("LLM_")}
    assert ours == {
        "LLM_API_KEY": OTHER, "LLM_MODEL": "openai/b", "LLM_BASE_URL": "https://b.example/v1", "LLM_SEED": "3",
        "LLM_NUM_RETRIES": "8", "LLM_RETRY_MIN_WAIT": "15", "LLM_RETRY_MAX_WAIT": "120", "LLM_RETRY_MULTIPLIER": "2",
    }  # fmt: skip
    assert said == ""


def test_a_group_without_a_key_does_not_get_the_default_ones(config, home: Path) -> None:
    config(FILE + GROUP)
    keep(home, "anthropic", KEY)
    environment, said = started("--group", "b c", LLM_API_KEY=KEY)
    assert environment == {}
    assert "There is no key for llm-setup:openai_compatible@https://b.example." in said


def test_groups_that_the_key_does_not_reach_are_named(config, home: Path) -> None:
    config(FILE + GROUP)
    keep(home, "anthropic", KEY)
    environment, said = started()
    assert environment["LLM_API_KEY"] == KEY
    assert 'The key reaches [llm] only: OpenHands takes keys of [llm."b c"] from config.toml.' in said
    assert "exec --group 'b c' -- COMMAND" in said
    config(FILE + GROUP.replace("seed", f'api_key = "{OTHER}"\nseed'))
    assert "reaches" not in started()[1]


def test_a_key_of_the_environment_wins_and_is_said_to(config, home: Path) -> None:
    config(FILE)
    keep(home, "anthropic", KEY)
    environment, said = started(LLM_API_KEY=OTHER)
    assert environment["LLM_API_KEY"] == OTHER
    assert said == "LLM_API_KEY is set in this environment and wins over the key that is kept for Anthropic.\n"


def test_an_empty_variable_takes_no_key_away(config, home: Path) -> None:
    """OpenHands skips empty ones."""
    config(FILE)
    keep(home, "anthropic", KEY)
    environment, said = started(LLM_API_KEY="", LLM_MODEL="")
    assert (environment["LLM_API_KEY"], environment["LLM_MODEL"], said) == (KEY, "anthropic/claude-x", "")


@pytest.mark.parametrize("key", [f'"{KEY}"', f"Bearer {KEY}", f"{KEY},", "sk-ant-...0123"])
def test_a_key_with_something_around_it_is_refused_where_the_provider_reads_it(run, config, monkeypatch, key) -> None:
    """It is sent as it stands, and no provider's key looks so; `check` says the same."""
    path = config(FILE)
    monkeypatch.setenv("LLM_API_KEY", key)
    told = run("check", "--json", "--config", str(path)).json["problems"]
    sentence = next(problem["message"] for problem in told if problem["severity"] == "error")
    done = run("exec", "--config", str(path), "--", "true")
    assert (done.status, sentence in done.err) == (3, True), (done, sentence)
    tested = run("test", "--json", "--config", str(path))
    (outcome,) = [json.loads(line) for line in tested.out.splitlines()]
    assert (outcome["attempts"], outcome["diagnosis"]["code"]) == (0, "bad-key")
    assert outcome["diagnosis"]["message"] in sentence


def test_a_server_of_ones_own_may_take_it(config, monkeypatch) -> None:
    path = config(FILE.replace("anthropic/claude-x", "openai/x") + 'base_url = "http://127.0.0.1:9/v1"\n')
    environment, _said = started("--config", str(path), LLM_API_KEY='"dummy-0123456789"')
    assert environment["LLM_API_KEY"] == '"dummy-0123456789"'


@pytest.mark.parametrize(
    "environ",
    [
        {"LLM_BASE_URL": "https://other.example"}, {"ANTHROPIC_BASE_URL": "https://other.example"},
        {"ANTHROPIC_API_BASE": "https://other.example"}, {"LLM_MODEL": "deepseek/deepseek-chat"},
        {"LLM_CUSTOM_LLM_PROVIDER": "deepseek"},
    ],
)  # fmt: skip
def test_a_kept_key_goes_to_no_other_place_that_the_environment_names(config, home: Path, environ) -> None:
    config(FILE)
    keep(home, "anthropic", KEY)
    environment, said = started(**environ)
    assert environment == {}
    assert "There is no key for llm-setup:" in said or "no key is for both" in said


@pytest.mark.parametrize("line", ['base_url = "https://other.example"', 'base_url = "https://api.anthropic.com.evil"'])
def test_a_strangers_file_gets_no_kept_key(config, home: Path, line: str) -> None:
    config(FILE + line)
    keep(home, "anthropic", KEY)
    assert started()[0] == {}


def test_it_is_said_when_a_key_may_be_read_on_the_way(config, home: Path) -> None:
    config(FILE + 'base_url = "http://gateway.example"')
    keep(home, "anthropic@http%3A%2F%2Fgateway.example", KEY)
    environment, said = started()
    assert environment["LLM_API_KEY"] == KEY
    assert "http:// to another machine is not encrypted" in said


def test_what_check_would_say_is_said(config, home: Path) -> None:
    config(FILE + "top_p = 7")
    keep(home, "anthropic", KEY)
    said = started()[1]
    assert "[out-of-range]" in said
    assert "not-read" not in said


def test_a_key_is_not_handed_over_where_the_file_names_two_providers_for_it(config) -> None:
    config('[core]\n[llm]\nmodel = "replicate/stranger/model"\ncustom_llm_provider = "anthropic"\n')
    environment, said = started(LLM_API_KEY=KEY)
    assert environment == {}
    assert "The model's name says replicate, and custom_llm_provider says anthropic" in said


def test_a_key_is_not_handed_over_where_a_region_is_a_host(config) -> None:
    config('[core]\n[llm]\nmodel = "bedrock/x"\naws_region_name = "evil.example/"\n')
    environment, said = started(LLM_AWS_ACCESS_KEY_ID="AKIA", LLM_AWS_SECRET_ACCESS_KEY=KEY)
    assert environment == {}
    assert "aws_region_name says “evil.example/”, which is not a region" in said


VOIDED = [
    ("modle = 1", (), "~/config.toml:8: [llm]: OpenHands does not know “modle”, and drops all of [llm]"),
    ("timeout = 1.5", (), "~/config.toml:8: [llm]: timeout must be a whole number"),
    (GROUP + "modle = 1", ("--group", "b c"), '~/config.toml:16: [llm."b c"]: OpenHands does not know “modle”'),
    ("modle = 1\n" + GROUP, ("--group", "b c"), "~/config.toml:8: [llm]: OpenHands does not know “modle”"),
]


@pytest.mark.parametrize(("lines", "words", "said"), VOIDED)
@pytest.mark.parametrize("kept", [True, False])
def test_what_openhands_drops_is_neither_handed_over_nor_tried_and_the_key_is_named(
    config, run, home: Path, lines: str, words: tuple[str, ...], said: str, kept: bool
) -> None:
    config(FILE + lines)
    if kept:
        keep(home, "anthropic", KEY)
        keep(home, B, OTHER)
    told = set()
    for command in (
        ["exec", *words, "--", "true"],
        ["test", *words],
        ["env", *words],
        ["env", *words, "--show-secrets"],
    ):
        done = run(*command)
        assert (done.status, done.out) == (3, "")
        told.add(done.err)
    (sentence,) = told
    assert sentence.startswith(f"llm-setup: {said}")


def test_a_group_that_is_dropped_is_no_matter_of_llm(config, home: Path) -> None:
    config(FILE + GROUP + "modle = 1\n")
    keep(home, "anthropic", KEY)
    assert started()[0]["LLM_MODEL"] == "anthropic/claude-x"


STRANGE = 'base_url = "https://strange.example/v1"\n'


@pytest.mark.parametrize("model", ["anthropic/claude-x", "nobody/x", "vertex_ai/x"])
def test_a_key_of_the_environment_goes_to_no_address_that_a_found_file_names(config, home: Path, model: str) -> None:
    config(FILE.replace("anthropic/claude-x", model) + STRANGE)
    environment, said = started(LLM_API_KEY=KEY)
    assert environment == {}
    assert "LLM_API_KEY of your environment would go to https://strange.example, which ~/config.toml names." in said
    assert "Nothing was handed over. If that is all right, name the file: --config ~/config.toml" in said
    assert started("--config", "config.toml", LLM_API_KEY=KEY)[0]["LLM_API_KEY"] == KEY


def test_nor_is_it_printed_for_one(run, config, monkeypatch: pytest.MonkeyPatch) -> None:
    config(FILE + STRANGE)
    monkeypatch.setenv("LLM_API_KEY", KEY)
    assert (run("env", "--show-secrets").status, run("env").status) == (3, 0)
    assert KEY in run("env", "--show-secrets", "--config", "config.toml").out


def test_it_goes_where_the_users_own_file_or_environment_says(config, home: Path) -> None:
    own = home / ".openhands/config.toml"
    own.parent.mkdir()
    own.write_text(FILE + STRANGE)
    assert started(LLM_API_KEY=KEY)[0]["LLM_API_KEY"] == KEY
    config(FILE)
    assert started(LLM_API_KEY=KEY, LLM_BASE_URL="https://mine.example")[0]["LLM_API_KEY"] == KEY


def test_whoever_sits_at_a_terminal_is_asked_once(config, home: Path) -> None:
    config(FILE + STRANGE)
    command = [*COMMAND, "exec", "--", "sh", "-c", 'test -n "$LLM_API_KEY" && echo handed over']
    environment = {**os.environ, "LLM_API_KEY": KEY, "TERM": "xterm"}
    for answer, said in (("", "Nothing was handed over."), ("y", "handed over")):
        with Terminal(command, environment, folder=home) as terminal:
            terminal.wait_for("https://strange.example", "[y/N]")
            terminal.type(answer)
            terminal.press("enter")
            terminal.wait_for(said)
    with Terminal(command, environment, folder=home) as terminal:
        assert "[y/N]" not in terminal.wait_for("handed over")


def test_a_variable_that_openhands_cannot_read_is_named_without_any_file(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("LLM_NUM_RETRIES", '"3"')
    remark_findings(read_config(tmp_path / "config.toml"), "llm")
    said = capsys.readouterr().err
    assert said.startswith('environment: error: OpenHands cannot read LLM_NUM_RETRIES="3"')
    assert "no-model" not in said
