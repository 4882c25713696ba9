"""Forty faults, each planted in a set-up that is right but for it, and each named by the doctor."""

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from doctor.conftest import GOOD, KEY, RETRIES, FakeKeyring
from tools.programs import require_program

from tui.credentials.keyring_state import KeyringState
from tui.doctor.observation import Grade, Observation

OWN = ".config/llm-setup/settings.toml"
PRIVATE = ".config/llm-setup/anthropic.env"
STORED = {OWN: '[stores]\n"llm-setup:anthropic" = "file"\n', PRIVATE: f"LLM_API_KEY={KEY}\n"}
BEDROCK = GOOD.replace("anthropic/claude-opus-5", "bedrock/anthropic.claude-x") + 'aws_region_name = "eu-west-1"\n'
CLI = (
    '{"kind": "Agent", "llm": {"model": "anthropic/claude-x", "num_retries": 8, "retry_min_wait": 15,'
    ' "retry_max_wait": 120, "retry_multiplier": 2.0}}'
)
BY_COMMAND = '[stores]\n"llm-setup:anthropic" = "command"\n[commands."llm-setup:anthropic"]\nLLM_API_KEY = "{}"\n'


def with_(lines: str) -> str:
    return GOOD + lines


def of(provider: str, more: str = "") -> str:
    return GOOD.replace("anthropic/claude-opus-5", f"{provider}/m") + more


@dataclass
class Fault:
    """What is planted, and the area and code by which the doctor names it."""

    area: str
    code: str
    grade: Grade = Grade.WARNING
    config: str | bytes | None = GOOD
    files: Mapping[str, str | bytes] = field(default_factory=lambda: dict(STORED))
    environ: Mapping[str, str] = field(default_factory=dict)
    keyring: FakeKeyring = field(default_factory=FakeKeyring)
    size: tuple[int, int] | None = None
    modes: Mapping[str, int] = field(default_factory=dict)
    do: Callable[[Path], object] = lambda home: None
    beside: frozenset[str] = frozenset()
    """Codes of what follows from the fault."""


def kept_in(place: str) -> dict[str, str]:
    return {OWN: f'[stores]\n"llm-setup:anthropic" = "{place}"\n'}


def commit_all(home: Path) -> None:
    subprocess.run([require_program("git"), "init", "-q", str(home)], check=True, capture_output=True)


