"""A conversation: answers go in as a pipe gives them, and what was said comes out."""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tui.base.errors import SetupError
from tui.catalog.live_list import NoList
from tui.cli import main


@dataclass(frozen=True)
class Said:
    """How it ended, and what it said."""

    status: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """No server of this machine, no provider, no terminal that a key could be typed on."""

    async def none(*_words: object, **_more: object) -> dict[object, object]:
        return {}

    async def unreached(*_words: object, **_more: object) -> NoList:
        return NoList("no-connection", "It cannot be reached.")

    def no_terminal(_prompt: str) -> str:
        raise SetupError("There is none.")

    monkeypatch.setattr("tui.catalog.local_servers.answering", none)
    monkeypatch.setattr("tui.catalog.live_list.ask", unreached)
    monkeypatch.setattr("tui.lines.talk.ask_hidden", no_terminal)
    monkeypatch.setenv("TERM", "dumb")


@pytest.fixture
def converse(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Gives the answers, one a line, and reads what was said."""

    def converse(*answers: str, words: tuple[str, ...] = ("--lines", "--config", "config.toml")) -> Said:
        capsys.readouterr()
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{answer}\n" for answer in answers)))
        status = main(words)
        said = capsys.readouterr()
        assert "\x1b" not in said.out + said.err
        return Said(status, said.out, said.err)

    return converse


@pytest.fixture
def typed_unseen(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """A terminal on which these are typed unseen, one a question; the prompts."""

    def typed(*keys: str) -> list[str]:
        left, prompts = list(keys), []

        def ask(prompt: str) -> str:
            prompts.append(prompt)
            return left.pop(0) if left else ""

        monkeypatch.setattr("tui.lines.talk.ask_hidden", ask)
        return prompts

    return typed
