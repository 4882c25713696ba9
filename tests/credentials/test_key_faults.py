"""What is wrong with a key as it stands, since OpenHands strips nothing and expands nothing."""

import random
import string

import pytest

from tui.credentials.key_faults import key_fault

REFERENCES = [
    "${OPENAI_API_KEY}",
    "$OPENAI_API_KEY",
    "${{secrets.X}}",
    "ENV_VAR:X",
    "os.environ/OPENAI_API_KEY",
    "{env:X}",
    "op://v/item/f",
    "sm://x/y",
    "bws://x",
    "gcp-sm://x",
    "/run/secrets/openai",
    "~/.openai",
    "./key.txt",
    "@key.txt",
    "pass:openai",
    "@@KEY@@",
    "__OPENAI_KEY__",
    "%env(KEY)%",
    "ENC[abc]",
    "ENV[X]",
    "env:FOO",
    "%OPENAI_API_KEY%",
    "{{key}}",
    "`pass`",
    'os.environ["X"]',
    "os.getenv('X')",
    "process.env.X",
    "vault:secret/x#y",
    "secret://x",
    "OPENAI_API_KEY",
    "ANTHROPIC_API_KEY",
    "LLM_API_KEY",
    "AWS_SECRET_ACCESS_KEY",
]
TEXTS = [
    "null",
    "None",
    "undefined",
    "your-api-key",
    "<your-api-key>",
    "XXX",
    "sk-xxxxxxxx",
    "YOUR_API_KEY_HERE",
    "your_openai_api_key",
    "sk-your-key-here",
    "changeme",
    "CHANGE_ME",
    "REPLACE_ME",
    "insert-your-key",
    "my-api-key",
    "api_key",
    "<API_KEY>",
    "sk-ant-api03-xxxxxxxxxxxx",
    "...",
    "***",
]
USABLE = [
    "sk-1234",
    "EMPTY",
    "dummy",
    "lm-studio",
    "ollama",
    "none",
    "local-llm",
    "not-needed",
    "AKIAIOSFODNN7EXAMPLE",
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "0123456789abcdef0123456789abcdef.AbCdEfGhIjKl",
]
UNUSABLE = {
    "sk-0123456789abc\n": "ends with a line break", "\r\nsk-0123456789abc": "begins with a line break",
    "sk-01234\n56789abc": "line break inside", "\ufeffsk-0123456789abc": "BOM", "sk-01\u200b234": "cannot be seen",
    "sk-01234\x1b56789": "cannot be seen", "sk-0123456789abc ": "ends with a space",
    "\tsk-0123456789abc": "begins with a space", "sk-01234 56789abc": "space inside",
    '"sk-0123456789abc"': "quotes", "“sk-0123456789abc”": "quotes", "'sk-0123456789abc": "quotes",
    "Bearer sk-0123456789abc": "word in front", "OPENAI_API_KEY=sk-0123456789abc": "word in front",
    "sk-0123456789\u0430bc": "look like", "sk-0…abc": "shortened", "https://example.com": "web address",
    "sk-0123456789abc,": "comma or a semicolon", "sk-0123456789abc;": "comma or a semicolon",
}  # fmt: skip


@pytest.mark.parametrize("key", REFERENCES)
def test_a_reference_is_taken_literally(key: str) -> None:
    fault = key_fault(key)
    assert fault
    assert fault.is_text
    assert "literally" in fault.sentence
    assert "exec" in fault.hint


@pytest.mark.parametrize("key", TEXTS)
def test_a_text_in_the_place_of_a_key_is_no_key(key: str) -> None:
    fault = key_fault(key)
    assert fault
    assert fault.is_text


@pytest.mark.parametrize(("key", "said"), UNUSABLE.items())
def test_what_is_wrong_is_said_and_the_key_is_not(key: str, said: str) -> None:
    fault = key_fault(key)
    assert fault
    assert not fault.is_text
    assert said in fault.sentence
    assert not any(part in fault.sentence + fault.hint for part in ("01234", "56789"))


@pytest.mark.parametrize("key", ["sk-0123\n", " sk-0123", "sk-\u0430", "\ufeffsk-0123", "“sk-0123”"])
def test_what_no_header_can_hold_is_not_sendable(key: str) -> None:
    fault = key_fault(key)
    assert fault
    assert not fault.sendable


@pytest.mark.parametrize("key", [*USABLE, ""])
def test_a_dummy_for_a_server_that_asks_for_none_is_usable(key: str) -> None:
    assert key_fault(key) is None


def test_no_key_is_taken_for_anything_else() -> None:
    letters, chance = string.ascii_letters + string.digits + "-_", random.Random(13)
    for begins in ("", "sk-", "sk-ant-api03-", "sk-proj-", "AIza", "xai-", "gsk_", "hf_", "AQ.", "pplx-", "r8_"):
        for _ in range(300):
            key = begins + "".join(chance.choices(letters, k=chance.randint(24, 90)))
            assert key_fault(key) is None, key


def test_a_long_text_takes_no_time() -> None:
    for text in ("your-" * 20_000, "${" * 20_000, "X_" * 20_000, "a-" * 20_000 + "!"):
        key_fault(text)
