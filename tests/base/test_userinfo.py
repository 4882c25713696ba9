"""User and password of an address are hidden, however badly they are written."""

import pytest

from tui.base.secrets_in_text import secrets_of, without_userinfo


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://me:pw@host/v1", "https://•••@host/v1"),
        ("https://token@host", "https://•••@host"),
        ("https://me:pa@ss@host/v1", "https://•••@host/v1"),
        ("https://me:pa/ss@host/v1", "https://•••@host/v1"),
        ("https://me:pa/s?s#x@host/v1", "https://•••@host/v1"),
        ("me:pw@host/v1", "•••@host/v1"),
        ("me:pa/ss@host:8000/v1", "•••@host:8000/v1"),
        ("LLM_BASE_URL=https://u:p@h and x:y@z", "LLM_BASE_URL=https://•••@h and •••@z"),
        ("LLM_BASE_URL=u:p@h", "LLM_BASE_URL=•••@h"),
        ("llm-setup:openai@unclear:https://u:SECRET@h", "llm-setup:openai@unclear:https://•••@h"),
        ("https://host:1/a@b", "https://host:1/a@b"),
        ("https://host/~me@home?x=@y", "https://host/~me@home?x=@y"),
        ("https://[::1]:8000/a@b", "https://[::1]:8000/a@b"),
        ("https://u:p@host/a@b", "https://•••@b"),
        ("somebody@example.com", "somebody@example.com"),
        ("docker.io/x/y:1.2@sha256:0123", "docker.io/x/y:1.2@sha256:0123"),
        ("no address", "no address"),
    ],
)
def test_userinfo(text: str, shown: str) -> None:
    assert without_userinfo(text) == shown


def test_many_ats_take_no_time() -> None:
    assert without_userinfo("a:b@" * 50_000) == "•••@"
    assert without_userinfo("@ " + "a" * 500_000)


@pytest.mark.parametrize(
    ("url", "secrets"),
    [("https://me:p%2Fw@host/v1", ["p%2Fw", "p/w"]), ("https://tok%40en@host", ["tok%40en", "tok@en"]),
     ("https://me:pa/ss@host", ["pa/ss", "pa/ss"]), ("me:pw@host", ["pw", "pw"]), ("https://host/v1", [])],
)  # fmt: skip
def test_secrets(url: str, secrets: list[str]) -> None:
    assert secrets_of(url) == secrets
