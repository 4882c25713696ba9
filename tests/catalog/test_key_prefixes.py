"""Whose key it is, as far as its beginning tells."""

import pytest

from tui.catalog.first_class import first_class
from tui.catalog.key_prefixes import looks_like_key, provider_by_key

REST = "0123456789abcdefghij"


@pytest.mark.parametrize(
    ("beginning", "provider"),
    [
        ("sk-ant-api03-", "anthropic"), ("sk-or-v1-", "openrouter"), ("sk-proj-", "openai"), ("gsk_", "groq"),
        ("AIzaSy", "gemini"), ("xai-", "xai"), ("sk-", None), ("", None), ("Sk-ant-", None),
    ],
)  # fmt: skip
def test_beginnings(beginning: str, provider: str | None) -> None:
    assert provider_by_key(beginning + REST) == provider


def test_the_providers_own_beginnings_name_no_other_provider() -> None:
    for provider in first_class():
        assert provider_by_key(provider.key_prefix + REST) in (None, provider.id)


@pytest.mark.parametrize("key", ["sk-" + REST, "sk-ant-" + REST, f"\n gsk_{REST}\n", "AIza" + REST, "hf_" + REST])
def test_hardly_anything_but_a_key(key: str) -> None:
    assert looks_like_key(key)


@pytest.mark.parametrize(
    "text",
    ["", "sk-", "sk-short", "https://api.example.com/v1", "claude-sonnet-4-5-20250929", "openai/gpt-4o", "us-east-1",
     f"Is sk-{REST} a key?", "Reply with the single word: ready", "anthropic/claude-opus-4-1-20250805"],
)  # fmt: skip
def test_other_texts(text: str) -> None:
    assert not looks_like_key(text)
