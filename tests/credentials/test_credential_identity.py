"""Whose key it is can be told from the configuration alone, and two hosts are never taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.base.secret import Secret
from tui.credentials.environment_keys import Found, found_in, without_key_variables
from tui.credentials.identity import Credential, origin_of


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://api.openai.com/v1", "https://api.openai.com"),
        ("HTTPS://API.OpenAI.com:443/v1?x=1#y", "https://api.openai.com"),
        ("http://localhost:1234/", "http://localhost:1234"),
        ("http://localhost:80", "http://localhost"),
        ("https://localhost:80", "https://localhost:80"),
        ("http://user:pass@host:8080/v1", "http://host:8080"),
        ("  http://host  ", "http://host"),
        ("http://[::1]:11434/v1", "http://[::1]:11434"),
        ("http://[0:0:0:0:0:0:0:1]", "http://[::1]"),
        ("http://münchen.local:8000", "http://münchen.local:8000"),
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434"),
    ],
)
def test_the_origin_of_a_base_url(url, origin):
    assert origin_of(url) == origin


@pytest.mark.parametrize(
    "url",
    [
        "", " ", "/v1", "localhost:1234", "api.openai.com", "//host", "http://", "http://:80", "http://host:port",
        "http://host:99999",
        "http://[::1", "http://good.com\\@evil.com", "http://go od.com", "http://a%2eb.com", "http://a,b",
        "mailto:a@b.c",
    ],
)  # fmt: skip
def test_where_no_host_can_be_told(url):
    assert origin_of(url) is None


@given(st.text(), st.text())
def test_an_origin_is_its_own_and_holds_no_password(url, password):
    for text in (url, f"http://{url}", f"https://user:{password}@example.com:8443/"):
        origin = origin_of(text)
        if origin is not None:
            assert origin_of(origin) == origin
            assert "@" not in origin


def test_what_the_keyring_files_it_under():
    assert Credential("anthropic", None, "LLM_API_KEY").service == "llm-setup:anthropic"
    local = Credential("openai_compatible", origin_of("http://localhost:1234/v1"), "LLM_API_KEY")
    assert local.service == "llm-setup:openai_compatible@http://localhost:1234"


def test_keys_in_the_environment():
    environ = {"ANTHROPIC_API_KEY": "a-key", "LLM_API_KEY": "l-key", "OPENAI_API_KEY": "o-key"}
    assert found_in(environ, "ANTHROPIC_API_KEY") == [
        Found("LLM_API_KEY", Secret("l-key")), Found("ANTHROPIC_API_KEY", Secret("a-key")),
    ]  # fmt: skip
    assert found_in(environ, "") == [Found("LLM_API_KEY", Secret("l-key"))]
    assert found_in(environ, "LLM_API_KEY") == [Found("LLM_API_KEY", Secret("l-key"))]
    assert found_in(environ, "OPENAI_API_KEY", names=()) == [Found("OPENAI_API_KEY", Secret("o-key"))]
    assert "l-key" not in repr(found_in(environ, ""))


@pytest.mark.parametrize("value", ["", " ", "\n"])
def test_an_empty_variable_is_no_key(value):
    assert found_in({"LLM_API_KEY": value}, "ANTHROPIC_API_KEY") == []


def test_an_editor_gets_no_key():
    keys = (
        "LLM_API_KEY", "ANTHROPIC_API_KEY", "OPENAI_APIKEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "HF_TOKEN",
        "AWS_SESSION_TOKEN", "GITHUB_TOKEN", "PGPASSWORD", "DB_PASSWD", "GOOGLE_APPLICATION_CREDENTIALS", "llm_api_key",
    )  # fmt: skip
    others = (
        "PATH",
        "HOME",
        "TERM",
        "EDITOR",
        "XKB_DEFAULT_LAYOUT",
        "KEYBOARD",
        "SSH_AUTH_SOCK",
        "LLM_MODEL",
        "MONKEY",
    )
    assert set(without_key_variables(dict.fromkeys([*keys, *others], "x"))) == set(others)