E_, W = Grade.ERROR, Grade.WARNING
TERMINAL = {"TERM": "xterm-256color", "LANG": "C.UTF-8"}
FAULTS = {
    "no file": Fault("files", "no-file", E_, config=None),
    "not TOML": Fault("files", "not-toml", E_, config="[llm\n"),
    "a byte order mark": Fault("files", "bom", E_, config=b"\xef\xbb\xbf" + GOOD.encode()),
    "not UTF-8": Fault("files", "not-utf8", E_, config=GOOD.encode() + b"# sch\xf6n\n"),
    "a misspelt key": Fault("files", "unknown-key", E_, config=with_('api_bse = "x"\n')),
    "a wrong type": Fault("files", "wrong-type", E_, config=with_("timeout = 1.5\n")),
    "out of range": Fault("files", "out-of-range", config=with_("temperature = 7.0\n")),
    "no [core]": Fault("files", "missing-core", config=GOOD.replace("[core]\n", "")),
    "retry keys left out": Fault("files", "missing-retry-keys", config=GOOD.replace("num_retries = 8\n", "")),
    "shortest above longest": Fault("files", "min-above-max", config=GOOD.replace("min_wait = 15", "min_wait = 150")),
    "no model": Fault("files", "no-model", E_, config=f"[core]\n[llm]\n{RETRIES}"),
    "no provider's prefix": Fault(
        "files",
        "no-provider-prefix",
        E_,
        config=GOOD.replace("anthropic/claude", "glaude"),
    ),
    "unknown provider": Fault("files", "unknown-provider", E_, config=GOOD.replace("anthropic/", "antropic/")),
    "no API version": Fault(
        "files",
        "needs-api-version",
        E_,
        config=of("azure", 'base_url = "https://a.example"\n'),
        beside=frozenset({"no-key"}),
    ),
    "no base URL": Fault("files", "needs-base-url", E_, config=of("litellm_proxy"), beside=frozenset({"no-key"})),
    "no URL": Fault(
        "files", "base-url-scheme", E_, config=with_('base_url = "gate.example/v1"\n'), beside=frozenset({"no-key"})
    ),
    "a space in the model": Fault("files", "stray-character", E_, config=GOOD.replace("opus-5", "opus-5 ")),
    "the layout of 2024": Fault("files", "outside-tables", E_, config='LLM_BASE_URL = "x"\n' + GOOD),
    "an agent without its group": Fault("files", "group-name", config=with_('[agent]\nllm_config = "fast"\n')),
    "a group at the parent's address": Fault(
        "files",
        "group-inherits-endpoint",
        config=with_('base_url = "https://a.example"\n[llm.b]\nmodel = "openai/x"\n'),
        beside=frozenset({"no-key", "base-url-suffix"}),
    ),
    "a key others may read": Fault(
        "files",
        "readable-by-others",
        config=with_(f'api_key = "{KEY}"\n'),
        files={},
        modes={"config.toml": 0o644},
        beside=frozenset({"key-in-file"}),
    ),
    "a private file that others may read": Fault(
        "files", "readable-by-others", modes={PRIVATE: 0o640}, beside=frozenset({"key-unavailable"})
    ),
    "our own settings broken": Fault(
        "files", "own-settings", E_, files={**STORED, OWN: "[stores\n"}, beside=frozenset({"no-key"})
    ),
    "a broken file of the CLI": Fault("files", "corrupt", E_, files={**STORED, ".openhands/agent_settings.json": "{"}),
    "a newer file of the CLI": Fault(
        "files",
        "newer-schema",
        files={**STORED, ".openhands/agent_settings.json": CLI[:-1] + ', "schema_version": 99}'},
    ),
    "a variable that means nothing": Fault(
        "environment", "unusable-variable", E_, environ={"LLM_NUM_RETRIES": "eight"}
    ),
    "a variable that wins": Fault("environment", "shadowed-by-environment", environ={"LLM_NUM_RETRIES": "9"}),
    "a key of the environment that wins": Fault("environment", "shadowed-by-environment", environ={"LLM_API_KEY": KEY}),
    "an address of litellm's own": Fault(
        "environment",
        "led-elsewhere",
        environ={"ANTHROPIC_BASE_URL": "https://gate.example"},
        beside=frozenset({"no-key"}),
    ),
    "a locked keyring": Fault(
        "keyring", "keyring-locked", E_, files=kept_in("keyring"), keyring=FakeKeyring(KeyringState.LOCKED)
    ),
    "a keyring that does not answer": Fault(
        "keyring", "keyring-unresponsive", E_, files=kept_in("keyring"), keyring=FakeKeyring(KeyringState.UNRESPONSIVE)
    ),
    "no key": Fault("keys", "no-key", E_, files={}),
    "a key that is in the file": Fault("keys", "key-in-file", config=with_(f'api_key = "{KEY}"\n'), files={}),
    "a placeholder": Fault("keys", "not-a-key", E_, config=with_('api_key = "your-api-key"\n'), files={}),
    "a reference": Fault("keys", "not-a-key", E_, config=with_('api_key = "${ANTHROPIC_API_KEY}"\n'), files={}),
    "a key with a line break": Fault("keys", "unusable-key", E_, environ={"LLM_API_KEY": KEY + "\n"}, files={}),
    "a key of another provider": Fault(
        "keys", "key-of-another", files=kept_in("keyring"), keyring=FakeKeyring().holding("gsk_" + KEY[14:] * 2)
    ),
    "a key of another provider in the environment": Fault(
        "keys", "key-of-another", environ={"LLM_API_KEY": "gsk_" + KEY[14:] * 2}, files={}
    ),
    "half of an AWS key": Fault(
        "keys", "half-a-key", config=BEDROCK, files={}, environ={"LLM_AWS_ACCESS_KEY_ID": "AKIAZQ7LM2XW9KA4RT8V"}
    ),
    "a command that gives none": Fault("keys", "key-unavailable", E_, files={OWN: BY_COMMAND.format("false")}),
    "a key on its way into a commit": Fault("keys", "committed", do=commit_all, beside=frozenset({"key-in-file"})),
    "unencrypted": Fault(
        "keys",
        "unencrypted",
        config=of("litellm_proxy", 'base_url = "http://gate.example:4000"\n'),
        files={
            OWN: '[stores]\n"llm-setup:litellm_proxy@http://gate.example:4000" = "file"\n',
            ".config/llm-setup/litellm_proxy@http%3A%2F%2Fgate.example%3A4000.env": "LLM_API_KEY=sk-1234567890\n",
        },
    ),
    "a dumb terminal": Fault("terminal", "no-cursor", environ={**TERMINAL, "TERM": "dumb"}, size=(80, 24)),
    "a small terminal": Fault("terminal", "too-small", environ=TERMINAL, size=(40, 24)),
    "no UTF-8": Fault("terminal", "not-utf8", environ={**TERMINAL, "LANG": "de_DE.ISO-8859-1"}, size=(80, 24)),
    "one attempt": Fault("policy", "no-retry", config=GOOD.replace("num_retries = 8", "num_retries = 1")),
    "waits too short": Fault("policy", "short-waits", config=GOOD.replace("= 15\n", "= 1\n").replace("= 8\n", "= 3\n")),
    "too many attempts": Fault("policy", "many-attempts", config=GOOD.replace("num_retries = 8", "num_retries = 50")),
    "a retired model": Fault(
        "catalogue", "retired-model", config=GOOD.replace("claude-opus-5", "claude-3-7-sonnet-20250219")
    ),
}


def faults_in(found: list[Observation]) -> set[tuple[str, str, Grade]]:
    return {(each.area.value, each.code, each.grade) for each in found if each.grade is not Grade.OK}


def plant(fault: Fault, home: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in fault.files.items():
        write(name, text)
    if fault.config is not None:
        write("config.toml", fault.config)
    for name, mode in fault.modes.items():
        (home / name).chmod(mode)
    for name in ("LANG", "LC_ALL", "LC_CTYPE", "TERM", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    for name, value in fault.environ.items():
        monkeypatch.setenv(name, value)
    fault.do(home)


def test_there_are_forty() -> None:
    assert len(FAULTS) >= 40


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_named(name: str, home: Path, write, look, monkeypatch) -> None:
    fault = FAULTS[name]
    plant(fault, home, write, monkeypatch)
    found = look(fault.keyring, size=fault.size)
    seen = faults_in(found)
    assert (fault.area, fault.code, fault.grade) in seen
    others = {code for _area, code, _grade in seen} - {fault.code} - fault.beside
    assert not others, seen
    (first, *_) = [each for each in found if each.code == fault.code]
    assert first.message
    assert first.hint
    assert KEY not in f"{found}"
