"""`show` and `check`: what is in effect, and what is wrong; no secret in either."""

import os
from pathlib import Path

import pytest

from tui.openhands.fields import FIELDS

CANARY = "sk-canary-0123456789abcdef"
FILE = f"""[llm]
model = "anthropic/claude-x"
api_key = "{CANARY}"
base_url = "https://user:{CANARY}@example.com/v1"
seed = 3

[llm."gpt-4.1"]
model = "openai/gpt-4.1"
completion_kwargs = {{ extra_token = "a canary of another kind", note = "plain" }}
"""


def test_where_each_value_comes_from(run, config, monkeypatch: pytest.MonkeyPatch) -> None:
    config(FILE)
    monkeypatch.setenv("LLM_TEMPERATURE", "0.5")
    monkeypatch.setenv("LLM_EMBEDDING_MODEL", "local")
    told = run("show", "--json").json
    assert list(told) == ["config", "groups", "environment", "programs"]
    assert told["config"] == os.path.abspath("config.toml")
    assert list(told["groups"]) == ["llm", "llm.gpt-4.1"]
    assert told["environment"] == {"LLM_EMBEDDING_MODEL": "local"}
    llm, group = told["groups"]["llm"], told["groups"]["llm.gpt-4.1"]
    assert set(llm) == set(group) == {field.key for field in FIELDS if not field.ours}
    assert llm["model"] == {"value": "anthropic/claude-x", "source": "file", "line": 2}
    assert llm["temperature"] == {"value": 0.5, "source": "environment", "line": None}
    assert llm["num_retries"] == {"value": 5, "source": "default", "line": None}
    assert llm["api_version"] == {"value": None, "source": "default", "line": None}
    assert group["model"] == {"value": "openai/gpt-4.1", "source": "file", "line": 8}
    assert group["seed"] == {"value": 3, "source": "inherited", "line": 5}
    assert group["temperature"] == {"value": 0.0, "source": "default", "line": None}
    assert group["completion_kwargs"]["value"] == {"extra_token": "•••kind", "note": "plain"}
    assert llm["api_key"]["value"] == group["api_key"]["value"] == "•••cdef"


def test_as_a_table(run, config) -> None:
    config(FILE)
    lines = run("show").out.splitlines()
    assert lines[0] == "~/config.toml"
    assert "[llm]" in lines
    assert '[llm."gpt-4.1"]' in lines
    rows = [line for line in lines if line.endswith("default") or "line" in line]
    starts = {line.index("  file") for line in rows[:4] if "file" in line}
    assert len(starts) == 1
    assert any(line.split() == ["seed", "3", "[llm],", "line", "5"] for line in lines)


def test_one_group(run, config) -> None:
    config(FILE)
    assert list(run("show", "--json", "--group", "gpt-4.1").json["groups"]) == ["llm.gpt-4.1"]
    assert list(run("show", "--json", "--group", "llm").json["groups"]) == ["llm"]
    unknown = run("show", "--json", "--group", "gpt")
    assert (unknown.status, unknown.out) == (2, "")
    assert "no group [llm.gpt]" in unknown.err


def test_numbers_that_json_has_no_word_for(run, config) -> None:
    config("[llm]\nretry_multiplier = inf\ntop_k = nan\n")
    llm = run("show", "--json").json["groups"]["llm"]
    assert (llm["retry_multiplier"]["value"], llm["top_k"]["value"]) == ("inf", "nan")


def test_without_a_file(run, home: Path) -> None:
    done = run("show")
    assert done.status == 0
    assert "no such file yet" in done.out
    assert run("show", "--json").json["groups"]["llm"]["num_retries"]["value"] == 5


