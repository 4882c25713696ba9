"""What a maintainer learns from a report, and what becomes of it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.llm_server import LlmServer
from tools.warm_probe import lead_to

from tui.cli import main
from tui.report.anonymity import Anonymity, address
from tui.retry.policy import RetryPolicy
from tui.trial.events import Outcome
from tui.trial.plan import Plan, TrialResult
from tui.trial.probe_order import REHEARSED, ProbeOrder
from tui.trial.record import MOST, remember, remembered

KEY = "sk-Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0Pg"
CONFIG = """[core]
[llm]
model = "anthropic/claude-opus-5"
num_retries = 6
retry_min_wait = 20
retry_max_wait = 60
retry_multiplier = 20
drop_params = false
temperature = 0.0
[llm.mine]
model = "azure/gpt-5"
base_url = "https://me.openai.azure.com"
api_version = "2024-10-21"
"""


def told(capsys, *words: str) -> dict:
    assert main(["report", "--json", "--offline", *words]) == 0
    return json.loads(capsys.readouterr().out)


def test_what_was_set_up_is_told(home: Path, capsys) -> None:
    (home / "config.toml").write_text(CONFIG)
    report = told(capsys)
    assert report.keys() == {"versions", "targets", "settings", "policy", "tests", "findings"}
    assert report["versions"]["llm-setup"]
    assert report["targets"][0]["place"] == "./config.toml"
    first, second = report["settings"]
    assert (first["group"], first["provider"], first["dropped"]) == ("llm", "anthropic", False)
    assert first["values"]["model"] == {"value": "anthropic/claude-opus-5", "source": "file"}
    assert first["values"]["drop_params"]["value"] is False
    assert "caching_prompt" not in first["values"]
    assert second["values"]["base_url"]["value"] == "https://(private)"
    assert second["values"]["api_version"]["value"] == "2024-10-21"
    assert report["policy"][0] == {
        "target": "toml", "group": "llm", "attempts": 6, "waits": [20, 40, 60, 60, 60], "total": 240,
    }  # fmt: skip
    assert {each["area"] for each in report["findings"]} >= {"program", "files", "keyring", "policy", "catalogue"}


def test_as_markdown(home: Path, capsys) -> None:
    (home / "config.toml").write_text(CONFIG)
    assert main(["report", "--offline"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("### llm-setup report\n")
    assert "| model | anthropic/claude-opus-5 | file |" in said.out
    assert "* 6 attempts, waits in seconds: 20 40 60 60 60; 240 in all" in said.out
    assert "--output FILE" in said.err


def test_what_is_dropped_is_told_all_the_same(home: Path, capsys) -> None:
    (home / "config.toml").write_text(CONFIG.replace("num_retries", "num_retrys"))
    report = told(capsys)
    assert report["settings"][0]["dropped"] is True
    assert report["settings"][0]["values"]["model"]["value"] == "anthropic/claude-opus-5"
    assert any("num_retrys" in each["message"] for each in report["findings"])


def test_the_last_tests_are_told_in_numbers_and_codes(home: Path, capsys, monkeypatch, warm_probe: str) -> None:
    if warm_probe:
        lead_to(warm_probe, monkeypatch.setattr)
    monkeypatch.setenv("LLM_API_KEY", KEY)
    with LlmServer("429,200") as server:
        (home / "config.toml").write_text(
            f'[core]\n[llm]\nmodel = "openai/x"\nbase_url = "{server.base_url}"\nnum_retries = 2\nretry_min_wait = 0\n'
            "retry_max_wait = 0\nretry_multiplier = 0\n"
        )
        assert main(["test", "--config", "config.toml"]) == 0
    kept = (home / ".state/llm-setup/tests.json").read_text()
    assert KEY not in kept
    assert "127.0.0.1" not in kept
    capsys.readouterr()
    (test,) = told(capsys)["tests"]
    assert test["ok"] is True
    assert [each["status"] for each in test["attempts"]] == [429, 200]
    assert test["attempts"][0]["error"] == "RateLimitError"
    assert test["provider"] == "openai_compatible"


@pytest.mark.parametrize("text", ["", "{", "[1, null]", '{"a": 1}', '[{"attempts": 5, "ok": {}, "seconds": [1]}]'])
def test_a_record_that_is_none_stands_in_nobodys_way(home: Path, capsys, text: str) -> None:
    folder = home / ".state/llm-setup"
    folder.mkdir(parents=True)
    (folder / "tests.json").write_text(text)
    assert main(["report", "--offline"]) == 0
    capsys.readouterr()
    told(capsys)


def test_few_are_kept_and_no_rehearsal() -> None:
    outcome = Outcome(ok=True, attempts=0, text=KEY, prompt_tokens=1, completion_tokens=2, cost_usd=0.1, seconds=1.0)
    for model, count in ((REHEARSED, 0), ("openai/x", MOST)):
        plan = Plan(ProbeOrder(model, "?"), RetryPolicy(), RetryPolicy())
        for _number in range(MOST + 3):
            remember(TrialResult(plan, outcome, [], "llm"))
        assert len(remembered()) == count
    assert KEY not in f"{remembered()}"


def test_it_is_shown_and_then_written_to_a_new_file_only(home: Path, capsys, monkeypatch) -> None:
    (home / "config.toml").write_text(CONFIG)
    path = home / "report.md"
    assert main(["report", "--offline", "--output", str(path)]) == 0
    assert capsys.readouterr().out == path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
    assert main(["report", "--offline", "--output", str(path)]) == 3
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://api.anthropic.com", "https://api.anthropic.com"),
        ("https://openrouter.ai/api/v1", "https://openrouter.ai"),
        ("http://localhost:11434", "http://localhost:11434"),
        ("https://me.openai.azure.com/x?y", "https://(private)"), ("http://10.0.0.5:8000/v1", "http://(private)"),
        ("https://u:p@api.anthropic.com", "https://api.anthropic.com"),
        ("https://api.anthropic.com.evil.example", "https://(private)"), ("nonsense", "(private)"),
    ],
)  # fmt: skip
def test_what_is_told_of_an_address(url: str, shown: str) -> None:
    assert address(url) == shown


_WORD = st.text("abcdefghijkl0123456789-", min_size=5, max_size=20).filter(lambda w: not w.replace("-", "").isdigit())


@given(
    _WORD.map(lambda word: "zq" + word.strip("-") + "qz"),
    st.sampled_from(["{}", "at {}.", "“{}”", "/x/{}/y", "{}:8000"]),
)
def test_no_word_of_a_file_comes_through(word: str, sentence: str) -> None:
    anonymity = Anonymity([{"llm": {word: 1, "base_url": f"https://{word}.example/{word}"}}], {})
    assert word not in anonymity.of(sentence.format(word))


def test_a_test_of_the_wizard_is_kept_as_well(home: Path) -> None:
    from tools.pictures import StillApp

    from tui.config_file.document import read_config
    from tui.drafts.draft import Draft
    from tui.drafts.own_settings import OwnSettings
    from tui.screens.messages import TrialConcluded

    outcome = Outcome(ok=True, attempts=0, text=KEY, prompt_tokens=1, completion_tokens=2, cost_usd=0.1, seconds=1.0)
    plan = Plan(ProbeOrder("openai/x", "?"), RetryPolicy(), RetryPolicy())
    app = StillApp(Draft(read_config(home / "config.toml"), OwnSettings(), {}))
    app._keep_result(TrialConcluded(TrialResult(plan, outcome, [], "llm")))
    assert [each["cost_usd"] for each in remembered()] == [0.1]
