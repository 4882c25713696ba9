"""`doctor`: lines for a person, an object for a program, and a status."""

import pytest
from tools.list_server import ListServer

from tui.cli import main
from tui.trial.probe_client import Probe

RETRIES = "num_retries = 8\nretry_min_wait = 15\nretry_max_wait = 120\nretry_multiplier = 2\n"
KEY = "sk-Zq7Lm2Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0Pg"


def gate(url: str) -> str:
    return f'[core]\n[llm]\nmodel = "litellm_proxy/team"\nbase_url = "{url}"\n{RETRIES}'


@pytest.mark.slow
def test_all_is_well_and_the_status_says_so(run, config, monkeypatch) -> None:
    monkeypatch.setenv("LLM_API_KEY", KEY)
    with ListServer({"/v1/models": {"data": [{"id": "team"}]}}) as server:
        config(gate(server.root)).chmod(0o600)
        done = run("doctor", "--config", "config.toml")
        assert done.status == 0
        assert server.keys() == []
        assert "All is well." in done.err
        assert {line[:4] for line in done.out.splitlines() if line.startswith(" ")} == {"  ✓ "}
        live = run("doctor", "--config", "config.toml", "--live", "--json")
        assert set(server.keys()) == {f"Bearer {KEY}"}
    assert live.json["ok"] is True
    assert {each["severity"] for each in live.json["findings"]} == {"ok"}
    assert [each["area"] for each in live.json["findings"]] == [
        "program", "terminal", "files", "environment", "keyring", "keys", "network", "policy", "catalogue", "endpoint",
    ]  # fmt: skip
    assert KEY not in done.out + done.err + live.out + live.err


def test_an_error_is_status_1_and_has_a_remedy(run, config) -> None:
    config(gate("http://127.0.0.1:9") + "num_tries = 1\n")
    done = run("doctor", "--offline", "--json")
    assert (done.status, done.json["ok"]) == (1, False)
    (finding,) = [each for each in done.json["findings"] if each["code"] == "unknown-key"]
    assert finding.keys() == {"severity", "area", "code", "message", "hint", "fixable"}
    assert (finding["severity"], finding["area"], finding["fixable"]) == ("error", "files", True)
    told = run("doctor", "--offline")
    assert "✗ ./config.toml" in told.out or "✗ ~/config.toml:" in told.out
    assert "--fix" in told.err


def test_a_key_goes_nowhere_without_a_yes(run, config, monkeypatch) -> None:
    """The file was merely found, and the key is one of the environment."""
    monkeypatch.setenv("LLM_API_KEY", KEY)
    with ListServer({"/v1/models": {"data": [{"id": "team"}]}}) as server:
        config(gate(server.root))
        done = run("doctor", "--live", "--json")
        assert (done.status, server.keys()) == (0, [])
        (finding,) = [each for each in done.json["findings"] if each["area"] == "endpoint"]
        assert (finding["severity"], finding["code"]) == ("warning", "not-sent")
        assert "Nothing was sent" in finding["hint"]


def test_the_probe_is_not_started(run, config, monkeypatch) -> None:
    monkeypatch.setattr(Probe, "start", pytest.fail)
    config(gate("http://127.0.0.1:9"))
    assert run("doctor", "--offline").status == 1


def test_only_one_of_offline_and_live() -> None:
    with pytest.raises(SystemExit) as end:
        main(["doctor", "--offline", "--live"])
    assert end.value.code == 2
