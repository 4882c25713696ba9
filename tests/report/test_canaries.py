"""Thirty canaries, one of each kind of secret, in one set-up: none is found in its report, in either form."""

import getpass
import json
import os
import socket
from pathlib import Path

import pytest
from tools.leaks import leaks

from tui.cli import main

HEX = "9f8e7d6c5b4a39281706f5e4d3c2b1a0"
CANARIES = {
    "key in the environment": "sk-ant-api03-Canary1Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0",
    "key in the file": "sk-proj-Canary2Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0Pg",
    "key of another provider in the file": "gsk_Canary3Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0PgQeUo7Aa1Bb2Cc3Dd4",
    "access key of AWS": "AKIAQ7CANARY4ZLM2XW9",
    "secret key of AWS": "Canary5/wJalrXUtnFEMIK7MDENGbPxRfiCYKEYZq",
    "token of AWS": "Canary6FwoGZXIvYXdzEBYaDHQ9examplesession",
    "key without a beginning": HEX,
    "key in a comment": "sk-or-v1-Canary8Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0",
    "key in completion_kwargs": "hf_Canary9AxwKaRtVbNcYdHsJfPgQeUoAa",
    "key in the name of the model": "sk-canary10Xw9Ka4Rt8Vb3Nc6Yd1Hs5Jf0Pg",
    "key in another table": "tvly-Canary11Xw9Ka4Rt8Vb3Nc6Yd1Hs5",
    "password in the base URL": "hunter12canary",
    "user in the base URL": "mallory13canary",
    "token in the query of the base URL": "canary14tokenQ7w8E9",
    "host of the base URL": "canary15gate",
    "host of a group": "canary16gpu",
    "address in the local network": "10.117.16.17",
    "address of six": "fd00:17ca:9a2b::18",
    "password of the proxy": "canary19proxyword",
    "host of the proxy": "canary20proxy",
    "name of a group": "canary21project",
    "name of an group of an agent": "canary22customer",
    "log folder": "canary23logs",
    "command that gives the key": "canary24vault",
    "tokenizer": "canary25tokenizer",
    "site of OpenRouter": "canary26site",
    "name of the account": "canary27user",
    "home of another": "canary28other",
    "path of certificates": "canary29bundle",
    "mail address": "canary30.person",
    "key in our own settings": "canary31variable",
    "embedding deployment": "canary32embedding",
}
C = CANARIES
BASE_URL = (
    f"https://{C['user in the base URL']}:{C['password in the base URL']}@"
    f"{C['host of the base URL']}.acme.internal:8443/v1?t={C['token in the query of the base URL']}"
)
CONFIG = f"""# api_key = "{C["key in a comment"]}"
[core]
workspace_base = "/home/{C["home of another"]}/work"
[llm]
model = "openai/{C["key in the name of the model"]}"
base_url = "{BASE_URL}"
api_key = "{C["key in the file"]}"
aws_access_key_id = "{C["access key of AWS"]}"
aws_secret_access_key = "{C["secret key of AWS"]}"
log_completions_folder = "/home/{C["name of the account"]}/{C["log folder"]}"
custom_tokenizer = "acme/{C["tokenizer"]}"
openrouter_site_url = "https://{C["site of OpenRouter"]}.example"
num_retries = 9
{C["key without a beginning"]} = 1
[llm.{C["name of a group"]}]
model = "openai/qwen3"
base_url = "http://{C["host of a group"]}:8000/v1"
api_key = "{C["key of another provider in the file"]}"
completion_kwargs = {{ extra_headers = {{ Authorization = "Bearer {C["key in completion_kwargs"]}" }} }}
[llm.second]
model = "ollama/llama3"
base_url = "http://{C["address in the local network"]}:11434"
[llm.third]
model = "ollama/llama3"
base_url = "http://[{C["address of six"]}]:11434"
[agent]
llm_config = "{C["name of an group of an agent"]}"
[search]
key = "{C["key in another table"]}"
owner = "{C["mail address"]}@acme.example"
"""
OWN = f"""[stores]
"llm-setup:openai_compatible@http://{C["host of a group"]}:8000" = "command"
[commands."llm-setup:openai_compatible@http://{C["host of a group"]}:8000"]
LLM_API_KEY = "pass show {C["command that gives the key"]}"
[variables]
"llm-setup:anthropic" = "{C["key in our own settings"]}"
"""
ENVIRON = {
    "LLM_API_KEY": C["key in the environment"],
    "AWS_SESSION_TOKEN": C["token of AWS"],
    "HTTPS_PROXY": f"http://me:{C['password of the proxy']}@{C['host of the proxy']}.acme.example:3128",
    "SSL_CERT_FILE": f"/home/{C['home of another']}/{C['path of certificates']}.pem",
    "LLM_EMBEDDING_DEPLOYMENT_NAME": C["embedding deployment"],
    "USER": C["name of the account"],
    "LOGNAME": C["name of the account"],
    "OPENAI_API_KEY": C["key of another provider in the file"],
}


@pytest.fixture
def set_up(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tui.doctor.network.LIMIT", 0.2)
    (home / "config.toml").write_text(CONFIG)
    folder = home / ".config/llm-setup"
    folder.mkdir(parents=True, mode=0o700)
    (folder / "settings.toml").write_text(OWN)
    for name, value in ENVIRON.items():
        monkeypatch.setenv(name, value)
    state = home / ".state/llm-setup"
    state.mkdir(parents=True, mode=0o700)
    attempt = {"status": 401, "error": "AuthenticationError", "seconds": 0.3, "said": C["log folder"]}
    test = {"day": "2026-11-25", "provider": "openai", "ok": False, "diagnosis": "bad-key", "seconds": 1.5}
    more = {"message": C["key in the file"], "litellm": f"1.110.2 {C['host of the base URL']}", "attempts": [attempt]}
    (state / "tests.json").write_text(json.dumps([test | more]))
    return home


def found_in(text: str) -> list[str]:
    return [name for name, word in CANARIES.items() if leaks(text.encode(), word) or word.lower() in text.lower()]


def test_there_are_thirty() -> None:
    assert len(set(CANARIES.values())) >= 30


@pytest.mark.parametrize("words", [["report"], ["report", "--json"], ["report", "--offline"]])
def test_no_canary_is_found(set_up: Path, capsys, words: list[str]) -> None:
    assert main([*words, "--config", "config.toml"]) == 0
    said = capsys.readouterr()
    assert found_in(said.out + said.err) == []
    for own in (str(set_up), socket.gethostname(), *({getpass.getuser()} - {"root"})):
        assert own not in said.out
    assert "num_retries" in said.out
    assert "401" in said.out


def test_each_canary_was_there_to_be_found(set_up: Path) -> None:
    everything = "".join(path.read_text() for path in set_up.rglob("*") if path.is_file()) + f"{dict(os.environ)}"
    assert set(found_in(everything)) == set(CANARIES)
