"""`env`: the settings in four forms, and keys only when they are asked for."""

import shlex
import subprocess
from pathlib import Path

import pytest

from tui.base.secret import Secret
from tui.credentials.identity import Credential

CANARY = "sk-canary-0123456789abcdef"
FILE = f"""[core]
[llm]
model = "anthropic/claude-x"
api_key = "{CANARY}"
drop_params = "yes"
openrouter_app_name = "It's $(mine)"
[llm.b]
model = "openai/b"
"""
NAMES = ["LLM_MODEL", "LLM_DROP_PARAMS", "LLM_OPENROUTER_APP_NAME"]


def test_shell(run, config) -> None:
    config(FILE)
    done = run("env")
    assert done.status == 0
    asked = f'{done.out}\nprintf "%s|" "$LLM_MODEL" "$LLM_DROP_PARAMS" "$LLM_OPENROUTER_APP_NAME" "$LLM_API_KEY"'
    said = subprocess.run(["sh", "-c", asked], capture_output=True, text=True, check=True, env={})
    assert said.stdout == "anthropic/claude-x|true|It's $(mine)||"
    assert "# LLM_API_KEY: a secret, left out" in done.out.splitlines()


def test_json(run, config) -> None:
    config(FILE)
    values = ["anthropic/claude-x", "true", "It's $(mine)"]
    assert run("env", "--format", "json").json == dict(zip(NAMES, values, strict=True))


def test_docker(run, config) -> None:
    config(FILE)
    words = shlex.split(run("env", "--format", "docker").out)
    assert words[0::2] == ["-e"] * 4
    expected = ["LLM_MODEL=anthropic/claude-x", "LLM_DROP_PARAMS=true", "LLM_OPENROUTER_APP_NAME=It's $(mine)"]
    assert sorted(words[1::2]) == sorted([*expected, "LLM_API_KEY"])


def test_dotenv(run, config) -> None:
    path = config(FILE)
    refused = run("env", "--format", "dotenv")
    assert (refused.status, refused.out) == (2, "")
    assert "LLM_OPENROUTER_APP_NAME" in refused.err
    assert "mine" not in refused.err
    path.write_text(FILE.replace("It's $(mine)", "Mine"))
    lines = run("env", "--format", "dotenv").out.splitlines()
    assert sorted(lines[:-1]) == [
        "LLM_DROP_PARAMS=true",
        "LLM_MODEL=anthropic/claude-x",
        "LLM_OPENROUTER_APP_NAME=Mine",
    ]
    assert lines[-1] == "# LLM_API_KEY: a secret, left out"


@pytest.mark.parametrize("form", ["shell", "docker", "json"])
def test_secrets_only_when_asked_for(run, config, form: str) -> None:
    config(FILE.replace("[llm.b]", f'base_url = "http://user:{CANARY}@h"\n[llm.b]'))
    done = run("env", "--format", form)
    assert "canary" not in done.out + done.err
    shown = run("env", "--format", form, "--show-secrets")
    assert shown.status == 0
    assert shown.out.count(CANARY) == 2
    assert "canary" not in shown.err


def test_a_dotenv_with_an_odd_key_is_refused(run, config) -> None:
    config('[llm]\nmodel = "anthropic/x"\napi_key = "canary#1 2"\n')
    done = run("env", "--format", "dotenv", "--show-secrets")
    assert (done.status, done.out) == (2, "")
    assert "LLM_API_KEY" in done.err
    assert "canary" not in done.err


def test_what_is_set_already_wins(run, config, monkeypatch: pytest.MonkeyPatch) -> None:
    config(FILE)
    monkeypatch.setenv("LLM_MODEL", "openai/mine")
    monkeypatch.setenv("LLM_API_KEY", "of-the-environment")
    monkeypatch.setenv("LLM_SEED", "")
    assert run("env", "--format", "json").json["LLM_MODEL"] == "openai/mine"
    shown = run("env", "--format", "json", "--show-secrets").json
    assert shown["LLM_API_KEY"] == "of-the-environment"
    assert "LLM_SEED" not in shown


def test_a_group_is_not_reached_by_the_environment(run, config, monkeypatch: pytest.MonkeyPatch) -> None:
    config(FILE)
    monkeypatch.setenv("LLM_MODEL", "openai/mine")
    monkeypatch.setenv("LLM_API_KEY", "of-the-environment")
    told = run("env", "--format", "json", "--group", "b", "--show-secrets").json
    assert told["LLM_MODEL"] == "openai/b"
    assert told["LLM_DROP_PARAMS"] == "true"
    assert "of-the-environment" not in told.values()
    assert run("env", "--group", "c").status == 2


def test_embedding_settings_go_along(run, config) -> None:
    config(FILE)
    run("set", "embedding_model=local")
    assert run("env", "--format", "json").json["LLM_EMBEDDING_MODEL"] == "local"


def test_of_a_section_that_openhands_drops_nothing_is_handed_over(run, config) -> None:
    config('[core]\n[llm]\nmodel = "anthropic/x"\nseed = "three"\nmodle = 1\n')
    done = run("env", "--format", "json")
    assert (done.status, done.out) == (3, "")
    assert "~/config.toml:4: [llm]: seed must be a whole number" in done.err


def test_the_key_in_the_keyring(run, config, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is opened when the key is kept there and was asked for, and at no other time."""
    config('[core]\n[llm]\nmodel = "anthropic/x"\n')
    own = home / ".config/llm-setup/settings.toml"
    own.parent.mkdir(parents=True)
    own.write_text('[stores]\n"llm-setup:anthropic" = "keyring"\n')
    asked: list[Credential] = []

    class Opened:
        async def fetch(self, credential: Credential) -> Secret:
            asked.append(credential)
            return Secret(CANARY)

        async def close(self) -> None:
            pass

    monkeypatch.setattr("tui.credentials.keyring_client.Keyring", Opened)
    assert CANARY not in run("env").out
    assert asked == []
    assert run("env", "--format", "json", "--show-secrets").json["LLM_API_KEY"] == CANARY
    assert asked == [Credential("anthropic", None, "LLM_API_KEY")]
    own.unlink()
    assert "LLM_API_KEY" not in run("env", "--format", "json", "--show-secrets").json
    assert len(asked) == 1


def test_a_key_is_not_shown_beside_settings_that_name_two_providers_for_it(
    run, config, monkeypatch: pytest.MonkeyPatch
) -> None:
    config('[core]\n[llm]\nmodel = "replicate/stranger/model"\ncustom_llm_provider = "anthropic"\n')
    monkeypatch.setenv("LLM_API_KEY", CANARY)
    done = run("env", "--show-secrets")
    assert done.status == 3
    assert done.out == ""
    assert run("env").status == 0
