"""Ten set-ups with which nothing is wrong: all is well, and nothing else is said."""

from pathlib import Path

import pytest
from doctor.conftest import GOOD, KEY, RETRIES, FakeKeyring
from doctor.test_planted_faults import BEDROCK, BY_COMMAND, CLI, OWN, PRIVATE, STORED, TERMINAL, of

from tui.credentials.keyring_state import KeyringState
from tui.doctor.observation import Grade

KEYRING = {OWN: '[stores]\n"llm-setup:anthropic" = "keyring"\n'}
NONE = FakeKeyring(KeyringState.NONE, "", bus=False)
RIGHT = {
    "the key in the keyring": (GOOD, KEYRING, {}, FakeKeyring().holding(KEY), None),
    "in a private file, over SSH": (GOOD, STORED, {}, NONE, None),
    "in the environment": (GOOD, {}, {"LLM_API_KEY": KEY}, NONE, None),
    "by a command": (
        GOOD,
        {OWN: BY_COMMAND.format(f"echo {KEY}")},
        {},
        NONE,
        None,
    ),
    "Ollama without a key": (of("ollama", 'base_url = "http://localhost:11434"\n'), {}, {}, NONE, None),
    "Bedrock by the machine's role": (BEDROCK, {}, {}, NONE, None),
    "a server of one's own with a dummy": (
        of("openai", 'base_url = "http://localhost:8000/v1"\n'),
        {},
        {"LLM_API_KEY": "dummy"},
        NONE,
        None,
    ),
    "no file, all by environment": (
        None,
        {},
        {
            "LLM_MODEL": "anthropic/claude-opus-5",
            "LLM_API_KEY": KEY,
            "LLM_NUM_RETRIES": "8",
            "LLM_RETRY_MIN_WAIT": "15",
            "LLM_RETRY_MAX_WAIT": "120",
            "LLM_RETRY_MULTIPLIER": "2",
        },
        NONE,
        None,
    ),
    "with a group": (GOOD + f'\n[llm.fast]\nmodel = "anthropic/claude-haiku-5-5"\n{RETRIES}', STORED, {}, NONE, None),
    "the CLI's own file": (
        None,
        {**KEYRING, ".openhands/agent_settings.json": CLI.replace("claude-x", "claude-opus-5")},
        {},
        FakeKeyring().holding(KEY),
        None,
    ),
    "on a large terminal": (GOOD, STORED, TERMINAL, NONE, (120, 36)),
    "on a small terminal": (GOOD, STORED, TERMINAL, NONE, (60, 20)),
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_set_up_is_all_well(name: str, home: Path, write, look, monkeypatch) -> None:
    config, files, environ, keyring, size = RIGHT[name]
    for path, text in files.items():
        write(path, text)
    if config:
        write("config.toml", config)
    for variable in ("LANG", "LC_ALL", "LC_CTYPE", "TERM", "TMUX"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in environ.items():
        monkeypatch.setenv(variable, value)
    found = look(keyring, size=size)
    assert [str(each) for each in found if each.grade is not Grade.OK] == []
    assert len({each.area for each in found}) >= 7


def test_there_are_ten() -> None:
    assert len(RIGHT) >= 10
    assert PRIVATE in STORED
