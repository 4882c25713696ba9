"""Screens are driven by Textual's pilot."""

import pytest
from tools.prompt_pilot import make_prompt


@pytest.fixture(autouse=True)
def prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pilot takes no naps."""
    make_prompt(monkeypatch)


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """No OpenHands of this machine is found."""
    monkeypatch.setenv("PATH", "/nowhere")
