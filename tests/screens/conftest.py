"""Screens are driven by Textual's pilot."""

import gc
from collections.abc import Iterator

import pytest
from tools.pictures import catalogue
from tools.prompt_pilot import make_prompt


@pytest.fixture(autouse=True)
def prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pilot takes no naps."""
    make_prompt(monkeypatch)


@pytest.fixture(scope="module", autouse=True)
def frozen() -> Iterator[None]:
    """The app looks for garbage after each page: not among the modules, the catalogue and pytest's own objects."""
    catalogue()
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