@pytest.mark.parametrize("words", [("show",), ("show", "--json"), ("check",), ("check", "--json"), ("schedule",)])
def test_no_secret_is_shown(run, config, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> None:
    config(
        f'{FILE}token = "{CANARY}"\n[llm.b]\napi_key = "{CANARY}"\nunknown_key = "{CANARY}"\n# api_key = "{CANARY}"\n'
    )
    monkeypatch.setenv("LLM_API_KEY", CANARY + "Z")
    monkeypatch.setenv("LLM_BASE_URL", f"http://{CANARY}:{CANARY}@h")
    done = run(*words)
    assert "canary" not in done.out + done.err


def test_what_check_would_say_is_beside_it(run, config) -> None:
    config('[core]\n[llm]\nmodle = "x"\n[llm.a]\n')
    for words in (("show",), ("schedule",)):
        done = run(*words)
        assert done.status == 0
        assert "modle" in done.err
        assert done.err.count("~/config.toml:3: error: ") == 1


@pytest.mark.parametrize("content", [b"[llm\n", b"\xef\xbb\xbf[llm]\n", b"\xff\xfe", b'llm = "x"\n'])
def test_files_that_openhands_would_not_load(run, home: Path, content: bytes) -> None:
    (home / "config.toml").write_bytes(content)
    for words in (("show",), ("show", "--json"), ("env",), ("schedule",), ("group", "add", "a")):
        done = run(*words)
        assert (done.status, done.out) == (3, "")
    checked = run("check", "--json")
    assert checked.status == 1
    assert checked.json["ok"] is False


def test_check(run, config) -> None:
    path = config('[llm]\nnum_retries = "eight"\nmodel = "anthropic/x"\n')
    done = run("check", "--json")
    assert (done.status, done.json["ok"]) == (1, False)
    first = done.json["problems"][0]
    assert list(first) == ["severity", "code", "group", "key", "line", "message", "hint", "voids"]
    told = {name: first[name] for name in ("severity", "code", "group", "key", "line", "voids")}
    assert told == {
        "severity": "error", "code": "wrong-type", "group": "llm", "key": "num_retries", "line": 2, "voids": True,
    }  # fmt: skip
    text = run("check")
    assert text.status == 1
    assert text.out.startswith("~/config.toml:2: error: [llm]: ")
    assert "line 2" not in text.out
    assert "\n    " in text.out
    assert text.err.startswith("1 error, ")
    path.write_text(path.read_text().replace('"eight"', "8"))
    assert run("check", "--json").json["ok"] is True
    assert run("check").status == 0


def test_errors_come_first(run, config) -> None:
    config('[llm]\napi_key = "x"\nmodel = "anthropic/x"\nmodle = 1\n')
    severities = [problem["severity"] for problem in run("check", "--json").json["problems"]]
    assert severities == sorted(severities, key=["error", "warning", "note"].index)
    assert severities[0] == "error"


def test_check_cannot_read(run, home: Path) -> None:
    assert run("check").status == 3
    (home / "config.toml").mkdir()
    done = run("check", "--json")
    assert (done.status, done.out) == (3, "")
    assert "folder" in done.err


def test_an_empty_key_is_empty_and_takes_that_of_llm_away(run, config) -> None:
    config(f'[core]\n[llm]\nmodel = "anthropic/x"\napi_key = "{CANARY}"\n[llm.own]\napi_key = ""\n')
    row = next(line for line in run("show", "--group", "own").out.splitlines() if "api_key" in line)
    assert row.split() == ["api_key", "(empty)", "file,", "line", "6"]
    assert run("show", "--group", "own", "--json").json["groups"]["llm.own"]["api_key"]["value"] == ""
    assert "# LLM_API_KEY: empty in the file" in run("env", "--group", "own").out.splitlines()
    assert "# LLM_API_KEY: a secret, left out" in run("env").out.splitlines()
    assert "LLM_API_KEY" not in run("env", "--group", "own", "--show-secrets", "--format", "json").json


def test_a_file_of_groups_only_can_be_used(run, config) -> None:
    config('[core]\n[llm.fast]\nmodel = "ollama/x"\nbase_url = "http://127.0.0.1:9"\n')
    assert run("check", "--json").json["ok"]
    assert "llm-setup test --group fast" in run("test").err
    assert run("env", "--group", "fast", "--format", "json").json["LLM_MODEL"] == "ollama/x"


@pytest.mark.parametrize(
    ("store", "row"),
    [
        ("keyring", "api_key  llm-setup:anthropic LLM_API_KEY  system keyring"),
        ("file", "api_key  ~/.config/llm-setup/anthropic.env  private file"),
        ("environment", "api_key  LLM_API_KEY  environment"), ("command", "api_key  pass show x  command"),
    ],
)  # fmt: skip
def test_it_says_where_a_kept_key_is_and_asks_nobody(run, config, home: Path, store: str, row: str) -> None:
    config('[core]\n[llm]\nmodel = "anthropic/x"\n[llm.own]\nmodel = "openai/x"\n')
    own = home / ".config/llm-setup/settings.toml"
    own.parent.mkdir(parents=True)
    commands = '[commands."llm-setup:anthropic"]\nLLM_API_KEY = "pass show x"\n'
    own.write_text(f'[stores]\n"llm-setup:anthropic" = "{store}"\n{commands}')
    lines = [" ".join(line.split()) for line in run("show").out.splitlines()]
    assert " ".join(row.split()) in lines
    assert not any("api_key" in line for line in lines[lines.index("[llm.own]") :])
