"""What is asked before a key goes out."""

from pathlib import Path

import pytest
from tools.pictures import draft_of

from tui.base.secret import Secret
from tui.credentials.identity import is_exposed
from tui.credentials.store import Store
from tui.drafts.draft import Draft
from tui.saving.consent import Risk, Unconfirmed, confirm, require_yes
from tui.trial.plan import order_of

KEY = "sk-0123456789abcdefghij"
SECRETS = {"api_key": Secret(KEY)}


def draft(home: Path, url: str = "", environ: dict[str, str] | None = None) -> Draft:
    path = home / "config.toml"
    path.write_text(f'[llm]\nmodel = "anthropic/x"\nbase_url = "{url}"\n')
    return draft_of(path, environ or {})


def asked(draft: Draft) -> list[Risk]:
    try:
        require_yes(draft, SECRETS)
    except Unconfirmed as question:
        said, risks = str(question), question.risks
    else:
        said, risks = "", []
    assert KEY not in said
    return risks


@pytest.mark.parametrize(
    ("url", "exposed"),
    [
        ("http://10.0.0.5:1234/v1", True), ("http://example.com", True), ("http://127.0.0.1.evil.example", True),
        ("HTTP://example.com", True), ("http://host.docker.internal:11434", True), ("http://localhost.evil.com", True),
        ("http://localhost:1234/v1", False), ("http://127.0.0.1", False), ("http://127.9.9.9", False),
        ("http://[::1]:1234", False), ("http://me.localhost", False), ("https://example.com", False), ("", False),
    ],
)  # fmt: skip
def test_what_leaves_this_machine_in_the_clear(url: str, exposed: bool) -> None:
    assert is_exposed(url) is exposed


def test_over_http_only_after_a_yes(home: Path) -> None:
    plain = draft(home, "http://llm.example.com/v1")
    assert asked(plain) == [Risk.UNENCRYPTED]
    confirm(plain, [Risk.UNENCRYPTED])
    assert asked(draft(home, "http://llm.example.com/v1")) == []
    assert asked(draft(home, "http://llm.example.com:81/v1")) == [Risk.UNENCRYPTED]


def test_without_a_key_nothing_is_asked(home: Path) -> None:
    require_yes(draft(home, "http://llm.example.com/v1"), {})


def test_the_users_variable_goes_nowhere_that_a_file_names(home: Path) -> None:
    environ = {"LLM_API_KEY": KEY}
    strange = draft(home, "https://strange.example", environ)
    assert asked(strange) == [Risk.BORROWED]
    with pytest.raises(Unconfirmed, match=r"LLM_API_KEY.*https://strange\.example, which ~?.*config\.toml names"):
        order_of(strange, "?", SECRETS)
    assert order_of(strange, "?", SECRETS, [Risk.BORROWED]).base_url == "https://strange.example"
    confirm(strange, [Risk.BORROWED])
    assert asked(draft(home, "https://strange.example", environ)) == []
    assert asked(draft(home, "https://stranger.example", environ)) == [Risk.BORROWED]


def test_nor_to_another_provider_that_it_names(home: Path) -> None:
    assert asked(draft(home, "", {"LLM_API_KEY": KEY})) == [Risk.BORROWED]


def test_both_at_once(home: Path) -> None:
    assert asked(draft(home, "http://strange.example", {"LLM_API_KEY": KEY})) == [Risk.UNENCRYPTED, Risk.BORROWED]


def test_a_provider_variable_chosen_for_another_address(home: Path) -> None:
    strange = draft(home, "https://strange.example", {"ANTHROPIC_API_KEY": KEY})
    strange.store, strange.variable = Store.ENVIRONMENT, "ANTHROPIC_API_KEY"
    assert asked(strange) == [Risk.BORROWED]


@pytest.mark.parametrize("name", ["LLM_API_KEY", "ANTHROPIC_API_KEY"])
def test_a_variable_that_was_chosen_for_the_providers_own_address(home: Path, name: str) -> None:
    chosen = draft(home, "", {name: KEY})
    chosen.store, chosen.variable = Store.ENVIRONMENT, name
    assert asked(chosen) == []


def test_a_place_that_was_saved_is_a_yes(home: Path) -> None:
    saved = draft(home, "https://proxy.example", {"LLM_API_KEY": KEY})
    saved.own.save({("stores",): {saved.credential().service: "environment"}})
    assert asked(draft(home, "https://proxy.example", {"LLM_API_KEY": KEY})) == []


def test_a_key_that_was_typed_was_typed_for_there(home: Path) -> None:
    typed = draft(home, "https://proxy.example", {"LLM_API_KEY": "another"})
    typed.edit_secret("api_key", Secret(KEY))
    assert asked(typed) == []
