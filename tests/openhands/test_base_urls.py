"""What a base URL must be: the same sentence at the wizard's field, in `set` and in `check`."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.pictures import draft_of

from tui.base.errors import SetupError
from tui.catalog.providers import first_class
from tui.checks.problems import problem_of
from tui.openhands.base_url import no_address
from tui.openhands.base_url_repair import repaired
from tui.saving.assignments import requested

PROVIDERS = {provider.id: provider for provider in first_class()}

REFUSED = [
    # typed → what is said; it stays as it was typed
    ("http:/127.0.0.1:8000/v1", "begins with http:// or https://"),
    ("https:/api.example.com/v1", "begins with http:// or https://"),
    ("http:127.0.0.1:8000", "begins with http:// or https://"), ("http//127.0.0.1:8000", "begins with http://"),
    ("http;//127.0.0.1", "begins with http://"), ("https:\\\\host\\v1", "begins with http://"),
    ("htp://host/v1", "begins with http://"), ("ftp://host/v1", "begins with http://"),
    ("http://http://host/v1", "twice"), ("https://https:/host/v1", "twice"),
    ("http://host:80000/v1", "The port"), ("http://host:port/v1", "The port"), ("http://host:0/v1", "The port"),
    ("http://my host/v1", "space inside"), ("https://host /v1", "space inside"), ("my host/v1", "space inside"),
    ("https://host/v1?x=1", "question mark"), ("https://host/v1/chat/completions?api-version=1", "question mark"),
    ("http://", "no host"), ("https:///v1", "no host"), ("http://a\\@b/v1", "no host"),
]  # fmt: skip
WARNED = [
    # taken, with a word: the password goes out in place of the key, and nothing behind the # does
    ("https://user:pw@host/v1", "user name or password"), ("http://me@host/v1", "user name or password"),
    ("https://host/v1#f", "Nothing behind the #"),
]  # fmt: skip


@pytest.mark.parametrize(("url", "said"), REFUSED)
def test_what_is_no_base_url_is_refused_in_the_same_words_everywhere(home: Path, url: str, said: str) -> None:
    draft = draft_of(home / "config.toml")
    draft.choose_provider(PROVIDERS["openai_compatible"])
    typed, changed = repaired(url, PROVIDERS["openai_compatible"])
    assert (typed, changed) == (url, "")
    draft.edit("base_url", typed)
    problem = problem_of(draft, "base_url")
    assert problem
    assert problem.blocks
    assert said in problem.message or (said == "space inside" and "begins with" in problem.message)
    with pytest.raises(SetupError, match="base_url: ") as refused:
        requested([f"base_url={url}"], [], "llm")
    assert problem.message in str(refused.value)
    assert url not in str(refused.value)


@pytest.mark.parametrize(("url", "said"), WARNED)
def test_what_is_odd_in_a_base_url_is_taken_with_a_word(home: Path, url: str, said: str) -> None:
    draft = draft_of(home / "config.toml")
    draft.choose_provider(PROVIDERS["openai_compatible"])
    draft.edit("base_url", repaired(url, PROVIDERS["openai_compatible"])[0])
    problem = problem_of(draft, "base_url")
    assert problem
    assert not problem.blocks
    assert said in problem.message
    assert requested([f"base_url={url}"], [], "llm").table == {"base_url": url}


@pytest.mark.parametrize(
    ("typed", "odd"),
    [
        ("gpt-4o", True), ("http://gpt-4o/v1", True), ("sonnet/v1", True), ("https://Claude/", True),
        ("ollama:11434", False), ("http://litellm:4000/v1", False), ("localhost", False), ("http://a.localhost", False),
        ("[::1]", False), ("10.0.0.1", False), ("gate.example", False), ("http://host.docker.internal/v1", False),
    ],
)  # fmt: skip
def test_a_word_that_is_hardly_an_address_is_taken_with_a_hint(home: Path, typed: str, *, odd: bool) -> None:
    draft = draft_of(home / "config.toml")
    draft.choose_provider(PROVIDERS["openai_compatible"])
    draft.edit("base_url", repaired(typed, PROVIDERS["openai_compatible"])[0])
    problem = problem_of(draft, "base_url")
    assert (problem is not None) == odd
    if problem:
        assert not problem.blocks
        assert "no dot and no port" in problem.message


def test_azures_whole_call_becomes_its_base_url() -> None:
    call = "https://me.openai.azure.com/openai/deployments/x/chat/completions?api-version=2024-10-21"
    url, said = repaired(call, PROVIDERS["azure"])
    assert url == "https://me.openai.azure.com"
    assert "taken off" in said


@given(st.text(alphabet="htps:/?#@ .a1\\", max_size=20))
def test_no_scheme_is_put_before_a_scheme(text: str) -> None:
    for provider in PROVIDERS.values():
        url = repaired(text, provider)[0]
        if not no_address(url):
            assert url.lower().count("http") <= max(text.lower().count("http"), 1)
