"""Commands called as the shell would, in this process."""

import io
import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from tools.warm_probe import lead_to

from tui.base.translation import spoken
from tui.cli import main
from tui.commands import options

_MAKE: Final = options.parser
_PARSERS: Final[dict[str, ArgumentParser]] = {}
"""By the language of their words: to make one takes longer than most commands."""


@dataclass(frozen=True)
class Outcome:
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], warm_probe: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """Runs one command; without a terminal, as in every test, with litellm loaded, and the parser of the others."""
    if warm_probe:
        lead_to(warm_probe, monkeypatch.setattr)
    monkeypatch.setattr(options, "parser", lambda: _PARSERS.get(spoken()) or _PARSERS.setdefault(spoken(), _MAKE()))

    def run(*words: str) -> Outcome:
        capsys.readouterr()
        try:
            status = main(words)
        except SystemExit as end:  # argparse
            status = int(str(end.code))
        said = capsys.readouterr()
        return Outcome(int(status), said.out, said.err)

    return run


@pytest.fixture
def config(home: Path) -> Callable[[str], Path]:
    """Writes the config.toml of the current folder."""

    def config(text: str) -> Path:
        path = home / "config.toml"
        path.write_text(text)
        return path

    return config


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Gives a text on stdin."""

    def typed(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    return typed
